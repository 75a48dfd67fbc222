"""A hub that lost what it signed: it gets that back from desks, one of each ring, with the same places."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from g20desk.desk import evidence
from g20desk.desk.unlocking import unlock
from g20desk.desk.verifying import verify
from g20desk.errors import Refused
from tests.desks.hostile import Hostile
from tests.desks.world import World, world


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, "otto", "lia") as one:
        one.sync("otto", "lia")
        yield one


def worked(office: World) -> None:
    """Acts of both rings, known to all."""
    message = office.draft("otto", "Ministers agreed on gallium.")
    office.desk("otto").messages.submit(message)
    office.draft("otto", "A draft that only the staff reads.")
    office.sync("otto", "lia", "head")
    office.desk("lia").holds.place("A rumour is going round.")
    office.sync("lia", "otto", "head")


def lost(office: World, count: int) -> None:
    """The hub's database is as it was some places ago, its pieces gone."""
    kept = office.hub.entries[:-count]
    office.hub.order = None
    for one in kept:
        office.hub.take(kept[0].envelope.head.office, [one])
        if one.placed.n == office.handed:
            office.hub.order.state.keeper = office.hub.key.device


def test_heads_alone_are_filled_by_a_desk_that_reads_them(office: World) -> None:
    worked(office)
    whole = list(office.hub.entries)
    lost(office, 4)
    office.sync("lia")
    assert [one.placed for one in office.hub.entries] == [one.placed for one in whole]
    lacking = [one.placed.n for one in office.hub.entries if not one.envelope.sealed]
    assert lacking, "a liaison has only the heads of the staff's drafts"
    office.sync("otto")
    assert office.hub.entries == whole
    for who in ("head", "otto", "lia"):
        office.sync(who)
    office.alike("head", "otto")


def test_a_newcomer_waits_for_what_the_hub_was_not_given_yet(office: World) -> None:
    worked(office)
    office.join("ben", "Ben Officer", "officer", "")
    office.sync("lia", "otto")
    lost(office, 8)
    office.sync("lia")
    with pytest.raises(Refused) as said:
        fresh(office, "ben")
    assert said.value.code == "withheld"
    office.sync("otto")
    fresh(office, "ben")
    office.alike("ben", "otto", "head")


def fresh(office: World, who: str) -> None:
    """The desk takes everything in anew, as if it had only just been admitted."""
    office.away(who)
    _, store = unlock(office.folder / who)
    with store.write() as db:
        for table in ("voids", "wanted", "events", "places", "pieces", "epochs", "rows", "posts", "words"):
            db.execute(f"delete from {table}")
    store.close()
    office.first_sync(who)


def test_pieces_come_back_too(office: World) -> None:
    worked(office)
    lost(office, 6)
    pieces = dict(office.hub.order.pieces)
    assert not pieces
    office.sync("otto")
    fresh(office, "lia")
    found = office.desk("lia").messages.rows(search="gallium")
    assert len(list(found)) == 1
    assert not evidence.found(office.desk("lia").store)


def test_a_void_envelope_comes_back_as_it_was(office: World) -> None:
    """Its bytes are kept with it: without them nobody could see any more that it is void."""
    office.join("ben", "Ben Officer", "officer", "")
    hostile = Hostile(office, "ben", random.Random(5))
    for _ in range(4):
        hostile.void()
        hostile.squat()
    office.sync("otto", "head", "lia")
    whole = list(office.hub.entries)
    lost(office, 8)
    office.sync("otto")
    assert office.hub.entries == whole
    fresh(office, "lia")
    office.alike("otto", "head")
    assert len(verify(office.desk("lia"))["refused"]) == len(hostile.did) == 8
