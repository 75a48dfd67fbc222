"""A desk out of its backup, in a new folder: on another machine, or as it was on an older day. It forks nothing.

It draws new chains, so that it never writes on where it wrote before. It sends nothing until it has learnt what was done
since: from the hub at the next sync. Where it keeps the order itself it signs no place until those that it may have signed
came back from other desks, or the head has said that nobody has any.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from g20desk.clock import Clock, SystemClock, iso
from g20desk.desk import backing_up, evidence, placing, processes, restored
from g20desk.desk.acting import ADDRESS, KEEPS, Ledger, Proposal
from g20desk.desk.backing_up import Manifest, Say
from g20desk.desk.desk import Desk
from g20desk.desk.reasons import reason
from g20desk.errors import Refused, Usage
from g20desk.ledger import secretstore
from g20desk.ledger.secretstore import SecretStore
from g20desk.ledger.store import Store
from g20desk.office.state import Office, need


def restore(
    folder: Path, path: Path, phrase: bytes, clock: Clock | None = None, say: Say = lambda words: None
) -> dict[str, Any]:
    """Make the desk of a backup in a new or empty folder; broken off, there is none. Raises Usage."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Usage("folder-taken", f"{folder} is not empty.", "Choose a new folder.")
    folder = folder.absolute()
    made = folder.with_name(f".{folder.name}.restoring-{os.getpid()}")
    with _told(folder, path):
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(made)
        try:
            made.mkdir(mode=0o700)
            with path.open("rb") as source:
                about, data = backing_up.read(source, phrase)
                say("Opening the backup.")
                _write(made / "ledger.db", about, data)
            told = _settled(made, about, (clock or SystemClock()).now_ms())
            if folder.exists():
                folder.rmdir()
            made.rename(folder)
        finally:
            if made.exists():
                shutil.rmtree(made)
    return {**told, "folder": str(folder)}


def _write(path: Path, about: Manifest, data: Iterator[bytes]) -> None:
    digest = hashlib.sha256()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as into:
        for part in data:
            digest.update(part)
            into.write(part)
        into.flush()
        os.fsync(into.fileno())
    if digest.hexdigest() != about.sha256:
        raise Usage("backup-damaged", "This backup is damaged: its record is another.", "Use an earlier backup.")


def _settled(made: Path, about: Manifest, now: int) -> dict[str, Any]:
    """The keys where this machine keeps them, and a record that knows that it was put back."""
    name = secrets.token_hex(8)
    kept = secretstore.choose(made, name, about.rehearsal)
    store = Store(made / "ledger.db", bytes.fromhex(about.secrets["store"]))
    try:
        if store.last_place()[:2] != (about.place, about.hash):
            raise Usage("backup-damaged", "This backup is damaged: its record is another.", "Use an earlier backup.")
        said = restored.Restored(about.made, now, about.place)
        with store.write():
            _mark(store, said)
        told = {**describe(store), **_accounts(store, kept)}
    finally:
        store.close()
    for secret, value in about.secrets.items():
        kept.set(secret, value)
    (made / "desk.json").write_text(json.dumps({"desk": name, "rehearsal": about.rehearsal}))
    return told


def _mark(store: Store, said: restored.Restored) -> None:
    devices = set(store.metas("device/").values())
    for device in devices:
        store.set_meta(f"chain/{device}", secrets.token_hex(32))
    restored.keep(store, said)
    keeper = store.meta("keeper")
    store.set_meta(KEEPS, keeper if keeper in devices else "")
    if keeper in devices or store.meta(ADDRESS):
        evidence.stand(store, f"{said.sentence()}; what was done since has to come in first")


def _accounts(store: Store, kept: SecretStore) -> dict[str, Any]:
    """The accounts whose sign-ins this desk lacks now."""
    office = Ledger(store, kept, SystemClock()).office()
    names = [one.name for one in office.accounts.values() if one.network != "rehearsal" and not one.removed]
    return {"office": office.id, "name": office.name, "person": store.meta("person"), "sign_in": names}


def waits(store: Store) -> bool:
    """Whether this desk keeps the order and may have signed places that it does not hold."""
    return bool(store.meta(KEEPS)) and store.meta(KEEPS) == store.meta("keeper")


def describe(store: Store) -> dict[str, Any]:
    """`office restored --json`: from what this desk was put back, and what is to be done now."""
    said = restored.of(store)
    about = {"made": iso(said.made), "restored": iso(said.at), "backup_place": said.place} if said else {}
    return {**about, "place": store.last_place()[0], "waits": waits(store), "next": next_steps(store)}


def next_steps(store: Store) -> str:
    """What to do now, in words; empty where nothing is to be done."""
    if waits(store):
        return (
            "This desk keeps the office's order. Nothing is written or sent on it yet: it may have signed places past "
            f"{store.last_place()[0]}. Where another desk has them, bring them: bundle export --since "
            f"{store.last_place()[0]} there, bundle import here. "
            "Where the office has a hub by now: g20desk hub move URL. Where nobody has any, the head says so: "
            "g20desk office restored --go-on. Should somebody have one after all, then two histories are signed, and whoever "
            "compares heads can prove it."
        )
    if store.meta(ADDRESS) and evidence.standing(store):
        return "Nothing is sent until it has learnt what was done since: g20desk sync"
    return ""


def go_on(desk: Desk) -> str:
    """The head says that nobody has a later place: this desk signs the next ones. Everything is on hold, on record, since
    what was scheduled may be out already. The hold's id. Raises Refused."""
    said = restored.of(desk.store)
    if said is None or not waits(desk.store):
        raise Refused("not-restored", "This desk does not wait for anything.", "See: g20desk office restored")
    why = (
        f"{said.sentence()}. Whatever was scheduled may be out already: look at the accounts before anything is "
        "scheduled again."
    )
    ref, kept = reason(why)

    def hold(office: Office, _: str) -> Proposal:
        need(office.author(desk.device), "head")
        desk.store.set_meta(KEEPS, "")
        evidence.stand(desk.store, "")
        return Proposal("hold.placed", {"why": ref, "topic": "", "account": ""}, pieces=kept)

    (made,) = desk.act_all(hold)
    desk.announce(frozenset(placing.give(desk.ledger, desk.clock).changes))  # what was carried here meanwhile
    return made


def _clear_leftovers(made: Path) -> None:
    """What restorings left that were ended in the middle."""
    beginning = made.name.rpartition("-")[0] + "-"
    for one in made.parent.glob(f"{beginning}*"):
        number = one.name.removeprefix(beginning)
        if number.isdigit() and not processes.runs(int(number)):
            shutil.rmtree(one)


@contextmanager
def _told(folder: Path, path: Path) -> Iterator[None]:
    """The system's errors in words."""
    try:
        yield
    except FileNotFoundError as error:
        raise Usage("no-backup", f"There is no file at {path}.", "Name the file that office backup made.") from error
    except OSError as error:
        where = error.filename or folder
        raise Usage(
            "restore-failed", f"{where}: {error.strerror}. No desk was made.",
            "Choose a new folder on a disk with room, which you may write; then do it again.",
        ) from error  # fmt: skip
