"""The office as rows: what waits for a second person, who is in it, who is invited, the guardians."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from g20desk.desk.roll import GuardiansRow, InvitationRow, PersonRow, ProposalRow, Roll
from g20desk.office.state import ROLES
from ui.rows import Row
from ui.texts import ROLES as ROLE_WORDS
from ui.texts import comma, isolated, land, reason, span, t

PERSON, PROPOSAL, INVITATION, GUARDIANS = "person/", "proposal/", "invitation/", "guardians"
PROPOSALS = {
    "member.admitted": "A new person",
    "device.added": "A further device",
    "role.given": "Another role",
    "guardians.named": "New guardians",
    "template.adopted": "A template for emergencies",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is quiet in an office: its name and safety words; whether this desk keeps the order; where else it is kept, empty where
    nobody else does; who is at this desk; whether they may invite and let go; the order's last place; where people get notices, by person; the mail server of this desk, empty for those who do not
    publish; `no_invite`: why this person invites nobody; `presidency`: the government that holds it."""

    name: str
    words: str
    keeps: bool
    address: str
    you: Any
    head: bool
    place: int
    rehearsal: bool
    mails: dict[str, str] = field(default_factory=dict)
    mail: dict[str, Any] = field(default_factory=dict)
    no_invite: str = ""
    presidency: str = ""


def role_of(role: str, government: str, topic: str = "", holder: str = "") -> str:
    """`Liaison, Brazil` and the like; the communicator of the government that holds the Presidency (`holder`) is the Presidency."""
    held = role == "presidency" and holder and government == holder
    parts = [
        t("Presidency") if held else t(ROLE_WORDS.get(role, role)),
        land(government) if government else "",
        isolated(topic) if topic else "",
    ]
    return comma().join(part for part in parts if part)


def devices_of(person: PersonRow) -> str:
    """How many devices somebody signs with."""
    active = sum(one.state == "active" for one in person.devices)
    return t("{n} devices", n=active) if active != 1 else t("1 device")


def person_row(one: PersonRow, holder: str = "") -> Row:
    """A person; `holder`: whose Presidency it is."""
    gone = one.state == "retired"
    marks = [t("You")] if one.you else []
    marks += [t("Guardian")] if one.guardian else []
    waits = not gone and not all(device.placed for device in one.devices)
    return Row(
        f"{PERSON}{one.id}", isolated(one.name), role_of(one.role, one.government, one.topic, holder),
        "minus" if gone else "key-round", "text3" if gone else "text2",
        "" if gone else devices_of(one), "text2" if gone else "text",
        t("Has left") if gone else t("Not yet in the record") if waits else comma().join(marks),
        spoken=t("Has left") if gone else "",
    )  # fmt: skip


def proposal_row(one: ProposalRow) -> Row:
    """What waits for others."""
    act = t("Look") if one.can_second else ""
    return Row(
        f"{PROPOSAL}{one.id}", about(one), t("Waits for {whom}", whom=reason(one.waits_for)), "hourglass", "warn",
        t("Waits for you") if one.can_second else "", "warn", t("proposed by {who}", who=isolated(one.by)), act,
        spoken=t("Waits for a second person"),
    )  # fmt: skip


def about(one: ProposalRow) -> str:
    """What a proposal is."""
    what = t(PROPOSALS.get(one.kind, "Something new"))
    return f"{what}{t(':')} {isolated(one.person)}" if one.person else what


def invitation_row(one: InvitationRow, now: int) -> Row:
    """Somebody who has not answered yet."""
    what = t("With a further device") if one.device else role_of(one.role, one.government, one.topic)
    left = span(one.until - now) if one.until > now else ""
    under = t("until it is over") if left else t("It is over")
    return Row(
        f"{INVITATION}{one.nonce}", isolated(one.person), f"{t('Invited')} · {what}", "ticket", "text2" if left else "text3", left, "text",
        under,
    )  # fmt: skip


def guardians_row(one: GuardiansRow | None) -> Row:
    """Those who make a new head when the only one's desk is lost."""
    if one is None:
        line = t("Nobody could take over if the only head's desk were lost.")
        return Row(GUARDIANS, t("No guardians named"), line, "shield-check", "warn")
    names = comma().join(isolated(name) for name in one.people)
    right = t("{n} of {all} act together", n=one.need, all=len(one.people))
    tone = "warn" if one.renew or not one.ready else "text2"
    return Row(GUARDIANS, t("Guardians"), reason(one.renew) if one.renew else names, "shield-check", tone, right)


def rows_of(roll: Roll, now: int, holder: str = "") -> list[Row]:
    """All of it: what waits first, then who is here, then who is invited, then who has left."""
    people = sorted(roll.people, key=lambda one: (ROLES.index(one.role), one.government, one.name.casefold()))
    here = [person_row(one, holder) for one in people if one.state != "retired"]
    left = [person_row(one) for one in people if one.state == "retired"]
    open_ = [invitation_row(one, now) for one in roll.invitations if one.state == "open"]
    return [*(proposal_row(one) for one in roll.proposals), *here, *open_, guardians_row(roll.guardians), *left]
