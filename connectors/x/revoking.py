"""Giving keys on X up: the user's token of four keys, or both tokens of a sign-in in the browser."""

from __future__ import annotations

from connectors import plain
from connectors.outcome import before
from connectors.x.client import XClient
from connectors.x.keys import API, basic, parsed
from g20desk.clock import Clock
from g20desk.network import Rejected, Setting


class _Leaving(XClient):
    def revoke(self) -> bool:
        """Whether the user's token is void now. Raises Rejected, NotNow, Unknown."""
        self._data("POST", "/1.1/oauth/invalidate_token")
        return True


def give_up(setting: Setting, clock: Clock) -> bool:
    """Ask the network to make keys void; whether it did. Raises Rejected, NotNow, Unknown."""
    keys = parsed(setting.secret)
    if "bearer" not in keys:
        return _Leaving(setting, clock).revoke()
    url, done = f"{setting.server.strip().rstrip('/') or API}/2/oauth2/revoke", []
    for kind, hint in (("refresh", "refresh_token"), ("bearer", "access_token")):
        if keys.get(kind):
            fields = {"token": str(keys[kind]), "token_type_hint": hint, "client_id": str(keys.get("client_id", ""))}
            status, _ = before(lambda fields=fields: plain.ask(url, fields, basic(keys)))  # type: ignore[misc]
            done.append(status == 200)
    return all(done)


def void(no: Rejected) -> bool:
    """Whether a refusal says that the keys themselves are void: the token, or where one renews it, what renews it."""
    return no.account and (no.why.startswith("401") or (no.why.startswith("400") and no.why.endswith("sign in again")))
