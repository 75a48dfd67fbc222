"""Words: the interface's language, states and decisions as word, icon and tone, errors as sentences, times."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from functools import cache
from html import escape
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QTimeZone

from ui import lands
from ui.acts import ACTS
from ui.reasons import REASONS
from ui.unforeseen import where

LANGS = (("en", "English"), ("fr", "French"), ("es", "Spanish"), ("ar", "Arabic"), ("zh", "Chinese"), ("ru", "Russian"))
NETWORKS = {"x": "X", "bluesky": "Bluesky", "mastodon": "Mastodon", "rehearsal": "Rehearsal"}
SHORT = {"x": "X", "bluesky": "Bsky", "mastodon": "Mast", "rehearsal": "Reh."}
WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RTL = {"ar", "fa", "he", "ur"}
_words: dict[str, str] = {}
_spoken = ["en"]


@dataclass(frozen=True, slots=True)
class State:
    """A state is always a word, a shape and a colour."""

    word: str
    icon: str
    tone: str


STATES = {
    "draft": State("Draft", "circle-dashed", "text3"),
    "in-plan": State("In the plan", "calendar-days", "text2"),
    "coming": State("Draft to come", "repeat", "text3"),
    "submitted": State("Waiting for sign-off", "hourglass", "warn"),
    "silence": State("Silence running", "timer", "warn"),
    "objected": State("Objected", "ban", "block"),
    "approved": State("Signed off", "circle-check", "ok"),
    "scheduled": State("Scheduled", "calendar-clock", "accentText"),
    "sending": State("Sending", "send", "accentText"),
    "planned": State("Planned", "calendar-clock", "accentText"),
    "claimed": State("Sending", "send", "accentText"),
    "sent": State("Sent", "check-check", "ok"),
    "partly-sent": State("Partly sent", "check", "warn"),
    "refused": State("Refused by the network", "circle-x", "block"),
    "unknown": State("Unknown", "circle-question-mark", "unk"),
    "held": State("On hold", "octagon-pause", "block"),
    "missed": State("Missed", "clock-alert", "warn"),
    "withdrawn": State("Withdrawn", "undo-2", "text3"),
}
DECISIONS = {
    "approve": State("Approved", "circle-check", "ok"),
    "no-objection": State("No objection", "hand", "text2"),
    "request-changes": State("Asks for changes", "message-square-warning", "warn"),
    "object": State("Objects", "ban", "block"),
    "comment": State("Comment", "message-square-warning", "text2"),
    "": State("No word yet", "circle", "text3"),
}
LEVELS = {
    "block": State("Must fix", "octagon-alert", "block"),
    "warn": State("Check", "triangle-alert", "warn"),
    "advise": State("Consider", "lightbulb", "accentText"),
}
SPELLING = State("Spelling", "spell-check", "spell")
STAGES = {
    "approved": ("circle-check", "ok"),
    "adopted": ("circle-check", "ok"),
    "over": ("hourglass", "warn"),
    "overdue": ("clock-alert", "block"),
    "objected": ("ban", "block"),
    "broken": ("octagon-pause", "block"),
}
ROLES = {
    "head": "Head of the office",
    "officer": "Communication officer",
    "liaison": "Liaison",
    "presidency": "Communicator",
    "expert": "Expert",
    "analyst": "Analyst",
    "observer": "Observer",
    "publisher": "Publisher",
}


def use(lang: str) -> None:
    """Speak that language; what it does not know stays English."""
    _words.clear()
    _spoken[0] = lang
    if lang != "en":
        _words.update(import_module(f"ui.translations.{lang}").WORDS)


def language() -> str:
    """The interface's language."""
    return _spoken[0]


def t(english: str, **values: object) -> str:
    """The interface's words for an English sentence."""
    said = _words.get(english, english)
    return said.format(**values) if values else said


def comma() -> str:
    """Between two things told in a row, in the interface's script."""
    return t(",") + " "


def state(code: str) -> State:
    """How a state is shown; an unheard-of one is shown as it is."""
    return STATES.get(code) or State(code, "circle", "text3")


def state_said(words: str) -> str:
    """The state that these words name, in the interface's language; empty for none."""
    asked = " ".join(words.casefold().split())
    codes = (code for code, look in STATES.items() if t(look.word).casefold() == asked)
    return next((code for code in codes if code not in ("planned", "claimed", "silence", "in-plan")), "")


def act(kind: str) -> str:
    """An act's kind in words."""
    return t(ACTS.get(kind) or kind.replace(".", ", ").replace("_", " ").replace("-", " ").capitalize())


def error(problem: object) -> tuple[str, str]:
    """What happened, and what to do."""
    message = getattr(problem, "message", "")
    if message:
        return reason(str(message)), reason(str(getattr(problem, "help", "") or ""))
    return t("Something went wrong here. Nothing you wrote is lost."), where(problem)


def ltr(text: str) -> str:
    """A handle, link, code or count that stays left to right inside anything."""
    return f"\u2066{text}\u2069" if text else ""


def spoken(words: Iterable[str]) -> str:
    """The four words of a digest as they are said and shown."""
    return ltr(" · ".join(words))


def isolated(text: str) -> str:
    """Somebody's words in their own direction, whatever stands around them."""
    return f"\u2068{text}\u2069" if text else ""


def tip(text: str) -> str:
    """A tooltip that shows these words as they are. Qt takes what looks like markup for markup, and would load its pictures."""
    return f'<qt><span style="white-space:pre-wrap">{escape(text)}</span></qt>' if "<" in text or "&" in text else text


def caption(text: str) -> str:
    """Words from outside on a box or in a menu: an ampersand is one, and makes no key."""
    return text.replace("&", "&&")


def role(person: Any, holder: str = "") -> str:
    """`Liaison, Brazil` and the like: people are roles. The communicator of the government that holds the Presidency (`holder`)
    is the Presidency."""
    held = person.role == "presidency" and holder and person.government == holder
    word = t("Presidency") if held else t(ROLES.get(str(person.role), str(person.role)))
    government = getattr(person, "government", "") or ""
    return word + comma() + land(government) if government else word


def land(code: str) -> str:
    """A government by its name: `Brazil` for BR."""
    return lands.name(code, language())


def not_yet(tentative: int) -> str:
    """How many acts have no place in the office's record yet; empty where all have one."""
    if not tentative:
        return ""
    return (
        t("{n} acts are not yet in the office's record", n=tentative)
        if tentative > 1
        else t("1 act is not yet in the office's record")
    )


def zone_name() -> str:
    """`Rome`; empty where the desk's zone is UTC."""
    id = bytes(QTimeZone.systemTimeZoneId().data()).decode()
    if id in ("", "UTC", "Etc/UTC", "GMT", "Etc/UCT", "Etc/GMT"):
        return ""
    return id.rsplit("/", 1)[-1].replace("_", " ")


def clock(ms: int, local: bool = False) -> str:
    """`13:42`, in UTC unless local is asked for."""
    when = datetime.fromtimestamp(ms / 1000, UTC)
    return (when.astimezone() if local else when).strftime("%H:%M")


def day(ms: int, year: bool = False) -> str:
    """`Wed 10 March`."""
    when = datetime.fromtimestamp(ms / 1000, UTC)
    name = f"{t(when.strftime('%a'))} {when.day} {t(when.strftime('%B'))}"
    return f"{name} {when.year}" if year else name


def when(ms: int, now: int, inside: bool = False) -> str:
    """`Today 15:00`, `Tomorrow 09:00`, `Fri 12 March 15:00`; `inside` a sentence, `today 15:00`."""
    days = ms // 86_400_000 - now // 86_400_000
    name = {0: t("Today"), 1: t("Tomorrow"), -1: t("Yesterday")}.get(days, "")
    return f"{(name.lower() if inside else name) or day(ms)} {clock(ms)}"


def span(ms: int) -> str:
    """`4 h 18 min`, never seconds."""
    minutes = abs(ms) // 60_000
    if minutes < 60:
        return t("{n} min", n=minutes)
    if minutes < 60 * 72:
        return t("{h} h {m} min", h=minutes // 60, m=minutes % 60) if minutes % 60 else t("{h} h", h=minutes // 60)
    return t("{n} days", n=minutes // 1440)


def local_zone() -> tzinfo:
    """The desk's zone, UTC where the system names none that is known."""
    try:
        return ZoneInfo(bytes(QTimeZone.systemTimeZoneId().data()).decode())
    except (ValueError, ZoneInfoNotFoundError):
        return UTC


def zone_word(zone: tzinfo) -> str:
    """`New York`; empty for UTC, which stands first anyway."""
    id = getattr(zone, "key", "UTC")
    return "" if id in ("UTC", "Etc/UTC", "GMT", "Etc/UCT", "Etc/GMT") else str(id).rsplit("/", 1)[-1].replace("_", " ")


def clock_in(ms: int, zone: tzinfo) -> str:
    """`14:42` in that zone."""
    return datetime.fromtimestamp(ms / 1000, zone).strftime("%H:%M")


STAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)")


@cache
def _forms() -> list[tuple[str, str, str]]:
    """What sentences with something in them begin and end with: a pattern is made only where both are so."""
    return [(one[: one.index("{")], one[one.rindex("}") + 1 :], one) for one in REASONS if "{" in one]


@cache
def _pattern(known: str) -> re.Pattern[str]:
    form = re.escape(known).replace(r"\{", "{").replace(r"\}", "}")
    form = re.sub(r"\{(host|mention)\}", r"(?P<\1>\\S+)", form)
    return re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>.+)", form), re.DOTALL)


def _told(name: str, value: str) -> str:
    """A part of the desk's sentence as people say it: languages by name, times as they stand elsewhere."""
    if name == "langs":
        names = dict(LANGS)
        return comma().join(t(names.get(code, code)) for code in value.split(", "))
    if name == "roles":
        return comma().join(t(ROLES.get(code, code)).lower() for code in value.split(", "))
    if name in ("land", "lands"):
        return comma().join(land(one) for one in value.split(", "))
    if name in ("why", "other") and (known := reason(value)) != value:
        return known
    if name == "contact":
        return isolated(value)
    if name == "what":
        return f"{t(';')} ".join(map(reason, value.split("; ")))
    if name == "state":
        return t(state(value).word).lower()
    if name == "when" and (stamp := STAMP.fullmatch(value)):
        ms = round(datetime.fromisoformat(stamp[0].replace("Z", "+00:00")).timestamp() * 1000)
        return f"{day(ms)} {clock(ms)} UTC"
    return isolated(value) if _words else value


def reason(said: str) -> str:
    """The desk's own sentence in the interface's language; one that is not known stays as it is."""
    if said in _words:
        return _words[said]
    out = re.fullmatch(r"(\d+) of (\d+) parts are out\. ?(.*)", said, re.DOTALL)
    if out:
        return f"{t('{a} of {n} parts are out.', a=out[1], n=out[2])} {reason(out[3])}".strip()
    if due := re.fullmatch(r"(Due at \S+\.) (.+)", said, re.DOTALL):
        return f"{reason(due[1])} {reason(due[2])}"
    for begins, ends, known in _forms() if said else ():
        if said.startswith(begins) and said.endswith(ends) and (match := _pattern(known).fullmatch(said)):
            return t(known, **{name: _told(name, value) for name, value in match.groupdict().items()})
    return said
