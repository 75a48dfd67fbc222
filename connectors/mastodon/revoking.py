"""Giving a token on Mastodon up: a server revokes it for the app that it was made for, so only where that app's own keys are kept."""

from __future__ import annotations

from connectors import plain
from connectors.mastodon.keys import parsed
from connectors.outcome import before
from g20desk.clock import Clock
from g20desk.network import Rejected, Setting


def give_up(setting: Setting, clock: Clock) -> bool:
    """Ask the server to make a token void; whether it did. Raises NotNow."""
    keys = parsed(setting.secret)
    if not keys.get("client_id") or not keys.get("client_secret"):
        return False
    home = setting.server.strip().rstrip("/")
    home = home if "://" in home else f"https://{home}"
    fields = {name: str(keys[name]) for name in ("client_id", "client_secret", "token")}
    status, _ = before(lambda: plain.ask(f"{home}/oauth/revoke", fields))
    return status == 200


def void(no: Rejected) -> bool:
    """Whether a refusal says that the token itself is void."""
    return no.account and no.why.startswith("401")
