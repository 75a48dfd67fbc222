"""A route played through: what would become of a message on it, in the real fold, in memory. Nothing is signed or kept.

The office is as it stands; the message is a sample without a text. A play is a value: each step gives the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger.event import Event, Header
from g20desk.office.acts import act_of
from g20desk.office.deputies import deputy_of
from g20desk.office.fold import Author, Then
from g20desk.office.message import Message, Opened, Seat
from g20desk.office.route import EXPLICIT, SILENCE, Route
from g20desk.office.silence import unheard
from g20desk.office.stages import all_done, begin, check_can_end, seen, still, voices
from g20desk.office.state import STAFF, Office, Person
from g20desk.office.vouching import can_act

VERSION = 2  # of the rules, the first that know routes
DIGEST = "0" * 64


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice of the open stage: whose it is (a government's letters, or empty), the people who may speak for it now, deputies
    included, and what it said."""

    government: str
    people: tuple[Person, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Play:
    """A sample message on its way. `now`: where its clock stands, in milliseconds; `acts`: how many were done."""

    office: Office
    route: Route
    message: Message
    now: int
    acts: int = 0

    @property
    def stage(self) -> Opened | None:
        """The stage that is open; None at the end."""
        last = self.message.stages[-1]
        return None if last.done else last

    @property
    def over(self) -> bool:
        """Whether the message is signed off."""
        return all_done(self.message)

    def states(self) -> list[str]:
        """How each stage stands, as `message show` says it."""
        opened = len(self.message.stages)
        return [seen(self.message, n, self.now) if n < opened else "waiting" for n in range(len(self.route.stages))]

    def asked(self) -> list[Voice]:
        """Whose word the open stage waits for, and what they said so far."""
        stage = self.stage
        if stage is None:
            return []
        said = voices(self.message, len(self.message.stages) - 1)
        made = []
        for seat in in_order(self.office, stage.seats):
            own = still(self.office, stage.stage, seat)
            deputies = [found for one in own if (found := deputy_of(self.office, one, self.now))]
            people = tuple(self.office.people[one] for one in dict.fromkeys((*own, *deputies)))
            government = seat.key if len(seat.key) == 2 else ""
            made.append(Voice(government, people, said[seat.key].answer if seat.key in said else ""))
        return made


def in_order(office: Office, seats: tuple[Seat, ...]) -> list[Seat]:
    """Voices as people read them: governments by their letters, others as they came into the office."""
    came = {person: n for n, person in enumerate(office.people)}
    return sorted(seats, key=lambda seat: (seat.key, 0) if len(seat.key) == 2 else ("", came[seat.people[0]]))


def authors(office: Office) -> list[Person]:
    """Who could write and submit a message."""
    return [one for one in office.people.values() if one.role in STAFF and can_act(office, one.id)]


def problems(office: Office, route: Route, authors: frozenset[str]) -> list[str]:
    """What a submission of a text by these people would meet today; nothing where it could be signed off."""
    made = []
    for stage in route.stages:
        try:
            check_can_end(office, stage, authors)
        except Refused as refusal:
            made.append(refusal.message)
    return made


def start(office: Office, route: Route, author: str, content: Mapping[str, Any], now: int) -> Play:
    """A sample by this person is submitted. Raises Refused where nobody could sign it off."""
    fresh = Message(
        stream=DIGEST, draft=DIGEST, submission=_id(0), digest=DIGEST, content=dict(content),
        authors=frozenset({author}),
    )  # fmt: skip
    made = begin(fresh, route, Then(_event(office, "message.submitted", 0, now), DIGEST, {}, office))
    return Play(office, route, made, now, 1)


def decide(play: Play, person: str, answer: str) -> Play:
    """Somebody decides. Raises Refused as the record would."""
    return _act(play, "signoff.decided", person, digest=DIGEST, answer=answer, why=None, amendment=None)


def reopen(play: Play, person: str) -> Play:
    """The head lays a text before all again whose silence was broken. Raises Refused."""
    return _act(play, "signoff.reopened", person, digest=DIGEST, until=None, why={})


def let_pass(play: Play) -> Play:
    """Time passes to just after the end of the open stage; a silence that nobody broke is closed then, by whoever does so first.
    Raises Refused."""
    stage = play.stage
    if stage is None or stage.due is None:
        return play
    later = replace(play, now=max(play.now, stage.due) + 1)
    if stage.stage.mode != SILENCE or stage.broken:
        return later
    closer = next((one.id for one in authors(play.office) if one.role in ("head", "officer")), "")
    return _act(later, "signoff.closed", closer, digest=DIGEST, heard=dict(stage.heard), unheard=unheard(stage))


def answers(play: Play) -> tuple[str, ...]:
    """What can be said in the open stage."""
    stage = play.stage
    if stage is None:
        return ()
    return ("approve", "object", "request-changes") if stage.stage.mode == EXPLICIT else ("no-objection", "object")


def _act(play: Play, kind: str, person: str, **values: Any) -> Play:
    found = play.office.people.get(person)
    by = Author(found.devices[0], found.id, found.name, found.role, found.government) if found else Author("")
    then = Then(_event(play.office, kind, play.acts, play.now), DIGEST, {}, play.office)
    made = act_of(kind, VERSION)(**values).apply(play.message, by, then)
    return replace(play, message=made, acts=play.acts + 1)


def _id(n: int) -> str:
    return f"{n:064x}"


def _event(office: Office, kind: str, n: int, now: int) -> Event:
    """An act of the play: it has a place and a stamp, as if the keeper stood beside it."""
    head = Header(VERSION, office.id, office.members_ring, DIGEST, kind, now, "", "", n, "", (), "", "")
    return Event(_id(n), head, b"", b"", b"", n + 1, now)
