"""What is looked up one by one is found by an index: it costs the same in a large record."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.ledger import record


def test_no_look_up_reads_all_there_is(kept: Path, tmp_path: Path) -> None:
    store: Any = record.opened(record.copy(kept, tmp_path / "desk"))
    last = store.last_place()[0]
    item = store.at(last)
    asked: list[str] = []
    store.db.set_trace_callback(asked.append)
    assert [store.at(place).place for place in range(1, last + 1)] == list(range(1, last + 1))
    store.get(item.id)
    store.entry(last)
    store.stream(item.header.stream)
    store.chain_end(item.header.device, item.header.chain)
    store.knows("0" * 64)
    store.tentative_count()
    store.db.set_trace_callback(None)
    assert len(asked) > last
    for query in dict.fromkeys(asked):
        plan = [row[3] for row in store.db.execute(f"explain query plan {query}")]
        scans = [one for one in plan if one.startswith("SCAN") and "events_tentative" not in one]
        assert not scans, (query, plan)
    store.close()
