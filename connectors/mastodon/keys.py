"""The key of an account on Mastodon: one token that stays, as a word or, from the browser's sign-in, as JSON."""

from __future__ import annotations

import json
from typing import Any


def parsed(secret: str) -> dict[str, Any]:
    """The token and what is kept beside it."""
    try:
        told = json.loads(secret)
    except ValueError:
        told = None
    return told if isinstance(told, dict) else {"token": secret.strip()}


def token(secret: str) -> str:
    """The access token."""
    return str(parsed(secret).get("token") or "")


def ends_at(secret: str) -> int | None:
    """When the token ends. Mastodon's own never do; other servers may say."""
    ends = parsed(secret).get("ends")
    return ends if isinstance(ends, int) else None


def lasting(secret: str) -> str:
    """What stays the same of a secret as long as it is in use, and can't be guessed: the token; empty for a short one."""
    found = token(secret)
    return found if len(found) >= 24 else ""
