"""How far what was carried is from the line, word by word. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from g20desk.office.relays import plain, stands
from g20desk.text import word_spans

SAME, REMOVED, ADDED = "same", "removed", "added"
# What became of a word, besides SAME and ADDED: it stands before or after the line, another one stands in its place, it is
# gone, or it was of a locked phrase that stands no more.
AROUND, CHANGED, GONE, LOCKED = "around", "changed", "gone", "locked"
MOST = 1_500  # words that are compared; what comes behind them counts as one piece, for the time that comparing takes


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind in a row, as they were written: `how` is SAME, REMOVED or ADDED. `locked`: of a locked phrase; of
    removed words, of one that stands no more. `instead`: words that went and words that came in their place."""

    how: str
    text: str
    locked: bool = False
    instead: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What was said beside the line. `ticks`: what became of each word, in order; `added`, `changed` and `gone` count them,
    `around` those before and after the line, which leave it as it is; `lost`: locked phrases that stand no more."""

    runs: tuple[Run, ...]
    ticks: tuple[str, ...]
    lost: tuple[str, ...] = ()

    def count(self, *hows: str) -> int:
        """How many words came to this."""
        return sum(one in hows for one in self.ticks)

    @property
    def drifted(self) -> bool:
        """Whether the line does not stand word for word."""
        return bool(self.lost) or any(one not in (SAME, AROUND) for one in self.ticks)


def words(text: str) -> list[str]:
    """The words of a text, as they are compared: composed, case folded, without signs between them."""
    return [word for word, _, _ in word_spans(text)]


def drift(line: str, said: str) -> float:
    """Words added, removed or changed, over the words of the line; at most 1. 0: word for word."""
    wanted, found = words(line), words(said)
    if not wanted:
        return 0.0 if not found else 1.0
    return min(1.0, sum(max(len(gone), len(new)) for gone, new in changes(wanted, found)) / len(wanted))


def changes(wanted: Sequence[str], found: Sequence[str]) -> list[tuple[Sequence[str], Sequence[str]]]:
    """The words that went, and those that came in their place, place by place."""
    return [(wanted[a:b], found[c:d]) for how, a, b, c, d in _codes(wanted, found) if how != "equal"]


def broken(line: str, said: str) -> bool:
    """Whether the line does not stand word for word: words around it alone do not break it, words between its own do."""
    return marks(line, [said]).drifted


def _codes(wanted: Sequence[str], found: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """What is equal, replaced, deleted and inserted, as difflib has it; beyond MOST words in one piece."""
    import difflib  # slow to load, and most starts measure nothing

    matcher = difflib.SequenceMatcher(None, wanted[:MOST], found[:MOST], autojunk=False)
    made: list[tuple[str, int, int, int, int]] = list(matcher.get_opcodes())
    if len(wanted) > MOST or len(found) > MOST:
        same = wanted[MOST:] == found[MOST:]
        a, c = min(len(wanted), MOST), min(len(found), MOST)
        made.append(("equal" if same else "replace", a, len(wanted), c, len(found)))
    return made


def marks(line: str, posts: Sequence[str], locks: Iterable[str] = ()) -> Marks:
    """What was said, post by post, marked against the line and the phrases that it locks."""
    line, said = plain(line), plain(" ".join(posts))
    old, new = word_spans(line), word_spans(said)
    phrases = [plain(one) for one in locks]
    lost = tuple(one for one in phrases if not any(stands(one, post) for post in posts))
    gone, kept = _spans(line, lost), _spans(said, [one for one in phrases if one not in lost])
    dear = [_inside(start, end, gone) for _, start, end in old]
    begins = [start for _, start, _ in new] + [len(said)]
    runs, ticks = [Run(SAME, said[: begins[0]])], []
    for how, a, b, c, d in _codes([word for word, *_ in old], [word for word, *_ in new]):
        if how == "equal":
            ticks += [SAME] * (b - a)
            runs += _tinted(SAME, said, begins[c], begins[d], kept)
            continue
        around = how == "insert" and bool(old) and a in (0, len(old))
        ticks += [AROUND] * (d - c) if around else _worst(dear[a:b], d - c)
        for locked, group in groupby(range(a, b), dear.__getitem__):
            first, *rest = group
            text = _went(line, old, first, rest[-1] if rest else first)
            runs.append(Run(REMOVED, text, locked, how == "replace"))
        if c < d:
            end = new[d - 1][2]
            runs += _tinted(SAME if around else ADDED, said, begins[c], end, kept, how == "replace")
            runs.append(Run(SAME, said[end : begins[d]]))
    return Marks(tuple(one for one in runs if one.text), tuple(ticks), lost)


def _went(line: str, old: Sequence[tuple[str, int, int]], first: int, last: int) -> str:
    """Words that went, with the space that stood behind them."""
    end = old[last][2]
    behind = line[end : old[last + 1][1] if last + 1 < len(old) else len(line)]
    return line[old[first][1] : end] + (" " if " " in behind else "")


def _worst(dear: Sequence[bool], came: int) -> list[str]:
    """What became of words of the line, some of locked phrases, in whose place so many came."""
    made = [LOCKED if locked else CHANGED if n < came else GONE for n, locked in enumerate(dear)]
    return made + [ADDED] * (came - len(dear))


def _spans(text: str, phrases: Iterable[str]) -> list[tuple[int, int]]:
    """Where phrases stand in a text, each time that they do."""
    made = []
    for one in phrases:
        at = text.find(one)
        while one and at >= 0:
            made.append((at, at + len(one)))
            at = text.find(one, at + len(one))
    return made


def _inside(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < last and end > first for first, last in spans)


def _tinted(
    how: str, text: str, start: int, end: int, spans: Iterable[tuple[int, int]], instead: bool = False
) -> list[Run]:
    """A stretch of a text, cut where locked phrases begin and end."""
    cuts = sorted({start, end, *(one for span in spans for one in span if start < one < end)})
    return [Run(how, text[a:b], _inside(a, b, spans), instead) for a, b in pairwise(cuts)]


def diff(line: str, said: str) -> list[tuple[str, str]]:
    """Runs of (same | removed | added, text), for a reader: the texts' own words, joined by spaces."""
    old, new = line.split(), said.split()
    made: list[tuple[str, str]] = []
    import difflib

    matcher = difflib.SequenceMatcher(None, old[:MOST], new[:MOST], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            made.append((SAME, " ".join(old[a:b])))
            continue
        made += [(what, " ".join(run)) for what, run in ((REMOVED, old[a:b]), (ADDED, new[c:d])) if run]
    return made
