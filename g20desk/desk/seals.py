"""The desk's side of sealing: which key an act is sealed under, new keys for a ring, and what travels in the clear."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from g20desk.errors import Refused, Usage
from g20desk.ledger import body, canonical, pieces, sealing
from g20desk.ledger.envelope import Envelope
from g20desk.ledger.event import Event
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.sealing import Epoch
from g20desk.ledger.store import Store
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.acting import Maker, Proposal

OPENING = "epoch.opened"


def clear(
    entering: Iterable[tuple[str, bool]] = (),
    leaving: Iterable[str] = (),
    wraps: dict[str, str] | None = None,
    epoch: str = "",
) -> bytes:
    """What a hub may read beside an act: devices that enter (and whether they manage the roster) and leave, and the wraps
    of an epoch."""
    value: dict[str, object] = {"wraps": wraps, "epoch": epoch} if wraps else {}
    roster: dict[str, object] = {"in": [list(pair) for pair in entering], "out": sorted(leaving)}
    if any(roster.values()):
        value["roster"] = roster
    return canonical.dumps(value) if value else b""


def opening(office: Office, ring: str, epoch: Epoch, previous: Epoch | None) -> Proposal:
    """A new key for a ring, wrapped for every device that may read it now."""
    from g20desk.desk.acting import Proposal

    devices = sorted(office.entitled(ring))
    wraps = {device: sealing.wrap(epoch, office.id, device, office.boxes[device]) for device in devices}
    values = {
        "ring": ring, "epoch": epoch.id, "parent": previous.id if previous else "",
        "previous": sealing.bury(previous, epoch) if previous else "", "devices": devices, "wraps": wraps_digest(wraps),
    }  # fmt: skip
    return Proposal(OPENING, values, epoch=epoch, clear=clear(wraps=wraps, epoch=epoch.id))


def reopening(store: Store, office: Office, ring: str) -> Proposal:
    """A new key for a ring that has one. Raises Usage where this desk does not hold the one in force."""
    return opening(office, ring, Epoch.fresh(), in_force(store, office, ring))


def reopenings(store: Store) -> list[Maker]:
    """New keys for the rings that somebody can read who may not any more. None for a ring whose key is not on this desk:
    another desk opens that."""
    return [partial(_reopen, store, number) for number in (0, 1)]


def _reopen(store: Store, number: int, office: Office, _: str) -> Proposal | None:
    ring = (office.members_ring, office.office_ring)[number]
    now = office.epochs.get(ring)
    if now is None or now.devices <= office.entitled(ring) or store.epoch(now.id) is None:
        return None
    return reopening(store, office, ring)


def wrapping(store: Store, office: Office, ring: str, device: str) -> Proposal:
    """The key in force of a ring, for one more device. Raises Usage where this desk does not hold it."""
    from g20desk.desk.acting import Proposal

    epoch = in_force(store, office, ring)
    wraps = {device: sealing.wrap(epoch, office.id, device, office.boxes[device])}
    values = {"ring": ring, "epoch": epoch.id, "device": device, "wraps": wraps_digest(wraps)}
    return Proposal("epoch.wrapped", values, clear=clear(wraps=wraps, epoch=epoch.id))


def wraps_digest(wraps: dict[str, str]) -> str:
    """The digest of wraps that the sealed act names."""
    return canonical.digest("wraps", canonical.dumps(wraps))


def in_force(store: Store, office: Office, ring: str) -> Epoch:
    """A ring's key. Raises Usage where this desk does not hold it."""
    now = office.epochs.get(ring)
    found = store.epoch(now.id) if now else None
    if found is None:
        raise Usage("no-epoch", "This desk does not hold the key of that ring.", "Ask the head to admit it again.")
    return found


def sealed(
    store: Store,
    office: Office,
    item: Event,
    key: DeviceKey,
    parts: body.Parts,
    beside: bytes,
    epoch: Epoch | None = None,
) -> Envelope:
    """An event in its envelope, under the key in force of its ring; the opening of that ring's next key under the key that
    it opens. Raises Refused while somebody who was let go could still read it."""
    ring = item.header.ring or office.members_ring
    now = office.epochs.get(ring)
    # An opening that came too late does not count: it is an act like others.
    opens = item.header.kind != OPENING or (
        parts["ring"].value == ring and parts["parent"].value == (now.id if now else "")
    )
    if epoch is None or not opens:
        if now is None or not now.devices <= office.entitled(ring):
            raise Refused(
                "needs-epoch",
                "Somebody left: a new key must be opened first.",
                "A head or officer who holds the key opens it: g20desk sync",
            )
        epoch = in_force(store, office, ring)
    digests = [pieces.sealed_digest(store, ref) for ref in pieces.refs([part.value for part in parts.values()])]
    return sealing.seal(item, office.id or item.id, ring, epoch, key, [d for d in digests if d], beside)
