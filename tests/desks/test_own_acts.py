"""What somebody did apart: it is not in the record yet, or turned out not to count. Its author is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from g20desk.desk import own_acts
from g20desk.desk.own_acts import Uncounted
from g20desk.errors import Refused
from tests.desks.memory import lost
from tests.desks.world import World, apart, world
from tests.story import content


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    """A message is submitted; lia, who is to approve it, is out of reach."""
    with world(tmp_path, "otto", "lia", "mia") as one:
        one.sync("otto", "lia", "mia")
        yield one


def submitted(office: World) -> tuple[str, str]:
    message = office.draft("otto")
    digest = str(office.desk("otto").messages.submit(message)["digest"])
    office.sync("otto", "lia", "mia", "head")
    office.line("lia").meet = lost
    return message, digest


def back(office: World) -> None:
    office.line("lia").meet = lambda name, when: None
    office.sync("lia")


def told(office: World, who: str) -> list[Uncounted]:
    desk = office.desk(who)
    return own_acts.uncounted(desk.ledger, desk.person.name)


def test_an_approval_of_a_text_that_was_withdrawn_meanwhile_is_told(office: World) -> None:
    message, digest = submitted(office)
    office.desk("lia").messages.decide(message, "approve", digest)
    assert not told(office, "lia"), "as far as she knows it counts"
    office.desk("otto").messages.withdraw(message, "A figure is wrong.")
    office.sync("otto")
    back(office)
    (one,) = told(office, "lia")
    assert (one.kind, one.answer, one.message, one.code) == ("signoff.decided", "approve", message, "not-submitted")
    assert "approve" in one.sentence() and "was withdrawn" in one.sentence()
    assert not told(office, "otto") and not told(office, "mia"), "it is nobody else's"
    (alarm,) = office.desk("lia").alarms.standing()
    assert (alarm.kind, alarm.message, alarm.says) == ("uncounted", message, "uncounted-signoff.decided")
    office.desk("lia").alarms.see([alarm.id])
    assert told(office, "lia"), "seen is not read"
    office.desk("lia").alarms.leave([alarm.id])
    assert not told(office, "lia") and not office.desk("lia").alarms.standing()
    back(office)
    office.desk("lia").ledger.rows.rebuild()
    assert not told(office, "lia"), "read is read"


def test_an_approval_of_a_text_that_changed_meanwhile_is_told(office: World) -> None:
    message, digest = submitted(office)
    office.desk("lia").messages.decide(message, "approve", digest)
    otto = office.desk("otto").messages
    otto.revise(message, content("Ministers agreed today on debt relief for fifty countries.", to=("G20 Bluesky",)))
    otto.submit(message)
    office.sync("otto")
    back(office)
    (one,) = told(office, "lia")
    assert one.code == "stale-digest"
    shown = office.desk("lia").messages.show(message)
    assert shown["state"] == "submitted"
    (decision,) = shown["signoff"]["stages"][0]["decisions"]
    assert not decision["counts"] and not decision["tentative"]


def test_what_was_refused_at_signing_is_not_told_twice(office: World) -> None:
    message, _ = submitted(office)
    with pytest.raises(Refused):
        office.desk("lia").messages.decide(message, "approve", "0" * 64)
    assert not told(office, "lia")
    back(office)
    assert not told(office, "lia")


def test_a_decision_that_has_not_reached_the_office_says_so(office: World) -> None:
    message, digest = submitted(office)
    lia = office.desk("lia")
    lia.messages.decide(message, "approve", digest)
    (one,) = own_acts.pending(lia.ledger, lia.person.name)
    assert (one.message, one.answer) == (message, "approve")
    shown = lia.messages.show(message)
    assert [h["tentative"] for h in shown["history"]] == [False, True]
    assert shown["signoff"]["stages"][0]["decisions"][0]["tentative"]
    back(office)
    assert not own_acts.pending(lia.ledger, lia.person.name)
    assert not any(h["tentative"] for h in lia.messages.show(message)["history"])


def test_others_see_that_what_came_by_a_stick_is_not_in_the_record(tmp_path: Path) -> None:
    with apart(tmp_path, "otto", "lia") as office:
        office.carry("head", "otto")
        message = office.draft("otto")
        office.desk("otto").messages.submit(message)
        office.carry("otto", "lia")
        shown = office.desk("lia").messages.show(message)
        assert [h["tentative"] for h in shown["history"]] == [True]
        assert not own_acts.pending(office.desk("lia").ledger, "Lia Liaison")


def test_a_decision_of_a_person_whose_device_was_taken_out_is_told(office: World) -> None:
    message, digest = submitted(office)
    lia = office.desk("lia")
    lia.messages.decide(message, "approve", digest)
    office.desk("head").people.revoke("Lia Liaison", lia.device, "Lost.")
    office.sync("head")
    office.line("lia").meet = lambda name, when: None
    with pytest.raises(Refused) as no:
        lia.sync()
    assert no.value.code == "device-out" and "have not reached the office" in no.value.message
