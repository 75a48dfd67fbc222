"""What several threads append at the same time is one transaction, and each gets its own answer."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from g20desk.desk.verifying import verify
from g20desk.errors import Refused, Usage
from tests.story import content

THREADS = 8


class Gate:
    """Holds the first batch until so many threads wait behind it; says how large each batch was."""

    def __init__(self, desk, patch):
        self._batches, self._real = desk.ledger._batches, desk.ledger._write
        self.sizes: list[int] = []
        patch.setattr(self._batches, "_write", self.write)

    def write(self, jobs):
        self.sizes.append(len(jobs))
        if len(self.sizes) == 1:
            end = time.monotonic() + 30
            while len(self._batches._waiting) < THREADS - 1:
                assert time.monotonic() < end
                time.sleep(0.005)
        self._real(jobs)


def side_by_side(jobs):
    """What each of several jobs came to, done in threads of their own."""

    def told(job):
        try:
            return job()
        except (Refused, Usage) as no:
            return no.code

    with ThreadPoolExecutor(len(jobs)) as pool:
        return list(pool.map(told, jobs))


@pytest.fixture
def due(office):
    """A message that is due, and a desk."""
    message = office.due(content("Ministers met.", to=("G20 X",)))
    desk = office.desk()
    found = desk.messages.submitted(message)
    return desk, found.stream, next(iter(found.message.posts))


def test_acts_of_several_threads_wait_for_the_disk_together(office, due, monkeypatch):
    desk, stream, key = due
    gate = Gate(desk, monkeypatch)
    claims = [{"post": key, "process": f"{n}-a", "until": 1} for n in range(THREADS)]
    ids = side_by_side([lambda claim=claim: desk.act("post.claimed", claim, stream) for claim in claims])
    assert gate.sizes == [1, THREADS - 1]
    assert len(set(ids)) == THREADS
    kept = [desk.store.get(id) for id in ids]
    assert sorted(one.place for one in kept) == list(range(min(o.place for o in kept), max(o.place for o in kept) + 1))
    assert verify(office.head)["verified"]


def test_a_refusal_concerns_nobody_else(office, due, monkeypatch):
    desk, stream, key = due
    gate = Gate(desk, monkeypatch)
    told = side_by_side([
        lambda: desk.act("post.claimed", {"post": key, "process": "1-a", "until": 1}, stream),
        *[lambda: desk.act("post.claimed", {"post": "none", "process": "1-a", "until": 1}, stream)] * 3,
        lambda: desk.acts(stream, ("post.claimed", {"post": key, "process": "2-b", "until": 1}),
                          ("post.sending", {"post": key, "process": "9-z", "first": 0, "keys": ["k"],
                                            "created_at": "", "since": 0})),
        *[lambda: desk.holds.place("A rumour")] * 3,
    ])  # fmt: skip
    assert sum(gate.sizes) == THREADS
    assert [one for one in told if isinstance(one, str) and len(one) < 64] == ["unknown-id"] * 3 + ["other-claim"]
    assert desk.messages.submitted(office.head.messages.rows()[0].id).message.posts[key].claimed_by == "1-a"
    assert len(desk.holds.rows()) == 3
    assert verify(office.head)["verified"]


def test_what_fails_for_all_is_told_to_all(office, due, monkeypatch):
    desk, stream, key = due
    gate, write = Gate(desk, monkeypatch), desk.store.write

    @contextmanager
    def full():
        with write() as db:
            yield db
            if len(gate.sizes) > 1:
                raise Usage("disk-full", "The disk is full; nothing was lost.")

    monkeypatch.setattr(desk.store, "write", full)
    claim = {"post": key, "process": "1-a", "until": 1}
    told = side_by_side([lambda: desk.act("post.claimed", claim, stream)] * THREADS)
    assert sorted(told, key=len)[: THREADS - 1] == ["disk-full"] * (THREADS - 1)
    monkeypatch.undo()
    assert desk.act("post.claimed", claim, stream)
    assert verify(office.head)["verified"]


def test_a_thread_that_ends_leaves_the_others_their_turn(office, due, monkeypatch):
    desk, stream, key = due
    gate = Gate(desk, monkeypatch)
    real = gate._real

    def interrupted(jobs):
        if len(gate.sizes) == 1:
            raise KeyboardInterrupt
        real(jobs)

    gate._real = interrupted
    claim = {"post": key, "process": "1-a", "until": 1}

    def job():
        try:
            return desk.act("post.claimed", claim, stream)
        except KeyboardInterrupt:
            return "ended"

    told = side_by_side([job] * THREADS)
    assert told.count("ended") == 1
    assert len(set(told)) == THREADS


def test_all_streams_that_one_batch_opens_are_listed(office):
    from g20desk.desk.acting import Proposal

    officer = office.desk("Officer")
    days = [{"name": f"Day {n}", "day": f"2999-04-0{n}", "zone": "UTC"} for n in (1, 2, 3)]
    officer.act_all(*(Proposal("plan.opened", day) for day in days))
    assert {row["name"] for row in officer.plans.rows()} == {"Day 1", "Day 2", "Day 3"}
