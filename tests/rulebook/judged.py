"""The checker in the form that tests/corpus/measure.py asks for: `measure.py tests.rulebook.judged:text`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from g20desk.desk.checking import Checking

DESK = Checking()


def text(words: str, lang: str, kind: str, network: str, attachments: Sequence[Mapping[str, Any]]) -> list[Any]:
    """The findings of one text."""
    return DESK.text(words, network, lang, kind, attachments)["findings"]  # type: ignore[no-any-return]


def thread(parts: Sequence[str], lang: str, kind: str, network: str) -> list[Any]:
    """What holds between the parts."""
    return DESK.thread(parts, lang, kind)


def pair(pair: Any, kind: str, network: str) -> list[Any]:
    """What one language says otherwise than the other."""
    return [f for found in DESK.compare({one["lang"]: [one["text"]] for one in pair}, kind).values() for f in found]
