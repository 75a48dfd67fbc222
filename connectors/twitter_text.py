"""The parts of twitter-text that X and Mastodon share: where links are. The `twitter-text-parser` package decides."""

from __future__ import annotations

import functools
import warnings
from typing import Any


@functools.lru_cache(1)
def library() -> Any:
    """The package, loaded on first use: it reads its tables for a tenth of a second."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import twitter_text
    return twitter_text


def urls(text: str, *, bare: bool) -> list[tuple[int, int]]:
    """Half-open code point ranges of links; `bare`: also those without a scheme."""
    found = library().extract_urls_with_indices(text, {"extract_urls_without_protocol": bare})
    return [(item["indices"][0], item["indices"][1]) for item in found]


def overlaps(start: int, end: int, taken: list[tuple[int, int]]) -> bool:
    """Whether a range touches one that is taken."""
    return any(start < e and s < end for s, e in taken)
