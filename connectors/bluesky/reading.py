"""What Bluesky says of a post, in the words that were written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from g20desk.network import Json, NotNow, Rejected, Unknown


def standing(found: Mapping[str, Any]) -> dict[str, Json]:
    """A record as it stands."""
    value = found["value"]
    embed, quote = unfolded(value.get("embed") or {})
    images = [embed] if "video" in embed else embed.get("images") or []
    return {
        "text": str(value.get("text", "")),
        "pictures": len(images),
        "alts": [str(one.get("alt", "")) for one in images],
        "facets": value.get("facets") or [],
        "langs": value.get("langs") or [],
        "card": embed.get("external"),
        "quote": quote,
        "parent": str(((value.get("reply") or {}).get("parent") or {}).get("uri", "")),
        "cid": str(found.get("cid", "")),
    }


def numbers(post: Mapping[str, Any]) -> dict[str, Any]:
    """How far a post went, as the network's index tells."""
    names = {"likes": "likeCount", "reposts": "repostCount", "replies": "replyCount", "quotes": "quoteCount"}
    return {ours: post[theirs] for ours, theirs in names.items() if theirs in post}


def counted(ask: Callable[[], Any], uri: str) -> dict[str, Any]:
    """How far a post went. The server asks the network's index for it; one that has none behind it, or can't ask it now, tells
    nothing."""
    try:
        told = ask()
    except (Rejected, NotNow, Unknown):
        return {}
    posts = told.get("posts") if isinstance(told, dict) else None
    one = posts[0] if isinstance(posts, list) and posts else None
    return numbers(one) if isinstance(one, dict) and one.get("uri") == uri else {}


def unfolded(embed: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """What a post shows besides its text, and the address of the record that it quotes."""
    beside = embed.get("media") if "media" in embed else {} if "record" in embed else embed
    record = (embed.get("record") or {}) if "record" in embed else {}
    inner = record.get("record") if isinstance(record.get("record"), Mapping) else record
    return beside or {}, str((inner or {}).get("uri", ""))
