"""Every public case of counting and linking, and our own beside them (cases/own.jsonl)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from g20desk.network import text_rules

CASES = [
    json.loads(line)
    for path in sorted((Path(__file__).parent / "cases").glob("*.jsonl"))
    for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[c["id"] for c in CASES])
def test_counts_and_links_as_the_network_does(case: dict) -> None:
    rules, text = text_rules(case["network"]), case["text"]
    found = {(e.kind, e.start, e.end, e.text) for e in rules.entities(text)}
    assert found == {(e["kind"], e["start"], e["end"], e["text"]) for e in case["entities"]}
    assert rules.count(text) == case["length"]
    assert rules.fits(text, case["limit"]) is case["fits"]
    assert all(text[e.start : e.end] == e.text for e in rules.entities(text))
