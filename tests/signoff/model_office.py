"""The model's half about the office: who is who, who stands in for whom, who is asked. See `model.py`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

HOUR = 3_600_000
STAFF = ("head", "officer", "expert", "analyst")
SPEAK = ("liaison", "presidency")  # for a government
DECIDE = ("head", "officer", "liaison", "presidency", "expert", "analyst")
STOP = ("object", "request-changes")


@dataclass(frozen=True)
class Fact:
    """Something that somebody did. `at`: by their own clock; `stamp`: the keeper's, None while it is tentative. `note`: what
    the model found it to be when it counted."""

    id: str
    kind: str
    device: str
    at: int
    stamp: int | None
    said: dict[str, Any]
    note: dict[str, Any] = field(default_factory=dict)

    @property
    def when(self) -> int:
        return self.at if self.stamp is None else self.stamp


@dataclass(frozen=True)
class Person:
    id: str
    role: str
    government: str
    topic: str
    retired: bool = False

    @property
    def voice(self) -> str:
        """ "a government speaks once, by its liaison"; everybody else speaks for themselves."""
        return self.government if self.role in SPEAK and self.government else self.id


def kept(question: Callable[..., Any]) -> Callable[..., Any]:
    """Answers are kept: what the first `n` facts say does not change with those that follow."""

    @functools.wraps(question)
    def asked(self: OfficeModel, *about: Any) -> Any:
        key = (question.__name__, *about)
        if key not in self.answers:
            self.answers[key] = question(self, *about)
        return self.answers[key]

    return asked


class No(Exception):
    """It does not count, and why."""


class OfficeModel:
    """What happened and counted. All questions are about the first `n` facts."""

    def __init__(self, facts: list[Fact] | None = None) -> None:
        self.facts: list[Fact] = list(facts or ())
        self.answers: dict[Any, Any] = {}

    def kinds(self, n: int, *kinds: str, since: int = 0) -> Iterator[tuple[int, Fact]]:
        return ((i, self.facts[i]) for i in range(since, n) if self.facts[i].kind in kinds)

    # The office.

    @kept
    def people(self, n: int) -> dict[str, Person]:
        found: dict[str, Person] = {}
        for _, fact in self.kinds(n, "office.founded", "member.admitted", "role.given", "member.retired"):
            said = fact.said
            if fact.kind == "office.founded":
                found[fact.id] = Person(fact.id, "head", "", "")
            elif fact.kind == "member.admitted":
                found[fact.id] = Person(fact.id, said["role"], said["government"], said["topic"])
            elif fact.kind == "role.given":
                found[said["person"]] = Person(said["person"], said["role"], said["government"], said["topic"])
            else:
                old = found[said["person"]]
                found[old.id] = Person(old.id, old.role, old.government, old.topic, True)
        return found

    @kept
    def whose(self, n: int, device: str) -> str:
        """The person whose device this is or was; empty for none."""
        for _, fact in self.kinds(n, "office.founded", "member.admitted", "device.added"):
            if (fact.device if fact.kind == "office.founded" else fact.said["sign"]) == device:
                return str(fact.said["person"]) if fact.kind == "device.added" else fact.id
        return ""

    def author(self, n: int, device: str) -> Person:
        """ "what a revoked device signs later, or had signed but not handed in, does not count"; nor of who is retired."""
        person = self.people(n).get(self.whose(n, device))
        if (
            person is None
            or person.retired
            or any(f.said["device"] == device for _, f in self.kinds(n, "device.revoked"))
        ):
            raise No("nobody of the office")
        return person

    def deputy(self, n: int, liaison: str, when: int) -> str:
        """ "A liaison names a deputy for dates (by stamps); a deputy falls with the liaison." A later one takes the place of
        an earlier one."""
        found = ""
        for i, fact in self.kinds(n, "deputy.named", "deputy.ended"):
            if fact.note["liaison"] != liaison:
                continue
            named = fact.kind == "deputy.named" and fact.said["since"] <= when <= fact.said["until"]
            found = fact.said["person"] if named and not self.fell(i, n, liaison) else ""
        people = self.people(n)
        if not found or people[liaison].retired or people[liaison].role not in SPEAK or people[found].retired:
            return ""
        # "Nobody is the voice of two governments."
        if people[found].role in SPEAK and people[found].government not in ("", people[liaison].government):
            return ""
        return found if people[found].role in DECIDE else ""

    def fell(self, i: int, n: int, liaison: str) -> bool:
        """Whether somebody was for some time another government's liaison than then, or none."""
        was = self.people(i)[liaison]
        return any(
            (said["role"], said["government"]) != (was.role, was.government)
            for said in (f.said for _, f in self.kinds(n, "role.given", since=i)) if said["person"] == liaison
        )  # fmt: skip

    def speaks_for(self, n: int, person: str, when: int) -> str:
        """The government that somebody speaks for as a deputy."""
        people = self.people(n)
        for one in people.values():
            if one.role in SPEAK and self.deputy(n, one.id, when) == person:
                return one.government
        return ""

    # A submission.

    @kept
    def submission(self, n: int) -> int | None:
        """The number of the submission that stands."""
        found = None
        for i, fact in self.kinds(n, "message.submitted", "message.withdrawn"):
            found = i if fact.kind == "message.submitted" else None
        return found

    @kept
    def authors(self, n: int) -> set[str]:
        """ "no author of any revision merged into a text signs it off, nor its submitter"."""
        sub = self.submission(n)
        return set(self.facts[sub].note["authors"]) if sub is not None else set()

    @kept
    def route(self, n: int) -> dict[str, Any] | None:
        """ "message.submitted pins the route's version"."""
        sub = self.submission(n)
        wanted = self.facts[sub].said["route"] if sub is not None else ""
        return next((f.said for _, f in self.kinds(n, "route.adopted") if f.id == wanted), None)

    def digest(self, n: int) -> str:
        sub = self.submission(n)
        return str(self.facts[sub].said["digest"]) if sub is not None else ""

    # Who is asked.

    def fits(self, n: int, who: str, person: Person) -> bool:
        """ "who (a role; a named person; the experts on a topic; the liaisons of named governments, of all members, of the
        troika)"."""
        kind, _, rest = who.partition(":")
        if person.role not in DECIDE or not self.present(n, person):
            return False
        if kind == "role":
            return person.role == rest
        if kind == "person":
            return person.id == rest
        if kind == "experts":
            return person.role == "expert" and person.topic == rest
        return person.role == "liaison" and bool(person.government) and (
            rest == "all" or person.government in (self.troika(n) if rest == "troika" else rest.split(","))
        )  # fmt: skip

    @kept
    def troika(self, n: int) -> list[str]:
        named = [fact.said for _, fact in self.kinds(n, "presidency.named")]
        return [named[-1][one] for one in ("before", "government", "after")] if named else []

    @kept
    def present(self, n: int, person: Person) -> bool:
        """ "those with someone present when the stage opens": in the office, with a device that is."""
        gone = {f.said["device"] for _, f in self.kinds(n, "device.revoked")}
        own = [f.device if f.kind == "office.founded" else f.said["sign"]
               for _, f in self.kinds(n, "office.founded", "member.admitted", "device.added")]  # fmt: skip
        return not person.retired and any(self.whose(n, one) == person.id for one in own if one not in gone)

    @kept
    def asked(self, n: int, who: str) -> dict[str, tuple[str, ...]]:
        """The voices of a stage that opens with the last of these facts; "a government speaks once", "no author …"."""
        found: dict[str, tuple[str, ...]] = {}
        for person in self.people(n).values():
            if self.fits(n, who, person) and person.id not in self.authors(n):
                found[person.voice] = (*found.get(person.voice, ()), person.id)
        return found
