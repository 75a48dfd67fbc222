"""Governments beside a time: their working hours and public holidays, as a silence is shown with them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from datetime import datetime
from importlib import resources

import pytest

from g20desk.clock import from_iso
from g20desk.desk.hours import beside, spelled
from g20desk.errors import Usage
from tests.cli.test_commands import run

TABLE = tomllib.loads(resources.files("resources").joinpath("working.toml").read_text("utf-8"))
MEMBERS = tomllib.loads(resources.files("resources").joinpath("facts", "members.toml").read_text("utf-8"))["member"]
LANGS = {"en", "fr", "es", "ar", "zh", "ru"}


def at(text):
    return from_iso(f"{text}:00+00:00")


def test_every_member_is_known_with_its_seat_in_six_languages():
    assert {one["code"] for one in MEMBERS} <= set(TABLE)
    for code, row in TABLE.items():
        assert set(row["city"]) == LANGS, code
        found = beside(code, at("2026-11-30T00:00"), at("2026-12-14T00:00"), "en")
        assert found.share is not None and found.share.working > 0, code


@pytest.mark.parametrize("code", sorted(TABLE))
def test_the_days_of_its_week_are_those_that_the_library_knows(code):
    import holidays

    country = holidays.country_holidays(TABLE[code]["holidays"])
    found = beside(code, at("2026-11-09T00:00"), at("2026-11-23T00:00"), "en").share
    assert {one.day.weekday() for one in found.free if one.weekend} == country.weekend


@pytest.mark.parametrize(("code", "day", "name"), [
    ("BR", "2026-09-07", "Independence Day"),
    ("IN", "2026-01-26", "Republic Day"),
    ("SA", "2026-09-23", "National Day"),
    ("CA", "2026-09-30", "National Day for Truth and Reconciliation"),
    ("GB", "2026-08-31", "Bank Holiday"),
    ("IT", "2026-06-29", "Peter"),
    ("EU", "2026-04-02", "Maundy Thursday"),
    ("EU", "2026-12-28", "End of the year"),
    ("AFU", "2026-05-25", "Africa Day"),
    ("ZA", "2026-09-24", "Heritage Day"),
    ("ID", "2026-12-24", "Joint"),
])  # fmt: skip
def test_a_public_holiday_of_the_capital_is_named(code, day, name):
    found = beside(code, at(f"{day}T04:00"), at(f"{day}T12:00"), "en")
    assert found.share.working == 0
    assert name in " ".join(found.sentences())


def test_what_is_said_of_a_day_that_falls_into_a_holiday():
    found = beside("BR", at("2026-09-06T20:00"), at("2026-09-07T20:00"), "en")
    assert found.sentences() == [
        "Working hours in Brasília: none of 24 hours.",
        "7 September is a public holiday there: Independence Day.",
        "The next working day there begins on Tuesday 8 September, 12:00 UTC.",
    ]
    assert beside("BR", at("2026-09-08T18:00"), at("2026-09-09T14:00"), "en").sentences() == [
        "Working hours in Brasília: 4 hours of 20 hours."
    ]


def test_holidays_in_a_row_are_said_together():
    said = beside("CN", at("2026-09-30T16:00"), at("2026-10-02T16:00"), "en").sentences()
    assert said[1] == "1 October to 2 October are public holidays there: National Day."


def test_a_government_that_nothing_is_known_of_says_so_and_stands_first(office):
    desk = office.desk()
    found = desk.hours.period(["br", "XX", "BR"], at("2026-09-06T20:00"), at("2026-09-07T20:00"))
    assert [one.government for one in found] == ["XX", "BR"]
    assert "not known here" in found[0].sentences()[0]
    assert found[0].as_json() == {"government": "XX", "known": False}
    assert desk.hours.represented() == ["BR", "IN", "IT", "ZA"]


def test_the_government_with_the_least_time_stands_first(office):
    found = office.desk().hours.period(["IT", "BR", "SA"], at("2026-09-04T06:00"), at("2026-09-05T06:00"))
    assert [(one.government, spelled(one.share.working)) for one in found] == [
        ("SA", "0 minutes"), ("IT", "8 hours"), ("BR", "8 hours"),
    ]  # fmt: skip


@pytest.mark.parametrize("until", ["2026-09-04T06:00", "2026-09-03T06:00", "2028-09-03T06:00"])
def test_a_period_that_is_none_is_refused(office, until):
    with pytest.raises(Usage, match="ends after it begins"):
        office.desk().hours.period(["IT"], at("2026-09-04T06:00"), at(until))


def test_the_library_is_loaded_only_when_it_is_asked():
    code = "import sys, g20desk.desk.hours; from g20desk.desk import Desk; print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_on_the_command_line(office):
    code, rows, err = run(office, "office", "hours", "BR", "--within", "P7D", "--json")
    assert code == 0, err
    assert [(one["government"], one["city"], one["minutes"]) for one in rows] == [("BR", "Brasília", 7 * 1440)]
    assert 0 < rows[0]["working_minutes"] <= 5 * 480
    assert datetime.fromisoformat(rows[0]["at_work_next"])
    everybody = run(office, "office", "hours", "--json")[1]
    assert {one["government"] for one in everybody} == {"BR", "IN", "IT", "ZA"}
    assert "Working hours in Pretoria" in run(office, "office", "hours")[1]
