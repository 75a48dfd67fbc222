"""`message`: draft, submit, sign off, schedule, look."""

from __future__ import annotations

from typing import Any

import click

from g20desk.cli import ahead, commenting, findings, merging, signing
from g20desk.cli.output import JSON, WHY, Where, reason, say, table
from g20desk.cli.writing import drafted, typed, written
from g20desk.text import SPLIT


@click.group()
def message() -> None:
    """Draft, submit, sign off and schedule."""


@message.command("new")
@written
@click.pass_obj
def message_new(where: Where, /, as_json: bool, **given: Any) -> None:
    """Begin a draft; prints the digest that will be signed off."""
    made = where.desk().messages.new(typed(**given, before=None))
    say(made, as_json, drafted(made))


@message.command("revise")
@click.argument("id")
@written
@click.pass_obj
def message_revise(where: Where, /, id: str, as_json: bool, **given: Any) -> None:
    """Make a new revision; what is left out stays as it is. What is submitted is withdrawn first."""
    messages = where.desk().messages
    made = messages.revise(id, typed(**given, before=messages.content(id)))
    say(made, as_json, drafted(made))


@message.command("submit")
@click.argument("id")
@click.option("--route", default="", help="The route to take, where none is made for this message, or several.")
@click.option("--override", help="The rule that is overridden, with a reason.")
@click.option(
    "--look", is_flag=True, help="Submit nothing; say by which route it would go, and what time a silence has."
)
@WHY
@JSON
@click.pass_obj
def message_submit(
    where: Where, id: str, route: str, override: str | None, look: bool, why: str, as_json: bool
) -> None:
    """Submit the newest revision for sign-off."""
    if look:
        ways = ahead.ways(where.desk(), id)
        say(ways, as_json, "\n".join(ahead.words(ways)))
        return
    made = where.desk().messages.submit(id, route, {override: why} if override else {})
    say(made, as_json, "\n".join([f"Submitted. Digest {made['digest']}", *findings.listed(made["findings"])]))


@message.command("withdraw")
@click.argument("id")
@WHY
@JSON
@click.pass_obj
def message_withdraw(where: Where, id: str, why: str, as_json: bool) -> None:
    """Take a submission back, as long as nothing of it is out."""
    where.desk().messages.withdraw(id, reason(why))
    say({"message": id}, as_json, "Withdrawn.")


@message.command("schedule")
@click.argument("id")
@click.option(
    "--at",
    required=True,
    help="now, slot (the next free one), or a time: 2026-11-30T09:00:00+01:00, 2026-11-30T09:00[Europe/Rome]",
)
@click.option("--together", is_flag=True, help="On all its accounts or not yet: none goes out while one is broken.")
@click.option("--despite-mourning", is_flag=True, help="It goes out on a day of mourning all the same, with a reason.")
@WHY
@JSON
@click.pass_obj
def message_schedule(
    where: Where, id: str, at: str, together: bool, despite_mourning: bool, why: str, as_json: bool
) -> None:
    """Say when an approved message goes out."""
    from g20desk.clock import iso
    from g20desk.desk.times import moment

    desk = where.desk()
    when, zone = desk.slots.next(id) if at == "slot" else moment(at, desk.clock.now_ms())
    differs = desk.messages.schedule(id, when, zone, together, reason(why) if despite_mourning else "")
    clashes, cost = desk.messages.clashes(id), desk.messages.show(id)["cost"]
    ending = desk.accounts.announced(id, when)
    words = [
        f"Planned for {iso(when)}.",
        *(one["message"] for one in (*clashes, *ending)),
        *findings.differing(differs),
    ]
    if cost["posts"]:
        words.append(f"It costs {cost['total']} US dollars (prices of {cost['as_of']}).")
    value = {"message": id, "at": iso(when), "cost": cost, "findings": ending, "clashes": clashes,
             "differences": differs}  # fmt: skip
    say(value, as_json, "\n".join(words))


@message.command("unschedule")
@click.argument("id")
@JSON
@click.pass_obj
def message_unschedule(where: Where, id: str, as_json: bool) -> None:
    """Take the time away."""
    where.desk().messages.unschedule(id)
    say({"message": id}, as_json, "It has no time any more.")


@message.command("show")
@click.argument("id")
@JSON
@click.pass_obj
def message_show(where: Where, id: str, as_json: bool) -> None:
    """Everything about a message: sign-off, posts, history with what did not count and why."""
    from g20desk.desk import seen

    desk = where.desk()
    shown = desk.messages.show(id, anew=True)
    say(shown, as_json, _words(shown))
    if not as_json and shown["state"] != "draft":  # a script that asks has read nothing
        seen.mark(desk, shown["id"], shown["digest"])


def _linked(shown: dict[str, Any]) -> list[str]:
    """What it corrects, replies to and quotes, and what corrects, answers and quotes it."""
    how = {"corrects": "corrects", "replies": "replies to", "quotes": "quotes"}
    others = [(words, shown[name]) for name, words in how.items() if shown[name]]
    made = [f"{words} {other['message'][:12]} “{other['title']}”" for words, other in others]
    for words, name in (("corrected", "corrected_by"), ("answered", "replied_by"), ("quoted", "quoted_by")):
        made += [f"{words} by {o['message'][:12]} “{o['title']}” ({o['state']})" for o in shown[name]]
    return made


def _words(shown: dict[str, Any]) -> str:
    rulebook, in_force = shown["rulebook"], shown["rulebook_now"]
    now = f", now {in_force['version']}" if in_force != rulebook else ""
    lines = [shown["title"], f"{shown['state']}, {shown['kind']}, digest {shown['digest']}",
             f"checked with rulebook {rulebook['version']}{now}", *_linked(shown), *findings.listed(shown["findings"]),
             *(f"  {one['rule']} stands: {one['why']}" for one in shown["overrides"]),
             *findings.differing(shown["differences"]), ""]  # fmt: skip
    for text in shown["texts"]:
        lines += [f"[{text['lang']}{' ' + text['network'] if text['network'] else ''}] " + SPLIT.join(text["parts"])]
    lines += commenting.threads(shown["threads"])
    lines += ["", table([[p["account"], p["lang"], p["state"], p["url"] or p["why"]] for p in shown["posts"]]), ""]
    lines += [*signing.stages(shown["signoff"]), ""] if shown["signoff"]["route"] else []
    marks = {True: "  ", False: "! "}
    lines += [f"{marks[h['counts']]}{h['at']}  {h['person']}  {h['kind']}  {h['why']}" for h in shown["history"]]
    return "\n".join(lines)


@message.command("list")
@click.option("--state", help="Only those in this state.")
@click.option("--search", default="", help="Only those that hold these words.")
@JSON
@click.pass_obj
def message_list(where: Where, state: str | None, search: str, as_json: bool) -> None:
    """All messages that you may read, the newest first; new and changed ones that you have not seen are marked."""
    from g20desk.clock import iso

    rows: list[dict[str, Any]] = [
        {"id": r.id, "state": r.state, "title": r.title, "kind": r.kind, "langs": r.langs, "accounts": r.accounts,
         "updated_at": iso(r.updated_ms), "planned_at": iso(r.planned_ms) if r.planned_ms is not None else None,
         "news": r.news.text, "words": r.news.words}
        for r in where.desk().messages.rows(state, search)
    ]  # fmt: skip
    say(rows, as_json, table([[r["id"][:12], r["state"], _news(r), r["title"]] for r in rows]) or "No messages.")


def _news(row: dict[str, Any]) -> str:
    said = f"{row['words']} said" if row["words"] else ""
    return ", ".join(filter(None, (row["news"], said)))


for command in (*signing.COMMANDS, merging.message_merge, merging.message_diff):
    message.add_command(command)
