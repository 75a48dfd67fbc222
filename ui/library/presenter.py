"""The library: all that is agreed, the sets that this office proposed and adopted, what is looked for in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from g20desk.office.library import Entry, of_unit, words
from ui.bus import Ctx, Presenter

ALL = ""
MOST = 200


@dataclass(frozen=True, slots=True)
class Shown:
    """The sets by id, what of the one in hand (or of all) has the words that are looked for, and why this person proposes none,
    or empty."""

    sets: dict[str, dict[str, Any]] = field(default_factory=dict)
    id: str = ALL
    entries: tuple[Entry, ...] = ()
    propose: str = ""


class LibraryPresenter(Presenter):
    """One call of the desk for each act. `looked` carries a file and what it would bring."""

    showed = Signal(object)
    looked = Signal(object, object)
    done = Signal(str, int)
    watches = frozenset({"agreed", "message", "rulebook", "office"})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.now, self.id, self.words = Shown(), ALL, ""

    def load(self) -> None:
        """The sets, and what is looked for in the one in hand."""
        library, id, asked = self.ctx.desk.library, self.id, self.words

        def job() -> Shown:
            sets = {one["id"]: {**one, "can": library.can(one["id"])} for one in library.sets()}
            if id not in sets:
                return Shown(sets, ALL, tuple(library.search(asked, most=MOST)), library.why_not_propose())
            found = sets[id]["texts"] is not None and library.contents(library.set(id))
            entries = (entry for unit in found or () for entry in of_unit(unit, id) if entry.whole)
            return Shown(sets, id, tuple(one for one in entries if _has(one, asked))[:MOST], library.why_not_propose())

        self.ask_list(job, self._showed)

    def _showed(self, shown: Shown) -> None:
        self.now = shown
        self.showed.emit(shown)

    def pick(self, id: str) -> None:
        """Another set, or all."""
        if id != self.id:
            self.id = id
            self.load()

    def look_for(self, asked: str) -> None:
        """Only what has these words."""
        self.words = asked
        self.load()

    def look(self, file: Path) -> None:
        """What a file would bring; nothing is signed."""
        self.ask(lambda: self.ctx.desk.library.look(file), lambda found: self.looked.emit(file, found))

    def propose(self, file: Path, why: str) -> None:
        """Lay it before the second person, under the file's name."""
        library = self.ctx.desk.library

        def did(made: dict[str, Any]) -> None:
            self.id = made["proposal"]
            self._did("propose", made["new"])

        self.ask(lambda: library.propose(file, file.stem, why), did)

    def adopt(self, id: str) -> None:
        """Sign it as the second person."""
        self.ask(lambda: self.ctx.desk.library.adopt(id), lambda made: self._did("adopt", made["texts"]))

    def withdraw(self, id: str, why: str) -> None:
        """Off the table, or out of the library."""
        self.ask(lambda: self.ctx.desk.library.withdraw(id, why), lambda _: self._did("withdraw", 0))

    def export(self, file: Path) -> None:
        """All that is agreed, into a file."""
        self.ask(lambda: self.ctx.desk.library.export(file), lambda count: self.done.emit("export", count))

    def _did(self, what: str, count: int) -> None:
        self.load()
        self.done.emit(what, count)


def _has(entry: Entry, asked: str) -> bool:
    """Whether an entry has all these words; a word finds longer ones that begin with it."""
    held = [word for word, _, _ in words(entry.text)]
    return all(any(one.startswith(word) for one in held) for word, _, _ in words(asked))
