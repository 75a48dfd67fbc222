"""An office on paper: real events in memory, folded by the real fold and told to the model, one after the other."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from g20desk.desk.joining import answer
from g20desk.ledger import body, pieces
from g20desk.ledger.event import Event, Header, event_id
from g20desk.ledger.keys import DeviceKey
from g20desk.office import acts, fold
from g20desk.office.fold import Verdict
from g20desk.office.message import Message
from g20desk.office.stages import frozen, standing
from g20desk.office.state import Office
from tests.signoff.judge import Judge
from tests.signoff.model_office import Fact

REF = {"piece": "1" * 64, "key": "2" * 64, "size": 3}
START = 1_900_000_000_000
VERSION = 2
KEYS = [DeviceKey(bytes([n + 1]) * 32, bytes([n + 101]) * 32) for n in range(40)]
DEVICES = [key.device for key in KEYS]
BOXES = [key.box for key in KEYS]
SALT = "0" * 32
COMPARED = (
    "route.adopted",
    "deputy.named",
    "deputy.ended",
)  # of the office's acts; who may let whom in is for other tests
QUIET = (
    "why",
    "headers",
    "rulebook",
    "report",
    "proof",
    "box_proof",
    "box",
    "sign",
    "draft",
    "nonce",
    "share",
    "name",
    "text",
)
LONG = re.compile(r"[0-9a-f]{64}")


@functools.cache
def proofs(number: int, office: str) -> dict[str, str]:
    return answer(KEYS[number], office, "")


def parts(values: dict[str, Any]) -> dict[str, body.PartOfBody]:
    return {name: body.PartOfBody(SALT, value) for name, value in values.items()}


@functools.cache
def revision(number: int, office: str, nth: int) -> tuple[str, list[str]]:
    """The signed header of a revision by a device: its id, and the pair that a submission shows."""
    head = Header(
        VERSION, office, "a" * 64, "", "draft.revised", START + nth, DEVICES[number], "c" * 64, 1, "", (), "", "e" * 64
    )
    raw = head.encode()
    return event_id(raw), [raw.decode(), KEYS[number].sign("event", raw).hex()]


class Paper:
    """What is folded so far, and the model beside it. A number stands for each device."""

    def __init__(self) -> None:
        self.office, self.message, self.model = Office(), Message(), Judge()
        self.now, self.place, self.placed = START, 0, True
        self.told: list[str] = []
        self.counted: Counter[str] = Counter()
        self.acts("office.founded", 0, name="G20", head="Person 0", box=BOXES[0], rehearsal=False,
                  office_ring="a" * 64, members_ring="b" * 64)  # fmt: skip

    def event(self, kind: str, device: int, values: dict[str, Any], off: int) -> Event:
        noun = acts.NOUNS[kind.split(".")[0]]
        self.place += 1
        stream = self.office.id if noun == "office" else self.message.stream
        made = parts(values)
        head = Header(
            VERSION, self.office.id, self.office.members_ring, stream, kind, self.now + off, DEVICES[device], "c" * 64,
            self.place, "", (), "", body.body_digest(made),
        )  # fmt: skip
        raw = head.encode()
        return Event(
            event_id(raw), head, raw, b"", body.encode(made), *((self.place, self.now) if self.placed else (None, None))
        )

    def acts(
        self,
        kind: str,
        device: int,
        /,
        off: int = 0,
        said: dict[str, Any] | None = None,
        **values: Any,
    ) -> Verdict:
        """Somebody does something; the model is told of it as `said`, where that differs from the event's fields."""
        event = self.event(kind, device, values, off)
        noun = acts.NOUNS[kind.split(".")[0]]
        if noun == "office":
            self.office, verdict = fold.step(self.office, event, self.office if self.office.id else None, "office")
        else:
            self.message, verdict = fold.step(self.message, event, self.office, "message")
        fact = Fact(event.id, kind, DEVICES[device], self.now + off, event.stamp, {**values, **(said or {})})
        told = f"{kind} by {self.who(device)} at {fact.when - START:,} ({off:+,}){'' if self.placed else ' tentative'}: {self.short(values)}"
        self.told.append(f"{told} -> {verdict.code or 'counts'}  [{event.id[:6]}]")
        if noun == "office" and kind not in COMPARED:
            if verdict.counts and self.done(fact):
                assert not (no := self.model.tell(fact)), no
        else:
            no = self.model.tell(fact)
            self.told[-1] += f" | model: {no or 'counts'}"
            assert verdict.counts == (not no), (
                f"the fold: {verdict.code or 'counts'} ({verdict.why}); the model: {no or 'counts'}"
            )
        self.counted[f"{kind} {verdict.code or 'counts'}"] += 1
        self.counted["tentative"] += not self.placed
        self.counted["late"] += verdict.counts and bool(self.model.facts[-1].note.get("late"))
        return verdict

    def submits(
        self, by: int, drafter: int, *others: int, text: str = "3", kind: str = "news", route: str = "", off: int = 0,
        blocking: Sequence[str] = (), overrides: Sequence[str] = (), firm: bool = False,
    ) -> Verdict:  # fmt: skip
        """A submission of a text, real or named by a digit: by a device, of a draft that another one began and others revised."""
        draft, first = revision(drafter, self.office.id, 0)
        piece = text * 64 if len(text) == 1 else pieces.piece_id(REF["key"], text.encode())
        content = {"c.kind": kind, "c.to": [], "c.text.en": [{**REF, "piece": piece}]}
        return self.acts(
            "message.submitted", by, off, draft=draft, route=route, rulebook={"version": 0, "digest": "d" * 64}, report=REF,
            findings=[{"rule": one, "level": "block", "firm": firm} for one in blocking],
            overrides=[{"rule": one, "why": REF} for one in overrides],
            headers=[first, *(revision(n, self.office.id, 1)[1] for n in others)], **content,
            said={"digest": body.content_digest(parts(content)), "content": kind, "blocking": blocking,
                  "text": text, "overrides": [] if firm else overrides, "revisions": [DEVICES[n] for n in (drafter, *others)]},
        )  # fmt: skip

    def decides(self, by: int, answer: str = "approve", digest: str = "", off: int = 0) -> str:
        """What becomes of a decision on the text as it is: the code of its refusal, empty where it counts."""
        values = {"digest": digest or self.message.digest, "answer": answer, "why": REF, "amendment": None}
        return self.acts("signoff.decided", by, off, **values).code

    def done(self, fact: Fact) -> bool:
        """Whether an act that may wait for others is done at once. Nobody joins one here."""
        office, said = self.office, fact.said
        if fact.kind == "role.given":
            person = office.people[said["person"]]
            return (person.role, person.government, person.topic) == (said["role"], said["government"], said["topic"])
        if fact.kind in ("template.adopted", "proposal.seconded"):
            return False  # two people clear a template; the model is told once it is done
        return fact.kind not in ("member.admitted", "device.added") or said["sign"] in office.devices

    def who(self, device: int) -> str:
        person = self.office.people.get(self.office.devices.get(DEVICES[device], ""))
        return f"{device} {person.role} {person.government}{person.topic}" if person else f"{device} nobody"

    def short(self, values: Any) -> str:
        names = {person: f"#{n}" for n, person in enumerate(self.office.people)}
        names |= {route.id: f"route {route.name}" for route in self.office.routes.values()}
        text = str({k: v for k, v in values.items() if k not in QUIET})
        for long, name in names.items():
            text = text.replace(long, name)
        return LONG.sub(lambda found: found.group()[:6], text)

    @contextmanager
    def tentative(self) -> Iterator[None]:
        """What happens in here has no place, and is forgotten afterwards."""
        before = (self.office, self.message, self.model, self.now)
        self.placed, self.model = False, Judge(self.model.facts)
        yield
        self.placed = True
        self.office, self.message, self.model, self.now = before

    # How fold and model are compared.

    def same(self) -> None:
        """Everything that the model has an answer to, against the message as folded."""
        n = len(self.model.facts)
        if self.model.submission(n) is None:
            assert self.message.withdrawn or not self.message.submission
            return
        message = self.message
        assert message.digest == self.model.digest(n) and set(message.authors) == self.model.authors(n)
        stages = self.model.stages(n)
        ids = [fact.id for fact in self.model.facts]
        mine = [
            (ids[one.since], self.model.facts[one.since].stamp, one.due, {k: set(v) for k, v in one.asked.items()}, one.heard,
             bool(one.broken), "" if one.done is None else ids[one.done])
            for one in stages
        ]  # fmt: skip
        theirs = [
            (
                one.event,
                one.at,
                one.due,
                {seat.key: set(seat.people) for seat in one.seats},
                one.heard,
                bool(one.broken),
                one.done,
            )
            for one in message.stages
        ]
        names = ("opened by", "at", "due", "seats", "heard", "broken", "done")
        assert len(mine) == len(theirs), f"stages open: {len(theirs)} in the fold, {len(mine)} in the model"
        for number, (fold_has, model_has) in enumerate(zip(theirs, mine, strict=True)):
            for name, one, other in zip(names, fold_has, model_has, strict=True):
                assert one == other, f"stage {number} {name}: {one} in the fold, {other} in the model"
        assert standing(message) == self.model.standing(n), (standing(message), self.model.standing(n))
        assert frozen(message) == self.model.frozen(n)
        late = {key: one.lifted for key, one in message.late.items() if one.decision.digest == message.digest}
        assert late == self.model.late(n), f"late: {late}, {self.model.late(n)}"
        released = self.model.releases(n)
        last = (released[-1].proposed, released[-1].event, released[-1].until) if released else ("", "", 0)
        release = message.release
        assert last == ((release.proposed, release.event, release.until) if release else ("", "", 0))
        assert [one.event for one in message.unreviewed] == [
            one.event for one in released if one.event and not one.reviewed
        ]
