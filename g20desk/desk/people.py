"""The part of a desk for people and their devices: taking in, letting go, and the keys that follow."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from g20desk.desk import copying, seals
from g20desk.desk.acting import Maker, Proposal
from g20desk.desk.roll import Roll, roll
from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.ledger.keys import DeviceKey
from g20desk.office.members import proof_bytes
from g20desk.office.state import Office, Person

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


class People:
    """People and devices."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def roll(self) -> Roll:
        """Who is in the office: people, devices, invitations of this desk, guardians, what waits for others."""
        return roll(self._desk)

    def admit_here(self, name: str, role: str, government: str, topic: str = "") -> None:
        """Take in a person whose first device is this desk: for rehearsal offices. Raises Refused."""
        key = DeviceKey.fresh()
        self._desk.secrets.set(f"device/{key.device}", key.to_text())
        proof = key.sign("joining", proof_bytes(self._desk.office.id, name, key.device, key.box)).hex()
        values = {
            "name": name, "role": role, "government": government, "topic": topic, "sign": key.device, "box": key.box,
            "proof": proof, "nonce": "", "until": 0,
        }  # fmt: skip
        manages = role == "head"
        admitted = Proposal("member.admitted", values, clear=seals.clear([(key.device, manages)]))
        self._desk.act_all(admitted, *self.wraps(key.device))
        self._desk.store.set_meta(f"device/{name}", key.device)

    def wraps(self, device: str) -> list[Maker]:
        """The keys of all rings that a device may read, once it is in the office. Which they are hangs on the act before."""
        return [partial(self._wrap, device, number) for number in (0, 1)]

    def _wrap(self, device: str, number: int, office: Office, _: str) -> Proposal | None:
        ring = (office.members_ring, office.office_ring)[number]
        if device not in office.entitled(ring):
            return None
        return seals.wrapping(self._desk.store, office, ring, device)

    def retire(self, name: str, why: str) -> None:
        """Let a person go, and open new keys for the rings that they read. Raises Refused."""
        person = self.named(name)
        ref = pieces.refer(why.encode())
        values = {"person": person.id, "why": ref}
        self._remove(Proposal("member.retired", values, pieces={ref["piece"]: why.encode()},
                              clear=seals.clear(leaving=person.devices)))  # fmt: skip

    def revoke(self, name: str, device: str, why: str) -> None:
        """Take a device out, and open new keys for the rings that it read. Raises Refused."""
        found = [d for d in self.named(name).devices if d.startswith(device) and d not in self._desk.office.gone]
        if len(found) != 1:
            raise Refused("unknown-device", f"{name} has no such device.", "See: g20desk office show")
        ref = pieces.refer(why.encode())
        values = {"device": found[0], "why": ref}
        self._remove(Proposal("device.revoked", values, pieces={ref["piece"]: why.encode()},
                              clear=seals.clear(leaving=found)))  # fmt: skip

    def _remove(self, removal: Proposal) -> None:
        copying.set_apart(self._desk.store, self._desk.device)
        self._desk.act_all(removal, *seals.reopenings(self._desk.store))

    def named(self, name: str) -> Person:
        """A person by name. Raises Refused."""
        found = self._desk.office.named(name)
        if found is None:
            raise Refused("unknown-person", f"“{name}” is not in the office.", "See: g20desk office show")
        return found
