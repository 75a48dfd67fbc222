"""Deputies: who speaks in a liaison's place, for how long, and for nobody else."""

from __future__ import annotations

import pytest

from tests.signoff.conftest import HOUR, Told, content, refused

EACH = {"name": "Each", "kinds": ["statement"], "stage": [{"name": "Members", "who": "governments:all", "need": "all"}]}


def named(told: Told, liaison: str, deputy: str, since: float = 0, until: float = 48) -> None:
    now = told.clock.now_ms()
    told[f"Liaison {liaison}"].deputies.name(deputy, now + round(since * HOUR), now + round(until * HOUR))


def test_a_deputy_speaks_for_the_government_in_their_time_alone(told):
    told["Head"].routes.adopt(EACH)
    message, digest = told.submit()
    named(told, "Brazil", "Analyst", since=2, until=4)
    with refused("no-right"):
        told["Analyst"].messages.decide(message, "approve", digest)
    told.after(3)
    told["Analyst"].messages.decide(message, "approve", digest)
    (stage,) = told.show(message)["signoff"]["stages"]
    assert next((one["voice"], one["said"]) for one in stage["voices"]) == ("BR", "approve")
    (said,) = [one for one in stage["decisions"] if one["counts"]]
    assert (said["government"], said["person"]) == ("BR", "Analyst")
    told.after(3)
    with refused("no-right"):
        told["Analyst"].messages.decide(message, "object", digest, "Still me?")


def test_liaison_and_deputy_are_one_voice_the_latest(told):
    told["Head"].routes.adopt(EACH)
    message, digest = told.submit()
    named(told, "Brazil", "Analyst")
    told["Analyst"].messages.decide(message, "object", digest, "No.")
    for land in ("India", "Italy"):
        told.say(land, message, "approve")
    assert told.state(message) == "objected"
    told.say("Brazil", message, "approve")
    assert told.state(message) == "approved"


def test_a_deputy_counts_where_no_route_asks_anybody_by_name(told):
    message, digest = told.submit(content("news"))
    with refused("no-right"):
        told["Analyst"].messages.decide(message, "approve", digest)
    named(told, "Brazil", "Analyst")
    told["Analyst"].messages.decide(message, "approve", digest)
    assert told.state(message) == "approved"


def test_an_author_is_no_deputy_on_their_own_text(told):
    told["Head"].routes.adopt(EACH)
    named(told, "Brazil", "Officer")
    message, digest = told.submit()
    with refused("author"):
        told["Officer"].messages.decide(message, "approve", digest)


def test_a_deputy_falls_with_the_liaison(told):
    told["Head"].routes.adopt(EACH)
    named(told, "Brazil", "Analyst")
    message, digest = told.submit()
    told["Head"].people.retire("Liaison Brazil", "Posted elsewhere")
    with refused("no-right"):
        told["Analyst"].messages.decide(message, "approve", digest)


@pytest.mark.parametrize("who", ["Liaison India", "Presidency", "Liaison Brazil"])
def test_nobody_speaks_for_two_governments(told, who):
    with refused("own-deputy" if who == "Liaison Brazil" else "other-voice"):
        named(told, "Brazil", who)


def test_nobody_is_the_deputy_of_two_at_once(told):
    named(told, "Brazil", "Analyst", until=4)
    with refused("other-voice"):
        named(told, "India", "Analyst", since=3, until=8)
    named(told, "India", "Analyst", since=5, until=8)
    told["Liaison Brazil"].deputies.end()
    assert [one["government"] for one in told["Head"].deputies.rows()] == ["IN"]


def test_only_a_liaison_names_one_and_the_head_may_end_it(told):
    now = told.clock.now_ms()
    for who in ("Head", "Officer", "Presidency"):
        with refused("no-right"):
            told[who].deputies.name("Analyst", now, now + HOUR)
    named(told, "Brazil", "Analyst")
    with refused("no-right"):
        told["Officer"].deputies.end("Liaison Brazil")
    told["Head"].deputies.end("Liaison Brazil")
    with refused("no-deputy"):
        told["Liaison Brazil"].deputies.end()


def test_an_objection_by_a_deputy_breaks_a_silence(silent):
    named(silent, "Italy", "Analyst")
    message, digest = silent.submit()
    silent["Analyst"].messages.decide(message, "object", digest, "Rome says no.")
    assert silent.stages(message) == ["broken"]
    with refused("frozen"):
        silent.say("Italy", message, "no-objection")


def test_a_deputy_sees_what_waits_for_them(told):
    told["Head"].routes.adopt(EACH)
    message, _ = told.submit()
    assert not told["Analyst"].messages.rows()[0].waiting_for_me
    named(told, "Brazil", "Analyst", until=4)
    assert told["Analyst"].messages.rows()[0].waiting_for_me
    assert told["Liaison Brazil"].messages.rows()[0].waiting_for_me
    told.say("Brazil", message, "approve")
    assert not told["Analyst"].messages.rows()[0].waiting_for_me
    assert not told["Liaison Brazil"].messages.rows()[0].waiting_for_me
    assert told["Liaison India"].messages.rows()[0].waiting_for_me
