"""Carrying the record on a stick, between desks without a network: writing a bundle.

What the other desk has is not known for sure, and asked of nobody: each act names the newest place that its author knew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from g20desk.desk import carried, carrying
from g20desk.desk.acting import Ledger
from g20desk.desk.carried import LeftOut
from g20desk.desk.pushing import Outgoing
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, bundle, canonical, event, pieces, sealing, wire
from g20desk.ledger.bundle import BadBundle, Writer
from g20desk.ledger.event import Event
from g20desk.office.state import Office

REACHED = "reached/"  # how far a device's last bundle said that it was


@dataclass(slots=True)
class Written:
    """What a bundle holds: all places after `since` up to `place`, acts without one, pieces; its size in bytes, and the acts
    that could not go along."""

    file: str
    since: int
    place: int
    places: int = 0
    acts: int = 0
    pieces: int = 0
    size: int = 0
    left: tuple[LeftOut, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


def write(ledger: Ledger, path: Path, since: int | None = None, person: str = "") -> Written:
    """Write a bundle: what came after the place `since`; else what `person`'s desks may lack, as far as their acts show how
    far they knew the record; else what any desk of the office may lack. Raises Refused, Usage."""
    store, office = ledger.store, ledger.office()
    device = store.meta(f"device/{store.meta('person')}")
    if not office.id or not office.author(device).person:
        raise Refused(
            "not-admitted", "This desk has nothing to carry yet.", "Take in a bundle first: g20desk bundle import"
        )
    last = store.last_place()[0]
    if since is None:
        since = _known(ledger, office, person)
    elif since > last:
        raise Usage("no-place", f"This desk ends at place {last}.", "Name that one, or an earlier.")
    boxes = {one: office.boxes[one] for one in _readers(office)}
    made = Written(str(path), since, last)
    part = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with open(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            writer = Writer(file, office.id, ledger.key(device), boxes)
            _fill(ledger, writer, made)
            writer.close()
            file.flush()
            os.fsync(file.fileno())
            made.size = file.tell()
        os.replace(part, path)
    except OSError as error:
        raise Usage(
            "bundle-unwritten", f"{path} can't be written: {error.strerror}.",
            "Name a file in a folder that you may write, with room for it.",
        ) from error  # fmt: skip
    finally:
        part.unlink(missing_ok=True)
    return made


def _fill(ledger: Ledger, writer: Writer, made: Written) -> None:
    store = ledger.store
    about = {"since": made.since, "place": made.place}
    writer.add(bundle.ABOUT, canonical.dumps(about))
    out = Outgoing(ledger)
    acts = out.batch(whole=True)
    made.left = tuple(out.left)
    seen: set[str] = set()
    # The place that it goes on from comes along: the other desk sees by it that both have one record.
    for one in carrying.entries(store, max(made.since, 1) - 1, made.place):
        writer.add(bundle.PLACE, wire.pack_entries([one]))
        made.places += one.placed.n > made.since
    for _, found in acts:
        writer.add(bundle.ACT, wire.pack([found]))
        made.acts += 1
    for digest, sealed in carried.sealed_pieces(store, (one for one, _ in acts)):
        seen.add(digest)
        _piece(writer, made, digest, sealed)
    for place in range(made.since + 1, made.place + 1):
        for digest, sealed in _pieces(ledger, store.at(place)):
            if digest not in seen:
                seen.add(digest)
                _piece(writer, made, digest, sealed)


def _piece(writer: Writer, made: Written, digest: str, sealed: bytes) -> None:
    try:
        writer.add(bundle.PIECE, bytes.fromhex(digest) + sealed)
    except BadBundle as error:
        raise Usage("bundle-piece", f"A picture or video is too large to be carried: {error.why}.") from error
    made.pieces += 1


def _pieces(ledger: Ledger, item: Event | None) -> Iterator[tuple[str, bytes]]:
    """The pieces of a placed act, as far as they are here."""
    store = ledger.store
    refs = list(pieces.refs([part.value for part in body.decode(item.body).values()])) if item else []
    if not refs:
        return
    with store.write():
        known = {digest: ref for ref in refs if (digest := pieces.sealed_digest(store, ref))}
    for digest, ref in known.items():
        if (data := pieces.get(store, ref)) is not None:
            yield digest, sealing.seal_piece(ref["key"], data)


def _known(ledger: Ledger, office: Office, name: str) -> int:
    """The newest place that all devices have for sure: one person's, or everybody's but this desk's. Raises Refused."""
    store = ledger.store
    mine = set(store.metas("device/").values())
    if name:
        person = office.named(name)
        if person is None:
            raise Refused("unknown-person", f"“{name}” is not in the office.", "See: g20desk office show")
        devices = set(person.devices) - office.gone
    else:
        devices = _readers(office) - mine
    last = store.last_place()[0]
    return min((_reached(ledger, device) for device in devices), default=last)


def _readers(office: Office) -> set[str]:
    """The devices that can take in a bundle; the guardians' key is nobody's device."""
    return {one for one in office.entitled(office.members_ring) if one in office.devices}


def _reached(ledger: Ledger, device: str) -> int:
    """The newest place that a device is known to have: its newest act names it, or its last bundle did."""
    store = ledger.store
    with store.guard():
        row = store.db.execute(
            "select header from events where device = ? order by rowid desc limit 1", (device,)
        ).fetchone()
        seen = event.decode(bytes(row[0])).seen if row else ""
        place = store.db.execute("select n from places where hash = ?", (seen,)).fetchone() if seen else None
    return max(int(place[0]) if place else 0, int(store.meta(REACHED + device) or 0))
