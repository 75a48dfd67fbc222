"""The part of a desk for guardians: naming them, passing shares on, and putting the key together on a new head's desk."""

from __future__ import annotations

import secrets
from itertools import combinations
from typing import TYPE_CHECKING

from g20desk.desk import copying, seals
from g20desk.desk.acting import Ledger, Proposal
from g20desk.errors import Refused
from g20desk.ledger import envelope, sealing, shamir, shares
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.sealing import Unsealed
from g20desk.office import guardians
from g20desk.office.state import Guardians as Standing
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

KEY = "guardians' key"  # its name among this desk's devices


class Guardians:
    """`desk.guardians`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def name(self, names: list[str], need: int) -> str:
        """Name the guardians, `need` of whom act together: whose word is missing, empty where it counts. Raises Refused."""
        from g20desk.desk.joining import answer

        desk = self._desk
        people = [desk.people.named(one) for one in names]
        if not 2 <= need <= len(people) <= guardians.MOST:
            raise Refused(
                "malformed", f"Guardians are 2 to {guardians.MOST} people, at least two of whom act together.",
                "Name more of them.",
            )  # fmt: skip
        secret = secrets.token_bytes(shares.SECRET)
        key, office = shares.key_of(secret), desk.office
        sealed = {
            device: shares.seal(share, office.id, key.device, device, office.boxes[device])
            for person, share in zip(people, shamir.split(secret, need, len(people)), strict=True)
            for device in person.devices
            if device not in office.gone
        }
        values = {"people": [one.id for one in people], "need": need, "shares": sealed, **answer(key, office.id, "")}
        copying.set_apart(desk.store, desk.device)
        named = Proposal("guardians.named", values)
        ids = desk.act_all(named, *seals.reopenings(desk.store), *desk.people.wraps(key.device))
        return desk.people.waiting(ids[0])[0]

    def share_for(self, device: str, box: str) -> str:
        """This desk's share, sealed to another device of the same person; empty where it holds none."""
        found = self._desk.office.guardians
        return self._sealed(found, device, box) if found and self._desk.person.id in found.people else ""

    def passing(self, device: str, box: str) -> list[Proposal]:
        """The act that passes this desk's share on to the device of a head whom guardians take in; none where it has no share.
        Where a head takes part, that head gives the keys."""
        found = self._desk.office.guardians
        share = "" if found is None or found.spent else self.share_for(device, box)
        return [Proposal("guardians.share_given", {"device": device, "share": share})] if share else []

    def holds_share(self) -> bool:
        """Whether this desk's device has a share that opens."""
        found = self._desk.office.guardians
        return found is not None and self._own(found) is not None

    def _own(self, found: Standing) -> bytes | None:
        desk = self._desk
        sealed = found.shares.get(desk.device, "")
        try:
            return shares.unseal(sealed, desk.office.id, found.key, desk.device, desk.ledger.key(desk.device))
        except Unsealed:
            return None

    def _sealed(self, found: Standing, device: str, box: str) -> str:
        share = self._own(found)
        return shares.seal(share, self._desk.office.id, found.key, device, box) if share else ""


def take_up(ledger: Ledger) -> bool:
    """On the desk of a head whom guardians took in: put their key together from the shares that they gave, take from it the
    rings' keys, and end it; whether that was done. Nothing where shares are missing, or the desk reads already."""
    store, office = ledger.store, ledger.folds.placed_office()
    found, device = office.guardians, store.meta(f"device/{store.meta('person')}")
    if found is None or found.spent or office.author(device).role != "head":
        return False
    now = office.epochs.get(office.office_ring)
    if now is None or store.epoch(now.id) is not None or device in now.devices:
        return False
    key = _joined(found, office, device, ledger.key(device))
    if key is None:
        return False
    _unwrap(ledger, key, office, now.id)
    ledger.hold(KEY, key)
    used = Proposal("guardians.key_used", {"device": device}, clear=seals.clear([(device, True)], [key.device]))
    ledger.act(key.device, used)
    ledger.act(device, *seals.reopenings(store))
    return True


def _joined(found: Standing, office: Office, device: str, own: DeviceKey) -> DeviceKey | None:
    """The guardians' key out of the shares that were given to a device; None where they do not give it. A wrong one among
    them does no harm where enough are right."""
    given = {}
    for sealed in found.given.get(device, {}).values():
        try:
            share = shares.unseal(sealed, office.id, found.key, device, own)
        except Unsealed:
            continue
        given[share[:1]] = share
    for some in combinations(given.values(), found.need):
        try:
            key = shares.key_of(shamir.join(some))
        except ValueError:
            continue
        if key.device == found.key:
            return key
    return None


def _unwrap(ledger: Ledger, key: DeviceKey, office: Office, epoch: str) -> None:
    """The key in force of the staff's ring, out of what was wrapped for the guardians' key."""
    for _, _, clear in reversed(ledger.store.clears()):
        said = envelope.read_clear(clear)
        if said["epoch"] == epoch and key.device in said["wraps"]:
            ledger.store.keep_epoch(sealing.unwrap(said["wraps"][key.device], office.id, epoch, key.device, key))
            return
