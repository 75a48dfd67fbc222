"""X: whether it is there, and what time it has."""

from __future__ import annotations

from collections.abc import Mapping

from connectors import plain
from connectors.x.keys import API


def health(server: str) -> tuple[Mapping[str, str], float]:
    """The headers of an answer that costs nothing, and its seconds. Raises NotNow, Unknown."""
    return plain.health(f"{home(server)}/2/users/me")


def home(server: str) -> str:
    """The address of its server."""
    return server.strip().rstrip("/") or API
