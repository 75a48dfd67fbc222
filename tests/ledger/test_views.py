"""Views can be thrown away: made again from the events they are the same, and found by every word as before."""

from __future__ import annotations

import pytest

from g20desk.ledger import views
from tests.story import Office, content


def everything(office):
    db = office.head.store.db
    rows = sorted(db.execute("select kind, id, stream, updated, due, row from rows").fetchall())
    return rows


@pytest.fixture
def office(tmp_path):
    one = Office(tmp_path / "o")
    one.due(content("The EU met. 二十国集团讨论气候融资。", to=("G20 X", "G20 Bluesky")))
    one.desk().publish.once()
    one.approved(content("Ministers met.", to=("G20 X",)))
    one.desk().messages.new(content("A draft.", to=("G20 X",)))
    return one


def test_rebuilt_views_are_the_same(office):
    before = everything(office)
    office.head.ledger.rows.rebuild()
    assert everything(office) == before
    assert len(before) == 5
    for words in ("EU", "气候", "集团讨论", "minis"):
        assert len(views.search(office.head.store, "draft", words)) == 1


def test_a_liaison_finds_no_draft(office):
    liaison = office.desk("Liaison Italy").messages
    assert liaison.rows(search="draft") == []
    assert len(liaison.rows()) == 2
    assert len(office.desk().messages.rows()) == 3


def test_a_stream_that_squats_on_a_message_changes_no_row(office):
    desk = office.desk("Analyst")
    made = office.desk().messages.new(content("Ours.", to=("G20 X",)))
    office.desk().messages.submit(made["message"])
    before = views.get(desk.store, "message", made["message"])
    folded = desk.messages.get(made["message"])
    first = next(v for v in folded.verdicts if v.event.header.kind == "message.submitted")
    from g20desk.ledger import body

    parts = body.decode(first.event.body)
    desk.act("message.submitted", {name: part.value for name, part in parts.items()}, "")
    assert views.get(desk.store, "message", made["message"]) == before


def test_lists_come_in_pages(office):
    messages = office.desk().messages
    page = messages.rows(limit=2)
    assert [r.id for r in page] == [r.id for r in messages.rows()][:2]


def test_counts_are_those_of_the_rows(office):
    officer, liaison = office.desk().messages, office.desk("Liaison Italy").messages
    made = officer.new(content("Ministers met again.", to=("G20 X",)))
    officer.submit(made["message"])
    assert officer.count() == len(officer.rows()) == 4
    officer.withdraw(made["message"], "Too early.")
    officer.revise(made["message"], content("Ministers met once more.", to=("G20 X",)))
    for messages in (officer, liaison):
        for words in ("", "ministers", "met", "again", "more", "气候", "draft", "nothing", "…"):
            assert messages.count(words) == len(messages.rows(search=words)), words


def test_planned_messages_are_found_by_time(office):
    messages = office.desk().messages
    row = next(r for r in messages.rows() if r.planned_ms)
    assert messages.planned(row.planned_ms, row.planned_ms + 1) == [row]
    assert messages.planned(row.planned_ms + 1, row.planned_ms + 9) == []


def test_what_a_person_decided_is_found_with_the_answer_and_its_time(office):
    brazil = office.desk("Liaison Brazil").messages
    before = brazil.decided(0)
    assert {answer for _, answer, _ in before} == {"approve"}
    assert [at for _, _, at in before] == sorted((at for _, _, at in before), reverse=True)
    row, _, at = before[0]
    assert brazil.decided(at) == before[:1]
    assert brazil.decided(at + 1) == []
    digest = brazil.show(row.id)["digest"]
    brazil.decide(row.id, "object", digest, "A wrong figure.")
    brazil.decide(row.id, "comment", digest, "See the annex.")
    now = {one.id: answer for one, answer, _ in brazil.decided(0)}
    assert (now.pop(row.id), set(now.values()) | {"approve"}) == ("object", {"approve"})
    assert office.desk("Liaison India").messages.decided(0) == []


@pytest.mark.parametrize("person", ["Officer", "Liaison Italy"])
def test_messages_are_found_by_words_or_by_their_state(office, person):
    officer, messages = office.desk().messages, office.desk(person).messages
    made = officer.new(content("Ministers met again, and it is scheduled.", to=("G20 X",)))
    officer.submit(made["message"])
    office.desk("Liaison India").holds.place("A dispute.")
    everything = messages.rows()
    for state in ("draft", "submitted", "scheduled", "held", "withdrawn", "sent"):
        wanted = [r for r in everything if r.state == state or r in messages.rows(search="scheduled")]
        assert messages.found("scheduled", state, 50) == (wanted, len(wanted)), state
        assert messages.found("scheduled", state, 1) == (wanted[:1], len(wanted)), state
    assert messages.found("scheduled", "", 50)[1] == 1


def test_a_row_says_what_governments_answered(office):
    said = {r.title: r.said for r in office.desk().messages.rows()}
    assert said["Ministers met."] == (("BR", "approve"),)
    assert said["A draft."] == ()


def test_what_is_tentative_is_found_without_reading_the_record(office):
    store = office.head.store
    asked = []
    store.db.set_trace_callback(asked.append)
    store.unplaced_ends("0" * 64)
    store.tentative()
    store.tentative_streams()
    store.db.set_trace_callback(None)
    assert len(asked) == 3
    for query in asked:
        plan = [row[3] for row in store.db.execute(f"explain query plan {query}")]
        assert not [step for step in plan if step.startswith("SCAN") and "events_tentative" not in step], (query, plan)


def test_what_holds_an_act_is_found_without_reading_all_rows(office):
    store = office.head.store
    asked = []
    store.db.set_trace_callback(asked.append)
    found = views.with_act(store, "message", "signoff.decided")
    store.db.set_trace_callback(None)
    decided = [row for row in views.newest(store, "message") if row.value["decided"]]
    assert found == decided != []
    assert views.with_act(store, "draft", "signoff.decided") == []
    plan = [step[3] for step in store.db.execute(f"explain query plan {asked[0]}")]
    assert not [step for step in plan if "rows_updated" in step or step.startswith("SCAN rows")], plan
