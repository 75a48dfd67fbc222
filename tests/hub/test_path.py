"""The whole way: an order is handed over, grows at the hub, and is read by another device."""

from __future__ import annotations

import secrets

import pytest

from g20desk.errors import Refused, Unreachable
from g20desk.ledger import envelope, sealing
from g20desk.ledger.wire import HandOver
from tests.hub.office import Office, check_chain, everything, roster


def test_an_order_is_handed_over_and_grows(served, office):
    hub = office.move_to(served.url)
    ana = office.device()
    office.admit(hub, ana)
    other = office.at(served.url, ana)
    made = [ana.act(f"Line {n}") for n in range(5)]
    placed = other.append(made)
    assert [one.n for one in placed] == [5, 6, 7, 8, 9]
    assert [one.digest for one in placed] == [one.digest for one in made]
    found = everything(hub)
    assert len(found) == 9
    check_chain(office, found, hub.keeper(), 3)
    assert [one.envelope for one in found[4:]] == made
    assert sealing.opened(found[4].envelope, sealing.Epoch(b"e" * 32)).body
    status = other.status()
    assert (status.place, status.head, status.keeper) == (9, placed[-1].hash, hub.keeper())
    assert abs(status.skew) <= 2_000 and status.uncertain >= 1
    assert {one["device"]: one["manages"] for one in hub.roster()} == {office.head.id: True, ana.id: False}


def test_the_same_act_again_has_its_place_also_in_another_seal(served, office):
    hub = office.move_to(served.url)
    acts = [office.head.event(f"Act {n}") for n in range(3)]
    first = [office.head.seal(one) for one in acts]
    placed = hub.append(first[:2])
    assert hub.append(first) == [*placed, hub.append(first)[2]]
    again = [office.head.seal(one) for one in acts]
    assert again[0].digest != first[0].digest
    assert hub.append(again) == hub.append(first)
    assert hub.status().place == 6


def test_another_act_in_the_same_place_of_a_chain_is_refused_with_both(served, office):
    hub = office.move_to(served.url)
    seq, prev = office.head.seq, office.head.prev
    one = office.head.act("One")
    office.head.seq, office.head.prev = seq, prev
    other = office.head.act("Other")
    placed = hub.append([one])[0]
    with pytest.raises(Refused) as caught:
        hub.append([other])
    assert caught.value.code == "other-act-there"
    assert caught.value.params["digest"] == placed.digest and caught.value.params["given_digest"] == other.digest
    assert caught.value.params["place"] == placed.n


def test_a_batch_is_placed_whole_or_not_at_all(served, office):
    hub = office.move_to(served.url)
    good, gone, late = office.head.act("1"), office.head.act("2"), office.head.act("3")
    with pytest.raises(Refused) as caught:
        hub.append([good, late])
    assert caught.value.code == "chain"
    assert hub.status().place == 3
    assert [one.n for one in hub.append([good, gone, late])] == [4, 5, 6]


def test_an_act_waits_for_its_pieces(served, office):
    hub = office.move_to(served.url)
    sealed = sealing.seal_piece(secrets.token_hex(32), b"A picture" * 200_000)
    digest = envelope.sealed_digest(sealed)
    act = office.head.act("With a picture", [digest])
    with pytest.raises(Refused) as caught:
        hub.append([act])
    assert caught.value.code == "missing-pieces" and caught.value.params["pieces"] == [digest]
    assert hub.missing_pieces([digest, digest]) == [digest]
    hub.put_piece(digest, sealed)
    assert hub.missing_pieces([digest]) == []
    assert hub.append([act])[0].n == 4
    assert hub.get_piece(digest) == sealed
    assert everything(hub)[-1].envelope.head.pieces == (digest,)


def test_a_take_over_goes_on_where_it_stopped(served):
    office = Office(40)
    hub = office.at(served.url)
    assert hub.take_over(office.entries[:15]) == 15
    assert hub.status().keeper == ""
    with pytest.raises(Refused, match="does not keep"):
        hub.append([office.entries[20].envelope])
    assert hub.take_over(office.entries) == 40
    assert hub.take_over(office.entries[10:]) == 40
    statement = HandOver.signed(office.head.key, office.id, hub.keeper(), 40, office.hash)
    hub.finish_take_over(statement)
    hub.finish_take_over(statement)
    assert hub.status().keeper == hub.keeper()
    check_chain(office, everything(hub), hub.keeper(), 40)


def test_a_ring_that_is_not_asked_for_comes_without_its_sealed_bytes(served, office):
    hub = office.move_to(served.url)
    hub.append([office.head.act("For the staff", ring="3" * 64)])
    found = hub.entries(2, rings=["3" * 64])
    assert [bool(one.envelope.sealed) for one in found] == [False, True]
    assert all(not one.envelope.sealed for one in hub.entries(0, rings=[]))
    assert all(one.envelope.sealed for one in hub.entries(0))
    assert [one.placed.n for one in hub.entries(1, 2)] == [2, 3]


def test_who_is_in_no_roster_is_told_so(served, office):
    office.move_to(served.url)
    stranger = office.device()
    with pytest.raises(Refused) as caught:
        office.at(served.url, stranger).entries(0)
    assert caught.value.code == "device-out"
    other = Office()
    with pytest.raises(Refused) as caught:
        other.at(served.url).entries(0)
    assert caught.value.code == "unknown-office"


def test_who_goes_out_neither_appends_nor_reads(served, office):
    hub = office.move_to(served.url)
    ana = office.device()
    office.admit(hub, ana)
    theirs = office.at(served.url, ana)
    theirs.append([ana.act("In")])
    hub.append([office.head.act("Out", roster=roster(leaving=[ana]))])
    for ask in (lambda: theirs.append([ana.act("After")]), lambda: theirs.entries(0), theirs.roster, theirs.status):
        with pytest.raises(Refused) as caught:
            ask()
        assert caught.value.code == "device-out"
    ana.seq, ana.prev = 1, everything(hub)[4].envelope.head.event
    with pytest.raises(Refused) as caught:
        hub.append([ana.act("Carried by another")])
    assert caught.value.code == "device-out"


def test_nobody_there_is_out_of_reach(office):
    hub = office.at("http://127.0.0.1:9")
    with pytest.raises(Unreachable) as caught:
        hub.status()
    assert caught.value.code == "hub" and caught.value.exit_code == 3
