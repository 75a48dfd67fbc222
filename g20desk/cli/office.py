"""`office`: founding one, and who is in it."""

from __future__ import annotations

import click

from g20desk.cli.output import JSON, Where, say, table


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
