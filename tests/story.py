"""The words that journeys are told in: an office with practice people, and accounts on servers of this machine."""

from __future__ import annotations

import gc
import json
import os
from pathlib import Path
from typing import Any

from g20desk.clock import Clock, SystemClock
from g20desk.desk import Desk
from g20desk.office.content import Content, PictureFile, Text
from tests.servers.standin import StandIn
from tests.servers.standin_mastodon import MastodonFace
from tests.servers.standin_x import XFace
from tests.servers.world import SECRETS


class Hands:
    """A clock that a test sets: the machine's, moved on by so many milliseconds."""

    def __init__(self) -> None:
        self.on = 0
        self._real = SystemClock()

    def now_ms(self) -> int:
        return self._real.now_ms() + self.on

    def monotonic(self) -> float:
        return self._real.monotonic() + self.on / 1000


class Office:
    """A rehearsal office in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        Desk.found(folder, "G20", "Ada Head", rehearsal=True)

    def desk(self, person: str = "Officer", clock: Clock | None = None) -> Desk:
        return Desk.open(self.folder, person, clock or SystemClock())

    @property
    def head(self) -> Desk:
        return self.desk("Ada Head")

    def add_bluesky(self, pds: Any, name: str = "Bluesky", proxy: str = "") -> str:
        """An account on a real PDS, behind a proxy where one is named; its DID."""
        did, handle, password = pds.account()
        self.head.accounts.add(
            "bluesky", name=name, owner="official", server=proxy or pds.url, handle=handle, secret=password
        )
        return str(did)

    def add_standin(self, network: str, server: StandIn, name: str) -> None:
        self.head.accounts.add(network, name=name, owner="official", server=server.url, secret=SECRETS[network])

    def approved(self, content: Content) -> str:
        """A message that is signed off; its id."""
        made = self.desk().messages.new(content)
        blocks = [f for f in made["findings"] if f["level"] == "block"]
        assert not blocks, blocks
        self.desk().messages.submit(made["message"])
        self.desk("Liaison Brazil").messages.decide(made["message"], "approve", made["digest"])
        return str(made["message"])

    def due(self, content: Content) -> str:
        """A message that is signed off and due; its id."""
        message = self.approved(content)
        desk = self.desk()
        desk.messages.schedule(message, desk.clock.now_ms())
        return message

    def posts(self, message: str) -> dict[str, dict[str, Any]]:
        return {p["account"]: p for p in self.head.messages.show(message)["posts"]}


def forked(folder: Path) -> int:
    """A copy of this process, as os.fork makes it, where this one holds nothing in the folder open. SQLite's locks do not
    outlive a fork: a copy that inherits a connection takes itself for locked, and another process, as the last one out,
    throws away what it writes."""
    gc.collect()
    opened = Path("/proc/self/fd")  # where the system has it
    held = [os.path.realpath(one) for one in opened.iterdir()] if opened.exists() else []
    assert not [name for name in held if name.startswith(f"{folder}{os.sep}")], held
    return os.fork()


def content(*parts: str, to: tuple[str, ...], pictures: tuple[PictureFile, ...] = (), lang: str = "en") -> Content:
    return Content("news", to, (Text(lang, parts),), pictures)


def standin(network: str) -> StandIn:
    return StandIn(MastodonFace() if network == "mastodon" else XFace())


def out_there(network: str, server: StandIn) -> list[Any]:
    """What a stand-in holds, behind the client's back."""
    face: Any = server.face
    return list(face.statuses if network == "mastodon" else face.posts)


def words(command: Any) -> str:
    return json.dumps(command, ensure_ascii=False)
