"""A line's media kit: all that is handed to those who carry it. `kit_files.py` makes it files, `kit_page.py` a page to print. The same
line makes the same bytes: nothing here knows a clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from g20desk.record import kit_words


@dataclass(frozen=True, slots=True)
class Fit:
    """A text as it would stand on a network: its posts with the hashtags where they fit, how long each is there, and how long it may
    be. `fits`: all of them may be posted."""

    network: str
    posts: tuple[str, ...]
    counts: tuple[int, ...]
    most: int
    fits: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A line in one language; `tags` without their sign."""

    lang: str
    parts: tuple[str, ...]
    locks: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    dont: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    fits: tuple[Fit, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its alt texts by language; `part`: the post that it goes with."""

    data: bytes
    mime: str
    width: int
    height: int
    alt: Mapping[str, str]
    part: int = 1

    @property
    def suffix(self) -> str:
        """How its file's name ends."""
        return {"image/png": ".png", "image/jpeg": ".jpg"}.get(self.mime, ".bin")


@dataclass(frozen=True, slots=True)
class Stage:
    """How a stage of the sign-off ended: which governments approved, and how many people of the office besides; `until`: where
    it was a silence, when that was over."""

    name: str
    governments: tuple[str, ...] = ()
    people: int = 0
    until: int = 0


@dataclass(frozen=True, slots=True)
class Kit:
    """All of a kit. `state`: `agreed`, or what the line is instead, which every file says; times in milliseconds; `not_before`: when its
    embargo ends; `proof`: the pack."""

    office: str
    safety: tuple[str, ...]
    line: str
    digest: str
    words: tuple[str, ...]
    topic: str
    texts: tuple[Said, ...]
    pictures: tuple[Picture, ...] = ()
    source: str = ""
    agreed: int = 0
    until: int = 0
    not_before: int = 0
    stages: tuple[Stage, ...] = ()
    state: str = "agreed"
    proof: bytes | None = None

    @property
    def draft(self) -> bool:
        """Whether each file says that it is not agreed."""
        return self.state != "agreed"


def called(kit: Kit, lang: str) -> str:
    """What it is a kit of: an agreed line, or something that is not agreed."""
    return str(kit_words.of(lang)["not_agreed" if kit.draft else "line"])


def embargo(kit: Kit, lang: str) -> str:
    """Until when it is not to be published; empty where it may be."""
    own = kit_words.of(lang)
    return str(own["embargo"].format(when=kit_words.moment(kit.not_before, own))) if kit.not_before else ""


def standing(kit: Kit, lang: str) -> list[str]:
    """When and how it was agreed, until when it stands and where it comes from, in one language."""
    own = kit_words.of(lang)
    lines = [one] if (one := embargo(kit, lang)) else []
    if not kit.draft:
        lines += [
            own["agreed"].format(when=kit_words.moment(kit.agreed, own)),
            *(_stage(one, lang) for one in kit.stages),
        ]
    lines.append(own["until"].format(when=kit_words.end(kit.until, own)) if kit.until else own["open_end"])
    return [*lines, *([f"{own['source']}{own['colon']}{kit.source}"] if kit.source else [])]


def _stage(stage: Stage, lang: str) -> str:
    own = kit_words.of(lang)
    if stage.until:
        return str(own["silence"].format(stage=stage.name, when=kit_words.moment(stage.until, own)))
    who = [kit_words.government(code, lang) for code in stage.governments]
    if stage.people:
        who.append(own["person"] if stage.people == 1 else own["people"].format(n=stage.people))
    joined = ("، " if lang == "ar" else "、" if lang == "zh" else ", ").join(who)
    return str(own["approved"].format(stage=stage.name, who=joined) if stage.name else own["one"].format(who=joined))
