"""Whose Presidency it was and will be, as `resources/facts` has it: members by their letters, what is only announced marked so."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any


@dataclass(frozen=True, slots=True)
class Term:
    """A Presidency: its year (it begins on 1 December of the year before), its government's letters, its place, where known."""

    year: int
    government: str
    place: str = ""
    announced: bool = False


@cache
def members() -> dict[str, str]:
    """The members' English names, by their letters."""
    return {one["code"]: one["name"]["en"] for one in _facts("members")["member"]}


@cache
def terms() -> tuple[Term, ...]:
    """All Presidencies, the earliest first. Raises KeyError where one is of no member."""
    codes = {name: code for code, name in members().items()}
    return tuple(
        Term(one["year"], codes[one["member"]], one.get("place", ""), one.get("announced", False))
        for one in _facts("presidencies")["presidency"]
    )


def following(government: str, *others: str) -> str:
    """Who comes after a government's last Presidency, as far as that was announced; empty where it is not known, or one of `others`."""
    years = [one.year for one in terms() if one.government == government]
    found = next((one.government for one in terms() if years and one.year > max(years)), "")
    return "" if found in (government, *others) else found


def _facts(name: str) -> Any:
    return tomllib.loads(resources.files("resources").joinpath("facts", f"{name}.toml").read_text(encoding="utf-8"))
