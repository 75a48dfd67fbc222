"""`message approve`, `object`, … and what else becomes of a sign-off: reopening, extending, late objections, emergencies."""

from __future__ import annotations

from typing import Any

import click

from g20desk.cli import findings
from g20desk.cli.commenting import comment
from g20desk.cli.output import JSON, WHY, Where, reason, say, table
from g20desk.cli.writing import read
from g20desk.clock import iso

UNTIL = click.option("--until", default="", help="Until when: 2026-11-30T18:00[Europe/Rome]")


def _decision(answer: str) -> click.Command:
    @click.command(answer, help=f"Sign “{answer}” on exactly the content with this digest.")
    @click.argument("id")
    @click.option("--digest", required=True, help="The digest that you saw.")
    @WHY
    @click.option(
        "--text", "text", default="", metavar="FILE", help="An amendment: what it should say instead; - reads it."
    )
    @click.option("--lang", default="", help="The language of the amendment.")
    @JSON
    @click.pass_obj
    def decide(where: Where, id: str, digest: str, why: str, text: str, lang: str, as_json: bool) -> None:
        proposed = read(text) if text else None
        made = where.desk().signoffs.decide(id, answer, digest.lower(), why, proposed, lang)
        words = [f"Signed. The message is {made['state']}.", *findings.differing(made["differences"])]
        say(made, as_json, "\n".join(words))

    return decide


def _until(where: Where, until: str) -> int | None:
    from g20desk.desk.times import moment

    return moment(until, where.desk().clock.now_ms())[0] if until else None


@click.command("reopen")
@click.argument("id")
@UNTIL
@WHY
@JSON
@click.pass_obj
def reopen(where: Where, id: str, until: str, why: str, as_json: bool) -> None:
    """The head lays the same text before all again after its silence was broken."""
    where.desk().signoffs.reopen(id, reason(why), _until(where, until))
    shown = where.desk().messages.show(id)
    say({"message": shown["id"], "state": shown["state"]}, as_json, "\n".join(["Reopened.", *stages(shown["signoff"])]))


@click.command("extend")
@click.argument("id")
@UNTIL
@WHY
@JSON
@click.pass_obj
def extend(where: Where, id: str, until: str, why: str, as_json: bool) -> None:
    """The head gives the stage that is open more time; without --until as much again as its route gives it."""
    desk = where.desk()
    at = desk.signoffs.extend(id, reason(why), _until(where, until))
    say({"message": desk.messages.find(id), "until": iso(at)}, as_json, f"Extended until {iso(at)}.")


@click.command("lift")
@click.argument("id")
@WHY
@JSON
@click.pass_obj
def lift(where: Where, id: str, why: str, as_json: bool) -> None:
    """Propose to lift a late objection; a second person's call lifts it."""
    made = where.desk().signoffs.lift(id, reason(why))
    lifted = "Lifted. Nothing goes out by that alone: schedule the message again."
    say(made, as_json, lifted if made["lifted"] else "Noted: lifting takes two people.")


@click.command("release")
@click.argument("id")
@click.option("--emergency", "template", required=True, help="The template that the message was made from.")
@WHY
@JSON
@click.pass_obj
def release(where: Where, id: str, template: str, why: str, as_json: bool) -> None:
    """Release a message made from a cleared template: the first person proposes, the second releases."""
    made = where.desk().signoffs.release(id, template, reason(why))
    until = iso(made["until"])
    words = (
        f"Released: it may go out until {until}."
        if made["released"]
        else f"Noted: a second person releases it by {until}."
    )
    say({**made, "until": until}, as_json, words)


@click.command("review")
@click.argument("id")
@click.option("--misuse", is_flag=True, help="The release should not have been made.")
@WHY
@JSON
@click.pass_obj
def review(where: Where, id: str, misuse: bool, why: str, as_json: bool) -> None:
    """Say what came of looking at an emergency release afterwards."""
    where.desk().signoffs.review(id, reason(why), misuse)
    say({"message": where.desk().messages.find(id), "misuse": misuse}, as_json, "Reviewed.")


def stages(signoff: dict[str, Any]) -> list[str]:
    """The stages of a sign-off, for people."""
    rows = [[signoff["route"], *["" for _ in range(3)]]]
    for one in signoff["stages"]:
        waits = [voice["voice"] or ", ".join(voice["people"]) for voice in one["voices"] if not voice["said"]]
        rows.append([f"  {one['name']}", one["state"], f"until {one['due']}" if one["due"] else "",
                     f"no word yet: {', '.join(waits)}" if waits and one["state"] in ("open", "running", "objected") else ""])  # fmt: skip
    return [table(rows)]


_ANSWERS = ("approve", "object", "request-changes", "no-objection")
COMMANDS = (*(_decision(one) for one in _ANSWERS), comment, reopen, extend, lift, release, review)
