"""`plan`: the timetable of a day: who says what, where and when; what moves together, and what clashes."""

from __future__ import annotations

from typing import Any

import click

from g20desk.cli.output import JSON, WHY, Where, reason, say, table
from g20desk.errors import Usage


@click.group()
def plan() -> None:
    """The plan of a day: lines, accounts, languages and embargoes, read by all members."""


@plan.command("new")
@click.argument("name")
@click.option("--day", required=True, help="The day: 2026-11-30")
@click.option("--zone", required=True, help="Whose clock it goes by: Africa/Johannesburg")
@JSON
@click.pass_obj
def plan_new(where: Where, name: str, day: str, zone: str, as_json: bool) -> None:
    """Open a plan for a day."""
    made = where.desk().plans.new(name, day, zone)
    say({"plan": made}, as_json, f"Plan {made}")


@plan.command("list")
@JSON
@click.pass_obj
def plan_list(where: Where, as_json: bool) -> None:
    """All plans, the latest day first."""
    rows = where.desk().plans.rows()
    words = [[r["plan"][:12], r["day"], r["name"], f"{r['entries']} entries", r["state"]] for r in rows]
    say(rows, as_json, table(words) or "No plans.")


@plan.command("show")
@click.argument("plan")
@JSON
@click.pass_obj
def plan_show(where: Where, plan: str, as_json: bool) -> None:
    """The entries of a plan in the order of their times, and what clashes, each with a way out."""
    found = where.desk().plans.show(plan)
    lines = [
        f"{found['name']}, {found['day']} ({found['zone']}), {found['state']}",
        "",
        table([_row(e) for e in found["entries"]]),
    ]
    lines += ["", *(f"Clash: {one['message']} {one['way']['message']}" for one in found["clashes"])]
    say(found, as_json, "\n".join(lines).rstrip())


def _row(entry: dict[str, Any]) -> list[str]:
    embargo = f"embargo until {entry['embargo']}" if entry["embargo"] else ""
    linked = f"moves with {len(entry['linked'])}" if entry["linked"] else ""
    return [entry["entry"][:12], entry["at"] or "no time", entry["state"], entry["title"][:60],
            ", ".join(entry["accounts"]), " ".join(entry["langs"]), embargo, linked]  # fmt: skip


@plan.command("set")
@click.argument("plan")
@click.argument("entry", default="")
@click.option("--at", help="When: 09:00 on the plan's day, or 2026-11-30T09:00[Europe/Rome]; empty: no time yet.")
@click.option("--minutes", type=click.IntRange(0), help="For how long.")
@click.option("--title", help="What it is; all members read it.")
@click.option("--message", default="", help="The message that it is of.")
@click.option("--line", default="", help="The line that is to be said.")
@click.option("--relay", default="", help="The relay that it is of.")
@click.option("--to", "accounts", multiple=True, help="An account; may be repeated.")
@click.option("--lang", "langs", multiple=True, help="A language; may be repeated.")
@click.option("--topic", help="What it is about.")
@click.option("--embargo", help="Nothing of this topic or line is said before: a time as in --at; empty: none.")
@JSON
@click.pass_obj
def plan_set(
    where: Where, plan: str, entry: str, at: str | None, minutes: int | None, title: str | None, message: str, line: str,
    relay: str, accounts: tuple[str, ...], langs: tuple[str, ...], topic: str | None, embargo: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Put an entry into a plan, or change the ENTRY that is named; what is left out stays as it is. To move what is linked with
    it too: plan move."""
    plans = where.desk().plans
    found = plans.get(plan)
    fields: dict[str, Any] = {
        "accounts": accounts or None,
        "langs": list(langs) or None,
        "topic": topic,
        "minutes": minutes,
    }
    fields |= {name: None if text is None else plans.when(found, text) if text else 0
               for name, text in (("at", at), ("not_before", embargo))}  # fmt: skip
    fields["what"] = plans.what(message, line, relay) or None
    made = plans.put(plan, {name: one for name, one in fields.items() if one is not None}, entry, title)
    shown = next(one for one in plans.show(plan)["entries"] if one["entry"] == made)
    say(shown, as_json, "  ".join(filter(None, _row(shown))))


@plan.command("drop")
@click.argument("plan")
@click.argument("entries", nargs=-1, required=True)
@WHY
@JSON
@click.pass_obj
def plan_drop(where: Where, plan: str, entries: tuple[str, ...], why: str, as_json: bool) -> None:
    """Take entries out of a plan; their messages stay as they are."""
    say({"dropped": where.desk().plans.drop(plan, entries, why)}, as_json, "Taken out of the plan.")


@plan.command("link")
@click.argument("plan")
@click.argument("entries", nargs=-1, required=True)
@click.option("--apart", is_flag=True, help="Link them no more.")
@JSON
@click.pass_obj
def plan_link(where: Where, plan: str, entries: tuple[str, ...], apart: bool, as_json: bool) -> None:
    """Let entries move together, or no more."""
    made = where.desk().plans.link(plan, entries, not apart)
    say({"linked": [] if apart else made, "let_go": made if apart else []}, as_json,
        f"{len(made)} entries move {'by themselves' if apart else 'together'}.")  # fmt: skip


@plan.command("move")
@click.argument("plan")
@click.argument("entry")
@click.option("--at", required=True, help="To when: 09:00 on the plan's day, or 2026-11-30T09:00[Europe/Rome].")
@click.option("--leave", is_flag=True, help="What can't move stays where it is; without this, nothing moves then.")
@click.option("--look", is_flag=True, help="Sign nothing; say what would move, and what each would meet.")
@click.option("--despite-mourning", is_flag=True, help="They go out on a day of mourning all the same, with a reason.")
@WHY
@JSON
@click.pass_obj
def plan_move(
    where: Where,
    plan: str,
    entry: str,
    at: str,
    leave: bool,
    look: bool,
    despite_mourning: bool,
    why: str,
    as_json: bool,
) -> None:
    """Move an entry and all that is linked with it, all or none. Posts of the office are scheduled anew; a government is asked
    for another time, and its post is its own to move."""
    if despite_mourning and look:
        raise Usage("usage", "--look signs nothing.", "Leave one of the two out.")
    plans = where.desk().plans
    to = plans.when(plans.get(plan), at)
    despite = reason(why) if despite_mourning else ""
    steps = plans.moving(plan, entry, to) if look else plans.move(plan, entry, to, leave, despite)
    rows = [one.as_json() for one in steps]
    words = [f"{r['was']} → {r['to']}  {r['title'][:60]}  " + (r["note"] if r["moves"] else f"stays: {r['why_not']}")
             for r in rows]  # fmt: skip
    words += [f"! {said}" for r in rows for said in r["meets"]]
    say({"moved": not look, "entries": rows}, as_json, "\n".join(words))


@plan.command("close")
@click.argument("plan")
@WHY
@JSON
@click.pass_obj
def plan_close(where: Where, plan: str, why: str, as_json: bool) -> None:
    """Close a plan: it stays as it is."""
    say({"plan": where.desk().plans.close(plan, why)}, as_json, "Closed.")
