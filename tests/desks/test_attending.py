"""A desk in touch with its office or not: what it knows of that, and tells the next start."""

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import Desk
from g20desk.errors import Refused, Unreachable
from tests.desks.world import World, world


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, "otto") as made:
        yield made


class Cut:
    """A way to the hub on which nothing goes."""

    def __init__(self, problem: Exception) -> None:
        self._problem = problem

    def close(self) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        raise self._problem


def gone(code: str = "hub") -> Unreachable:
    return Unreachable(code, "It could not be reached.", "Nothing is lost.")


def test_an_exchange_in_order_says_when_it_was(office: World) -> None:
    desk = office.desk("otto")
    office.draft("otto")
    assert desk.attending.standing().tentative == 1
    found = desk.attending.exchange()
    assert (found.elsewhere, found.tentative, found.away, found.way, found.troubles) == (True, 0, 0, None, ())
    assert found.heard > 0


def test_an_office_on_this_desk_alone_has_nobody_to_be_in_touch_with(tmp_path: Path) -> None:
    desk = Desk.rehearse(tmp_path / "alone")
    assert not desk.attending.exchange().elsewhere
    assert not desk.attending.standing().elsewhere


def test_out_of_reach_stands_since_it_began_and_the_next_start_knows(office: World) -> None:
    desk = office.desk("otto")
    heard = desk.attending.exchange().heard
    office.wrap = lambda line: Cut(gone())
    office.clock("otto").on += 60_000
    first = desk.attending.exchange()
    office.clock("otto").on += 60_000
    again = desk.attending.exchange()
    assert heard == first.heard == again.heard
    assert first.away == again.away > heard
    office.draft("otto")
    office.away("otto")
    known = office.desk("otto").attending.standing()
    assert (known.away, known.heard, known.tentative) == (first.away, heard, 1)
    office.wrap = lambda line: line
    back = office.desk("otto").attending.exchange()
    assert (back.away, back.tentative) == (0, 0)
    assert back.heard > heard
    office.away("otto")
    assert office.desk("otto").attending.standing().away == 0


def test_what_stands_in_the_way_is_named_and_over_when_it_is_over(office: World) -> None:
    desk = office.desk("otto")
    office.wrap = lambda line: Cut(gone("something-else"))
    assert desk.attending.exchange().way.code == "something-else"  # type: ignore[union-attr]
    office.wrap = lambda line: Cut(Refused("withheld", "The hub holds back what it has.", "Tell the office."))
    found = desk.attending.exchange()
    assert found.away == 0 and found.way is None
    assert [one.code for one in found.troubles] == ["withheld"]
    began = found.troubles[0].at
    office.clock("otto").on += 60_000
    assert desk.attending.exchange().troubles[0].at == began
    office.wrap = lambda line: line
    assert desk.attending.exchange().troubles == ()


def test_another_program_at_it_is_no_trouble(office: World) -> None:
    desk = office.desk("otto")
    office.wrap = lambda line: Cut(gone("sync-busy"))
    found = desk.attending.exchange()
    assert found.away == 0 and not found.troubles


def test_a_clock_that_is_off_is_told_in_seconds(office: World) -> None:
    desk = office.desk("otto")
    office.line("otto").skew = 90_000
    found = desk.attending.exchange()
    assert [(one.code, one.n) for one in found.troubles] == [("clock", 90)]
    office.line("otto").skew = 0
    assert desk.attending.exchange().troubles == ()


def test_a_hub_whose_clock_is_off_is_told_from_a_computer_whose_is(office: World) -> None:
    desk = office.desk("otto")
    office.line("otto").skew = -90_000
    now = format_datetime(datetime.fromtimestamp(desk.clock.now_ms() / 1000, UTC), usegmt=True)
    desk.clocks.heard("bsky.social", {"date": now}, 0.1)
    assert [(one.code, one.n) for one in desk.attending.exchange().troubles] == [("office-clock", 90)]


def test_an_exchange_that_brought_nothing_writes_nothing(office: World) -> None:
    desk = office.desk("otto")
    desk.attending.exchange()
    other = Desk.open(office.folder / "otto")
    before = other.store.data_version()
    desk.attending.exchange()
    assert other.store.data_version() == before
    other.store.close()


def test_a_device_that_was_taken_out_is_told(office: World) -> None:
    office.desk("head").people.retire("Otto Officer", "Left.")
    office.sync("head")
    found = office.desk("otto").attending.exchange()
    assert [one.code for one in found.troubles] == ["device-out"]
