"""A proof pack: one message's acts at their places in the office's record, in one file that anybody can check.

docs/proof-packs.md fixes the bytes. Here they are read and written; what they prove is said in `verify.py`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from g20desk.ledger import body, canonical
from g20desk.ledger.body import PartOfBody
from g20desk.ledger.event import HEX

FORMAT = "g20desk proof pack"
VERSION = 1
LARGEST = 256 * 2**20
LINK = 40  # bytes: the digest of a signed head, and its stamp

_PACK = ("by", "claims", "entries", "format", "office", "pieces", "signature", "stream", "v")
_ENTRY = ("between", "event", "head", "head_signature", "place", "receipt", "stamp")
_EVENT = ("header", "parts", "signature", "verdict")


class BadPack(ValueError):
    """What does not hold in a pack, in plain words."""


@dataclass(frozen=True, slots=True)
class Withheld(PartOfBody):
    """A part that is not shown: its digest stands for it, and `value` is what the pack's maker tells of it."""

    of: str = ""

    def digest(self, name: str) -> str:
        """The digest that the pack gives."""
        return self.of


@dataclass(frozen=True, slots=True)
class Shown:
    """An act: header, signature, the parts of its body, and the verdict on it. Without parts only its header is shown."""

    header: bytes
    signature: bytes
    parts: Mapping[str, PartOfBody] | None = None
    counts: bool = False
    code: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the record. `between`: digest and stamp of each place since the entry before it; `receipt`: the keeper's
    signature."""

    place: int
    stamp: int
    head: bytes
    head_signature: bytes
    receipt: bytes
    between: tuple[tuple[str, int], ...] = ()
    event: Shown | None = None


@dataclass(frozen=True, slots=True)
class Pack:
    """A whole pack. `stream`: the message's; `pieces`: texts and pictures, None for one that is referred to and not shown;
    `claims`: what its maker says that it comes to; `by`: its maker's device."""

    office: str
    stream: str
    entries: tuple[Entry, ...]
    pieces: Mapping[str, bytes | None]
    claims: Mapping[str, Any]
    by: str = ""
    signature: bytes = b""
    signed: bytes = b""


def write(pack: Pack) -> dict[str, Any]:
    """The value of a pack, without its signature."""
    return {
        "format": FORMAT, "v": VERSION, "office": pack.office, "stream": pack.stream, "by": pack.by,
        "claims": dict(pack.claims), "entries": [_written(one) for one in pack.entries],
        "pieces": {name: piece_value(data) for name, data in pack.pieces.items()},
    }  # fmt: skip


def signed(value: Mapping[str, Any], signature: bytes) -> bytes:
    """The bytes of a pack that its maker signed. Raises NotCanonical."""
    return canonical.dumps({**value, "signature": signature.hex()})


def piece_value(data: bytes | None) -> dict[str, str] | None:
    """A piece: as text where it is UTF-8, as base64 where it is not."""
    if data is None:
        return None
    try:
        return {"text": data.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def _written(one: Entry) -> dict[str, Any]:
    links = b"".join(bytes.fromhex(digest) + stamp.to_bytes(8) for digest, stamp in one.between)
    return {
        "place": one.place, "stamp": one.stamp, "between": base64.b64encode(links).decode(),
        "head": one.head.decode(), "head_signature": one.head_signature.hex(), "receipt": one.receipt.hex(),
        "event": _event(one.event) if one.event else None,
    }  # fmt: skip


def _event(shown: Shown) -> dict[str, Any]:
    made: dict[str, Any] = {"header": shown.header.decode(), "signature": shown.signature.hex()}
    if shown.parts is None:
        return {**made, "parts": None, "verdict": None}
    parts = {name: _part(part) for name, part in shown.parts.items()}
    return {**made, "parts": parts, "verdict": {"counts": shown.counts, "code": shown.code}}


def _part(part: PartOfBody) -> Any:
    if isinstance(part, Withheld):
        return {"digest": part.of, "told": canonical.dumps(part.value).decode()}
    return canonical.dumps([part.salt, part.value]).decode()


def read(data: bytes) -> Pack:
    """A pack from its bytes: its form holds, nothing is proved yet. Raises BadPack."""
    if len(data) > LARGEST:
        raise BadPack(f"The file is larger than a proof pack may be ({LARGEST // 2**20} MB).")
    try:
        value = canonical.loads(data)
    except canonical.NotCanonical as error:
        raise BadPack("The file is not a whole proof pack: it was cut, changed or never was one.") from error
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise BadPack("The file is no proof pack.")
    if value.get("v") != VERSION:
        raise BadPack("The file is of another version of proof packs; a newer program may read it.")
    _fields(value, _PACK, "the pack")
    _need(isinstance(value["claims"], dict), "the claims")
    _need(isinstance(value["entries"], list) and value["entries"], "the list of places")
    _need(isinstance(value["pieces"], dict), "the texts and pictures")
    signature = _hex(value.pop("signature"), 64, "the maker's signature")
    return Pack(
        _id(value["office"], "the office's id"), _id(value["stream"], "the message's id"),
        tuple(_entry(one) for one in value["entries"]),
        {_id(name, "a piece's id"): _piece(one, name) for name, one in value["pieces"].items()},
        value["claims"], _id(value["by"], "the maker's device"), signature, canonical.encoded(value),
    )  # fmt: skip


def _entry(value: Any) -> Entry:
    _fields(value, _ENTRY, "a place")
    place, stamp = value["place"], value["stamp"]
    _need(_number(place) and _number(stamp), "the number or time of a place")
    what = f"place {place}"
    return Entry(
        place, stamp, _text(value["head"], f"the head at {what}").encode(),
        _hex(value["head_signature"], 64, f"the signature at {what}"), _hex(value["receipt"], 64, f"the receipt at {what}"),
        _links(value["between"], what), _shown(value["event"], what) if value["event"] is not None else None,
    )  # fmt: skip


def _links(value: Any, what: str) -> tuple[tuple[str, int], ...]:
    data = _base64(value, f"what stands before {what}")
    _need(len(data) % LINK == 0, f"what stands before {what}")
    cut = (data[at : at + LINK] for at in range(0, len(data), LINK))
    return tuple((one[:32].hex(), int.from_bytes(one[32:])) for one in cut)


def _shown(value: Any, what: str) -> Shown:
    _fields(value, _EVENT, f"the act at {what}")
    header = _text(value["header"], f"the act at {what}").encode()
    signature, parts, verdict = _hex(value["signature"], 64, f"the act at {what}"), value["parts"], value["verdict"]
    if parts is None:
        _need(verdict is None, f"the verdict at {what}")
        return Shown(header, signature)
    _need(isinstance(parts, dict) and parts, f"the parts at {what}")
    _fields(verdict, ("code", "counts"), f"the verdict at {what}")
    _need(isinstance(verdict["counts"], bool) and isinstance(verdict["code"], str), f"the verdict at {what}")
    read = {name: _read_part(name, one, what) for name, one in parts.items()}
    return Shown(header, signature, read, verdict["counts"], verdict["code"])


def _read_part(name: str, value: Any, what: str) -> PartOfBody:
    where = f"the part “{name}” at {what}"
    if isinstance(value, dict):
        _fields(value, ("digest", "told"), where)
        return Withheld("", _loads(value["told"], where), of=_id(value["digest"], where))
    pair = _loads(value, where)
    salted = isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) and body.SALT.match(pair[0])
    _need(salted, where)
    return PartOfBody(pair[0], pair[1], value.encode())


def _piece(value: Any, name: str) -> bytes | None:
    if value is None:
        return None
    what = f"the text or picture {name[:12]}"
    _need(isinstance(value, dict) and set(value) in ({"text"}, {"base64"}), what)
    if "text" in value:
        return _text(value["text"], what).encode()
    data = _base64(value["base64"], what)
    _need(piece_value(data) == value, what)
    return data


def _loads(value: Any, what: str) -> Any:
    try:
        return canonical.loads(_text(value, what).encode())
    except canonical.NotCanonical as error:
        raise BadPack(f"Not of the form that it has in a proof pack: {what}.") from error


def _base64(value: Any, what: str) -> bytes:
    try:
        data = base64.b64decode(_text(value, what), validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadPack(f"Not of the form that it has in a proof pack: {what}.") from error
    _need(base64.b64encode(data).decode() == value, what)
    return data


def _hex(value: Any, size: int, what: str) -> bytes:
    try:
        data = bytes.fromhex(_text(value, what))
    except ValueError as error:
        raise BadPack(f"Not of the form that it has in a proof pack: {what}.") from error
    _need(data.hex() == value and len(data) == size, what)
    return data


def _id(value: Any, what: str) -> str:
    _need(isinstance(value, str) and HEX.match(value), what)
    return str(value)


def _text(value: Any, what: str) -> str:
    _need(isinstance(value, str), what)
    return str(value)


def _number(value: Any) -> bool:
    return type(value) is int and value >= 0


def _fields(value: Any, names: tuple[str, ...], what: str) -> None:
    _need(isinstance(value, dict) and tuple(sorted(value)) == names, what)


def _need(holds: object, what: str) -> None:
    if not holds:
        raise BadPack(f"Not of the form that it has in a proof pack: {what}.")
