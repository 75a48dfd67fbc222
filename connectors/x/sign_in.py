"""X: the sign-in in the browser (OAuth 2.0 with PKCE). The office registers its app by hand and gives its id."""

from __future__ import annotations

import json

from connectors import oauth
from connectors.x.keys import basic, granted, token_url
from g20desk.asking import Consent
from g20desk.network import Rejected

PASTED = ""
NEEDS_APP = True
PAGE = "https://x.com"
SCOPES = "tweet.read tweet.write users.read media.write offline.access"


def begin(server: str, app: str, redirect: str) -> Consent:
    """The page to open; `app` is the client id. Raises Rejected without one."""
    client, _, secret = app.strip().partition(":")
    if not client:
        raise Rejected("the sign-in needs the client id of the office's app on X")
    page = f"{server.strip().rstrip('/') or PAGE}/i/oauth2/authorize"
    return oauth.consent(page, redirect, client, SCOPES, {"client_secret": secret} if secret else {})


def redeem(server: str, consent: Consent, code: str, now_ms: int) -> str:
    """The secret that the code is good for."""
    app = {name: consent.kept[name] for name in ("client_id", "client_secret") if consent.kept.get(name)}
    fields = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": consent.redirect,
        "client_id": app["client_id"], "code_verifier": consent.kept["verifier"],
    }  # fmt: skip
    return json.dumps(granted(oauth.token(token_url(server), fields, basic(app)), app, now_ms))
