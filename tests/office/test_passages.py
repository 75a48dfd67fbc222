"""Where a passage stands once its text was revised: its words, at the place that has most of the same around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from g20desk.office.passages import found, moved


@pytest.mark.parametrize(("old", "words", "new", "at"), [
    ("Ministers met in Rome.", "Rome", "Ministers met again in Rome.", 23),
    ("Ministers met in Rome.", "Rome", "Ministers met in Milan.", None),
    ("one two one two", "two", "one two one two three", 4),
    ("a debt, b debt, c debt", "debt", "x debt, a debt, b debt, c debt", 10),
    ("première ligne 🌍 fin", "🌍", "début première ligne 🌍 fin", 21),
    ("وزراء المالية", "المالية", "اجتمع وزراء المالية", 12),
    ("same", "same", "", None),
])  # fmt: skip
def test_the_words_are_found_again(old, words, new, at):
    start = old.index(words)
    assert moved(old, start, start + len(words), new) == (None if at is None else (at, at + len(words)))


def test_the_second_of_two_stays_the_second():
    old = "one two one two"
    assert moved(old, 12, 15, "Then: one two one two") == (18, 21)


def test_a_passage_that_went_to_another_post_is_found_there():
    assert found(["Second now.", "Debt first."], "Debt first.", 0, 0, 4) == (1, 0, 4)
    assert found(["Debt.", "Debt."], "Debt.", 1, 0, 4) == (1, 0, 4)
    assert found([], "Debt.", 0, 0, 4) is None


@given(st.text(min_size=1, max_size=40), st.data(), st.text(max_size=20), st.text(max_size=20))
def test_what_is_found_is_always_the_same_words_and_an_unchanged_text_keeps_its_place(old, data, before, after):
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    assert moved(old, start, end, old) == (start, end)
    place = moved(old, start, end, before + old + after)
    assert place is not None and (before + old + after)[slice(*place)] == old[start:end]
