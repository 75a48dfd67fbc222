"""What an account posts on Bluesky, also from elsewhere: its repository is open to anybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from connectors.bluesky.records import POST, receipt_for
from g20desk.clock import from_iso
from g20desk.network import Posted, Unknown

PAGES, PAGE = 10, 100
Ask = Callable[[dict[str, Any]], Any]


def recent(ask: Ask, did: str, handle: str, since_ms: int, limit: int) -> list[Posted]:
    """The newest posts of a repository since a time. `ask` gives the answer to a query for a list of records. Raises Unknown."""
    query: dict[str, Any] = {"repo": did, "collection": POST, "limit": min(limit, PAGE)}
    found: list[Posted] = []
    for _ in range(PAGES):
        told = ask(query)
        records = told.get("records") if isinstance(told, dict) else None
        if not isinstance(records, list):
            raise Unknown("the answer is not a list of posts")
        page = [one for one in (_posted(record, did, handle) for record in records) if one is not None]
        found += [one for one in page if one.at_ms >= since_ms]
        if len(found) >= limit or not told.get("cursor") or (page and all(one.at_ms < since_ms for one in page)):
            break  # a post may say an earlier time than it was written at, or a later one
        query["cursor"] = str(told["cursor"])
    return found[:limit]


def _posted(record: Any, did: str, handle: str) -> Posted | None:
    """A record as a post; None for one that is none: anybody's program may write into a repository."""
    try:
        return posted(record, did, handle)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def posted(record: Mapping[str, Any], did: str, handle: str) -> Posted:
    """A record as a post. Raises ValueError, KeyError, TypeError, AttributeError for one that is none."""
    value = record["value"]
    if value.get("$type") != POST or not isinstance(value["text"], str):
        raise ValueError("no post")
    receipt = receipt_for(did, handle, str(record["uri"]).rpartition("/")[2], "")
    langs = value.get("langs") or [""]
    above = ((value.get("reply") or {}).get("parent") or {}).get("uri") or ""
    return Posted(receipt.id, receipt.url, from_iso(str(value["createdAt"])), value["text"], str(langs[0]), str(above))
