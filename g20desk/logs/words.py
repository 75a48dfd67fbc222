"""What a log may say: fixed events with fields that hold numbers, yes or no, and words of closed lists. There is no way for
a text, a name, an address or a secret to get in: whatever is none of these becomes `other`."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any

LEVELS = ("debug", "info", "warning", "error")
ROLES = ("window", "publisher", "command")
NETWORKS = ("x", "bluesky", "mastodon", "rehearsal")
OUTCOMES = ("sent", "claimed", "refused", "unknown", "planned", "waiting", "missed")
THREADS = ("MainThread", "store", "network", "publisher", "office", "mail")
SYSTEMS = ("linux", "darwin", "win32")
ENDS = ("exception", "fault", "unclean")
OTHER = "other"
RESOURCES = Path(__file__).parents[2] / "resources"
LONGEST = 60
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
_VERSION = re.compile(r"\d{1,4}(\.\d{1,6}){0,3}((a|b|rc|\.post|\.dev)\d{1,4})?")
_PLACE = re.compile(r"(elsewhere|[A-Za-z0-9_./-]{1,120}\.py|<frozen [a-z_.]{1,40}>):\d{1,6} in [A-Za-z0-9_<>]{1,80}")

# What a value becomes; `kept`: it was written by this program, and is read back from a file.
Kind = Callable[[Any, bool], Any]


class Own(str):
    """A word that this program took from code: the name of an exception's class, a place in a source file, the name of a
    library. Only `places` and `libraries` make them."""

    __slots__ = ()


@cache
def listed(name: str) -> frozenset[str]:
    """A closed list that is generated with the reference pages: `codes` of errors, `kinds` of acts, `commands`. Where the file is
    missing every word is another: nobody's act fails for its log."""
    try:
        return frozenset(json.loads((RESOURCES / "vocabulary.json").read_text("utf-8"))[name])
    except OSError:
        return frozenset()


def _count(value: Any, kept: bool) -> Any:
    return value if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**13 else OTHER


def _seconds(value: Any, kept: bool) -> Any:
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 10**9
    return round(float(value), 3) if number else OTHER


def _flag(value: Any, kept: bool) -> Any:
    return value if isinstance(value, bool) else OTHER


def _of(words: tuple[str, ...], value: Any, kept: bool) -> Any:
    return str(value) if isinstance(value, str) and value in words else OTHER


def _in(name: str, value: Any, kept: bool) -> Any:
    return str(value) if isinstance(value, str) and value in listed(name) else OTHER


def _version(value: Any, kept: bool) -> Any:
    return str(value) if isinstance(value, str) and _VERSION.fullmatch(value) else OTHER


def _own(form: re.Pattern[str], value: Any, kept: bool) -> Any:
    return str(value) if isinstance(value, str if kept else Own) and form.fullmatch(value) else OTHER


def _all(kind: Kind, value: Any, kept: bool) -> Any:
    return [kind(one, kept) for one in value[:LONGEST]] if isinstance(value, (list, tuple)) else OTHER


count, seconds, flag, version = _count, _seconds, _flag, _version
code, act, command = partial(_in, "codes"), partial(_in, "kinds"), partial(_in, "commands")
role, network, outcome = partial(_of, ROLES), partial(_of, NETWORKS), partial(_of, OUTCOMES)
name, place = partial(_own, _NAME), partial(_own, _PLACE)
places, names = partial(_all, place), partial(_all, name)
thread, how, system = partial(_of, THREADS), partial(_of, ENDS), partial(_of, SYSTEMS)
threads, grade = partial(_all, thread), partial(_of, LEVELS)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that is logged: the part of the program that tells it, how grave it is, its fields."""

    part: str
    level: str
    fields: Mapping[str, Kind]


EVENTS = {
    "started": Event("program", "info", {"role": role, "version": version, "python": version, "system": system}),
    "ended": Event("program", "info", {"role": role, "code": count, "seconds": seconds}),
    "command": Event("command", "info", {"command": command, "exit": count, "code": code, "seconds": seconds}),
    "act": Event("store", "info", {"act": act, "counts": flag, "placed": flag}),
    "migrated": Event("store", "info", {"since": count, "now": count, "seconds": seconds}),
    "synced": Event("hub", "info", {"came": count, "went": count, "again": count, "kept": flag, "waits": flag, "seconds": seconds}),
    "in-touch": Event("hub", "debug", {"seconds": seconds}),
    "not-synced": Event("hub", "warning", {"code": code, "seconds": seconds}),
    "attempt": Event("publishing", "info", {"network": network, "outcome": outcome, "number": count, "seconds": seconds}),
    "watching": Event("publishing", "info", {}),
    "trouble": Event("publishing", "warning", {"code": code}),
    "refused": Event("program", "info", {"code": code}),
    "slow": Event("window", "info", {"place": place, "thread": thread, "seconds": seconds}),
    "failed": Event("program", "error", {"kind": name, "places": places, "causes": names, "thread": thread}),
    "library": Event("library", "warning", {"library": name, "grade": grade, "kind": name, "more": count}),
    "qt": Event("window", "warning", {"grade": grade}),
    "left": Event("program", "warning", {"role": role, "how": how}),
    "left-behind": Event("log", "warning", {}),
    "log": Event("log", "warning", {"lost": count}),
}  # fmt: skip


def fitted(event: str, fields: Mapping[str, Any], kept: bool = False) -> dict[str, Any]:
    """The fields of an event that are its own, each as it may be said; those it has not are left out."""
    kinds = EVENTS[event].fields
    return {key: kinds[key](value, kept) for key, value in fields.items() if key in kinds}
