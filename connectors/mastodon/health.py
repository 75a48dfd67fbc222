"""Mastodon: whether a server is there, and what time it has."""

from __future__ import annotations

from collections.abc import Mapping

from connectors import plain


def health(server: str) -> tuple[Mapping[str, str], float]:
    """The headers of its answer, and the seconds that it took. Raises NotNow, Unknown."""
    return plain.health(f"{home(server)}/health")


def home(server: str) -> str:
    """The address of its server."""
    named = server.strip().rstrip("/")
    return named if "://" in named else f"https://{named}"
