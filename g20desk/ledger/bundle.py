"""The file that is carried from desk to desk by hand: places, acts without one, pieces; sealed for an office's desks, signed
by the device that made it.

A head in the clear, the sealed rest in chunks, a signature over all of it; nothing is compressed. A reader goes once through
the whole file and holds it to its form before anything of it is given out. docs/ledger.md fixes the bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from g20desk.ledger import canonical, keys, sealing
from g20desk.ledger.canonical import NotCanonical
from g20desk.ledger.envelope import SUITE
from g20desk.ledger.event import HEX
from g20desk.ledger.sealing import CHUNK, Epoch

if TYPE_CHECKING:
    from g20desk.ledger.keys import DeviceKey

MAGIC = b"g20desk bundle\n"
ABOUT, PLACE, ACT, PIECE, END = b"a", b"e", b"t", b"p", b"\0"
MOST_HEAD = 4 << 20
# The largest record of each kind: an envelope at its place, an envelope, a piece with its digest.
MOST = {ABOUT: 1 << 16, PLACE: 5 << 20, ACT: 5 << 20, PIECE: 520 << 20}
_TAG, _SIGNATURE, _RECORD = 16, 64, 9


class BadBundle(ValueError):
    """A file that is no whole bundle, as it was made. `code`: what kind of trouble."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


@dataclass(frozen=True, slots=True)
class Head:
    """What a bundle shows in the clear: its office, the device that made it, the name of its key, and a wrap of that for
    each device that may open it."""

    office: str
    device: str
    epoch: str
    wraps: Mapping[str, str]

    def encode(self) -> bytes:
        """Canonical bytes."""
        return canonical.encoded({
            "v": canonical.FORMAT, "suite": SUITE, "office": self.office, "device": self.device, "epoch": self.epoch,
            "wraps": dict(self.wraps),
        })  # fmt: skip


def _decoded(data: bytes) -> Head:
    try:
        value = canonical.loads(data)
    except NotCanonical as error:
        raise BadBundle("damaged", "its beginning is damaged") from error
    if not isinstance(value, dict) or type(value.get("v")) is not int:
        raise BadBundle("damaged", "its beginning is damaged")
    if value["v"] != canonical.FORMAT or value.get("suite") != SUITE:
        raise BadBundle("version", f"it is of version {value['v']}, this program knows {canonical.FORMAT}")
    ids, wraps = [value.get(name) for name in ("office", "device", "epoch")], value.get("wraps")
    if value.keys() != {"v", "suite", "office", "device", "epoch", "wraps"} or not isinstance(wraps, dict):
        raise BadBundle("damaged", "its beginning is damaged")
    if not all(isinstance(one, str) and HEX.match(one) for one in (*ids, *wraps)):
        raise BadBundle("damaged", "its beginning is damaged")
    return Head(value["office"], value["device"], value["epoch"], wraps)


def _cipher(epoch: Epoch) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

    return ChaCha20Poly1305(epoch.key)


def padded(size: int) -> int:
    """The size that so many bytes are padded to: a sixteenth more at most, 64 KB at least."""
    step = max(CHUNK, 1 << max(size.bit_length() - 5, 0))
    return max(step, -(-size // step) * step)


class Writer:
    """Writes a bundle into an open file; call `add` for each record, then `close`. `boxes`: the devices that may open it,
    with their keys to be sealed to."""

    def __init__(self, file: BinaryIO, office: str, key: DeviceKey, boxes: Mapping[str, str]) -> None:
        self._file, self._key, self._epoch = file, key, Epoch.fresh()
        wraps = {
            device: sealing.wrap(self._epoch, office, device, box, bundle=True) for device, box in sorted(boxes.items())
        }
        head = Head(office, key.device, self._epoch.id, wraps).encode()
        self._bound = canonical.tagged("bundle seal", head)
        self._cipher, self._whole = _cipher(self._epoch), hashlib.sha256()
        self._open, self._chunks, self.size = bytearray(), 0, 0
        self._write(MAGIC + len(head).to_bytes(4) + head)

    def add(self, kind: bytes, data: bytes) -> None:
        """One record. Raises BadBundle where it is larger than a reader takes."""
        if len(data) > MOST[kind]:
            raise BadBundle("too-large", f"a record of {len(data)} bytes is too large")
        for part in (kind + len(data).to_bytes(8), data):
            self._open += part
            self.size += len(part)
            while len(self._open) > CHUNK:
                self._seal(bytes(self._open[:CHUNK]), last=False)
                del self._open[:CHUNK]

    def close(self) -> None:
        """The end: padding, the last chunk, the signature."""
        left = padded(self.size) - self.size
        while left:
            more = min(left, CHUNK)
            self._open += bytes(more)
            left -= more
            while len(self._open) > CHUNK:
                self._seal(bytes(self._open[:CHUNK]), last=False)
                del self._open[:CHUNK]
        self._seal(bytes(self._open), last=True)
        self._file.write(self._key.sign("bundle", self._whole.digest()))

    def _seal(self, data: bytes, *, last: bool) -> None:
        self._write(self._cipher.encrypt(sealing.chunk_nonce(self._chunks, last), data, self._bound))
        self._chunks += 1

    def _write(self, data: bytes) -> None:
        self._file.write(data)
        self._whole.update(data)


class Reader:
    """An open bundle. `head` can be read before it is opened; `open` goes through all of it. Raises BadBundle, OSError."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        try:
            self._begin()
        except BaseException:
            self._file.close()
            raise

    def _begin(self) -> None:
        if self._file.read(len(MAGIC)) != MAGIC:
            raise BadBundle("no-bundle", "it is another kind of file")
        length = int.from_bytes(self._file.read(4))
        if not 0 < length <= MOST_HEAD:
            raise BadBundle("damaged", "its beginning is damaged")
        raw = self._file.read(length)
        if len(raw) != length:
            raise BadBundle("cut-off", "it ends too early")
        self.head = _decoded(raw)
        self._start = self._file.tell()
        self._first = MAGIC + length.to_bytes(4) + raw
        self._bound = canonical.tagged("bundle seal", raw)
        size = self._file.seek(0, os.SEEK_END) - self._start - _SIGNATURE
        self._chunks, rest = divmod(size, CHUNK + _TAG)
        if size < CHUNK + _TAG or rest:
            raise BadBundle("cut-off", "it ends too early")
        self._kept: tuple[int, bytes] = (-1, b"")

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def unwrap(self, device: str, key: DeviceKey) -> bool:
        """Take the key out of this device's wrap; False where there is none for it. Raises BadBundle."""
        wrapped = self.head.wraps.get(device)
        if wrapped is None:
            return False
        try:
            epoch = sealing.unwrap(wrapped, self.head.office, self.head.epoch, device, key, bundle=True)
        except sealing.Unsealed as error:
            raise BadBundle("damaged", str(error)) from error
        self._cipher = _cipher(epoch)
        return True

    def open(self) -> list[tuple[bytes, int, int]]:
        """Kind, beginning and length of each record, once the whole file was held to its form and signature. Raises
        BadBundle."""
        whole = hashlib.sha256(self._first)
        found: list[tuple[bytes, int, int]] = []
        at, ends = 0, False  # where the next record begins
        self._file.seek(self._start)
        ahead = bytearray()
        for number in range(self._chunks):
            sealed = self._file.read(CHUNK + _TAG)
            whole.update(sealed)
            ahead += self._opened(number, sealed)
            here = (number + 1) * CHUNK  # what was read so far
            while not ends and at + _RECORD <= here:
                begin = len(ahead) - (here - at)
                kind, length = bytes(ahead[begin : begin + 1]), int.from_bytes(ahead[begin + 1 : begin + _RECORD])
                if kind == END:
                    ends = True
                    break
                if length > MOST.get(kind, -1):
                    raise BadBundle("damaged", "it holds what this program does not know")
                found.append((kind, at + _RECORD, length))
                at += _RECORD + length
            if ends and ahead[max(0, len(ahead) - (here - at)) :].strip(b"\0"):
                raise BadBundle("damaged", "something stands behind its end")
            del ahead[: max(0, len(ahead) - _RECORD)]
        left = self._chunks * CHUNK - at
        if not ends and 0 < left < _RECORD and ahead[-left:].strip(b"\0"):
            raise BadBundle("damaged", "something stands behind its end")
        if at > self._chunks * CHUNK or self._chunks * CHUNK != padded(at):
            raise BadBundle("damaged", "its records do not fill it")
        try:
            keys.verify(self.head.device, "bundle", whole.digest(), self._file.read(_SIGNATURE))
        except keys.BadSignature as error:
            raise BadBundle("damaged", "its signature does not hold") from error
        return found

    def read(self, at: int, length: int) -> bytes:
        """Bytes of a record. Raises BadBundle where the file is another by now."""
        made = bytearray()
        while length:
            number, begin = divmod(at, CHUNK)
            if self._kept[0] != number:
                self._file.seek(self._start + number * (CHUNK + _TAG))
                self._kept = number, self._opened(number, self._file.read(CHUNK + _TAG))
            part = self._kept[1][begin : begin + length]
            made += part
            at, length = at + len(part), length - len(part)
        return bytes(made)

    def _opened(self, number: int, sealed: bytes) -> bytes:
        from cryptography.exceptions import InvalidTag

        try:
            nonce = sealing.chunk_nonce(number, number + 1 == self._chunks)
            return bytes(self._cipher.decrypt(nonce, sealed, self._bound))
        except (InvalidTag, ValueError) as error:
            raise BadBundle("damaged", f"it is damaged after {number * CHUNK} bytes") from error
