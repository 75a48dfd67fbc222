"""The registry of handles: those that the program carries, and what the office adds. `desk.handles`."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

Row = tuple[str, dict[str, str]]


@functools.cache
def shipped() -> tuple[Row, ...]:
    """Those of `resources/facts/handles.toml`: `name` is the handle on X, others stand under their network's name."""
    file = resources.files("resources").joinpath("facts", "handles.toml")
    if not file.is_file():
        return ()
    made: list[Row] = []
    for row in tomllib.loads(file.read_text(encoding="utf-8")).get("handle", ()):
        handles = {"x": row.get("x", row.get("name")), "bluesky": row.get("bluesky"), "mastodon": row.get("mastodon")}
        made.append((str(row["of"]), {network: str(one) for network, one in handles.items() if one}))
    return tuple(made)


class Handles:
    """`desk.handles`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def rows(self) -> list[Row]:
        """Who, and their handle on each network; what the office says goes before what the program carries."""
        own = self._desk.office.handles
        return [*own.items(), *(row for row in shipped() if row[0] not in own)]

    def put(self, of: str, handles: dict[str, str]) -> None:
        """Say whom handles belong to; none forgets them. Raises Refused."""
        bare: dict[str, Any] = {network: handle.strip().lstrip("@") for network, handle in handles.items() if handle}
        self._desk.act("handle.mapped", {"of": of, "handles": bare})
