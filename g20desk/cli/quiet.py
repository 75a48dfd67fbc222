"""`embargo`, `mourning`: times at which nothing may go out, or nothing cheerful."""

from __future__ import annotations

import click

from g20desk.cli.output import JSON, WHY, Where, reason, say, table
from g20desk.errors import Usage


@click.group()
def embargo() -> None:
    """Let nothing out before a time."""


@embargo.command("place")
@click.option("--until", required=True, help="When it ends: 2026-11-30T18:00[Europe/Rome]")
@WHY
@click.option("--topic", default="", help="Only messages on this topic.")
@click.option("--account", default="", help="Only this account.")
@JSON
@click.pass_obj
def embargo_place(where: Where, until: str, why: str, topic: str, account: str, as_json: bool) -> None:
    """Let nothing be scheduled or sent before a time."""
    from g20desk.clock import iso
    from g20desk.desk.times import moment

    desk = where.desk()
    at, _ = moment(until, desk.clock.now_ms())
    made = desk.embargoes.place(at, reason(why), topic, account)
    say({"embargo": made, "until": iso(at)}, as_json, f"Under embargo until {iso(at)}.")


@embargo.command("list")
@JSON
@click.pass_obj
def embargo_list(where: Where, as_json: bool) -> None:
    """Embargoes in force."""
    rows = where.desk().embargoes.rows()
    words = [[r["embargo"][:12], r["until"], r["account"] or r["topic"] or "everything", f"{r['by']}: {r['why']}"]
             for r in rows]  # fmt: skip
    say(rows, as_json, table(words) or "No embargoes.")


@embargo.command("lift")
@click.argument("id", default="")
@WHY
@JSON
@click.pass_obj
def embargo_lift(where: Where, id: str, why: str, as_json: bool) -> None:
    """Propose to lift an embargo; a second person's call lifts it. The head is one of the two."""
    made = where.desk().embargoes.lift(id, why)
    say(made, as_json, "Lifted." if made["lifted"] else "Noted: lifting takes two people, the head one of them.")


@click.group()
def mourning() -> None:
    """Days of mourning."""


@mourning.command("declare")
@click.option("--government", default="", help="Whose day it is, by its two letters.")
@click.option("--all", "of_all", is_flag=True, help="A day of all: every account keeps it.")
@click.option("--on", "first", required=True, help="The day, or the first of several: 2026-11-30")
@click.option("--to", "last", default="", help="The last day.")
@click.option("--zone", "zones", multiple=True, help="Where it is that day; else the government's own time zones.")
@click.option("--official", is_flag=True, help="The office's own accounts keep it too.")
@WHY
@JSON
@click.pass_obj
def mourning_declare(
    where: Where, government: str, of_all: bool, first: str, last: str, zones: tuple[str, ...], official: bool,
    why: str, as_json: bool,
) -> None:  # fmt: skip
    """On these days only condolences and statements go out by themselves; all else waits for a person."""
    if bool(government) == of_all:
        raise Usage("usage", "Say either --government CC or --all.", "See: g20desk mourning declare --help")
    made = where.desk().mournings.declare(first, reason(why), government, last, zones, official)
    row = next(one for one in where.desk().mournings.rows() if one["mourning"] == made)
    say(row, as_json, f"From {row['since']} to {row['until']}.")


@mourning.command("list")
@JSON
@click.pass_obj
def mourning_list(where: Where, as_json: bool) -> None:
    """Days of mourning that are to come or are now."""
    rows = where.desk().mournings.rows()
    words = [[r["mourning"][:12], r["first"], r["last"], r["government"] or "all",
              "official accounts too" if r["official"] else "", f"{r['by']}: {r['why']}"] for r in rows]  # fmt: skip
    say(rows, as_json, table(words) or "No days of mourning.")


@mourning.command("end")
@click.argument("id", default="")
@WHY
@JSON
@click.pass_obj
def mourning_end(where: Where, id: str, why: str, as_json: bool) -> None:
    """Take a day of mourning out of the register."""
    say({"mourning": where.desk().mournings.end(id, why)}, as_json, "Ended.")
