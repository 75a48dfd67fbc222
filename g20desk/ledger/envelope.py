"""What travels of an event: a signed head in the clear, the sealed event, and what a hub has to read; and the order over it.

All that a hub knows of the ledger stands here. docs/ledger.md fixes the bytes.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, fields
from typing import Any

from g20desk.ledger import canonical, forms, keys
from g20desk.ledger.canonical import NotCanonical
from g20desk.ledger.forms import ID, MAYBE, NUMBER

SUITE = 1  # HPKE over X25519, HKDF-SHA256, ChaCha20-Poly1305 (RFC 9180, RFC 5869, RFC 8439)
STEP = 256
MOST_PIECES = 4_096
_ID = "[0-9a-f]{64}"


class BadEnvelope(ValueError):
    """A head that is not of its form, or whose signature does not hold."""


@dataclass(frozen=True, slots=True)
class Head:
    """The clear head of an envelope. `event` is the id of the event inside; device, chain, seq and prev are those of its
    header. `epoch` names the key that it is sealed under, `sealed` is the digest of the sealed bytes, `pieces` the
    digests of its sealed pieces, `clear` the digest of what travels beside it in the clear, or empty."""

    v: int
    suite: int
    office: str
    event: str
    device: str
    chain: str
    seq: int
    prev: str
    ring: str
    epoch: str
    nonce: str
    sealed: str
    pieces: tuple[str, ...]
    clear: str

    def encode(self) -> bytes:
        """Canonical bytes. Whoever makes one gives each field its type; `decode` holds it to its form."""
        return canonical.encoded({name: getattr(self, name) for name in _NAMES})


@dataclass(frozen=True, slots=True)
class Envelope:
    """A head as it travels, its device's signature, and what it is about. `sealed` is empty where only the head is held;
    `clear` is canonical JSON, or empty."""

    head_bytes: bytes
    signature: bytes
    sealed: bytes = b""
    clear: bytes = b""

    @property
    def head(self) -> Head:
        """The head. Raises BadEnvelope."""
        return decode(self.head_bytes)

    @property
    def digest(self) -> str:
        """The digest of the signed head, which the order is over."""
        return digest(self.head_bytes, self.signature)


_NAMES = tuple(f.name for f in fields(Head))
_HEAD = forms.Form({
    **dict.fromkeys(("v", "suite", "seq"), NUMBER),
    **dict.fromkeys(("office", "event", "device", "chain", "ring", "epoch", "sealed"), ID),
    **dict.fromkeys(("prev", "clear"), MAYBE),
    "nonce": '"([0-9a-f]{24})"', "pieces": forms.ids(MOST_PIECES),
})  # fmt: skip


@functools.lru_cache(1024)  # on its way in each is asked for several times
def decode(data: bytes) -> Head:
    """A head from bytes of the one form that it has in canonical JSON. Raises BadEnvelope."""
    try:
        return Head(**_HEAD.read(data))
    except NotCanonical as error:
        raise BadEnvelope(f"not a head: {error}") from error


def check(found: Envelope, verify: keys.Verify = keys.verify) -> Head:
    """The head, whose form and signature hold, and whose sealed and clear parts are what it says where they are held.
    Raises BadEnvelope."""
    head = found.head
    try:
        verify(head.device, "envelope", found.head_bytes, found.signature)
    except keys.BadSignature as error:
        raise BadEnvelope("signature") from error
    if found.sealed and sealed_digest(found.sealed) != head.sealed:
        raise BadEnvelope("the sealed bytes are others")
    if (clear_digest(found.clear) if found.clear else "") != head.clear:
        raise BadEnvelope("what is in the clear is other")
    return head


def digest(head: bytes, signature: bytes) -> str:
    """The digest of a signed head."""
    return canonical.digest("placed", head + signature)


def sealed_digest(sealed: bytes) -> str:
    """The digest that a head says of sealed bytes, of the event or of a piece."""
    return canonical.digest("sealed", sealed)


def clear_digest(clear: bytes) -> str:
    """The digest that a head says of what travels in the clear."""
    return canonical.digest("clear", clear)


def read_clear(clear: bytes) -> dict[str, Any]:
    """What travels in the clear: `wraps` {device: wrap} of the key that `epoch` names (empty where there are none), and
    `roster` {"in": [[device, may manage]], "out": [device]}. Raises BadEnvelope."""
    try:
        value = canonical.loads(clear) if clear else {}
    except NotCanonical as error:
        raise BadEnvelope("what is in the clear is not canonical") from error
    wraps, roster = (value.get(name, {}) for name in ("wraps", "roster")) if isinstance(value, dict) else (None, None)
    if not isinstance(wraps, dict) or not isinstance(roster, dict) or value.keys() - {"epoch", "wraps", "roster"}:
        raise BadEnvelope("what is in the clear is of another form")
    epoch = value.get("epoch", "")
    if bool(wraps) != (epoch != "") or not (epoch == "" or _is_id(epoch)):
        raise BadEnvelope("wraps are of an epoch")
    if not all(
        re.fullmatch(_ID, d) and isinstance(w, str) and re.fullmatch("(?:[0-9a-f]{2})+", w) for d, w in wraps.items()
    ):
        raise BadEnvelope("a wrap is of another form")
    entering, leaving = roster.get("in", []), roster.get("out", [])
    if roster.keys() - {"in", "out"} or not isinstance(entering, list) or not isinstance(leaving, list):
        raise BadEnvelope("a roster is of another form")
    if not all(isinstance(p, list) and len(p) == 2 and _is_id(p[0]) and isinstance(p[1], bool) for p in entering):
        raise BadEnvelope("a roster is of another form")
    if not all(map(_is_id, leaving)):
        raise BadEnvelope("a roster is of another form")
    return {"epoch": epoch, "wraps": wraps, "roster": {"in": entering, "out": leaving}}


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(_ID, value) is not None


def first_hash(office: str) -> str:
    """`hash_0`, from the office's id."""
    return canonical.digest("order", canonical.dumps([office]))


def next_hash(office: str, place: int, before: str, head_digest: str, stamp: int) -> str:
    """`hash_n`: over office, n, hash_n-1, the digest of the signed head and the time."""
    return canonical.digest("order", canonical.encoded([office, place, before, head_digest, stamp]))


def receipt_bytes(office: str, place: int, running: str, stamp: int) -> bytes:
    """What the keeper signs for an append, under the purpose `receipt`."""
    return canonical.encoded([office, place, running, stamp])
