"""Two versions that were written apart become one, place by place. Pure: no widgets, no desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from g20desk.office import wording
from ui.composer.model import SPLIT

Where = tuple[str, str]
NOTE: Where = ("", "note")


@dataclass
class Place:
    """Where the versions differ: the words of each, and which of them was chosen (0 none, 1, 2)."""

    first: str
    second: str
    chosen: int = 0

    def words(self) -> str:
        """What stands here now."""
        return self.second if self.chosen == 2 else self.first


@dataclass
class Merging:
    """Each text as a row of words that both have and places where they differ."""

    people: tuple[str, str]
    runs: dict[Where, list[str | Place]] = field(default_factory=dict)

    def places(self) -> list[Place]:
        """All places, in reading order."""
        return [one for runs in self.runs.values() for one in runs if isinstance(one, Place)]

    def left(self) -> int:
        """How many are not chosen yet."""
        return sum(not p.chosen for p in self.places())

    def text(self, where: Where) -> str:
        """The text as it is chosen so far."""
        return "".join(one if isinstance(one, str) else one.words() for one in self.runs.get(where, ()))


def texts_of(version: dict[str, Any]) -> dict[Where, str]:
    """A version's texts and note, each whole."""
    made = {(x["lang"], x.get("network", "")): SPLIT.join(x["parts"]) for x in version["texts"]}
    return {**made, NOTE: version["note"]} if version.get("note") else made


def runs(old: str, new: str) -> list[str | Place]:
    """Words that both have as text; what differs as places."""
    made: list[str | Place] = []
    for how, words in wording.diff(old, new):
        last = made[-1] if made else ""
        if how == "same":
            made.append(words)
        elif how == "added" and isinstance(last, Place) and not last.second:
            last.second = words
        else:
            made.append(Place(words, "") if how == "removed" else Place("", words))
    return made


def begin(one: dict[Where, str], two: dict[Where, str], people: tuple[str, str]) -> Merging:
    """The two texts side by side."""
    order = sorted({*one, *two}, key=lambda where: (where == NOTE, where))
    return Merging(people, {where: runs(one.get(where, ""), two.get(where, "")) for where in order})
