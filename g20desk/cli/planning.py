"""`slot`, `recurring`: when the office likes to publish, and what it says again and again."""

from __future__ import annotations

import click

from g20desk.cli.output import JSON, WHY, Where, reason, say, table


def written(days: list[int], every: str = "week") -> str:
    """Days as they are typed."""
    from g20desk.desk.days import WEEK

    return ",".join(WEEK[day - 1] if every == "week" else "last" if day == -1 else str(day) for day in days)


@click.group()
def slot() -> None:
    """Times of the week at which the office likes to publish; offered, never binding."""


@slot.command("add")
@click.argument("name")
@click.option("--on", required=True, help="Days of the week: mon,thu")
@click.option("--at", required=True, help="The local time: 09:00")
@click.option("--zone", required=True, help="Whose clock: Europe/Rome")
@click.option("--account", "accounts", multiple=True, help="Only for this account; may be repeated.")
@JSON
@click.pass_obj
def slot_add(where: Where, name: str, on: str, at: str, zone: str, accounts: tuple[str, ...], as_json: bool) -> None:
    """Set a slot; one of the same name is replaced."""
    from g20desk.desk import days

    slots = where.desk().slots
    slots.put(name, days.of_week(on), at, zone, accounts)
    row = next(one for one in slots.rows() if one["slot"] == name)
    say(row, as_json, f"Next: {row['next']}")


@slot.command("list")
@JSON
@click.pass_obj
def slot_list(where: Where, as_json: bool) -> None:
    """All slots, and when each comes next."""
    rows = where.desk().slots.rows()
    words = [[r["slot"], written(r["days"]), f"{r['time']} {r['zone']}", ", ".join(r["accounts"]) or "all accounts",
              str(r["next"])] for r in rows]  # fmt: skip
    say(rows, as_json, table(words) or "No slots.")


@slot.command("free")
@click.argument("message")
@JSON
@click.pass_obj
def slot_free(where: Where, message: str, as_json: bool) -> None:
    """The next slots that are free for a message, on all its accounts."""
    from g20desk.clock import iso

    rows = [{"slot": one.name, "at": iso(at), "zone": one.zone} for at, one in where.desk().slots.free(message)]
    say(rows, as_json, table([[r["at"], r["slot"]] for r in rows]) or "No slot is free.")


@slot.command("drop")
@click.argument("name")
@JSON
@click.pass_obj
def slot_drop(where: Where, name: str, as_json: bool) -> None:
    """Offer a slot no more."""
    where.desk().slots.drop(name)
    say({"slot": name}, as_json, "Dropped.")


@click.group()
def recurring() -> None:
    """Messages that come back; each time a draft is made, never a post."""


@recurring.command("add")
@click.argument("message")
@click.option("--every", type=click.Choice(["week", "month"]), required=True, help="week or month")
@click.option("--on", required=True, help="Days of the week (mon,thu) or of the month (1,15,last).")
@click.option("--at", required=True, help="The local time that is meant: 09:00")
@click.option("--zone", required=True, help="Whose clock: Europe/Rome")
@click.option("--ahead", default=3, show_default=True, help="How many days ahead the draft is made.")
@JSON
@click.pass_obj
def recurring_add(
    where: Where, message: str, every: str, on: str, at: str, zone: str, ahead: int, as_json: bool
) -> None:
    """Let a message come back: its newest text becomes a draft, so many days ahead of each day."""
    from g20desk.desk import days

    recurrings = where.desk().recurrings
    chosen = days.of_week(on) if every == "week" else days.of_month(on)
    made = recurrings.put(message, every, chosen, at, zone, ahead)
    row = next(one for one in recurrings.rows() if one["recurring"] == made)
    say(row, as_json, "Next: " + ", ".join(row["next"]))


@recurring.command("list")
@JSON
@click.pass_obj
def recurring_list(where: Where, as_json: bool) -> None:
    """Messages that come back, their next days, and those for which a draft is made."""
    rows = where.desk().recurrings.rows()
    words = [[r["recurring"][:12], r["title"], f"{r['every']}: {written(r['days'], r['every'])}",
              f"{r['time']} {r['zone']}", ", ".join(r["next"][:1])] for r in rows]  # fmt: skip
    say(rows, as_json, table(words) or "Nothing comes back.")


@recurring.command("end")
@click.argument("id", default="")
@WHY
@JSON
@click.pass_obj
def recurring_end(where: Where, id: str, why: str, as_json: bool) -> None:
    """Make no more drafts of it; those that were made stay."""
    say({"recurring": where.desk().recurrings.end(id, reason(why))}, as_json, "Ended.")
