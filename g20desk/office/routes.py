"""Routes: by which stages a message is signed off. A route is data that the head adopts; which one a message takes is decided
when it is submitted, and stays with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.route import EXPLICIT, SILENCE, Route, Stage
from g20desk.office.state import GOVERNMENT, Office, need

# Who may be asked at all.
ASKED = ("head", "officer", "liaison", "presidency", "expert", "analyst")
SECOND, DAY = 1_000, 86_400_000
LONGEST = 366 * DAY
MOST_STAGES, MOST_ROUTES, MOST_NAMED = 12, 200, 100
# How long a silence lasts at least, unless the head sets another time; a rehearsal office has no such bound.
SHORTEST_SILENCE = 4 * 3_600_000


def fitting(office: Office, content: Mapping[str, Any]) -> list[Route]:
    """The routes that a content takes by itself: those made for it most closely; none where none is made for it."""
    found = {name: route.closeness(content) for name, route in office.routes.items()}
    most = max(found.values(), default=0)
    return [office.routes[name] for name, close in found.items() if most and close == most]


def taken(office: Office, content: Mapping[str, Any], route: str) -> Route | None:
    """The route that a submission names by its id, None for none. Raises Refused where it may not be taken: a message goes
    by a route that is made for it, as far as there is one."""
    found = fitting(office, content)
    if not route and not found:
        return None
    named = next((one for one in office.routes.values() if one.id == route), None)
    if route and named is None:
        raise Refused("unknown-route", "This version of a route is not in force.", "See: g20desk route list")
    if not found or named in found:
        return named
    names = ", ".join(f"“{one.name}”" for one in found)
    if named is None and len(found) > 1:
        raise Refused("which-route", f"Several routes are made for this message: {names}.", "Name one with --route.")
    raise Refused("other-route", f"This message goes by the route {names}.", "Leave --route out, or name that one.")


@act("route.adopted", since=2)
class RouteAdopted:
    """The head adopts a route, or a new version of the one with this name; what is under way keeps its version. `stages`:
    {"name", "who", "need" (0: all), "within" (milliseconds), "mode"} in order."""

    name: str
    kinds: list[str]
    topics: list[str]
    accounts: list[str]
    stages: list[dict[str, Any]]

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        if not self.name.strip() or len(self.name) > 120:
            raise Refused("malformed", "A route's name has 1 to 120 characters.")
        for named in (self.kinds, self.topics, self.accounts):
            if len(named) > MOST_NAMED or not all(0 < len(one) <= 200 for one in named):
                raise Refused("malformed", "A route names kinds, topics and accounts.")
        if any(one not in state.accounts for one in self.accounts):
            raise Refused("unknown-account", "There is no such account.")
        if not 0 < len(self.stages) <= MOST_STAGES:
            raise Refused("malformed", f"A route has 1 to {MOST_STAGES} stages.")
        if len(state.routes) >= MOST_ROUTES and self.name not in state.routes:
            raise Refused("too-many", "There are too many routes.", "Withdraw some first.")
        stages = tuple(_stage(one, state) for one in self.stages)
        if len({one.name for one in stages}) != len(stages):
            raise Refused("malformed", "Each stage of a route has its own name.")
        made = Route(
            then.event.id, self.name, tuple(self.kinds), tuple(self.topics), tuple(self.accounts), stages, by.person, then.at,
        )  # fmt: skip
        return replace(state, routes={**state.routes, self.name: made})


def _stage(value: Mapping[str, Any], office: Office) -> Stage:
    if set(value) != {"name", "who", "need", "within", "mode"}:
        raise Refused("malformed", "A stage has a name, who, need, within and mode.")
    if not all(isinstance(value[one], str) for one in ("name", "who", "mode")):
        raise Refused("malformed", "A stage's name, who and mode are words.")
    if not all(type(value[one]) is int for one in ("need", "within")):
        raise Refused("malformed", "How many, and how long, are whole numbers.")
    made = Stage(value["name"], value["who"], value["need"], value["within"], value["mode"])
    if not made.name.strip() or len(made.name) > 120:
        raise Refused("malformed", "A stage's name has 1 to 120 characters.")
    if made.mode not in (EXPLICIT, SILENCE):
        raise Refused("malformed", f"A stage is {EXPLICIT} or {SILENCE}.")
    if made.need < 0 or not SECOND <= made.within_ms <= LONGEST:
        raise Refused("malformed", "A stage lasts a second to a year.")
    if made.mode == SILENCE and made.within_ms < least_silence(office):
        hours = least_silence(office) / 3_600_000
        raise Refused("short-silence", f"A silence lasts at least {hours:g} hours in this office.", "Give more time.")
    check_who(made.who, office)
    return made


def least_silence(office: Office) -> int:
    """How long a silence lasts at least, in milliseconds."""
    return 0 if office.rehearsal else office.least_silence_ms or SHORTEST_SILENCE


def check_who(who: str, office: Office) -> None:
    """Refuse a `who` that can't mean anybody."""
    kind, _, rest = who.partition(":")
    if kind == "role" and rest in ASKED:
        return
    if kind == "person":
        if rest in office.people and not office.people[rest].retired:
            return
        raise Refused("unknown-person", "This person is not in the office.")
    if kind == "experts" and 0 < len(rest) <= 200:
        return
    if kind == "governments":
        if rest == "troika" and not office.troika:
            raise Refused("no-troika", "Nobody said yet which governments are the troika.",
                          "The head does: g20desk route presidency CC --before CC --after CC")  # fmt: skip
        named = rest.split(",")
        if rest in ("all", "troika") or (all(map(GOVERNMENT.match, named)) and len(set(named)) == len(named)):
            return
    raise Refused(
        "bad-who", f"“{who[:80]}” names nobody.", "role:R, person:NAME, experts:TOPIC, governments:CC,CC|all|troika"
    )


@act("route.withdrawn", since=2)
class RouteWithdrawn:
    """The head takes a route out of use; what is under way goes on by it."""

    route: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        if not HEX.match(self.route) or self.route not in {one.id for one in state.routes.values()}:
            raise Refused("unknown-route", "There is no such route in force.", "See: g20desk route list")
        return replace(state, routes={name: one for name, one in state.routes.items() if one.id != self.route})


@act("silence.minimum_set", since=2)
class MinimumSet:
    """The head says how long a silence lasts at least, in milliseconds; what is under way is not touched."""

    least_ms: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        if not SECOND <= self.least_ms <= LONGEST:
            raise Refused("malformed", "A silence lasts a second to a year.")
        return replace(state, least_silence_ms=self.least_ms)


@act("presidency.named", since=2)
class PresidencyNamed:
    """The head says whose Presidency it is, and whose it was before and will be after; empty where not known."""

    government: str
    before: str
    after: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head")
        three = (self.before, self.government, self.after)
        named = [one for one in three if one]
        if not self.government or not all(map(GOVERNMENT.match, named)) or len(set(named)) != len(named):
            raise Refused("bad-government", "A government is given by its two letters, as in BR.")
        return replace(state, troika=three)
