"""Whom a mention means on Mastodon: the account's id on the server that posts, which `allowed_mentions` names."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from connectors.plain import ask
from g20desk.network import Unknown

SECONDS = 5.0


def identities(server: str, mentions: Sequence[str]) -> dict[str, str]:
    """Mention to account id, for those that the server knows. Raises NotNow, Unknown."""
    home = server.strip().rstrip("/")
    home = home if "://" in home else f"https://{home}"
    made = {}
    for mention in mentions:
        path = f"/api/v1/accounts/lookup?acct={quote(mention.lstrip('@'), safe='')}"
        status, told = ask(f"{home}{path}", seconds=SECONDS)
        if status == 200 and isinstance(told, dict) and str(told.get("id") or "").isalnum():
            made[mention] = str(told["id"])
        elif status >= 500 or status == 429:
            raise Unknown(f"the server answered {status}")
    return made
