"""A route while it is being built: what it would say, what is wrong with it and where, and whom it would leave without a way."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from g20desk.errors import DeskError, Usage
from g20desk.office import playing, route_words
from g20desk.office.acts import act_of
from g20desk.office.deputies import deputy_of
from g20desk.office.fold import Then
from g20desk.office.route import ALL, EXPLICIT, Route, Stage
from g20desk.office.stages import absent, seats
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

VERSION = 2  # of the rules, the first that know routes
# Where in a stage, and in a route, a refusal belongs.
STAGE_PLACES = {
    "bad-duration": "within", "short-silence": "within", "bad-who": "who", "unknown-person": "who", "no-troika": "who",
    "bad-file": "need",
}  # fmt: skip
PLACES = {"unknown-account": "accounts"}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong. `place`: a field of the route, or of a stage as `0.who`; empty for the whole."""

    place: str
    words: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class There:
    """Who would be asked if a stage opened now: their names, and the governments that nobody speaks for."""

    people: tuple[str, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sketch:
    """A route as far as it is built. `there`: of each stage; `unable`: what a submission would meet today, for each who could
    make one and would meet something; whole routes alone are looked at for that."""

    route: Route
    sentence: str
    faults: tuple[Fault, ...]
    there: tuple[There, ...]
    unable: Mapping[str, tuple[str, ...]]


def sketch(desk: Desk, value: Mapping[str, Any], land: Callable[[str], str] = str) -> Sketch:
    """Look at a route as a file has it, however unfinished. Nothing is signed."""
    made, found = rough(value, desk.office), faults(desk, value)
    return replace(of_route(desk, made, land, any(one.place for one in found)), faults=found)


def of_route(desk: Desk, route: Route, land: Callable[[str], str] = str, open_: bool = False) -> Sketch:
    """The same of a route that stands; `open_`: it is not finished."""
    office, now = desk.office, desk.clock.now_ms()
    there = tuple(who_is_there(office, one, frozenset(), now) for one in route.stages)
    said = route_words.sentence(route, office, land)
    return Sketch(route, said, (), there, {} if open_ else unable(office, route))


def who_is_there(office: Office, stage: Stage, authors: frozenset[str], at: int) -> There:
    """Whose word a stage would ask at a time, authors left out and deputies included; which governments are not there."""
    people: list[str] = []
    for seat in playing.in_order(office, seats(office, stage.who, authors)):
        ids = [*seat.people, *(one for who in seat.people if (one := deputy_of(office, who, at)))]
        people += [office.people[one].name for one in dict.fromkeys(ids) if one not in authors]
    return There(tuple(dict.fromkeys(people)), tuple(one for one in absent(office, stage.who) if one))


def unable(office: Office, route: Route) -> dict[str, tuple[str, ...]]:
    """By the name of each who could submit: why a text of theirs could not be signed off by this route today."""
    found = {one.name: tuple(playing.problems(office, route, frozenset({one.id}))) for one in playing.authors(office)}
    return {name: said for name, said in found.items() if said}


def faults(desk: Desk, value: Mapping[str, Any]) -> tuple[Fault, ...]:
    """All that stands against adopting it, each at its place."""
    made = [] if str(value.get("name", "")).strip() else [Fault("name", "A route has a name.")]
    stages = value.get("stage", ())
    if not stages:
        made.append(Fault("", "A route has a stage at least."))
    for n, stage in enumerate(stages):
        made += _faults_of_stage(desk, n, stage, [one.get("name") for one in stages[:n]])
    return tuple(made or _faults_of_all(desk, value))


def _faults_of_stage(desk: Desk, n: int, stage: Mapping[str, Any], before: list[Any]) -> list[Fault]:
    if not str(stage.get("name", "")).strip():
        return [Fault(f"{n}.name", "A stage has a name.")]
    if stage["name"] in before:
        return [Fault(f"{n}.name", "Each stage of a route has its own name.")]
    try:
        _adopt(desk, {"name": "x", "kinds": [], "topics": [], "accounts": [], "stage": [stage]})
    except DeskError as problem:
        place = STAGE_PLACES.get(problem.code) or ("within" if "lasts" in problem.message else "name")
        return [] if problem.code == "no-right" else [Fault(f"{n}.{place}", problem.message, problem.help)]
    return []


def _faults_of_all(desk: Desk, value: Mapping[str, Any]) -> list[Fault]:
    try:
        _adopt(desk, value)
    except DeskError as problem:
        place = PLACES.get(problem.code, "")
        if problem.code == "malformed":
            place = "name" if "name has" in problem.message else "topics" if "names kinds" in problem.message else ""
        return [Fault(place, problem.message, problem.help)]
    return []


def _adopt(desk: Desk, value: Mapping[str, Any]) -> None:
    """Adopt it as if by this person now, in memory. Raises Refused, Usage."""
    from g20desk.desk.routes import body_of

    made = act_of("route.adopted", VERSION)(**body_of(value, desk.office))
    last = desk.ledger.folds.office_verdicts()[-1].event
    now = replace(last, id=playing.DIGEST, place=None, stamp=desk.clock.now_ms())
    made.apply(desk.office, desk.office.author(desk.device), Then(now, "", {}, desk.office))


def rough(value: Mapping[str, Any], office: Office) -> Route:
    """The route that a file means, as far as it means one; what can't be read is left as it is written."""
    accounts = []
    for name in value.get("accounts", ()):
        found = office.account_named(name)
        accounts.append(found.id if found else name)
    stages = tuple(_rough_stage(one, office) for one in value.get("stage", ()))
    named = {name: tuple(value.get(name, ())) for name in ("kinds", "topics")}
    return Route(playing.DIGEST, str(value.get("name", "")), named["kinds"], named["topics"], tuple(accounts), stages)


def check_form(value: Mapping[str, Any]) -> None:
    """Refuse what is no route file at all; what it says is looked at elsewhere. Raises Usage."""
    stages, lists = value.get("stage"), [value.get(name, []) for name in ("kinds", "topics", "accounts")]
    words = [value.get("name"), *(one for found in lists if isinstance(found, list) for one in found)]
    good = isinstance(stages, list) and all(isinstance(one, list) for one in lists)
    for stage in stages if good and stages else ():
        good = good and isinstance(stage, dict)
        words += [stage.get(name, "") for name in ("name", "who", "mode", "within")] if isinstance(stage, dict) else []
    if not good or not all(isinstance(one, str) for one in words):
        raise Usage("bad-file", "A route has a name and stages.", "See the route file in CLI.md.")


def _rough_stage(value: Mapping[str, Any], office: Office) -> Stage:
    from g20desk.desk.routes import USUAL_MS, duration

    who, need = str(value.get("who", "")), value.get("need", "all")
    kind, _, rest = who.partition(":")
    if kind == "person" and (person := office.named(rest)) is not None:
        who = f"person:{person.id}"
    if kind == "governments" and rest not in ("all", "troika"):
        who = "governments:" + ",".join(one.strip().upper() for one in rest.split(",") if one.strip())
    try:
        within = duration(value["within"]) if "within" in value else USUAL_MS
    except Usage:
        within = 0
    count = {"all": ALL, "any": 1}.get(need, need) if isinstance(need, str) else need
    return Stage(
        str(value.get("name", "")), who, count if type(count) is int else ALL, within, value.get("mode", EXPLICIT)
    )


def as_toml(value: Mapping[str, Any]) -> str:
    """A route file's text, as `route adopt` reads it."""
    lines = [f"{name} = {_toml(value[name])}" for name in ("name", "kinds", "topics", "accounts") if value.get(name)]
    for stage in value.get("stage", ()):
        lines += ["", "[[stage]]"]
        lines += [
            f"{name} = {_toml(stage[name])}" for name in ("name", "who", "need", "mode", "within") if name in stage
        ]
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    """A word, a number or a list of words; JSON's are TOML's, but for one sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


@dataclass(frozen=True, slots=True)
class Version:
    """A version of a route in the record: who adopted it and when; `ended`: `` (in force), `replaced` or `withdrawn`, by whom
    and when. Times in milliseconds."""

    route: Route
    by: str
    at: int
    ended: str = ""
    ended_by: str = ""
    ended_at: int = 0


def history(desk: Desk) -> list[Version]:
    """All versions of all routes, the newest first."""
    made: dict[str, Version] = {}
    standing: dict[str, str] = {}
    for verdict in desk.ledger.folds.office_verdicts():
        kind, act, event = verdict.event.header.kind, verdict.act, verdict.event
        if not verdict.counts or kind not in ("route.adopted", "route.withdrawn"):
            continue
        at = event.header.at if event.stamp is None else event.stamp
        if kind == "route.withdrawn":
            made[act.route] = replace(made[act.route], ended="withdrawn", ended_by=verdict.by.name, ended_at=at)
            standing.pop(made[act.route].route.name, None)
            continue
        if before := standing.get(act.name):
            made[before] = replace(made[before], ended="replaced", ended_by=verdict.by.name, ended_at=at)
        stages = tuple(Stage(s["name"], s["who"], s["need"], s["within"], s["mode"]) for s in act.stages)
        route = Route(event.id, act.name, tuple(act.kinds), tuple(act.topics), tuple(act.accounts), stages,
                      verdict.by.person, at)  # fmt: skip
        made[event.id], standing[act.name] = Version(route, verdict.by.name, at), event.id
    return list(reversed(made.values()))
