"""`office`: founding one, and who is in it."""

from __future__ import annotations

from typing import TextIO

import click

from g20desk.cli import keeping
from g20desk.cli.output import JSON, WHY, Where, reason, say, table


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
    """People, accounts, holds, and the office's safety words."""
    from g20desk.office.words import words

    now = where.desk().office
    people = [
        {"name": p.name, "role": p.role, "government": p.government, "devices": len(p.devices),
         "state": "retired" if p.retired else "active"}
        for p in now.people.values()
    ]  # fmt: skip
    value = {
        "id": now.id,
        "name": now.name,
        "people": people,
        "accounts": sum(not a.removed for a in now.accounts.values()),
        "holds": sum(not h.lifted for h in now.holds.values()),
        "safety_words": " ".join(words(now.id, 6)),
    }
    rows = [[str(p["name"]), str(p["role"]), str(p["government"]), str(p["state"])] for p in people]
    head = f"{now.name}: {value['accounts']} accounts, {value['holds']} holds\nSafety words: {value['safety_words']}"
    say(value, as_json, f"{head}\n{table(rows)}")


@office.command("invite")
@click.argument("name")
@click.option(
    "--role", required=True, help="head, officer, liaison, presidency, expert, analyst, observer or publisher."
)
@click.option("--government", default="", help="The two letters of the government that they speak for.")
@click.option("--topic", default="", help="What an expert is asked about.")
@click.pass_obj
def office_invite(where: Where, name: str, role: str, government: str, topic: str) -> None:
    """An invitation for a person, good once and for two weeks; send it to them as it is."""
    from g20desk.desk.joining import invite

    click.echo(invite(where.desk(), name, role, government, topic))


@office.command("join")
@click.argument("invitation", type=click.File(encoding="utf-8"))
@click.pass_obj
def office_join(where: Where, invitation: TextIO) -> None:
    """Make a new desk that answers an invitation. Send back what it prints; say the safety words to the head."""
    from g20desk.desk.joining import join

    request, shown = join(where.folder, invitation.read())
    click.echo(request)
    click.echo(f"Safety words: {shown}", err=True)


@office.command("admit")
@click.argument("request", type=click.File(encoding="utf-8"))
@click.option("--words", default=None, help="The safety words that the newcomer said; refused where they differ.")
@JSON
@click.pass_obj
def office_admit(where: Where, request: TextIO, words: str | None, as_json: bool) -> None:
    """Take in who answered an invitation."""
    from g20desk.desk.joining import admit

    name, shown = admit(where.desk(), request.read(), words)
    said = "" if words is not None else " Compare the words with the newcomer before you rely on it."
    say({"person": name, "safety_words": shown}, as_json, f"{name} is in the office. Safety words: {shown}.{said}")


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
