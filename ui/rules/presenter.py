"""The Rules screen: what is in force and what this person changes of it; each change is kept as it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QTimer, Signal

from g20desk.errors import DeskError
from g20desk.rulebook.editing import home
from ui.bus import Ctx, Presenter
from ui.rows import Row
from ui.rules.rows import Filter, haystack, row_of
from ui.texts import reason

KEEP_MS, TRY_MS = 400, 250


@dataclass(frozen=True, slots=True)
class Shown:
    """One rule: as it reads with one's changes, its file, its examples and what it says of them, since which version it reads as
    in force, the principle it serves."""

    entry: Any
    file: str = ""
    examples: tuple[dict[str, Any], ...] = ()
    since: int = 0
    principle: str = ""
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in force, what waits, what this person may do and has changed."""

    summary: Mapping[str, Any] = field(default_factory=dict)
    can: Mapping[str, str] = field(default_factory=dict)
    changes: int = 0
    total: int = 0


class RulesPresenter(Presenter):
    """Rules, the code, the draft. What looks at whole rulebooks is in `changes`, what tries a text in `trial`."""

    listed = Signal(object)
    standing = Signal(object)
    showed = Signal(object)
    glanced = Signal(object)
    coded = Signal(object)
    edited = Signal()
    kept = Signal(object)
    watches = frozenset({"rulebook", "office"})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.id = ""
        self.filter = Filter()
        self.draft: Any = None
        self.now = Standing()
        self.code: Any = None
        self.entries: dict[str, Any] = {}
        self.fresh = False
        self._found: dict[str, tuple[str, Row]] = {}
        self._summary: dict[str, Any] = {}
        self._can: dict[str, str] = {}
        self._keep, self._try = QTimer(self), QTimer(self)
        for timer, ms, run in ((self._keep, KEEP_MS, self.keep), (self._try, TRY_MS, self._tried)):
            timer.setSingleShot(True)
            timer.setInterval(ms)
            timer.timeout.connect(run)

    def load(self) -> None:
        """What is in force, what is proposed, and this person's changes; those in hand are newer than those kept."""
        mine, draft = self.ctx.desk.rulebook, self.draft

        def job() -> tuple[Any, ...]:
            held = draft if draft is not None else mine.draft()
            try:
                code = mine.code()
            except DeskError as problem:
                code = problem  # the rules are there without it
            entries = {entry.id: entry for entry in mine.entries(held)}
            found = {id: (haystack(entry), row_of(entry)) for id, entry in entries.items()}
            return held, entries, found, code, mine.summary(), mine.can()

        self.ask_list(job, lambda answer: self._loaded(*answer))

    def _loaded(
        self, draft: Any, entries: dict[str, Any], found: dict[str, tuple[str, Row]], code: Any, summary: dict[str, Any],
        can: dict[str, str],
    ) -> None:  # fmt: skip
        if self.draft is not None and draft is not self.draft:
            self.load()  # something was typed meanwhile
            return
        self.draft, self.code, self._summary = draft, code, summary
        self._can = {verb: reason(why) for verb, why in can.items()}
        self.entries, self._found = entries, found
        self.coded.emit(code)
        self._stand()
        fresh, self.fresh = self.fresh, False
        if self.id:
            self.show(self.id)
        if fresh:
            self.edited.emit()

    def _stand(self) -> None:
        other = sum(not name.startswith("rulebooks/") for name in self.draft.files)
        changes = sum(entry.changed for entry in self.entries.values()) + other
        self.now = Standing(self._summary, self._can, changes, len(self.entries))
        self.standing.emit(self.now)
        self.listed.emit(self.rows())

    def look_for(self, **wanted: str) -> None:
        """Other rules."""
        self.filter = replace(self.filter, **wanted)
        self.listed.emit(self.rows())

    def rows(self) -> list[Row]:
        """The rules that are looked for."""
        found = ((entry, *self._found[id]) for id, entry in self.entries.items())
        return [row for entry, hay, row in found if self.filter.takes(entry, hay)]

    def show(self, id: str) -> None:
        """A rule's page."""
        self.id = id
        entry = self.entries.get(id)
        if entry is not None:
            self._ask_about(entry, self._showed)

    def glance(self, id: str) -> None:
        """A rule beside something else; the one in hand stays."""
        entry = self.entries.get(id)
        if entry is not None:
            self._ask_about(entry, self.glanced.emit)

    def _ask_about(self, entry: Any, then: Callable[[Shown], None]) -> None:
        mine, draft, principles = self.ctx.desk.rulebook, self.draft, getattr(self.code, "principles", ())

        def job() -> Shown:
            principle = next((one.title for one in principles if one.number == entry.row["principle"]), "")
            since = mine.since(entry.id) if entry.before is not None else 0
            file = entry.file
            try:
                alone = replace(draft, edits={id: one for id, one in draft.edits.items() if id == entry.id})
                files = mine.draft_files(alone)
                file = home(files, entry.id)
                found = mine.examples(files, entry.id)
            except DeskError as problem:
                return Shown(entry, file, (), since, principle, problem.message)
            trouble = next((f"{file}, {entry.id}: {one['why']}" for one in found if one["why"]), "")
            return Shown(entry, file, tuple(found), since, principle, trouble)

        self.ask(job, then)

    def _showed(self, shown: Shown) -> None:
        # Of two answers about a rule that is being written on, only the one about what stands there now counts.
        if shown.entry.id == self.id and shown.entry == self.entries.get(self.id):
            self.showed.emit(shown)

    def may_edit(self) -> str:
        """Why this person changes no rules; empty where they may."""
        return self.now.can.get("edit", "")

    def write(self, id: str, row: Mapping[str, Any]) -> None:
        """A rule says this now; kept, and tried on its examples, after a moment."""
        entry = self.entries[id]
        base = entry.base
        changes = dict(row) if base is None else {k: v for k, v in row.items() if base.get(k) != v}
        self.draft = self.draft.with_edit(id, changes, entry.file if base is None else "")
        changed = bool(changes) or entry.before is None or entry.file in self.draft.files
        self.entries[id] = replace(entry, row=dict(row), changed=changed)
        self._found[id] = haystack(self.entries[id]), row_of(self.entries[id])
        self._keep.start()
        self._try.start()

    def switch(self) -> None:
        """On becomes off, and back."""
        entry = self.entries[self.id]
        self.write(self.id, {**entry.row, "on": not entry.row["on"]})
        self.flush()

    def several(self) -> tuple[bool, list[str]]:
        """Rules to be switched at once, and whether on: of those that are looked for, those that are off, else all; none
        where nobody looks for some."""
        found = [entry for id, entry in self.entries.items() if self.filter.takes(entry, self._found[id][0])]
        if self.filter == Filter() or len(found) < 2:
            return True, []
        off = [entry.id for entry in found if not entry.row["on"]]
        return bool(off), off or [entry.id for entry in found]

    def switch_all(self) -> None:
        """All of them on, or off."""
        on, ids = self.several()
        edits = {}
        for entry in map(self.entries.__getitem__, ids):
            row, base = {**entry.row, "on": on}, entry.base
            edits[entry.id] = row if base is None else {k: v for k, v in row.items() if base.get(k) != v}
        self.put(self.draft.with_edits(edits))

    def may_take_back(self) -> bool:
        """Whether this person changed the rule in hand."""
        return self.draft is not None and self.id in self.draft.edits

    def take_back(self) -> None:
        """Without this person's change of the rule in hand; one that only they have goes with it."""
        id = self.id
        if self.entries[id].base is None:
            self.id = ""
        self.put(self.draft.with_edit(id, {}))

    def begin(self, family: str) -> None:
        """A new rule of a family."""
        mine, draft, lang = self.ctx.desk.rulebook, self.draft, self.filter.lang or "en"

        def then(made: tuple[str, dict[str, Any]]) -> None:
            self.id, self.fresh = made[0], True
            self.put(self.draft.with_edit(*made))

        self.ask(lambda: mine.begun(draft, family.strip().upper(), lang), then)

    def put(self, draft: Any) -> None:
        """All changes at once: some were taken over, taken in, taken back or proposed."""
        self.draft = draft
        self.keep()
        self.load()

    def keep(self) -> None:
        """Keep the changes on this desk."""
        self._keep.stop()
        if (draft := self.draft) is not None:
            self.ask(
                lambda: self.ctx.desk.rulebook.keep_draft(draft), lambda _: self.kept.emit(self.ctx.clock.now_ms())
            )

    def flush(self) -> None:
        """What was typed is kept and tried now."""
        if self._keep.isActive():
            self.keep()
        if self._try.isActive():
            self._tried()

    def hidden(self) -> None:
        """Nothing is lost by leaving."""
        super().hidden()
        self.flush()

    def _tried(self) -> None:
        self._try.stop()
        self._stand()
        self.show(self.id)
