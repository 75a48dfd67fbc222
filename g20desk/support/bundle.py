"""The bundle itself: its parts in one order, a page that tells what is in it, one zip that is there whole or not at all."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from g20desk import folders
from g20desk.clock import SystemClock, iso
from g20desk.crashes import report
from g20desk.errors import Usage
from g20desk.logs import files, journal
from g20desk.support import computer, office

MOST = 20_000_000
# A zip tells when each file was written; when this one was made stands in it.
_THEN = (1980, 1, 1, 0, 0, 0)
README, SCREEN = "What is in it.", "What the window knows of the screen."
CRASH, LOG = "A report of what nobody foresaw.", "The log of a day."
SAYS = {
    "versions.json": "Versions of the program and of what it is built on.",
    "system.json": "The system, its language and zone, how the program was installed, which variables are set.",
    "folders.json": "The program's folders: how much lies in them, the room beside.",
    "checks.json": "What doctor found: names of checks, how they stand, codes.",
    "office.json": "The record in numbers: acts by kind, places, versions of the rules.",
    "settings.json": "What was chosen for the window.",
    "log.json": "How the log is kept.",
    "policy.json": "What the administrator's policy sets and locks, by name.",
}
HEAD = """What is in this file

It was made by a person at a desk of g20desk, for whoever helps them. It holds numbers, yes or no, and words of closed lists:
no text of any message, no name of a person, a government, an office or an account, no address, no path, no password.
Whoever wants to be sure reads it: every file in it is plain text.

"""
NOT_IN = """
What is not in it, and may be asked for: the record itself, the keys, the texts, the words of errors, the host's name.
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the bundle: its name, what it is in a sentence, its bytes."""

    name: str
    says: str
    content: bytes


Say = Callable[[int, int, str], object]


def gather(
    folder: Path,
    person: str | None,
    say: Say = lambda done, of, what: None,
    more: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Piece]:
    """Its files; `say` is told how many of how many steps are done, and what comes next. `more`: what a window knows besides."""
    looks: dict[str, Callable[[], Any]] = {
        "versions.json": computer.versions, "system.json": computer.system, "folders.json": lambda: computer.places(folder),
        "checks.json": lambda: _checks(folder, person), "office.json": lambda: office.facts(folder, person),
        "settings.json": office.settings, "log.json": office.log, "policy.json": office.decided,
        **{name: partial(dict, told) for name, told in sorted((more or {}).items())},
    }  # fmt: skip
    steps = [(name, SAYS.get(name, SCREEN), look) for name, look in looks.items()]
    made = []
    for n, (name, says, look) in enumerate(steps):
        say(n, len(steps) + 2, name)
        made.append(Piece(name, says, _json(look())))
    say(len(steps), len(steps) + 2, "crashes")
    for number, one in enumerate(report.kept(), 1):
        made.append(Piece(f"crashes/{number:02d}.json", CRASH, _json(one)))
    say(len(steps) + 1, len(steps) + 2, "logs")
    made += _logs(folders.logs())
    return [Piece("README.txt", README, _readme(made)), *made]


def write(path: Path, pieces: list[Piece], anew: bool = False) -> int:
    """Put them into a zip; its size; `anew`: in place of what is there. Raises Usage where it can't be written, or something is
    there already."""
    from g20desk.desk.whole_file import replacing

    if path.exists() and not anew:
        raise Usage("bundle-there", f"{path} is there already.", "Name a file that is not there yet.")
    with replacing(path) as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for piece in pieces:
            about = zipfile.ZipInfo(piece.name, _THEN)
            about.external_attr = 0o600 << 16
            about.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(about, piece.content)
    return path.stat().st_size


def suggested() -> str:
    """A name for the file: `g20desk-support-20261130T2340.zip`."""
    return f"g20desk-support-{iso(SystemClock().now_ms())[:16].replace('-', '').replace(':', '')}.zip"


def _checks(folder: Path, person: str | None) -> list[dict[str, Any]]:
    """What doctor found, without its sentences, which hold names; a hub's own codes are not ours."""
    from g20desk.desk.doctor import SAYINGS, examine

    def code(word: str) -> str:
        return word if word in SAYINGS else office.code(word)

    return [
        {"name": one.name, "ok": one.ok, "state": one.state, "codes": [code(fact.code) for fact in one.facts]}
        for one in examine(folder, person)
    ]


def _logs(where: Path) -> list[Piece]:
    """The log, the newest as far as it fits. Each record is read and said anew: what else lies in the files stays out."""
    made: list[Piece] = []
    room = MOST
    try:
        found = files.listed(where)
    except OSError:
        return []
    for _, _, path in reversed(found):
        try:
            told = [record for line in path.read_bytes().splitlines() if (record := journal.sound(line)) is not None]
        except OSError:
            continue
        content = b"".join(journal.line(record) for record in told)
        room -= len(content)
        if room < 0:
            break
        made.append(Piece(f"logs/{path.name}", LOG, content))
    return made[::-1]


def _readme(pieces: list[Piece]) -> bytes:
    rows = "".join(f"{piece.name:<28} {len(piece.content):>9}  {piece.says}\n" for piece in pieces)
    return (HEAD + rows + NOT_IN).encode()


def _json(value: Any) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=True).encode() + b"\n"
