"""Records as Bluesky stores them: keys (TID), canonical bytes (DAG-CBOR), content ids, the post itself."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from g20desk.network import Part, Picture, Receipt

POST = "app.bsky.feed.post"
VIDEO = "video/mp4"
_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
_DAG_CBOR, _RAW = 0x71, 0x55


def tid(micros: int, clock_id: int = 0) -> str:
    """The record key for a moment in microseconds since 1970; sorts as time does."""
    number = (micros & (1 << 53) - 1) << 10 | clock_id & 1023
    return "".join(_LETTERS[number >> shift & 31] for shift in range(60, -1, -5))


def next_tid(now_ms: int, after: str = "", clock_id: int = 0) -> str:
    """A key for now that sorts behind `after`."""
    micros = now_ms * 1000
    if after:
        number = 0
        for letter in after:
            number = number << 5 | _LETTERS.index(letter)
        micros = max(micros, (number >> 10) + 1)
    return tid(micros, clock_id)


def cid_of_bytes(data: bytes) -> str:
    """The content id of a picture."""
    return _cid(_RAW, data)


def cid_of_record(record: Mapping[str, Any]) -> str:
    """The content id of a record, from exactly what is sent."""
    return _cid(_DAG_CBOR, encode(record))


def _cid(codec: int, data: bytes) -> str:
    raw = bytes([1, codec, 0x12, 32]) + hashlib.sha256(data).digest()
    return "b" + base64.b32encode(raw).decode().lower().rstrip("=")


def _link(cid: str) -> bytes:
    if not cid.startswith("b"):
        raise ValueError("not a content id")
    text = cid[1:].upper()
    return b"\x00" + base64.b32decode(text + "=" * (-len(text) % 8))


def encode(value: Any) -> bytes:
    """DAG-CBOR of a JSON value. Raises TypeError for a float and whatever else a record may not hold."""
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[value]
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, str):
        data = value.encode()
        return _head(3, len(data)) + data
    if isinstance(value, Mapping):
        if set(value) == {"$link"}:
            data = _link(str(value["$link"]))
            return _head(6, 42) + _head(2, len(data)) + data
        pairs = sorted(((str(key).encode(), one) for key, one in value.items()), key=lambda p: (len(p[0]), p[0]))
        return _head(5, len(pairs)) + b"".join(_head(3, len(k)) + k + encode(one) for k, one in pairs)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return _head(4, len(value)) + b"".join(encode(one) for one in value)
    raise TypeError(f"a record cannot hold {type(value).__name__}")


def _head(major: int, number: int) -> bytes:
    if number < 24:
        return bytes([major << 5 | number])
    for extra, size in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if number < 1 << 8 * size:
            return bytes([major << 5 | extra]) + number.to_bytes(size, "big")
    raise TypeError("a number too big for a record")


def post(part: Part, root: Receipt | None, parent: Receipt | None) -> dict[str, Any]:
    """The record of one part, as it is sent and signed for."""
    record: dict[str, Any] = {
        "$type": POST,
        "text": str(part.payload.get("text", "")),
        "createdAt": part.created_at,
    }
    for name in ("langs", "facets"):
        if part.payload.get(name):
            record[name] = part.payload[name]
    if parent is not None:
        top = root or parent
        record["reply"] = {
            "root": {"uri": top.id, "cid": top.cid},
            "parent": {"uri": parent.id, "cid": parent.cid},
        }
    embed: dict[str, Any] | None
    if part.pictures and part.pictures[0].mime == VIDEO:
        embed = _video(part)
    else:
        embed = _images(part) if part.pictures else _card(part) if part.payload.get("card") else None
    if part.quote is not None:
        embed = _quote(part.quote, embed)
    return record if embed is None else {**record, "embed": embed}


def _images(part: Part) -> dict[str, Any]:
    said = list(part.payload.get("images") or [])
    images = []
    for number, picture in enumerate(part.pictures):
        words = said[number] if number < len(said) else {}
        ratio = {
            "width": int(words.get("width") or picture.width),
            "height": int(words.get("height") or picture.height),
        }
        images.append({"alt": str(words.get("alt", picture.alt)), "aspectRatio": ratio, "image": _blob(picture)})
    return {"$type": "app.bsky.embed.images", "images": images}


def _video(part: Part) -> dict[str, Any]:
    """A video, as it was signed (lexicons/app/bsky/embed/video.json): the network works on it once the post is there."""
    (image,) = _images(part)["images"]
    ratio = image["aspectRatio"]
    return {"$type": "app.bsky.embed.video", "video": image["image"], "alt": image["alt"], "aspectRatio": ratio}


def _card(part: Part) -> dict[str, Any]:
    """A link's card (lexicons/app/bsky/embed/external.json)."""
    said = part.payload["card"]
    card = {"uri": str(said["url"]), "title": str(said["title"]), "description": str(said["description"])}
    external = card if part.card is None else {**card, "thumb": _blob(part.card)}
    return {"$type": "app.bsky.embed.external", "external": external}


def _quote(quote: Receipt, media: dict[str, Any] | None) -> dict[str, Any]:
    """A post of ours within this one, beside its pictures or its card (lexicons/app/bsky/embed)."""
    record = {"$type": "app.bsky.embed.record", "record": {"uri": quote.id, "cid": quote.cid}}
    return record if media is None else {"$type": "app.bsky.embed.recordWithMedia", "record": record, "media": media}


def _blob(picture: Picture) -> dict[str, Any]:
    link = {"$link": cid_of_bytes(picture.data)}
    return {"$type": "blob", "ref": link, "mimeType": picture.mime, "size": len(picture.data)}


def thread(did: str, parts: Sequence[Part], root: Receipt | None, parent: Receipt | None, handle: str) -> list[
    tuple[dict[str, Any], Receipt]
]:  # fmt: skip
    """The records of all parts, each replying to the one before, with what the network will say it stored."""
    made: list[tuple[dict[str, Any], Receipt]] = []
    for part in parts:
        record = post(part, root, parent)
        receipt = receipt_for(did, handle, part.key, cid_of_record(record))
        made.append((record, receipt))
        root, parent = root or parent or receipt, receipt
    return made


def receipt_for(did: str, handle: str, key: str, cid: str) -> Receipt:
    """The receipt of a post under this key."""
    return Receipt(f"at://{did}/{POST}/{key}", f"https://bsky.app/profile/{handle or did}/post/{key}", cid)
