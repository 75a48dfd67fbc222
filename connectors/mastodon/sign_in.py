"""Mastodon: the sign-in in the browser. The desk registers itself at the account's server and asks for the least.

Scopes: NETWORKS 2.3. `profile` and PKCE are of Mastodon 4.3; what a server knows stands at
`/.well-known/oauth-authorization-server`, and one that has no such page is asked for the older scopes.
"""

from __future__ import annotations

import json
from typing import Any

from connectors import oauth, plain
from connectors.outcome import before
from g20desk.asking import Consent
from g20desk.network import NotNow, Rejected

PASTED = "urn:ietf:wg:oauth:2.0:oob"
NEEDS_APP = False
NAME = "g20desk"
LEAST = ("read:accounts", "read:statuses", "write:media", "write:statuses")


def begin(server: str, app: str, redirect: str) -> Consent:
    """The page to open, of an app that was registered at this server just now."""
    home = server.strip().rstrip("/")
    if not home:
        raise Rejected("say which server the account is on")
    home = home if "://" in home else f"https://{home}"
    about = _about(home)
    scopes = " ".join(LEAST if "profile" not in (about.get("scopes_supported") or ()) else ("profile", *LEAST))
    fields = {"client_name": NAME, "redirect_uris": redirect, "scopes": scopes}
    told = oauth.whole(*before(lambda: plain.ask(f"{home}/api/v1/apps", fields)), "registering at the server")
    if not told.get("client_id") or not told.get("client_secret"):
        raise Rejected("the server registered no app")
    kept = {"client_secret": str(told["client_secret"]), "token_url": _own(about, "token_endpoint", home, "token")}
    page = _own(about, "authorization_endpoint", home, "authorize")
    return oauth.consent(page, redirect, str(told["client_id"]), scopes, kept)


def redeem(server: str, consent: Consent, code: str, now_ms: int) -> str:
    """The secret that the code is good for."""
    fields = {
        "grant_type": "authorization_code", "code": code.strip(), "redirect_uri": consent.redirect,
        "client_id": consent.kept["client_id"], "client_secret": consent.kept["client_secret"],
        "code_verifier": consent.kept["verifier"],
    }  # fmt: skip
    told = oauth.token(consent.kept["token_url"], fields)
    # The server revokes the token for this app alone.
    made: dict[str, Any] = {"token": str(told["access_token"]), "client_id": fields["client_id"],
                            "client_secret": fields["client_secret"]}  # fmt: skip
    if isinstance(told.get("expires_in"), int | float):
        made["ends"] = now_ms + int(told["expires_in"] * 1000)
    return json.dumps(made)


def _about(home: str) -> dict[str, Any]:
    try:
        status, told = plain.ask(f"{home}/.well-known/oauth-authorization-server")
    except NotNow:
        raise
    except Exception:
        return {}
    return told if status == 200 and isinstance(told, dict) else {}


def _own(about: dict[str, Any], name: str, home: str, usual: str) -> str:
    """An endpoint that the server names, where it is its own: a password is typed there."""
    named = str(about.get(name) or "")
    return named if named.startswith(f"{home}/") else f"{home}/oauth/{usual}"
