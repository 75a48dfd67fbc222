"""What was said beside an agreed line, word by word."""

from __future__ import annotations

import pytest

from g20desk.office import drift as office_drift
from g20desk.office.drift import MOST, drift, words

LINE = "G20 members will mobilise $300 billion a year by 2035, from public and private sources."
LOCKS = ("mobilise $300 billion a year by 2035", "public and private sources")


def marks(line, said, locks=()):
    return office_drift.marks(line, [said], locks)


def texts(found, how):
    return [run.text.strip() for run in found.runs if run.how == how]


def test_word_for_word_is_no_drift_and_its_phrases_are_found():
    found = marks(LINE, LINE, LOCKS)
    assert not found.drifted and set(found.ticks) == {"same"} and len(found.ticks) == len(words(LINE))
    assert [run.text for run in found.runs if run.locked] == [*LOCKS]
    assert "".join(run.text for run in found.runs) == LINE


def test_words_that_were_put_in_are_counted_and_stand_where_they_do():
    found = marks(LINE, LINE.replace("2035, from", "2035, with a fair share from"), LOCKS)
    assert texts(found, "added") == ["with a fair share"] and found.count("added") == 4 and found.drifted
    assert not found.lost and texts(found, "removed") == []
    assert "".join(run.text for run in found.runs) == LINE.replace("2035, from", "2035, with a fair share from")


def test_a_changed_locked_phrase_is_told_from_other_words():
    found = marks(LINE, LINE.replace("mobilise", "give").replace("members", "countries"), LOCKS)
    assert found.lost == (LOCKS[0],)
    assert [(run.text.strip(), run.locked) for run in found.runs if run.how == "removed"] == [
        ("members", False),
        ("mobilise", True),
    ]
    assert all(run.instead for run in found.runs if run.how != "same")
    assert (found.count("locked"), found.count("changed")) == (1, 1)


def test_words_around_a_line_leave_it_as_it_is():
    found = marks(LINE, f"The President of South Africa: {LINE} Read more soon.", LOCKS)
    assert not found.drifted and found.count("around") == 8 and texts(found, "added") == []
    assert drift(LINE, f"The President of South Africa: {LINE} Read more soon.") > 0


@pytest.mark.parametrize(
    "said",
    [
        LINE.replace("will", "will not"),
        LINE.replace("$", "€"),
        LINE.replace("private ", ""),
        "",
    ],
)
def test_one_word_between_is_drift(said):
    assert marks(LINE, said).drifted


def test_what_went_is_counted_and_keeps_its_spaces():
    found = marks(LINE, LINE.replace("a year by 2035, ", ""), LOCKS)
    assert texts(found, "removed") == ["a year by 2035"] and found.count("locked") == 4
    assert "".join(run.text for run in found.runs if run.how != "added").startswith(
        "G20 members will mobilise $300 billion a"
    )


def test_a_phrase_that_moved_still_stands():
    found = marks("Trade is open. Debt is fair.", "Debt is fair. Trade is open.", ("Debt is fair",))
    assert not found.lost and [run.text for run in found.runs if run.locked] == ["Debt is fair"]


def test_case_signs_and_white_space_are_no_words():
    assert not marks(LINE, "  ".join(LINE.upper().replace(",", " –").split())).drifted


def test_chinese_and_japanese_are_compared_sign_by_sign():
    line = "G20メンバーは、2035年までに年間3,000億ドルを動員します。"
    found = marks(line, line.replace("動員", "提供"), ("年間3,000億ドル",))
    assert found.count("changed") == 2 and texts(found, "removed") == ["動員"] and texts(found, "added") == ["提供"]
    assert [run.text for run in found.runs if run.locked] == ["年間3,000億ドル"]
    assert not marks("二十国集团成员将动员资金。", "二十国集团成员将动员资金").drifted


def test_arabic_vowel_marks_and_strokes_change_nothing():
    line = "تخفيف الديون لأربعين دولة"
    assert not marks(line, "تخفيف الدُّيون لأربعين دولـــة").drifted
    found = marks(line, "تخفيف الديون لخمسين دولة")
    assert found.count("changed") == 1 and texts(found, "added") == ["لخمسين"]


def test_what_is_beyond_all_measure_is_compared_as_one_piece():
    """A hostile communicator's text must not keep every desk busy."""
    found = marks("a " * (MOST + 10), "a " * (MOST + 10) + "b " * 40)
    assert found.drifted and found.count("changed", "added", "gone") == 50
