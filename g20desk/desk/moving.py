"""The office's hub stands elsewhere, or a new one takes the place of a lost one, rebuilt from desks with the same places.

Every desk brings what it knows; then the head names the new hub's key in the record and a second person confirms it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from g20desk.desk import copying, evidence, lost_keeper, seals, ways
from g20desk.desk.acting import ADDRESS, HUB_KEY, Proposal
from g20desk.desk.carrying import entries, give_pieces
from g20desk.desk.giving_back import GivingBack
from g20desk.desk.syncing import Sync
from g20desk.desk.verifying import HANDED_OVER
from g20desk.errors import Refused
from g20desk.ledger import body
from g20desk.ledger.event import Event
from g20desk.ledger.wire import Entry, HandOver

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.ledger.hub_client import Hub, Status

BROUGHT = "The hub at {url} has the record up to place {place}. Do the same on every other desk, staff and members; then, on the head's desk: g20desk hub move {url} --finish"
NAMED = "The head has named the hub at {url}. A second person confirms it on their own desk: g20desk hub move {url}"
MOVED = "The hub at {url} keeps the order of this office now. Do the same on every other desk."
Say = Callable[[str], None]


def move(desk: Desk, url: str, finish: bool, say: Say) -> str:
    """Go by the hub at `url`: bring it what it lacks; `finish`: the head names it; a second person confirms. May be called
    again where it was broken off. What was done, in words. Raises Refused, Usage, Unreachable."""
    url = url.rstrip("/")
    hub = ways.hub(desk.ledger, desk.clock, url, desk.device)
    try:
        return Moving(desk, hub, url, say).run(finish)
    finally:
        hub.close()


class Moving:
    """One desk's part in it."""

    def __init__(self, desk: Desk, hub: Hub, url: str, say: Say) -> None:
        self._desk, self._hub, self._url, self._say = desk, hub, url, say
        self._store, self._key = desk.store, hub.keeper()

    def run(self, finish: bool) -> str:
        """Everything that can be done now."""
        if self._key == self._store.meta("keeper"):
            return self._follow(MOVED)
        status = self._status()
        if status is None or status.keeper != self._key:
            self._bring(status)
            if not finish:
                return BROUGHT.format(url=self._url, place=self._store.last_place()[0])
            item = self._act()
            place, running, _ = self._store.last_place()
            key = self._desk.ledger.key(self._desk.device)
            self._hub.finish_take_over(HandOver.signed(key, self._desk.office.id, self._key, place, running))
            self._append(item)
            return self._follow(NAMED)
        self._come_in()
        if self._key == self._store.meta("keeper"):
            return self._follow(MOVED)
        said = self._hub.entries(self._store.last_place()[0], 1)
        if said:
            return self._confirm(said[0])
        self._append(self._act())
        return self._follow(NAMED)

    def _come_in(self, ends: int = 0) -> None:
        """What others brought, as far as it is in order."""
        Sync(self._desk.ledger, self._hub, self._say, self._desk.clock).come_in(ends)

    def _status(self) -> Status | None:
        """Where the office stands there; None where it is not there at all."""
        try:
            return self._hub.status()
        except Refused as no:
            if no.code != "unknown-office":
                raise
            return None

    def _bring(self, status: Status | None) -> None:
        """All that this desk knows, each keeper's places after the word that named it; then what others brought comes in."""
        have = status.place if status else 0
        key, office = self._desk.ledger.key(self._desk.device), self._desk.office.id
        for place, keeper in self._handed():
            if place < have:
                continue
            if place > have:
                self._hub.take_over(entries(self._store, have, place))
            entry = self._store.entry(place)
            running = entry.placed.hash if entry else ""
            self._hub.finish_take_over(HandOver.signed(key, office, keeper, place, running))
            have = place
        ends = GivingBack(self._store, self._hub, self._say).restore()
        give_pieces(self._store, self._hub, self._store.all())
        self._come_in(ends)

    def _handed(self) -> list[tuple[int, str]]:
        """The last place of each keeper but the present one, and who followed."""
        made = []
        for verdict in self._desk.ledger.folds.office_verdicts():
            item = verdict.event
            if item.header.kind == HANDED_OVER and verdict.counts and item.place is not None:
                said = lost_keeper.named(item)
                if self._desk.ledger.office(item.place + 1).keeper == said["key"]:
                    own = item.header.device == self._desk.ledger.office(item.place).keeper
                    made.append((item.place if own else item.place - 2, str(said["key"])))
        return made

    def _values(self) -> dict[str, Any]:
        place, running, _ = self._store.last_place()
        return {"key": self._key, "address": self._url, "place": place, "hash": running}

    def _act(self) -> Event:
        """This person's act that names the new hub; the one that waits since an earlier try. Raises Refused."""
        values = self._values()
        for item in self._store.tentative():
            mine = item.header.kind == HANDED_OVER and item.header.device == self._desk.device
            if mine and lost_keeper.named(item) == values:
                return item
        copying.set_apart(self._store, self._desk.device)
        (made,) = self._desk.act_all(Proposal(HANDED_OVER, values))
        found = self._store.get(made)
        assert found is not None
        return found

    def _append(self, item: Event) -> None:
        """Alone, before anything else that waits here."""
        ledger = self._desk.ledger
        with self._store.write():
            sealed = seals.sealed(
                self._store,
                ledger.folds.placed_office(),
                item,
                ledger.key(self._desk.device),
                body.decode(item.body),
                b"",
            )
        (placed,) = self._hub.append([sealed])
        with self._store.write():
            evidence.owe(self._store, Entry(placed, sealed), item.id, placed.digest == sealed.digest)

    def _confirm(self, entry: Entry) -> str:
        """The second person's act, on the same words as the head's; nothing by who may not. Raises Refused where the words
        are others."""
        first = lost_keeper.opened(self._store, entry)
        if first is None or lost_keeper.named(first) != self._values():
            raise Refused(
                "other-hand-over", f"What stands at place {entry.placed.n} there does not name this hub on this record.",
                "Ask the head; compare the records: g20desk ledger head",
            )  # fmt: skip
        if first.header.device == self._desk.device:
            return self._follow(NAMED)
        held = self._store.get(first.id) is not None
        if not held:
            with self._store.write():
                self._store.add(first)
        try:
            item = self._act()
        except Refused as no:
            if not held:
                with self._store.write():
                    self._store.remove_tentative(first.id)
            if no.code == "no-right":
                return NAMED.format(url=self._url)
            raise
        self._append(item)
        return self._follow(MOVED)

    def _follow(self, words: str) -> str:
        """From now on this desk exchanges acts there; what it believes of it is proved when that comes in."""
        with self._store.write():
            self._store.set_meta(ADDRESS, self._url)
            self._store.set_meta(HUB_KEY, self._key)
        return words.format(url=self._url)
