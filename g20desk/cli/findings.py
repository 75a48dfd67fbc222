"""Findings in words: a line each, or with carets under the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


def listed(findings: Iterable[Mapping[str, Any]]) -> list[str]:
    """A line for each, once: level, rule, where it stands and against what, why."""
    return list(dict.fromkeys(f"  {f['level']} {f['rule']}{_place(f)}: {f['message']}" for f in findings))


def _place(found: Mapping[str, Any]) -> str:
    """` (fr, part 2: “6 mai”; en, part 2: “5 May”)`; nothing for a finding that stands nowhere."""
    against = found.get("against")
    told = [_one(found)] if found.get("lang") else []
    if against:
        told.append(_one(against))
    return f" ({'; '.join(told)})" if told else ""


def _one(place: Mapping[str, Any]) -> str:
    words = str(place.get("text", ""))
    part = f", part {place['part']}" if "part" in place else ""
    return f"{place['lang']}{part}" + (f": “{words}”" if 0 < len(words) < 60 else "")


def pointed(text: str, found: Mapping[str, Any]) -> list[str]:
    """The line of a text in which it stands, and carets under its words."""
    start = text.rfind("\n", 0, found["start"]) + 1
    stop = text.find("\n", found["start"])
    end = stop if stop >= 0 else len(text)
    return [text[start:end], " " * (found["start"] - start) + "^" * max(1, min(found["end"], end) - found["start"])]


def differing(found: list[dict[str, Any]]) -> list[str]:
    """What this desk's checker says besides what was attested."""
    return ["Checked again, there is besides:", *listed(found)] if found else []
