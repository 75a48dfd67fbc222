"""What a message meets at a time, as the desk found it, in the interface's words: each thing once, for all accounts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from ui.texts import comma, isolated, reason, t

STOPS = ("embargo",)
MOST = 3


@dataclass(frozen=True, slots=True)
class Meeting:
    """One thing that is met, by its id, and by which accounts. `stops`: nothing may go out then."""

    kind: str
    id: str
    words: str
    accounts: tuple[str, ...]
    stops: bool

    def sentence(self) -> str:
        """`G20 X, G20 Bluesky: a day of mourning until …`."""
        names = comma().join(isolated(name) for name in self.accounts[:MOST])
        if len(self.accounts) > MOST:
            names += " " + t("and {n} more", n=len(self.accounts) - MOST)
        return f"{names}: {self.words}"


def grouped(found: Iterable[dict[str, Any]]) -> list[Meeting]:
    """What stops it first, then what a person should know."""
    accounts: dict[tuple[str, str, str], list[str]] = {}
    for one in found:
        said = str(one["message"]).removeprefix(f"{one['account']}: ")
        if one.get("title"):
            said = said.replace(f"message {str(one['with'])[:12]}", f"“{one['title']}”", 1)
        accounts.setdefault((one["kind"], str(one["with"]), said), []).append(one["account"])
    made = [
        Meeting(kind, id, reason(said), tuple(sorted(names)), kind in STOPS)
        for (kind, id, said), names in accounts.items()
    ]
    return sorted(made, key=lambda one: not one.stops)
