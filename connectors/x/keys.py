"""The keys of an account on X: four that stay (OAuth 1.0a), one that stays (a bearer), or a token that is renewed.

A renewed token (OAuth 2.0) lasts two hours and its refresh token is good for one use: it is spent only by whoever
holds the account's lock, the keyring is known to take a new one, and the new one lies there before it is used. Where
the answer got lost, the old one is tried once more; refused, a person signs in.
"""

from __future__ import annotations

import json
from typing import Any

from connectors.outcome import before
from g20desk.clock import Clock
from g20desk.network import NotNow, Rejected, Setting

SIGNED = ("consumer_key", "consumer_secret", "access_token", "access_token_secret")
API = "https://api.x.com"
MARGIN_MS = 5 * 60_000
SIGN_IN = "the stored keys of this account cannot be used: sign in again"


def parsed(secret: str) -> dict[str, Any]:
    """The keys of a secret. Raises Rejected for one that holds none."""
    try:
        keys = json.loads(secret)
    except ValueError:
        keys = None
    if isinstance(keys, dict):
        keys = {str(name): value for name, value in keys.items() if value}
        if "bearer" in keys or all(isinstance(keys.get(key), str) for key in SIGNED):
            return keys
    raise Rejected(SIGN_IN, account=True)


def ends_at(secret: str) -> int | None:
    """When the sign-in ends for good: that of a token which nothing renews."""
    try:
        keys = parsed(secret)
    except Rejected:
        return None
    return None if keys.get("refresh") else keys.get("ends")


def lasting(secret: str) -> str:
    """What stays the same of a secret as long as it is in use, and can't be guessed: the user's token with its secret, or a bearer that
    nothing renews; empty for a token that is renewed every other hour, and for a short one."""
    keys = parsed(secret)
    found = (
        ""
        if keys.get("refresh")
        else str(keys.get("bearer") or f"{keys['access_token']} {keys['access_token_secret']}")
    )
    return found if len(found) >= 24 else ""


def granted(told: dict[str, Any], before: dict[str, Any], now_ms: int) -> dict[str, Any]:
    """What is kept of a grant; a refresh token that is not replaced stays."""
    made = {**before, "bearer": str(told["access_token"])}
    if told.get("refresh_token"):
        made["refresh"] = str(told["refresh_token"])
    try:
        made["ends"] = now_ms + int(float(told["expires_in"]) * 1000)
    except (KeyError, TypeError, ValueError, OverflowError):
        made.pop("ends", None)
    return made


class Keys:
    """The keys in use."""

    def __init__(self, setting: Setting, clock: Clock) -> None:
        self._setting, self._clock = setting, clock
        self.now = parsed(setting.secret)

    @property
    def signed(self) -> bool:
        """Whether requests are signed with four keys rather than carry a token."""
        return "bearer" not in self.now

    def secrets(self) -> list[str]:
        """What must not be repeated in words to people."""
        return [value for name, value in self.now.items() if isinstance(value, str) and name != "client_id"]

    def ready(self) -> None:
        """Keys that are good for the next minutes. Raises Rejected, NotNow."""
        if self._fresh():
            return
        try:
            self.renew(self.now.get("bearer", ""))
        except NotNow:
            if self._left() <= 0:
                raise

    def renew(self, used: str) -> bool:
        """Other keys than `used`: those that another process stored meanwhile, or new ones. False where there are
        none to be had."""
        if "refresh" not in self.now:
            return False
        before(lambda: self._renew(used))
        return True

    def _renew(self, used: str) -> None:
        with self._setting.lock():
            self.now = parsed(self._setting.newest())
            if self.now.get("bearer") == used or self._left() <= 0:
                self._refresh()

    def _refresh(self) -> None:
        from connectors import oauth

        # A keyring that takes no new token must not cost the old one.
        self._setting.save(json.dumps(self.now))
        fields = {
            "grant_type": "refresh_token", "refresh_token": self.now["refresh"],
            "client_id": self.now.get("client_id", ""),
        }  # fmt: skip
        told = oauth.token(token_url(self._setting.server), fields, basic(self.now))
        fresh = granted(told, self.now, self._clock.now_ms())
        self._setting.save(json.dumps(fresh))
        self.now = fresh

    def _fresh(self) -> bool:
        return "refresh" not in self.now or self._left() > MARGIN_MS

    def _left(self) -> int:
        ends = self.now.get("ends")
        return ends - self._clock.now_ms() if isinstance(ends, int) else MARGIN_MS + 1


def token_url(server: str) -> str:
    """The token endpoint."""
    return f"{server.strip().rstrip('/') or API}/2/oauth2/token"


def basic(keys: dict[str, Any]) -> tuple[str, str] | None:
    """An app that has a secret signs in itself too."""
    return (keys["client_id"], keys["client_secret"]) if keys.get("client_secret") else None
