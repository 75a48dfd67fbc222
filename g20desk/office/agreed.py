"""A set of agreed language that an office took over: what stands in the record of it, and what its file holds. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import canonical, pieces
from g20desk.office.form import LANG

MOST_UNITS = 50_000
LONGEST = 5_000
MOST_BYTES = 16_000_000
# What no wording holds: controls but tab and line end, what turns the direction about, halves of signs, what is no sign.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_PLAIN = ("id", "summit", "paragraph", "basis", "topic")


@dataclass(frozen=True, slots=True)
class AgreedSet:
    """A set by its name and the digest of its file: proposed by one person, and part of the library once a second one has
    signed the same."""

    event: str
    name: str
    digest: str
    note: pieces.Ref
    file: pieces.Ref
    by: str
    at: int
    adopted_by: str = ""
    adopted_at: int = 0


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of agreed wording in one language or in several, letter for letter; where it was agreed, and how that was
    confirmed."""

    texts: Mapping[str, str]
    id: str = ""
    summit: str = ""
    year: int = 0
    paragraph: str = ""
    basis: str = ""
    topic: str = ""

    @property
    def source(self) -> str:
        """Where it comes from, for people: “Pittsburgh 2009, 19”."""
        where = " ".join(filter(None, (self.summit, str(self.year or ""))))
        return ", ".join(filter(None, (where, self.paragraph)))


def digest(data: bytes) -> str:
    """The digest by which a set is adopted."""
    return canonical.digest("agreed", data)


def packed(units: Iterable[Unit]) -> bytes:
    """The file of a set. Raises NotCanonical for what can't be signed."""
    return canonical.dumps(
        [
            {
                name: value
                for name, value in (
                    ("texts", dict(one.texts)), ("year", one.year), *((name, getattr(one, name)) for name in _PLAIN),
                )
                if value
            }
            for one in units
        ]
    )  # fmt: skip


def unpacked(data: bytes) -> tuple[Unit, ...]:
    """What a set's file holds. Raises Refused where it is none."""
    try:
        found = canonical.loads(data)
    except canonical.NotCanonical as error:
        raise _broken() from error
    if not isinstance(found, list) or not 0 < len(found) <= MOST_UNITS:
        raise _broken()
    return tuple(map(_unit, found))


def _unit(value: Any) -> Unit:
    if not isinstance(value, dict) or not set(value) <= {"texts", "year", *_PLAIN}:
        raise _broken()
    texts, year = value.get("texts"), value.get("year", 0)
    words = [value.get(name, "") for name in _PLAIN]
    if not isinstance(texts, dict) or not texts or type(year) is not int or not all(isinstance(w, str) for w in words):
        raise _broken()
    if any(not LANG.match(lang) or not isinstance(said, str) or why_not(said) for lang, said in texts.items()):
        raise _broken()
    return Unit(dict(texts), year=year, **dict(zip(_PLAIN, words, strict=True)))


def why_not(text: str) -> str:
    """Why a text is no wording to agree on; empty where it is."""
    if not text.strip():
        return "there is no text"
    if len(text) > LONGEST:
        return f"it is longer than {LONGEST} signs"
    if bad := FORBIDDEN.search(text):
        return f"U+{ord(bad[0]):04X} is no sign to write with"
    return ""


def _broken() -> Refused:
    return Refused("malformed", "This is no file of agreed language.", "Ask its author to propose it anew.")
