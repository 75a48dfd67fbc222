"""Rulebooks beside the one in force: one's own changes, what is proposed, what was adopted, what the program carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Signal

from g20desk.desk.rule_history import DRAFT, PROGRAM, PROPOSED, TAKEN_BACK
from g20desk.errors import DeskError
from g20desk.rulebook.editing import RULES, row
from ui.rows import Row
from ui.rules import words
from ui.rules.presenter import RulesPresenter, Standing
from ui.texts import comma, day, isolated, t
from ui.worker import Ticket

FILE = "file/"
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """A rule, or a file of facts by its name, in two rulebooks: what each says, None where it does not have it."""

    id: str
    before: Values | str | None
    after: Values | str | None

    @property
    def keys(self) -> list[str]:
        """What differs of a rule, in the order in which one is read."""
        one, other = (said if isinstance(said, Mapping) else {} for said in (self.before, self.after))
        return [key for key in words.KEYS if one.get(key) != other.get(key)]

    def row(self) -> Row:
        """In a list."""
        look = (
            ("plus", "ok")
            if self.before is None
            else ("minus", "block")
            if self.after is None
            else ("pencil", "accentText")
        )
        said = self.after or self.before
        if not isinstance(said, Mapping):
            return Row(self.id, self.id.removeprefix(FILE), t("Facts or agreed language"), *look, third=t("File"))
        if self.before is None or self.after is None:
            how = t("New rule") if self.before is None else t("Not there any more")
        else:
            how = comma().join(t(words.KEYS[key]) for key in self.keys)
        return Row(self.id, words.one_line(str(said["why"])) or t("New rule"), how, *look, third=words.code(self.id))


@dataclass(frozen=True, slots=True)
class Compared:
    """A rulebook beside another: what is known of it, what differs, and why it does not load, where it does not."""

    which: str
    about: Values = field(default_factory=dict)
    found: Mapping[str, Difference] = field(default_factory=dict)
    trouble: str = ""


def sets(now: Standing) -> list[Row]:
    """The rulebooks that can be looked at, one's own changes first."""
    told, n = now.summary, now.changes
    count = t("1 change") if n == 1 else t("{n} changes", n=n)
    made = [Row(DRAFT, t("Your changes"), t("Not proposed yet") if n else t("Nothing changed yet"), "pencil",
                "accentText" if n else "text3", third=count if n else "")]  # fmt: skip
    if one := told.get("proposal"):
        title = t("Proposed as version {n}", n=one["version"])
        made.append(_set(PROPOSED, title, one["note"], ("hourglass", "warn"), one["by"], one["at"]))
    if one := told.get("taken_back"):
        title = t("Withdrawn") if one["by"] == one["taken_back_by"] else t("Declined")
        look = ("undo-2", "text3")
        made.append(_set(TAKEN_BACK, title, one["why"], look, one["taken_back_by"], one["taken_back_at"]))
    for one in reversed(told.get("versions", [])):
        in_force = one["version"] == told["version"]
        look, who = (("circle-check", "ok"), t("In force")) if in_force else (("check", "text2"), one["adopted_by"])
        made.append(
            _set(str(one["version"]), t("Version {n}", n=one["version"]), one["note"], look, who, one["adopted_at"])
        )
    if told and not told["program"]["same"]:
        made.append(Row(PROGRAM, t("The program's own"), t("What this program carries otherwise"), "book-check", "text2",
                        third=t("Not adopted")))  # fmt: skip
    return made


def _set(id: str, title: str, note: str, look: tuple[str, str], who: str, at: int) -> Row:
    return Row(id, title, isolated(note), *look, third=who, third_right=day(at))


class Changes(QObject):
    """One rulebook in hand, and what it would have said."""

    listed = Signal(object)
    compared = Signal(object)
    said = Signal(str)
    progress = Signal(int, int)
    would_say = Signal(object)

    def __init__(self, present: RulesPresenter) -> None:
        super().__init__(present)
        self.present, self.which, self.front = present, DRAFT, False
        self.now = Compared(DRAFT)
        self._asked: Ticket | None = None
        self._run: Event | None = None
        present.standing.connect(self._standing)

    def _standing(self, now: Standing) -> None:
        rows = sets(now)
        if self.which not in {row.id for row in rows}:
            self.which = DRAFT
        self.listed.emit(rows)
        if self.front:
            self.load()

    def look(self, front: bool) -> None:
        """Whether this is what is looked at."""
        self.front = front
        if front and self.present.draft is not None:
            self.load()

    def pick(self, which: str) -> None:
        """Another rulebook."""
        if which and which != self.which:
            self.stop()
            self.which = which
            self.load()

    def load(self) -> None:
        """What it says otherwise."""
        if self._asked is not None:
            self._asked.cancel()
        which = self.which
        job = self._mine() if which == DRAFT else self._theirs(which)
        self._asked = self.present.ctx.worker.ask(job, self._compared, self.present.failed.emit, self)

    def _mine(self) -> Callable[[], Compared]:
        """One's own changes, also those that do not load yet, and why they don't."""
        book, draft, entries = self.present.ctx.desk.rulebook, self.present.draft, list(self.present.entries.values())

        def job() -> Compared:
            found = {e.id: Difference(e.id, e.before and row(e.before), e.row) for e in entries if e.changed}
            files = book.files()
            for name, text in draft.files.items():
                if not name.startswith(RULES):
                    found[FILE + name] = Difference(FILE + name, files.get(name), text)
            try:
                if draft:
                    book.built(book.draft_files(draft))
            except DeskError as problem:
                return Compared(DRAFT, {}, found, problem.message)
            return Compared(DRAFT, {}, found)

        return job

    def _theirs(self, which: str) -> Callable[[], Compared]:
        book, about = self.present.ctx.desk.rulebook, about_of(which, self.present.now.summary)

        def job() -> Compared:
            try:
                other = book.compare(which)
            except DeskError as problem:
                return Compared(which, about, {}, problem.message)
            found = {c.id: Difference(c.id, c.before and row(c.before), c.after and row(c.after)) for c in other.rules}
            for f in other.files:
                found[FILE + f.name] = Difference(FILE + f.name, f.before or None, f.after or None)
            return Compared(which, about, found)

        return job

    def _compared(self, found: Compared) -> None:
        if found.which == self.which:
            self.now = found
            self.compared.emit(found)

    def files(self) -> Callable[[], dict[str, str]]:
        """A job that gives the files of the rulebook in hand."""
        book, which, draft = self.present.ctx.desk.rulebook, self.which, self.present.draft
        return lambda: book.draft_files(draft) if which == DRAFT else book.files_of(which)

    def propose(self, note: str) -> None:
        """Propose one's changes; from then on they are the proposal's."""
        book, files, empty = self.present.ctx.desk.rulebook, self.files(), type(self.present.draft)()

        def then(_: object) -> None:
            self.which = PROPOSED
            self.present.put(empty)
            self.said.emit(t("Proposed. A second person adopts it; the head is one of the two."))

        self.present.ask(lambda: book.propose(files(), note), then)

    def adopt(self) -> None:
        """Sign what is proposed, and nothing else than what was looked at."""
        book, id = self.present.ctx.desk.rulebook, str(self.now.about.get("id", ""))

        def then(pin: dict[str, Any]) -> None:
            self.which = str(pin["version"])
            self.present.load()
            self.said.emit(t("Rulebook {n} is in force.", n=pin["version"]))

        self.present.ask(lambda: book.adopt(id), then)

    def withdraw(self, why: str) -> None:
        """Take the proposal off the table."""
        book, id = self.present.ctx.desk.rulebook, str(self.now.about.get("id", ""))

        def then(_: object) -> None:
            self.which = TAKEN_BACK
            self.present.load()
            self.said.emit(t("It is off the table; the reason is on record."))

        self.present.ask(lambda: book.withdraw(id, why), then)

    def take_over(self) -> None:
        """What the rulebook in hand says otherwise becomes one's own changes."""
        book, files, draft = self.present.ctx.desk.rulebook, self.files(), self.present.draft

        def then(made: Any) -> None:
            self.which = DRAFT
            self.present.put(made)
            self.said.emit(t("These are your changes now. Nothing is proposed yet."))

        self.present.ask(lambda: book.taken_over(draft, files()), then)

    def comes_with(self, id: str) -> str:
        """The file that was taken in and that one of one's changes came with; empty where it can go alone."""
        entry, files = self.present.entries.get(id), self.present.draft.files
        return entry.file if entry is not None and id not in self.present.draft.edits and entry.file in files else ""

    def take_back(self, id: str) -> None:
        """Without one of one's changes; with it goes the file that it came with."""
        draft = self.present.draft
        name = id.removeprefix(FILE) if id.startswith(FILE) else self.comes_with(id)
        self.present.put(draft.with_file(name, None) if name else draft.with_edit(id, {}))

    def drop(self) -> None:
        """None of one's changes."""
        self.present.put(type(self.present.draft)())

    def save(self, folder: Path) -> None:
        """Write the files of the rulebook in hand into a new or empty folder."""
        from g20desk.desk import rule_files

        files, told = self.files(), t("The rule files are in {folder}.", folder=isolated(str(folder)))
        self.present.ask(lambda: rule_files.write(files(), folder), lambda _: self.said.emit(told))

    def look_back(self) -> None:
        """What it would have said on the last hundred messages; beside the store's own thread, so that nothing else
        waits for it."""
        book, files, run = self.present.ctx.desk.rulebook, self.files(), Event()
        self.stop()
        self._run = run

        def then(found: dict[str, Any]) -> None:
            if self._run is run:
                self._run = None
                self.would_say.emit(found)

        def failed(problem: Exception) -> None:
            if self._run is run:
                self.stop()
            self.present.failed.emit(problem)

        self.progress.emit(0, 0)

        def job() -> dict[str, Any]:
            return book.would_say(files(), cancelled=run.is_set, progress=self.progress.emit)  # type: ignore[no-any-return]

        self.present.ctx.worker.ask(job, then, failed, self, network=True, quiet=True)

    def looking(self) -> bool:
        """Whether messages are being looked at."""
        return self._run is not None

    def stop(self) -> None:
        """Look no further."""
        if self._run is not None:
            self._run.set()
            self._run = None
        self.would_say.emit(None)


def about_of(which: str, told: Values) -> Values:
    """What is known of a proposal or a version."""
    if which in (PROPOSED, TAKEN_BACK):
        return told.get("proposal" if which == PROPOSED else "taken_back") or {}
    return next((one for one in told.get("versions", ()) if str(one["version"]) == which), {})
