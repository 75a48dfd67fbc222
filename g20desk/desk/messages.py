"""Messages: drafts, submission, sign-off, schedule, and what to show of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk.settling import Settled
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, pieces
from g20desk.office.content import Content
from g20desk.office.fold import Verdict
from g20desk.office.members import STAFF
from g20desk.office.messages import Draft, Message
from g20desk.office.posts import message_state
from g20desk.office.signoff import standing, voices

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Folded:
    """A message with its draft, as far as this person may read them."""

    id: str
    draft: Draft
    message: Message
    draft_verdicts: list[Verdict]
    verdicts: list[Verdict]


class Messages:
    """`desk.messages`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def ids(self) -> list[str]:
        """All messages that this person may read, oldest first."""
        found = [row[0] for row in self._desk.store.db.execute(
            "select id from events where kind = 'draft.revised' and stream = id order by rowid")]  # fmt: skip
        if self._desk.person.role in STAFF:
            return found
        return [one for one in found if self._stream(one)]

    def _stream(self, draft: str) -> str:
        return self._desk.store.meta(f"message/{draft}")

    def find(self, prefix: str) -> str:
        """A whole id from an unambiguous beginning of six characters or more. Raises Refused."""
        matches = [one for one in self.ids() if one.startswith(prefix)] if len(prefix) >= 6 else []
        if len(matches) != 1:
            raise Refused("unknown-id", f"There is no one message “{prefix}”.", "See: g20desk message list")
        return matches[0]

    def get(self, prefix: str) -> Folded:
        """A message folded. Raises Refused for an unknown id."""
        found = self.find(prefix)
        ledger = self._desk.ledger
        draft, draft_verdicts = ledger.folded("draft", found)
        stream = self._stream(found)
        message, verdicts = ledger.folded("message", stream) if stream else (Message(), [])
        return Folded(found, draft, message, draft_verdicts, verdicts)

    def new(self, content: Content) -> dict[str, Any]:
        """Begin a draft."""
        return self._revise("", [], [], content)

    def revise(self, prefix: str, content: Content) -> dict[str, Any]:
        """A new revision; what is submitted is withdrawn first."""
        found = self.get(prefix)
        if len(found.draft.heads) > 1:
            raise Refused("two-heads", "Two versions were written apart.", "Merge them first.")
        earlier: list[body.Parts] = [body.decode(v.event.body) for v in found.draft_verdicts if v.counts]
        if found.message.submission and not found.message.withdrawn:
            self.withdraw(found.id, "Revised")
        return self._revise(found.id, list(found.draft.heads), earlier, content)

    def _revise(self, stream: str, base: list[str], earlier: list[body.Parts], content: Content) -> dict[str, Any]:
        settled = Settled(self._desk, content, earlier)
        values = {**settled.values, "base": base}
        event = self._desk.act("draft.revised", values, stream, data=settled.data, earlier=settled.parts)
        made = self._desk.store.get(event)
        assert made is not None
        digest = body.content_digest(body.decode(made.body))
        with self._desk.store.write():
            self._desk.store.set_meta(f"findings/{event}", _dump(settled.findings))
        return {"message": stream or event, "revision": event, "digest": digest, "findings": settled.findings}

    def findings(self, revision: str) -> list[dict[str, Any]]:
        """What the checker said when a revision was made."""
        import json

        return list(json.loads(self._desk.store.meta(f"findings/{revision}") or "[]"))

    def submit(self, prefix: str, route: str = "", override: str | None = None, why: str = "") -> dict[str, Any]:
        """Submit the newest revision for sign-off."""
        found = self.get(prefix)
        if len(found.draft.heads) != 1:
            raise Refused("two-heads", "Two versions were written apart.", "Merge them first.")
        if override and not why.strip():
            raise Usage("no-reason", "An override needs a reason.", "Add: --why TEXT")
        revision = found.draft.heads[0]
        event = self._desk.store.get(revision)
        assert event is not None
        parts = {k: v for k, v in body.decode(event.body).items() if k.startswith(body.CONTENT)}
        headers = [[v.event.header_bytes.decode(), v.event.signature.hex()] for v in found.draft_verdicts if v.counts]
        attested = [{"rule": f["rule"], "level": f["level"]} for f in self.findings(revision)]
        data: dict[str, bytes] = {}
        overrides = []
        if override:
            ref = pieces.refer(why.encode())
            data[ref["piece"]] = why.encode()
            overrides.append({"rule": override, "why": ref})
        values = {name: part.value for name, part in parts.items()} | {
            "draft": found.id, "route": route, "findings": attested, "overrides": overrides, "headers": headers,
        }  # fmt: skip
        stream = self._stream(found.id)
        made = self._desk.act("message.submitted", values, stream, earlier=parts, data=data)
        if not stream:
            with self._desk.store.write():
                self._desk.store.set_meta(f"message/{found.id}", made)
        return {"message": found.id, "digest": self.get(found.id).message.digest}

    def decide(self, prefix: str, answer: str, digest: str, why: str = "") -> dict[str, Any]:
        """Sign a decision. One that does not count is kept in the record all the same, then raised."""
        found = self.get(prefix)
        if answer in ("object", "request-changes", "comment") and not why.strip():
            raise Usage("no-reason", "Say why in a sentence.", "Add: --why TEXT")
        ref = pieces.refer(why.encode()) if why.strip() else None
        data = {ref["piece"]: why.encode()} if ref else {}
        stream = self._stream(found.id)
        if not stream:
            raise Refused("not-submitted", "This message is not submitted.", "Submit it first.")
        values = {"digest": digest, "answer": answer, "why": ref}
        self._desk.act("signoff.decided", values, stream, data=data, record_refusal=True)
        return {"message": found.id, "state": self.show(found.id)["state"]}

    def withdraw(self, prefix: str, why: str) -> None:
        """Take a submission back."""
        found = self.get(prefix)
        ref = pieces.refer(why.encode())
        data = {ref["piece"]: why.encode()}
        self._desk.act("message.withdrawn", {"why": ref}, self._stream(found.id), data=data)

    def schedule(self, prefix: str, when_ms: int, zone: str = "UTC") -> None:
        """Say when it goes out."""
        found = self.get(prefix)
        stream = self._stream(found.id)
        if not stream:
            raise Refused("not-submitted", "Only a submitted message can be scheduled.", "Submit it first.")
        self._desk.act("message.scheduled", {"when": when_ms, "zone": zone}, stream)

    def unschedule(self, prefix: str) -> None:
        """Take the time away."""
        found = self.get(prefix)
        self._desk.act("message.unscheduled", {"reason": ""}, self._stream(found.id))

    def show(self, prefix: str) -> dict[str, Any]:
        """`message show` of CLI.md."""
        found = self.get(prefix)
        office = self._desk.office
        message = found.message
        newest = found.draft.revisions[found.draft.heads[-1]]
        content = message.content if message.submission and not message.withdrawn else newest.content
        held = any(office.held(p.account) for p in message.posts.values())
        stale = bool(message.submission) and message.digest != newest.digest
        state = "draft" if message.withdrawn and stale else message_state(message, held)
        counted = voices(message)
        posts = []
        for key, post in message.posts.items():
            account = office.accounts[post.account]
            posts.append({
                "id": f"{found.id[:16]}.{key}", "account": account.name, "network": account.reads_as,
                **({"rehearsal": True} if account.network == "rehearsal" else {}), "lang": post.lang,
                "state": post.state, "url": post.receipts[0]["url"] if post.receipts else None,
                "remote_ids": [r["id"] for r in post.receipts], "sent_at": iso(post.sent_at) if post.sent_at else None,
                "why": post.why or ("due at " + iso(message.planned_at) if message.planned_at is not None
                                    and post.state == "planned" else ""),
            })  # fmt: skip
        decisions = []
        for verdict in found.verdicts:
            if verdict.event.header.kind == "signoff.decided" and verdict.act is not None:
                mine = counted.get(verdict.by.person)
                counts = mine is not None and mine.event == verdict.event.id
                why = verdict.why or ("" if counts else "The text changed, or a later decision replaced it.")
                decisions.append({
                    "person": verdict.by.name, "government": verdict.by.government, "decision": verdict.act.answer,
                    "at": iso(verdict.event.header.at), "counts": counts, "why": "" if counts else why,
                })  # fmt: skip
        history = [
            {"at": iso(v.event.header.at), "person": v.by.name, "kind": v.event.header.kind, "counts": v.counts,
             "why": v.why}
            for v in sorted(found.draft_verdicts + found.verdicts, key=lambda v: v.event.place or 0)
        ]  # fmt: skip
        stage = {"name": "One approval", "state": standing(message), "due": None, "decisions": decisions}
        return {
            "id": found.id, "state": state, "digest": message.digest if not stale and message.submission else newest.digest,
            "kind": content["c.kind"], "heads": len(found.draft.heads), "title": self._title(content),
            "signoff": {"route": "", "stages": [stage] if message.submission else []}, "posts": posts,
            "history": history, "planned_at": iso(message.planned_at) if message.planned_at is not None else None,
        }  # fmt: skip

    def _title(self, content: dict[str, Any]) -> str:
        for name, refs in sorted(content.items(), key=lambda item: item[0] != "c.text.en"):
            if name.startswith("c.text."):
                text = (pieces.get(self._desk.store, refs[0]) or b"").decode()
                return text.splitlines()[0][:80] if text.strip() else ""
        return ""


def _dump(value: Any) -> str:
    import json

    return json.dumps(value)
