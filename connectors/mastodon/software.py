"""What a server can do, by the version that it tells."""

from __future__ import annotations

import re


def has_keys(software: str) -> bool:
    """Whether this is the version of a real Mastodon, whose idempotency keys can be relied on."""
    return bool(re.match(r"[2-9]\.\d+", software)) and "compatible" not in software.lower()


def has_quotes(software: str) -> bool:
    """Whether it is a Mastodon that takes quotes: 4.5 or later."""
    found = re.match(r"(\d+)\.(\d+)", software)
    return has_keys(software) and found is not None and (int(found[1]), int(found[2])) >= (4, 5)
