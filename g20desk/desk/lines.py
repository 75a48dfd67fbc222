"""Lines: agreed wording on a topic. A line is a message for no account: it is written, submitted and signed off as one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.errors import Refused, Usage
from g20desk.ledger import views
from g20desk.office.content import Content, Text, Wording
from g20desk.office.form import LINE
from g20desk.office.posts import message_state
from g20desk.office.relays import LOCK, agreed

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
        desk, later = self._desk, self.superseded()
        found = {row.id: row for kind in ("draft", "message") for row in self._listed(kind)}
        made = []
        for row in sorted(found.values(), key=lambda one: -one.updated):
            one = desk.messages.get(row.id)
            state = self.state(one)
            made.append(
                {
                    **self._about(one.content),
                    "id": one.id,
                    "state": state,
                    "superseded_by": later[one.id].id if one.id in later else None,
                }
            )
        return made

    def _listed(self, kind: str) -> list[views.Row]:
        if kind == "draft" and not self._desk.messages.staff:
            return []
        return [row for row in views.newest(self._desk.store, kind) if row.value.get("kind") == LINE]

    def state(self, found: Folded) -> str:
        """draft, submitted, agreed, expired or withdrawn."""
        word = message_state(found.message, False)
        if word == "approved":
            return "agreed" if agreed(found.message, self._desk.clock.now_ms()) else "expired"
        return "submitted" if word in ("objected", "held") else word

    def _about(self, content: Mapping[str, Any]) -> dict[str, Any]:
        words = self._desk.messages.words
        texts = {name.removeprefix("c.text."): "\n".join(words(ref) for ref in refs)
                 for name, refs in content.items() if name.startswith("c.text.")}  # fmt: skip
        locked = {name.removeprefix(LOCK): list(said) for name, said in content.items() if name.startswith(LOCK)}
        first = "en" if "en" in texts else next(iter(texts), "")
        until = content.get("c.until", 0)
        return {"text": texts.get(first, ""), "locked": locked.get(first, []), "topic": content.get("c.topic", ""),
                "until": iso(until) if until else None, "texts": texts, "locks": locked,
                "source": content.get("c.source", ""), "supersedes": content.get("c.supersedes")}  # fmt: skip

    def superseded(self) -> dict[str, views.Row]:
        """For each line whose place another took, the row of that agreed one."""
        found = views.newest(self._desk.store, "message", ("approved",), saying='"supersedes": "')
        return {row.value["supersedes"]: row for row in found if row.value["kind"] == LINE}


def locked(pairs: tuple[str, ...], lang: str) -> dict[str, tuple[str, ...]]:
    """Phrases to lock, as typed, in a language. Raises Usage for an empty one."""
    if any(not one.strip() for one in pairs):
        raise Usage("no-phrase", "A locked phrase has words.", "Leave --lock out, or name one.")
    return {lang: pairs} if pairs else {}
