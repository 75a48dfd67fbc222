"""What of a body a pack shows. A part is withheld whole, or shown whole: its salt keeps what is withheld from being guessed.

A reference to a text or picture holds its key, with which a short text could be guessed: where a piece is not shown, all
parts that refer to it are withheld. In their place the pack's maker tells what the rules need to know of them: the same
value, each reference with its id alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from g20desk.ledger import body, pieces
from g20desk.ledger.body import PartOfBody
from g20desk.record.pack import Withheld

# Parts that hold a person's name.
NAMES = {("office.founded", "head"), ("member.admitted", "name")}
# Shares of the guardians' key, sealed to devices: nobody outside is to keep them for a day on which one of those keys is broken.
SEALED = {("guardians.named", "shares"), ("guardians.share_given", "share"), ("device.added", "share")}
# What a pack is about, and what the rules go by: kinds, accounts and topics choose who signs off.
NEVER = ("c.kind", "c.to", "c.topic", "c.not_before", "c.corrects", "c.replies", "c.quotes", "c.visibility.*", "c.until",
         "c.supersedes")  # fmt: skip
NOTE = "c.note"
NO_KEY = "0" * 64
# What is said in a language; and what of it is words in the act itself, of which nothing is told but how many there are.
IN_A_LANGUAGE = ("text", "warning", "lock", "do", "dont", "tags")
WORDS, NOT_TOLD = ("c.lock.*", "c.tags", "c.tags.*", "c.source"), "(withheld)"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be shown. `parts`: content that is not, by name (`c.text.fr`, `c.picture.*`); `langs`: languages whose texts
    are not; `contents`: no text or picture at all is shown; `names`: people's names are withheld; `reasons`: comments and reasons are shown; `complete`: of all other
    places in the record it is shown that they are none of this message's."""

    parts: tuple[str, ...] = ()
    contents: bool = False
    names: bool = False
    reasons: bool = False
    complete: bool = False
    langs: frozenset[str] = frozenset()

    def withholds(self, name: str) -> bool:
        """Whether a part of the content is not to be shown."""
        what = name.split(".")
        text = what[1] in IN_A_LANGUAGE and what[2:] != [] and what[2] in self.langs
        return self.contents or text or any(fnmatchcase(name, one) for one in self.parts)


def content_withheld(parts: Mapping[str, PartOfBody], wish: Wish) -> frozenset[str]:
    """The parts of a content that are not shown: those that were named, and the posts in which they would stand."""
    named = {name for name in parts if is_content(name) and wish.withholds(name) and not is_needed(name)}
    if not wish.reasons and NOTE in parts:
        named.add(NOTE)
    langs = {name.split(".")[2] for name in named if name.startswith(("c.text.", "c.warning."))}
    named |= {name for name in parts if name.startswith("c.lock.") and name.removeprefix("c.lock.") in langs}
    for name, part in parts.items():
        if name.startswith("c.post.") and isinstance(part.value, dict):
            stands = {f"c.picture.{n}" for n in _numbers(part.value, "pictures")}
            stands |= {f"c.card.{n}" for n in _numbers(part.value, "card")}
            if part.value.get("lang") in langs or stands & named or "c.poll" in named:
                named.add(name)
    return frozenset(named)


def _numbers(post: Mapping[str, Any], name: str) -> list[Any]:
    found: list[Any] = []
    for one in post["parts"] if isinstance(post.get("parts"), list) else ():
        said = one.get(name) if isinstance(one, dict) else None
        found += said if isinstance(said, list) else [said]
    return found


def shown(
    kind: str, parts: Mapping[str, PartOfBody], opened: frozenset[str], withheld: Iterable[str], alias: str = ""
) -> dict[str, PartOfBody]:
    """The parts as a pack shows them. `opened`: the pieces that it shows; `withheld`: parts that are not shown in any case;
    `alias`: what stands for a person's name, where that is not shown."""
    hidden, made = frozenset(withheld), dict[str, PartOfBody]()
    for name, part in parts.items():
        if alias and (kind, name) in NAMES:
            made[name] = Withheld("", alias, of=part.digest(name))
        elif (kind, name) in SEALED and part.value:
            made[name] = Withheld("", zeros(part.value), of=part.digest(name))
        elif name in hidden or any(ref["piece"] not in opened for ref in pieces.refs(part.value)):
            hide = any(fnmatchcase(name, one) for one in WORDS)
            made[name] = Withheld("", unsaid(part.value) if hide else told(part.value), of=part.digest(name))
        else:
            made[name] = part
    return made


def may(kind: str, name: str, told: Any) -> bool:
    """Whether a part may be withheld, with this told of it: a name, sealed shares, content that the rules do not go by, and
    what refers to texts or pictures. What somebody decided is always shown."""
    if (kind, name) in SEALED:
        return bool(zeros(told) == told)
    if (kind, name) in NAMES:
        return isinstance(told, str)
    if is_content(name) and not is_needed(name):
        return True
    return any(True for _ in pieces.refs(told))


def told(value: Any) -> Any:
    """What is told of a value that is withheld: all but what its references open."""
    if pieces.is_ref(value):
        return {"piece": value["piece"], "key": NO_KEY, "size": 0}
    if isinstance(value, list):
        return [told(one) for one in value]
    if isinstance(value, dict):
        return {name: told(one) for name, one in value.items()}
    return value


def unsaid(value: Any) -> Any:
    """What is told of words that stand in the act itself: how many there are."""
    return [NOT_TOLD for _ in value] if isinstance(value, list) else NOT_TOLD


def zeros(value: Any) -> Any:
    """What is told of sealed shares: for whom they are, and how long."""
    if isinstance(value, dict):
        return {name: zeros(one) for name, one in value.items()}
    return "0" * len(value) if isinstance(value, str) else None


def form_only(value: Any) -> bool:
    """Whether what is told is no more than that texts or pictures stand there."""
    if isinstance(value, list):
        return all(form_only(one) for one in value)
    return value is None or pieces.is_ref(value)


def is_content(name: str) -> bool:
    """Whether a part is of what decisions name."""
    return name.startswith(body.CONTENT)


def is_needed(name: str) -> bool:
    """Whether a part of the content is never withheld."""
    return any(fnmatchcase(name, one) for one in NEVER)
