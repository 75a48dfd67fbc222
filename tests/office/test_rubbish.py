"""Well-signed rubbish gets a verdict, never an exception; what counts can be listed and shown afterwards."""

from __future__ import annotations

import copy
import os
import random
import typing
from dataclasses import dataclass, replace
from pathlib import Path
from types import UnionType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from g20desk.desk import Desk, indexing
from g20desk.desk.joining import answer
from g20desk.ledger import body, event, pieces
from g20desk.ledger.canonical import NotCanonical
from g20desk.ledger.event import Event, Header
from g20desk.ledger.keys import DeviceKey
from g20desk.office import acts, fold
from g20desk.office.fold import Verdict
from g20desk.office.plan import Entry, Plan
from g20desk.office.planning import Made, Recurring, Slot
from g20desk.office.posts import message_state
from g20desk.office.quiet import Embargo, Mourning
from g20desk.office.signoff import ANSWERS
from g20desk.office.stages import standing, voices
from g20desk.office.state import ROLES, Guardians, Office, Proposed
from tests.ledger import record

KINDS = sorted(acts.ACTS)
ROUNDS = int(os.environ.get("G20DESK_FUZZ", "300"))
NAMES = ("account", "lang", "parts", "text", "rule", "level", "why", "id", "url", "cid", "alt", "piece", "key", "size")
PARTS = (
    "c.", "c.kind", "c.to", "c.topic", "c.note", "c.text.en", "c.text", "c.text.ar.x", "c.picture.0", "c.picture",
    "c.picture.x", "c.post.0", "c.post.", "c.post.9", "c.\0", "c.card.0", "c.not_before", "c.corrects", "c.replies", "c.quotes", "c.poll",
)  # fmt: skip
DEEP: Any = "end"
for _level in range(25):
    DEEP = [DEEP] if _level % 2 else {"a": DEEP}
POST_STATES = ("planned", "claimed", "sending", "sent", "refused", "unknown", "missed", "withdrawn")


@dataclass
class World:
    """An office with a message in it, and the words that would fit somewhere."""

    desk: Desk
    office: Office
    start: dict[str, list[Any]]
    streams: dict[str, str]
    words: list[str]
    headers: list[list[str]]
    fitting: dict[str, list[Any]]
    refs: list[Any]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder: Path = record.made(tmp_path_factory.mktemp("rubbish") / "desk")
    desk = Desk.open(folder)
    office = desk.office
    streams: dict[str, str] = {}
    headers = []
    for item in desk.store.all():
        noun = acts.NOUNS[item.header.kind.split(".")[0]]
        streams.setdefault(noun, item.header.stream or item.id)
        headers.append([item.header_bytes.decode(), item.signature.hex()])
    draft = desk.ledger.folds.stream("draft", streams["draft"])[0]
    message = desk.ledger.folds.stream("message", streams["message"])[0]
    assert standing(message) == "approved"
    (adopted,) = office.rulebooks
    proposed = replace(adopted, version=2)
    embargo = Embargo("e" * 64, office.id, 1, proposed.note, "", "", 1_900_000_000_000, office.id)
    day = Mourning(
        "d" * 64, office.id, 1, proposed.note, "", True, "2030-03-17", "2030-03-17", ("UTC",), 0, 1_900_022_400_000
    )
    again = Recurring("f" * 64, office.id, draft.id, "week", (1, 2, 3, 4, 5, 6, 7), "09:00", "UTC", 3)
    again = replace(again, made={"2030-03-16": Made("0" * 64, next(iter(office.devices)), 1)})
    quiet = replace(
        office, holds={}, embargoes={embargo.id: embargo}, mournings={day.id: day}, recurrings={again.id: again},
        slots={"Morning": Slot("Morning", (1,), "09:00", "UTC", ())},
    )  # fmt: skip
    messages = [message, *[replace(message, withdrawn=True)] * 4]
    for state in POST_STATES * 3:
        posts = {k: replace(p, state=state, claimed_by="p") for k, p in message.posts.items()}
        messages.append(replace(message, posts=posts, planned_at=1))
    head, *others = office.people.values()
    key, newcomer = DeviceKey.fresh(), DeviceKey.fresh()
    admitted = fold.parse("member.admitted", body.decode(body.encode(body.salted({
        "name": "Hal", "role": "head", "government": "", "topic": "", "nonce": "", "until": 0,
        **answer(newcomer, office.id, ""),
    }))))  # fmt: skip
    waits = Proposed("b" * 64, "member.admitted", admitted, (others[0].devices[0],), 1, 2**52)
    guarded = replace(
        office, proposals={waits.id: waits},
        guardians=Guardians("c" * 64, (others[0].id, others[1].id), 2, key.device, key.box, {others[0].devices[0]: "a" * 162}),
    )  # fmt: skip
    entry = Entry(
        "a" * 32, "6" * 64, office.id, 1, 1_900_000_000_000, title=proposed.note, accounts=tuple(office.accounts)[:1]
    )
    plan = Plan("7" * 64, "Day 1", "2030-03-17", "UTC", office.id, False, {entry.id: entry})
    streams.setdefault("plan", plan.id)
    start = {
        "office": [office, replace(office, rulebook_proposed=proposed), quiet, guarded, guarded, Office()],
        "draft": [draft, acts.START["draft"]],
        "message": [*messages, *[acts.START["message"]] * 4],
        "plan": [plan, plan, acts.START["plan"]],
    }
    words = [
        *office.people, *office.accounts, *office.holds, *message.posts, *draft.revisions, *ROLES, *ANSWERS,
        *POST_STATES, "p", "BR", "official", "member:BR", "member:", ":", "block", "rule", "news", message.digest,
        draft.id, embargo.id, day.id, day.first, *office.devices, *(p.name for p in office.people.values()), office.id, "0" * 64, "A" * 64, "g" * 64,
        "0" * 128, "", " ", "\0", "é" * 200, "removed", "gone",
    ]  # fmt: skip
    fitting = {
        "post": list(message.posts), "process": ["p"], "first": [0], "mourning.declared first": [day.first], "government": ["BR"], "last": [day.last], "zones": [["UTC"]],
        "since": [day.until - 86_400_000], "embargo": [embargo.id], "mourning": [day.id], "despite": [[], [day.id]],
        "when": [0, embargo.until], "recurring": [again.id], "time": ["09:00"], "zone": ["UTC"], "every": ["week"],
        "plan.added entries": [{"b" * 32: {"at": 1}}, {entry.id: {"at": 2}}, {"b" * 32: {}}, {"b" * 32: {"at": -1, "x": 1}}],
        "plan.changed entries": [{entry.id: {"at": 1}}, {entry.id: {"langs": ["en"], "title": None}}, {"b" * 32: {"at": 1}}],
        "plan.dropped entries": [[entry.id], [entry.id, entry.id]],
        "days": [[1], [7]], "ahead_days": [3], "message": [draft.id], "occasion": ["", "", "0" * 64], "day": ["1970-01-01"],
        "accounts": [[]], "slot.dropped name": ["Morning"], "keys": [["3k"]], "state": list(POST_STATES),
        "account": list(office.accounts), "hold": list(office.holds), "digest": [message.digest, proposed.digest],
        "answer": list(ANSWERS), "role": list(ROLES), "base": [list(draft.heads), []], "until": [9, day.until],
        "owner": ["official", "member:BR"], "grace_ms": [0],
        "overrides": [[], [], [{"rule": [], "why": {}}], [{"rule": "rule", "why": proposed.note}]],
        "receipts": [[{"id": "1", "url": "", "cid": ""}]], "version": [office.fold + 1, proposed.version],
        "rulebook": [{"version": 0, "digest": "0" * 64}, {"version": 1, "digest": adopted.digest}],
        "note": [proposed.note], "files": [proposed.files], "proposal": [proposed.event], "proposal.seconded proposal": [waits.id], "proposal.withdrawn proposal": [waits.id],
        "need": [2], "people": [[others[0].id, others[1].id]], "share": ["", "a" * 162], "enter": [[]], "managing": [[]], "leave": [[]],
        "guardians.share_given device": [newcomer.device, head.devices[0]], "guardians.share_given share": ["a" * 162],
    }  # fmt: skip
    refs = [*pieces.refs(message.content), {"piece": "1" * 64, "key": "2" * 64, "size": -1}]
    return World(desk, office, start, streams, words, headers, fitting, refs)


class Chance:
    """Rubbish from a seed. Most of an event is right most of the time, so that the rest is looked at."""

    def __init__(self, world: World, seed: str) -> None:
        self.world = world
        self.random = random.Random(seed)
        self.one = self.random.choice

    def rarely(self) -> bool:
        return self.random.randrange(12) == 0

    def text(self) -> str:
        return self.one(self.world.words)

    def number(self) -> int:
        return self.one([0, 1, -1, 2, 7, 2**31, 2**53 - 1, 1 - 2**53])

    def ref(self) -> Any:
        if self.random.randrange(3):
            return dict(self.one(self.world.refs))
        key, size = self.one(["2" * 64, "k" * 64, "", 5]), self.one([0, 3, -1, None])
        return {"piece": self.one([self.text(), "1" * 64, {}]), "key": key, "size": size}

    def anything(self, depth: int = 0) -> Any:
        kind = self.random.randrange(6 if depth > 3 else 9)
        if kind == 0:
            return self.one([None, True, False, DEEP])
        if kind < 4:
            return self.one([self.number, self.ref, self.text])()
        if kind < 6:
            return self.text()
        if kind == 6:
            return [self.anything(depth + 1) for _ in range(self.random.randrange(4))]
        return {self.one(NAMES): self.anything(depth + 1) for _ in range(self.random.randrange(5))}

    def shaped(self, hint: Any) -> Any:
        """A value that a field's type lets through."""
        origin, inner = typing.get_origin(hint), typing.get_args(hint)
        if origin is UnionType:
            return self.shaped(self.one(inner))
        if hint is type(None):
            return None
        if hint in (str, int, bool):
            return {str: self.text, int: self.number, bool: lambda: self.one([True, False])}[hint]()
        if origin is list:
            return [self.shaped(inner[0]) for _ in range(self.random.randrange(4))]
        if origin is dict and inner[1] is Any and self.random.randrange(3):
            return self.ref()
        if origin is dict:
            names = self.one([("id", "url", "cid"), ("rule", "level"), ("rule", "why"), (self.one(NAMES),), ()])
            return {name: self.shaped(inner[1]) for name in names}
        return self.one([self.anything, self.ref, self.text])()

    def content(self) -> dict[str, Any]:
        """What once counted, with parts taken away, added and replaced, on the surface and inside."""
        made = copy.deepcopy(self.world.start["message"][0].content) if self.random.randrange(4) else {}
        for _ in range(self.one([0, 0, 0, 1, 2])):
            made[self.one([*made, *PARTS])] = copy.deepcopy(self.anything())
        for _ in range(self.one([0, 0, 1, 2])):
            self.spoil(made)
        return made

    def spoil(self, value: Any) -> None:
        """Something else, somewhere inside."""
        while isinstance(value, dict | list) and value:
            place = self.one(list(value) if isinstance(value, dict) else range(len(value)))
            inner = value[place]
            if not isinstance(inner, dict | list) or self.random.randrange(3) == 0:
                if pieces.is_ref(inner) and self.random.randrange(2):
                    value[place] = self.ref()
                elif self.random.randrange(3):
                    value[place] = copy.deepcopy(self.anything())
                else:
                    del value[place]
                return
            value = inner

    def values(self, kind: str) -> dict[str, Any]:
        made: dict[str, Any] = {}
        draft = self.world.start["draft"][0].id
        for name, hint in typing.get_type_hints(acts.ACTS[kind]).items():
            if name == "content":
                made |= self.content()
            elif name == "headers" and not self.rarely():
                real = [h for h in self.world.headers if event.event_id(h[0].encode()) == draft]
                made[name] = real + self.one([[], [], [self.one(self.world.headers)]])
            elif name == "draft" and not self.rarely():
                made[name] = draft
            elif name == "findings" and kind == "message.submitted" and self.random.randrange(2):
                made[name] = []
            elif (fits := self.fitting(kind, name)) and self.random.randrange(4):
                made[name] = self.one(fits)
            else:
                made[name] = self.anything() if self.rarely() else self.shaped(hint)
        if self.rarely():
            made[self.one(["further", "", "content", "c.x"])] = self.anything()
        if made and self.rarely():
            made.pop(self.one(sorted(made)))
        return made or {"nothing": None}

    def fitting(self, kind: str, name: str) -> list[Any]:
        return self.world.fitting.get(f"{kind} {name}") or self.world.fitting.get(name, [])

    def later(self, kind: str, state: Any) -> Any:
        """A submission that counted, at times approved and claimed at once."""
        if kind != "message.submitted" or self.random.randrange(2):
            return state
        decided = replace(self.world.start["message"][0].decisions[-1], digest=state.digest)
        posts = {k: replace(p, state="claimed", claimed_by="p") for k, p in state.posts.items()}
        return replace(state, decisions=(decided,), planned_at=1, posts=posts, authors=frozenset())

    def event(self, kind: str) -> Event:
        while True:
            try:
                return self._event(kind)
            except NotCanonical:  # nested too deep to be a body at all
                continue

    def _event(self, kind: str) -> Event:
        world, office, noun = self.world, self.world.office, acts.NOUNS[kind.split(".")[0]]
        values = self.values(kind)

        def mostly(right: str, *wrong: str) -> str:
            return self.one([*wrong, "", "9" * 64]) if self.rarely() else right

        ring = office.office_ring if noun == "draft" else office.members_ring
        opens = kind == "plan.opened" or (kind == "draft.revised" and not values.get("base"))
        device = office.people[office.id].devices[0]
        parts = {name: body.PartOfBody("0" * 32, value) for name, value in values.items()}
        head = Header(
            self.one([0] * 12 + [1, 2**53 - 1]), mostly(office.id), mostly(ring, office.office_ring),
            mostly("" if opens else world.streams[noun], *world.streams.values()), kind, abs(self.number()),
            self.one([device, device, *office.devices, "9" * 64]), "c" * 64, 1, "", (), "", body.body_digest(parts),
        )  # fmt: skip
        raw = head.encode()
        return Event(event.event_id(raw), head, raw, bytes(64), body.encode(parts), 99, head.at)


@pytest.mark.parametrize("kind", KINDS)
def test_rubbish_of_every_kind_gets_a_verdict(world: World, kind: str) -> None:
    noun = acts.NOUNS[kind.split(".")[0]]
    same = [k for k in KINDS if acts.NOUNS[k.split(".")[0]] == noun]
    for number in range(ROUNDS):
        chance = Chance(world, f"{kind} {number}")
        state = chance.one(world.start[noun])
        for one in (kind, *chance.random.choices(same, k=3)):
            item = chance.event(one)
            free = chance.one([replace(world.office, holds={}), world.start["office"][2]])
            office = free if noun != "office" else state if state.id else None
            try:
                state, verdict = fold.step(state, item, office, noun)
                assert isinstance(verdict, Verdict) and (verdict.counts or (verdict.code and verdict.why))
                if verdict.counts:
                    read(world, noun, state)
                    state = chance.later(one, state)
            except Exception as error:
                error.add_note(f"seed {kind} {number}: {one} {item.body.decode()}")
                raise


@pytest.mark.parametrize("kind", [kind for kind in KINDS if acts.NOUNS[kind.split(".")[0]] == "office"])
def test_an_act_on_the_office_in_a_stream_of_its_own_gets_a_verdict(world: World, kind: str) -> None:
    for number in range(20):
        item = Chance(world, f"{kind} {number}").event(kind)
        head = replace(item.header, v=1, office=world.office.id, stream="", ring=world.office.members_ring)
        after, verdict = fold.step(Office(), replace(item, header=head), world.office, "office")
        assert not verdict.counts and verdict.code and after == Office()


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.binary(max_size=60), noun=st.sampled_from(sorted(acts.START)), kind=st.sampled_from([*KINDS, "no.such"]))
def test_bodies_that_are_no_bodies_get_a_verdict(world: World, data: bytes, noun: str, kind: str) -> None:
    head = Header(1, world.office.id, "", "", kind, 0, "9" * 64, "c" * 64, 1, "", (), "", "0" * 64)
    item = Event("1" * 64, head, head.encode(), bytes(64), data, 1, 0)
    for state in world.start[noun]:
        after, verdict = fold.step(state, item, world.office, noun)
        assert not verdict.counts and after is state and verdict.code and verdict.why


def read(world: World, noun: str, state: Any) -> None:
    """What a desk does with a state right after the event that made it."""
    if noun == "office":
        return
    with undone(world):
        if noun == "draft":
            indexing.draft_row(world.desk.store, state, 1)
        elif noun == "plan":
            assert state.standing is not None
            indexing.plan_row(world.desk.store, state, 1)
        else:
            assert message_state(state, False) and standing(state) and voices(state) is not None
            indexing.message_row(world.desk.store, state, 1)


class undone:
    """A transaction that leaves nothing behind."""

    def __init__(self, world: World) -> None:
        self._db = world.desk.store.db

    def __enter__(self) -> None:
        self._db.execute("begin")

    def __exit__(self, *_: object) -> None:
        self._db.execute("rollback")
