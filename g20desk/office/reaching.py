"""Whom something about a sign-off, or about a line to be carried, has to reach, and when: the notices that stand at a time, made
from rounds. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

MINUTE = 60_000
# What a person is told, the gravest first. Of a stage that waits for them only the latest of these three: the others are past.
STEPS = ("soon", "half", "asked")
KINDS = ("emergency", "broken", "lost", "overdue", "declined", "drifted", "uncounted", *STEPS, "off", "review")
# How long before the end a stage is soon over: an eighth of its time, within these bounds.
SOON_LEAST, SOON_MOST = 10 * MINUTE, 120 * MINUTE


@dataclass(frozen=True, slots=True)
class Round:
    """How a message stands in sign-off, as far as people are told of it. `message`: its draft's id; `about`: the act that
    began what they are told of; `by`: who asks, a person; `stage`: its number; `waits`: the people whose word is open;
    `told`: those who are told when it goes wrong (the people of the stage, the submitter, the head); `chief`: those who are
    told besides when it is late. `opened`, `due`: instants, `due` 0 for none. `broken`: when a silence was broken, or what else of
    KINDS `wrong` says went wrong, else 0, and `breaking` the act that did. `changes`: how often its end was moved; `origin`: the
    submission, whose stage is the same matter after it was laid before all again. `released`: when it was released in an emergency, 0
    where it was not, and who may review that."""

    message: str
    about: str
    kind: str
    by: str
    stage: int
    waits: tuple[str, ...]
    opened: int
    due: int = 0
    silence: bool = False
    told: tuple[str, ...] = ()
    chief: tuple[str, ...] = ()
    broken: int = 0
    breaking: str = ""
    wrong: str = "broken"
    changes: int = 0
    origin: str = ""
    released: int = 0
    reviewers: tuple[str, ...] = ()

    @property
    def matter(self) -> str:
        """What tells this stage from all others, for as long as it lasts; opaque."""
        return notice_id("matter", self.origin or self.about, self.stage)


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell one person. `what`: of KINDS; `at`: since when it is so; `due`: by when, 0 for never; `message_kind`:
    news, statement, …; `by`: who asks, empty where nobody does. The id is the same on every desk and at every time."""

    id: str
    what: str
    person: str
    message: str
    message_kind: str
    at: int
    by: str = ""
    due: int = 0
    silence: bool = False
    matter: str = ""
    changes: int = 0


def notice_id(*about: object) -> str:
    """Tells two notices apart, and nothing of what they are about."""
    return hashlib.sha256("/".join(("g20desk notice", *map(str, about))).encode()).hexdigest()[:32]


def of_round(one: Round, now: int, person: str = "") -> Iterator[Notice]:
    """All that stands of a round, for everybody or for one person."""

    def those(people: Iterable[str]) -> Iterable[str]:
        return dict.fromkeys(each for each in people if not person or each == person)

    def made(what: str, person: str, at: int, of: str) -> Notice:
        return Notice(
            notice_id(what, person, of, one.stage, one.due), what, person, one.message, one.kind, at, one.by, one.due,
            one.silence, one.matter, one.changes,
        )  # fmt: skip

    if one.released:
        yield from (made("emergency", each, one.released, one.about) for each in those(one.told))
        yield from (made("review", each, one.released, one.about) for each in those(one.reviewers))
        return
    if one.broken:
        yield from (made(one.wrong, each, one.broken, one.breaking) for each in those(one.told))
        return
    what, at = step(one.opened, one.due, now)
    if what == "overdue" and one.silence:
        return  # it is over: whoever kept silent has nothing left to say in time
    people = (*one.waits, *one.chief) if what == "overdue" else one.waits
    yield from (made(what, each, at, one.about) for each in those(people))


def step(opened: int, due: int, now: int) -> tuple[str, int]:
    """How far a stage is, and since when: asked, half, soon or overdue."""
    if not due:
        return "asked", opened
    length = max(0, due - opened)
    soon = due - min(SOON_MOST, max(SOON_LEAST, length // 8))
    half = opened + length // 2
    if now >= due:
        return "overdue", due
    if now >= soon > half:
        return "soon", soon
    return ("half", half) if now >= half else ("asked", opened)


def standing(rounds: Iterable[Round], now: int, person: str = "") -> list[Notice]:
    """All notices that stand at a time, of everybody or of one person, the gravest first, then the oldest."""
    found = [notice for one in rounds for notice in of_round(one, now, person)]
    return sorted(found, key=lambda one: (KINDS.index(one.what), one.at, one.id))
