"""Bluesky: whether a PDS is there, and what time it has."""

from __future__ import annotations

from collections.abc import Mapping

from connectors import plain

SERVER = "https://bsky.social"


def health(server: str) -> tuple[Mapping[str, str], float]:
    """The headers of its answer, and the seconds that it took. Raises NotNow, Unknown."""
    home = server.strip().rstrip("/") or SERVER
    return plain.health(f"{home if '://' in home else f'https://{home}'}/xrpc/_health")
