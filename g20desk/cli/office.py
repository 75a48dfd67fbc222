"""`office`: founding one, who is in it, and who has to be for what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TextIO

import click

from g20desk.cli import handing_over, hours, keeping
from g20desk.cli.output import JSON, WHY, Where, reason, say, table, tell
from g20desk.clock import iso
from g20desk.errors import Usage

if TYPE_CHECKING:
    from g20desk.desk.roll import Roll


@click.group()
def office() -> None:
    """The office and its people."""


@office.command("new")
@click.argument("name")
@click.option("--head", required=True, help="The full name of the founding head.")
@click.option("--rehearsal", is_flag=True, help="A practice office with people and accounts.")
@JSON
@click.pass_obj
def office_new(where: Where, name: str, head: str, rehearsal: bool, as_json: bool) -> None:
    """Found an office in a new or empty folder."""
    from g20desk.desk import Desk

    desk = Desk.found(where.folder, name, head, rehearsal=rehearsal)
    say({"office": desk.office.id, "person": head}, as_json, f"Founded {name}. You are {head}, its head.")


@office.command("show")
@JSON
@click.pass_obj
def office_show(where: Where, as_json: bool) -> None:
    """People and their devices, guardians, what waits for others, accounts, holds, and the office's safety words."""
    from g20desk.office.words import words

    desk = where.desk()
    now, roll = desk.office, desk.people.roll()
    people = [
        {
            "name": p.name, "role": p.role, "government": p.government, "topic": p.topic, "devices": len(p.devices),
            "state": p.state, "guardian": p.guardian, "vouched_by": list(p.vouched_by),
            "device_list": [{"id": d.id, "state": d.state, "here": d.here, "vouched_by": list(d.vouched_by)} for d in p.devices],
        }
        for p in roll.people
    ]  # fmt: skip
    guards = roll.guardians
    value = {
        "id": now.id,
        "name": now.name,
        "people": people,
        "accounts": sum(not a.removed for a in now.accounts.values()),
        "holds": sum(not h.lifted for h in now.holds.values()),
        "safety_words": " ".join(words(now.id, 6)),
        "guardians": None if guards is None else {
            "people": list(guards.people), "need": guards.need, "able": list(guards.able), "ready": guards.ready,
            "renew": guards.renew,
        },
        "waiting": [
            {"proposal": one.id, "about": one.about, "person": one.person, "by": one.by, "backed_by": list(one.backed_by),
             "waits_for": one.waits_for, "until": iso(one.until), "safety_words": one.words, "yours": one.can_second}
            for one in roll.proposals
        ],
        "invitations": [
            {"person": one.person, "role": one.role, "government": one.government, "device": one.device,
             "until": iso(one.until), "state": one.state}
            for one in roll.invitations
        ],
    }  # fmt: skip
    say(value, as_json, _shown(roll, str(now.name), value))


def _shown(roll: Roll, name: str, value: dict[str, Any]) -> str:
    """For people."""
    made = [f"{name}: {value['accounts']} accounts, {value['holds']} holds", f"Safety words: {value['safety_words']}"]
    made.append(table([
        [p.name, p.role, p.government, p.state + (", guardian" if p.guardian else ""),
         " ".join(d.id[:12] + ("" if d.state == "active" else " (revoked)") for d in p.devices)]
        for p in roll.people
    ]))  # fmt: skip
    if roll.guardians:
        made.append(f"Guardians: {', '.join(roll.guardians.people)}; {roll.guardians.need} of them act together.")
        if roll.guardians.renew:
            made.append(f"Name guardians anew: {roll.guardians.renew}.")
    for one in roll.proposals:
        made.append(
            f"Waits for {one.waits_for}: {one.about} (by {one.by}, until {iso(one.until)}; safety words: "
            f"{one.words or 'none'}). To join: g20desk office second {one.id[:12]}"
        )
    made += [f"Invited: {one.person}, until {iso(one.until)}" for one in roll.invitations if one.state == "open"]
    return "\n".join(made)


@office.command("invite")
@click.argument("name", default="")
@click.option("--role", default="", help="head, officer, liaison, presidency, expert, analyst, observer or publisher.")
@click.option("--government", default="", help="The two letters of the government that they speak for.")
@click.option("--topic", default="", help="What an expert is asked about.")
@click.option("--device", is_flag=True, help="For a further device: yours, or for a guardian that of a head, by NAME.")
@click.pass_obj
def office_invite(where: Where, name: str, role: str, government: str, topic: str, device: bool) -> None:
    """An invitation for a person, or a further device, good once and for two weeks; send it to them as it is."""
    people = where.desk().people
    if device and (role or government or topic):
        raise Usage(
            "usage", "A further device is of a person as they are.", "Leave --role, --government and --topic out."
        )
    if not device and not (name and role):
        raise Usage(
            "usage", "Say whom, and as what.", "g20desk office invite NAME --role ROLE, or: office invite --device"
        )
    tell(people.invite_device(name) if device else people.invite(name, role, government.upper(), topic))


@office.command("join")
@click.argument("invitation", type=click.File(encoding="utf-8"))
@click.pass_obj
def office_join(where: Where, invitation: TextIO) -> None:
    """Make a new desk that answers an invitation. Send back what it prints; say the safety words to whoever invited you."""
    from g20desk.desk.joining import join

    request, shown = join(where.folder, invitation.read())
    tell(request)
    tell(f"Safety words: {shown}", err=True)


@office.command("admit")
@click.argument("request", type=click.File(encoding="utf-8"))
@click.option("--words", default=None, help="The safety words that the newcomer said; refused where they differ.")
@JSON
@click.pass_obj
def office_admit(where: Where, request: TextIO, words: str | None, as_json: bool) -> None:
    """Take in who answered an invitation: a person, or a further device. It may wait for somebody else's word then."""
    made = where.desk().people.admit(request.read(), words)
    said = "" if words is not None else " Compare the words with the newcomer before you rely on it."
    value = {"person": made.name, "safety_words": made.words, "waits_for": made.waits_for, "proposal": made.proposal}
    done = f"{made.name} is in the office." if not made.waits_for else _waits(made.waits_for, made.proposal)
    say(value, as_json, f"{done} Safety words: {made.words}.{said}")


def _waits(waits_for: str, proposal: str) -> str:
    return f"This waits for {waits_for}; they join it with: g20desk office second {proposal[:12]}."


@office.command("second")
@click.argument("proposal")
@click.option(
    "--words", default=None, help="The safety words that the newcomer said to you; refused where they differ."
)
@JSON
@click.pass_obj
def office_second(where: Where, proposal: str, words: str | None, as_json: bool) -> None:
    """Join what somebody proposed and waits for others (office show): PROPOSAL, or the name that it is about."""
    people = where.desk().people
    waits = people.second(proposal, words)
    done = "It counts now." if not waits else f"It still waits for {waits}."
    say({"proposal": proposal, "waits_for": waits}, as_json, done)


@office.command("withdraw")
@click.argument("proposal")
@WHY
@JSON
@click.pass_obj
def office_withdraw(where: Where, proposal: str, why: str, as_json: bool) -> None:
    """Take off the table what waits for others: PROPOSAL, or the name that it is about."""
    where.desk().people.withdraw(proposal, reason(why))
    say({"proposal": proposal, "withdrawn": True}, as_json, "It waits no more.")


@office.command("role")
@click.argument("name")
@click.option("--role", required=True, help="As in invite.")
@click.option("--government", default="", help="The two letters of the government that they speak for.")
@click.option("--topic", default="", help="What an expert is asked about.")
@WHY
@JSON
@click.pass_obj
def office_role(where: Where, name: str, role: str, government: str, topic: str, why: str, as_json: bool) -> None:
    """Give somebody another role. What the head can't take in alone for, the head can't give alone."""
    waits = where.desk().people.give_role(name, role, government.upper(), topic, reason(why))
    done = (
        f"{name} is {role} now." if not waits else f"This waits for {waits}; they join it with: g20desk office second."
    )
    say({"person": name, "role": role, "waits_for": waits}, as_json, done)


@office.command("guardians")
@click.argument("names", nargs=-1, required=True)
@click.option("--need", type=int, default=2, show_default=True, help="How many of them act together.")
@JSON
@click.pass_obj
def office_guardians(where: Where, names: tuple[str, ...], need: int, as_json: bool) -> None:
    """Name the guardians: people who together take in a new head where there is none any more. The first ones the head names
    alone; later ones with all but one of those who have to act together."""
    waits = where.desk().guardians.name(list(names), need)
    done = f"Guardians: {', '.join(names)}; {need} of them act together."
    done = f"This waits for {waits}; they join it with: g20desk office second." if waits else done
    say({"guardians": list(names), "need": need, "waits_for": waits}, as_json, done)


@office.command("revoke")
@click.argument("name")
@click.option("--device", default="", help="One device, by the beginning of its id; without it the person leaves.")
@WHY
@JSON
@click.pass_obj
def office_revoke(where: Where, name: str, device: str, why: str, as_json: bool) -> None:
    """Take a device out, or let a person go; new keys are opened for those who stay."""
    people = where.desk().people
    if device:
        people.revoke(name, device, reason(why))
    else:
        people.retire(name, reason(why))
    say({"person": name, "device": device}, as_json, f"{name} {'without that device' if device else 'has left'}.")


keeping.register(office)
hours.register(office)
handing_over.register(office)


@office.command("rules")
@click.option("--adopt", is_flag=True, help="Go over to the next version: the head and a second person.")
@JSON
@click.pass_obj
def office_rules(where: Where, adopt: bool, as_json: bool) -> None:
    """The version of the rules that decides here what counts, and the newest that this program knows."""
    from g20desk.desk.going_over import go_over, standing

    desk = where.desk()
    now = go_over(desk) if adopt else standing(desk)
    words = f"Version {now.version} is in force; this program knows {now.newest}."
    waits = f" Version {now.proposed} waits for a second person." if now.proposed else ""
    say({"version": now.version, "newest": now.newest, "proposed": now.proposed or None}, as_json, words + waits)
