"""Working hours and public holidays in the window's words."""

from __future__ import annotations

import pytest

from g20desk.clock import from_iso
from g20desk.desk.hours import beside
from ui import hours, texts


def said_of(*about):
    """Without the signs that keep names apart from the text around them."""
    return [one.replace("\u2068", "").replace("\u2069", "") for one in hours.sentences(beside(*about))]


def at(text):
    return from_iso(f"{text}:00+00:00")


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_silence_over_a_holiday_is_said_in_the_interfaces_language(lang):
    texts.use(lang)
    said = said_of("SA", at("2026-09-22T20:00"), at("2026-09-23T20:00"), lang)
    if lang == "en":
        assert said == [
            "Working hours in Riyadh: none of 24 h.",
            "Wed 23 September is a public holiday there: National Day Holiday.",
            "The next working day there begins Thu 24 September 04:30 UTC.",
        ]
    else:
        assert len(said) == 3 and "الرياض" in said[0] and "اليوم الوطني" in said[1] and "24" in said[2]


def test_holidays_in_a_row_and_part_of_a_day():
    said = said_of("CN", at("2026-09-30T08:00"), at("2026-10-02T16:00"), "en")
    assert said[:2] == [
        "Working hours in Beijing: 1 h of 56 h.",
        "Thu 1 October to Fri 2 October are public holidays there: National Day.",
    ]


def test_nothing_known_is_said():
    said = said_of("XX", at("2026-09-30T08:00"), at("2026-10-02T16:00"), "en")
    assert said == ["The working hours and public holidays of XX are not known here."]
