"""What a person has not seen yet: new and changed texts, words of others; kept on the desk, and nowhere else."""

from __future__ import annotations

import json

import pytest

from g20desk.desk import redacting, seen
from g20desk.desk.seen import NOTHING, News
from tests.story import content


def news(desk, message):
    return next(row.news for row in desk.messages.rows() if row.id == message)


@pytest.fixture
def message(office):
    made = office.desk().messages.new(content("Ministers met.", to=("G20 X",)))
    office.desk().messages.submit(made["message"])
    return made["message"], made["digest"]


def look(desk, id):
    seen.mark(desk, id, desk.messages.show(id)["digest"])


def test_a_text_is_new_until_it_was_shown_and_again_when_it_changed(office, message):
    id, _ = message
    india = office.desk("Liaison India")
    assert news(india, id) == News("new")
    look(india, id)
    assert news(india, id) == NOTHING
    office.desk().messages.revise(id, content("Ministers met twice.", to=("G20 X",)))
    office.desk().messages.submit(id)
    assert news(india, id) == News("changed")
    assert news(office.desk("Liaison India"), id) == News("changed"), "another process of this desk"
    look(india, id)
    assert news(office.desk("Liaison India"), id) == NOTHING, "it outlives a restart"


def test_ones_own_text_is_no_news_and_others_words_on_it_are(office, message):
    id, digest = message
    officer = office.desk()
    assert news(officer, id) == NOTHING
    office.desk("Liaison Brazil").messages.decide(id, "comment", digest, "Which ministers?")
    office.desk("Liaison India").messages.decide(id, "approve", digest)
    assert news(officer, id) == News("", 2)
    assert news(office.desk("Liaison Brazil"), id) == News("new", 1), "one's own word is none"
    look(officer, id)
    assert news(officer, id) == NOTHING
    office.desk("Liaison Brazil").messages.decide(id, "comment", digest, "Thank you.")
    assert news(officer, id).words == 1


def test_each_person_on_a_desk_sees_for_themselves(office, message):
    id, _ = message
    look(office.desk("Liaison India"), id)
    assert news(office.desk("Liaison Brazil"), id) == News("new")


def test_what_is_over_and_what_was_before_ones_time_is_no_news(office, message):
    id, _ = message
    office.head.people.admit_here("Nia New", "observer", "")
    assert news(office.desk("Nia New"), id) == NOTHING
    other = office.desk().messages.new(content("Second.", to=("G20 X",)))["message"]
    office.desk().messages.submit(other)
    assert news(office.desk("Nia New"), other) == News("new")
    office.desk().messages.withdraw(other, "No.")
    assert news(office.desk("Nia New"), other) == NOTHING


def test_nothing_of_it_enters_the_record(office, message):
    id, _ = message
    before = office.desk().store.last_place()
    heard = []
    india = office.desk("Liaison India")
    india.add_listener(heard.append)
    look(india, id)
    look(india, id)
    assert office.desk().store.last_place() == before
    assert heard == [frozenset({("seen", id)})], "told once, and as no act"


def test_what_was_redacted_is_forgotten(office, message):
    id, _ = message
    india = office.desk("Liaison India")
    look(india, id)
    redacting.redact(office.head, id, "A name.", whole=True)
    assert not [name for name in india.store.metas("") if id in name and name.startswith(("read/", "heard/"))]
    assert json.dumps(india.messages.show(id)["before"]) == "null"


def test_marks_of_a_whole_list_are_read_in_one_step(office, message):
    desk, asked = office.desk("Liaison India"), []
    desk.store.db.set_trace_callback(asked.append)
    desk.messages.rows(limit=200)
    desk.store.db.set_trace_callback(None)
    assert sum("select name, value from meta where name in" in one for one in asked) == 1
