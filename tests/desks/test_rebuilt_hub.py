"""A hub that lost what it signed: it gets that back from desks, one of each ring, with the same places."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from g20desk.desk import evidence
from g20desk.desk.acting import ADDRESS
from g20desk.desk.exporting import export
from g20desk.desk.moving import move
from g20desk.desk.unlocking import unlock
from g20desk.desk.verifying import verify
from g20desk.errors import Refused
from tests.desks.hostile import Hostile
from tests.desks.memory import URL, MemoryHub
from tests.desks.world import World, world
from tests.story import Hands


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


NEW = "https://new.test"


def gone(office: World) -> None:
    """The hub is lost, its key with it; a new one stands ready."""
    del office.hubs[URL]
    office.hubs[NEW] = MemoryHub(Hands().now_ms)


def moved(office: World, who: str, finish: bool = False) -> str:
    return move(office.desk(who), NEW, finish, lambda words: None)


def test_a_lost_hub_is_rebuilt_from_a_desk_of_each_ring_with_the_same_places(office: World, tmp_path: Path) -> None:
    worked(office)
    office.draft("otto", "Only Otto and the hub that is lost know this.")
    office.sync("otto")
    whole = list(office.hub.entries)
    gone(office)
    with pytest.raises(Refused):
        moved(office, "lia")
    assert "every other desk" in moved(office, "head")
    assert "every other desk" in moved(office, "lia") and "every other desk" in moved(office, "otto")
    office.desk("lia").holds.place("Done while there was no hub.")
    assert "second person" in moved(office, "head", finish=True)
    assert office.hubs[NEW].entries[: len(whole)] == whole
    assert "second person" in moved(office, "lia") and "second person" in moved(office, "head")
    assert office.desk("lia").tentative == 1
    with pytest.raises(Refused) as said:
        office.desk("head").sync()
    assert said.value.code == "half-handed-over"
    assert "keeps the order" in moved(office, "otto")
    assert "keeps the order" in moved(office, "lia")
    office.sync("otto", "head", "lia", "head", "otto")
    assert [one.placed for one in office.hubs[NEW].entries[: len(whole)]] == [one.placed for one in whole]
    office.alike("head", "otto")
    for who in ("head", "otto", "lia"):
        found = verify(office.desk(who))
        assert found["verified"] and not found["tentative"] and not found["refused"], (who, found)
        assert not evidence.found(office.desk(who).store)
    assert office.desk("head").store.meta(ADDRESS) == NEW
    file = tmp_path / "export.jsonl"
    export(office.desk("head"), file)
    done = subprocess.run(
        [sys.executable, "tools/check_export.py", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nobody_names_a_new_hub_alone(office: World) -> None:
    worked(office)
    gone(office)
    moved(office, "head")
    with pytest.raises(Refused) as said:
        moved(office, "otto", finish=True)
    assert said.value.code == "no-right"
    moved(office, "head", finish=True)
    for who in ("lia", "head", "lia"):
        assert "second person" in moved(office, who)
    for who in ("head", "lia"):
        assert office.desk(who).store.last_place()[0] <= len(office.hubs[NEW].entries) - 1


def test_once_there_are_guardians_one_of_them_confirms_a_new_hub(office: World) -> None:
    office.desk("head").guardians.name(["Lia Liaison", "Liaison Brazil"], 2)
    office.sync("head", "otto", "lia")
    worked(office)
    gone(office)
    for who in ("head", "otto", "lia"):
        moved(office, who)
    moved(office, "head", finish=True)
    assert "second person" in moved(office, "otto")
    assert "keeps the order" in moved(office, "lia")
    assert "keeps the order" in moved(office, "otto")
    office.sync("head", "otto", "lia", "head", "otto")
    office.alike("head", "otto")


def test_a_hub_that_signs_on_with_another_key_is_no_new_keeper(office: World) -> None:
    """Two acts that were never made can't be shown, and what a stranger signs is no order."""
    worked(office)
    other = MemoryHub(Hands().now_ms)
    other.order = office.hub.order.copied()
    office.draft("otto")
    office.sync("otto")
    new = office.hub.entries[-1]
    other.order.entries.append(
        other.sign(
            new.envelope.head.office, new.placed.n, other.entries[-1].placed.hash, new.envelope, new.placed.stamp
        )
    )
    other.order.state.n, other.order.state.hash = new.placed.n, other.entries[-1].placed.hash
    office.hubs[URL] = other
    with pytest.raises(Refused) as said:
        office.desk("head").sync()
    assert said.value.code == "bad-order"
