"""What must hold of a record and of the networks beside it, whatever happened; read anew from the acts in their order,
apart from the folds that the program goes by."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from g20desk.ledger import body
from g20desk.ledger.event import Event
from tests.publishing.world import MESSAGES, World

DONE = ("sent", "withdrawn")


@dataclass
class Plain:
    """What the acts said of one message so far."""

    stood: bool = True
    planned: int | None = None
    since: int = 0
    against: set[str] = field(default_factory=set)
    claimed: dict[str, str] = field(default_factory=dict)


@dataclass
class Order:
    """Reads the acts that were added since: no intent counts that anything before it forbids."""

    world: World
    place: int = 0
    holds: dict[str, dict[str, Any]] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    messages: dict[str, Plain] = field(default_factory=dict)

    def read(self) -> None:
        """Go on from where the last reading ended. Raises AssertionError."""
        desk = self.world.desk()
        desk.ledger.office()
        counted = {v.event.id for id in self.world.ids for v in desk.messages.submitted(id).verdicts if v.counts}
        counted |= {v.event.id for v in desk.ledger.folds.office_verdicts() if v.counts}
        while event := desk.store.at(self.place + 1):
            self.place += 1
            if event.id in counted:
                self._act(event, {name: part.value for name, part in body.decode(event.body).items()})

    def _act(self, event: Event, said: dict[str, Any]) -> None:
        kind, place = event.header.kind, event.place or 0
        state = self.messages.setdefault(event.header.stream or event.id, Plain())
        if kind == "hold.placed":
            self.holds[event.id] = {**said, "at": place, "ends": None, "by": set()}
        elif kind == "hold.lifted":
            self.holds[said["hold"]]["by"].add(event.header.device)
            if len(self.holds[said["hold"]]["by"]) == 2:
                self.holds[said["hold"]]["ends"] = place
        elif kind == "account.removed":
            self.gone.add(said["account"])
        elif kind == "message.submitted":
            state.stood, state.planned = True, None
            state.against.clear()
        elif kind == "message.withdrawn":
            state.stood = False
        elif kind == "message.scheduled":
            state.planned, state.since = said["when"], place
        elif kind == "message.unscheduled":
            state.planned = None
        elif kind == "signoff.decided" and said["answer"] != "comment":
            (state.against.add if said["answer"] == "object" else state.against.discard)(event.header.device)
        elif kind == "post.claimed":
            state.claimed[said["post"]] = said["process"]
        elif kind == "post.sending":
            self._sending(event, state, said)

    def _sending(self, event: Event, state: Plain, said: dict[str, Any]) -> None:
        account, topic = self._where(event.header.stream, said["post"])
        assert state.stood and not state.against, "an intent for what is not signed off"
        assert said["process"] == state.claimed[said["post"]], "an intent of a process that has no claim"
        assert state.planned is not None, "an intent for what is not scheduled"
        assert account not in self.gone, "an intent for a removed account"
        for hold in self.holds.values():
            if hold["account"] in ("", account) and hold["topic"] in ("", topic):
                assert hold["ends"] is not None, "an intent under a hold"
                assert hold["ends"] < state.since, "an intent that only a lifted hold released"

    def _where(self, stream: str, key: str) -> tuple[str, str]:
        message = self.world.desk().ledger.folds.stream("message", stream)[0]
        return message.posts[key].account, str(message.content.get("c.topic", ""))


@dataclass
class Judge:
    """Holds record and networks beside each other."""

    world: World
    sent: set[tuple[int, str]] = field(default_factory=set)

    def posts(self) -> list[tuple[int, str, dict[str, Any]]]:
        """Number of the message, account and post as they are shown, for all that have been scheduled once."""
        head = self.world.desk("Ada Head")
        return [(number, post["account"], post) for number, id in enumerate(self.world.ids)
                for post in head.messages.show(id)["posts"]]  # fmt: skip

    def judge(self) -> None:
        """Raises AssertionError."""
        texts = {name: [text for _, text in self.world.out(name)] for one in MESSAGES for name in one.to}
        now = self.world.time.true + self.world.time.wrong
        for number, account, post in self.posts():
            parts, known, state = MESSAGES[number].parts, len(post["remote_ids"]), post["state"]
            out = [text for text in texts[account] if text in parts]
            told = f"{account}: {state}, {known} receipts, out: {out}; {post['why']}"
            assert out == ([] if state == "withdrawn" else list(parts[: len(out)])), f"doubled or out of order: {told}"
            if state == "sent":
                assert len(out) == len(parts), f"called sent: {told}"
            elif state in ("unknown", "sending", "claimed"):
                assert known <= len(out), f"fewer than known: {told}"
            elif state != "withdrawn":
                assert known == len(out), f"more or fewer than known: {told}"
            planned = self.world.desk("Ada Head").messages.submitted(self.world.ids[number]).message.planned_at
            if planned is not None and planned <= now and state not in DONE:
                assert post["why"], f"no reason: {told}"
            assert state in DONE or (number, account) not in self.sent, f"went back: {told}"
            self.sent |= {(number, account)} if state == "sent" else set()
