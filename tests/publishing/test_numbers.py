"""How far a post went comes with reading back, by the same request; a person asks at any time, where it costs with the price
seen."""

from __future__ import annotations

import pytest

from connectors.bluesky.client import BlueskyClient
from g20desk.clock import SystemClock
from g20desk.errors import Refused, Unreachable
from g20desk.network import Receipt, Setting
from tests.connectors.test_bluesky import World as Bluesky
from tests.connectors.test_bluesky import thread
from tests.story import Hands, content, out_there


def numbers(office, message, account):
    return {name: n for name, n in (office.posts(message)[account]["numbers"] or {}).items() if name != "at"}


@pytest.fixture
def sent(office, network, server):
    office.add_standin(network, server, "N")
    message = office.due(content("Ministers met.", "And more.", to=("N",)))
    assert office.desk().publish.once()["sent"] == 1
    return message


def test_they_come_with_reading_back_without_a_request_of_their_own(office, network, server, sent):
    hands = Hands()
    desk = office.desk("Officer", hands)
    out_there(network, server)[0]["likes"] = 12
    assert numbers(office, sent, "N") == {}
    hands.on += 61_000
    server.log.clear()
    desk.publish.look()
    told = numbers(office, sent, "N")
    # The second part of our own thread is no reader's answer.
    assert (told["likes"], told["reposts"], told["replies"]) == (12, 2, 0)
    assert told.get("views") == (900 if network == "x" else None)
    reads = [one.path for one in server.log]
    assert len(reads) == len({*reads})
    assert office.posts(sent)["N"]["standing"] == "as-signed"


def test_a_person_asks_at_any_time_and_on_x_only_with_the_price_seen(office, network, server, sent):
    post, desk = office.posts(sent)["N"]["id"], office.desk()
    out_there(network, server)[0]["likes"] = 40
    server.log.clear()
    if network == "x":
        with pytest.raises(Refused) as no:
            desk.publish.numbers(post)
        assert (no.value.code, "0.001 US$" in no.value.message, server.log) == ("costs", True, [])
        assert office.posts(sent)["N"]["reading_costs"]["amount"] == "0.001"
    assert desk.publish.numbers(post, pay=True)["likes"] == 40
    assert numbers(office, sent, "N")["likes"] == 40


def test_who_does_not_publish_there_does_not_ask(office, sent):
    with pytest.raises(Refused) as no:
        office.desk("Liaison Brazil").publish.numbers(office.posts(sent)["N"]["id"], pay=True)
    assert no.value.code == "no-right"


def test_a_network_that_does_not_answer_leaves_them_as_they_were(office, network, server, sent):
    post, desk = office.posts(sent)["N"]["id"], office.desk()
    desk.publish.numbers(post, pay=True)
    before = numbers(office, sent, "N")
    server.fault("status:503", method="GET", path="/", times=9)
    with pytest.raises(Unreachable):
        desk.publish.numbers(post, pay=True)
    assert numbers(office, sent, "N") == before


def test_what_is_not_out_has_none(office):
    message = office.approved(content("Ministers met.", to=("G20 X",)))
    with pytest.raises(Refused) as no:
        office.desk().publish.numbers(office.posts(message)["G20 X"]["id"], pay=True)
    assert no.value.code == "not-out"


def test_bluesky_asks_the_index_behind_its_server():
    world = Bluesky()
    try:
        (receipt,) = world.client.send(thread(1), None, None)
        world.face.likes = 7
        assert world.client.read(receipt)["numbers"] == {"likes": 7, "reposts": 2, "replies": 0, "quotes": 1}
        world.server.fault("status:502", path="getPosts")
        assert world.client.read(receipt)["numbers"] == {}
        for behaviour in ("html", "truncated", "close"):
            world.server.fault(behaviour, path="getPosts")
            assert world.client.read(receipt)["text"].startswith("Réunion")
    finally:
        world.server.stop()


def test_a_real_pds_without_an_index_tells_none_and_reads_back_all_the_same(pds):
    did, handle, password = pds.account()
    client = BlueskyClient(Setting(pds.url, handle, did, password, lambda _: None), SystemClock())
    (receipt,) = client.send(thread(1), None, None)
    stands = client.read(Receipt(receipt.id, receipt.url, receipt.cid))
    assert (stands["numbers"], stands["text"]) == ({}, "Réunion des ministres 0")


def test_on_the_practice_network_only_the_offices_own_answers_count(office):
    from dataclasses import replace

    message = office.due(content("Ministers met.", to=("G20 Mastodon",)))
    office.desk().publish.once()
    office.due(replace(content("And one day later.", to=("G20 Mastodon",)), replies=message))
    office.desk().publish.once()
    told = office.desk().publish.numbers(office.posts(message)["G20 Mastodon"]["id"])
    assert (told["likes"], told["replies"]) == (0, 1)
