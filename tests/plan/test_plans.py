"""The plan of a day: who may write in it, what moves together, what clashes."""

from __future__ import annotations

import pytest

from g20desk.clock import iso
from g20desk.desk import Desk
from g20desk.errors import Refused, Usage
from tests.signoff.conftest import HOUR, Told, content, refused
from tests.voice.test_relays import agreed, asked

MINUTE = 60_000


def opened(told: Told) -> str:
    day = iso(told.clock.now_ms() + 24 * HOUR)[:10]
    return told["Officer"].plans.new("Summit, day 1", day, "UTC")


def scheduled(told: Told, at: int, text: str, **more: str) -> str:
    message, digest = told.submit(content("news", text, **more))
    told["Liaison Brazil"].messages.decide(message, "approve", digest)
    told["Officer"].messages.schedule(message, at)
    return message


def entry(desk: Desk, plan: str, **fields: object) -> str:
    title = fields.pop("title", None)
    return desk.plans.put(plan, fields, title=title)


def times(desk: Desk, plan: str) -> dict[str, str]:
    return {one["title"]: one["at"] for one in desk.plans.show(plan)["entries"]}


def kinds(desk: Desk, plan: str) -> list[str]:
    return [one["kind"] for one in desk.plans.show(plan)["clashes"]]


def soon(told: Told, hours: float = 3) -> int:
    return (told.clock.now_ms() // MINUTE + round(hours * 60)) * MINUTE


def test_a_plan_is_read_by_every_member_and_a_draft_in_it_says_nothing_to_those_who_read_none(told):
    plan, officer, at = opened(told), told["Officer"], soon(told)
    draft = officer.messages.new(content("news", "Not for you yet. #G20"))["message"]
    entry(officer, plan, at=at, what=f"message:{draft}", accounts=["G20 Bluesky"], langs=["en"])
    entry(officer, plan, at=at + HOUR, title="Family photo")
    (first, second) = told["Liaison India"].plans.show(plan)["entries"]
    assert (first["title"], first["state"], first["accounts"]) == ("", "draft", ["G20 Bluesky"])
    assert (second["title"], second["state"], second["at"]) == ("Family photo", "planned", iso(at + HOUR))
    assert officer.plans.show(plan)["entries"][0]["title"] == "Not for you yet. #G20"
    assert [one["entries"] for one in told["Liaison India"].plans.rows()] == [2]


def test_a_government_s_communicator_plans_for_its_own_accounts_alone(told):
    plan, at = opened(told), soon(told)
    presidency = told["Presidency"]
    mine = entry(presidency, plan, at=at, title="President arrives", accounts=["ZA Presidency X"])
    with refused("no-right"):
        entry(presidency, plan, at=at, title="Ours", accounts=["G20 X"])
    with refused("no-right"):
        entry(presidency, plan, at=at, title="Nobody's")
    with refused("no-right"):
        presidency.plans.put(plan, {"accounts": ["G20 X"]}, mine)
    office_s = entry(told["Officer"], plan, at=at, title="Doors", accounts=["G20 X"])
    with refused("no-right"):
        presidency.plans.put(plan, {"at": at + HOUR}, office_s)
    with refused("no-right"):
        entry(told["Liaison India"], plan, at=at, title="I too", accounts=["ZA Presidency X"])
    with refused("no-right"):
        told["Presidency"].plans.close(plan)
    told["Officer"].plans.put(plan, {"at": at + HOUR}, mine)
    assert times(presidency, plan)["President arrives"] == iso(at + HOUR)


def test_an_entry_is_changed_field_by_field_and_dropped_for_good(told):
    plan, officer, at = opened(told), told["Officer"], soon(told)
    one = entry(officer, plan, at=at, title="Doors", topic="debt")
    officer.plans.put(plan, {"minutes": 30}, one)
    officer.plans.put(plan, {}, one, title="Doors open")
    (row,) = officer.plans.show(plan)["entries"]
    assert (row["title"], row["minutes"], row["topic"], row["changes"]) == ("Doors open", 30, "debt", 2)
    with pytest.raises(Usage):
        officer.plans.put(plan, {}, one)
    officer.plans.drop(plan, [one], "Moved to Sunday.")
    assert officer.plans.show(plan)["entries"] == []
    with refused("unknown-id"):
        officer.plans.put(plan, {"minutes": 5}, one)
    officer.act("plan.added", {"entries": {one: {"at": at}}}, officer.plans.get(plan).id)
    assert officer.plans.show(plan)["entries"] == [], "what was dropped does not come back by being added again"
    officer.plans.close(plan)
    with refused("closed"):
        entry(officer, plan, at=at, title="Late")


def test_linked_posts_move_together_all_or_none(told):
    plan, officer, at = opened(told), told["Officer"], soon(told)
    first = scheduled(told, at, "Ministers arrive. #G20")
    second = scheduled(told, at + HOUR, "Ministers leave. #G20", to="G20 X")
    ids = [
        entry(officer, plan, at=at, what=f"message:{first}"),
        entry(officer, plan, at=at + HOUR, what=f"message:{second}"),
    ]
    ids.append(entry(officer, plan, at=at + 2 * HOUR, title="Press room closes"))
    assert set(officer.plans.link(plan, ids[:2])) == set(ids[:2])
    assert set(officer.plans.link(plan, [ids[2], ids[0]])) == set(ids), "what is linked brings what it is linked with"
    looked = officer.plans.moving(plan, ids[0], at + 30 * MINUTE)
    assert [(one.was, one.to - one.was, one.why_not) for one in looked] == [
        (at, 30 * MINUTE, ""), (at + HOUR, 30 * MINUTE, ""), (at + 2 * HOUR, 30 * MINUTE, ""),
    ]  # fmt: skip
    assert officer.messages.get(first).message.planned_at == at, "looking signs nothing"
    officer.plans.move(plan, ids[0], at + 30 * MINUTE)
    assert [officer.messages.get(one).message.planned_at for one in (first, second)] == [
        at + 30 * MINUTE, at + HOUR + 30 * MINUTE,
    ]  # fmt: skip
    assert times(officer, plan)["Press room closes"] == iso(at + 2 * HOUR + 30 * MINUTE)
    # An embargo that the second would fall into keeps all of them where they are.
    officer.embargoes.place(at + 4 * HOUR, "Until the communiqué is adopted.", account="G20 X")
    before = times(officer, plan)
    with refused("cannot-move"):
        officer.plans.move(plan, ids[0], at + 45 * MINUTE)
    assert times(officer, plan) == before and officer.messages.get(first).message.planned_at == at + 30 * MINUTE
    steps = officer.plans.move(plan, ids[0], at + 45 * MINUTE, leave=True)
    assert [bool(one.why_not) for one in steps] == [False, True, False] and "embargo" in steps[1].why_not
    assert officer.messages.get(second).message.planned_at == at + HOUR + 30 * MINUTE
    officer.plans.link(plan, [ids[1]], together=False)
    assert len(officer.plans.moving(plan, ids[0], at + HOUR)) == 2


def test_what_is_out_stays_and_is_said_before_anything_is_signed(told):
    plan, officer, at = opened(told), told["Officer"], soon(told)
    out = scheduled(told, told.clock.now_ms(), "It began. #G20")
    assert officer.publish.once()["sent"] == 1
    ids = [entry(officer, plan, what=f"message:{out}"), entry(officer, plan, at=at, title="Second")]
    officer.plans.link(plan, ids)
    steps = officer.plans.moving(plan, ids[1], at + HOUR)
    assert [one.why_not for one in steps] == ["", "It is sent."]
    with refused("cannot-move"):
        officer.plans.move(plan, ids[1], at + HOUR)
    with refused("cannot-move"):
        officer.plans.move(plan, ids[0], at + HOUR, leave=True)


def test_a_relay_s_post_is_its_government_s_to_move_and_the_office_asks_for_another_time(told):
    plan, officer, presidency, at = opened(told), told["Officer"], told["Presidency"], soon(told)
    relay = asked(told, agreed(told), at)
    presidency.relays.adopt(relay, when_ms=at)
    one = entry(officer, plan, at=at, what=f"relay:{relay}")
    (step,) = officer.plans.move(plan, one, at + HOUR)
    assert step.signs == "relay.moved" and "its own to move" in step.note
    shown = presidency.relays.show(relay)
    assert shown["until"] == iso(at + HOUR)
    assert presidency.messages.get(relay).message.planned_at == at
    # The plan shows when it goes out, and what was asked for beside it.
    (row,) = officer.plans.show(plan)["entries"]
    assert (row["at"], row["planned_at"]) == (iso(at), iso(at + HOUR))
    own = entry(presidency, plan, at=at, what=f"relay:{relay}", accounts=["ZA Presidency X"])
    presidency.plans.move(plan, own, at + HOUR)
    assert presidency.messages.get(relay).message.planned_at == at + HOUR
    presidency.relays.decline(relay, "Another day.")
    with refused("cannot-move"):
        officer.plans.move(plan, one, at + 2 * HOUR)


def test_clashes_over_accounts_and_members_with_one_way_out_each(told):
    plan, officer, at = opened(told), told["Officer"], soon(told)
    first = agreed(told)
    entry(officer, plan, at=at, what=f"line:{first}", accounts=["ZA Presidency X"])
    assert kinds(officer, plan) == []
    second = agreed(told, "We agreed on debt relief for forty-one countries by 2027.", (), supersedes=first)
    entry(officer, plan, at=at + HOUR, what=f"line:{second}", accounts=["G20 X"])
    shown = officer.plans.show(plan)["clashes"]
    assert [one["kind"] for one in shown] == ["other-version", "superseded"]
    assert {one["way"]["line"] for one in shown} == {second} and {one["way"]["how"] for one in shown} == {"line"}


def test_a_line_that_is_over_by_then_and_one_that_is_not_agreed(told):
    plan, officer, at = opened(told), told["Officer"], soon(told)
    short = agreed(told, until_ms=at - MINUTE)
    entry(officer, plan, at=at, what=f"line:{short}")
    (clash,) = officer.plans.show(plan)["clashes"]
    assert (clash["kind"], clash["way"]["how"]) == ("line-over", "move")
    assert clash["way"]["to"] < iso(at - MINUTE)
    draft = officer.lines.new({"en": "Trade is open."}, "trade", {})["line"]
    entry(officer, plan, at=at + 9 * HOUR, what=f"line:{draft}")
    assert kinds(officer, plan) == ["line-over", "not-agreed"]


def test_an_embargo_broken_by_another_entry_on_the_topic(told):
    plan, officer, at = opened(told), told["Officer"], soon(told)
    kept = entry(officer, plan, at=at + 2 * HOUR, title="Communiqué", topic="communique", not_before=at + 2 * HOUR)
    early = entry(
        told["Presidency"], plan, at=at, title="We have a text", topic="communique", accounts=["ZA Presidency X"]
    )
    (clash,) = officer.plans.show(plan)["clashes"]
    assert (clash["kind"], clash["entries"]) == ("embargo", [early, kept])
    assert (clash["way"]["how"], clash["way"]["entry"], clash["way"]["to"]) == ("move", early, iso(at + 2 * HOUR))
    told["Presidency"].plans.move(plan, early, at + 3 * HOUR)
    assert kinds(officer, plan) == []


def test_a_day_of_mourning_of_the_account_s_government_and_of_the_presidency(told):
    plan, officer, at = opened(told), told["Officer"], soon(told)
    told["Head"].routes.presidency("ZA", "BR", "US")
    entry(officer, plan, at=at, title="Opening", accounts=["ZA Presidency X"])
    entry(officer, plan, at=at + HOUR, title="Party", accounts=["G20 X"])
    officer.mournings.declare(iso(at)[:10], "A mine accident.", "ZA", iso(at + HOUR)[:10])
    shown = [one for one in officer.plans.show(plan)["clashes"] if one["kind"] == "mourning"]
    assert [one["account"] for one in shown] == ["ZA Presidency X", "G20 X"]
    assert all(one["way"]["how"] == "move" and one["way"]["to"] > iso(at) for one in shown)


def test_other_figures_on_one_topic_and_two_posts_too_near(told):
    plan, officer, at = opened(told), told["Officer"], soon(told)
    scheduled(told, at, "Debt relief reaches 40 countries by 2027. #G20", topic="debt")
    second = scheduled(told, at + 10 * MINUTE, "Debt relief reaches 41 countries by 2027. #G20", topic="debt")
    entry(officer, plan, at=at, what=f"message:{second}")
    shown = officer.plans.show(plan)["clashes"]
    assert [one["kind"] for one in shown] == ["other-words", "too-close"]
    assert all(len(one["with"]) == 1 and len(one["entries"]) == 1 for one in shown), "one stands outside of the plan"


def test_a_message_that_says_the_contrary_on_a_topic_and_one_that_says_something_else(told):
    plan, officer, at = opened(told), told["Officer"], soon(told)
    first = scheduled(told, at, "We will phase out fossil fuel subsidies by 2030. #G20", topic="energy")
    texts = (
        ("We will not phase out fossil fuel subsidies by 2030. #G20", ["other-words"]),
        ("Ministers met in Durban and visited the port with the mayor. #G20", []),
        ("We will phase out fossil fuel subsidies by 2030. #G20", []),
    )
    ids = [entry(officer, plan, at=at, what=f"message:{first}")]
    for n, (text, found) in enumerate(texts):
        other = scheduled(told, at + HOUR, text, topic="energy", to="G20 X")
        ids.append(entry(officer, plan, at=at + HOUR, what=f"message:{other}"))
        assert kinds(officer, plan) == found, n
        officer.plans.drop(plan, [ids[-1]])
        officer.messages.withdraw(other, "Another one.")


def test_times_are_written_in_the_plan_s_zone_and_one_that_is_not_there_is_said(told):
    officer = told["Officer"]
    plan = officer.plans.new("Clocks", "2027-03-28", "Europe/Rome")
    found = officer.plans.get("Clocks")
    assert found.id == plan
    assert iso(officer.plans.when(found, "09:00")) == "2027-03-28T07:00:00.000Z"
    with pytest.raises(Usage) as no:
        officer.plans.when(found, "02:30")
    assert no.value.code == "no-time"
    with pytest.raises(Refused):
        officer.plans.get("Clock")
