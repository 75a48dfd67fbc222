"""Precision and recall of each family on the half of the corpus that nobody tunes on, printed and held."""

from __future__ import annotations

import pytest

from tests.corpus import measure
from tests.rulebook import judged

PRECISION, RECALL = 0.9, 0.8


@pytest.fixture(scope="module")
def aside():
    return measure.measure(measure.load("aside"), judged.text, judged.thread, judged.pair)


def test_precision_and_recall_on_the_half_kept_aside(aside, figures):
    figures(measure.table(aside))
    below = aside.below(PRECISION, RECALL)
    del aside  # a failure must not print which texts it was
    assert below == []


def test_clean_official_messages_come_out_without_block_or_warn():
    clean = [item for item in measure.load("tune") if "text" in item and not item["faults"]]
    for item in clean:
        found = judged.text(item["text"], item["lang"], item["kind"], item["network"], item.get("attachments", []))
        assert [
            f for f in found if f["level"] in measure.GRAVE and f["rule"].split("-")[0] not in item.get("also", [])
        ] == []


def test_the_corpus_is_in_order():
    assert list(measure.faults_of_the_corpus()) == []
