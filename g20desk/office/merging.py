"""Versions of a draft that were written apart become one: three-way, part by part, texts word by word. Pure.

Against the version that both go on from, each difference is one person's, or both made it alike, or both made another. What
both made alike is agreed. What one alone changed can be taken over, and is shown. What both changed is for a person.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher
from typing import Any

from g20desk.office.content import PIECE, Content, PictureFile, Text, Wording, from_json
from g20desk.office.form import LINE
from g20desk.office.wording import TOKEN
from g20desk.text import SPLIT, posts

# A part of a message: "text" LANG NETWORK, "warning" and "visibility" alike, "note", "kind", "topic", "to" ACCOUNT,
# "picture" PATH, "at" PATH (the post that it goes with), "alt" PATH LANG, "order" (of pictures), "not_before", "corrects",
# "replies", "quotes", "poll"; of a line "lock", "tags", "do" and "dont" LANG (a line of text each), "until", "source", "supersedes".
Name = tuple[str, ...]
WORDS = ("text", "warning", "note", "alt", "topic", "lock", "tags", "do", "dont", "source")
ORDER = ("text", "warning", "visibility", "lock", "do", "dont", "tags", "picture", "at", "alt", "order", "poll", "note", "kind",
         "topic", "to", "not_before", "until", "source", "supersedes", "corrects", "replies", "quotes")  # fmt: skip
LINKS = ("corrects", "replies", "quotes")
LISTS = {"lock": "locks", "tags": "tags", "do": "do", "dont": "dont"}


@dataclass
class Place:
    """Where versions differ: the words of the version before, and of each of the two. `chosen`: what stands there in the
    end; None as long as nobody said."""

    was: str
    first: str
    second: str
    chosen: str | None = None

    @property
    def by(self) -> int:
        """Who changed it: 1, 2, or both, 3."""
        return (self.first != self.was) + 2 * (self.second != self.was)

    @property
    def agreed(self) -> bool:
        """Both changed it alike."""
        return self.first == self.second

    @property
    def open(self) -> bool:
        """Whether somebody has to say what stands here."""
        return self.chosen is None and not self.agreed

    def words(self) -> str:
        """What stands here now; what one alone changed is as that one has it."""
        if self.chosen is not None:
            return self.chosen
        return self.second if self.by == 2 else self.first


Runs = list[str | Place]


@dataclass
class Merging:
    """Each part in which the two differ, or both differ from before, as words that stand and places; the parts in which
    nothing differs, as they are."""

    parts: dict[Name, Runs]
    same: dict[Name, str] = field(default_factory=dict)

    def places(self, name: Name | None = None) -> list[Place]:
        """All places in reading order, those that are agreed left out; of one part, or of all."""
        named = self.parts.values() if name is None else [self.parts.get(name, [])]
        return [one for runs in named for one in runs if isinstance(one, Place) and not one.agreed]

    def open(self) -> list[Place]:
        """Where nobody has said yet."""
        return [place for place in self.places() if place.open]

    def conflicts(self) -> list[Name]:
        """The parts in which both changed something that nobody has said yet."""
        return [name for name in self.parts if any(p.open and p.by == 3 for p in self.places(name))]

    def take_single(self) -> list[Name]:
        """Take over what one alone changed; the parts in which that was so."""
        taken = {name: [p for p in self.places(name) if p.open and p.by != 3] for name in self.parts}
        for place in (place for places in taken.values() for place in places):
            place.chosen = place.words()
        return [name for name, places in taken.items() if places]

    def take(self, name: Name, which: int) -> None:
        """At all places of one part, the first or the second version."""
        for place in self.places(name):
            place.chosen = place.second if which == 2 else place.first

    def put(self, name: Name, words: str) -> None:
        """A part as somebody wrote it anew."""
        self.parts.pop(name, None)
        self.same[name] = words

    def value(self, name: Name) -> str:
        """A part as it stands now."""
        if name in self.parts:
            return "".join(one if isinstance(one, str) else one.words() for one in self.parts[name])
        return self.same.get(name, "")

    def content(self) -> Content:
        """The message as it stands now."""
        return assembled({name: self.value(name) for name in (*self.same, *self.parts)})


def begin(was: Content, first: Content, second: Content) -> Merging:
    """Two versions against the one that both go on from."""
    before, one, two = flat(was), flat(first), flat(second)
    if set(one["order",].split("\n")) != set(two["order",].split("\n")):
        # Which pictures there are is said of each; their order matters where it alone differs.
        for flattened in (before, one, two):
            del flattened["order",]
    made = Merging({})
    names = dict.fromkeys((*before, *one, *two))
    for name in sorted(names, key=lambda name: (ORDER.index(name[0]), name)):
        given = (before.get(name, ""), one.get(name, ""), two.get(name, ""))
        if given[1] == given[2] == given[0]:
            made.same[name] = given[0]
        elif name[0] in WORDS:
            made.parts[name] = runs(*given)
        else:
            made.parts[name] = [Place(*given)]
    return made


def runs(was: str, first: str, second: str) -> Runs:
    """Words that stand in all three, and the places between them."""
    old, one, two = (TOKEN.findall(text) for text in (was, first, second))
    in_one, in_two = _kept(old, one), _kept(old, two)
    made: Runs = []
    at = (0, 0, 0)
    for n in [*(n for n in range(len(old)) if n in in_one and n in in_two), len(old)]:
        here = (n, in_one.get(n, len(one)), in_two.get(n, len(two)))
        if here != at:
            cut = (words[a:b] for words, a, b in zip((old, one, two), at, here, strict=True))
            _add(made, Place(*("".join(words) for words in cut)))
        if n < len(old):
            _add(made, old[n])
        at = (here[0] + 1, here[1] + 1, here[2] + 1)
    return made


def _kept(old: list[str], new: list[str]) -> dict[int, int]:
    """Where each word that was kept stands in the new wording."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + n: block.b + n for block in blocks for n in range(block.size)}


def _add(made: Runs, run: str | Place) -> None:
    """One more run. What one person changed on both sides of a space is one place."""
    last = made[-1] if made else None
    if isinstance(run, str):
        if isinstance(last, str):
            made[-1] = last + run
        else:
            made.append(run)
        return
    before = made[-2] if len(made) > 1 else None
    if isinstance(last, str) and last.isspace() and isinstance(before, Place) and before.by == run.by and not (
        before.agreed or run.agreed
    ):  # fmt: skip
        del made[-1]
        made[-1] = Place(
            before.was + last + run.was, before.first + last + run.first, before.second + last + run.second
        )
    else:
        made.append(run)


def flat(content: Content) -> dict[Name, str]:
    """A message as its parts; what is not there is empty, or left out."""
    made: dict[Name, str] = {("kind",): content.kind, ("topic",): content.topic, ("note",): content.note}
    for text in content.texts:
        own = (text.lang, text.network)
        made["text", *own] = SPLIT.join(text.parts)
        made["warning", *own] = text.warning
        made["visibility", *own] = "" if text.visibility == "public" else text.visibility
    for account in content.to:
        made["to", account] = "yes"
    for picture in content.pictures:
        made["picture", picture.path] = "yes"
        made["at", picture.path] = str(picture.part)
        made |= {("alt", picture.path, lang): words for lang, words in picture.alt.items()}
    made["order",] = "\n".join(picture.path for picture in content.pictures)
    made["not_before",] = str(content.not_before or "")
    made |= {(how,): str(getattr(content, how)) for how in LINKS}
    made["poll",] = json.dumps(asdict(content.poll), ensure_ascii=False, sort_keys=True) if content.poll else ""
    if content.line is not None:
        for what, name in LISTS.items():
            made |= {(what, lang): "\n".join(said) for lang, said in getattr(content.line, name).items()}
        made["until",] = str(content.line.until or "")
        made |= {("source",): content.line.source, ("supersedes",): content.line.supersedes}
    return made


def assembled(parts: Mapping[Name, str]) -> Content:
    """The other way."""
    texts, to, pictures = [], [], []
    for name, value in parts.items():
        if name[0] == "text" and value.strip():
            own = name[1:]
            texts.append(
                Text(
                    own[0], posts(value), own[1], parts.get(("warning", *own), ""), parts.get(("visibility", *own), "")
                )
            )
        elif name[0] == "to" and value:
            to.append(name[1])
        elif name[0] == "picture" and value:
            alt = {n[2]: words for n, words in parts.items() if n[:2] == ("alt", name[1]) and words}
            pictures.append(PictureFile(name[1], alt, int(parts.get(("at", name[1])) or 1)))
    order = parts.get(("order",), "").split("\n")
    pictures.sort(key=lambda one: order.index(one.path) if one.path in order else len(order))
    made = Content(
        parts.get(("kind",), "") or "news", tuple(to), tuple(sorted(texts, key=lambda t: (t.lang, t.network))),
        tuple(pictures), parts.get(("note",), ""), parts.get(("topic",), ""), int(parts.get(("not_before",)) or 0),
        parts.get(("corrects",), ""), parts.get(("replies",), ""), parts.get(("quotes",), ""),
        line=_wording(parts) if parts.get(("kind",)) == LINE else None,
    )  # fmt: skip
    poll = parts.get(("poll",), "")
    return from_json({**made.as_json(), "poll": json.loads(poll)}) if poll else made


def _wording(parts: Mapping[Name, str]) -> Wording:
    """What a line has besides its texts."""
    listed: dict[str, Any] = {name: {} for name in LISTS.values()}
    for (what, *lang), value in parts.items():
        if what in LISTS and (said := tuple(one for one in value.split("\n") if one.strip())):
            listed[LISTS[what]][lang[0]] = said
    until, source, supersedes = (parts.get((name,), "") for name in ("until", "source", "supersedes"))
    return Wording(until=int(until or 0), source=source, supersedes=supersedes, **listed)


def ancestor(bases: Mapping[str, Iterable[str]], first: str, second: str) -> str:
    """The newest revision that both go on from; `bases`: of each revision, the oldest first. Empty where there is none."""

    def line(revision: str) -> set[str]:
        found, left = set[str](), [revision]
        while left:
            one = left.pop()
            if one not in found:
                found.add(one)
                left += bases.get(one, ())
        return found

    both = line(first) & line(second)
    return next((one for one in reversed([*bases]) if one in both), "")


def called(name: Name) -> str:
    """A part's name as it is typed: en, fr.x, kind, alt.PICTURE.en"""
    return ".".join(part for part in (name[1:] if name[0] == "text" else name) if part).replace(PIECE, "")


def label(name: Name, value: str) -> Any:
    """A part's value for people, where it is no wording."""
    if name[0] == "poll" and value:
        return " / ".join("; ".join(said) for said in json.loads(value)["answers"].values())
    return value
