"""Comments on a message as threads: each stays with its passage while the same words stand in the text. `desk.comments`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.errors import Usage
from g20desk.ledger import body, pieces
from g20desk.office import passages
from g20desk.office.message import Comment

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded

# Where a thread stands: at its passage, on an earlier text that has those words no more, or on the message as a whole.
HERE, EARLIER, WHOLE = "here", "earlier", "whole"
# An office whose rules are older than this knows comments as decisions that decide nothing, on all of a message.
SINCE = 2


class Comments:
    """`desk.comments`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def make(
        self, prefix: str, text: str, digest: str = "", about: dict[str, Any] | None = None, answers: str = ""
    ) -> dict[str, str]:
        """Comment on the content with this digest (without one: as it stands): on a passage (see `passage`), on all of it,
        or in answer to a comment, by the beginning of its id. {"message", "comment"}. Raises Usage, Refused."""
        if not text.strip():
            raise Usage("no-reason", "A comment says something.", "Add: --why TEXT")
        found = self._desk.messages.submitted(prefix)
        digest = digest or found.message.digest
        if self._desk.office.fold < SINCE:
            if about or answers:
                raise Usage(
                    "needs-version", "This office comments on whole messages only.", "The head adopts newer rules."
                )
            self._desk.signoffs.decide(found.id, "comment", digest, text)
            return {"message": found.id, "comment": ""}
        ref = pieces.refer(text.strip().encode())
        values = {"digest": digest, "about": about, "answers": _one(found, answers), "text": ref}
        kept = {ref["piece"]: text.strip().encode()}
        event = self._desk.act("comment.made", values, found.stream, pieces=kept, keep_refusal=True)
        return {"message": found.id, "comment": event}

    def passage(self, prefix: str, words: str, lang: str = "") -> dict[str, Any]:
        """The one place at which these words stand in the text that is submitted. Raises Usage where there is none, or
        more than one."""
        content, places = self._desk.messages.submitted(prefix).message.content, []
        for part, refs in content.items():
            if part.startswith("c.text.") and part.split(".")[2] == (lang or part.split(".")[2]):
                for number, ref in enumerate(refs):
                    text = self._desk.messages.words(ref)
                    if words and (at := text.find(words)) >= 0:
                        places.append({"part": part, "number": number, "start": at, "end": at + len(words)})
                        places += [places[-1]] * (text.find(words, at + 1) >= 0)
        if len(places) != 1:
            found = "more than once" if places else "nowhere"
            raise Usage("no-passage", f"“{words}” stands {found} in this text.",
                        "Quote it as it stands, with as many words as tell it from others; --lang LANG for one language.")  # fmt: skip
        return places[0]


def _one(found: Folded, prefix: str) -> str:
    """The whole id of a comment. Raises Usage."""
    if not prefix:
        return ""
    matches = [one.event for one in found.message.comments if one.event.startswith(prefix)] if len(prefix) >= 6 else []
    if len(matches) != 1:
        raise Usage("unknown-comment", f"There is no one comment “{prefix}”.", "See: g20desk message show")
    return matches[0]


def threads(desk: Desk, found: Folded) -> list[dict[str, Any]]:
    """The comments of a message as threads, those on a passage in the order of the text, then the others by time: each
    {"id", "stands", "about": {"lang", "network", "number", "start", "end", "words"} or None, "comments": [...]}."""
    message, tentative = found.message, {v.event.id for v in found.verdicts if v.event.place is None}
    roots: dict[str, str] = {}
    made: dict[str, list[Comment]] = {}
    for one in message.comments:
        roots[one.event] = roots.get(one.answers, one.event)
        made.setdefault(roots[one.event], []).append(one)
    contents = _contents(found)
    rows = []
    for id, said in made.items():
        stands, about = _place(desk, contents, message.digest, said[0])
        rows.append({"id": id, "stands": stands, "about": about,
                     "comments": [_shown(desk, one, tentative) for one in said]})  # fmt: skip
    rows += _before(desk, found)
    return sorted(rows, key=_order)


def _order(row: dict[str, Any]) -> tuple[Any, ...]:
    about = row["about"] if row["stands"] == HERE else None
    at = row["comments"][0]["at"]
    return (0, about["lang"], about["network"], about["number"], about["start"], at) if about else (1, "", "", 0, 0, at)


def _contents(found: Folded) -> dict[str, dict[str, Any]]:
    """What was submitted, by its digest."""
    return {
        body.content_digest(body.decode(one.event.body)): one.act.content
        for one in found.verdicts
        if one.counts and one.event.header.kind == "message.submitted"
    }


def _place(
    desk: Desk, contents: dict[str, dict[str, Any]], now: str, root: Comment
) -> tuple[str, dict[str, Any] | None]:
    """Whether a thread stands at a passage of the text as it is now, and where."""
    if root.about is None:
        return WHOLE, None
    part, number, start, end = (root.about[name] for name in ("part", "number", "start", "end"))
    _, _, lang, *network = part.split(".")

    def texts(digest: str) -> list[str]:
        return [desk.messages.words(ref) for ref in contents.get(digest, {}).get(part, ())]

    then, here = texts(root.digest), texts(now)
    old = then[number] if number < len(then) else ""
    if end > len(old):  # no text that this desk knows has that passage
        return EARLIER, None
    where = (number, start, end) if root.digest == now else passages.found(here, old, number, start, end)
    at = where or (number, start, end)
    about = {"lang": lang, "network": network[0] if network else "", "number": at[0], "start": at[1], "end": at[2],
             "words": old[start:end]}  # fmt: skip
    return HERE if where else EARLIER, about


def _shown(desk: Desk, one: Comment, tentative: set[str]) -> dict[str, Any]:
    return {
        "id": one.event, "person": one.name, "government": one.government, "at": iso(one.at),
        "text": desk.messages.words(one.text), "answers": one.answers or None, "tentative": one.event in tentative,
    }  # fmt: skip


def _before(desk: Desk, found: Folded) -> list[dict[str, Any]]:
    """Comments from before the rules knew threads."""
    return [
        {"id": one.event, "stands": WHOLE, "about": None, "comments": [{
            "id": one.event, "person": one.name, "government": one.government, "at": iso(one.at),
            "text": desk.messages.words(one.why), "answers": None, "tentative": False,
        }]}
        for one in found.message.decisions
        if one.answer == "comment"
    ]  # fmt: skip
