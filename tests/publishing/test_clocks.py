"""A clock that the networks, the record or the steady clock say is wrong publishes nothing, and says so."""

from __future__ import annotations

import pytest

from g20desk.desk.clocks import AGAIN_SECONDS, GOOD_SECONDS
from g20desk.desk.doctor import examine
from tests.story import Hands, content, out_there, standin


class Two(Hands):
    """A clock that somebody sets: the steady one goes on as it did."""

    set_by = 0

    def now_ms(self):
        return super().now_ms() + self.set_by


@pytest.fixture
def hands():
    return Two()


@pytest.fixture
def servers(office, hands):
    """Three Mastodons on the office's list, with a clock of their own."""
    names = ("One", "Two", "Three")
    three = {name: standin("mastodon") for name in names}
    for name, server in three.items():
        office.add_standin("mastodon", server, name)
        server.now = lambda: (hands.now_ms() - hands.set_by) / 1000
    yield three
    for server in three.values():
        server.stop()


def due(office, to, hands):
    message = office.approved(content("Ministers met.", to=to))
    office.desk("Officer", hands).messages.schedule(message, hands.now_ms() - hands.set_by)
    return message


def asked(server):
    return len(server.requests("GET", "^/health$"))


@pytest.mark.parametrize("seconds", [95, -95])
def test_a_clock_that_all_networks_contradict_publishes_nothing(office, servers, hands, seconds):
    message = due(office, ("One",), hands)
    hands.set_by = seconds * 1000
    desk = office.desk("Officer", hands)
    for _ in range(2):
        assert desk.publish.once() == {"sent": 0, "refused": 0, "unknown": 0, "waiting": 1}
        hands.on += 700_000  # past its grace: nothing is called missed by a clock that is wrong
    post = office.desk("Officer", hands).messages.show(message)["posts"][0]
    assert post["state"] == "planned"
    if seconds > 0:
        assert "clock is wrong" in post["why"] and "95 s" in post["why"]
    assert out_there("mastodon", servers["One"]) == []
    hands.set_by = 0
    office.desk().messages.schedule(message, hands.now_ms())
    assert desk.publish.once()["sent"] == 1


def test_doctor_says_what_the_networks_say(office, servers):
    clock = next(one for one in examine(office.folder, "Officer") if one.name == "clock")
    assert clock.ok and "as 3 of 3 networks have it" in clock.says
    servers["Two"].ahead = 7200
    clock = next(one for one in examine(office.folder, "Officer") if one.name == "clock")
    assert clock.ok and "as 2 of 3 networks have it" in clock.says and "+7200 s off" in clock.says
    servers["Three"].ahead = 7200
    clock = next(one for one in examine(office.folder, "Officer") if one.name == "clock")
    assert not clock.ok and "clock is wrong" in clock.says


def test_one_server_that_lies_stops_nothing_where_others_agree(office, servers, hands):
    servers["Three"].ahead = -3600
    message = due(office, ("One", "Three"), hands)
    desk = office.desk("Officer", hands)
    assert desk.publish.once()["sent"] == 2
    assert list(desk.clocks.odd().values()) == [pytest.approx(-3_600_000, abs=2000)]
    assert office.posts(message)["Three"]["state"] == "sent"


def test_one_server_alone_against_this_clock_stops_it_and_says_so(office, mastodon, hands):
    office.add_standin("mastodon", mastodon, "M")
    mastodon.ahead = 120
    message = due(office, ("M", "G20 X"), hands)
    desk = office.desk("Officer", hands)
    assert desk.publish.once()["waiting"] == 2
    why = office.desk("Ada Head", hands).messages.show(message)["posts"][0]["why"]
    assert "no other server was there to tell which is right" in why
    mastodon.ahead = 0
    assert desk.publish.once()["waiting"] == 2  # it was asked a moment ago
    hands.on += round(AGAIN_SECONDS * 1000) + 1
    assert desk.publish.once()["sent"] == 2


def test_a_clock_that_is_set_is_noticed_without_asking(office, servers, hands):
    desk = office.desk("Officer", hands)
    due(office, ("One",), hands)
    assert desk.publish.once()["sent"] == 1
    before = asked(servers["Two"])
    hands.set_by = 3_600_000
    assert "clock is wrong" in desk.clocks.wrong()
    hands.set_by = 0
    assert desk.clocks.wrong() == ""
    assert asked(servers["Two"]) == before == 1


def test_sleep_is_no_fault_of_the_clock(office, servers, hands):
    desk = office.desk("Officer", hands)
    desk.clocks.refresh()
    hands.on += round(GOOD_SECONDS * 900)
    assert desk.clocks.wrong() == ""
    hands.on += round(GOOD_SECONDS * 1000)
    assert desk.clocks.heard_of() == 0
    assert desk.clocks.check() == ""
    assert desk.clocks.heard_of() == 3


def test_a_record_written_by_a_wrong_clock_stops_nothing_where_networks_tell_the_time(office, servers, hands):
    hands.set_by = 86_400_000
    office.desk("Officer", hands).holds.lift(office.desk("Officer", hands).holds.place("A rumour"), "It was wrong")
    office.desk("Ada Head", hands).holds.lift("", "It was wrong")
    hands.set_by = 0
    message = due(office, ("One",), hands)
    fresh = office.desk("Officer", hands)
    assert "behind the record" in fresh.clocks.wrong()
    assert fresh.publish.once()["sent"] == 1
    assert office.posts(message)["One"]["state"] == "sent"
    assert "made by a wrong clock" in next(c for c in examine(office.folder, "Officer") if c.name == "clock").says


def test_servers_that_do_not_answer_say_nothing_about_the_time(office, hands):
    gone = standin("mastodon")
    office.add_standin("mastodon", gone, "Gone")
    gone.stop()
    due(office, ("G20 X",), hands)
    desk = office.desk("Officer", hands)
    assert desk.publish.once()["sent"] == 1
    assert desk.clocks.heard_of() == 0


@pytest.mark.parametrize(
    ("headers", "took"),
    [
        pytest.param({"Date": "Mon, 30 Nov 2026 09:00:00 GMT", "Age": "120"}, 0.1, id="from a cache"),
        pytest.param({"Date": "Mon, 30 Nov 2026 09:00:00 GMT"}, 11.0, id="too slow"),
        pytest.param({"Date": "yesterday"}, 0.1, id="no date"),
        pytest.param({"Date": "Mon, 30 Nov 99999 09:00:00 GMT"}, 0.1, id="a date that does not exist"),
        pytest.param({}, 0.1, id="nothing"),
    ],
)
def test_what_says_too_little_is_not_heard(office, headers, took):
    desk = office.desk()
    desk.clocks.heard("a", headers, took)
    assert desk.clocks.heard_of() == 0
    desk.clocks.heard("a", {"date": "Mon, 30 Nov 2026 09:00:00 GMT"}, 0.1)
    assert desk.clocks.heard_of() == 1


def test_where_a_hub_keeps_the_order_its_clock_is_the_one_that_counts(office, servers, hands):
    desk = office.desk("Officer", hands)
    for server in servers.values():
        server.ahead = 3600
    desk.clocks.hub(skew=200, unsure=100)
    desk.clocks.refresh()
    assert desk.clocks.wrong() == ""
    assert len(desk.clocks.odd()) == 3
    desk.clocks.hub(skew=-95_000, unsure=100)
    assert "is 95 s ahead of the hub's" in desk.clocks.wrong()
    desk.clocks.hub(skew=95_000, unsure=100)
    assert "is 95 s behind the hub's" in desk.clocks.wrong()


@pytest.mark.parametrize(("skew", "way"), [(95_000, "95 s ahead of"), (-95_000, "95 s behind")])
def test_a_hub_alone_with_its_clock_is_the_one_that_is_named(office, servers, hands, skew, way):
    desk = office.desk("Officer", hands)
    desk.clocks.refresh()
    desk.clocks.hub(skew=skew, unsure=100)
    assert f"clock of the office's hub is {way} this computer's" in desk.clocks.wrong()
    due(office, ("One",), hands)
    assert desk.publish.once()["sent"] == 0
