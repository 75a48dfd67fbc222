"""The benches run, on stores small enough for a test; what they measure is no matter here."""

from __future__ import annotations

import json

import pytest

from g20desk.desk import Desk
from g20desk.desk.verifying import verify
from tests.bench import __main__ as bench
from tests.bench import append, check, hub, likeness, publish, search, signoff, start, stores, voice
from tests.bench import verify as verifying
from tests.bench.measuring import Figure, interleaved, table

MESSAGES = 40


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("G20DESK_BENCH_CACHE", str(tmp_path_factory.mktemp("stores")))
        yield


def test_a_big_store_is_a_true_record():
    desk = Desk.open(stores.kept(MESSAGES), "Officer")
    told = verify(desk)
    assert told["verified"] and not told["refused"] and not told["tentative"]
    assert 4.5 * MESSAGES < told["events"] < 6.5 * MESSAGES
    rows = desk.messages.rows()
    assert {row.state for row in rows} == {"sent", "withdrawn", "draft", "submitted", "approved", "scheduled"}
    for row in rows:
        shown = desk.messages.show(row.id)
        assert shown["state"] == row.state and all(h["counts"] for h in shown["history"])


@pytest.mark.parametrize(
    "run",
    [
        pytest.param(lambda: append.run(3, MESSAGES), id="append"),
        pytest.param(lambda: verifying.run(1, MESSAGES), id="verify"),
        pytest.param(lambda: search.run(1, MESSAGES), id="search"),
        pytest.param(lambda: start.run(1, MESSAGES, MESSAGES), id="start"),
        pytest.param(lambda: start.run_help(1), id="help"),
        pytest.param(lambda: check.run(20, rivals=False, keys=30), id="check"),
        pytest.param(lambda: publish.run(1, 9, 16), id="publish"),
        pytest.param(lambda: signoff.run(1, 6, 30), id="signoff"),
        pytest.param(lambda: voice.run(30, 40), id="voice"),
        pytest.param(lambda: likeness.run(30, 40), id="likeness"),
        pytest.param(lambda: hub.run(1, 3, 10, 5 * MESSAGES), id="hub"),
    ],
)
def test_every_bench_runs(run):
    figures = run()
    assert figures and all(f.ours > 0 for f in figures)
    assert len(table(figures).splitlines()) == len(figures) + 1
    json.dumps([f.as_json() for f in figures])


def test_every_name_is_a_bench(capsys):
    assert all(callable(bench.bench(name)) for name in bench.BENCHES)
    assert bench.main(["nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err


def test_jobs_take_turns_and_the_median_counts():
    order = []

    def job(name, times):
        def timed():
            order.append(name)
            return times.pop(0)

        return timed

    assert interleaved(3, job("a", [1.0, 9.0, 2.0]), job("b", [4.0, 4.0, 5.0])) == [2.0, 4.0]
    assert order == ["a", "b", "b", "a", "a", "b"]
    assert Figure("x", "y", 2.0, 4.0).ratio == 0.5
