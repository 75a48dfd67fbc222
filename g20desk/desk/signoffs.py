"""Sign-off: decisions, the silence procedure and its end, late objections, emergency releases. Each verb makes one act; none
decides a right."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from g20desk.desk import rechecking
from g20desk.desk.reasons import reason
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces, views
from g20desk.office.message import Message
from g20desk.office.redaction import not_here
from g20desk.office.silence import CLOSERS, unheard
from g20desk.office.stages import STOPS, unlifted
from g20desk.text import posts

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded

COMMENT = "comment"


def for_review(desk: Desk) -> list[views.Row]:
    """Messages that were released in an emergency and whose review is open, the newest first; found by their releases, without
    reading all rows."""
    return [row for row in views.with_act(desk.store, "message", "message.released") if row.value["unreviewed"]]


class Signoffs:
    """`desk.signoffs`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def decide(
        self, prefix: str, answer: str, digest: str, why: str = "", text: str | None = None, lang: str = ""
    ) -> dict[str, Any]:
        """Sign a decision. One that does not count stands in the record all the same, then its refusal is raised. `text`: what
        is proposed instead, in a language (empty: that of the message's first text): the posts of a thread as they are typed."""
        found = self._desk.messages.submitted(prefix)
        if answer in (*STOPS, COMMENT) and not why.strip():
            raise Usage("no-reason", "Say why in a sentence.", "Add: --why TEXT")
        if text is not None and answer not in STOPS:
            raise Usage("no-amendment", "A text is proposed with an objection or a request for changes.",
                        "Use: object --text FILE, or request-changes --text FILE")  # fmt: skip
        differs: list[dict[str, Any]] = []
        if answer == "approve" and digest == found.message.digest:
            self._must_show(found.message)
            differs = rechecking.unattested(self._desk, found.message)
        ref, kept = reason(why) if why.strip() else (None, {})
        if answer == COMMENT and self._by_route:
            said = {"digest": digest or found.message.digest, "about": None, "answers": "", "text": ref}
            self._desk.act("comment.made", said, found.stream, pieces=kept, keep_refusal=True)
        else:
            values: dict[str, Any] = {"digest": digest, "answer": answer, "why": ref}
            if self._by_route:
                values["amendment"], proposed = self._amendment(found, text, lang)
                kept = kept | proposed
            self._desk.act("signoff.decided", values, found.stream, pieces=kept, keep_refusal=True)
        return {
            "message": found.id,
            "state": self._desk.messages.show(found.id)["state"],
            "differences": differs,
        }

    @property
    def _by_route(self) -> bool:
        """Whether the rules in force are those that know routes."""
        return self._desk.office.fold >= 2

    def _amendment(self, found: Folded, text: str | None, lang: str) -> tuple[dict[str, Any] | None, dict[str, bytes]]:
        if text is None:
            return None, {}
        langs = [name.split(".")[2] for name in found.message.content if name.startswith("c.text.")]
        parts = [one for one in posts(text) if one.strip()]
        if not parts:
            raise Usage("no-text", "The proposed text is empty.", "Write what it should say.")
        chosen = lang or ("en" if "en" in langs else langs[0])
        if chosen not in langs:
            raise Usage("no-language", f"The message has no text in “{chosen}”.", f"It has: {', '.join(langs)}.")
        refs = [pieces.refer(part.encode()) for part in parts]
        kept = {ref["piece"]: part.encode() for ref, part in zip(refs, parts, strict=True)}
        return {"lang": chosen, "network": "", "parts": refs}, kept

    def _must_show(self, message: Message) -> None:
        """A desk refuses to approve what it can't show."""
        for value in message.content.values():
            for ref in pieces.refs(value):
                if pieces.get(self._desk.store, ref) is None:
                    raise not_here(self._desk.office, ref)

    def reopen(self, prefix: str, why: str, until_ms: int | None = None) -> None:
        """The head lays a text before all again whose silence was broken: as long as the route says, or until a time."""
        self._on_digest("signoff.reopened", prefix, why, until=until_ms)

    def extend(self, prefix: str, why: str, until_ms: int | None = None) -> int:
        """The head gives the open stage more time: until a time, or once more as long as the route says, from its end on or from
        now where that is past. The time."""
        found = self._desk.messages.submitted(prefix).message
        if until_ms is None:
            if not found.stages or found.stages[-1].due is None:
                raise Refused("no-stage", "No stage of this message has a deadline.")
            until_ms = max(found.stages[-1].due, self._desk.clock.now_ms()) + found.stages[-1].stage.within_ms
        self._on_digest("signoff.extended", prefix, why, until=until_ms)
        return until_ms

    def _on_digest(self, kind: str, prefix: str, why: str, **values: Any) -> None:
        found = self._desk.messages.submitted(prefix)
        ref, kept = reason(why)
        self._desk.act(kind, {"digest": found.message.digest, "why": ref, **values}, found.stream, pieces=kept)

    def over(self) -> list[str]:
        """The messages whose silence is over and not closed, as far as this desk knows; the longest over first."""
        now = self._desk.clock.now_ms()
        # What was released in an emergency, and did not go out in its time, goes on by its route.
        rows = views.newest(self._desk.store, "message", ("submitted", "approved", "scheduled", "missed", "held"))
        due = [(row.value["silence_due"], row.id) for row in rows if row.value.get("silence_due") is not None]
        return [message for at, message in sorted(due) if at < now]

    def close_over(self) -> list[str]:
        """Close each silence that is over, where this person may and this computer's clock can be gone by: the messages.
        What can't be closed is left for whoever has seen more."""
        desk, closed = self._desk, []
        if desk.person.role not in CLOSERS or not self._by_route or not (over := self.over()) or desk.clocks.wrong():
            return []
        for message in over:
            found = desk.messages.get(message)
            last = found.message.stages[-1]
            values = {"digest": found.message.digest, "heard": last.heard, "unheard": unheard(last)}
            try:
                desk.act("signoff.closed", values, found.stream)
            except Refused as no:
                if no.code not in ("silence-runs", "frozen", "no-stage", "other-acts", "nobody-there", "not-silence"):
                    raise
                continue  # somebody was faster, or spoke in this moment
            closed.append(message)
        return closed

    def lift(self, prefix: str, why: str, objection: str = "") -> dict[str, Any]:
        """The first call proposes to lift a late objection, a second person's lifts it: {"message", "objection", "lifted"}."""
        found = self._desk.messages.submitted(prefix)
        chosen = objection or unlifted(found.message)
        if not chosen:
            raise Refused("unknown-id", "No late objection holds this message.")
        ref, kept = reason(why)
        self._desk.act("signoff.objection_lifted", {"objection": chosen, "why": ref}, found.stream, pieces=kept)
        late = self._desk.messages.get(found.id).message.late[chosen]
        return {"message": found.id, "objection": chosen, "lifted": late.lifted}

    def late(self) -> list[dict[str, Any]]:
        """Late objections that hold a message: {"message", "title", "objection", "by", "government", "at", "why",
        "lift_proposed"}."""
        made = []
        for row in views.newest(self._desk.store, "message", ("held",)):
            found = self._desk.messages.get(row.id).message
            for event, one in found.late.items():
                if not one.lifted and one.decision.digest == found.digest:
                    said = one.decision
                    made.append({
                        "message": row.id, "title": row.value["title"], "objection": event, "by": said.name,
                        "government": said.government, "at": said.at, "why": self._desk.messages.words(said.why),
                        "lift_proposed": bool(one.lift_proposed_by),
                    })  # fmt: skip
        return made

    def release(self, prefix: str, template: str, why: str) -> dict[str, Any]:
        """Release a filled template in an emergency: the first of two people proposes, the second releases:
        {"message", "released", "until"}."""
        from g20desk.desk import templates

        found = self._desk.messages.submitted(prefix)
        chosen = templates.named(self._desk.office, template)
        slots = templates.slots_in(self._desk, chosen, found.message.content)
        templates.check_payloads(self._desk, found.message.content)
        self._must_show(found.message)
        ref, kept = reason(why)
        values = {"digest": found.message.digest, "template": chosen.id, "slots": slots, "why": ref}
        self._desk.act("message.released", values, found.stream, pieces=kept)
        made = self._desk.messages.get(found.id).message.release
        assert made is not None
        return {"message": found.id, "released": bool(made.event), "until": made.until or made.join_until}

    def review(self, prefix: str, why: str, misuse: bool = False) -> None:
        """Say what came of looking at an emergency release afterwards, the oldest first where there were several."""
        found = self._desk.messages.submitted(prefix)
        ref, kept = reason(why)
        release = found.message.unreviewed or ((found.message.release,) if found.message.release else ())
        event = release[0].event if release else ""
        values = {"release": event, "finding": "misuse" if misuse else "in order", "why": ref}
        self._desk.act("signoff.reviewed", values, found.stream, pieces=kept)

    def unreviewed(self) -> list[Mapping[str, Any]]:
        """Emergency releases that nobody has reviewed yet, the oldest first: {"message", "title", "by", "template", "at",
        "why", "mine"}; `mine`: this person may review it."""
        desk, made = self._desk, []
        for row in for_review(desk) if self._by_route else ():
            found = desk.messages.get(row.id)
            for release in found.message.unreviewed:
                people = [desk.office.people[one] for one in release.by]
                acts = [one for one in found.verdicts if one.event.id in (release.proposed, release.event)]
                template = desk.office.templates.get(release.template)
                made.append({
                    "message": row.id, "title": row.value["title"], "by": [one.name for one in people],
                    "template": template.name if template else "", "at": acts[-1].event.stamp or acts[-1].event.header.at,
                    "why": [desk.messages.words(one.act.why) for one in acts],
                    "mine": desk.person.id not in (*release.by, *release.authors, *found.message.authors)
                    and desk.person.role in ("head", "officer", "liaison"),
                })  # fmt: skip
        return sorted(made, key=lambda one: int(one["at"]))
