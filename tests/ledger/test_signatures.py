"""Many signatures at once, over two processes: the first bad one is found wherever it stands and whoever checks it."""

from __future__ import annotations

import os
import signal

import pytest

from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.signatures import Signatures, Signed

KEY = DeviceKey.fresh()


def batches(*bad: tuple[int, int]) -> list[list[Signed]]:
    """Four batches of eight; those in `bad` (batch, place) are signed for something else."""
    made = []
    for batch in range(4):
        made.append([])
        for place in range(8):
            data = f"{batch} {place}".encode()
            signature = KEY.sign("event", data + b"!" if (batch, place) in bad else data)
            made[-1].append(Signed(f"{batch} {place}", KEY.device, "event", data, signature))
    return made


def first(handed: list[list[Signed]], ended_before: int | None = None) -> str | None:
    """What is found first; the second process is ended before the batch of that number is handed in."""
    with Signatures() as signatures:
        for number, batch in enumerate(handed):
            if number == ended_before:
                assert signatures._process is not None and signatures._process.pid is not None
                os.kill(signatures._process.pid, signal.SIGTERM)
                signatures._process.join()
            if bad := signatures.bad(batch):
                return bad.where
        bad = signatures.last_bad()
    return bad.where if bad else None


BAD = ((), ((0, 0),), ((0, 7), (3, 0)), ((1, 3), (1, 4)), ((2, 5),), ((3, 7),), ((2, 1), (3, 0)))


@pytest.mark.parametrize(
    ("bad", "ended_before"), [(bad, None) for bad in BAD] + [(b, n) for b in (BAD[0], *BAD[3:]) for n in (2, 3)]
)
def test_the_first_bad_one_is_found(bad: tuple[tuple[int, int], ...], ended_before: int | None) -> None:
    assert first(batches(*bad), ended_before) == (f"{bad[0][0]} {bad[0][1]}" if bad else None)


def test_a_short_record_needs_no_second_process() -> None:
    with Signatures() as signatures:
        assert signatures.bad(batches()[0]) is None and signatures.last_bad() is None
        assert signatures._process is None


@pytest.mark.parametrize("bad", BAD)
def test_where_no_second_process_can_be_started_the_first_bad_one_is_found(
    bad: tuple[tuple[int, int], ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(self: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", start)
    assert first(batches(*bad)) == (f"{bad[0][0]} {bad[0][1]}" if bad else None)
