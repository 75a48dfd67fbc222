"""What is compared with a register: handles, hosts, members, Presidencies, embargoed terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from g20desk.rulebook.facts import Facts
from g20desk.rulebook.kinds import Hit, test
from g20desk.rulebook.reading import Reading, within
from g20desk.rulebook.rule import Rule
from g20desk.rulebook.scripts import near, skeleton

_HOST = re.compile(r"(?i)(?:https?://)?(?:[^\s/?#@]{0,100}@)?([^\s/?#:@]{1,260})")
_SCHEME = re.compile(r"(?i)https?://")
_AFFIX = re.compile(r"(?:official|real|news|hq|live|press|media|online|team|summit|\d{1,4}\Z)", re.IGNORECASE)


def host(link: str) -> str:
    """The host of an address, small, without `www.`."""
    found = _HOST.match(link)
    return found[1].lower().removeprefix("www.").rstrip(".") if found else ""


def known_host(name: str, facts: Facts) -> bool:
    """Whether a host, or one above it, is in the register."""
    parts = name.split(".")
    if any(".".join(parts[n:]) in facts.hosts for n in range(len(parts) - 1)):
        return True
    return any(f".{name}".endswith(f".{suffix}") for suffix in facts.suffixes)


def known_handle(name: str, facts: Facts) -> bool:
    """Whether a handle is in the register, or its server or domain is."""
    plain = name.lstrip("@").lower()
    user, _, server = plain.partition("@")
    return plain in facts.handles or (user in facts.handles and not server) or known_host(server or plain, facts)


@test("unknown-host", "/", "www.")
def unknown_host(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A link to a host that is not in the register."""
    return (Hit(s, e) for s, e in reading.links if not known_host(host(reading.text[s:e]), facts))


@test("look-alike-host", "/", "www.")
def look_alike_host(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A host that is not registered and looks like one that is, or carries the name of the G20."""
    for s, e in reading.links:
        name = host(reading.text[s:e])
        if known_host(name, facts):
            continue
        looks = skeleton(name)
        real = next((host for host, other in _registered(facts.hosts) if looks == other or _close(name, host)), "")
        if real or "g2o" in looks.replace("g20", "g2o"):
            fix = None
            if real:
                at = reading.text.lower().index(name, s)
                yield Hit(at, at + len(name), real)
                continue
            yield Hit(s, e, fix)


def _close(name: str, real: str) -> bool:
    """One letter off in a name of six and more, the ending alike."""
    mine, _, top = name.rpartition(".")
    other, _, right = real.rpartition(".")
    return len(other) >= 6 and mine != other and top == right and near(mine, other, 1)


@test("unknown-handle", "@")
def unknown_handle(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A mention of an account that is neither registered nor looks like one that is."""
    for s, e in reading.mentions:
        name = reading.text[s:e]
        if not known_handle(name, facts) and not _imitated(name, facts):
            yield Hit(s, e)


@test("look-alike-handle", "@")
def look_alike_handle(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A mention that passes for a registered one."""
    for s, e in reading.mentions:
        real = "" if known_handle(reading.text[s:e], facts) else _imitated(reading.text[s:e], facts)
        if real:
            yield Hit(s, e, f"@{real}")


@lru_cache(4)
def _registered(handles: frozenset[str]) -> list[tuple[str, str]]:
    """Each handle and what it looks like, in order."""
    return [(handle, skeleton(handle)) for handle in sorted(handles)]


def _imitated(name: str, facts: Facts) -> str:
    plain = name.lstrip("@").partition("@")[0].lower()
    looks = skeleton(plain.partition(".")[0] if plain.endswith(".bsky.social") else plain)
    bare = skeleton(_AFFIX.sub("", plain).strip("_."))
    for real, other in _registered(facts.handles):
        if looks == other or (bare == other and bare != looks and len(real) > 2):
            return real
        if (len(other) >= 6 and near(looks, other, 1)) or (len(other) >= 9 and near(looks, other, 2)):
            return real
    return ""


@test("unofficial", "@", "/", "www.")
def unofficial(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A mention or link that leads outside the registers."""
    for s, e in reading.places:
        found = reading.text[s:e]
        if not (known_handle(found, facts) if found.startswith("@") else known_host(host(found), facts)):
            yield Hit(s, e)


@test("no-official-link")
def no_official_link(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """No link to a registered host."""
    if reading.text.strip() and not any(known_host(host(reading.text[s:e]), facts) for s, e in reading.links):
        yield Hit(0, len(reading.text))


@test("members-order", known=lambda facts: chain.from_iterable(facts.members.values()))
def members_order(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """Members listed, at least as many as `least`, not in the order of the alphabet."""
    listed = facts.members.get(reading.lang, ())
    if not listed:
        return
    for match in _lists(listed, rule.least).finditer(reading.text):
        found = [m[0] for m in _members(listed).finditer(reading.text, *match.span())]
        right = sorted(found, key=lambda n: n.casefold())
        if found != right:
            answers = iter(right)
            fix = _members(listed).sub(lambda _, a=answers: next(a), match[0])  # type: ignore[misc]
            yield Hit(*match.span(), fix)


@lru_cache(8)
def _members(listed: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(n) for n in sorted(listed, key=len, reverse=True)))


@lru_cache(8)
def _lists(listed: tuple[str, ...], least: int) -> re.Pattern[str]:
    one = rf"(?:{_members(listed).pattern})"
    between = r"(?:,? (?:and|et|y|e|и) (?:the |la |le |l’|les )?|, (?:the |la |le |l’|les )?|、|和|، ?| و)"
    return re.compile(rf"(?<!\w){one}(?:{between}{one}){{{least - 1},24}}(?!\w)")


_NAME = r"[A-Z]\w{1,20}(?: (?:of )?[A-Z]\w{1,20}){0,2}"
_HELD = r"(?:held|holds|hosted|assumed|took over|chaired|had|ran) the (?:G20 )?Presidency"
_YEAR = r"20\d\d"
_TERM = re.compile(
    "|".join(
        rf"\b{form.replace('NAME', f'(?P<n{n}>{_NAME})').replace('YEAR', f'(?P<y{n}>{_YEAR})')}\b"
        for n, form in enumerate((
            "YEAR (?:G20 )?Presidency (?:of|held by) (?:the )?NAME",
            "NAME(?:['’]s?)? YEAR (?:G20 )?Presidency",
            "NAME(?:['’]s?)? (?:G20 )?Presidency,? (?:of|in) YEAR",
            "Presidency of (?:the )?NAME,? (?:in |\\()YEAR",
            f"NAME {_HELD},? (?:of|in) YEAR",
            f"[Ii]n YEAR,? (?:when )?(?:the )?NAME {_HELD}",
            "[Ii]n YEAR,? (?:under|during) (?:the )?(?:G20 )?Presidency of (?:the )?NAME",
            "[Ii]n YEAR,? (?:under|during) (?:the )?NAME(?:['’]s?)? (?:G20 )?Presidency",
        ))
    )
)  # fmt: skip
_SUMMIT = re.compile(r"\b(?P<y>20\d\d) (?:G20 )?(?P<p>[A-Z]\w+(?: [A-Z]\w+)?) (?:G20 )?(?:Leaders['’] )?(?:Summit|Declaration|Communiqué)"
                     r"|\b(?P<p2>[A-Z]\w+(?: [A-Z]\w+)?) (?:G20 )?(?:Leaders['’] )?(?:Summit|Declaration|Communiqué)(?: of | in |, | \()(?P<y2>20\d\d)")  # fmt: skip


@test("presidency-year", "presidency")
def presidency_year(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A Presidency beside a year in which another member held it: the year is marked."""
    for match in _TERM.finditer(reading.text):
        number = next(n for n in "01234567" if match["n" + n])
        member = match["n" + number].removesuffix("’s").removeprefix("G20 ").removesuffix(" G20").removeprefix("In ")
        member = facts.adjectives.get(member, member)
        years = [y for y, held in facts.presidencies.items() if member in held]
        if years and match["y" + number] not in years and match["y" + number] <= max(facts.presidencies):
            yield Hit(*match.span("y" + number), years[0] if len(years) == 1 else None)


@test("summit-year", "summit", "declaration", "communiqué")
def summit_year(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A summit's place beside another summit's year."""
    for match in _SUMMIT.finditer(reading.text):
        number = "" if match["p"] else "2"
        words = match["p" + number].split()
        place = next((p for p in (" ".join(words), words[-1]) if p in facts.summits), "")
        if place and match["y" + number] not in facts.summits[place]:
            years = facts.summits[place]
            yield Hit(*match.span("y" + number), years[0] if len(years) == 1 else None)


@test("embargoed", known=lambda facts: facts.embargoed)
def embargoed(reading: Reading, rule: Rule, facts: Facts) -> Iterator[Hit]:
    """A term of the embargo register."""
    for term in facts.embargoed:
        at = reading.low.find(term.lower())
        if at >= 0 and not within(reading.links, at):
            yield Hit(at, at + len(term))
