"""Routes on a desk: adopting one from a file, and what those in force say."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk import reading
from g20desk.desk import route_drafts
from g20desk.desk.route_drafts import Sketch, Version
from g20desk.errors import Refused, Usage
from g20desk.office.content import Content
from g20desk.office.route import ALL, EXPLICIT, Route, Stage
from g20desk.office.route_words import sentence
from g20desk.office.routes import fitting
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.submitting import Way

_DURATION = re.compile(r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:(\d{1,8})S)?)?\Z")
_KNOWN, _STAGE = {"name", "kinds", "topics", "accounts", "stage"}, {"name", "who", "need", "mode", "within"}
USUAL_MS = 48 * 3_600_000


class Routes:
    """`desk.routes`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def adopt(self, value: Mapping[str, Any]) -> str:
        """Adopt a route as a file has it (CLI.md): the id of its version. Raises Refused, Usage."""
        return self._desk.act("route.adopted", body_of(value, self._desk.office))

    def withdraw(self, name: str) -> None:
        """Take a route out of use."""
        self._desk.act("route.withdrawn", {"route": self.named(name).id})

    def named(self, name: str) -> Route:
        """A route in force. Raises Refused."""
        found = self._desk.office.routes.get(name)
        if found is None:
            raise Refused("unknown-route", f"There is no route “{name}”.", "See: g20desk route list")
        return found

    def chosen(self, content: Mapping[str, Any], name: str = "") -> str:
        """The id of the version that a content is submitted by: the one that is named, or the one made for it; empty for none.
        Raises Refused."""
        if name:
            return self.named(name).id
        found = fitting(self._desk.office, content)
        return found[0].id if len(found) == 1 else ""

    def rows(self) -> list[dict[str, Any]]:
        """The routes in force, as a file has them, with their version, who adopted them, and the whole in a sentence."""
        office = self._desk.office
        return [{**as_file(one, office), "id": one.id, "by": office.people[one.by].name, "at": one.at,
                 "sentence": sentence(one, office)} for one in office.routes.values()]  # fmt: skip

    def sketch(self, value: Mapping[str, Any], land: Callable[[str], str] = str) -> Sketch:
        """Look at a route as a file has it, however unfinished: its sentence, what is wrong with it, whom it would leave
        without a way. `land` gives a government's name for its letters."""
        return route_drafts.sketch(self._desk, value, land)

    def of_route(self, route: Route, land: Callable[[str], str] = str) -> Sketch:
        """The same of a route that stands."""
        return route_drafts.of_route(self._desk, route, land)

    def history(self) -> list[Version]:
        """All versions of all routes, the newest first: who adopted them, and what became of them."""
        return route_drafts.history(self._desk)

    def ways(self, content: Content, id: str = "", land: Callable[[str], str] = str) -> tuple[Way, ...]:
        """The ways that a message about to be submitted may go, the one that it takes by itself first. `id`: of the message."""
        from g20desk.desk import submitting

        return submitting.ways(self._desk, content, id, land)

    def least_silence(self, least_ms: int) -> None:
        """Say how long a silence lasts at least."""
        self._desk.act("silence.minimum_set", {"least_ms": least_ms})

    def presidency(self, government: str, before: str = "", after: str = "") -> None:
        """Say whose Presidency it is, was and will be."""
        values = {"government": government.upper(), "before": before.upper(), "after": after.upper()}
        self._desk.act("presidency.named", values)


def read(path: Path) -> dict[str, Any]:
    """A route file. Raises Usage."""
    try:
        return tomllib.loads(reading.read(path, reading.MEGA).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Usage("bad-file", f"{path.name} is not TOML: {error}", "Mend the file.") from error


def duration(text: str) -> int:
    """An ISO 8601 duration of weeks, days, hours, minutes and seconds, in milliseconds. Raises Usage."""
    form = _DURATION.match(text)
    if not form or not any(form.groups()) or text.endswith("T"):
        raise Usage("bad-duration", f"“{text}” is no duration.", "Write: PT24H, PT90M, P2D")
    weeks, days, hours, minutes, seconds = (int(one or 0) for one in form.groups())
    return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000


def as_duration(ms: int) -> str:
    """The other way, in hours, minutes and seconds."""
    hours, rest = divmod(ms // 1000, 3600)
    minutes, seconds = divmod(rest, 60)
    said = ((hours, "H"), (minutes, "M"), (seconds, "S"))
    return "PT" + ("".join(f"{n}{unit}" for n, unit in said if n) or "0S")


def body_of(value: Mapping[str, Any], office: Office) -> dict[str, Any]:
    """The body of an adoption from a file's values: names become ids. Raises Usage for what can't be read."""
    unknown = set(value) - _KNOWN
    if unknown:
        raise Usage("bad-file", f"“{sorted(unknown)[0]}” is not known.", f"Known: {', '.join(sorted(_KNOWN))}.")
    if not isinstance(value.get("name"), str) or not isinstance(value.get("stage"), list):
        raise Usage("bad-file", "A route has a name and stages.", "See the route file in CLI.md.")
    return {
        "name": value["name"],
        "kinds": names_in(value, "kinds"),
        "topics": names_in(value, "topics"),
        "accounts": account_ids(names_in(value, "accounts"), office),
        "stages": [_stage(one, office) for one in value["stage"]],
    }


def names_in(value: Mapping[str, Any], name: str) -> list[str]:
    """A list of words in a file. Raises Usage."""
    found = value.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise Usage("bad-file", f"“{name}” is a list of words.", "See the route file in CLI.md.")
    return found


def account_ids(names: list[str], office: Office) -> list[str]:
    """The ids of accounts. Raises Usage for a name that there is not."""
    made = []
    for name in names:
        found = office.account_named(name)
        if found is None:
            raise Usage("unknown-account", f"There is no account “{name}”.", "See: g20desk account list")
        made.append(found.id)
    return made


def _stage(value: Any, office: Office) -> dict[str, Any]:
    if not isinstance(value, dict) or set(value) - _STAGE or not {"name", "who"} <= set(value):
        raise Usage("bad-file", f"A stage has: {', '.join(sorted(_STAGE))}.", "See the route file in CLI.md.")
    need, mode, who = value.get("need", "all"), value.get("mode", EXPLICIT), value["who"]
    if need not in ("all", "any") and not (type(need) is int and need > 0):
        raise Usage("bad-file", "“need” is all, any, or a number from 1 on.", "See the route file in CLI.md.")
    if not all(isinstance(one, str) for one in (value["name"], who, mode, value.get("within", ""))):
        raise Usage("bad-file", "A stage's name, who, mode and within are words.", "See the route file in CLI.md.")
    within = duration(value["within"]) if "within" in value else USUAL_MS
    kind, _, rest = who.partition(":")
    if kind == "person":
        person = office.named(rest)
        if person is None:
            raise Usage("unknown-person", f"There is no “{rest}” in the office.", "See: g20desk office show")
        who = f"person:{person.id}"
    if kind == "governments" and rest not in ("all", "troika"):
        who = "governments:" + ",".join(one.strip().upper() for one in rest.split(","))
    return {
        "name": value["name"], "who": who, "need": {"all": ALL, "any": 1}.get(need, need), "within": within, "mode": mode,
    }  # fmt: skip


def as_file(route: Route, office: Office) -> dict[str, Any]:
    """A route as a file has it."""
    made = {
        "name": route.name,
        "kinds": list(route.kinds),
        "topics": list(route.topics),
        "accounts": [office.accounts[one].name for one in route.accounts],
        "stage": [stage_as_file(one, office) for one in route.stages],
    }
    return {name: one for name, one in made.items() if one or name not in ("topics", "accounts")}


def stage_as_file(stage: Stage, office: Office) -> dict[str, Any]:
    """A stage as a file has it."""
    need: str | int = {ALL: "all", 1: "any"}.get(stage.need, stage.need)
    within = as_duration(stage.within_ms)
    return {"name": stage.name, "who": who_words(stage.who, office), "need": need, "mode": stage.mode, "within": within}


def who_words(who: str, office: Office) -> str:
    """A `who` with a person's name in the place of their id."""
    kind, _, rest = who.partition(":")
    return f"person:{office.people[rest].name}" if kind == "person" and rest in office.people else who
