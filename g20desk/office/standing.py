"""Where agreed wording stands in a text, letter for letter. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from g20desk.office.library import SHORT, Entry, plain, unspaced, words

HEAD = 12


@dataclass(frozen=True, slots=True)
class Standing:
    """An entry that stands in a text, from `start` to before `end`, in code points."""

    start: int
    end: int
    entry: Entry


class Standings:
    """Entries of one language by how they begin."""

    def __init__(self) -> None:
        self._heads: dict[str, dict[int, tuple[str, Entry]]] = {}
        self._short: dict[int, int] = {}

    def add(self, number: int, entry: Entry) -> None:
        """Put an entry in; one of a single word is found in too many places."""
        said = plain(entry.text)
        said = entry.text if said == entry.text else said
        if len([*islice(words(said), SHORT)]) == SHORT:
            self._heads.setdefault(said[:HEAD], {})[number] = said, entry
            if len(said) < HEAD:
                self._short[len(said)] = self._short.get(len(said), 0) + 1

    def drop(self, number: int, entry: Entry) -> None:
        """Take an entry out."""
        said = plain(entry.text)
        if self._heads.get(said[:HEAD], {}).pop(number, None) and len(said) < HEAD:
            self._short[len(said)] -= 1

    def find(self, text: str, now: int) -> list[Standing]:
        """What stands in a text, in order, the longest at each place; of an equal one that several sources have, the first."""
        said, places = _composed(text)
        made, at = [], 0
        while at < len(said):
            found = self._at(said, at, now) if _begins(said, at) else None
            if found is None:
                at += 1
                continue
            wording, entry = found
            made.append(Standing(places[at], places[at + len(wording)], entry))
            at += len(wording)
        return made

    def _at(self, said: str, at: int, now: int) -> tuple[str, Entry] | None:
        best: tuple[str, Entry] | None = None
        for size in (HEAD, *(n for n, count in self._short.items() if count)):
            for wording, entry in self._heads.get(said[at : at + size], {}).values():
                if best is not None and len(best[0]) >= len(wording):
                    continue
                if said.startswith(wording, at) and _ends(said, at + len(wording)) and entry.stands(now):
                    best = wording, entry
        return best


def _composed(text: str) -> tuple[str, list[int]]:
    """A text as wording is compared, and the place in it of each of its signs and of its end."""
    made: list[str] = []
    places: list[int] = []
    for start, end in _clusters(text):
        sign = unicodedata.normalize("NFC", text[start:end])
        if sign.isspace():
            if made and made[-1] == " ":
                continue
            sign = " "
        made.append(sign)
        places += [start] * len(sign)
    return "".join(made), [*places, len(text.rstrip())]


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each sign with the marks on it."""
    start = 0
    for at in range(1, len(text)):
        if not unicodedata.combining(text[at]):
            yield start, at
            start = at
    if text:
        yield start, len(text)


def _letter(sign: str) -> bool:
    return sign.isalnum() and not unspaced(sign)


def _begins(said: str, at: int) -> bool:
    return not said[at].isspace() and not (at and _letter(said[at - 1]) and _letter(said[at]))


def _ends(said: str, at: int) -> bool:
    return at >= len(said) or not (_letter(said[at - 1]) and _letter(said[at]))
