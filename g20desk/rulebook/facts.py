"""What the rules know of the world: members, Presidencies, abbreviations, handles, hosts, agreed language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from g20desk.rulebook.reading import lowered
from g20desk.rulebook.rule import BadRule


@dataclass(frozen=True, slots=True)
class Facts:
    """Registers, each in the form in which it is looked up."""

    members: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    adjectives: Mapping[str, str] = field(default_factory=dict)
    presidencies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    summits: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    acronyms: frozenset[str] = frozenset()
    handles: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    suffixes: tuple[str, ...] = ()
    embargoed: tuple[str, ...] = ()
    agreed: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def dump(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {k: sorted(v) if isinstance(v, frozenset) else v for k, v in asdict(self).items()}

    @classmethod
    def restore(cls, data: Mapping[str, Any]) -> Facts:
        """From what `dump` made."""
        made: dict[str, Any] = {}
        for key, value in data.items():
            if key in ("acronyms", "handles", "hosts"):
                made[key] = frozenset(value)
            elif isinstance(value, list):
                made[key] = tuple(value)
            else:
                made[key] = {k: tuple(v) if isinstance(v, list) else v for k, v in value.items()}
        return cls(**made)


def read(files: Mapping[str, str]) -> Facts:
    """From the texts of resources/facts and resources/agreed, by name. Raises BadRule for what can't be read."""
    tables: dict[str, Any] = {}
    for name, text in files.items():
        try:
            tables[name.rpartition("/")[2].removesuffix(".toml")] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise BadRule(name, "", f"this is not TOML: {error}") from None
    try:
        return _made(tables)
    except (KeyError, TypeError, AttributeError) as error:
        raise BadRule("facts", "", f"something is missing or of another type: {error}") from None


def _made(tables: Mapping[str, Any]) -> Facts:
    members = tables.get("members", {}).get("member", [])
    names: dict[str, list[str]] = {}
    for member in members:
        for lang, name in member["name"].items():
            names.setdefault(lang, []).append(name)
    terms = tables.get("presidencies", {}).get("presidency", [])
    seats: dict[str, list[str]] = {}
    places: dict[str, list[str]] = {}
    for term in terms:
        seats.setdefault(str(term["year"]), []).append(term["member"])
        if place := term.get("place"):  # of one that was only announced none is known
            places.setdefault(place, []).append(str(term["year"]))
    handles = tables.get("handles", {}).get("handle", [])
    hosts = tables.get("hosts", {})
    return Facts(
        members={lang: tuple(n) for lang, n in names.items()},
        adjectives={m["adjective"]: m["name"]["en"] for m in members if m.get("adjective")},
        presidencies={year: tuple(m) for year, m in seats.items()},
        summits={place: tuple(y) for place, y in places.items()},
        acronyms=frozenset(tables.get("acronyms", {}).get("known", [])),
        handles=frozenset(h["name"].lower() for h in handles),
        hosts=frozenset(hosts.get("known", [])),
        suffixes=tuple(hosts.get("suffixes", [])),
        embargoed=tuple(t["term"] for t in tables.get("embargo", {}).get("embargoed", [])),
        agreed=tuple(lowered(p["phrase"]) for p in tables.get("agreed", {}).get("phrase", [])),
        names={"" if lang == "all" else lang: tuple(n) for lang, n in tables.get("names", {}).get("names", {}).items()},
    )
