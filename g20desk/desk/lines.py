"""Lines: agreed wording on a topic. A line is a message for no account: it is written, submitted and signed off as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import line_listing
from g20desk.desk.line_listing import Cell, LineRow
from g20desk.errors import Refused, Usage
from g20desk.ledger import line_views
from g20desk.ledger.line_views import Later
from g20desk.office.content import Content, Text, Wording
from g20desk.office.form import LINE
from g20desk.office.relays import agreed

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded


class Lines:
    """`desk.lines`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def new(
        self,
        texts: Mapping[str, str],
        topic: str,
        locks: Mapping[str, tuple[str, ...]],
        until_ms: int = 0,
        source: str = "",
        supersedes: str = "",
    ) -> dict[str, Any]:
        """Begin a line of one post in each language, without pictures; what `begin` answers. `texts` and `locks` per language."""
        made = tuple(Text(lang, (text,)) for lang, text in texts.items())
        wording = Wording(locks, until_ms, source, supersedes)
        return self.begin(Content(LINE, (), made, topic=topic, line=wording))

    def begin(self, content: Content) -> dict[str, Any]:
        """Begin a line: {"line", "revision", "digest", "findings"}. Raises Usage, Refused."""
        return _made(self._desk.messages.new(content))

    def content(self, prefix: str) -> Content:
        """The newest revision of a line as typed, for going on. Raises Refused."""
        return self._desk.messages.content(self.get(prefix).id)

    def revise(self, prefix: str, content: Content) -> dict[str, Any]:
        """A new revision of a line; what is submitted is withdrawn first. What `begin` answers. Raises Usage, Refused."""
        found = self.get(prefix)
        if content.line is not None and content.line.supersedes and found.id.startswith(content.line.supersedes):
            raise Usage("bad-line", "A line can't take its own place.", "Name another one, or none.")
        return _made(self._desk.messages.revise(found.id, content))

    def diff(self, prefix: str, old: str = "", new: str = "") -> dict[str, list[tuple[str, str]]]:
        """What changed between two revisions, as `Messages.diff` says it; without any named, between the last two. Raises
        Refused."""
        found = self.get(prefix)
        revisions = list(found.draft.revisions)
        if not (old and new) and len(revisions) < 2:
            raise Refused("one-version", "This line has one version: there is nothing to compare.")
        return self._desk.messages.diff(found.id, old or revisions[-2], new or revisions[-1])

    def show(self, prefix: str) -> dict[str, Any]:
        """Everything about a line: what `message show` says, and as `rows` have it its state, topic and what took its place.
        Raises Refused."""
        found = self.get(prefix)
        row = line_listing.row_of(self._desk, found.id)
        assert row is not None
        shown = self._desk.messages.show(found.id, anew=True)
        wording = shown.pop("line")
        nowhere = ("posts", "posted", "cost", "cards", "poll", "to", "planned_ms", "together", "despite", "occasion")
        kept = {name: value for name, value in shown.items() if name not in nowhere}
        return {**kept, **wording, "state": row.state, "superseded_by": row.superseded_by}

    def get(self, prefix: str) -> Folded:
        """A line by the beginning of its id. Raises Refused."""
        found = self._desk.messages.get(prefix)
        if found.content.get("c.kind") != LINE:
            raise Refused("unknown-id", f"There is no one line “{prefix}”.", "See: g20desk line list")
        return found

    def agreed(self, prefix: str) -> Folded:
        """A line that is agreed now. Raises Refused."""
        found = self.get(prefix)
        if not agreed(found.message, self._desk.clock.now_ms()):
            raise Refused("not-agreed", "This line is not agreed, or not any more.", "See: g20desk line list")
        if later := self.superseded().get(found.id):
            raise Refused("superseded", f"Line {later.id[:12]} took its place.", "Relay that one.")
        return found

    def rows(self) -> list[dict[str, Any]]:
        """All lines that this person may read, the newest first, as `line list` has them: {"id", "state", "text", "locked",
        "topic", "until", …}; `text` and `locked` of the first language."""
        made = []
        for one in self.page()[0]:
            until = iso(one.until_ms) if one.until_ms else None
            made.append({"id": one.id, "state": one.state, "text": one.text, "locked": list(one.locks.get(one.lang, ())),
                         "topic": one.topic, "until": until, "texts": dict(one.texts), "locks": dict(one.locks),
                         "source": one.source, "supersedes": one.supersedes, "superseded_by": one.superseded_by})  # fmt: skip
        return made

    def page(self, limit: int = -1, words: str = "") -> tuple[list[LineRow], int]:
        """The newest lines with these words, each with what became of its relays, and how many there are. Read off the views
        alone: nothing is folded."""
        return line_listing.page(self._desk, limit, words)

    def grid(self, limit: int = -1, words: str = "") -> tuple[list[LineRow], dict[tuple[str, str], Cell]]:
        """The newest lines with these words, and by line and government what its accounts came to; as `page`."""
        return line_listing.grid(self._desk, limit, words)

    def read(self, prefix: str) -> dict[str, Any]:
        """A line for who reads it, without all that `show` looks up: its row, how it was agreed, its digest and its words."""
        return line_listing.read(self._desk, self.get(prefix))

    def superseded(self) -> dict[str, Later]:
        """For each line whose place another took, that agreed one."""
        return line_views.superseded(self._desk.store)

    def word(self, found: Folded) -> str:
        """Its row's state; `superseded` where another agreed line took its place."""
        row = line_listing.row_of(self._desk, found.id)
        assert row is not None
        return "superseded" if row.state == "agreed" and row.superseded_by else row.state

    def kit(self, prefix: str, path: Path, langs: Sequence[str] = (), draft: bool = False) -> dict[str, Any]:
        """Save a line's media kit; see `kits.save`."""
        from g20desk.desk import kits  # with what proves it: lists need none of it

        return kits.save(self._desk, prefix, path, langs, draft)


def _made(done: Mapping[str, Any]) -> dict[str, Any]:
    return {"line": done["message"], **{name: done[name] for name in ("revision", "digest", "findings")}}
