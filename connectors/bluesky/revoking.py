"""Giving a sign-in on Bluesky up: the session it has, and the app password where it can only be this one.

An app password's own session may list and revoke app passwords, by names that it does not know its own of: where there is just one it
is this one, else a person revokes it on the site.
"""

from __future__ import annotations

import base64
import json
from dataclasses import replace

from atproto import Session

from connectors.bluesky.client import BlueskyClient
from connectors.bluesky.keys import parsed
from connectors.outcome import before
from g20desk.clock import Clock
from g20desk.network import Rejected, Setting

APP_PASSWORD = ("com.atproto.appPass", "com.atproto.appPassPrivileged")


class _Leaving(BlueskyClient):
    def revoke(self) -> bool:
        """Whether the password is revoked. Raises Rejected, NotNow, Unknown."""
        before(self._ready)
        revoked = False
        if self._password and _scope(self._session) in APP_PASSWORD:
            told = self._signed(lambda sdk: self._get(sdk, "com.atproto.server.listAppPasswords"))
            names = [str(one["name"]) for one in told["passwords"]]
            if len(names) == 1:
                body = {"name": names[0]}
                self._signed(lambda sdk: self._post(sdk, "com.atproto.server.revokeAppPassword", json=body))
                revoked = True
        if not revoked:
            refresh = {"Authorization": f"Bearer {Session.decode(self._session).refresh_jwt}"}
            self._signed(lambda sdk: self._post(sdk, "com.atproto.server.deleteSession", headers=refresh))
        return revoked or not self._password


def give_up(setting: Setting, clock: Clock) -> bool:
    """Ask the server to make a secret void; whether it did. Raises Rejected, NotNow, Unknown."""
    return _Leaving(setting, clock).revoke()


def bare(setting: Setting) -> Setting:
    """The setting with what lasts of its secret alone: a session outlives the password that it was made with for a while."""
    password, _ = parsed(setting.secret)
    return replace(setting, secret=password, again=None) if password else setting


def void(no: Rejected) -> bool:
    """Whether a refusal says that the secret itself is void, and not that the account is, or rests."""
    ended = no.why.startswith("400") and ("ExpiredToken" in no.why or "InvalidToken" in no.why)
    return no.account and (no.why.startswith("401") or ended)


def _scope(session: str) -> str:
    claims = Session.decode(session).access_jwt.split(".")[1]
    return str(json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4))).get("scope"))
