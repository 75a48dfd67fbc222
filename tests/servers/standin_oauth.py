"""The part of a stand-in that grants tokens: a page that allows at once, codes with PKCE, refresh tokens for one use."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from tests.servers.standin import Answer, Json, Request


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
