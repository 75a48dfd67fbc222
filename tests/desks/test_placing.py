"""A desk that keeps the order places what a stick brought in one go, and as it would one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import placing
from g20desk.desk.intake import BadOrder, Intake
from g20desk.desk.placing import Listed
from g20desk.desk.row_keeping import Rows
from g20desk.ledger.wire import Entry
from tests.desks.world import World, apart

DRAFTS = 30


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with apart(tmp_path, "otto", "lia") as one:
        for number in range(DRAFTS):
            one.draft("otto", f"Ministers agreed on point {number}.")
        yield one


def test_many_acts_are_folded_behind_once(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    before = Rows.anew

    def anew(self: Rows, streams: Any) -> Any:
        listed = list(streams)
        made.append(len(listed))
        return before(self, listed)

    monkeypatch.setattr(Rows, "anew", anew)
    done = office.bring("head", office.stick("otto"))
    assert done.placed == DRAFTS and not done.left
    assert sum(made) < 4 * DRAFTS, made
    office.carry("head", "otto")
    office.alike("head", "otto")


@pytest.mark.parametrize("at_once", [1, 7, 200])
def test_what_one_act_holds_back_holds_back_no_other(
    office: World, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(placing, "AT_ONCE", at_once)
    before = Intake.made

    def made(self: Intake, make: Callable[[], list[Entry]]) -> Any:
        def few() -> list[Entry]:
            found = make()
            if len(found) > 1:
                raise BadOrder("one of them does not hold")
            return found

        return before(self, few)

    file = office.stick("otto")
    with monkeypatch.context() as patch:
        patch.setattr(Intake, "made", made)
        done = office.bring("head", file)
    assert done.placed == DRAFTS and not done.left
    office.carry("head", "otto")
    office.alike("head", "otto")


def test_who_is_in_is_the_same_read_at_once_or_step_by_step(office: World) -> None:
    store = office.desk("head").store
    listed = Listed(store)
    stepwise = Listed(store)
    stepwise._store = type("Empty", (), {"clears": lambda self, after: []})()  # type: ignore[assignment]
    for place, device, clear in store.clears():
        stepwise.add(place, device, clear)
    assert listed.now() == stepwise.now() and len(listed.now()) > 3
