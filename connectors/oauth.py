"""OAuth 2.0 with PKCE (RFC 6749, 7636, 8252) as far as X and Mastodon share it; one request, no redirect followed."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from connectors.outcome import before
from connectors.plain import ask
from g20desk.asking import Consent
from g20desk.network import NotNow, Rejected, Unknown


def consent(page: str, redirect: str, client: str, scopes: str, kept: Mapping[str, str]) -> Consent:
    """The page with a fresh state and a fresh verifier, of which only the digest is shown (S256)."""
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code", "client_id": client, "redirect_uri": redirect, "scope": scopes, "state": state,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="), "code_challenge_method": "S256",
    }  # fmt: skip
    return Consent(f"{page}?{urlencode(asked)}", state, redirect, {**kept, "verifier": verifier, "client_id": client})


def token(url: str, fields: Mapping[str, str], auth: tuple[str, str] | None = None) -> dict[str, Any]:
    """What a token endpoint grants. Raises Rejected (the grant is void: sign in again), NotNow (nothing granted yet,
    or the answer got lost: nothing is out)."""
    status, told = before(lambda: ask(url, fields, auth))
    if status == 200 and isinstance(told, dict) and told.get("access_token"):
        return told
    if status in (400, 401, 403) and isinstance(told, dict):
        why = told.get("error_description") or told.get("error") or ""
        raise Rejected(f"{status} {plain(why)}: sign in again".replace(" :", ":"), account=True)
    if status == 429 or status >= 500 or status == 200:
        raise NotNow(f"before posting: the network gave no token ({status})")
    raise Rejected(f"the network gave no token ({status}): is this its address?", account=True)


def plain(words: Any) -> str:
    """The network's words, short and on one line; never a body that might hold a token."""
    return " ".join(str(words).split())[:200]


def whole(status: int, told: Any, what: str) -> dict[str, Any]:
    """An answer that has to be an object. Raises Rejected, NotNow, Unknown."""
    if 200 <= status < 300 and isinstance(told, dict):
        return told
    if status == 429 or status >= 500:
        raise NotNow(f"{what}: the network answered {status}")
    if 400 <= status < 500:
        raise Rejected(f"{what}: {status} {plain(told.get('error', '')) if isinstance(told, dict) else ''}".strip())
    raise Unknown(f"{what}: the network answered {status}")
