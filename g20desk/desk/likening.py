"""Look-alikes of agreed wording on a desk: what a text says nearly as a line or a declaration does, or otherwise."""

from __future__ import annotations

import functools
import threading
from collections.abc import Collection, Iterator, Mapping
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.library import Source
    from g20desk.office.agreed import Unit
    from g20desk.office.message import Message
    from g20desk.rulebook.likeness.index import Index
    from g20desk.rulebook.likeness.judging import Agreed
    from g20desk.rulebook.likeness.lexicon import Lexicon
    from g20desk.rulebook.reading import Span
    from g20desk.rulebook.rule import Finding


class Likening:
    """`desk.likeness`. Any thread may ask; what is agreed is the library's to say."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.RLock()
        self._index: Index | None = None
        self._seen: dict[str, str] = {}
        self._changes, self._next = -1, 0
        self._times: dict[tuple[str, str], int] = {}

    def standing(self, text: str, lang: str) -> list[Span]:
        """Where agreed words stand in a text, letter for letter."""
        return self._desk.library.places(text, lang)

    def findings(self, text: str, lang: str, but: Collection[str] = ()) -> list[Finding]:
        """Near-misses of agreed wording in a text, and what it says otherwise; none where it is word for word. `but`: lines that it is
        not held against."""
        with self._lock:
            index = self._fresh()
            if index is None:
                return []  # no table is read for it
            from g20desk.rulebook.likeness.index import findings

            return findings(text, lang, index, but)

    def _fresh(self) -> Index | None:
        """All wording that is agreed now; None where nothing is."""
        now, changes = self._desk.clock.now_ms(), self._desk.library.changes()
        if changes == self._changes and now < self._next:
            return self._index if self._seen else None
        lines, sets = self._desk.library.lines(), self._desk.library.adopted()
        self._changes, self._next = (
            changes,
            min((one.until for one in lines.values() if one.until > now), default=2**62),
        )
        over = {line.supersedes for line in lines.values()}
        standing = {id: one for id, one in lines.items() if id not in over and (not one.until or now < one.until)}
        seen = {id: one.mark for id, one in standing.items()} | {id: mark for id, (mark, _) in sets.items()}
        if seen != self._seen:
            self._index = self._index or self.index({})
            self._index.fill([*_of_lines(standing), *_of_sets(sets)])
            self._seen = seen
        return self._index if seen else None

    def index(self, lines: Mapping[str, Source]) -> Index:
        """Lines to hold texts against."""
        from g20desk.rulebook.likeness.index import Index

        return Index(_of_lines(lines), lexicon(tuple(self._desk.rulebook.current().facts.members.items())))

    def stood(self, id: str, lines: Mapping[str, Source], at: int) -> bool:
        """Whether one of these lines stood at a time in milliseconds."""
        ends = [lines[id].until] if lines[id].until else []
        ends += [self._since(later, one.mark) for later, one in lines.items() if one.supersedes == id]
        return self._since(id, lines[id].mark) <= at < min(ends, default=at + 1)

    def _since(self, id: str, mark: str) -> int:
        """When a line was agreed, in milliseconds: the stamp of the act that ended its last stage, or of its last decision."""
        if (id, mark) not in self._times:
            state: Message = self._desk.lines.get(id).message
            done = state.stages[-1].done if state.stages else ""
            act = self._desk.store.get(done or (state.decisions[-1].event if state.decisions else state.submission))
            self._times[id, mark] = (act.stamp or act.header.at) if act is not None else 0
        return self._times[id, mark]


def _of_lines(lines: Mapping[str, Source]) -> Iterator[Agreed]:
    from g20desk.rulebook.likeness.judging import Agreed

    for id, line in lines.items():
        source = ", ".join(filter(None, (line.topic, line.source)))
        for lang in sorted(line.texts, key=lambda one: one != "en"):
            yield Agreed(id, lang, line.texts[lang], line.locks.get(lang, ()), source)


def _of_sets(sets: Mapping[str, tuple[str, tuple[Unit, ...]]]) -> Iterator[Agreed]:
    from g20desk.rulebook.likeness.judging import Agreed

    for owner, (_, units) in sets.items():
        for number, unit in enumerate(units):
            for lang, text in unit.texts.items():
                yield Agreed(f"{owner}/{unit.id or number}", lang, text, (), unit.source)


@functools.lru_cache(2)
def lexicon(members: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    """The words of resources/likeness, and the names of members."""
    from g20desk.rulebook.likeness import lexicon as words

    folder = resources.files("resources").joinpath("likeness")
    files = {one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".toml")}
    return words.read(files, dict(members))
