"""What lies before a message that is about to be submitted: its route, who is asked, who is not there, when a silence would begin.
Nothing is decided here: the fold judges the submission."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.desk.route_drafts import who_is_there
from g20desk.office import playing
from g20desk.office.content import Content
from g20desk.office.route import SILENCE, Route, Stage
from g20desk.office.route_words import Land, sentence
from g20desk.office.routes import fitting
from g20desk.office.stages import DECIDERS, governments, seats
from g20desk.office.state import Office
from g20desk.office.vouching import can_act

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class StageAhead:
    """A stage to come: the names of those whose word it would ask if it opened now, the governments that nobody speaks for;
    of a silence the governments concerned, and when it begins where the stages before it use all of their time (milliseconds)."""

    stage: Stage
    people: tuple[str, ...]
    absent: tuple[str, ...]
    begins: int
    lands: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A route that a message could take, None for one approval; the whole in a sentence; what stands against it today, in
    words."""

    route: Route | None
    stages: tuple[StageAhead, ...]
    against: tuple[str, ...]
    sentence: str = ""

    @property
    def name(self) -> str:
        """What `messages.submit` takes; empty for none."""
        return self.route.name if self.route else ""


def ways(desk: Desk, content: Content, id: str = "", land: Land = str) -> tuple[Way, ...]:
    """The ways that a content may go, the one that it takes by itself first. `id`: the message that it is; `land` gives a
    government's name for its letters."""
    office, now = desk.office, desk.clock.now_ms()
    authors = frozenset({desk.person.id, *_wrote(desk, id)})
    found = fitting(office, _bare(office, content))
    if found:
        return tuple(_way(office, one, authors, now, land) for one in found)
    others = sorted(office.routes.values(), key=lambda one: one.name.casefold())
    return (_alone(office, authors), *(_way(office, one, authors, now, land) for one in others))


def _wrote(desk: Desk, id: str) -> set[str]:
    return {one.by for one in desk.messages.get(id).draft.revisions.values()} if id else set()


def _bare(office: Office, content: Content) -> dict[str, Any]:
    """As much of a content as a route is chosen by."""
    to = [found.id for name in content.to if (found := office.account_named(name)) is not None]
    return {"c.kind": content.kind, "c.topic": content.topic, "c.to": [[one] for one in to]}


def _alone(office: Office, authors: frozenset[str]) -> Way:
    """Without a route one approval is enough."""
    able = [one for one in office.people.values() if one.role in DECIDERS and can_act(office, one.id)]
    free = [one for one in able if one.id not in authors]
    return Way(None, (), () if free else ("Nobody but its authors could sign this message off.",))


def _way(office: Office, route: Route, authors: frozenset[str], now: int, land: Land) -> Way:
    made, at = [], now
    for stage in route.stages:
        made.append(_ahead(office, stage, authors, at))
        at += stage.within_ms
    return Way(route, tuple(made), tuple(playing.problems(office, route, authors)), sentence(route, office, land))


def _ahead(office: Office, stage: Stage, authors: frozenset[str], at: int) -> StageAhead:
    there = who_is_there(office, stage, authors, at)
    lands: tuple[str, ...] = ()
    if stage.mode == SILENCE:
        spoken = (office.people[one].government for seat in seats(office, stage.who, authors) for one in seat.people)
        lands = governments(office, stage.who) or tuple(dict.fromkeys(one for one in spoken if one))
    return StageAhead(stage, there.people, there.absent, at, lands)
