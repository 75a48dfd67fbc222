"""Mastodon: whether a server is there, and what time it has."""

from __future__ import annotations

from collections.abc import Mapping

from connectors import plain


def health(server: str) -> tuple[Mapping[str, str], float]:
    """The headers of its answer, and the seconds that it took. Raises NotNow, Unknown."""
    home = server.strip().rstrip("/")
    return plain.health(f"{home if '://' in home else f'https://{home}'}/health")
