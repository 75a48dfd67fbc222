"""What is signed of a post, as a network's client takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from g20desk.desk import cards as cards_of
from g20desk.ledger import pieces
from g20desk.network import Client, Picture, text_rules
from g20desk.office.message import Message, Post
from g20desk.office.redaction import not_here
from g20desk.office.state import Account
from g20desk.publishing import send

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


def material(desk: Desk, message: Message, key: str) -> send.Material:
    """What is signed of a post. Raises Refused where a part of it was dropped from the record."""
    payloads, pictures, cards = [], [], []
    signed = message.content[f"c.post.{key}"]
    for part in signed["parts"]:
        data = pieces.get(desk.store, part["payload"])
        if data is None:
            raise not_here(desk.office, part["payload"])
        payload, alts = send.payload(data, len(part["pictures"]))
        payloads.append(payload)
        made = []
        for number, alt in zip(part["pictures"], alts, strict=True):
            about = message.content[f"c.picture.{number}"]
            picture = pieces.get(desk.store, about["file"])
            if picture is None:
                raise not_here(desk.office, about["file"])
            made.append(Picture(picture, about["mime"], alt, about["width"], about["height"], about.get("ms", 0)))
        pictures.append(tuple(made))
        cards.append(cards_of.picture(desk.store, message.content, part))
    reply, quote = send.replied(signed.get("reply")), send.quoted(signed.get("quote"))
    return send.Material(payloads, pictures, cards, reply, quote=quote)


def unfit(made: send.Material, post: Post, account: Account, client: Client) -> str:
    """Checked again at sending: never cut, refused with the reason. Empty where it fits."""
    rules = text_rules(account.reads_as)
    limit = account.limits.get("characters", rules.LIMITS.characters)
    for number, payload in enumerate(made.payloads, 1):
        text = str(payload["text"])
        if not rules.fits(text, limit):
            return f"Part {number} does not fit: {rules.count(text)} of {limit}."
    if post.receipts and not post.receipts[-1]["id"] and not client.whole_threads:
        return "The number of the part before is not known, so the rest can't be attached to it."
    return ""
