"""A world for publishers in which nothing happens by itself: its time passes when a test says so, and whatever may come
between two steps of a send comes exactly there."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from connectors.rehearsal.client import RehearsalClient
from g20desk.clock import SystemClock
from g20desk.desk import Desk
from g20desk.desk.sending import BEGIN_SECONDS, LIVE, Sender
from g20desk.network import Client, NotNow, Part, Receipt, Rejected, Setting, Unknown
from g20desk.office.content import Content, PictureFile, Text
from g20desk.office.state import Account
from g20desk.publishing import points
from tests.servers.standin import StandIn
from tests.servers.standin_mastodon import MastodonFace
from tests.servers.standin_x import XFace
from tests.story import Office

# Steps of a send, in order; the second and third of them are within the request.
POINTS = (points.READY, points.INTENT, "request", "stored", points.ANSWERED, points.WRITTEN)
PRACTICE = ("G20 X", "G20 Bluesky", "G20 Mastodon")
SERVERS = {"x": XFace, "mastodon": MastodonFace}


@dataclass(frozen=True)
class Written:
    """A message of the office: its parts, its accounts, its topic; with a picture."""

    parts: tuple[str, ...]
    to: tuple[str, ...]
    topic: str = ""
    picture: bool = False

    def content(self, picture: Path) -> Content:
        """As it is typed."""
        files = (PictureFile(str(picture), {"en": "A hall with a long table."}),) if self.picture else ()
        return Content("news", self.to, (Text("en", self.parts),), files, topic=self.topic)


MESSAGES = (
    Written(("Ministers met in Pretoria.",), PRACTICE),
    Written(("Debt, one.", "Debt, two.", "Debt, three."), PRACTICE, topic="debt"),
    Written(("Energy ministers met.",), ("x", "mastodon"), picture=True),
    Written(("Trade, one.", "Trade, two."), ("x", "mastodon", "G20 Bluesky")),
    Written(("ministers met in “Pretoria”.",), ("G20 X", "G20 Mastodon")),
    Written(("Health ministers met.",), ("G20 X", "mastodon")),
)


def an_office(folder: Path, servers: dict[str, StandIn], picture: Path) -> tuple[str, ...]:
    """An office with those messages, all signed off; their ids."""
    office = Office(folder)
    for network, server in servers.items():
        office.add_standin(network, server, network)
    return tuple(office.approved(one.content(picture)) for one in MESSAGES)


class Time:
    """A clock that runs a millisecond with each look, and otherwise when it is told to. `true` is the networks' time,
    `wrong` by how much this computer's is off."""

    def __init__(self) -> None:
        self.true = SystemClock().now_ms() + 1000
        self.wrong = 0
        self.since = 0.0

    def now_ms(self) -> int:
        self.true += 1
        self.since += 0.001
        return self.true + self.wrong

    def monotonic(self) -> float:
        return self.since

    def go(self, seconds: float) -> None:
        self.true += round(seconds * 1000)
        self.since += seconds


class Killed(BaseException):
    """The process ends here, without a word."""


@dataclass
class Plan:
    """What comes at the nth time that a step is reached."""

    step: str = ""
    nth: int = 1
    acts: tuple[Callable[[], object], ...] = ()


class Watched:
    """A client behind which the world sees each request, and can hold it up or let it arrive late."""

    def __init__(self, world: World, account: str, inner: Client) -> None:
        self._world, self._account, self._inner = world, account, inner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def send(self, parts: list[Part], root: Receipt | None, parent: Receipt | None) -> list[Receipt]:
        self._world.requested(parts)
        self._world.reach("request")
        if self._account in self._world.slow:
            self._world.slow.discard(self._account)
            self._world.late.append(lambda: self._inner.send(parts, root, parent))
            raise Unknown("no answer yet")
        made = self._inner.send(parts, root, parent)
        self._world.reach("stored")
        return made


class Publisher:
    """A publishing process: a desk, and a name that lives until it is killed."""

    numbers = count(1)

    def __init__(self, world: World, person: str) -> None:
        self._world, self._person = world, person
        self.intended = 0.0
        self._start()

    def _start(self) -> None:
        self.desk = Desk.open(self._world.folder, self._person, self._world.time)
        self.process = f"{os.getpid()}-{next(self.numbers)}"
        LIVE.add(self.process)

    def round(self, plan: Plan, patient: bool) -> None:
        """What there is to do, account by account; a kill ends the process, and another one starts."""
        sender = Sender(self.desk, self.process, patient)
        self._world.stack.append((self, plan))
        try:
            queues, accounts = self.desk.publish.queues(), self.desk.office.accounts
            for account in sorted(queues, key=lambda one: accounts[one].name):
                sender.posts(queues[account])
        except Killed:
            self.end()
            self._start()
        finally:
            self._world.stack.pop()

    def end(self) -> None:
        LIVE.discard(self.process)
        self.desk.store.close()


@dataclass
class World:
    """An office's folder, its messages, the networks, and the publishers at work."""

    folder: Path
    servers: dict[str, StandIn]
    ids: tuple[str, ...]
    time: Time = field(default_factory=Time)
    stack: list[tuple[Publisher, Plan]] = field(default_factory=list)
    slow: set[str] = field(default_factory=set)
    late: list[Callable[[], object]] = field(default_factory=list)
    desks: dict[str, Desk] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for network, server in self.servers.items():
            server.face = SERVERS[network](lambda: self.time.true / 1000)
            server.faults.clear()
            server.log.clear()

    def desk(self, person: str = "Officer") -> Desk:
        """A person's desk, opened once."""
        if person not in self.desks:
            self.desks[person] = Desk.open(self.folder, person, self.time)
        return self.desks[person]

    def end(self) -> None:
        for desk in self.desks.values():
            desk.store.close()

    def client(self, account: Account, inner: Client) -> Client:
        """What stands in for the client of an account."""
        made: Any = Watched(self, account.name, inner)
        return made

    def reach(self, step: str) -> None:
        """A step of the send that is under way: what was planned for it comes now."""
        if not self.stack:
            return
        publisher, plan = self.stack[-1]
        if step == points.INTENT:
            publisher.intended = self.time.monotonic()
        if plan.step == step:
            plan.nth -= 1
            if plan.nth == 0:
                for one in plan.acts:
                    one()

    def kill(self) -> None:
        """End the process that is at work."""
        raise Killed

    def go(self, seconds: float) -> None:
        """Time passes. What was on its way arrives at its beginning, and nobody waits for the answer."""
        while self.late:
            try:
                self.late.pop(0)()
            except (Rejected, NotNow, Unknown):
                continue
        self.time.go(seconds)

    def requested(self, parts: list[Part]) -> None:
        """What must hold as a request begins: its intent stands in the record, is this process's, and is fresh."""
        publisher, keys = self.stack[-1][0], [part.key for part in parts]
        for id in self.ids:
            for post in self.desk().messages.submitted(id).message.posts.values():
                if post.attempt is not None and post.attempt["keys"] == keys:
                    assert (post.state, post.claimed_by) == ("sending", publisher.process), "a request without intent"
                    assert self.time.monotonic() - publisher.intended <= BEGIN_SECONDS, (
                        "a request long after its intent"
                    )
                    return
        raise AssertionError("a request of which the record knows nothing")

    def out(self, account: str) -> list[tuple[str, str]]:
        """What stands on an account, in the order in which it came: ids and texts."""
        if account in self.servers:
            face: Any = self.servers[account].face
            return [(one["id"], one["raw"] if account == "x" else one["text"])
                    for one in (face.posts if account == "x" else face.statuses)]  # fmt: skip
        like = account.removeprefix("G20 ").lower()
        setting = Setting("", account, "", "", lambda _: None, str(self.folder), like, account)
        return [(str(one["id"]), str(one["text"])) for one in RehearsalClient(setting, self.time).posts()]
