"""What works on this computer and what does not, part by part, each with what to do. It changes nothing but entries and files of its
own, which it takes away again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from g20desk.desk.doctor import (
    accounts,
    backup,
    computer,
    deciding,
    examining,
    journal,
    keys,
    office,
    places,
    reaching,
    record,
    script,
    time,
)
from g20desk.desk.doctor.examining import NETWORK_SECONDS, Examination, Part, See
from g20desk.desk.doctor.finding import STATES, Check, Fact, Saying
from g20desk.errors import Usage

__all__ = [
    "NAMES",
    "NOUNS",
    "PARTS",
    "SAYINGS",
    "STATES",
    "Check",
    "Examination",
    "Fact",
    "Part",
    "Saying",
    "See",
    "chosen",
    "examine",
]

PARTS = (
    Part("policy", deciding.decided, "what the administrator decided for this computer, and what of this desk it keeps from working"),
    Part("keyring", keys.keyring, "where secrets lie; an entry of its own is written, read and taken out again"),
    Part("store", record.store, "every page of the record's file, who holds it, a sample of its places; with `--full` all of it", seconds=60.0),
    Part("backup", backup.backup, "when this desk was last backed up here, and how much came since", desk=True),
    Part("hub", reaching.hub, "name, connection, order, clock and version of the office's hub", asks=True),
    Part("proxy", reaching.proxy, "which proxy is used for what, who says so, whether it lets through", desk=True, asks=True),
    Part("certificates", reaching.certificates, "whom the system trusts; the hub's certificate; with `--networks` theirs", asks=True),
    Part("accounts", accounts.accounts, "each sign-in as it lies here; with `--networks` whose it is", desk=True, asks=True),
    Part("clock", time.clock, "this computer's time beside the networks', the hub's and the record's; its zone", asks=True),
    Part("publisher", office.publisher, "when one last looked at what is due, and whether it is in trouble", desk=True),
    Part("mail", office.mail, "how the last notices went; none is sent to find out", desk=True),
    Part("alarms", office.alarms, "those that nobody has looked at", desk=True),
    Part("handover", office.handover, "what the yearly handover waits for", desk=True),
    Part("rulebook", office.rulebook, "the rulebook that texts are checked with", desk=True),
    Part("rules", office.rules, "the version of the record's own rules", desk=True),
    Part("folder", places.folder, "who may read the desk's folder; network drives, folders that are synced"),
    Part("disk", places.disk, "room and rights in the folders of the desk, the settings, the cache and the logs"),
    Part("logs", journal.kept, "how logs are kept and what is in their way; ends of the program that nobody meant"),
    Part("memory", computer.memory, "how much there is, and how much is free"),
    Part("versions", computer.versions, "the program, its libraries and the system, held to what is needed"),
    Part("fonts", script.fonts, "a font for each script, shipped or the system's"),
    Part("spelling", script.spelling, "dictionaries, and whether one answers"),
)  # fmt: skip
NAMES = tuple(part.name for part in PARTS)
NOUNS = (deciding, keys, record, backup, reaching, accounts, time, office, places, computer, script, journal, examining)
SAYINGS: dict[str, Saying] = {code: saying for noun in NOUNS for code, saying in noun.SAYINGS.items()}


def chosen(names: Iterable[str]) -> tuple[Part, ...]:
    """The parts of these names, in the doctor's order; all where none is named. Raises Usage for one that there is not."""
    wanted = set(names)
    if unknown := sorted(wanted - set(NAMES)):
        raise Usage("unknown-check", f"There is no check “{unknown[0]}”.", f"There are: {', '.join(NAMES)}.")
    return tuple(part for part in PARTS if not wanted or part.name in wanted)


def examine(
    folder: Path, person: str | None, only: Iterable[str] = (), *, full: bool = False, networks: bool = False,
    seconds: float = NETWORK_SECONDS, told: Callable[[Check], object] = lambda check: None,
) -> list[Check]:  # fmt: skip
    """The checks, in order; none of them raises, and each comes to an end. Raises Usage for a name that is none."""
    return Examination(See(folder, person, full, networks, seconds), chosen(only)).run(told)
