"""What X says of a post, in the words that were written."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import requests

from g20desk.clock import from_iso
from g20desk.network import Posted


def written(post: Mapping[str, Any]) -> str:
    """The text of a post with the network's short links put back as they were, and its HTML escapes undone."""
    whole = post.get("note_tweet") or post
    text = str(whole.get("text", ""))
    for link in (whole.get("entities") or {}).get("urls") or []:
        short, target = str(link.get("url", "")), str(link.get("expanded_url", ""))
        if link.get("media_key") or re.search(r"/status/\d+/(photo|video)/\d+$", target):
            target = ""
        if short:
            text = text.replace(short, target)
    return html.unescape(text).strip()


def posted(post: Mapping[str, Any], url: str) -> Posted:
    """A post of a list, without the address of one that it quotes; a language that the network could not tell is none."""
    lang = str(post.get("lang") or "")
    text = without_quote(written(post), quoted(post))
    at = from_iso(str(post["created_at"]))
    return Posted(str(post["id"]), url, at, text, lang if len(lang) == 2 else "", parent(post) or "")


def comparable(text: str, *, reply: bool = False) -> str:
    """A text without what the network may change: normal form, white space, the scheme and last slash of a link."""
    text = unicodedata.normalize("NFC", text)
    if reply:
        text = re.sub(r"^(@\w{1,15}\s+)+", "", text)
    return " ".join(re.sub(r"(?i)^https?://", "", word).rstrip("/") for word in text.split())


def parent(post: Mapping[str, Any]) -> str | None:
    """The id of the post that it replies to."""
    for other in post.get("referenced_tweets") or []:
        if other.get("type") == "replied_to":
            return str(other["id"])
    return None


def quoted(post: Mapping[str, Any]) -> str:
    """The id of the post that it quotes; empty where it quotes none."""
    return next((str(o["id"]) for o in post.get("referenced_tweets") or [] if o.get("type") == "quoted"), "")


def without_quote(text: str, quote: str) -> str:
    """The text without the address at its end that X adds for the post it quotes."""
    return re.sub(rf"\s*\S+/status/{quote}\Z", "", text) if quote else text


def polled(post: Mapping[str, Any]) -> bool:
    """Whether it has a poll."""
    return bool((post.get("attachments") or {}).get("poll_ids"))


def answers(told: Mapping[str, Any]) -> list[str]:
    """The answers of the poll that an answer of the network tells beside a post."""
    polls = (told.get("includes") or {}).get("polls") or []
    options = sorted(polls[0].get("options") or [], key=lambda one: int(one.get("position", 0))) if polls else []
    return [str(one.get("label", "")) for one in options]


def numbers(post: Mapping[str, Any]) -> dict[str, Any]:
    """How far it went."""
    told = post.get("public_metrics") or {}
    names = {
        "likes": "like_count", "reposts": "retweet_count", "replies": "reply_count", "quotes": "quote_count",
        "views": "impression_count",
    }  # fmt: skip
    return {ours: told[theirs] for ours, theirs in names.items() if theirs in told}


def pictures(post: Mapping[str, Any]) -> int:
    """How many pictures it has."""
    return len((post.get("attachments") or {}).get("media_keys") or [])


def reason(answer: requests.Response) -> str:
    """The network's own words of refusal."""
    try:
        body = answer.json()
    except ValueError:
        return ""
    if not isinstance(body, dict):
        return ""
    errors = body.get("errors")
    first = errors[0].get("message") if isinstance(errors, list) and errors and isinstance(errors[0], dict) else ""
    return str(body.get("detail") or first or body.get("title") or "")


def standing(told: Mapping[str, Any]) -> dict[str, Any]:
    """A post as it stands, out of an answer that tells of it."""
    post = told["data"]
    return {
        "text": written(post), "pictures": pictures(post), "parent": parent(post) or "", "quote": quoted(post),
        "poll": answers(told), "numbers": numbers(post),
    }  # fmt: skip
