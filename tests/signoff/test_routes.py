"""A message goes by its route: stages in order, each voice once, on exactly the text that it saw."""

from __future__ import annotations

from dataclasses import replace

import pytest

from g20desk.desk import Desk
from g20desk.errors import Refused, Usage
from g20desk.office.content import Content
from tests.signoff.conftest import TEXT, content, refused
from tests.story import Office

STATEMENT = {
    "name": "Statement",
    "kinds": ["statement"],
    "stage": [
        {"name": "Editors", "who": "role:officer", "need": "any", "within": "PT2H"},
        {"name": "Members", "who": "governments:all", "need": "all", "within": "PT24H"},
    ],
}


def submitted(office: Office, made: Content, route: str = "", by: str = "Officer") -> tuple[str, str]:
    desk = office.desk(by)
    draft = desk.messages.new(made)
    done = desk.messages.submit(draft["message"], route)
    return draft["message"], done["digest"]


def states(desk: Desk, message: str) -> list[str]:
    return [one["state"] for one in desk.messages.show(message)["signoff"]["stages"]]


@pytest.fixture
def routed(office: Office) -> Office:
    """An office with a second officer and a route for statements."""
    office.head.people.admit_here("Second Officer", "officer", "")
    office.head.routes.adopt(STATEMENT)
    return office


def test_a_statement_goes_through_both_stages(routed):
    message, digest = submitted(routed, content())
    desk = routed.desk()
    assert desk.messages.show(message)["signoff"]["route"] == "Statement"
    assert states(desk, message) == ["open", "waiting"]
    with refused("stage-not-open"):
        routed.desk("Liaison Brazil").messages.decide(message, "approve", digest)
    routed.desk("Second Officer").messages.decide(message, "approve", digest)
    assert states(desk, message) == ["approved", "open"]
    for who in ("Liaison Brazil", "Liaison India"):
        routed.desk(who).messages.decide(message, "approve", digest)
    with refused("not-agreed"):
        desk.messages.schedule(message, desk.clock.now_ms())
    routed.desk("Liaison Italy").messages.decide(message, "approve", digest)
    assert states(desk, message) == ["approved", "approved"]
    assert desk.messages.show(message)["state"] == "approved"
    desk.messages.schedule(message, desk.clock.now_ms())
    desk.publish.once()
    assert desk.messages.show(message)["state"] == "sent"


def test_other_kinds_need_one_approval_as_before(routed):
    message, digest = submitted(routed, content("news"))
    assert routed.desk().messages.show(message)["signoff"]["route"] == ""
    routed.desk("Liaison Italy").messages.decide(message, "approve", digest)
    assert routed.desk().messages.show(message)["state"] == "approved"


def test_no_author_decides_whatever_the_route(routed):
    message, digest = submitted(routed, content())
    with refused("author"):
        routed.desk().messages.decide(message, "approve", digest)


def test_a_route_can_neither_be_left_out_nor_swapped_for_another(routed):
    """The fold decides, not the verb: an officer's own program may say what it likes."""
    weak = {"name": "Quick", "stage": [{"name": "Anyone", "who": "role:officer", "need": "any"}]}
    routed.head.routes.adopt(weak)
    desk = routed.desk()
    draft = desk.messages.new(content())
    with refused("other-route"):
        desk.messages.submit(draft["message"], "Quick")
    desk.routes.chosen = lambda content, name="": ""  # type: ignore[method-assign]
    with refused("other-route"):
        desk.messages.submit(draft["message"])
    news = desk.messages.new(content("news"))
    del desk.routes.chosen
    desk.messages.submit(news["message"], "Quick")
    assert desk.messages.show(news["message"])["signoff"]["route"] == "Quick"


def test_what_is_under_way_keeps_its_version(routed):
    message, digest = submitted(routed, content())
    routed.head.routes.adopt({**STATEMENT, "stage": STATEMENT["stage"][:1]})
    routed.desk("Second Officer").messages.decide(message, "approve", digest)
    assert states(routed.desk(), message) == ["approved", "open"]
    later, other = submitted(routed, content(text="Another text. #G20"))
    routed.desk("Second Officer").messages.decide(later, "approve", other)
    assert states(routed.desk(), later) == ["approved"]


def test_an_objection_stops_the_stage_until_that_voice_decides_again(routed):
    message, digest = submitted(routed, content())
    routed.desk("Second Officer").messages.decide(message, "approve", digest)
    brazil = routed.desk("Liaison Brazil")
    brazil.messages.decide(message, "object", digest, "Not in our name.")
    for who in ("Liaison India", "Liaison Italy"):
        routed.desk(who).messages.decide(message, "approve", digest)
    assert routed.desk().messages.show(message)["state"] == "objected"
    brazil.messages.decide(message, "approve", digest)
    assert routed.desk().messages.show(message)["state"] == "approved"


def test_a_government_is_one_voice_the_latest(routed):
    routed.head.people.admit_here("Italy Two", "liaison", "IT")  # waits for Italy
    (waits,) = routed.head.office.proposals
    routed.desk("Liaison Italy").people.second(waits)
    message, digest = submitted(routed, content())
    routed.desk("Second Officer").messages.decide(message, "approve", digest)
    for who in ("Liaison Brazil", "Liaison India", "Liaison Italy"):
        routed.desk(who).messages.decide(message, "approve" if who != "Liaison Italy" else "object", digest, "So.")
    assert routed.desk().messages.show(message)["state"] == "objected"
    routed.desk("Italy Two").messages.decide(message, "approve", digest)
    assert routed.desk().messages.show(message)["state"] == "approved"


def test_a_change_of_one_character_needs_everybody_anew_and_going_back_counts_again(routed):
    message, digest = submitted(routed, content())
    routed.desk("Second Officer").messages.decide(message, "approve", digest)
    routed.desk("Liaison Brazil").messages.decide(message, "approve", digest)
    desk = routed.desk()
    desk.messages.revise(message, content(text=TEXT + "!"))
    other = desk.messages.submit(message)["digest"]
    assert other != digest and states(desk, message) == ["open", "waiting"]
    with refused("stale-digest"):
        routed.desk("Second Officer").messages.decide(message, "approve", digest)
    desk.messages.revise(message, content())
    assert desk.messages.submit(message)["digest"] == digest
    assert states(desk, message) == ["approved", "open"]
    for who in ("Liaison India", "Liaison Italy"):
        routed.desk(who).messages.decide(message, "approve", digest)
    assert desk.messages.show(message)["state"] == "approved"


def test_who_retires_falls_out_and_nobody_is_added(routed):
    message, digest = submitted(routed, content())
    routed.desk("Second Officer").messages.decide(message, "approve", digest)
    routed.head.people.admit_here("Liaison Japan", "liaison", "JP")
    with refused("no-right"):
        routed.desk("Liaison Japan").messages.decide(message, "approve", digest)
    for who in ("Liaison Brazil", "Liaison India"):
        routed.desk(who).messages.decide(message, "approve", digest)
    routed.head.people.retire("Liaison Italy", "Posted elsewhere")
    desk = routed.desk()
    desk.messages.schedule(message, desk.clock.now_ms() + 60_000)
    assert desk.messages.show(message)["state"] == "scheduled"


def test_a_stage_that_only_authors_could_decide_is_refused_at_submitting(office):
    office.head.routes.adopt(STATEMENT)
    with refused("only-authors"):
        submitted(office, content())
    office.head.people.admit_here("Second Officer", "officer", "")
    submitted(office, content())


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        ({"who": "governments:BR,JP", "need": "all"}, "nobody-there"),
        ({"who": "governments:JP", "need": "any"}, "nobody-there"),
        ({"who": "role:liaison", "need": 4}, "too-few"),
        ({"who": "experts:debt", "need": "any"}, "nobody-there"),
    ],
)
def test_a_stage_that_nobody_can_complete_is_refused_at_submitting(office, stage, code):
    office.head.routes.adopt({"name": "R", "kinds": ["statement"], "stage": [{"name": "S", **stage}]})
    with refused(code):
        submitted(office, content())


def test_so_many_governments_not_so_many_people(office):
    office.head.people.admit_here("Brazil Two", "liaison", "BR")
    (waits,) = office.head.office.proposals
    office.desk("Liaison Brazil").people.second(waits)
    office.head.routes.adopt(
        {"name": "R", "kinds": ["statement"], "stage": [{"name": "S", "who": "role:liaison", "need": 2}]}
    )
    message, digest = submitted(office, content())
    for who in ("Liaison Brazil", "Brazil Two"):
        office.desk(who).messages.decide(message, "approve", digest)
    assert states(office.desk(), message) == ["open"]
    office.desk("Liaison India").messages.decide(message, "approve", digest)
    assert states(office.desk(), message) == ["approved"]


def test_the_closest_route_is_taken_by_itself(office):
    any_officer = {"stage": [{"name": "S", "who": "role:head", "need": "any"}]}
    office.head.routes.adopt({"name": "News", "kinds": ["news"], **any_officer})
    office.head.routes.adopt({"name": "Debt", "kinds": ["news"], "topics": ["debt"], **any_officer})
    office.head.routes.adopt(
        {"name": "X debt", "topics": ["debt"], "accounts": ["G20 X"], "kinds": ["news"], **any_officer}
    )
    shown = office.desk().messages.show
    assert shown(submitted(office, content("news"))[0])["signoff"]["route"] == "News"
    assert shown(submitted(office, content("news", topic="debt"))[0])["signoff"]["route"] == "Debt"
    made = submitted(office, content("news", topic="debt", to="G20 X"))[0]
    assert shown(made)["signoff"]["route"] == "X debt"
    office.head.routes.adopt({"name": "Second", "kinds": ["news"], **any_officer})
    with refused("which-route"):
        submitted(office, content("news"))
    assert shown(submitted(office, content("news"), "Second")[0])["signoff"]["route"] == "Second"


@pytest.mark.parametrize(
    "value",
    [
        {"name": "R"},
        {"name": "R", "stage": []},
        {"name": "R", "stage": [{"name": "S", "who": "role:publisher"}]},
        {"name": "R", "stage": [{"name": "S", "who": "role:observer"}]},
        {"name": "R", "stage": [{"name": "S", "who": "governments:br,xxx"}]},
        {"name": "R", "stage": [{"name": "S", "who": "governments:BR,BR"}]},
        {"name": "R", "stage": [{"name": "S", "who": "person:Nobody"}]},
        {"name": "R", "stage": [{"name": "S", "who": "role:head", "need": 0}]},
        {"name": "R", "stage": [{"name": "S", "who": "role:head", "need": True}]},
        {"name": "R", "stage": [{"name": "S", "who": "role:head", "need": -1}]},
        {"name": "R", "stage": [{"name": "S", "who": "role:head", "within": "2 hours"}]},
        {"name": "R", "stage": [{"name": "S", "who": "role:head", "within": "PT"}]},
        {"name": "R", "stage": [{"name": "S", "who": "role:head", "mode": "shouting"}]},
        {"name": "R", "stage": [{"name": "S", "who": "role:head"}, {"name": "S", "who": "role:head"}]},
        {"name": "R", "kinds": "news", "stage": [{"name": "S", "who": "role:head"}]},
        {"name": "R", "accounts": ["Nowhere"], "stage": [{"name": "S", "who": "role:head"}]},
        {"name": "R", "typo": 1, "stage": [{"name": "S", "who": "role:head"}]},
        {"name": "", "stage": [{"name": "S", "who": "role:head"}]},
    ],
)
def test_a_bad_route_is_refused_and_nothing_is_kept(office, value):
    with pytest.raises((Refused, Usage)):
        office.head.routes.adopt(value)
    assert office.head.routes.rows() == []


def test_only_the_head_adopts(office):
    with refused("no-right"):
        office.desk().routes.adopt(STATEMENT)


def test_a_route_reads_back_as_it_was_written(office):
    office.head.routes.adopt(STATEMENT)
    (row,) = office.head.routes.rows()
    named = {name: row[name] for name in ("name", "kinds", "stage")}
    usual = [{**one, "mode": "explicit"} for one in STATEMENT["stage"]]
    assert named == {**STATEMENT, "stage": usual}
    office.head.routes.withdraw("Statement")
    assert office.head.routes.rows() == []


def test_an_approval_of_a_text_that_nobody_can_show_is_refused(routed):
    message, _digest = submitted(routed, content())
    desk = routed.desk("Second Officer")
    found = desk.messages.get(message)
    gone = replace(
        found.message, content={**found.message.content, "c.note": {"piece": "0" * 64, "key": "0" * 64, "size": 1}}
    )
    with refused("withheld"):
        desk.signoffs._must_show(gone)


def test_a_submission_that_hides_an_author_is_told_to_everybody_who_reads_drafts(routed):
    """Its submitter chooses the headers, so the fold can't know; the office's own desks do."""
    first, second = routed.desk(), routed.desk("Second Officer")
    message = first.messages.new(content("news"))["message"]
    second.messages.revise(message, content("news", TEXT + "!"))
    real = first.act

    def hiding(kind, values, *rest, **more):
        if kind == "message.submitted":
            values = {**values, "headers": values["headers"][:1]}
        return real(kind, values, *rest, **more)

    first.act = hiding  # type: ignore[method-assign]
    first.messages.submit(message)
    for who in ("Ada Head", "Second Officer", "Analyst"):
        (told,) = [one for one in routed.desk(who).messages.show(message)["differences"] if one["rule"] == "AUTHOR"]
        assert "Second Officer" in told["message"] and told["level"] == "block"
    del first.act
    first.messages.withdraw(message, "Once more.")
    first.messages.submit(message)
    assert not [one for one in routed.head.messages.show(message)["differences"] if one["rule"] == "AUTHOR"]
