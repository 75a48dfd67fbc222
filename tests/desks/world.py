"""Some desks of one office and their hub, all in this process: real desks, real stores, the hub's own judging code."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import Desk, bringing, bundles, joining
from g20desk.desk.bringing import Brought
from g20desk.desk.exporting import digest
from g20desk.desk.handing_over import hand_over
from g20desk.desk.verifying import verify
from g20desk.ledger import hub_client
from g20desk.ledger.keys import DeviceKey
from tests.desks.memory import URL, Line, MemoryHub
from tests.story import Hands, content

HEAD = "Ada Head"
PEOPLE = {
    "otto": ("Otto Officer", "officer", ""), "lia": ("Lia Liaison", "liaison", "JP"),
    "ben": ("Ben Officer", "officer", ""), "mia": ("Mia Liaison", "liaison", "MX"),
    "pia": ("Pia Presidency", "presidency", "US"),
}  # fmt: skip


@dataclass
class World:
    """`hubs`: what answers at an address; `lines`: each device's way to a hub, made when it is first gone."""

    folder: Path
    hubs: dict[str, MemoryHub]
    clocks: dict[str, Hands] = field(default_factory=dict)
    lines: dict[tuple[str, str], Line] = field(default_factory=dict)
    wrap: Callable[[Line], Any] = lambda line: line
    opened: dict[str, Desk] = field(default_factory=dict)
    handed: int = 0  # the founding desk's last place

    @property
    def hub(self) -> MemoryHub:
        return self.hubs[URL]

    def made(self, url: str, office: str, key: DeviceKey, **about: Any) -> Any:
        """In the place of `hub_client.Hub`."""
        hub = self.hubs[url.rstrip("/")]
        line = self.lines.get((url, key.device))
        if line is None or line.hub is not hub:
            line = self.lines[url, key.device] = Line(hub, office, key, url)
        return self.wrap(line)

    def clock(self, who: str) -> Hands:
        return self.clocks.setdefault(who, Hands())

    def desk(self, who: str) -> Desk:
        if who not in self.opened:
            self.opened[who] = Desk.open(self.folder / who, None, self.clock(who))
        return self.opened[who]

    def line(self, who: str, url: str = URL) -> Line:
        desk = self.desk(who)
        self.made(url, desk.office.id, desk.ledger.key(desk.device))
        return self.lines[url, desk.device]

    def away(self, who: str) -> None:
        """The desk's program ends."""
        desk = self.opened.pop(who, None)
        if desk is not None:
            desk.store.close()

    def join(self, who: str, name: str, role: str, government: str) -> None:
        head = self.desk("head")
        request, _ = joining.join(self.folder / who, joining.invite(head, name, role, government), self.clock(who))
        joining.admit(head, request)
        head.sync()
        self.first_sync(who)

    def first_sync(self, who: str) -> None:
        from g20desk.desk.syncing import exchange
        from g20desk.desk.unlocking import ledger_of

        ledger, clock = ledger_of(self.folder / who, self.clock(who))
        exchange(ledger, clock, self.folder / who, lambda words: None)
        ledger.store.close()

    def stick(self, who: str, since: int | None = None, person: str = "") -> Path:
        """What a desk puts on a stick."""
        file = self.folder / f"{who}.{len(list(self.folder.glob('*.stick')))}.stick"
        bundles.write(self.desk(who).ledger, file, since, person)
        return file

    def bring(self, who: str, file: Path) -> Brought:
        """A desk takes in what is on a stick."""
        desk = self.desk(who)
        done = bringing.bring(desk.ledger, desk.clock, desk.folder, file)
        desk.announce(frozenset(done.changes))
        return done

    def carry(self, one: str, *others: str) -> None:
        """A stick from one desk to each of the others."""
        file = self.stick(one)
        for other in others:
            self.bring(other, file)

    def join_by_stick(self, who: str, name: str, role: str, government: str) -> None:
        """Into an office without a hub."""
        from g20desk.desk.unlocking import ledger_of

        head, folder = self.desk("head"), self.folder / who
        request, _ = joining.join(folder, joining.invite(head, name, role, government), self.clock(who))
        joining.admit(head, request)
        ledger, clock = ledger_of(folder, self.clock(who))
        bringing.bring(ledger, clock, folder, self.stick("head"))
        ledger.store.close()

    def sync(self, *who: str) -> None:
        for one in who:
            self.desk(one).sync()

    def alike(self, *who: str) -> None:
        """One record on all of these, and all of it verifies."""
        digests = {one: digest(self.desk(one)) for one in who}
        assert len(set(digests.values())) == 1, digests
        for one in who:
            found = verify(self.desk(one))
            assert found["verified"], (one, found["faults"])

    def draft(self, who: str, text: str = "Ministers agreed today on debt relief for forty countries.") -> str:
        return str(self.desk(who).messages.new(content(text, to=("G20 Bluesky",)))["message"])

    def copied(self, who: str, to: str) -> Path:
        """A copy of a desk's folder, as an old disk or a backup has it."""
        self.away(who)
        shutil.rmtree(self.folder / to, ignore_errors=True)
        shutil.copytree(self.folder / who, self.folder / to)
        return self.folder / to

    def put_back(self, who: str, copy: str) -> None:
        """The desk's folder is again as its copy is."""
        self.away(who)
        shutil.rmtree(self.folder / who)
        shutil.copytree(self.folder / copy, self.folder / who)


@contextmanager
def world(folder: Path, *who: str, hub: MemoryHub | None = None) -> Any:
    """An office whose order a hub keeps, and these people at desks of their own."""
    with pytest.MonkeyPatch.context() as patch:
        made = World(folder, {URL: hub or MemoryHub(Hands().now_ms)})
        patch.setattr(hub_client, "Hub", made.made)
        made.opened["head"] = Desk.found(folder / "head", "G20", HEAD, rehearsal=True, clock=made.clock("head"))
        hand_over(made.desk("head"), URL, lambda words: None)
        made.handed = made.desk("head").store.last_place()[0]
        for one in who:
            made.join(one, *PEOPLE[one])
        yield made
        for one in list(made.opened):
            made.away(one)


@contextmanager
def apart(folder: Path, *who: str) -> Any:
    """An office without a hub: its head's desk keeps the order, and these people meet it by sticks."""
    made = World(folder, {})
    made.opened["head"] = Desk.found(folder / "head", "G20", HEAD, rehearsal=True, clock=made.clock("head"))
    for one in who:
        made.join_by_stick(one, *PEOPLE[one])
    yield made
    for one in list(made.opened):
        made.away(one)
