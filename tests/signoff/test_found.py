"""What the comparison with the model found, each by name."""

from __future__ import annotations

from tests.signoff.chance import Chance
from tests.signoff.conftest import HOUR, Told, content, refused
from tests.signoff.paper import DEVICES, REF

EACH = {"name": "Each", "kinds": ["statement"], "stage": [{"name": "Members", "who": "governments:all", "need": "all"}]}


def test_once_a_silence_is_broken_nothing_after_its_end_is_late(silent):
    """Nothing was adopted, so there is nothing to hold: what broke it and all that followed is set aside together."""
    message, _ = silent.submit()
    silent.say("Brazil", message, "object")
    silent.after(30)
    with refused("frozen"):
        silent.say("Italy", message, "no-objection")
    silent.say("India", message, "object")
    assert silent.stages(message) == ["broken"] and silent["Head"].signoffs.late() == []
    silent["Head"].signoffs.reopen(message, "Both withdrew their objection.")
    silent.after(25)
    assert silent["Officer"].signoffs.close_over() == [message]
    assert silent.state(message) == "approved"


def test_where_each_of_some_governments_approves_none_is_left_out_for_having_written(told):
    head = told["Head"]
    head.routes.adopt(
        {"name": "Two", "kinds": ["statement"], "stage": [{"name": "S", "who": "governments:BR,JP", "need": "all"}]}
    )
    head.people.admit_here("Second Officer", "officer", "")
    message = told["Officer"].messages.new(content())["message"]
    head.people.give_role("Officer", "liaison", "JP", "", "Posted to Tokyo's delegation")
    with refused("nobody-there"):
        told["Second Officer"].messages.submit(message)


def test_all_governments_are_those_with_somebody_present(told):
    head = told["Head"]
    head.routes.adopt(EACH)
    (device,) = head.people.named("Liaison Italy").devices
    head.people.revoke("Liaison Italy", device, "Lost on a train")
    message, _ = told.submit()
    for land in ("Brazil", "India"):
        assert told.state(message) == "submitted"
        told.say(land, message, "approve")
    assert told.state(message) == "approved"


def test_what_an_author_says_is_not_heard_as_the_government_whose_deputy_they_are(silent):
    now = silent.clock.now_ms()
    silent["Liaison Brazil"].deputies.name("Officer", now, now + 48 * HOUR)
    message, digest = silent.submit()
    silent["Officer"].messages.decide(message, "comment", digest, "I wrote this in a hurry.")
    assert silent["Head"].messages.get(message).message.stages[-1].heard == {}


def test_a_deputy_falls_with_the_liaison_for_good(told):
    head, now = told["Head"], told.clock.now_ms()
    head.people.admit_here("Liaison Japan", "liaison", "JP")
    told["Liaison Japan"].deputies.name("Analyst", now, now + 48 * HOUR)
    head.people.give_role("Liaison Japan", "expert", "", "debt", "Back to the staff")
    assert head.deputies.rows() == []
    told["Liaison India"].deputies.name("Analyst", now, now + 48 * HOUR)
    with refused("no-deputy"):
        head.deputies.end("Liaison Japan")


def test_nobody_is_the_voice_of_two_governments_by_way_of_another_role():
    """The deputy of one government speaks for a second one for a while, is named by that one too, and goes back."""
    office = Chance(0)
    office.admit("analyst")
    office.admit("liaison", "BR")
    office.admit("liaison", "IN")
    analyst, brazil, india = 1, 2, 3
    person, now = office.devices[analyst], office.paper.now

    def named(by: int) -> str:
        return office.office("deputy.named", by, person=person, since=now, until=now + HOUR).code

    def given(by: int, role: str, land: str) -> bool:
        return office.office("role.given", by, person=person, role=role, government=land, topic="", why=REF).counts

    assert named(brazil) == "" and given(0, "presidency", "IT")
    assert named(india) == "other-voice"
    assert given(0, "analyst", "")
    assert named(india) == "other-voice", "Brazil's naming stands"
    office.office("deputy.ended", brazil, liaison=office.devices[brazil])
    assert named(india) == "" and office.paper.office.author(DEVICES[analyst]).role == "analyst"


def test_the_next_stage_does_not_wait_for_who_has_left(told):
    head = told["Head"]
    head.people.admit_here("Second Officer", "officer", "")
    head.people.admit_here("Third Officer", "officer", "")
    head.routes.adopt({"name": "Two", "kinds": ["statement"], "stage": [
        {"name": "Editors", "who": "role:officer", "need": "all"},
        {"name": "Members", "who": "governments:all", "need": "any"},
    ]})  # fmt: skip
    message, digest = told.submit()
    told["Second Officer"].messages.decide(message, "approve", digest)
    with refused("stage-not-open"):
        told.say("Brazil", message, "approve")
    head.people.retire("Third Officer", "Left the office")
    told.say("Brazil", message, "approve")
    assert told.stages(message) == ["approved", "approved"] and told.state(message) == "approved"


def test_somebody_who_left_does_not_end_a_stage_that_was_stopped(told: Told):
    head = told["Head"]
    head.routes.adopt(EACH)
    message, _ = told.submit()
    told.say("Brazil", message, "object")
    told.say("India", message, "approve")
    head.people.retire("Liaison Italy", "Posted elsewhere")
    told.say("India", message, "approve")
    assert told.state(message) == "objected"
    told.say("Brazil", message, "approve")
    assert told.state(message) == "approved"


def test_a_route_from_before_the_minimum_was_raised_takes_no_further_message():
    office = Chance(0)
    for role, land in (("officer", ""), ("liaison", "BR")):
        office.admit(role, land)
    stages = [{"name": "S", "who": "governments:all", "need": 0, "within": 5 * HOUR, "mode": "silence"}]
    made = {"kinds": ["news"], "topics": [], "accounts": [], "stages": stages}
    first = office.office("route.adopted", name="R", **made).event.id
    assert office.paper.submits(1, 1, route=first).counts
    due = office.paper.message.stages[-1].due
    office.office("silence.minimum_set", least_ms=6 * HOUR)
    assert office.paper.message.stages[-1].due == due, "what is under way is not touched"
    assert office.paper.acts("message.withdrawn", 1, why=REF).counts
    assert office.paper.submits(1, 1, route=first).code == "short-silence"
    stages[0]["within"] = 6 * HOUR
    assert office.paper.submits(1, 1, route=office.office("route.adopted", name="R", **made).event.id).counts
