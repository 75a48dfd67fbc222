"""Times at which nothing goes out, or nothing cheerful: found at scheduling, and again at sending."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date, timedelta

import pytest

from g20desk.clock import iso
from g20desk.desk import Desk, days
from g20desk.errors import Refused, Usage
from tests.story import Hands, content

HOUR = 3_600_000
DAY = 24 * HOUR


@pytest.fixture
def hands():
    return Hands()


@pytest.fixture
def officer(office, hands):
    return Desk.open(office.folder, "Officer", hands)


def out(desk, account):
    return [post["text"] for post in desk.accounts.client(desk.accounts.get(account)).posts()]


def why(desk, message):
    return desk.messages.show(message)["posts"][0]["why"]


def test_inside_an_embargo_nothing_is_scheduled_and_it_says_who_until_when_and_why(office, officer, hands):
    message = office.approved(content("Ministers agreed.", to=("G20 X", "G20 Bluesky")))
    until = hands.now_ms() + 8 * HOUR
    placed = office.head.embargoes.place(until, "The leaders speak first.", account="G20 Bluesky")
    with pytest.raises(Refused) as no:
        officer.messages.schedule(message, until - 1)
    assert no.value.code == "embargoed"
    assert iso(until) in no.value.message and "Ada Head" in no.value.message
    assert "The leaders speak first." in no.value.message
    assert officer.messages.show(message)["planned_ms"] is None
    officer.messages.schedule(message, until)
    assert [row["embargo"] for row in officer.embargoes.rows()] == [placed]
    hands.on += 8 * HOUR + 1000
    assert officer.embargoes.rows() == []
    assert officer.publish.once()["sent"] == 2


@pytest.mark.parametrize(
    ("where", "stops"),
    [
        pytest.param({}, True, id="all"),
        pytest.param({"topic": "debt"}, True, id="its topic"),
        pytest.param({"topic": "trade"}, False, id="another topic"),
        pytest.param({"account": "G20 X"}, True, id="its account"),
        pytest.param({"account": "G20 Mastodon"}, False, id="another account"),
    ],
)
def test_whom_an_embargo_stops(office, officer, hands, where, stops):
    message = office.approved(replace(content("Debt relief.", to=("G20 X",)), topic="debt"))
    officer.embargoes.place(hands.now_ms() + HOUR, "Not yet", **where)
    try:
        officer.messages.schedule(message, hands.now_ms())
    except Refused as no:
        assert no.code == "embargoed"
    assert bool(officer.publish.once()["sent"]) != stops


def test_an_embargo_placed_after_scheduling_is_found_at_once_and_again_at_sending(office, officer, hands):
    message = office.approved(content("Ministers agreed.", to=("G20 X",)))
    at = hands.now_ms() + HOUR
    officer.messages.schedule(message, at)
    assert officer.messages.clashes(message) == []
    until = at + 5 * 60_000
    placed = office.desk("Liaison Italy").embargoes.place(until, "Our minister speaks first.")
    (clash,) = officer.messages.clashes(message)
    assert (clash["kind"], clash["with"]) == ("embargo", placed)
    assert "Under embargo until" in why(officer, message)
    hands.on += HOUR + 1000
    assert officer.publish.once()["waiting"] == 1
    assert why(officer, message).startswith(f"Under embargo until {iso(until)}, placed by Liaison Italy.")
    hands.on += 5 * 60_000
    assert officer.publish.once()["sent"] == 1


def test_longer_than_its_grace_it_is_missed_and_says_why(office, officer, hands):
    message = office.approved(content("Ministers agreed.", to=("G20 X",)))
    officer.messages.schedule(message, hands.now_ms())
    officer.embargoes.place(hands.now_ms() + HOUR, "Not yet")
    hands.on += 11 * 60_000
    officer.publish.once()
    post = officer.messages.show(message)["posts"][0]
    assert (post["state"], out(officer, "G20 X")) == ("missed", [])
    assert "Under embargo until" in post["why"]


def test_the_fold_refuses_to_send_inside_an_embargo_whatever_a_desk_believes(office, officer, hands, monkeypatch):
    from g20desk.desk import waiting

    message = office.approved(content("One.", "Two.", to=("G20 X",)))
    officer.messages.schedule(message, hands.now_ms())
    officer.embargoes.place(hands.now_ms() + HOUR, "Not yet")
    monkeypatch.setattr(waiting, "why", lambda *_: "")
    assert officer.publish.once()["waiting"] == 1
    assert out(officer, "G20 X") == []


def test_lifting_takes_two_people_the_head_one_of_them(office, officer, hands):
    brazil, head = office.desk("Liaison Brazil"), office.head
    placed = officer.embargoes.place(hands.now_ms() + HOUR, "Not yet")
    assert brazil.embargoes.lift(placed, "It is out already")["lifted"] is False
    with pytest.raises(Refused) as no:
        brazil.embargoes.lift(placed, "It is out already")
    assert no.value.code == "second-person"
    with pytest.raises(Refused) as no:
        officer.embargoes.lift(placed, "It is out already")
    assert no.value.code == "no-right"
    assert head.embargoes.lift("", "It is out already")["lifted"] is True
    assert officer.embargoes.rows() == []
    with pytest.raises(Refused):
        head.embargoes.lift(placed, "Again")
    with pytest.raises(Refused):
        office.desk("Analyst").embargoes.place(hands.now_ms() + HOUR, "I say so")
    with pytest.raises(Refused):
        head.embargoes.place(hands.now_ms() - 1, "Past")
    with pytest.raises(Usage):
        head.embargoes.place(hands.now_ms() + HOUR, " ")


def test_not_before_is_signed_with_the_text(office, officer, hands):
    at = hands.now_ms() + HOUR
    typed = replace(content("Ministers agreed.", to=("G20 X",)), not_before=at)
    message = office.approved(typed)
    assert officer.messages.show(message)["not_before"] == iso(at)
    assert officer.messages.content(message) == typed
    with pytest.raises(Refused) as no:
        officer.messages.schedule(message, at - 1)
    assert no.value.code == "embargoed" and iso(at) in no.value.message
    officer.messages.schedule(message, at)
    digest = officer.messages.show(message)["digest"]
    made = officer.messages.revise(message, replace(typed, not_before=at + 1))
    assert made["digest"] != digest
    assert officer.messages.revise(message, typed)["digest"] == digest


def test_no_embargoed_text_in_any_log(office, officer, hands, caplog, capsys):
    """Nor in what a desk says of it: neither text nor title stands in a refusal, a clash or a reason."""
    secret = "Zanzibar joins the framework."
    caplog.set_level(logging.DEBUG)
    message = office.approved(replace(content(secret, to=("G20 X",)), not_before=hands.now_ms() + HOUR))
    with pytest.raises(Refused) as no:
        officer.messages.schedule(message, hands.now_ms())
    officer.messages.schedule(message, hands.now_ms() + HOUR)
    officer.embargoes.place(hands.now_ms() + 2 * HOUR, "Not yet")
    hands.on += HOUR + 1000
    officer.publish.once()
    hands.on += HOUR
    officer.publish.once()
    told = [no.value.message, *(c["message"] for c in officer.messages.clashes(message)), why(officer, message)]
    said = caplog.text + "".join(capsys.readouterr()) + " ".join(told)
    assert "Zanzibar" not in said


def tomorrow(hands):
    return date.fromisoformat(iso(hands.now_ms() + DAY)[:10])


def noon(day):
    return (day - date(1970, 1, 1)).days * DAY + 12 * HOUR


def test_on_a_day_of_mourning_a_cheerful_post_waits_for_a_person(office, officer, hands):
    day = tomorrow(hands)
    office.head.mournings.declare(str(day), "The floods", "BR", official=True)
    message = office.approved(content("What a festival.", to=("G20 X",)))
    officer.messages.schedule(message, noon(day))
    (clash,) = officer.messages.clashes(message)
    assert clash["kind"] == "mourning" and "waits for a person" in clash["message"]
    hands.on = noon(day) + 1000 - Hands().now_ms()
    assert officer.publish.once()["waiting"] == 1
    assert why(officer, message).startswith("A day of mourning of BR until")
    officer.messages.schedule(message, hands.now_ms(), despite="It is the opening, and we say so with care.")
    (clash,) = officer.messages.clashes(message)
    assert "all the same" in clash["message"]
    assert officer.publish.once()["sent"] == 1
    said = [h["said"] for h in officer.messages.show(message)["history"] if h["kind"] == "message.scheduled"]
    assert said == ["", "It is the opening, and we say so with care."]


@pytest.mark.parametrize("kind", ["condolence", "statement"])
def test_what_is_solemn_goes_out(office, officer, hands, kind):
    day = tomorrow(hands)
    office.head.mournings.declare(str(day), "The floods")
    message = office.approved(replace(content("We grieve with Brazil.", to=("G20 X",)), kind=kind))
    officer.messages.schedule(message, noon(day))
    assert officer.messages.clashes(message) == []
    hands.on = noon(day) + 1000 - Hands().now_ms()
    assert officer.publish.once()["sent"] == 1


def test_whose_accounts_mourn(office, officer, hands):
    day = tomorrow(hands)
    message = office.approved(content("What a festival.", to=("G20 X", "ZA Presidency X")))
    officer.messages.schedule(message, noon(day))
    brazil = office.desk("Liaison Brazil")
    brazil.mournings.declare(str(day), "The floods", "BR")
    assert officer.messages.clashes(message) == []
    own = office.desk("Presidency").mournings.declare(str(day), "Our president died", "ZA")
    assert [c["account"] for c in officer.messages.clashes(message)] == ["ZA Presidency X"]
    office.desk("Presidency").mournings.end(own, "A mistake")
    assert officer.messages.clashes(message) == []
    office.head.mournings.declare(str(day), "For all")
    assert {c["account"] for c in officer.messages.clashes(message)} == {"G20 X", "ZA Presidency X"}
    for person, government, official in (("Liaison Brazil", "IT", False), ("Liaison Brazil", "BR", True),
                                         ("Liaison Brazil", "", False), ("Analyst", "BR", False)):  # fmt: skip
        with pytest.raises(Refused) as no:
            office.desk(person).mournings.declare(str(day), "I say so", government, official=official)
        assert no.value.code == "no-right"


def test_only_the_office_lets_a_post_out_on_a_day_of_mourning(office, officer, hands):
    day = tomorrow(hands)
    office.head.mournings.declare(str(day), "The floods")
    message = office.approved(content("What a festival.", to=("G20 X",)))
    stream = officer.messages.submitted(message).stream
    values = {
        "when": noon(day),
        "zone": "UTC",
        "together": False,
        "despite": list(officer.office.mournings),
        "why": None,
    }
    with pytest.raises(Refused, match="a reason"):
        officer.act("message.scheduled", values, stream)


def test_the_day_is_the_whole_day_in_every_zone_of_the_country(officer):
    since, until = days.span(date(2026, 11, 30), date(2026, 11, 30), days.zones_of("RU"))
    assert (iso(since)[:16], iso(until)[:16]) == ("2026-11-29T12:00", "2026-11-30T22:00")
    since, until = days.span(date(2027, 3, 28), date(2027, 3, 28), days.zones_of("IT"))
    assert until - since == 23 * HOUR
    since, until = days.span(date(2026, 10, 25), date(2026, 10, 25), days.zones_of("IT"))
    assert until - since == 25 * HOUR
    assert days.zones_of("") == ("UTC",)
    with pytest.raises(Usage, match="not known"):
        days.zones_of("XX")


def test_every_member_has_zones_and_every_zone_is_one():
    import tomllib
    from importlib import resources

    facts = tomllib.loads(resources.files("resources").joinpath("facts", "members.toml").read_text())
    zones = tomllib.loads(resources.files("resources").joinpath("zones.toml").read_text())
    assert {one["code"] for one in facts["member"]} == set(zones)
    assert all(days.zone(name) for names in zones.values() for name in names)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [("2026-13-01", "", "bad-date"), ("tomorrow", "", "bad-date"), ("2099-02-02", "2099-02-01", "bad-date")],
)
def test_dates_that_are_none_are_said(officer, first, last, code):
    with pytest.raises(Usage) as no:
        officer.mournings.declare(first, "A mistake", "IT", last)
    assert no.value.code == code


def test_a_day_that_is_over_is_refused(officer, hands):
    gone = date.fromisoformat(iso(hands.now_ms())[:10]) - timedelta(days=2)
    with pytest.raises(Refused, match="over"):
        officer.mournings.declare(str(gone), "Too late", "IT")
