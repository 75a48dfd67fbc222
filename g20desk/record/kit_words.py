"""What a kit says in its own words, in six languages; governments' names."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from importlib import resources
from typing import Any

ORDER = ("en", "fr", "es", "ar", "zh", "ru")
Words = Mapping[str, Any]
DAY = 86_400_000


@functools.cache
def words() -> Mapping[str, Words]:
    """By language, in their order."""
    found = tomllib.loads(_file("kit", "words.toml"))
    return {lang: found[lang] for lang in ORDER}


def of(lang: str) -> Words:
    """The words in a language; those of its base language (zh for zh-Hant), or English, where there are none."""
    return words().get(lang) or words().get(lang.partition("-")[0]) or words()["en"]


def called(lang: str) -> str:
    """A language by its own name; by its tag where that is not known, or says more."""
    own = words().get(lang.partition("-")[0])
    return lang if own is None else str(own["name"]) if lang in words() else f"{own['name']} ({lang})"


def ordered(langs: Iterable[str]) -> list[str]:
    """Languages in the order of the United Nations, then of the alphabet."""
    return sorted(langs, key=lambda lang: (ORDER.index(lang) if lang in ORDER else len(ORDER), lang))


def rtl(lang: str) -> bool:
    """Whether a language is written from the right."""
    return lang.partition("-")[0] in ("ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb")


def day(ms: int, own: Words) -> str:
    """A day, UTC, as a language writes it."""
    at = datetime.fromtimestamp(ms / 1000, UTC)
    return str(own["date"]).format(d=at.day, m=at.month, month=own["months"][at.month - 1], y=at.year)


def moment(ms: int, own: Words) -> str:
    """A day and a time, UTC."""
    at = datetime.fromtimestamp(ms / 1000, UTC)
    return f"{day(ms, own)}, {at:%H:%M} UTC"


def end(ms: int, own: Words) -> str:
    """The end of something: the last whole day, UTC, or a day and a time."""
    return moment(ms, own) if ms % DAY else day(ms - 1, own)


def government(code: str, lang: str) -> str:
    """A member's name in a language; its letters where there is none."""
    names = _members().get(code, {})
    return names.get(lang) or names.get(lang.partition("-")[0]) or names.get("en") or code


@functools.cache
def _members() -> Mapping[str, Mapping[str, str]]:
    return {one["code"]: one["name"] for one in tomllib.loads(_file("facts", "members.toml"))["member"]}


def _file(folder: str, name: str) -> str:
    return resources.files("resources").joinpath(folder, name).read_text(encoding="utf-8")
