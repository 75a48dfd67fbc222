"""The pairs, and what the method makes of them: precision and recall of each verdict."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from g20desk.desk.checking import rulebook
from g20desk.desk.likening import lexicon
from g20desk.rulebook.likeness.judging import (
    CARRIED,
    CONTRADICTS,
    NEAR,
    PARAPHRASE,
    TRANSLATED,
    UNRELATED,
    Agreed,
    Likeness,
    Read,
    judge,
)
from g20desk.rulebook.likeness.lexicon import Lexicon

VERDICTS = (CARRIED, NEAR, CONTRADICTS, PARAPHRASE, TRANSLATED, UNRELATED)
PAIRS = Path(__file__).with_name("pairs")


@dataclass(frozen=True)
class Pair:
    """A line, what a post says, and what a careful editor calls it."""

    agreed: Agreed
    text: str
    lang: str
    wants: str


@dataclass
class Score:
    """How often each verdict was wanted and given."""

    met: Counter[tuple[str, str]] = field(default_factory=Counter)

    def precision(self, *verdicts: str) -> float:
        given = sum(n for (_, got), n in self.met.items() if got in verdicts)
        return self._both(verdicts) / given if given else 1.0

    def recall(self, *verdicts: str) -> float:
        return self._both(verdicts) / sum(n for (wants, _), n in self.met.items() if wants in verdicts)

    def _both(self, verdicts: tuple[str, ...]) -> int:
        return sum(n for (wants, got), n in self.met.items() if wants in verdicts and got in verdicts)

    def table(self, title: str) -> str:
        lines = [f"{title}: {sum(self.met.values())} pairs", f"{'':<14}{'precision':>10}{'recall':>8}{'pairs':>7}"]
        for verdict in VERDICTS:
            many = sum(n for (wants, _), n in self.met.items() if wants == verdict)
            lines.append(f"{verdict:<14}{self.precision(verdict):>10.2f}{self.recall(verdict):>8.2f}{many:>7}")
        warned = (NEAR, CONTRADICTS)
        many = sum(n for (wants, _), n in self.met.items() if wants in warned)
        lines.append(f"{'warned at all':<14}{self.precision(*warned):>10.2f}{self.recall(*warned):>8.2f}{many:>7}")
        return "\n".join(lines)


def pairs(half: str) -> Iterator[Pair]:
    """The pairs of a half."""
    for number, line in enumerate(tomllib.loads((PAIRS / f"{half}.toml").read_text("utf-8"))["line"]):
        agreed = Agreed(f"{half}-{number}", line.get("lang", "en"), line["text"], tuple(line.get("lock", ())))
        for wants, text, *lang in line["says"]:
            yield Pair(agreed, text, lang[0] if lang else agreed.lang, wants)


def table() -> Lexicon:
    """The table of words with the names of members."""
    return lexicon(tuple(rulebook().facts.members.items()))


def judged(pair: Pair) -> Likeness:
    """What the method says of a pair."""
    words = table()
    return judge(pair.agreed, Read(pair.agreed.text, pair.agreed.lang, words), Read(pair.text, pair.lang, words))


def measured(half: str) -> Score:
    """All pairs of a half."""
    score = Score()
    for pair in pairs(half):
        score.met[pair.wants, judged(pair).verdict] += 1
    return score
