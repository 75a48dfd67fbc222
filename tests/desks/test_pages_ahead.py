"""A desk that has much to take in has its next page fetched and checked beside: it comes to the same, and misses no lie."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import pages_in
from g20desk.errors import Refused
from g20desk.ledger import ahead, keys, wire
from g20desk.ledger.ahead import Ahead, Checked
from g20desk.ledger.wire import Entry
from tests.desks.test_lying_hub import lie
from tests.desks.world import World, world
from tests.hub.office import EPOCH, Office

DRAFTS = 30


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Much was written while otto was away."""
    monkeypatch.setattr(pages_in, "AT_ONCE", 6)
    monkeypatch.setattr(pages_in, "MANY", 12)
    with world(tmp_path, "otto", "lia") as one:
        one.sync("otto", "lia")
        for _ in range(DRAFTS):
            message = one.draft("head")
        one.desk("head").messages.submit(message)
        one.sync("head")
        yield one


@pytest.fixture
def checked_here(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """What this process checked itself, by purpose."""
    count: Counter[str] = Counter()
    before = keys.verify

    def verify(device: str, purpose: str, data: bytes, signature: bytes) -> None:
        count[purpose] += 1
        before(device, purpose, data, signature)

    monkeypatch.setattr(keys, "verify", verify)
    return count


def test_it_comes_to_the_same_and_little_is_checked_twice(office: World, checked_here: Counter[str]) -> None:
    office.sync("otto")
    assert 0 < checked_here["envelope"] < 12 and checked_here["receipt"] < 12, checked_here
    office.alike("head", "otto")


def test_a_newcomer_comes_to_the_same(office: World) -> None:
    office.join("mia", "Mia Officer", "officer", "")
    office.alike("head", "mia")


def changed(entry: Entry, how: str) -> Entry:
    found, at = entry.envelope, entry.placed
    other = {
        "receipt": (replace(at, receipt=bytes(64)), found),
        "stamp": (replace(at, stamp=at.stamp + 1), found),
        "signature": (at, replace(found, signature=bytes(64))),
        "sealed": (at, replace(found, sealed=found.sealed[:-1] + b"?")),
        "head": (at, replace(found, head_bytes=found.head_bytes.replace(b'"seq":', b'"seq":1'))),
    }
    return Entry(*other[how])


@pytest.mark.parametrize("how", ["receipt", "stamp", "signature", "sealed", "head"])
def test_a_lie_on_a_page_that_was_checked_ahead_is_found(office: World, how: str) -> None:
    before = office.desk("otto").store.last_place()[0]
    at = before + 20

    def entries(found: list[Entry], after: int) -> list[Entry]:
        return [changed(one, how) if one.placed.n == at else one for one in found]

    lie(office, "otto", entries)
    with pytest.raises(Refused) as caught:
        office.sync("otto")
    assert caught.value.code == "bad-order" and f"place {at}" in caught.value.message
    assert before < office.desk("otto").store.last_place()[0] < at, "what came before it is in"
    office.wrap = lambda line: line
    office.sync("otto")
    office.alike("head", "otto")


def test_a_second_process_that_is_ended_leaves_its_work(
    office: World, monkeypatch: pytest.MonkeyPatch, checked_here: Counter[str]
) -> None:
    before, asked = Ahead.ask, []

    def ask(self: Ahead, *about: Any) -> None:
        before(self, *about)
        asked.append(1)
        if len(asked) == 2:
            assert self._process is not None
            self._process.kill()

    monkeypatch.setattr(Ahead, "ask", ask)
    office.sync("otto")
    assert len(asked) > 2 and checked_here["envelope"] > 12
    office.alike("head", "otto")


def test_it_says_of_nothing_that_it_holds_which_does_not() -> None:
    office = Office(4)
    page = list(office.entries)
    page[1] = replace(page[1], envelope=replace(page[1].envelope, sealed=b"x" * 272))
    page[2] = replace(page[2], placed=replace(page[2].placed, receipt=bytes(64)))
    found, opens = ahead.good(wire.pack_entries(page), office.id, office.head.id, {EPOCH.id: EPOCH.key})
    assert set(opens) == {page[n].placed.digest for n in (0, 2, 3)} and len(found) == 2 + 1 + 1 + 2
    checked = Checked(found, opens)
    for number, one in enumerate(page):
        if number == 2:
            with pytest.raises(keys.BadSignature):
                one.placed.check(office.id, office.head.id, checked.verify)
        else:
            one.placed.check(office.id, office.head.id, checked.verify)
    with pytest.raises(keys.BadSignature):
        checked.verify(office.head.id, "envelope", b"x", page[0].envelope.signature)
    assert ahead.good(b"rubbish", office.id, office.head.id, {}) == (frozenset(), {})


def test_where_no_second_process_can_be_started_all_is_checked_here(
    office: World, monkeypatch: pytest.MonkeyPatch, checked_here: Counter[str]
) -> None:
    def start(self: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", start)
    office.sync("otto")
    assert checked_here["envelope"] > 30
    office.alike("head", "otto")
