"""How far what was carried is from the line, word by word. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from g20desk.text import word_spans

SAME, REMOVED, ADDED = "same", "removed", "added"


def words(text: str) -> list[str]:
    """The words of a text, as they are compared: composed, case folded, without signs between them."""
    return [word for word, _, _ in word_spans(text)]


def drift(line: str, said: str) -> float:
    """Words added, removed or changed, over the words of the line; at most 1. 0: word for word."""
    wanted, found = words(line), words(said)
    if not wanted:
        return 0.0 if not found else 1.0
    return min(1.0, sum(max(len(a), len(b)) for a, b in _changes(wanted, found)) / len(wanted))


def broken(line: str, said: str) -> bool:
    """Whether words of the line are gone or changed; words around or between them alone do not break it."""
    return any(gone for gone, _ in _changes(words(line), words(said)))


def _changes(wanted: Sequence[str], found: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]]:
    matcher = difflib.SequenceMatcher(None, wanted, found, autojunk=False)
    return [(wanted[a:b], found[c:d]) for tag, a, b, c, d in matcher.get_opcodes() if tag != "equal"]


def diff(line: str, said: str) -> list[tuple[str, str]]:
    """Runs of (same | removed | added, text), for a reader: the texts' own words, joined by spaces."""
    old, new = line.split(), said.split()
    made: list[tuple[str, str]] = []
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            made.append((SAME, " ".join(old[a:b])))
            continue
        made += [(what, " ".join(run)) for what, run in ((REMOVED, old[a:b]), (ADDED, new[c:d])) if run]
    return made
