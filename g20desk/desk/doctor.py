"""What works on this machine, part by part; it changes nothing but a file that it writes and removes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from g20desk.clock import iso
from g20desk.desk import copying, evidence, health, ways
from g20desk.desk.account_client import NO_CREDIT
from g20desk.desk.acting import ADDRESS
from g20desk.desk.desk import Desk
from g20desk.desk.spelling import Spelling
from g20desk.errors import DeskError, Usage
from g20desk.ledger import secretstore
from g20desk.office import fold
from g20desk.office.handover import OPEN
from g20desk.office.passing import PUBLISHERS

LEAST_FREE = 500_000_000
SOON_MS = 14 * 86_400_000
SPELT = ("en", "fr", "es", "ar", "ru")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at."""

    name: str
    ok: bool
    says: str
    help: str = ""


def examine(folder: Path, person: str | None) -> list[Check]:
    """All checks, in order; none of them raises."""
    made = [_try("keyring", lambda: _keyring(folder))]
    desk: Desk | None = None

    def store() -> str:
        nonlocal desk
        desk = Desk.open(folder, person)
        damage = desk.store.damage()
        if damage:
            raise Usage(
                "store-damaged", f"The record's file is damaged: {damage}", "Keep the folder; restore a backup."
            )
        return f"opens, {desk.store.last_place()[0]} acts"

    made.append(_try("store", store) if (folder / "desk.json").exists() else
                Check("store", True, f"none at {folder} yet; make one with: g20desk office new"))  # fmt: skip
    opened = desk
    if opened is None:
        made.append(Check("hub", True, "no desk to ask for"))
    else:
        made.append(_try("hub", lambda: _hub(opened)))
        made.append(Check("proxy", True, ways.described(opened.store)))
        made.append(_try("accounts", lambda: _accounts(opened)))
        made.append(_try("clock", lambda: _clock(opened)))
        made.append(_try("publisher", lambda: _publisher(opened)))
        made.append(_try("mail", lambda: _mail(opened)))
        made.append(_try("alarms", lambda: _alarms(opened)))
        made.append(_try("handover", lambda: _handover(opened)))
        made.append(_try("rulebook", lambda: _rulebook(opened)))
        made.append(_try("rules", lambda: _rules(opened)))
    made.append(_try("disk", lambda: _disk(folder)))
    made.append(_try("fonts", _fonts))
    made.append(_try("spelling", lambda: _spelling(folder)))
    return made


def _try(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except DeskError as error:
        return Check(name, False, error.message, error.help)
    except OSError as error:
        return Check(name, False, f"{type(error).__name__}: {error.strerror}", "Ask your administrator.")


def _keyring(folder: Path) -> str:
    if (folder / "rehearsal-keys.json").exists():
        return "not needed: a rehearsal office keeps its practice keys in its folder"
    if secretstore.passphrase() is not None:
        return "secrets lie in a file sealed with the passphrase"
    secretstore.SystemKeyring("doctor").get("probe")
    return "the system's keyring answers"


def _hub(desk: Desk) -> str:
    """Whether it answers in order; nothing comes in or goes out."""
    store = desk.store
    if evidence.standing(store):
        raise Usage("hub", evidence.standing(store), "See what is kept: g20desk ledger evidence FILE")
    again = copying.sentence(copying.undone(store))
    if again:
        raise Usage("copied", again, "When that is done: g20desk ledger again --done")
    if not store.meta(ADDRESS):
        return "this desk keeps its own record; no hub is set"
    hub = ways.hub(desk.ledger, desk.clock)
    try:
        status = hub.status()
    finally:
        hub.close()
    behind = status.place - store.last_place()[0]
    return f"answers; {max(0, behind)} acts to come in, {desk.tentative} to go out"


def _rules(desk: Desk) -> str:
    """Whether the version of the rules in force is the newest that this program knows."""
    now = desk.office.fold
    if now < fold.NEWEST:
        raise Usage("older-rules", f"version {now} of the rules is in force; this program knows {fold.NEWEST}",
                    "The head and a second person go over: g20desk office rules --adopt")  # fmt: skip
    return f"version {now} is in force"


def _accounts(desk: Desk) -> str:
    rows = desk.accounts.rows()
    broke = [row.name for row in rows if row.state == NO_CREDIT]
    waiting = [row.name for row in rows if row.state not in ("ready", NO_CREDIT)]
    if waiting:
        raise Usage(
            "sign-in", f"needs signing in: {', '.join(waiting)}", f"Run: g20desk account sign-in “{waiting[0]}”"
        )
    if broke:
        raise Usage("no-credit", f"out of credit at the network: {', '.join(broke)}", "Ask the head to buy some.")
    ending = desk.accounts.ending(desk.clock.now_ms() + SOON_MS)
    if ending:
        account, ends = ending[0]
        raise Usage("sign-in-ends", f"the sign-in of {account.name} ends on {iso(ends)[:10]}",
                    f"Run: g20desk account sign-in “{account.name}”")  # fmt: skip
    return f"{len(rows)} ready"


def _clock(desk: Desk) -> str:
    desk.clocks.refresh()
    wrong = desk.clocks.check()
    if wrong:
        raise Usage("clock", wrong, "Set the system's clock, or let it be set by a time server.")
    says = [f"{datetime.fromtimestamp(desk.clock.now_ms() / 1000, UTC):%Y-%m-%d %H:%M:%S} UTC"]
    odd, heard = desk.clocks.odd(), desk.clocks.heard_of()
    if heard:
        says.append(f"as {heard - len(odd)} of {heard} networks have it")
    says += [f"{host} is {off / 1000:+.0f} s off" for host, off in sorted(odd.items())]
    behind = desk.clocks.behind()
    says.append(f"{behind // 1000} s behind the record's last act, which was made by a wrong clock" if behind else
                "not behind the record")  # fmt: skip
    return "; ".join(says)


def _publisher(desk: Desk) -> str:
    last = health.read(desk.folder)
    due = len(desk.publish.queues()) if desk.person.role in PUBLISHERS else 0
    if last is None:
        return "none has watched on this desk" + (f"; posts wait on {due} accounts" if due else "")
    if last.trouble:
        raise Usage("publisher", f"The publisher is in trouble: {last.trouble}", "See what it printed.")
    return f"last alive at {iso(last.at)}"


def _mail(desk: Desk) -> str:
    """Nothing is sent to find out: g20desk mail test does."""
    found = desk.mail.shown()
    if not found["server"]:
        return "this desk sends no notices"
    if found["trouble"]:
        raise Usage("mail", found["trouble"], "Try the settings: g20desk mail test")
    if found["refused"]:
        raise Usage(
            "mail", f"refused: {', '.join(found['refused'])}", "They have to give another: g20desk mail address"
        )
    return f"{found['server']['host']}, for {len(found['people'])} people"


def _alarms(desk: Desk) -> str:
    found = [alarm for alarm in desk.alarms.standing() if not alarm.left]
    if found:
        raise Usage("alarms", f"{len(found)} to look at; first: {found[0].sentence()}", "Run: g20desk alarm list")
    return "none"


def _handover(desk: Desk) -> str:
    """What the yearly handover waits for, where it waits for this person."""
    lines = desk.presidency.checklist()
    left = [one for one in lines if one.state == OPEN]
    if mine := [one.item for one in left if one.mine]:
        raise Usage("handover", f"{len(mine)} of the handover's items wait for you: {', '.join(mine)}",
                    "See: g20desk office checklist")  # fmt: skip
    return f"{len(left)} of {len(lines)} items open, none of them yours" if lines else "none is under way"


def _rulebook(desk: Desk) -> str:
    now = desk.rulebook.in_force()
    if now.trouble:
        raise Usage("rulebook", now.trouble, f"Texts are checked with rulebook {now.version} until then.")
    return f"version {now.version}, {len(now.book.rules)} rules"


def _disk(folder: Path) -> str:
    place = folder
    while not place.exists():
        place = place.parent
    with tempfile.NamedTemporaryFile(dir=place) as file:
        file.write(b"x")
        os.fsync(file.fileno())
    free = shutil.disk_usage(place).free
    if free < LEAST_FREE:
        raise Usage("disk-full", f"{free // 1_000_000} MB free", "Free some space.")
    return f"{free // 1_000_000} MB free, can be written"


def _fonts() -> str:
    here = Path(__file__).parents[2] / "resources" / "fonts"
    found = sorted(path.stem for path in here.glob("*.[ot]tf"))
    if not found:
        raise Usage("fonts", "the program's own fonts are missing", "Install g20desk again.")
    if sys.platform.startswith("linux") and not any(
        list(Path(root).rglob("NotoColorEmoji*")) for root in ("/usr/share/fonts", os.path.expanduser("~/.fonts"))
    ):
        raise Usage("fonts", "no font for emoji", "Install: fonts-noto-color-emoji fonts-noto-cjk")
    return f"{len(found)} shipped, emoji there"


def _spelling(folder: Path) -> str:
    """Which dictionaries are here, and that one of them answers."""
    mine = Spelling(folder)
    here = {lang: now for lang in SPELT if (now := mine.standing(lang)).dictionary}
    if not here:
        none = mine.standing(SPELT[0])
        raise Usage("no-dictionary", "no spelling dictionaries", none.help)
    mine.load(next(iter(here)))
    mine.stop()
    lacking = [lang for lang in SPELT if lang not in here]
    said = ", ".join(now.dictionary for now in here.values())
    return said + (f"; none for {', '.join(lacking)}" if lacking else "") + "; there is none for Chinese"
