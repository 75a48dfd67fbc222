"""The keys of an account on Bluesky: an app password, and the session that was made with it."""

from __future__ import annotations

import base64
import json
import re


def parsed(secret: str) -> tuple[str, str]:
    """The password and the session, either of which may be empty. A secret that is no JSON is a password."""
    try:
        told = json.loads(secret)
    except ValueError:
        return secret, ""
    if not isinstance(told, dict):
        return secret, ""
    return str(told.get("password") or ""), str(told.get("session") or "")


def ends_at(secret: str) -> int | None:
    """When the sign-in ends for good: an app password never does, a session without one with its refresh token."""
    password, session = parsed(secret)
    if password or not session:
        return None
    try:
        claims = session.split(":::")[3].split(".")[1]
        ends = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))["exp"]
        return int(ends) * 1000
    except (IndexError, ValueError, KeyError, TypeError):
        return None


def lasting(secret: str) -> str:
    """What stays the same of a secret as long as it is in use, and can't be guessed: an app password; empty for one that a person may
    have thought up, and for a session alone."""
    password, _ = parsed(secret)
    return password if re.fullmatch(r"[a-z2-7]{4}(-[a-z2-7]{4}){3}", password) else ""
