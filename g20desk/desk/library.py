"""The library of agreed wording on a desk: agreed lines, the agreed language of the rulebook in force, adopted sets; and the
translation memory over these and over the messages that were signed off. Kept fresh beside what the desk does."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from g20desk.desk.agreed_sets import AgreedSets, known_in
from g20desk.errors import Refused
from g20desk.ledger import body, pieces, views
from g20desk.office import library, memory, suggesting
from g20desk.office.agreed import Unit
from g20desk.office.form import LINE, RELAY
from g20desk.office.library import Entry
from g20desk.office.memory import Memory
from g20desk.office.standing import Standing
from g20desk.office.suggesting import Offer

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.row_keeping import Changes

SIGNED_OFF = ("approved", "scheduled", "sending", "sent", "partly-sent")
# Of signed-off messages as many, the newest, are remembered.
MOST_MESSAGES = 5_000
BOOK = "rulebook"


@dataclass(frozen=True, slots=True)
class Source:
    """Something agreed, as the record has it: its mark changes when it does. `supersedes`: the line whose place it takes."""

    mark: str
    texts: dict[str, str] = field(default_factory=dict)
    locks: dict[str, tuple[str, ...]] = field(default_factory=dict)
    topic: str = ""
    source: str = ""
    until: int = 0
    supersedes: str = ""


class Library(AgreedSets):
    """`desk.library`. Any thread may ask; the first to ask after a change brings it up to date."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock, self._noting = threading.RLock(), threading.Lock()
        self._library, self._memory = suggesting.Library(), Memory()
        self._lines: dict[str, Source] = {}
        self._messages: dict[str, Source] = {}
        self._units: dict[str, tuple[Unit, ...]] = {}
        self._marks: dict[str, str] = {}
        self._touched: set[str] | None = None  # None: everything
        self._version, self._changes, self._remembers = -1, 0, False
        self._waits, self._redacted = False, 0
        desk.add_listener(self._heard, first=True)

    def _heard(self, changes: Changes) -> None:
        touched = {id for kind, id in changes if kind == "message"}
        rest = {kind for kind, _ in changes} - {"message"}
        with self._noting:  # whoever acts does not wait for a library that is being brought up
            if rest & {"*", "agreed", "rulebook", "piece"}:
                self._touched = None
            elif self._touched is not None:
                self._touched |= touched

    def refresh(self, messages: bool = False) -> None:
        """Bring it up to date with the record; quick where nothing changed. `messages`: those that were signed off too, which
        only a translation asks for."""
        version = self._desk.store.data_version()
        with self._lock:
            with self._noting:
                if version != self._version:  # another process wrote
                    self._version, self._touched = version, None
                touched, self._touched = self._touched, set()
            self._changes += touched is None or bool(touched)
            if touched is None:
                self._all()
            elif touched:
                rows = (views.get(self._desk.store, "message", id) for id in touched)
                self._rows({row.id: row for row in rows if row is not None}, gone=touched)
            if self._waits:
                self._sets()
            if messages and not self._remembers:
                self._remembers = True
                self._rows(self._signed_off(), gone=set())

    def _signed_off(self) -> dict[str, views.Row]:
        listed = views.newest(self._desk.store, "message", SIGNED_OFF, MOST_MESSAGES)
        return {row.id: row for row in listed if row.value["kind"] not in (LINE, RELAY)}

    def _all(self) -> None:
        redacted = len(self._desk.ledger.folds.placed_office().redactions)
        if redacted != self._redacted:  # what was read may hold what is nobody's to read any more
            self._redacted = redacted
            self._forget()
        listed = views.newest(self._desk.store, "message", ("approved",), saying='"kind": "line"')
        found = {row.id: row for row in listed} | (self._signed_off() if self._remembers else {})
        self._rows(found, gone={*self._lines, *self._messages})
        self._book()
        self._sets()

    def _forget(self) -> None:
        self._library, self._memory = suggesting.Library(), Memory()
        self._lines, self._messages, self._units, self._marks = {}, {}, {}, {}

    def _rows(self, rows: Mapping[str, views.Row], gone: set[str]) -> None:
        """Messages and lines as these rows have them; those of `gone` that have none are not agreed any more."""
        superseded = {one.supersedes for one in self._lines.values()} - {""}
        for id in {*rows, *gone}:
            row = rows.get(id)
            line = row is not None and row.value["kind"] == LINE
            self._keep(self._lines, id, row if line and row and row.state == "approved" else None)
            self._keep(self._messages, id, row if row and self._remembers and _translated(row) else None)
        now = {one.supersedes for one in self._lines.values()} - {""}
        for id in {*rows, *gone, *(superseded ^ now)}:
            self._put_line(id, None if id in now else self._lines.get(id))
            self._put_message(id)

    def _keep(self, held: dict[str, Source], id: str, row: views.Row | None) -> None:
        if row is None:
            held.pop(id, None)
        elif id not in held or held[id].mark != row.value["digest"]:
            held[id] = self._read(row)

    def _read(self, row: views.Row) -> Source:
        """What a row's message says, from the submission that its digest names."""
        for event in reversed(self._desk.store.stream(row.stream)):
            if event.header.kind != "message.submitted":
                continue
            parts = body.decode(event.body)
            if body.content_digest(parts) == row.value["digest"]:
                return self._said({name: part.value for name, part in parts.items()}, row.value["digest"])
        return Source(row.value["digest"])

    def _said(self, content: Mapping[str, Any], mark: str) -> Source:
        texts, locks = {}, {}
        for name, value in content.items():
            what, _, lang = name.removeprefix("c.").partition(".")
            if what == "text" and "." not in lang:
                said = [pieces.text(self._desk.store, ref) for ref in value]
                if all(one.strip() for one in said):
                    texts[lang] = "\n".join(said)
            elif what == "lock":
                locks[lang] = tuple(value)
        return Source(mark, texts, locks, content.get("c.topic", ""), content.get("c.source", ""),
                      content.get("c.until", 0), content.get("c.supersedes", ""))  # fmt: skip

    def _put(
        self, owner: str, mark: str, entries: list[Entry], pairs: list[memory.Pair], units: tuple[Unit, ...]
    ) -> None:
        if self._marks.get(owner, "") == mark:
            return
        self._library.put(owner, entries)
        self._memory.put(owner, pairs)
        self._units[owner], self._marks[owner] = units, mark
        if not mark:
            del self._units[owner], self._marks[owner]

    def _put_line(self, id: str, one: Source | None) -> None:
        made: list[Entry] = []
        about: dict[str, Any] = {}
        if one is not None:
            about = {"source": one.source, "topic": one.topic, "until": one.until}
            for lang, text in one.texts.items():
                made += library.of_text(text, lang, library.LINE, id, one.locks.get(lang, ()), **about)
        pairs = memory.pairs_of(one.texts, library.LINE, id, **about) if one else []
        units = (Unit(one.texts, id[:12], one.source, topic=one.topic),) if one and one.texts else ()
        self._put(f"line/{id}", one.mark if one else "", made, pairs, units)

    def _put_message(self, id: str) -> None:
        one = self._messages.get(id)
        pairs = memory.pairs_of(one.texts, library.MEMORY, id, topic=one.topic) if one else []
        units = (Unit(one.texts, id[:12], topic=one.topic),) if one and len(one.texts) > 1 else ()
        self._put(f"message/{id}", one.mark if one else "", [], pairs, units)

    def _put_units(self, owner: str, mark: str, units: tuple[Unit, ...]) -> None:
        made: list[Entry] = []
        pairs: list[memory.Pair] = []
        for number, unit in enumerate(units):
            of = f"{owner}/{unit.id or number}"
            made += library.of_unit(unit, of)
            pairs += memory.pairs_of(unit.texts, library.PHRASE, of, unit.source, unit.topic)
        self._put(owner, mark, made, pairs, units)

    def _book(self) -> None:
        mark = self._desk.rulebook.in_force().digest
        if self._marks.get(BOOK) != mark:
            self._put_units(BOOK, mark, tuple(_of_book(self._desk.rulebook.files())))

    def _sets(self) -> None:
        standing = {f"set/{id[:12]}": one for id, one in self._desk.office.agreed.items() if one.adopted_by}
        for owner in [one for one in self._marks if one.startswith("set/") and one not in standing]:
            self._put_units(owner, "", ())
        self._waits = False
        for owner, one in standing.items():
            if self._marks.get(owner) != one.digest:
                try:
                    self._put_units(owner, one.digest, self.contents(one))
                except Refused:
                    self._waits = True  # not on this desk yet, or not what was signed: `sets` says so

    def offers(
        self, text: str, at: int, lang: str, topic: str = "", beside: tuple[str, str] = ("", ""), most: int = 4
    ) -> list[Offer]:
        """What can be put where the caret is (code points): translations of what stands in another language beside it, a
        (language, text), then agreed wording that goes on with what is typed."""
        self.refresh(messages=bool(beside[1].strip()))
        now = self._desk.clock.now_ms()
        with self._lock:
            made = self._library.offers(text, at, lang, topic, most, now)
            theirs = self._memory.offers(beside[1], beside[0], text, at, lang, now) if beside[1].strip() else []
        texts = {one.entry.text for one in theirs[:2]}
        return [*theirs[:2], *(one for one in made if one.entry.text not in texts)][:most]

    def here(self, text: str, lang: str) -> list[Standing]:
        """What of a text is agreed wording, letter for letter."""
        self.refresh()
        with self._lock:
            return self._library.standing(text, lang, self._desk.clock.now_ms())

    def places(self, text: str, lang: str) -> list[tuple[int, int]]:
        """Where that stands, in code points."""
        return [(one.start, one.end) for one in self.here(text, lang)]

    def changes(self) -> int:
        """How often it was brought up to date with a change: as long as this stays, so does what was agreed."""
        self.refresh()
        return self._changes

    def lines(self) -> dict[str, Source]:
        """All lines that were agreed and not taken back, by id; also those that are over, or whose place another took."""
        self.refresh()
        with self._lock:
            return dict(self._lines)

    def adopted(self) -> dict[str, tuple[str, tuple[Unit, ...]]]:
        """The sets that two people adopted, by their names here: what their wording is known by, and the wording."""
        with self._lock:
            return {one: (self._marks[one], units) for one, units in self._units.items() if one.startswith("set/")}

    def search(self, words: str = "", lang: str = "", topic: str = "", most: int = 50) -> list[Entry]:
        """Agreed wording with all these words, in a language and on a topic where those are named."""
        self.refresh()
        with self._lock:
            return self._library.search(words, lang, topic, most, self._desk.clock.now_ms())

    def translate(self, text: str, source: str, target: str) -> list[tuple[str, list[memory.Match]]]:
        """What each sentence of a text was translated as, in what was agreed; all of it at once, where that was."""
        self.refresh(messages=True)
        now = self._desk.clock.now_ms()
        with self._lock:
            whole = self._memory.look_up(text, source, target, 1, 100, now)
            if whole:
                return [(text.strip(), whole)]
            return [(one, self._memory.look_up(one, source, target, now=now)) for one in library.split(text)]

    def units(self) -> list[Unit]:
        """All that is agreed now: the rulebook's, sets, lines, messages in several languages; with sentences that are aligned."""
        self.refresh(messages=True)
        now = self._desk.clock.now_ms()
        with self._lock:
            over = {f"line/{id}" for id, one in self._lines.items() if one.until and now >= one.until}
            held = [unit for owner in sorted(self._units) if owner not in over for unit in self._units[owner]]
        return library.new_in([part for unit in held for part in _parts(unit)], set())

    def known(self) -> set[tuple[str, str]]:
        """Languages and plain texts of all that is agreed now."""
        return known_in(self.units())


def _translated(row: views.Row) -> bool:
    """Whether a row's message was agreed in several languages, and nobody has to look at it again."""
    value = row.value
    agreed = row.state in SIGNED_OFF and not value["unreviewed"] and not value["relay"]
    return bool(agreed and value["kind"] != LINE and len(value["langs"]) > 1)


def _parts(unit: Unit) -> Iterator[Unit]:
    """A unit, and what of it says the same in several languages."""
    yield unit
    for number, texts in enumerate(library.aligned(unit.texts)):
        if number:
            name = f"{unit.id}-{number}" if unit.id else ""
            yield Unit(texts, name, unit.summit, unit.year, unit.paragraph, unit.basis, unit.topic)


def _of_book(files: Mapping[str, str]) -> Iterator[Unit]:
    """The agreed language in a rulebook's files."""
    for name, text in sorted(files.items()):
        for row in tomllib.loads(text).get("phrase", []) if name.startswith("agreed/") else ():
            words = {key: str(row.get(key, "")) for key in ("id", "summit", "paragraph", "basis", "topic")}
            year = row.get("year", 0)
            yield Unit({"en": row["phrase"]}, year=year if type(year) is int else 0, **words)
