"""Lines: agreed wording on a topic. A line is a message for no account: it is written, submitted and signed off as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
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
        later = self.superseded().get(found.id)
        shown = self._desk.messages.show(found.id, anew=True)
        wording = shown.pop("line")
        nowhere = ("posts", "posted", "cost", "cards", "poll", "to", "planned_ms", "together", "despite", "occasion")
        kept = {name: value for name, value in shown.items() if name not in nowhere}
        return {**kept, **wording, "state": self.state(found), "superseded_by": later.id if later else None}

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

    def word(self, found: Folded) -> str:
        """As `state`; `superseded` where another agreed line took its place."""
        state = self.state(found)
        return "superseded" if state == "agreed" and found.id in self.superseded() else state

    def kit(self, prefix: str, path: Path, langs: Sequence[str] = (), draft: bool = False) -> dict[str, Any]:
        """Save a line's media kit; see `kits.save`."""
        from g20desk.desk import kits  # with what proves it: lists need none of it

        return kits.save(self._desk, prefix, path, langs, draft)

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


def _made(done: Mapping[str, Any]) -> dict[str, Any]:
    return {"line": done["message"], **{name: done[name] for name in ("revision", "digest", "findings")}}
