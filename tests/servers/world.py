"""A stand-in and the client in front of it."""

from __future__ import annotations

import json
from typing import Any

from connectors.mastodon.client import MastodonClient
from connectors.x.client import XClient
from g20desk.clock import SystemClock
from g20desk.network import Part, Picture, Setting
from tests.servers.standin import StandIn
from tests.servers.standin_mastodon import MastodonFace
from tests.servers.standin_x import XFace

KEYS = {
    "consumer_key": "ck",
    "consumer_secret": "c-secret",
    "access_token": "user-token",
    "access_token_secret": "t-secret",
}
SECRETS = {"mastodon": "token", "x": json.dumps(KEYS)}
POST = {"mastodon": "^/api/v1/statuses$", "x": "^/2/tweets$"}
TEXT = "Ministers meet today: https://g20.org/a?b=1&c=2 <soon> & more"
NETWORKS = ["mastodon", "x"]


class World:
    """A stand-in and the client in front of it."""

    def __init__(self, network: str) -> None:
        self.network = network
        self.face: Any = MastodonFace() if network == "mastodon" else XFace()
        self.server = StandIn(self.face)
        self.pauses: list[float] = []
        self.client = self.new_client()

    def new_client(self, server: str = "", secret: str = "", limit: float = 10, software: str = "") -> Any:
        secret = secret or SECRETS[self.network]
        identity = "7" if self.network == "mastodon" else "4242"
        setting = Setting(server or self.server.url, "g20org", identity, secret, lambda _: None, software=software)
        kind: Any = MastodonClient if self.network == "mastodon" else XClient
        return kind(setting, SystemClock(), limit=limit, read_seconds=0.3, pause=self.pauses.append)

    def posts(self) -> list[Any]:
        return list(self.face.statuses if self.network == "mastodon" else self.face.posts)

    def sends(self) -> int:
        return len(self.server.requests("POST", POST[self.network]))

    def fault(self, behaviour: str, **more: Any) -> None:
        self.server.fault(behaviour, method="POST", path=POST[self.network], **more)


def part(key: str = "k1", text: str = TEXT, pictures: int = 0) -> Part:
    picture = Picture(b"\x89PNG" + b"0" * 1_200_000, "image/png", "a hall", 2, 1)
    return Part(key, "2026-11-25T09:00:00.000Z", {"text": text, "langs": ["en"]}, (picture,) * pictures)
