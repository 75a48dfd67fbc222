"""Orders that come from elsewhere: checked place by place, rebuilt after a loss, moved to another hub."""

from __future__ import annotations

import dataclasses

import psycopg
import pytest

from g20desk.errors import Refused
from g20desk.ledger import envelope
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.wire import Entry, HandOver, Placed
from tests.hub.office import Office, check_chain, everything, roster
from tests.servers.hub import running_hub


def changed(one: Entry, **more: object) -> Entry:
    return Entry(dataclasses.replace(one.placed, **more), one.envelope)


def refused(code: str, ask) -> Refused:
    with pytest.raises(Refused) as caught:
        ask()
    assert caught.value.code == code, caught.value.message
    return caught.value


def test_each_place_is_checked(served):
    office = Office(4)
    first, second, third, fourth = office.entries
    hub = office.at(served.url)
    other = DeviceKey.fresh()
    refused("beginning", lambda: hub.take_over([second]))
    refused("receipt", lambda: hub.take_over([changed(first, receipt=bytes(64))]))
    refused("not-founder", lambda: office.at(served.url, office.device()).take_over([first]))
    hub.take_over([first])
    refused("gap", lambda: hub.take_over([third]))
    refused("order", lambda: hub.take_over([changed(second, hash="0" * 64)]))
    refused("order", lambda: hub.take_over([changed(second, stamp=second.placed.stamp + 1)]))
    forged = other.sign("receipt", envelope.receipt_bytes(office.id, 2, second.placed.hash, second.placed.stamp))
    refused("receipt", lambda: hub.take_over([changed(second, receipt=forged)]))
    hub.take_over([second, third, fourth])
    assert everything(hub) == office.entries


def test_a_stamp_never_runs_back_and_a_chain_has_no_gap(served, office):
    head = office.head
    hub = office.at(served.url)
    hub.take_over(office.entries)

    def placed(one, stamp: int) -> Entry:
        n = len(office.entries) + 1
        running = envelope.next_hash(office.id, n, office.hash, one.digest, stamp)
        receipt = head.key.sign("receipt", envelope.receipt_bytes(office.id, n, running, stamp))
        return Entry(Placed(n, stamp, one.digest, running, receipt), one)

    refused("order", lambda: hub.take_over([placed(head.act("Earlier"), 5)]))
    refused("chain", lambda: hub.take_over([placed(head.act("A gap before"), 5_000)]))


def test_another_history_is_refused_with_both_digests(served, office):
    hub = office.at(served.url)
    hub.take_over(office.entries)
    office.entries.pop()
    office.hash = office.entries[-1].placed.hash
    office.head.seq, office.head.prev = 2, office.entries[-1].envelope.head.event
    other = office.place(office.head.act("Another third"))
    found = refused("other-history", lambda: hub.take_over(office.entries))
    assert found.params["place"] == 3 and found.params["given_digest"] == other.placed.digest


def test_a_hand_over_is_the_keepers_or_a_managers_word_on_the_last_place(served, office):
    ana = office.device()
    office.place(office.head.act(roster=roster([(ana, False)])))
    hub = office.at(served.url)
    hub.take_over(office.entries)
    own, n = hub.keeper(), len(office.entries)

    def statement(key: DeviceKey, place: int = n, running: str = office.hash, keeper: str = own) -> HandOver:
        return HandOver.signed(key, office.id, keeper, place, running)

    refused("gap", lambda: hub.finish_take_over(statement(office.head.key, n - 1, office.entries[-2].placed.hash)))
    refused("gap", lambda: hub.finish_take_over(statement(office.head.key, running="0" * 64)))
    refused("not-keeper", lambda: hub.finish_take_over(statement(ana.key)))
    refused("statement", lambda: hub.finish_take_over(dataclasses.replace(statement(ana.key), by=office.head.id)))
    hub.finish_take_over(statement(office.head.key))
    assert hub.status().keeper == own


def handed(hub, office: Office, key: DeviceKey, keeper: str) -> HandOver:
    status = hub.status()
    made = HandOver.signed(key, office.id, keeper, status.place, status.head)
    hub.finish_take_over(made)
    return made


def test_an_office_moves_to_another_hub_with_its_places(served, postgres, office):
    first = office.move_to(served.url)
    old = first.keeper()
    first.append([office.head.act("At the first hub")])
    with running_hub(postgres.fresh(), "--open") as other:
        second = office.at(other.url)
        new = second.keeper()
        handed(first, office, office.head.key, new)
        late = office.head.act("Too late here")
        found = refused("handed-over", lambda: first.append([late]))
        assert found.params["keeper"] == new
        entries = everything(first)
        assert second.take_over(entries[:3]) == 3
        refused("receipt", lambda: second.take_over(entries[3:]))
        handed(second, office, office.head.key, old)
        assert second.take_over(entries) == 4
        handed(second, office, office.head.key, new)
        assert second.append([late])[0].n == 5
        assert [one.placed for one in everything(second)][:4] == [one.placed for one in entries]


def test_a_hub_that_came_back_behind_takes_its_own_places_back(postgres, office):
    url = postgres.fresh()
    with running_hub(url, "--open") as hub:
        desk = office.move_to(hub.url)
        desk.append([office.head.act(f"Act {n}") for n in range(5)])
        entries = everything(desk)
    with psycopg.connect(url) as owner:  # as an old copy of the database would be
        owner.execute("delete from hub.entries where n > 5")
    with running_hub(url, "--open") as hub:
        desk = office.at(hub.url)
        assert desk.status().place == 5
        refused("receipt", lambda: desk.take_over([changed(one, receipt=bytes(64)) for one in entries]))
        assert desk.take_over(entries) == 8
        assert everything(desk) == entries
        assert desk.append([office.head.act("On")])[0].n == 9
        check_chain(office, everything(desk), desk.keeper(), 3)


def test_a_lost_hub_is_rebuilt_from_the_desks_of_two_rings(served, postgres, office):
    staff = "3" * 64
    first = office.move_to(served.url)
    ana = office.device()
    office.admit(first, ana)
    first.append([office.head.act("For the staff", ring=staff), office.head.act("For all")])
    old, whole = first.keeper(), everything(first)
    outside = [
        Entry(one.placed, dataclasses.replace(one.envelope, sealed=b"")) if one.envelope.head.ring == staff else one
        for one in whole
    ]
    with running_hub(postgres.fresh(), "--open") as other:
        second = office.at(other.url)
        assert second.take_over(outside[:3]) == 3
        handed(second, office, office.head.key, old)
        assert second.take_over(outside) == 6
        handed(second, office, office.head.key, second.keeper())
        assert everything(second) == outside
        assert (second.status().lacks, second.lacking(0), second.lacking(5)) == (5, [5], [])
        assert office.at(other.url, ana).take_over(whole) == 6
        assert everything(second) == whole
        assert (second.status().lacks, second.lacking(0)) == (0, [])
        assert [bool(one.envelope.sealed) for one in second.entries(4, rings=[staff])] == [True, False]
        assert second.append([office.head.act("On")])[0].n == 7


def test_a_place_that_is_there_is_filled_with_nothing_but_its_own_bytes(served, office):
    hub = office.at(served.url)
    bare = [Entry(one.placed, dataclasses.replace(one.envelope, sealed=b"")) for one in office.entries]
    hub.take_over(bare)
    wrong = [Entry(one.placed, dataclasses.replace(one.envelope, sealed=b"other")) for one in office.entries]
    refused("bad-envelope", lambda: hub.take_over(wrong))
    assert everything(hub) == bare
    hub.take_over(office.entries)
    assert everything(hub) == office.entries
