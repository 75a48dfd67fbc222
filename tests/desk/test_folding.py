"""What a desk has folded as it appended is what another folds from the record."""

from __future__ import annotations

import pytest

from g20desk.desk import Desk
from g20desk.errors import Refused
from g20desk.office import fold
from tests.story import content


def told(desk, message):
    stream = desk.messages.submitted(message).stream
    state, verdicts = desk.ledger.folds.stream("message", stream)
    return state, [(v.event.id, v.counts, v.code) for v in verdicts], desk.office, office_told(desk)


def office_told(desk):
    return [(v.event.id, v.counts, v.code) for v in desk.ledger.folds.office_verdicts()]


def test_acts_that_count_and_one_that_does_not(office):
    officer, liaison, head = office.desk(), office.desk("Liaison Brazil"), office.head
    made = officer.messages.new(content("Ministers met.", to=("G20 X",)))
    officer.messages.submit(made["message"])
    digest = liaison.messages.show(made["message"])["digest"]
    liaison.messages.decide(made["message"], "comment", digest, "Read.")
    liaison.messages.decide(made["message"], "approve", digest)
    with pytest.raises(Refused):
        officer.messages.decide(made["message"], "approve", digest)
    head.holds.lift(liaison.holds.place("Wait.", account="G20 X"), "Over.")
    for desk in (officer, liaison, head):
        assert told(desk, made["message"]) == told(Desk.open(office.folder, "Officer"), made["message"])


def test_what_was_judged_is_not_judged_again(office, monkeypatch):
    desk = office.desk()
    made = desk.messages.new(content("Ministers met.", to=("G20 X",)))
    desk.messages.submit(made["message"])
    stream = desk.messages.submitted(made["message"]).stream
    judged = []
    step = fold.step
    monkeypatch.setattr(fold, "step", lambda *given, **more: judged.append(given[1].id) or step(*given, **more))
    liaison = office.desk("Liaison Brazil")
    before = len(liaison.ledger.folds.stream("message", stream)[1])
    del judged[:]
    liaison.messages.decide(made["message"], "comment", liaison.messages.show(made["message"])["digest"], "Read.")
    assert len(liaison.ledger.folds.stream("message", stream)[1]) == before + 1
    assert len(judged) == len(set(judged)) == 1
