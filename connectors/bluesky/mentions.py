"""Whom a handle means on Bluesky: its DID, asked of the account's own server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import quote

from connectors.plain import ask
from g20desk.network import Unknown

SERVER = "https://bsky.social"
SECONDS = 5.0
_DID = re.compile(r"did:(?:plc|web):[A-Za-z0-9._:%-]{1,200}\Z")


def identities(server: str, mentions: Sequence[str]) -> dict[str, str]:
    """Mention to DID, for those that there are. Raises NotNow, Unknown."""
    home = server.strip().rstrip("/") or SERVER
    home = home if "://" in home else f"https://{home}"
    made = {}
    for mention in mentions:
        handle = quote(mention.lstrip("@").lower(), safe="")
        path = f"/xrpc/com.atproto.identity.resolveHandle?handle={handle}"
        status, told = ask(f"{home}{path}", seconds=SECONDS)
        did = str(told.get("did", "")) if isinstance(told, dict) else ""
        if status == 200 and _DID.match(did):
            made[mention] = did
        elif status >= 500 or status == 429:
            raise Unknown(f"the server answered {status}")
    return made
