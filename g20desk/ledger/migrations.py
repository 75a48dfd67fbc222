"""From the form of a store that an earlier release made to this program's: forward only, a small function a step, all of them in one
transaction; broken off anywhere, the store is the old one or the new one (decision 33).

Before the first step the file is copied beside itself. The copy goes when the store was found sound in its new form
(`desk/moved.py`); it stays where that failed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk import __version__, locking, logs
from g20desk.clock import SystemClock
from g20desk.errors import Usage

if TYPE_CHECKING:
    from g20desk.ledger.file import File

VERSION = 6
# The desk's own values: the program that made the store, the one that gave it its form, and what is left to do after a step.
MADE, FORM, LEFT = "program/made", "program/form", "moved/from"
WAIT_SECONDS = 600.0
_TRIES = 3
_LEAST_ROOM = 8 << 20
Say = Callable[[str], None]


def quiet(words: str) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Step:
    """One form to the next. `run` gets the connection, inside the transaction, and may find that it was done already."""

    to: int
    run: Callable[[Any], None]


def _lines(db: Any) -> None:
    """Lines and relays are found by columns of their own; stores of form 5 differ in which indexes they have."""
    had = {row[1] for row in db.execute("pragma table_info(rows)")}
    for name in {"line", "supersedes"} - had:
        db.execute(f"alter table rows add column {name} text")
    db.execute("drop index if exists places_device")
    for made in (
        "pieces_sealed on pieces (sealed)",
        "places_clear on places (n) where clear <> x''",
        "rows_line on rows (line, kind, updated, id, state, supersedes) where line is not null",
    ):
        db.execute(f"create index if not exists {made}")


STEPS = (Step(6, _lines),)


def reach(name: str) -> None:
    """Called between the parts of a migration; replaced in tests."""


def older(found: int) -> Usage:
    """A store of the time before there was a first release."""
    return Usage(
        "store-older",
        f"This desk was made by a program from before the first release (store {found}).",
        "Found the office anew; such a record can't be taken over.",
    )


def newer(found: int, program: str) -> Usage:
    """A store that a newer program gave its form."""
    help_ = f"Install g20desk {program} or newer on this computer." if program else "Install the newer g20desk."
    return Usage(
        "store-newer",
        f"This desk was made by a newer program (store {found}, this one knows {VERSION}).",
        f"{help_} Nothing here was changed.",
        program=program,
    )


def copy_of(path: Path, version: int) -> Path:
    """Where the file is kept as it was before it left that form."""
    return path.with_name(f"{path.name}.form-{version}")


def lock(path: Path, say: Say) -> Any:
    """One process at a time moves a store; the others wait, and are told so. Raises Usage."""
    return _held(path.with_name(f"{path.name}.moving"), say)


@contextmanager
def _held(path: Path, say: Say) -> Iterator[None]:
    try:
        with locking.held(path, 0):
            yield
            return
    except TimeoutError:
        say("Another program is bringing this desk's record to its new form; waiting for it.")
    try:
        with locking.held(path, WAIT_SECONDS):
            yield
    except TimeoutError as error:
        raise Usage("store-busy", "Another program holds this desk's record.", "Close it, then do it again.") from error


def forward(file: File, say: Say) -> None:
    """Bring an older store to this program's form. Raises Usage where it is too old, or there is no room to do it safely."""
    with lock(file.path, say):
        found = version(file.db)
        if found >= VERSION:
            return  # another program did it meanwhile
        steps = [step for step in STEPS if step.to > found]
        if found < STEPS[0].to - 1:
            raise older(found)
        say(f"Bringing this desk's record to the form of g20desk {__version__}. It may take a while.")
        _room(file.path)
        began = SystemClock().monotonic()
        with _copied(file, found) as db:
            for step in steps:
                step.run(db)
                reach(f"step {step.to}")
            note(db, found)
        reach("moved")
        logs.note("migrated", since=found, now=VERSION, seconds=SystemClock().monotonic() - began)


def note(db: Any, moved_from: int = 0) -> None:
    """Set the form, and which program gave it; `moved_from`: the form before, where there was one. Inside a write
    transaction."""
    said = {FORM: __version__, **({LEFT: str(moved_from)} if moved_from else {MADE: __version__})}
    db.executemany("insert or replace into meta values (?, ?)", said.items())
    db.execute(f"pragma user_version = {VERSION}")


def version(db: Any) -> int:
    """The form that a store has now."""
    return int(db.execute("pragma user_version").fetchone()[0])


def _room(path: Path) -> None:
    """The copy, and what the steps write before they count, must fit."""
    needed = 2 * path.stat().st_size + _LEAST_ROOM
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise Usage(
            "store-room",
            f"A newer form of this desk's record needs {needed >> 20} MB of room, and {free >> 20} MB are free.",
            "Free some space, then start again; until then nothing is changed.",
        )


@contextmanager
def _copied(file: File, found: int) -> Iterator[Any]:
    """The one writer, once a copy holds all that the file does: what others wrote meanwhile has it made again. The copy is made by
    the engine: a file that is read past it would take its locks away."""
    db = file.db
    for _ in range(_TRIES):
        before = file.data_version()
        _copy(file, found)
        reach("copied")
        db.execute("begin immediate")
        if file.data_version() == before:
            break
        db.execute("rollback")
    else:
        raise Usage("store-busy", "Another program holds this desk's record.", "Close it, then do it again.")
    try:
        yield db
        db.execute("commit")
    finally:
        if db.in_transaction:
            db.execute("rollback")


def _copy(file: File, found: int) -> None:
    """All that the file holds now, whole or not there."""
    kept = copy_of(file.path, found)
    part = kept.with_name(f"{kept.name}.new")
    part.unlink(missing_ok=True)
    try:
        file.copy_to(part)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(part, kept)
    finally:
        part.unlink(missing_ok=True)
