"""Which entries hold a word, kept so that a keystroke only looks up. Pure."""

from __future__ import annotations

import bisect
import math
from collections.abc import Iterable

# Words that begin like the one that is being written: as many are looked at.
MOST_BEGINNINGS = 400


class WordIndex:
    """Numbers of entries by their words."""

    def __init__(self) -> None:
        self._lists: dict[str, list[int]] = {}
        self._sorted: list[str] = []
        self._fresh: list[str] = []
        self.keys: dict[int, tuple[str, ...]] = {}

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, number: int, keys: Iterable[str]) -> None:
        """Put an entry in, by its words in their order. Numbers only grow."""
        found = tuple(keys)
        for one in set(found):
            held = self._lists.get(one)
            if held is None:
                held = self._lists[one] = []
                self._fresh.append(one)
            held.append(number)
        self.keys[number] = found

    def drop(self, number: int) -> None:
        """Take an entry out."""
        for one in set(self.keys.pop(number, ())):
            held = self._lists[one]
            at = bisect.bisect_left(held, number)
            if at < len(held) and held[at] == number:
                del held[at]

    def having(self, word: str) -> list[int]:
        """The entries that hold a word."""
        return self._lists.get(word, [])

    def beginning(self, start: str) -> list[str]:
        """The words that begin so, as many as are looked at."""
        if self._fresh:
            self._sorted = sorted({*self._sorted, *self._fresh})
            self._fresh = []
        low = bisect.bisect_left(self._sorted, start)
        high = bisect.bisect_left(
            self._sorted, start + "\U0010ffff", low, min(len(self._sorted), low + MOST_BEGINNINGS)
        )
        return self._sorted[low:high]

    def weight(self, word: str) -> float:
        """How much a word tells: rare ones more, short ones less. A sign of an unspaced script is short by nature."""
        held = len(self._lists.get(word, ()))
        rare = math.log(1 + (len(self.keys) + 1) / (held + 0.5))
        return rare * (min(1.0, len(word) / 5) if word[0] < "\u0e00" else 0.5)

    def common(self, word: str) -> bool:
        """Whether so many entries hold a word that it leads to none of them."""
        return len(self._lists.get(word, ())) > max(50, len(self.keys) // 20)
