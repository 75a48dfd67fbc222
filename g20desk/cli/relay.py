"""`relay`: the accounts that are asked to carry a line."""

from __future__ import annotations

from typing import Any

import click

from g20desk.cli import findings
from g20desk.cli.output import JSON, WHY, Where, reason, say, table
from g20desk.cli.writing import read


@click.group()
def relay() -> None:
    """Ask accounts of the Presidency or of members to carry a line."""


@relay.command("ask")
@click.argument("line")
@click.option("--to", "to", multiple=True, required=True, help="An account; may be repeated.")
@click.option("--by", default="", help="By when: 2026-11-30T18:00[Europe/Rome]")
@WHY
@JSON
@click.pass_obj
def relay_ask(where: Where, line: str, to: tuple[str, ...], by: str, why: str, as_json: bool) -> None:
    """Ask accounts to carry an agreed line."""
    from g20desk.desk.times import moment

    desk = where.desk()
    until = moment(by, desk.clock.now_ms())[0] if by else 0
    made = desk.relays.ask(line, to, until, why)
    say({"relays": made}, as_json, "\n".join(f"{one['relay'][:12]}  {one['account']}" for one in made))


@relay.command("adopt")
@click.argument("relay")
@click.option(
    "--text", default="", metavar="FILE", help="What it says there, where that is more than the line; - reads it."
)
@click.option("--lang", default="", help="The language of the text.")
@click.option("--at", default="", help="When it goes out: now, or a time.")
@JSON
@click.pass_obj
def relay_adopt(where: Where, relay: str, text: str, lang: str, at: str, as_json: bool) -> None:
    """The account's own communicator takes the line on; locked phrases must stand."""
    from g20desk.desk.times import moment

    desk = where.desk()
    when = moment(at, desk.clock.now_ms())[0] if at else None
    made = desk.relays.adopt(relay, read(text) if text else None, lang, when)
    say(made, as_json, "\n".join(["Adopted.", *findings.listed(made["findings"])]))


@relay.command("decline")
@click.argument("relay")
@WHY
@JSON
@click.pass_obj
def relay_decline(where: Where, relay: str, why: str, as_json: bool) -> None:
    """The account's own communicator does not carry the line."""
    desk = where.desk()
    desk.relays.decline(relay, reason(why))
    say({"relay": desk.relays.get(relay)[0]}, as_json, "Declined.")


@relay.command("withdraw")
@click.argument("relay")
@WHY
@JSON
@click.pass_obj
def relay_withdraw(where: Where, relay: str, why: str, as_json: bool) -> None:
    """The office takes back what it asked, as long as nothing of it is out."""
    desk = where.desk()
    desk.relays.withdraw(relay, reason(why))
    say({"relay": desk.relays.get(relay)[0]}, as_json, "Taken back.")


@relay.command("leave")
@click.argument("relay")
@WHY
@JSON
@click.pass_obj
def relay_leave(where: Where, relay: str, why: str, as_json: bool) -> None:
    """The office leaves as it is what an account made of a line."""
    desk = where.desk()
    desk.relays.leave(relay, reason(why))
    say({"relay": desk.relays.get(relay)[0]}, as_json, "Left as it is.")


@relay.command("list")
@click.option("--open", "open_only", is_flag=True, help="Only those that still wait for a post to go out.")
@JSON
@click.pass_obj
def relay_list(where: Where, open_only: bool, as_json: bool) -> None:
    """All relays, the newest first."""
    rows = where.desk().relays.rows(open_only)
    say(rows, as_json, table([[r["relay"][:12], r["state"], r["account"], r["why"]] for r in rows]) or "No relays.")


@relay.command("show")
@click.argument("relay")
@JSON
@click.pass_obj
def relay_show(where: Where, relay: str, as_json: bool) -> None:
    """How a relay stands: whether the locked phrases stand, and how far it drifted from the line."""
    shown: dict[str, Any] = where.desk().relays.show(relay)
    marks = {"same": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    words = [f"{shown['account']}: {shown['state']}, drift {shown['drift']:.2f}", shown["url"] or shown["why"]]
    words += [
        f"[{lang}] " + " ".join(marks[what].format(run) for what, run in runs) for lang, runs in shown["diff"].items()
    ]
    say(shown, as_json, "\n".join(words))
