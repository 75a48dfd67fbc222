"""What a desk may read since it was given a ring's key, and had taken in as heads alone: a member of the staff now, or a new head.

The hub still has the sealed bytes. Nothing else changes by it: no verdict on other acts reads what the staff's ring holds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from g20desk.desk.acting import Ledger
from g20desk.desk.row_keeping import Changes
from g20desk.desk.unsealing import READ
from g20desk.desk.verifying import differs
from g20desk.ledger import chain, envelope, sealing
from g20desk.ledger.event import Event
from g20desk.ledger.sealing import Epoch, Unsealed
from g20desk.ledger.wire import Entry

if TYPE_CHECKING:
    from g20desk.ledger.hub_client import Hub

AT_ONCE = 200


def waits_for_key(ledger: Ledger) -> str:
    """What a person is told whose desk may read what the staff writes, and was given no key yet; else empty."""
    store, office = ledger.store, ledger.folds.placed_office()
    device, now = store.meta(f"device/{store.meta('person')}"), office.epochs.get(office.office_ring)
    if now is None or device not in office.entitled(office.office_ring) or store.epoch(now.id) is not None:
        return ""
    return (
        "This desk was not given the key to the staff's drafts yet: a head's desk does it when it next exchanges acts."
    )


class ReadingIn:
    """One desk's look back."""

    def __init__(self, ledger: Ledger, hub: Hub) -> None:
        self._ledger, self._store, self._hub = ledger, ledger.store, hub

    def run(self) -> Changes:
        """Take in what can be read now; what that touched. Raises Unreachable, Refused."""
        store, office = self._store, self._ledger.folds.placed_office()
        mine = set(store.metas("device/").values())
        changes: Changes = frozenset()
        for ring, now in office.epochs.items():
            if mine & office.entitled(ring) and not store.meta(READ + ring) and store.epoch(now.id) is not None:
                changes |= self._ring(ring)
                store.set_meta(READ + ring, "whole")
        return changes

    def _ring(self, ring: str) -> Changes:
        changes: Changes = frozenset()
        last = 0
        while places := self._store.unread(ring, last, AT_ONCE):
            last = places[-1]
            streams: set[str] = set()
            found = {one.placed.n: one for one in self._fetched(places)}
            with self._store.write():
                for place in places:
                    if place in found and (opened := self._opened(found[place])):
                        streams.add(opened)
                self._ledger.folds.forget()
                changes |= self._ledger.rows.anew(streams)
        return changes

    def _fetched(self, places: list[int]) -> list[Entry]:
        """These places with their sealed bytes, as this desk knows their heads."""
        made, wanted = [], set(places)
        while wanted:
            after = min(wanted) - 1
            page = self._hub.entries(after, AT_ONCE)
            for one in page:
                known = self._store.entry(one.placed.n) if one.placed.n in wanted else None
                if known is not None and known.placed.digest == one.placed.digest and one.envelope.sealed:
                    made.append(one)
            wanted -= {one.placed.n for one in page} | {after + 1}
        return made

    def _opened(self, entry: Entry) -> str:
        """Keep what an envelope holds at its place; its stream. One that holds something else than its head shows is void."""
        head = envelope.check(entry.envelope)
        epoch = self._store.epoch(head.epoch)
        if epoch is None:
            return ""
        try:
            item = self._event(entry, epoch)
        except (Unsealed, chain.Broken) as error:
            why = f"It holds something else than its envelope shows: {error}."
            self._store.void(entry.placed.n, why, entry.envelope.sealed)
            return ""
        if self._store.get(item.id) is not None:
            return ""
        self._store.add(replace(item, place=entry.placed.n, stamp=entry.placed.stamp), entry.envelope.clear)
        self._store.want(head.pieces, head.event)
        return item.header.stream or item.id

    def _event(self, entry: Entry, epoch: Epoch) -> Event:
        made = sealing.opened(entry.envelope, epoch)
        item = chain.proved(made.header, made.signature, made.body)
        if why := differs(envelope.check(entry.envelope), item):
            raise Unsealed(why)
        return item
