"""A link's card, made when a revision is made: title, description and picture of the page, and what was left out.

Bluesky shows no card but the one that comes with the post. Nothing of it is fetched again: it is signed.
"""

from __future__ import annotations

import html
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from g20desk.desk import fetching
from g20desk.desk.fetching import NotFetched, fetch
from g20desk.desk.pictures import fit, opened
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces
from g20desk.ledger.store import Store
from g20desk.limits import Limits
from g20desk.network import Picture

PAGE_BYTES, PICTURE_BYTES = 1_000_000, 10_000_000
PAGE_SECONDS, PICTURE_SECONDS, BUDGET = 5.0, 5.0, 12.0
MOST_PIXELS = 40_000_000
CARD_PIXELS = 1_500_000
TITLE, DESCRIPTION = 300, 1000
HEAD = 300_000
_META = re.compile(r"""<meta\b((?>[^<>"']+|"[^"]{0,3000}"|'[^']{0,3000}')*+)>""", re.IGNORECASE)
_GIVEN = re.compile(r"""([a-zA-Z:-]{1,30})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,2000})", re.IGNORECASE)
_CHARSET = re.compile(rb"(?i)charset\s*=\s*[\"']?([a-z0-9_-]+)")


@dataclass(frozen=True, slots=True)
class Card:
    """A card, and what its writer should know of it."""

    url: str
    title: str
    description: str
    picture: Picture | None
    notes: tuple[str, ...] = ()


class Cards:
    """The cards of one revision: each page once, all of them within one budget of time."""

    def __init__(self, *, loopback: bool) -> None:
        self._loopback = loopback
        self._until = 0.0
        self._made: dict[str, Card | str] = {}

    def card(self, url: str, limits: Limits) -> Card | str:
        """The card of a page, or why there is none."""
        self._until = self._until or time.monotonic() + BUDGET
        if url not in self._made:
            try:
                self._made[url] = self._card(url, limits)
            except NotFetched as why:
                self._made[url] = f"{urlsplit(url).hostname} {why}"
        return self._made[url]

    def _left(self, most: float) -> float:
        return max(0.0, min(most, self._until - time.monotonic()))

    def _card(self, url: str, limits: Limits) -> Card:
        page = fetch(url, PAGE_BYTES, self._left(PAGE_SECONDS), loopback=self._loopback, cut=True)
        if page.kind and "html" not in page.kind.lower():
            raise NotFetched("is no page")
        told = _Head(_decoded(page))
        title = told.first("og:title", "twitter:title", "title") or (urlsplit(url).hostname or "")
        said = told.first("og:description", "twitter:description", "description")
        at = told.first("og:image:secure_url", "og:image", "og:image:url", "twitter:image")
        picture, notes = self._picture(urljoin(page.url, at), limits) if at else (None, ())
        return Card(url, _cut(title, TITLE), _cut(said, DESCRIPTION), picture, notes)

    def _picture(self, url: str, limits: Limits) -> tuple[Picture | None, tuple[str, ...]]:
        """The picture, fitted; or none, with the reason."""
        try:
            got = fetch(url, PICTURE_BYTES, self._left(PICTURE_SECONDS), loopback=self._loopback)
            _not_too_many(got.data)
            small = Limits(0, picture_bytes=limits.picture_bytes, picture_pixels=CARD_PIXELS)
            made = fit(got.data, [small], "The link card picture")
        except NotFetched as why:
            return None, (f"The link card picture was left out: it {why}.",)
        except Usage as why:
            return None, (f"The link card picture was left out: {why.message}",)
        if len(got.data) <= limits.picture_bytes:
            return made, ()
        sizes = f"{len(got.data) / 1e6:.1f} MB to {len(made.data) / 1e6:.1f} MB"
        return made, (f"The link card picture was made smaller, {sizes}, to fit the network.",)


class _Head:
    """What a page says of itself, in its head. Looked for, not parsed: a parser can be kept busy by a page made for it."""

    def __init__(self, page: str) -> None:
        head = _without_comments(page[:HEAD])
        ends = [at for mark in ("</head", "<body") if (at := head.lower().find(mark)) >= 0]
        head = head[: min(ends, default=len(head))]
        self._told: dict[str, str] = {}
        title = _TITLE.search(head)
        if title:
            self._told["title"] = title[1]
        for meta in _META.finditer(head):
            given = {m[1].lower(): m[2].strip("\"'") for m in _GIVEN.finditer(meta[1])}
            if given.get("content", "").strip():
                self._told.setdefault((given.get("property") or given.get("name") or "").lower(), given["content"])

    def first(self, *names: str) -> str:
        """The first of these that the page gives."""
        return html.unescape(next((self._told[name] for name in names if self._told.get(name, "").strip()), ""))


def _without_comments(text: str) -> str:
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        kept.append(text[at:start])
        end = text.find("-->", start + 4)
        at = len(text) if end < 0 else end + 3
    return "".join([*kept, text[at:]])


def _decoded(page: fetching.Fetched) -> str:
    named = _CHARSET.search(page.kind.encode()) or _CHARSET.search(page.data[:4096])
    try:
        return page.data.decode(named[1].decode() if named else "utf-8", "replace")
    except LookupError:
        return page.data.decode("utf-8", "replace")


def _cut(words: str, most: int) -> str:
    """One line of plain words; the control and direction marks of a stranger's page stay out."""
    plain = re.sub("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffd]", " ", words)
    plain = " ".join(plain.split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"


def _not_too_many(data: bytes) -> None:
    """Raise NotFetched for a picture too big to be opened at all."""
    try:
        with opened(data, "") as image:
            many = image.width * image.height > MOST_PIXELS
    except Usage:
        raise NotFetched("can't be read as a picture") from None
    if many:
        raise NotFetched("has too many pixels")


def picture(store: Store, content: Mapping[str, Any], part: Mapping[str, Any]) -> Picture | None:
    """The picture of the card that is signed with a part of a post. Raises Refused where it is not on this desk."""
    about = content[f"c.card.{part['card']}"]["picture"] if "card" in part else None
    if about is None:
        return None
    data = pieces.get(store, about["file"])
    if data is None:
        raise Refused("withheld", "The link card picture of this message was dropped from the record.")
    return Picture(data, about["mime"], "", about["width"], about["height"])
