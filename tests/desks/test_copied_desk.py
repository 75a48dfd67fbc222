"""A desk's folder that was copied or put back from an old copy: it notices, goes on with a new chain, and forks nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from g20desk.desk import copying
from g20desk.desk.verifying import verify
from g20desk.errors import Refused
from tests.desks.world import World, world


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, "otto", "lia") as one:
        one.sync("otto", "lia")
        yield one


def chain(office: World, who: str) -> str:
    desk = office.desk(who)
    return desk.store.meta(f"chain/{desk.device}")


def states(office: World, who: str) -> dict[str, str]:
    return {row.id: row.state for row in office.desk(who).messages.rows()}


def test_a_desk_put_back_notices_its_own_later_acts_and_goes_on(office: World) -> None:
    first = office.draft("otto")
    office.sync("otto")
    office.copied("otto", "copy")
    later = office.draft("otto")
    office.sync("otto")
    old = chain(office, "otto")
    office.put_back("otto", "copy")
    office.sync("otto")
    assert chain(office, "otto") != old, "this store's chain ends where the other copy's goes on"
    assert set(states(office, "otto")) == {first, later}
    assert not copying.undone(office.desk("otto").store), "nothing was done here meanwhile"
    again = office.draft("otto")
    office.sync("otto", "head")
    office.alike("otto", "head")
    assert set(states(office, "head")) == {first, later, again}


def test_what_was_done_on_the_old_copy_is_listed_to_be_done_again(office: World) -> None:
    first = office.draft("otto")  # a chain is drawn at a desk's first act
    office.sync("otto")
    office.copied("otto", "copy")
    placed = office.draft("otto", "Written on the desk that went on.")
    office.sync("otto")
    office.put_back("otto", "copy")
    mine = office.draft("otto", "Written on the copy.")
    office.desk("otto").messages.submit(mine)
    done = office.desk("otto").sync()
    assert [one.kind for one in done.again] == ["draft.revised", "message.submitted"]
    assert "ledger again" in copying.sentence(done.again)
    assert set(states(office, "otto")) == {first, placed}, "nothing that can get no place is shown as if it could"
    assert [one.event for one in copying.undone(office.desk("otto").store)] == [one.event for one in done.again]
    assert verify(office.desk("otto"))["tentative"] == 0
    office.desk("otto").messages.submit(office.draft("otto", "Written on the copy."))
    assert copying.forget(office.desk("otto").store) == 2
    office.sync("otto", "head")
    office.alike("otto", "head")
    assert len(states(office, "head")) == 3


def test_what_the_copy_did_before_the_other_one_went_on_stays(office: World) -> None:
    """Acts that both copies hold, tentative here and placed there, are the same ones."""
    both = office.draft("otto")
    office.copied("otto", "copy")
    later = office.draft("otto")
    office.sync("otto")
    office.put_back("otto", "copy")
    done = office.desk("otto").sync()
    assert not done.again and set(states(office, "otto")) == {both, later}
    office.draft("otto")
    office.sync("otto", "head")
    office.alike("otto", "head")


def test_two_copies_at_the_same_time(office: World) -> None:
    texts = [office.draft("otto")]
    office.sync("otto")
    office.copied("otto", "twin")
    for number in range(3):
        for who in ("otto", "twin"):
            texts.append(office.draft(who, f"Act {number} of {who}."))
            office.sync(who)
    office.sync("otto", "twin", "head")
    office.alike("otto", "twin", "head")
    lost = {one.stream or one.event for who in ("otto", "twin") for one in copying.undone(office.desk(who).store)}
    assert set(states(office, "head")) == set(texts) - lost and len(lost) == 1
    assert chain(office, "otto") != chain(office, "twin")


def test_the_other_copy_hands_in_between_reading_and_writing(office: World) -> None:
    office.draft("otto")
    office.sync("otto")
    office.copied("otto", "twin")
    office.draft("otto", "Of the first.")
    office.draft("twin", "Of its twin.")
    line = office.line("otto")

    def meet(name: str, when: str) -> None:
        if (name, when) == ("append", "before"):
            line.meet = lambda name, when: None
            office.sync("twin")

    line.meet = meet
    office.desk("twin")
    done = office.desk("otto").sync()
    assert [one.kind for one in done.again] == ["draft.revised"]
    office.sync("otto", "twin", "head")
    office.alike("otto", "twin", "head")


def test_a_desk_whose_device_was_taken_out_is_told(office: World) -> None:
    head = office.desk("head")
    office.draft("otto")
    head.people.revoke("Otto Officer", office.desk("otto").device[:12], "The laptop was stolen.")
    office.sync("head")
    with pytest.raises(Refused) as said:
        office.desk("otto").sync()
    assert said.value.code == "device-out"
    assert "1 acts of it have not reached the office" in said.value.message and said.value.help
    assert office.desk("otto").tentative == 1


def test_a_desk_that_waits_to_be_admitted_is_told(office: World, tmp_path: Path) -> None:
    from g20desk.desk import joining
    from g20desk.desk.syncing import exchange
    from g20desk.desk.unlocking import ledger_of

    joining.join(tmp_path / "new", joining.invite(office.desk("head"), "Nia New", "officer"), office.clock("new"))
    ledger, clock = ledger_of(tmp_path / "new", office.clock("new"))
    with pytest.raises(Refused) as said:
        exchange(ledger, clock, tmp_path / "new", lambda words: None)
    ledger.store.close()
    assert said.value.code == "not-admitted"
