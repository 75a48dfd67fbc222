"""Handing the order to a hub: everything there first, then the keeper's last act, then the statement that ends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from g20desk.desk import ways
from g20desk.desk.acting import ADDRESS, Proposal
from g20desk.desk.carrying import entries, give_pieces
from g20desk.desk.verifying import HANDED_OVER
from g20desk.errors import Usage
from g20desk.ledger.wire import HandOver

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.office.state import Office


def hand_over(desk: Desk, url: str, say: Callable[[str], None]) -> None:
    """Make the hub at `url` the keeper of this office's order. May be called again where it was broken off. Raises Usage
    on a desk that does not keep the order, Refused, Unreachable."""
    store, ledger = desk.store, desk.ledger
    founder = store.meta("founder") or store.meta("keeper")
    if founder not in store.metas("device/").values():
        raise Usage("not-keeper", "The desk that keeps the order hands it over.", "Do it on the founding desk.")
    if store.meta(ADDRESS) not in ("", url.rstrip("/")):
        raise Usage("has-hub", f"This office has a hub: {store.meta(ADDRESS)}.", "Hand over from there.")
    hub = ways.hub(ledger, desk.clock, url, founder)
    key = hub.keeper()
    say("Handing in what was done so far.")
    brought = store.last_place()[0]
    hub.take_over(entries(store, 0, brought))
    give_pieces(store, hub, store.all())

    def last_act(office: Office, _: str) -> Proposal:
        place, running = store.last_place()[:2]
        values = {"key": key, "address": url.rstrip("/"), "place": place, "hash": running}
        return Proposal(HANDED_OVER, values)

    if store.meta("keeper") == founder:
        store.set_meta("founder", founder)
        desk.act_all(last_act)
    place = next(e.place or 0 for e in reversed(store.stream(desk.office.id)) if e.header.kind == HANDED_OVER)
    hub.take_over(entries(store, brought, place))
    entry = store.entry(place)
    running = entry.placed.hash if entry else ""
    hub.finish_take_over(HandOver.signed(ledger.key(founder), desk.office.id, key, place, running))
    hub.close()
