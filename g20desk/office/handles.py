"""Whom a mention means: a person or an organisation, and their handle on each network. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from g20desk.errors import Refused
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import Office, need

HANDLE = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.@-]{0,250}[A-Za-z0-9_])?\Z")
NETWORKS = ("x", "bluesky", "mastodon")


@act("handle.mapped")
class Mapped:
    """Whom handles belong to, by network, without the sign; none at all: forgotten."""

    of: str
    handles: dict[str, str]

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        good = all(network in NETWORKS and HANDLE.match(handle) for network, handle in self.handles.items())
        if not self.of.strip() or not good:
            raise Refused("malformed", "A person or organisation has a name, and handles on networks that we know.")
        others = {of: kept for of, kept in state.handles.items() if of != self.of}
        return replace(state, handles=others if not self.handles else {**others, self.of: dict(self.handles)})


@dataclass(frozen=True, slots=True)
class Written:
    """A text with the handles of one network, and whom it could not name there."""

    text: str
    unknown: tuple[tuple[str, str], ...] = ()
    known: Mapping[str, str] = field(default_factory=dict)


def written(text: str, network: str, registry: Iterable[tuple[str, Mapping[str, str]]]) -> Written:
    """The text as it goes to a network: a handle of any network in the registry becomes that network's own. Whoever
    has none there stays as typed: (what was typed, who it is)."""
    rows = list(registry)
    owners: dict[str, tuple[str, Mapping[str, str]]] = {}
    for of, handles in reversed(rows):
        for handle in handles.values():
            owners[handle.lower()] = (of, handles)
    # The network's own handles go before another network's that reads the same.
    for of, handles in reversed(rows):
        if network in handles:
            owners[handles[network].lower()] = (of, handles)
    if not owners or "@" not in text:
        return Written(text)
    unknown: list[tuple[str, str]] = []
    known: dict[str, str] = {}

    def put(match: re.Match[str]) -> str:
        of, handles = owners[match[1].lower()]
        if network not in handles:
            unknown.append((match[0], of))
            return match[0]
        known[f"@{handles[network]}"] = of
        return match[0] if match[1].lower() == handles[network].lower() else f"@{handles[network]}"

    names = "|".join(re.escape(name) for name in sorted(owners, key=lambda n: (-len(n), n)))
    found = re.compile(rf"(?<![\w@/.=&+-])@({names})(?![\w@]|[.-]\w)", re.IGNORECASE)
    return Written(found.sub(put, text), tuple(dict.fromkeys(unknown)), known)
