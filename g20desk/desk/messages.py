"""Messages: drafts, submission, decisions, schedule. Each verb makes one act; none decides a right."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from g20desk.desk import linking, listing, rechecking
from g20desk.desk.clashing import clashes
from g20desk.desk.keeping import Keeping, slot
from g20desk.desk.reasons import reason
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, pieces, views
from g20desk.office.content import Content
from g20desk.office.drafts import Draft
from g20desk.office.fold import Verdict
from g20desk.office.message import Message
from g20desk.office.state import STAFF

if TYPE_CHECKING:
    from g20desk.desk.merging import Apart


@dataclass(frozen=True, slots=True)
class Folded:
    """A message with its draft (empty for those who may not read drafts). `stream` is empty before submission."""

    id: str
    stream: str
    draft: Draft
    message: Message
    draft_verdicts: list[Verdict]
    verdicts: list[Verdict]

    @property
    def content(self) -> dict[str, Any]:
        """The submitted content where it stands, else the newest revision's."""
        if self.draft.heads and (not self.message.submission or self.message.withdrawn):
            return self.draft.revisions[self.draft.heads[-1]].content
        return self.message.content


class Messages(Keeping):
    """`desk.messages`."""

    @property
    def staff(self) -> bool:
        """Whether this person reads drafts."""
        return self._desk.person.role in STAFF

    def find(self, prefix: str) -> str:
        """A whole id from an unambiguous beginning of six characters or more. Raises Refused."""
        kinds = ("draft", "message") if self.staff else ("message",)
        named = len(prefix) >= 6 and prefix.isalnum()
        matches = (
            list({one for kind in kinds for one in views.beginning(self._desk.store, kind, prefix)}) if named else []
        )
        if len(matches) != 1:
            raise Refused("unknown-id", f"There is no one message “{prefix}”.", "See: g20desk message list")
        return matches[0]

    def get(self, prefix: str) -> Folded:
        """A message folded. Raises Refused for an unknown id."""
        found = self.find(prefix)
        ledger = self._desk.ledger
        row = views.get(self._desk.store, "message", found)
        drafted = self.staff and not (row is not None and row.value["relay"])
        draft, draft_verdicts = ledger.folds.stream("draft", found) if drafted else (Draft(), [])
        message, verdicts = ledger.folds.stream("message", row.stream) if row else (Message(), [])
        return Folded(found, row.stream if row else "", draft, message, draft_verdicts, verdicts)

    def submitted(self, prefix: str) -> Folded:
        """A message that has been submitted once. Raises Refused."""
        found = self.get(prefix)
        if not found.stream:
            raise Refused("not-submitted", "This message is not submitted.", "Submit it first.")
        return found

    def new(self, content: Content) -> dict[str, Any]:
        """Begin a draft: {"message", "revision", "digest", "findings"}."""
        return self._revise("", [], [], content)

    def go_with(self, prefix: str, how: str) -> dict[str, Any]:
        """Begin the draft of a message that `corrects`, `replies` to or `quotes` another; what `new` answers."""
        return self.new(linking.begun(self._desk, prefix, how))

    def revise(self, prefix: str, content: Content, base: Sequence[str] = ()) -> dict[str, Any]:
        """A new revision; what is submitted is withdrawn first. `base`: the revisions that were in front of who wrote it:
        what came in meanwhile stands beside it then, to be merged."""
        found = self.get(prefix)
        if len(found.draft.heads) > 1 and not base:
            raise two_heads()
        return self._go_on(found, content, base)

    def apart(self, prefix: str) -> Apart:
        """The versions of a draft that were written apart, to be merged. Raises Refused where there is but one."""
        from g20desk.desk import merging

        return merging.apart(self._desk, self.get(prefix))

    def beside(self, prefix: str, typed: Content, base: Sequence[str]) -> Apart:
        """What was typed on an earlier revision, beside the newest."""
        from g20desk.desk import merging

        return merging.beside(self._desk, self.get(prefix), typed, base)

    def merge(self, prefix: str, content: Content, heads: Sequence[str] = ()) -> dict[str, Any]:
        """One revision after all that were written apart, or after these: one that came in meanwhile is merged next."""
        return self._go_on(self.get(prefix), content, heads)

    def _go_on(self, found: Folded, content: Content, heads: Sequence[str] = ()) -> dict[str, Any]:
        earlier: list[body.Parts] = [body.decode(v.event.body) for v in found.draft_verdicts if v.counts]
        if found.message.submission and not found.message.withdrawn:
            self.withdraw(found.id, "Revised.")
        return self._revise(found.id, list(heads or found.draft.heads), earlier, content)

    def _revise(self, stream: str, base: list[str], earlier: list[body.Parts], content: Content) -> dict[str, Any]:
        from g20desk.desk.settling import Settled  # with pictures and cards: lists need none of it

        settled = Settled(self._desk, content, earlier)
        values = {**settled.values, "base": base, "occasion": ""}
        event = self._desk.act("draft.revised", values, stream, pieces=settled.pieces, earlier=settled.parts)
        self.keep(stream or slot(content), None)
        digest = body.content_digest(self._parts(event))
        return {"message": stream or event, "revision": event, "digest": digest, "findings": settled.findings}

    def _parts(self, event: str) -> body.Parts:
        found = self._desk.store.get(event)
        if found is None:
            raise Refused("unknown-id", "There is no such revision.")
        return body.decode(found.body)

    def content(self, prefix: str) -> Content:
        """The newest revision as typed, for going on."""
        found = self.get(prefix)
        if not found.draft.heads:
            raise Refused("no-right", "Drafts are for the office's own staff.")
        from g20desk.desk import merging  # with what compares words: lists need none of it

        return merging.typed(self._desk, found.draft.revisions[found.draft.heads[-1]])

    def words(self, ref: Mapping[str, Any] | None) -> str:
        """The text of a piece; empty where there is none, or it was dropped."""
        return pieces.text(self._desk.store, ref) if ref else ""

    def report(self, ref: Mapping[str, Any] | None) -> list[dict[str, Any]]:
        """What the checker said, from its piece; nothing where the piece holds something else."""
        try:
            found = json.loads(self.words(ref) or "[]")
            return [f for f in found if {"rule", "level", "message"} <= set(f)] if isinstance(found, list) else []
        except (ValueError, TypeError, RecursionError):
            return []

    def submit(self, prefix: str, route: str = "", overrides: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Submit the newest revision for sign-off: {"message", "digest", "findings"}. `overrides`: reasons by rule."""
        found = self.get(prefix)
        if len(found.draft.heads) != 1:
            raise two_heads()
        revision = found.draft.revisions[found.draft.heads[0]]
        report, kept = rechecking.report_now(self._desk, revision, anew=True)
        parts = {k: v for k, v in self._parts(revision.id).items() if k.startswith(body.CONTENT)}
        given = []
        for rule, why in (overrides or {}).items():
            if not why.strip():
                raise Usage("no-reason", "An override needs a reason.", "Add: --why TEXT")
            ref, data = reason(why)
            kept |= data
            given.append({"rule": rule, "why": ref})
        values = {name: part.value for name, part in parts.items()} | {
            "draft": found.id, "route": self._desk.routes.chosen(revision.content, route), "report": report.ref, "overrides": given,
            "findings": attested(report.findings), "rulebook": report.rulebook,
            "headers": [[v.event.header_bytes.decode(), v.event.signature.hex()] for v in found.draft_verdicts
                        if v.counts],
        }  # fmt: skip
        self._desk.act("message.submitted", values, found.stream, pieces=kept, earlier=parts)
        return {"message": found.id, "digest": revision.digest, "findings": report.findings}

    def decide(
        self, prefix: str, answer: str, digest: str, why: str = "", text: str | None = None, lang: str = ""
    ) -> dict[str, Any]:
        """Sign a decision; see `Signoffs.decide`."""
        return self._desk.signoffs.decide(prefix, answer, digest, why, text, lang)

    def withdraw(self, prefix: str, why: str) -> None:
        """Take a submission back, as long as nothing of it is out."""
        ref, kept = reason(why)
        self._desk.act("message.withdrawn", {"why": ref}, self.submitted(prefix).stream, pieces=kept)

    def schedule(
        self, prefix: str, when_ms: int, zone: str = "UTC", together: bool = False, despite: str = ""
    ) -> list[dict[str, Any]]:
        """Say when it goes out; a time that is now is due at once. `together`: on all its accounts or not yet.
        `despite`: why it goes out on a day of mourning, where it meets one. What the rulebook in force says besides."""
        self._desk.signoffs.close_over()
        found = self.submitted(prefix)
        days = self._desk.mournings.met(found.message, when_ms) if despite.strip() else []
        ref, kept = reason(despite) if days else (None, {})
        values = {
            "when": when_ms, "zone": zone, "together": together, "despite": [day.id for day in days], "why": ref,
        }  # fmt: skip
        try:
            self._desk.act("message.scheduled", values, found.stream, pieces=kept)
        except Refused as no:
            raise self._desk.embargoes.told(no, found.message, when_ms) from None
        message = found.message
        return rechecking.differences(self._desk, message.content, message.rulebook, message.report, anew=True)

    def clashes(self, prefix: str, at: int | None = None) -> list[dict[str, Any]]:
        """What a planned message meets on its accounts, or would at another time: [{"account", "with", "kind", "at",
        "message"}]."""
        message = self.submitted(prefix).message
        return clashes(self._desk, message if at is None else replace(message, planned_at=at))

    def unschedule(self, prefix: str) -> None:
        """Take the time away."""
        self._desk.act("message.unscheduled", {"reason": ""}, self.submitted(prefix).stream)

    def show(self, prefix: str, anew: bool = False) -> dict[str, Any]:
        """`message show` of CLI.md, and what the window needs besides. `anew`: what was submitted is checked again by this
        desk, whatever rulebook its author checked it with; for one that is read, not for lists."""
        from g20desk.desk import showing

        return showing.show(self._desk, self.get(prefix), anew)

    def rows(
        self,
        state: str | None = None,
        search: str = "",
        limit: int = -1,
        before: int | None = None,
        open_only: bool = False,
    ) -> list[listing.MessageRow]:
        """Messages that this person may read, the newest first: all, or a page of `limit` from before a time on."""
        return listing.rows(self._desk, state, search, limit, before, open_only)

    def some(self, ids: Iterable[str]) -> list[listing.MessageRow]:
        """The submitted messages of these ids, in that order."""
        return listing.some(self._desk, ids)

    def count(self, search: str = "") -> int:
        """How many `rows` there are in all, or with those words."""
        return listing.count(self._desk, search)

    def found(self, search: str, state: str, limit: int) -> tuple[list[listing.MessageRow], int]:
        """The newest messages with these words or, where one is named, in this state; and how many there are."""
        return listing.found(self._desk, search, state, limit)

    def waiting(self) -> list[listing.MessageRow]:
        """The messages on which this person's word is asked for."""
        return [row for state in ("submitted", "objected") for row in self.rows(state) if row.waiting_for_me]

    def decided(self, since: int) -> list[tuple[listing.MessageRow, str, int]]:
        """What this person decided on since a time: message, answer, time; the newest first."""
        return listing.decided(self._desk, since)

    def planned(self, since: int, until: int) -> list[listing.MessageRow]:
        """Messages that are planned for a time from `since` to before `until`, in milliseconds; the earliest first."""
        return listing.planned(self._desk, since, until)

    def diff(self, prefix: str, old: str, new: str) -> dict[str, list[tuple[str, str]]]:
        """What changed between two revisions: for each part that did, runs of (same|removed|added, words)."""
        from g20desk.desk import merging

        return merging.diff(self._desk, self.get(prefix), old, new)


def two_heads() -> Refused:
    """What is told where a draft has to be merged first."""
    return Refused("two-heads", "Two versions were written apart.", "Merge them: g20desk message merge")


def attested(report: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a submission attests of the checker's report: each rule and level once."""
    from g20desk.rulebook.checker import firm

    seen = {(f["rule"], f["level"]): {"rule": f["rule"], "level": f["level"], "firm": firm(f["rule"])} for f in report}
    return list(seen.values())
