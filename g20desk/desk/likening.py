"""Look-alikes of agreed wording on a desk: what a text says nearly as a line does, or otherwise."""

from __future__ import annotations

import functools
import threading
from collections.abc import Mapping
from importlib import resources
from typing import TYPE_CHECKING, Any

from g20desk.ledger import views
from g20desk.office.relays import LOCK, TEXT, agreed

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.row_keeping import Changes
    from g20desk.office.message import Message
    from g20desk.rulebook.likeness.index import Index
    from g20desk.rulebook.likeness.judging import Agreed, Likeness
    from g20desk.rulebook.likeness.lexicon import Lexicon
    from g20desk.rulebook.rule import Finding


class Likening:
    """`desk.likeness`. Any thread may ask; the first to ask after a change brings it up to date."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lock = threading.RLock()
        self._lines: dict[str, tuple[str, int, list[Agreed]]] = {}  # by id: digest, until when, its wordings
        self._seen: Any = None
        self._version, self._stale = -1, True
        self._index: Index | None = None
        desk.add_listener(self._heard)

    def _heard(self, changes: Changes) -> None:
        if any(kind in ("*", "message", "piece", "rulebook") for kind, _ in changes):
            self._stale = True

    def findings(self, text: str, lang: str) -> list[Finding]:
        """Near-misses of agreed lines in a text, and what it says otherwise than they do; none where it is word for word."""
        found = self.index()
        if found is None:
            return []
        from g20desk.rulebook.likeness.index import findings

        return findings(text, lang, found)

    def alike(self, text: str, lang: str) -> list[Likeness]:
        """How a text stands to the lines agreed now, the most alike first."""
        found = self.index()
        return found.find(text, lang) if found is not None else []

    def index(self) -> Index | None:
        """All wording that is agreed now; None where nothing is: then no table is read."""
        with self._lock:
            version = self._desk.store.data_version()
            if self._stale or version != self._version:
                self._stale, self._version = False, version
                self._read()
            now = self._desk.clock.now_ms()
            standing = {id: line for id, line in self._lines.items() if not line[1] or now < line[1]}
            seen = {id: line[0] for id, line in standing.items()}
            if self._index is None and seen:
                from g20desk.rulebook.likeness.index import Index

                self._index = Index((), lexicon(self._members()))
            if self._index is not None and seen != self._seen:
                self._index.fill(one for _, _, made in standing.values() for one in made)
                self._seen = seen
            return self._index

    def _members(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        return tuple(self._desk.rulebook.current().facts.members.items())

    def _read(self) -> None:
        """The lines that are agreed; what stands as it was read before is not read again."""
        rows = {
            row.id: row for row in views.newest(self._desk.store, "message", ("approved",), saying='"kind": "line"')
        }
        known, self._lines = self._lines, {}
        superseded = set()
        for id, row in rows.items():
            state: Message = self._desk.ledger.folds.stream("message", row.stream)[0]
            if not agreed(state, 0):
                continue
            superseded.add(state.content.get("c.supersedes", ""))
            made = known.get(id)
            if made is None or made[0] != state.digest:
                made = state.digest, state.content.get("c.until", 0), self._wordings(id, state.content)
            self._lines[id] = made
        for id in superseded:
            self._lines.pop(id, None)

    def _wordings(self, id: str, content: Mapping[str, Any]) -> list[Agreed]:
        from g20desk.rulebook.likeness.judging import Agreed

        source = ", ".join(filter(None, (content.get("c.topic", ""), content.get("c.source", ""))))
        made = []
        for name, refs in content.items():
            if name.startswith(TEXT):
                lang = name.removeprefix(TEXT)
                text = " ".join(self._desk.messages.words(ref) for ref in refs)
                made.append(Agreed(id, lang, text, tuple(content.get(f"{LOCK}{lang}", ())), source))
        return sorted(made, key=lambda one: one.lang != "en")


@functools.lru_cache(2)
def lexicon(members: tuple[tuple[str, tuple[str, ...]], ...]) -> Lexicon:
    """The words of resources/likeness, and the names of members."""
    from g20desk.rulebook.likeness import lexicon as words

    folder = resources.files("resources").joinpath("likeness")
    files = {one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".toml")}
    return words.read(files, dict(members))
