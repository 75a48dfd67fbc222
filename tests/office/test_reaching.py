"""Whom a sign-off has to reach: the notices that stand at each moment of a stage, and no others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from g20desk.office.reaching import KINDS, Round, standing, step

HOUR = 3_600_000
OPENED = 1_900_000_000_000
ROUND = Round("m", "act", "statement", "officer", 1, ("br", "in"), OPENED, OPENED + 24 * HOUR,
              told=("br", "in", "it", "officer", "head"), chief=("officer", "head"))  # fmt: skip


def said(one, after):
    return [(notice.what, notice.person) for notice in standing([one], OPENED + round(after * HOUR))]


@pytest.mark.parametrize(("after", "what"), [
    (0, "asked"), (11.99, "asked"), (12, "half"), (21.99, "half"), (22, "soon"), (23.99, "soon"), (24, "overdue"),
])  # fmt: skip
def test_a_day_is_half_over_at_twelve_hours_and_soon_over_two_hours_before_the_end(after, what):
    found = {kind for kind, _ in said(ROUND, after)}
    assert found == {what}


def test_those_whose_word_is_open_are_told_and_once_it_is_late_those_in_charge_too():
    assert [person for _, person in sorted(said(ROUND, 1))] == ["br", "in"]
    assert sorted(person for _, person in said(ROUND, 25)) == ["br", "head", "in", "officer"]
    assert said(replace(ROUND, waits=()), 1) == []


def test_a_silence_that_is_over_asks_nobody():
    silence = replace(ROUND, silence=True)
    assert said(silence, 23) and said(silence, 24) == []


def test_a_broken_silence_is_told_to_all_at_once_and_nothing_else_is():
    broken = replace(ROUND, silence=True, broken=OPENED + HOUR, breaking="objection")
    assert sorted(said(broken, 2)) == [("broken", person) for person in sorted(ROUND.told)]
    again = replace(broken, breaking="another")
    ids = {one.id for one in standing([broken], OPENED)} | {one.id for one in standing([again], OPENED)}
    assert len(ids) == 2 * len(ROUND.told)


def test_a_stage_without_an_end_is_asked_for_and_no_more():
    assert step(OPENED, 0, OPENED + 10**12) == ("asked", OPENED)


@pytest.mark.parametrize(("hours", "before"), [(2, 15 / 60), (0.5, 10 / 60), (8, 1), (24 * 7, 2)])
def test_how_long_before_the_end_it_is_soon_over(hours, before):
    due = OPENED + round(hours * HOUR)
    at = due - round(before * HOUR)
    assert step(OPENED, due, at) == ("soon", at)
    assert step(OPENED, due, at - 1)[0] == "half"


def test_a_very_short_stage_is_never_soon_over_before_it_is_half_over():
    due = OPENED + 15 * 60_000
    assert [step(OPENED, due, OPENED + n * 60_000)[0] for n in (0, 7, 8, 14, 15)] == [
        "asked", "asked", "half", "half", "overdue",
    ]  # fmt: skip


def test_ids_tell_notices_apart_and_are_the_same_each_time():
    now = OPENED + HOUR
    first = standing([ROUND], now)
    assert first == standing([ROUND], now)
    later = standing([replace(ROUND, due=ROUND.due + HOUR, changes=1)], now)
    assert not {one.id for one in first} & {one.id for one in later}, "another end is told anew"
    assert {one.matter for one in first} == {one.matter for one in later}, "and is the same matter"
    assert not {one.matter for one in first} & {one.matter for one in standing([replace(ROUND, stage=2)], now)}
    assert {one.what for one in first} <= set(KINDS)
