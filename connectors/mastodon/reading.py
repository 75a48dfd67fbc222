"""What Mastodon says of a post, in the words that were written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import requests

from g20desk.clock import from_iso
from g20desk.network import Posted


def written(status: Mapping[str, Any]) -> str:
    """The content of a post without the address that the server puts before it for older ones where it quotes."""
    return re.sub(r'(?s)<p class="quote-inline">.*?</p>', "", str(status.get("content") or ""))


def parent(status: Mapping[str, Any]) -> str | None:
    """The id of the post that it replies to."""
    return str(status.get("in_reply_to_id") or "") or None


def quoted(status: Mapping[str, Any]) -> str:
    """The id of the post that it shows as a quote; empty where it shows none."""
    quote = status.get("quote")
    if not isinstance(quote, dict) or quote.get("state") != "accepted":
        return ""
    return str((quote.get("quoted_status") or {}).get("id") or quote.get("quoted_status_id") or "")


def answers(status: Mapping[str, Any]) -> list[str]:
    """The answers of its poll."""
    return [str(one.get("title", "")) for one in (status.get("poll") or {}).get("options") or []]


def numbers(status: Mapping[str, Any]) -> dict[str, Any]:
    """How far it went, as far as this server knows."""
    names = {
        "likes": "favourites_count", "reposts": "reblogs_count", "replies": "replies_count", "quotes": "quotes_count",
    }  # fmt: skip
    return {ours: status[theirs] for ours, theirs in names.items() if theirs in status}


def poll_form(poll: Mapping[str, Any] | None) -> dict[str, Any]:
    """A poll as fields of a form."""
    if not poll:
        return {}
    return {
        "poll[options][]": poll["answers"], "poll[expires_in]": poll["minutes"] * 60,
        "poll[multiple]": "true" if poll["several"] else None,
    }  # fmt: skip


def plain(text: str, host: str) -> str:
    """The text as the server keeps it: mentions of its own accounts are stored without the domain."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n")).strip()
    return re.sub(rf"(?i)(@[a-z0-9_.-]+)@{re.escape(host)}(?![a-z0-9.-])", r"\1", text)


class _Words(HTMLParser):
    """The words of a post's HTML: paragraphs apart, line ends kept, links whole though the server hides parts of them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.made: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.made.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag == "p":
            self.made.append("\n\n")

    def handle_data(self, data: str) -> None:
        self.made.append(data)


def words(content: str) -> str:
    """The text that a post's HTML shows."""
    parser = _Words()
    parser.feed(content)
    parser.close()
    return "".join(parser.made).strip()


def own(status: Mapping[str, Any], identity: str) -> bool:
    """Whether a post is the account's own word, for everybody: no repost, nobody else's, not for followers alone."""
    author = str((status.get("account") or {}).get("id") or identity)
    open_ = status.get("visibility") in ("public", "unlisted")
    return not status.get("reblog") and open_ and author == identity


def posted(status: Mapping[str, Any]) -> Posted:
    """A post of a list; what stands before it as a warning is part of what it says."""
    said = [str(status.get("spoiler_text") or ""), words(written(status))]
    return Posted(
        str(status["id"]), str(status.get("url") or status.get("uri") or ""), from_iso(str(status["created_at"])),
        "\n\n".join(one for one in said if one), str(status.get("language") or ""), parent(status) or "",
    )  # fmt: skip


def reason(answer: requests.Response) -> str:
    """The server's own words of refusal."""
    try:
        return str(answer.json().get("error") or "")
    except (ValueError, AttributeError):
        return ""


def standing(status: Mapping[str, Any], source: str) -> dict[str, Any]:
    """A post as it stands: source text, descriptions, visibility, numbers."""
    media = status.get("media_attachments") or []
    return {
        "text": source,
        "pictures": len(media),
        "alts": [str(one.get("description") or "") for one in media],
        "visibility": str(status.get("visibility") or ""),
        "spoiler_text": str(status.get("spoiler_text") or ""),
        "parent": parent(status) or "",
        "quote": quoted(status),
        "poll": answers(status),
        "numbers": numbers(status),
        "url": str(status.get("url") or ""),
    }
