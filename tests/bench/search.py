"""The first page of a search: words of each kind that the index treats apart, frequent and rare ones."""

from __future__ import annotations

import statistics
from functools import partial
from typing import Any

from g20desk.desk import Desk
from tests.bench import stores, texts
from tests.bench.measuring import Figure, clocked

MESSAGES = 20_000
AIM = 0.030
PAGE = 200
ASKED = {
    "an English word in most messages": "growth",
    "a rare English word": texts.RARE["en"],
    "the beginning of a word": "infl",
    "two letters in most messages": "EU",
    "two words": "debt climate",
    "two Chinese characters in half": "气候",
    "two rare Chinese characters": texts.RARE["zh"],
    "three Chinese characters": "气候变",
    "an Arabic word": "المناخ",
    "a rare Arabic word": texts.RARE["ar"],
    "nothing that is there": "zzyzx",
}


def run(rounds: int = 9, messages: int = MESSAGES) -> list[Figure]:
    """As an officer, who reads drafts too, in a desk that has been opened."""
    desk = Desk.open(stores.kept(messages), "Officer")
    figures = []
    for case, words in ASKED.items():
        took = statistics.median(clocked(partial(page, desk, words)) for _ in range(rounds))
        aim, note = f"{AIM * 1000:.0f} ms", f"{len(page(desk, words))} rows"
        figures.append(Figure("search", f"{case}: {words}", took, None, aim, took < AIM, note))
    desk.store.close()
    return figures


def page(desk: Desk, words: str) -> list[Any]:
    """The first page, as a list asks for it."""
    return desk.messages.rows(search=words, limit=PAGE)
