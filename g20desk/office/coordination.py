"""What clashes among things that are planned, over accounts and members: other words on the same line or topic near in time,
a line that is over, an embargo broken, a day of mourning, two posts too near on one account. For each one way out. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from g20desk.office import quiet
from g20desk.office.drift import broken, drift
from g20desk.office.state import Account, Office

NEAR_MS = 6 * 3_600_000
QUARTER = 900_000
ALIKE = 0.5
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True, slots=True)
class Fact:
    """What stands about a line: its state, until when it holds in milliseconds (0: open), the agreed line in its place, the
    first of the lines that took each other's place, and its texts per language."""

    state: str
    until: int = 0
    superseded_by: str = ""
    root: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Saying:
    """Something that is to be said: when (milliseconds), on which accounts, on which topic, after which line, in which words
    per language as far as they are known. `not_before`: the end of its embargo; `over`: it is out, or will not be."""

    id: str
    at: int
    title: str
    accounts: tuple[Account, ...] = ()
    topic: str = ""
    line: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    not_before: int = 0
    kind: str = "news"
    despite: frozenset[str] = frozenset()
    over: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """The one way out that is proposed: `move` the saying `id` to a time, carry another `line`, or `look` at both."""

    how: str
    id: str
    to: int = 0
    line: str = ""


@dataclass(frozen=True, slots=True)
class Clash:
    """What clashes: its kind; the sayings, one or two; the account where it is of one; until when where it ends."""

    kind: str
    ids: tuple[str, ...]
    way: Way
    account: str = ""
    until: int = 0
    of: str = ""


Texts = Mapping[str, str]


def clashes(
    office: Office, sayings: Iterable[Saying], lines: Mapping[str, Fact], apart: Mapping[str, int],
    otherwise: Callable[[Texts, Texts], bool],
) -> list[Clash]:  # fmt: skip
    """All clashes, in the order of their times. `apart`: how far apart posts on an account are to be, by its id; `otherwise`: whether
    two texts, per language, say something else of the same."""
    planned = sorted((one for one in sayings if one.at and not one.over), key=lambda one: (one.at, one.id))
    ends = _embargoes(planned)
    made: list[tuple[int, Clash]] = []
    for one in planned:
        made += [(one.at, clash) for clash in (*_line_of(one, lines), *_quiet(office, one), *_broken(one, ends))]
    for a, b in _near(planned):
        made += [(a.at, clash) for clash in (*_words(a, b, lines, otherwise), *_close(a, b, apart))]
    return [clash for _, clash in sorted(made, key=lambda pair: (pair[0], pair[1].kind))]


def _line_of(one: Saying, lines: Mapping[str, Fact]) -> Iterator[Clash]:
    """What is wrong with the line that it carries, at its time."""
    fact = lines.get(one.line)
    if fact is None:
        return
    if fact.superseded_by:
        yield Clash("superseded", (one.id,), Way("line", one.id, line=fact.superseded_by))
    elif fact.state in ("expired", "withdrawn"):
        yield Clash("line-over", (one.id,), Way("look", one.id), until=fact.until)
    elif fact.until and fact.until <= one.at:
        earlier = (fact.until - 1) // QUARTER * QUARTER
        yield Clash("line-over", (one.id,), Way("move", one.id, earlier), until=fact.until)
    elif fact.state in ("draft", "submitted"):
        yield Clash("not-agreed", (one.id,), Way("look", one.id))


def _quiet(office: Office, one: Saying) -> Iterator[Clash]:
    """Embargoes of the office, and days of mourning of those who say it; of the Presidency's for the office's own accounts."""
    content = {"c.topic": one.topic, "c.kind": one.kind}
    presidency = office.troika[1] if len(office.troika) == 3 else ""
    for account in one.accounts:
        embargo = office.embargo(account.id, one.topic, one.at)
        if embargo is not None:
            yield Clash("embargo", (one.id,), Way("move", one.id, embargo.until), account.name, embargo.until)
        days = quiet.mourned(office, content, account, one.at)
        if account.owner == "official" and presidency and one.kind not in quiet.SOLEMN:
            days += tuple(d for d in office.mournings.values()
                          if d not in days and d.government and d.covers(f"presidency:{presidency}", one.at))  # fmt: skip
        for day in days:
            if day.id not in one.despite:
                yield Clash(
                    "mourning", (one.id,), Way("move", one.id, day.until), account.name, day.until, day.government
                )


def _embargoes(planned: Sequence[Saying]) -> dict[str, list[Saying]]:
    """The sayings under embargo, by their topic and by their line."""
    made: dict[str, list[Saying]] = {}
    for one in planned:
        for key in (f"topic {one.topic}", f"line {one.line}") if one.not_before else ():
            if not key.endswith(" "):
                made.setdefault(key, []).append(one)
    return made


def _broken(one: Saying, ends: Mapping[str, list[Saying]]) -> Iterator[Clash]:
    """Whether it says before its time what it, or another, is to keep until then."""
    if one.not_before > one.at:
        yield Clash("embargo", (one.id,), Way("move", one.id, one.not_before), until=one.not_before)
        return
    kept = [*ends.get(f"line {one.line}", ()), *ends.get(f"topic {one.topic}", ())]
    later = [other for other in kept if other.id != one.id and other.not_before > one.at]
    if later:
        last = max(later, key=lambda other: other.not_before)
        yield Clash("embargo", (one.id, last.id), Way("move", one.id, last.not_before), until=last.not_before)


def _near(planned: Sequence[Saying]) -> Iterator[tuple[Saying, Saying]]:
    """Pairs within a few hours that have a topic, a line or an account in common."""
    for n, a in enumerate(planned):
        for b in planned[n + 1 :]:
            if b.at - a.at >= NEAR_MS:
                break
            if (a.topic and a.topic == b.topic) or a.line == b.line != "" or _shared(a, b):
                yield a, b


def _shared(a: Saying, b: Saying) -> list[Account]:
    mine = {one.id for one in a.accounts}
    return [one for one in b.accounts if one.id in mine]


def _words(
    a: Saying, b: Saying, lines: Mapping[str, Fact], otherwise: Callable[[Texts, Texts], bool]
) -> Iterator[Clash]:
    """Whether two say something else on the same."""
    if not ((a.topic and a.topic == b.topic) or a.line == b.line != ""):
        return
    if a.line and b.line and a.line != b.line:
        first, second = lines.get(a.line), lines.get(b.line)
        if first and second and (first.root or a.line) == (second.root or b.line):
            old, new = (a, b.line) if first.superseded_by else (b, a.line)
            yield Clash("other-version", (a.id, b.id), Way("line", old.id, line=new))
        elif first and second and otherwise(first.texts, second.texts):
            yield Clash("other-words", (a.id, b.id), Way("look", b.id))
        return
    wanted = lines[a.line].texts if a.line == b.line and a.line in lines else {}
    for one, other in ((a, b), (b, a)):
        said = {lang: text for lang, text in one.said.items() if wanted.get(lang)}
        if any(broken(wanted[lang], text) for lang, text in said.items()):
            yield Clash("other-words", (other.id, one.id), Way("look", one.id))
            return
    if otherwise(a.said, b.said):
        yield Clash("other-words", (a.id, b.id), Way("look", b.id))


def unlike(first: Mapping[str, str], second: Mapping[str, str]) -> bool:
    """Whether two say nearly the same with other figures, in a language that both are in."""
    return any(
        0 < drift(first[lang], second[lang]) <= ALIKE and _figures(first[lang]) != _figures(second[lang])
        for lang in first.keys() & second.keys()
    )


def _figures(text: str) -> set[Any]:
    return {one.strip(".,") for one in _NUMBER.findall(text)}


def _close(a: Saying, b: Saying, apart: Mapping[str, int]) -> Iterator[Clash]:
    for account in _shared(a, b):
        distance = apart.get(account.id, 0)
        if b.at - a.at < distance:
            yield Clash("too-close", (a.id, b.id), Way("move", b.id, a.at + distance), account.name)
