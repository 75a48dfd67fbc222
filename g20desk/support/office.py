"""The desk: how much of what there is, and how it stands; nothing of what it says and whom it is of."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

from g20desk import folders
from g20desk.errors import DeskError
from g20desk.logs.words import LEVELS, NETWORKS, OTHER, listed
from g20desk.office import fold

LANGUAGES = ("en", "ar", "fr", "es", "zh", "ru")
SCHEMES = ("system", "light", "dark")
STATES = (
    "draft",
    "submitted",
    "approved",
    "scheduled",
    "sent",
    "partly-sent",
    "refused",
    "unknown",
    "held",
    "missed",
    "withdrawn",
)


def facts(folder: Path, person: str | None) -> dict[str, Any]:
    """Counts of the store. Where it does not open: the code of why."""
    if not (folder / "desk.json").exists():
        return {"there": False}
    from g20desk.desk.desk import Desk

    try:
        desk = Desk.open(folder, person)
        made = {"there": True, "opens": True, "sizes": _sizes(folder), **_counts(desk)}
        desk.store.close()
        return made
    except DeskError as error:
        return {"there": True, "opens": False, "code": code(error.code), "sizes": _sizes(folder)}


def code(word: str) -> str:
    """A code of an error, where it is one of ours."""
    return word if word in listed("codes") else OTHER


def _counts(desk: Any) -> dict[str, Any]:
    store, office = desk.store, desk.office
    acts, refused, states = Counter[str](), Counter[str](), Counter[str]()
    with store.guard():
        for kind, count in store.db.execute("select kind, count(*) from events group by kind"):
            acts[kind if kind in listed("kinds") else OTHER] += count
        for no, count in store.db.execute("select code, count(*) from refusals group by code"):
            refused[code(no)] += count
        for state, count in store.db.execute("select state, count(*) from rows group by state"):
            states[state if state in STATES else OTHER] += count
        version = store.db.execute("pragma user_version").fetchone()[0]
        pages, size = (int(store.db.execute(f"pragma {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    networks = Counter(one.network if one.network in NETWORKS else OTHER for one in office.accounts.values())
    return {
        "rehearsal": bool(desk.rehearsal), "schema": version, "bytes": pages * size, "last_place": store.last_place()[0],
        "tentative": store.tentative_count(), "keeps_order": desk.keeps_order(), "hub": bool(store.meta("hub")),
        "rules": office.fold, "newest_rules": fold.NEWEST, "people": len(office.people),
        "accounts": _sorted(networks), "acts": _sorted(acts), "not_counted": _sorted(refused), "rows": _sorted(states),
    }  # fmt: skip


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))


def _sizes(folder: Path) -> dict[str, int]:
    """Of the files of the store."""
    known = {"record": "ledger.db", "write_ahead": "ledger.db-wal", "shared": "ledger.db-shm"}
    return {name: (folder / file).stat().st_size for name, file in known.items() if (folder / file).is_file()}


def settings() -> dict[str, Any]:
    """What was chosen for the window, as far as it is one of what can be chosen."""
    try:
        told = json.loads((folders.settings() / "window.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {"there": False}
    if not isinstance(told, dict):
        return {"there": True, "sound": False}
    quiet = told.get("quiet")
    return {
        "there": True, "language": _one(told.get("language"), LANGUAGES), "scheme": _one(told.get("scheme"), SCHEMES),
        "text": _one(told.get("text"), (100, 125, 150, 200)), "letters": _one(told.get("letters"), (True, False)),
        "sound": _one(told.get("sound"), (True, False)), "quiet": len(quiet) if isinstance(quiet, list) else OTHER,
    }  # fmt: skip


def log() -> dict[str, Any]:
    """How the log is kept, and whether it can be written."""
    from g20desk import logs

    kept = logs.keeping()
    level = kept.level if kept.level in (*LEVELS, "off") else OTHER
    return {"level": level, "days": kept.days, "megabytes": kept.megabytes, "trouble": logs.trouble()}


def decided() -> dict[str, Any]:
    """What the administrator's policy sets and locks, by the names of it; how many faults it has. Not what it is set to."""
    from g20desk import policy
    from g20desk.policy_keys import KEYS

    now = policy.now()
    return {
        "files": len(now.files), "set": sorted(name for name in now.values if name in KEYS),
        "locked": sorted(name for name in now.locks if name in KEYS), "faults": len(now.faults), "closed": now.closed,
    }  # fmt: skip


def _one(value: Any, among: tuple[Any, ...]) -> Any:
    return next((one for one in among if type(one) is type(value) and one == value), OTHER)
