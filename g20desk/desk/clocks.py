"""Whether this computer's clock can be gone by: held to the record's last stamp, to a clock that nobody sets, and to the
`Date` of the networks' answers.

What a server said is kept as its time beside our steady clock, so that a wall clock which is set later is noticed without
asking anew. At least half of the servers that answer have to agree with this computer; one that does not is named.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from g20desk import asking, servers
from g20desk.network import NotNow, Unknown
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

OFF_MS = 30_000
# A server's word beside our steady clock is good for so long; after the shorter time it is asked again when there is time.
GOOD_SECONDS, OLD_SECONDS = 3600.0, 600.0
# How soon servers are asked again that did not answer, or whose word speaks against this clock.
AGAIN_SECONDS = 15.0
# An answer that took longer says too little about the time.
SLOW_SECONDS = 10.0
KEPT_MS = 1_200_000
SAID = "clock"
HUB = "the office's hub"


@dataclass(frozen=True, slots=True)
class Said:
    """What a server's clock showed: its milliseconds since 1970 less ours since some moment, how far off that may be,
    and when it was, by the steady clock."""

    ahead: float
    unsure: float
    at: float


class Clocks:
    """`desk.clocks`. For all threads of a desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._clock = desk, desk.clock
        self._lock, self._turn = threading.Lock(), threading.Lock()
        self._said: dict[str, Said] = {}
        self._asked = float("-inf")

    def heard(self, host: str, headers: Mapping[str, str], took: float) -> None:
        """A whole answer came in, `took` seconds after its request began."""
        # A window opens without it.
        from email.utils import parsedate_to_datetime

        low = {str(name).lower(): str(value) for name, value in headers.items()}
        if took > SLOW_SECONDS or low.get("age", "0") != "0":
            return  # from a cache on the way it tells when that was filled
        try:
            shown = parsedate_to_datetime(low["date"]).timestamp() * 1000
        except (KeyError, ValueError, TypeError, OverflowError):
            return
        at = self._clock.monotonic() - took / 2
        # It shows whole seconds.
        with self._lock:
            self._said[host] = Said(shown + 500 - at * 1000, 500 + took * 500, at)

    def hub(self, skew: int, unsure: int) -> None:
        """The office's hub showed its time: its clock less ours in milliseconds, and how far off that may be. Where a hub
        keeps the order its clock is the one that counts."""
        at = self._clock.monotonic()
        with self._lock:
            self._said[HUB] = Said(self._clock.now_ms() + skew - at * 1000, unsure, at)

    def check(self) -> str:
        """Why nothing is to be published; empty where all is well. Asks the servers where none has said anything, or
        what they said speaks against this clock. For threads that may wait for a network."""
        with self._turn:
            if not self._good() or self._against():
                self._ask(_hosts(self._desk))
        why = self._wrong(self._good())
        self._keep(why)
        return why

    def refresh(self) -> None:
        """Ask the servers that said nothing lately, so that nothing has to wait for it later."""
        with self._turn:
            lately = self._good(OLD_SECONDS)
            self._ask({host: one for host, one in _hosts(self._desk).items() if host not in lately})

    def wrong(self) -> str:
        """Why nothing is to be published as far as is known now, by this process or a publisher's; asks nobody."""
        good = self._good()
        if good:
            return self._wrong(good)
        why, at = self._kept()
        return why if why and abs(self._clock.now_ms() - at) < KEPT_MS else self._wrong({})

    def odd(self) -> dict[str, int]:
        """The servers, the hub among them, whose clock differs, by how many milliseconds they are ahead of this computer's."""
        return {host: off for host, off in self._offsets(self._good()).items() if off}

    def hub_alone(self) -> bool:
        """Whether the hub's clock differs from this computer's, and the networks' agree with it."""
        offsets = self._offsets(self._good())
        return bool(offsets.pop(HUB, 0)) and _agree(list(offsets.values()))

    def heard_of(self) -> int:
        """How many servers said their time."""
        return len(self._good())

    def behind(self) -> int:
        """By how many milliseconds this clock runs behind the record's last stamp, where that is too much."""
        behind = self._desk.store.last_place()[2] - self._clock.now_ms()
        return behind if behind > OFF_MS else 0

    def _good(self, seconds: float = GOOD_SECONDS) -> dict[str, Said]:
        now = self._clock.monotonic()
        with self._lock:
            return {host: one for host, one in self._said.items() if 0 <= now - one.at < seconds}

    def _offsets(self, good: Mapping[str, Said]) -> dict[str, int]:
        """By how much each server is ahead of this computer; 0 for one that agrees with it."""
        now, steady = self._clock.now_ms(), self._clock.monotonic()
        ahead = {host: (one.ahead + steady * 1000 - now, one.unsure) for host, one in good.items()}
        return {host: round(off) if abs(off) > OFF_MS + unsure else 0 for host, (off, unsure) in ahead.items()}

    def _against(self) -> bool:
        offsets = self._offsets(self._good())
        return sum(map(bool, offsets.values())) * 2 > len(offsets)

    def _wrong(self, good: Mapping[str, Said]) -> str:
        offsets = self._offsets(good)
        if HUB in offsets:
            return _beside_the_hubs(offsets.pop(HUB), list(offsets.values()))
        differing = {host: off for host, off in offsets.items() if off}
        if len(differing) * 2 > len(offsets):
            named = ", ".join(f"{host} by {_seconds(off)}" for host, off in sorted(differing.items()))
            if len(offsets) == 1:
                return (f"This computer's clock is not that of {named}, and no other server was there to tell which is "
                        "right; nothing is published until they agree.")  # fmt: skip
            return f"This computer's clock is wrong: it differs from {named}; nothing is published until it is right."
        behind = self.behind()
        if behind and not good:
            return (f"This computer's clock is {_seconds(behind)} behind the record; "
                    "nothing is published until it is right.")  # fmt: skip
        return ""

    def _ask(self, hosts: Mapping[str, Account]) -> None:
        now = self._clock.monotonic()
        if not hosts or now - self._asked < AGAIN_SECONDS:
            return
        self._asked = now

        def ask(host: str, account: Account) -> None:
            try:
                told = asking.health(account.network, account.server)
            except (NotNow, Unknown):
                return  # a server that is not there says nothing about the time
            if told is not None:
                self.heard(host, *told)

        with ThreadPoolExecutor(len(hosts), "clock") as pool:
            list(pool.map(ask, hosts, hosts.values()))

    def _kept(self) -> tuple[str, int]:
        kept = self._desk.store.meta(SAID)
        why, at = json.loads(kept) if kept else ("", 0)
        return str(why), int(at)

    def _keep(self, why: str) -> None:
        """For the other processes of this desk."""
        now, (before, at) = self._clock.now_ms(), self._kept()
        if why != before or (why and abs(now - at) > KEPT_MS / 4):
            self._desk.store.set_meta(SAID, json.dumps([why, now]))


def host_of(account: Account) -> str:
    """Which server an account is on, in a word."""
    return urlsplit(account.server).netloc or account.server or account.network


def _hosts(desk: Desk) -> dict[str, Account]:
    asked = (one for one in desk.office.accounts.values() if not one.removed and one.network != "rehearsal")
    return {host_of(one): one for one in asked if servers.may(one.server)}


def _agree(others: list[int]) -> bool:
    """Whether most other servers agree with this computer."""
    return bool(others) and sum(map(bool, others)) * 2 < len(others)


def _beside_the_hubs(ahead: int, others: list[int]) -> str:
    """What is wrong where the hub's clock is ahead of ours by so many milliseconds, and other servers' by others."""
    if not ahead:
        return ""
    if _agree(others):
        way = "ahead of" if ahead > 0 else "behind"
        return (f"The clock of the office's hub is {_seconds(ahead)} {way} this computer's, which agrees with the "
                "networks; nothing is published until the hub's is right.")  # fmt: skip
    way = "behind" if ahead > 0 else "ahead of"
    return f"This computer's clock is {_seconds(ahead)} {way} the hub's; nothing is published until it is right."


def _seconds(ms: int) -> str:
    return f"{abs(ms) / 1000:.0f} s"
