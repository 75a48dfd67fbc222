"""The part of a stand-in that grants tokens: a page that allows at once, codes with PKCE, refresh tokens for one use."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from oauthlib.oauth1.rfc5849 import signature

from tests.servers.standin import Answer, Json, Request


def signed(request: Request, host: str, keys: dict[str, str]) -> bool:
    """Whether a request carries a true OAuth 1.0a signature, made for this host (RFC 5849)."""
    told = request.headers.get("authorization", "")
    if (
        f'oauth_token="{keys["access_token"]}"' not in told
        or f'oauth_consumer_key="{keys["consumer_key"]}"' not in told
    ):
        return False
    form = "x-www-form-urlencoded" in request.headers.get("content-type", "")
    body = parse_qsl(request.body.decode()) if form else []
    given = signature.collect_parameters(urlencode(request.query), body, {"Authorization": told})
    where = signature.base_string_uri(host + request.path)
    base = signature.signature_base_string(request.method, where, signature.normalize_parameters(given))
    owner = SimpleNamespace(client_secret=keys["consumer_secret"], resource_owner_secret=keys["access_token_secret"])
    made = signature.sign_hmac_sha1_with_client(base, owner)
    return f'oauth_signature="{quote(made, safe="")}"' in told


class Grants:
    """Codes and tokens. `lasts`: seconds of an access token; 0: it never ends and nothing refreshes it."""

    def __init__(self, lasts: int = 0, allows: bool = True) -> None:
        self.lasts, self.allows = lasts, allows
        self.codes: dict[str, Json] = {}
        self.refresh = ""
        self.access = ""
        self.refreshed = 0
        self._number = 0

    def page(self, request: Request) -> Answer:
        """The person allows, or does not: back to the desk, or the code on the page."""
        asked = request.query
        if asked.get("response_type") != "code" or asked.get("code_challenge_method") != "S256":
            return Answer(400, {"error": "invalid_request"})
        code = self._fresh("code")
        self.codes[code] = dict(asked)
        if asked["redirect_uri"].startswith("urn:"):
            return Answer(200, {"code": code})
        said = {"code": code} if self.allows else {"error": "access_denied"}
        return Answer(302, b"", {"Location": f"{asked['redirect_uri']}?{urlencode({**said, 'state': asked['state']})}"})

    def token(self, request: Request, granted: Callable[[str], None]) -> Answer:
        """A token for a code or for a refresh token; each is good once."""
        form = request.fields()
        if form["grant_type"] == "refresh_token":
            if not self.refresh or form["refresh_token"] != self.refresh:
                return Answer(400, {"error": "invalid_grant", "error_description": "Token was invalid."})
            self.refreshed += 1
        else:
            asked = self.codes.pop(form["code"], None)
            digest = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode()
            if (
                asked is None
                or digest.rstrip("=") != asked["code_challenge"]
                or (form["redirect_uri"], form["client_id"]) != (asked["redirect_uri"], asked["client_id"])
            ):
                return Answer(400, {"error": "invalid_grant"})
        return Answer(200, self.grant(granted))

    def grant(self, granted: Callable[[str], None]) -> Json:
        """A fresh pair; the old ones are void."""
        self.access = self._fresh("access")
        granted(self.access)
        told: dict[str, Any] = {"access_token": self.access, "token_type": "bearer"}
        if self.lasts:
            self.refresh = self._fresh("refresh")
            told |= {"refresh_token": self.refresh, "expires_in": self.lasts}
        return told

    def _fresh(self, kind: str) -> str:
        self._number += 1
        return f"{kind}-token-number-{self._number}"
