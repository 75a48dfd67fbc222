"""Lines: agreed wording on a topic. A line is a message for no account: it is written, submitted and signed off as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import line_listing
from g20desk.desk.line_listing import LineRow
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
        """Begin a line: {"line", "digest", "findings"}. `texts` and `locks` per language. Raises Usage, Refused."""
        earlier = self.get(supersedes).id if supersedes else ""
        wording = Wording(locks, until_ms, source, earlier)
        made = tuple(Text(lang, (text,)) for lang, text in texts.items())
        done = self._desk.messages.new(Content(LINE, (), made, topic=topic, line=wording))
        return {"line": done["message"], "digest": done["digest"], "findings": done["findings"]}

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

    def show(self, prefix: str) -> dict[str, Any]:
        """All of a line that its reader is shown: its row, how it was agreed, what each language says."""
        return line_listing.show(self._desk, self.get(prefix))

    def superseded(self) -> dict[str, Later]:
        """For each line whose place another took, that agreed one."""
        return line_views.superseded(self._desk.store)


def locked(pairs: tuple[str, ...], lang: str) -> dict[str, tuple[str, ...]]:
    """Phrases to lock, as typed, in a language. Raises Usage for an empty one."""
    if any(not one.strip() for one in pairs):
        raise Usage("no-phrase", "A locked phrase has words.", "Leave --lock out, or name one.")
    return {lang: pairs} if pairs else {}
