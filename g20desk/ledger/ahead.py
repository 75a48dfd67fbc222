"""A page, opened and its signatures checked by a second process while its maker takes in the page before.

It says only what holds, byte for byte; whoever takes the page in checks the rest, so that what does not hold is refused
there, in the same words.
"""

from __future__ import annotations

import hashlib
import signal
from collections.abc import Mapping, Sequence
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

from g20desk.ledger import canonical, chain, envelope, event, keys, sealing, wire
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.event import Event
from g20desk.ledger.sealing import Epoch, Opened
from g20desk.ledger.signatures import started
from g20desk.ledger.wire import Entry, Placed

Opens = Mapping[str, tuple[str, Opened]]


class Checked:
    """Signatures that were found to hold, and events that were proved: by the digest of their envelope's head, with the
    epoch that opened it."""

    def __init__(self, good: frozenset[bytes] = frozenset(), opens: Opens | None = None) -> None:
        self._good, self._opens = good, opens or {}

    def event(self, found: Envelope, epoch: Epoch, at: Placed) -> Event:
        """What an envelope holds, proved, at its place. Raises Unsealed, Broken."""
        name, made = self._opens.get(at.digest, ("", None))
        if made is None or name != epoch.id or at.digest != found.digest:
            made = sealing.opened(found, epoch)
            return chain.proved(made.header, made.signature, made.body, at.n, at.stamp, self.verify)
        head = event.decode(made.header)
        return Event(event.event_id(made.header), head, made.header, made.signature, made.body, at.n, at.stamp)

    def verify(self, device: str, purpose: str, data: bytes, signature: bytes) -> None:
        """As `keys.verify`, for what was not checked before. Raises BadSignature."""
        if not self._good or _name(device, purpose, data, signature) not in self._good:
            keys.verify(device, purpose, data, signature)


class _Noting:
    """Checks, and notes what holds."""

    def __init__(self) -> None:
        self.good: set[bytes] = set()
        self.opens: dict[str, tuple[str, Opened]] = {}

    def verify(self, device: str, purpose: str, data: bytes, signature: bytes) -> None:
        keys.verify(device, purpose, data, signature)
        self.good.add(_name(device, purpose, data, signature))


def _name(device: str, purpose: str, data: bytes, signature: bytes) -> bytes:
    # A device and a signature that hold have their lengths, and a tag its end: no other four make the same bytes.
    return hashlib.sha256(device.encode() + signature + canonical.tagged(purpose, data)).digest()


class Ahead:
    """The second process. Use as a context: leaving it ends the process."""

    def __init__(self) -> None:
        self._other: Connection | None = None
        self._process: BaseProcess | None = None
        self._asked = False

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *raised: object) -> None:
        if self._other is not None:
            self._other.close()
        if self._process is not None:
            self._process.join()

    def ask(self, page: Sequence[Entry], office: str, keeper: str, epochs: Mapping[str, bytes]) -> None:
        """Have a page checked: its envelopes, the keeper's receipts, and the events inside that these keys open."""
        self._asked = True
        try:
            if self._process is None:
                self._process, self._other = started(_serve)
            if self._other is not None:
                self._other.send((wire.pack_entries(page), office, keeper, dict(epochs)))
        except OSError:
            self._other = None

    def answer(self) -> Checked:
        """What of the page that was asked about holds; nothing where the process was ended by somebody."""
        asked, self._asked = self._asked, False
        try:
            return Checked(*self._other.recv()) if asked and self._other is not None else Checked()
        except (EOFError, OSError):
            self._other = None
            return Checked()


def good(page: bytes, office: str, keeper: str, epochs: Mapping[str, bytes]) -> tuple[frozenset[bytes], Opens]:
    """The signatures of a page that hold, and what its envelopes hold."""
    noting = _Noting()
    try:
        for entry in wire.unpack_entries(page):
            _one(entry, office, keeper, epochs, noting)
    except wire.BadWire:
        pass  # what came before it was read
    return frozenset(noting.good), noting.opens


def _one(entry: Entry, office: str, keeper: str, epochs: Mapping[str, bytes], noting: _Noting) -> None:
    try:
        head = envelope.check(entry.envelope, noting.verify)
        if (key := epochs.get(head.epoch)) is not None and entry.envelope.sealed:
            made = sealing.opened(entry.envelope, Epoch(key))
            chain.proved(made.header, made.signature, made.body)
            noting.opens[entry.envelope.digest] = head.epoch, made
        entry.placed.check(office, keeper, noting.verify)
    except (envelope.BadEnvelope, sealing.Unsealed, chain.Broken, keys.BadSignature):
        return  # said where it is taken in


def _serve(asked: Connection) -> None:
    """The second process: answers pages until the first closes the line or ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True:
        try:
            asked.send(good(*asked.recv()))
        except (EOFError, OSError):
            return
