"""Pieces that come in are shown with the acts that they are of, wherever the way breaks off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from g20desk.desk import pieces_in
from g20desk.errors import Unreachable
from tests.desks.test_lying_hub import lie
from tests.desks.world import World, world

TEXTS = [f"Ministers agreed on point {number}." for number in range(4)]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, "otto") as one:
        one.sync("otto")
        for text in TEXTS:
            one.draft("head", text)
        one.sync("head")
        yield one


@pytest.mark.parametrize("after", range(3, 12, 2))
def test_a_line_that_breaks_off_between_two_pieces_leaves_no_text_unshown(
    office: World, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(pieces_in, "AT_ONCE", 1)
    line = office.line("otto")

    def broken(digests: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        for number, found in enumerate(line.get_pieces(digests)):
            if number == after:
                raise Unreachable("hub", "The hub could not be reached.", "Nothing is lost.")
            yield found

    lie(office, "otto", get_pieces=broken)
    with pytest.raises(Unreachable):
        office.sync("otto")
    office.wrap = lambda line: line
    office.sync("otto")
    assert {row.title for row in office.desk("otto").messages.rows()} == set(TEXTS)
    for text in TEXTS:
        assert office.desk("otto").messages.rows(search=text.split()[-1].strip(".")), text
