"""What is read before a decision: the text against what this reader knew, what others propose instead, for whom one speaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from g20desk.office import wording
from ui.texts import land, t
from ui.widgets.word_diff import Runs, count

AGAIN = "The head reopened the silence."


@dataclass(frozen=True, slots=True)
class Passage:
    """One text, post by post, as runs against what the reader knew; `news`: places that differ."""

    lang: str
    network: str
    parts: tuple[Runs, ...]
    news: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A text that somebody proposed instead, marked against the one that stands. `typed`: the posts as proposed."""

    event: str
    who: str
    answer: str
    lang: str
    typed: tuple[str, ...]
    parts: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One message as it is read. `speaks`: for whom this person decides, in words."""

    data: dict[str, Any]
    digest: str
    said: tuple[str, ...]
    can: dict[str, str]
    blocks: int
    changed_at: int
    now: int
    passages: tuple[Passage, ...]
    speaks: str = ""
    proposals: tuple[Proposal, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the text is another than the one in front."""
        return bool(self.changed_at)

    @property
    def stages(self) -> list[dict[str, Any]]:
        """The stages of its route, the last that opened included."""
        return list((self.data.get("signoff") or {}).get("stages") or ())

    @property
    def silent(self) -> bool:
        """Whether the stage that is open is a silence."""
        return any(stage.get("mode") == "silence" and stage["state"] in OPEN for stage in self.stages)

    def langs(self) -> list[str]:
        """The languages, in order."""
        return list(dict.fromkeys(p.lang for p in self.passages))

    def news(self, lang: str) -> int:
        """Places that changed in a language."""
        return sum(p.news for p in self.passages if p.lang == lang)

    def written(self, lang: str) -> tuple[str, ...]:
        """The posts of a language's text as they stand."""
        return tuple(part for one in texts(self.data, lang) for part in one["parts"])


OPEN = ("open", "objected", "running", "over", "broken")


def texts(data: dict[str, Any], lang: str) -> list[dict[str, Any]]:
    """A language's own text, none of a network's."""
    return [one for one in data.get("texts", ()) if one["lang"] == lang and not one.get("network")]


def marked(old: Sequence[str], new: Sequence[str]) -> tuple[Runs, ...]:
    """Post by post what differs, word by word."""
    return tuple(wording.diff(a, b) for a, b in zip_longest(old, new, fillvalue=""))


def passages(data: dict[str, Any]) -> tuple[Passage, ...]:
    """The texts, marked against what this reader read or decided on before; unmarked where all is new."""
    before = data.get("before")
    old = {(x["lang"], x.get("network", "")): x["parts"] for x in (before or {}).get("texts", ())}
    new = {(x["lang"], x.get("network", "")): x["parts"] for x in data.get("texts", ())}
    made = []
    for (lang, network), parts in {**new, **{key: [] for key in old if key not in new}}.items():
        if before is None:
            runs: tuple[Runs, ...] = tuple([("same", part)] for part in parts)
        else:
            runs = marked(old.get((lang, network), []), parts)
        made.append(Passage(lang, network, runs, sum(count(one) for one in runs)))
    return tuple(made)


def proposals(data: dict[str, Any]) -> tuple[Proposal, ...]:
    """What was proposed instead of the text as it stands, the newest first; what the head set aside can still be taken over."""
    made = []
    for stage in (data.get("signoff") or {}).get("stages") or ():
        for one in stage.get("decisions") or ():
            said = one.get("amendment")
            if said is None or not (one["counts"] or one["why"] == AGAIN):
                continue
            typed = tuple(said["parts"])
            now = [part for text in texts(data, said["lang"]) for part in text["parts"]]
            who = land(one["government"]) if one.get("government") else one["person"]
            found = Proposal(one["event"], who, one["decision"], said["lang"], typed, marked(now, typed))
            made.append((one["at"], found))
    return tuple(found for _, found in sorted(made, key=lambda one: one[0], reverse=True))


def speaking(data: dict[str, Any], person: Any, deputies: Sequence[dict[str, Any]]) -> str:
    """For whom this person decides: `Brazil`, `Brazil, as deputy of Liaison Brazil`, or their own name."""
    stages = (data.get("signoff") or {}).get("stages") or [{}]
    voice = next((stage["mine"] for stage in reversed(stages) if stage.get("mine")), "")
    standing = next((one for one in deputies if one["now"] and one["deputy"] == person.name), None)
    own = str(person.government or "") if person.role == "liaison" else ""
    if (
        standing
        and voice != own
        and (voice == standing["government"] or person.role not in ("head", "officer", "liaison"))
    ):
        return t("{land}, as deputy of {liaison}", land=land(standing["government"]), liaison=standing["liaison"])
    return land(own or person.government) if own or person.government else str(person.name)
