"""Who is in the office, as a screen or a table shows it: people, devices, invitations, guardians, what waits for others."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from g20desk.office.fold import Verdict
from g20desk.office.state import Office, Person, Proposed
from g20desk.office.vouching import able_guardians, is_guardian, may_join, renewal

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

INVITED = "invited/"  # meta of a desk: the invitations that it made, by their nonce


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """A device of a person. `state`: active or revoked; `here`: this desk signs with it; `since`: when it came in, in
    milliseconds; `placed`: whether that has a place in the office's record yet; `vouched_by`: names of the others who let it in, where
    it was not its person who added it."""

    id: str
    state: str
    here: bool
    since: int
    placed: bool
    vouched_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person. `state`: active or retired; `vouched_by`: the names of those whose acts let them in; `you`: this desk's."""

    id: str
    name: str
    role: str
    government: str
    topic: str
    state: str
    devices: tuple[DeviceRow, ...]
    guardian: bool
    vouched_by: tuple[str, ...]
    you: bool


@dataclass(frozen=True, slots=True)
class InvitationRow:
    """An invitation that this desk made. `device`: for a further device of `person`, not for a new person; `state`: open,
    used or over; times in milliseconds."""

    nonce: str
    person: str
    role: str
    government: str
    topic: str
    device: bool
    made: int
    until: int
    state: str


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """What waits for others. `id`: of the act that proposes it; `kind`: of that act; `about`: in words; `backed_by`: the
    names of those who are for it; `waits_for`: in words, whose act is missing; `words`: the safety words of the device that
    it would let in, empty where it lets in none; `can_second`, `can_withdraw`: whether this desk's person can."""

    id: str
    kind: str
    about: str
    person: str
    by: str
    at: int
    until: int
    backed_by: tuple[str, ...]
    waits_for: str
    words: str
    placed: bool
    can_second: bool
    can_withdraw: bool


@dataclass(frozen=True, slots=True)
class GuardiansRow:
    """The guardians: their names, how many of them act together, which of them can act now; `ready`: whether they hold
    shares of a key that opens the staff's ring; `renew`: why the head should name them anew, or empty."""

    people: tuple[str, ...]
    need: int
    able: tuple[str, ...]
    ready: bool
    renew: str


@dataclass(frozen=True, slots=True)
class Roll:
    """All of it. `guardians` is None where none were named."""

    people: tuple[PersonRow, ...]
    invitations: tuple[InvitationRow, ...]
    proposals: tuple[ProposalRow, ...]
    guardians: GuardiansRow | None


def roll(desk: Desk) -> Roll:
    """The office's people as this desk knows them, tentative acts included."""
    office = desk.office
    came = _came(desk.ledger.folds.office_verdicts())
    people = tuple(_person(desk, office, one, came) for one in office.people.values())
    waits = tuple(_proposal(desk, office, one) for one in office.proposals.values() if one.until >= desk.clock.now_ms())
    return Roll(people, _invitations(desk, office), waits, _guardians(office))


def _came(verdicts: list[Verdict]) -> dict[str, tuple[int, bool]]:
    """When each device came in, and whether that is placed."""
    made: dict[str, tuple[int, bool]] = {}
    for one in verdicts:
        if one.counts and one.event.header.kind in ("office.founded", "member.admitted", "device.added"):
            device = getattr(one.act, "sign", one.by.device)
            made[device] = one.event.stamp or one.event.header.at, one.event.place is not None
    return made


def _person(desk: Desk, office: Office, one: Person, came: dict[str, tuple[int, bool]]) -> PersonRow:
    devices = tuple(
        DeviceRow(
            device, "revoked" if one.retired or device in office.gone else "active", device == desk.device,
            *came.get(device, (0, False)), tuple(office.people[by].name for by in office.vouched.get(device, ())),
        )
        for device in one.devices
    )  # fmt: skip
    return PersonRow(
        one.id, one.name, one.role, one.government, one.topic, "retired" if one.retired else "active", devices,
        is_guardian(office, one.id), tuple(office.people[by].name for by in one.vouched), one.id == desk.person.id,
    )  # fmt: skip


def _invitations(desk: Desk, office: Office) -> tuple[InvitationRow, ...]:
    made = []
    for name, text in desk.store.metas(INVITED).items():
        said, nonce = json.loads(text), name.removeprefix(INVITED)
        state = "used" if nonce in office.invited else "over" if desk.clock.now_ms() > said["until"] else "open"
        made.append(InvitationRow(
            nonce, said["person"], said["role"], said["government"], said["topic"],
            bool(said["device"]), said["made"], said["until"], state,
        ))  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.made))


def about(office: Office, one: Proposed) -> tuple[str, str]:
    """Whom something that waits for others is about, and what it is, in words. The name is empty for guardians and
    templates."""
    act = one.act
    if one.kind == "guardians.named":
        names = ", ".join(office.people[person].name for person in act.people)
        return "", f"guardians: {names}; {act.need} of them act together"
    if one.kind == "template.adopted":
        said = " / ".join(" ".join(parts) for parts in act.texts.values())
        return "", f"the emergency template “{act.name}”: {said}"
    person = act.name if one.kind == "member.admitted" else office.people[act.person].name
    if one.kind == "device.added":
        return person, f"a further device of {person}"
    role = f"{act.role} for {act.government}" if act.government else act.role
    return person, f"{person} as {role}"


def proposal_words(office: Office, one: Proposed) -> str:
    """The safety words of the device that a proposal would let in; empty where it lets in none."""
    from g20desk.desk.joining import safety_words

    if one.kind not in ("member.admitted", "device.added"):
        return ""
    return safety_words(office.id, one.act.sign, one.act.box, one.act.nonce)


def _proposal(desk: Desk, office: Office, one: Proposed) -> ProposalRow:
    act, event = one.act, desk.store.get(one.id)
    person, words = about(office, one)
    waits = act.lacks(office, one.devices)
    by = office.devices.get(one.devices[0], "")
    backed = [office.author(device) for device in one.devices]
    return ProposalRow(
        one.id, one.kind, words, person, office.people[by].name, one.at, one.until,
        tuple(dict.fromkeys(one.name for one in backed if one.person)), waits, proposal_words(office, one),
        event is not None and event.place is not None,
        may_join(office, one, desk.device),
        by == desk.person.id or desk.person.role == "head",
    )  # fmt: skip


def _guardians(office: Office) -> GuardiansRow | None:
    found = office.guardians
    if found is None:
        return None
    names = tuple(office.people[one].name for one in found.people)
    able = tuple(office.people[one].name for one in able_guardians(office))
    ready = not found.spent and all(found.key in epoch.devices for epoch in office.epochs.values())
    return GuardiansRow(names, found.need, able, ready, renewal(office))
