"""The members' names in full, in the interface's language."""

from __future__ import annotations

import tomllib
from functools import cache


@cache
def _names() -> dict[str, dict[str, str]]:
    """By code in capitals: the name in each language."""
    from importlib import resources

    read = resources.files("resources").joinpath("facts", "members.toml").read_text("utf-8")
    return {one["code"].upper(): one["name"] for one in tomllib.loads(read)["member"]}


def name(code: str, lang: str) -> str:
    """`Brazil` for BR; the code itself where it is no member's."""
    names = _names().get(code.upper(), {})
    return names.get(lang) or names.get("en") or code


@cache
def members() -> tuple[str, ...]:
    """The members' codes, in code order."""
    return tuple(sorted(_names()))


def english(code: str) -> str:
    """The name as it stands in a route's sentence, which is English in every language of the window."""
    return name(code, "en")
