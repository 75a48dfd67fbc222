"""Look-alikes of agreed wording on a desk: what a text says nearly as a line does, or otherwise."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import TYPE_CHECKING, Any

from g20desk.ledger import views
from g20desk.office.relays import LOCK, TEXT, agreed

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.row_keeping import Changes
    from g20desk.office.message import Message
    from g20desk.rulebook.likeness.index import Index
    from g20desk.rulebook.likeness.judging import Agreed
    from g20desk.rulebook.likeness.lexicon import Lexicon
    from g20desk.rulebook.rule import Finding


@dataclass(frozen=True, slots=True)
class Held:
    """A line's wordings; its stream and content digest; from when until when it stands, in milliseconds (0: open)."""

    stream: str
    digest: str
    since: int
    until: int
    wordings: tuple[Agreed, ...]

    def stood(self, at: int) -> bool:
        """Whether it stood at a time in milliseconds."""
        return self.since <= at and (not self.until or at < self.until)


class Likening:
    """`desk.likeness`. Any thread may ask; the first to ask after a change brings it up to date."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.RLock()
        self._lines: dict[str, Held] = {}
        self._index: Index | None = None
        self._seen: dict[str, str] = {}
        self._version, self._stale = -1, True
        desk.add_listener(self._heard)

    def _heard(self, changes: Changes) -> None:
        if any(kind in ("*", "message", "piece") for kind, _ in changes):
            self._stale = True

    def findings(self, text: str, lang: str) -> list[Finding]:
        """Near-misses of agreed lines in a text, and what it says otherwise than they do; none where it is word for word."""
        now = self._desk.clock.now_ms()
        standing = {id: line for id, line in self.lines().items() if line.stood(now)}
        if not standing:
            return []  # no table is read for it
        from g20desk.rulebook.likeness.index import findings

        with self._lock:
            seen = {id: line.digest for id, line in standing.items()}
            if self._index is None:
                self._index = self.index({})
            if seen != self._seen:
                self._index.fill(one for line in standing.values() for one in line.wordings)
                self._seen = seen
            return findings(text, lang, self._index)

    def index(self, lines: Mapping[str, Held]) -> Index:
        """Lines to hold texts against."""
        from g20desk.rulebook.likeness.index import Index

        members = tuple(self._desk.rulebook.current().facts.members.items())
        return Index((one for line in lines.values() for one in line.wordings), lexicon(members))

    def lines(self) -> dict[str, Held]:
        """All lines that were agreed and not taken back, by id, with the time at which each stood."""
        with self._lock:
            version = self._desk.store.data_version()
            if self._stale or version != self._version:
                self._stale, self._version = False, version
                self._lines = self._read()
            return self._lines

    def _read(self) -> dict[str, Held]:
        """What stands as it was read before is not read again."""
        later: dict[str, int] = {}
        made: dict[str, Held] = {}
        for row in views.newest(self._desk.store, "message", ("approved",), saying='"kind": "line"'):
            state: Message = self._desk.ledger.folds.stream("message", row.stream)[0]
            if not agreed(state, 0):
                continue
            known = self._lines.get(row.id)
            same = known is not None and known.digest == state.digest
            wordings = known.wordings if known is not None and same else self._wordings(row.id, state.content)
            since = self._since(state)
            made[row.id] = Held(row.stream, state.digest, since, state.content.get("c.until", 0), wordings)
            if earlier := state.content.get("c.supersedes", ""):
                later[earlier] = min(since, later.get(earlier, since))
        for id, end in later.items():
            if id in made:
                made[id] = replace(made[id], until=min(end, made[id].until or end))
        return made

    def _since(self, state: Message) -> int:
        """When it was agreed: the stamp of the act that ended its last stage, or of its last decision."""
        done = state.stages[-1].done if state.stages else ""
        act = self._desk.store.get(done or (state.decisions[-1].event if state.decisions else state.submission))
        return (act.stamp or act.header.at) if act is not None else 0

    def _wordings(self, id: str, content: Mapping[str, Any]) -> tuple[Agreed, ...]:
        from g20desk.rulebook.likeness.judging import Agreed

        source = ", ".join(filter(None, (content.get("c.topic", ""), content.get("c.source", ""))))
        made = []
        for name, refs in content.items():
            lang = name.removeprefix(TEXT)
            if name.startswith(TEXT) and "." not in lang:
                text = " ".join(self._desk.messages.words(ref) for ref in refs)
                made.append(Agreed(id, lang, text, tuple(content.get(f"{LOCK}{lang}", ())), source))
        return tuple(sorted(made, key=lambda one: one.lang != "en"))


@functools.lru_cache(2)
def lexicon(members: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    """The words of resources/likeness, and the names of members."""
    from g20desk.rulebook.likeness import lexicon as words

    folder = resources.files("resources").joinpath("likeness")
    files = {one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".toml")}
    return words.read(files, dict(members))
