"""The part of a desk for people and their devices: taking in, letting go, and the keys that follow."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from g20desk.desk import copying, seals
from g20desk.desk.acting import Maker, Proposal
from g20desk.desk.pushing import KEEPERS_OF_KEYS
from g20desk.desk.reasons import reason
from g20desk.desk.roll import Roll, about, proposal_words, roll
from g20desk.errors import Refused
from g20desk.ledger.keys import DeviceKey
from g20desk.office.state import Office, Person, Proposed

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.joining import Admitted


class People:
    """People and devices."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def roll(self) -> Roll:
        """Who is in the office: people, devices, invitations of this desk, guardians, what waits for others."""
        return roll(self._desk)

    def invite(self, name: str, role: str, government: str = "", topic: str = "") -> str:
        """An invitation for a new person, as text. Raises Refused."""
        from g20desk.desk import joining

        return joining.invite(self._desk, name, role, government, topic)

    def invite_device(self, name: str = "") -> str:
        """An invitation for a further device of this desk's person; a guardian may invite one of a head. Raises Refused."""
        from g20desk.desk import joining

        return joining.invite_device(self._desk, name)

    def words_of(self, request: str) -> tuple[str, str]:
        """Whom a request is from, as it says, and the safety words to compare with them. Raises Refused, Usage."""
        from g20desk.desk import joining

        return joining.words_of(self._desk, request)

    def admit(self, request: str, said: str | None = None) -> Admitted:
        """Take in who sent a request, or lay that before those whose word is missing. Raises Refused, Usage."""
        from g20desk.desk import joining

        return joining.admit(self._desk, request, said)

    def admit_here(self, name: str, role: str, government: str, topic: str = "") -> None:
        """Take in a person whose first device is this desk: for rehearsal offices. Raises Refused."""
        from g20desk.desk.joining import answer

        key = DeviceKey.fresh()
        self._desk.secrets.set(f"device/{key.device}", key.to_text())
        values = {
            "name": name, "role": role, "government": government, "topic": topic, "nonce": "", "until": 0,
            **answer(key, self._desk.office.id, ""),
        }  # fmt: skip
        admitted = Proposal("member.admitted", values, clear=seals.clear([(key.device, role == "head")]))
        self._desk.act_all(admitted, *self.wraps(key.device))
        self._desk.store.set_meta(f"device/{name}", key.device)

    def wraps(self, device: str) -> list[Maker]:
        """The keys of all rings that a device may read and this desk holds, once it is in the office. Which they are hangs on
        the act before."""
        return [partial(self._wrap, device, number) for number in (0, 1)]

    def _wrap(self, device: str, number: int, office: Office, _: str) -> Proposal | None:
        ring = (office.members_ring, office.office_ring)[number]
        now = office.epochs.get(ring)
        if device not in office.entitled(ring) or now is None or device in now.devices:
            return None
        # A rehearsal's store holds keys of people other than this one.
        own = self._desk.device in now.devices and self._desk.store.epoch(now.id) is not None
        return seals.wrapping(self._desk.store, office, ring, device) if own else None

    def give_role(self, name: str, role: str, government: str, topic: str, why: str) -> str:
        """Another role, government or topic for somebody: whose word is missing, empty where it counts. Raises Refused."""
        person = self.named(name)
        ref, kept = reason(why)
        values = {"person": person.id, "role": role, "government": government, "topic": topic, "why": ref}
        live = [d for d in person.devices if d not in self._desk.office.gone]
        # Word to the hub of a head more or less goes out with the next exchange.
        given = Proposal("role.given", values, pieces=kept)
        copying.set_apart(self._desk.store, self._desk.device)
        wraps = [maker for device in live for maker in self.wraps(device)]
        ids = self._desk.act_all(given, *seals.reopenings(self._desk.store), *wraps)
        return self.waiting(ids[0])[0]

    def second(self, proposal: str, said: str | None = None) -> str:
        """Join what somebody proposed: whose word is missing then, empty where it counts. With `said`, refuses where the safety
        words of its device differ. Raises Refused."""
        from g20desk.desk import joining

        desk, found = self._desk, self._proposed(proposal)
        device, box = getattr(found.act, "sign", ""), getattr(found.act, "box", "")
        if said is not None:
            joining.compare(proposal_words(desk.office, found), said)
        joined = Proposal("proposal.seconded", {"proposal": found.id})
        makers: list[Proposal | Maker] = [joined]
        by = desk.office.author(desk.device)
        if found.kind in ("member.admitted", "device.added"):
            office, devices = desk.office, (*found.devices, desk.device)
            headed = any(office.author(one).role == "head" for one in devices)
            role = found.act.role if found.kind == "member.admitted" else "head"
            if not found.act.lacks(office, devices):
                joined.clear = seals.clear([(device, by.role == "head" and role == "head")])
            makers += [] if headed else desk.guardians.passing(device, box)
            makers += self.wraps(device)
        elif by.role in KEEPERS_OF_KEYS:
            copying.set_apart(desk.store, desk.device)
            makers += seals.reopenings(desk.store)
        desk.act_all(*makers)
        return self.waiting(found.id)[0]

    def withdraw(self, proposal: str, why: str) -> None:
        """Take off the table what waits for others. Raises Refused."""
        found = self._proposed(proposal)
        ref, kept = reason(why)
        self._desk.act("proposal.withdrawn", {"proposal": found.id, "why": ref}, pieces=kept)

    def waiting(self, proposal: str) -> tuple[str, str]:
        """Whose word something still waits for, in words, and its id; both empty where it waits for nobody."""
        found = self._desk.office.proposals.get(proposal)
        return (found.act.lacks(self._desk.office, found.devices), found.id) if found else ("", "")

    def _proposed(self, prefix: str) -> Proposed:
        """What waits for others, by the beginning of its id or the name that it is about. Raises Refused."""
        office = self._desk.office
        found = [
            one for one in office.proposals.values()
            if (len(prefix) >= 6 and one.id.startswith(prefix)) or about(office, one)[0] == prefix
        ]  # fmt: skip
        if len(found) != 1:
            raise Refused("unknown-id", "Name one thing that waits for others.", "See: g20desk office show")
        return found[0]

    def retire(self, name: str, why: str) -> None:
        """Let a person go, and open new keys for the rings that they read. Raises Refused."""
        person = self.named(name)
        ref, kept = reason(why)
        values = {"person": person.id, "why": ref}
        self._remove(Proposal("member.retired", values, pieces=kept), person.devices)

    def revoke(self, name: str, device: str, why: str) -> None:
        """Take a device out, and open new keys for the rings that it read. Raises Refused."""
        found = [d for d in self.named(name).devices if d.startswith(device) and d not in self._desk.office.gone]
        if len(found) != 1:
            raise Refused("unknown-device", f"{name} has no such device.", "See: g20desk office show")
        ref, kept = reason(why)
        values = {"device": found[0], "why": ref}
        self._remove(Proposal("device.revoked", values, pieces=kept), found)

    def _remove(self, removal: Proposal, devices: Sequence[str]) -> None:
        desk = self._desk
        role = desk.office.author(desk.device).role
        copying.set_apart(desk.store, desk.device)
        # Where somebody takes out a device of their own, a head's desk tells the hub, and opens the new keys, or an officer's.
        removal.clear = seals.clear(leaving=devices) if role == "head" else b""
        desk.act_all(removal, *(seals.reopenings(desk.store) if role in KEEPERS_OF_KEYS else ()))

    def named(self, name: str) -> Person:
        """A person by name. Raises Refused."""
        found = self._desk.office.named(name)
        if found is None:
            raise Refused("unknown-person", f"“{name}” is not in the office.", "See: g20desk office show")
        return found
