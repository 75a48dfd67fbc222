"""Comments as threads on a passage: who may, where they stand after a revision, answers, redaction, the command line."""

from __future__ import annotations

import pytest

from g20desk.desk import redacting
from g20desk.errors import Refused, Usage
from g20desk.office.content import Content, Text
from tests.cli.test_commands import run
from tests.story import content

ENGLISH = "Ministers met in Rome and agreed on debt. They meet again in Rome."


@pytest.fixture
def message(office):
    made = office.desk().messages.new(content(ENGLISH, to=("G20 X",)))
    office.desk().messages.submit(made["message"])
    return made["message"], made["digest"]


def revise(office, id, *texts):
    office.desk().messages.revise(id, Content("news", ("G20 X",), tuple(texts)))
    office.desk().messages.submit(id)


def threads(office, id):
    return office.desk().messages.show(id)["threads"]


def on(office, id, words, text, person="Liaison Brazil"):
    comments = office.desk(person).comments
    return comments.make(id, text, about=comments.passage(id, words))["comment"]


def test_a_thread_stands_at_its_passage_with_its_answers_in_order(office, message):
    id, _ = message
    first = on(office, id, "agreed on debt", "Did they agree, or discuss?")
    second = office.desk().comments.make(id, "They agreed.", answers=first)["comment"]
    office.desk("Liaison India").comments.make(id, "We were there.", answers=second[:10])
    (thread,) = threads(office, id)
    assert (thread["id"], thread["stands"]) == (first, "here")
    about = thread["about"]
    assert ENGLISH[about["start"]:about["end"]] == about["words"] == "agreed on debt"  # fmt: skip
    assert (about["lang"], about["network"], about["number"]) == ("en", "", 0)
    assert [(one["person"], one["text"]) for one in thread["comments"]] == [
        ("Liaison Brazil", "Did they agree, or discuss?"), ("Officer", "They agreed."), ("Liaison India", "We were there."),
    ]  # fmt: skip
    assert [one["answers"] for one in thread["comments"]] == [None, first, second]


def test_a_revision_that_keeps_the_words_keeps_the_thread_and_one_that_does_not_says_so(office, message):
    id, _ = message
    on(office, id, "agreed on debt", "Which debt?")
    revise(office, id, Text("en", ("Today ministers met in Rome and agreed on debt.",)))
    (thread,) = threads(office, id)
    assert thread["stands"] == "here" and thread["about"]["start"] == len("Today ministers met in Rome and ")
    revise(office, id, Text("en", ("Today ministers met in Rome and spoke of it.",)))
    (thread,) = threads(office, id)
    assert (thread["stands"], thread["about"]["words"]) == ("earlier", "agreed on debt")
    revise(office, id, Text("en", (ENGLISH,)))
    assert threads(office, id)[0]["stands"] == "here", "the words are back, and so is the thread"


def test_a_comment_on_a_text_that_changed_meanwhile_counts_and_stands_where_its_words_do(office, message):
    id, digest = message
    about = office.desk("Liaison Brazil").comments.passage(id, "agreed on debt")
    revise(office, id, Text("en", ("In short: they agreed on debt.",)))
    office.desk("Liaison Brazil").comments.make(id, "Which debt?", digest, about)
    (thread,) = threads(office, id)
    assert thread["stands"] == "here" and thread["about"]["start"] == len("In short: they ")


def test_threads_come_in_the_order_of_the_text_and_the_whole_last(office, message):
    id, _ = message
    office.desk("Liaison India").comments.make(id, "Fine by us.")
    on(office, id, "meet again", "When?")
    on(office, id, "Ministers", "Deputies too.")
    assert [(one["stands"], one["about"] and one["about"]["words"]) for one in threads(office, id)] == [
        ("here", "Ministers"), ("here", "meet again"), ("whole", None),
    ]  # fmt: skip


def test_a_comment_decides_nothing(office, message):
    id, digest = message
    on(office, id, "Ministers", "I object to this word.")
    shown = office.desk().messages.show(id)
    assert shown["state"] == "submitted"
    office.desk("Liaison India").messages.decide(id, "approve", digest)
    assert office.desk().messages.show(id)["state"] == "approved"
    office.desk().comments.make(id, "The author may comment too.")
    assert len(office.desk().messages.show(id)["threads"]) == 2


@pytest.mark.parametrize("words", ["Rome", "Milan", ""])
def test_a_passage_that_is_nowhere_or_twice_is_no_passage(office, message, words):
    with pytest.raises(Usage) as caught:
        office.desk().comments.passage(message[0], words)
    assert caught.value.code == "no-passage"


@pytest.mark.parametrize("about", [
    {"part": "c.text.en", "number": 0, "start": 4, "end": 4}, {"part": "c.note", "number": 0, "start": 0, "end": 1},
    {"part": "c.text.en", "number": -1, "start": 0, "end": 1}, {"part": "c.text.en", "number": 0, "start": -1, "end": 1},
    {"part": "c.text.en", "number": True, "start": 0, "end": 1}, {"part": "c.text.en", "start": 0, "end": 1},
    {"part": "c.text.en.x.y", "number": 0, "start": 0, "end": 1}, {"part": 7, "number": 0, "start": 0, "end": 1},
])  # fmt: skip
def test_a_passage_of_another_form_is_refused(office, message, about):
    with pytest.raises(Refused) as caught:
        office.desk().comments.make(message[0], "A word.", about=about)
    assert caught.value.code == "malformed"


def test_a_passage_that_no_text_has_is_shown_as_one_of_an_earlier_text(office, message):
    id, digest = message
    comments = office.desk().comments
    comments.make(id, "Far out.", digest, {"part": "c.text.en", "number": 7, "start": 5, "end": 900})
    comments.make(id, "Another content.", "f" * 64, {"part": "c.text.fr", "number": 0, "start": 5, "end": 9})
    assert [(one["stands"], one["about"]) for one in threads(office, id)] == [("earlier", None)] * 2


def test_who_may_and_what_is_answered(office, message):
    id, _ = message
    office.head.people.admit_here("Obi Observer", "observer", "")
    with pytest.raises(Refused) as caught:
        office.desk("Obi Observer").comments.make(id, "A word.")
    assert caught.value.code == "no-right"
    assert office.desk("Obi Observer").messages.show(id)["can"]["comment"]
    assert office.desk("Liaison Italy").messages.show(id)["can"]["comment"] == ""
    with pytest.raises(Usage, match="no one comment"):
        office.desk().comments.make(id, "A word.", answers="abcdef")
    with pytest.raises(Usage, match="says something"):
        office.desk().comments.make(id, "  ")


def test_a_comment_is_taken_out_of_the_record_and_its_thread_stays(office, message):
    id, _ = message
    first = on(office, id, "Ministers", "Her phone number is 555 0100.")
    office.desk().comments.make(id, "Please take that out.", answers=first)
    redacting.redact(office.head, first, "A phone number.")
    (thread,) = threads(office, id)
    assert [one["text"] for one in thread["comments"]] == ["", "Please take that out."]
    assert thread["about"]["words"] == "Ministers"


def test_on_the_command_line(office, message):
    id, digest = message
    words = ["message", "comment", id, "--digest", digest, "--why", "Which debt?", "--on", "agreed on debt", "--json"]
    code, made, err = run(office, *words, person="Liaison Brazil")
    assert code == 0, err
    answer = ["message", "comment", id, "--why", "All of it.", "--answers", made["comment"][:12], "--json"]
    assert run(office, *answer, person="Officer")[0] == 0
    shown = run(office, "message", "show", id, person="Officer")[1]
    assert "on “agreed on debt” [en]" in shown and "Officer: All of it." in shown
    code, told, _ = run(office, "message", "comment", id, "--why", "x", "--on", "Rome", "--json", person="Officer")
    assert (code, told["error"]["code"]) == (2, "no-passage")
    assert run(office, "message", "comment", id, "--json", person="Officer")[1]["error"]["code"] == "no-reason"
