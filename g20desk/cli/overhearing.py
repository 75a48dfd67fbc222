"""`line listen`, `line heard`, `line judge`: what accounts of governments post of themselves, beside the agreed lines."""

from __future__ import annotations

from typing import Any

import click

from g20desk.cli.output import JSON, WHY, Where, say, table

# In the order in which a person reads them; neutral, for nobody is accused.
SEEMS = {
    "near": "close to the line", "contradicts": "may say something else", "paraphrase": "may say the same",
    "translated": "may be a translation",
}  # fmt: skip
ANSWERS = ("carries", "differs", "unrelated", "left")


@click.command("listen")
@click.option(
    "--account",
    "accounts",
    multiple=True,
    help="An account of a government; may be repeated. Without: all that cost nothing to read.",
)
@click.option(
    "--since", default="", help="From when on: 2026-11-30T09:00Z. Without: since they were last read, a week at most."
)
@JSON
@click.pass_obj
def listen(where: Where, accounts: tuple[str, ...], since: str, as_json: bool) -> None:
    """Read what accounts of governments posted, and list what may have to do with a line."""
    from g20desk.desk.times import moment

    desk = where.desk()
    made = desk.overheard.listen(accounts, moment(since, 0)[0] if since else None)
    told = [
        [one["account"], f"{one['posts']} posts, {one['listed']} listed", *_besides(one)] for one in made["accounts"]
    ]
    say(made, as_json, table(told) or "No account of a government is read without being named.")


def _besides(one: dict[str, Any]) -> list[str]:
    """What was left unread, what it cost, why it could not be read."""
    more = "older ones were not read: --since" if one["more"] else ""
    return ["; ".join(filter(None, (more, f"US${one['cost']}" if one["cost"] else "", one["why"])))]


@click.command("heard")
@click.argument("line", default="")
@click.option("--open", "open_only", is_flag=True, help="Only those that nobody has judged.")
@JSON
@click.pass_obj
def heard(where: Where, line: str, open_only: bool, as_json: bool) -> None:
    """Posts that may have to do with lines, for a person to judge."""
    rows = where.desk().overheard.rows(line, open_only)
    told = [
        f"{one['id'][:12]}  {one['account']}, {one['posted_at']}: {SEEMS[one['verdict']]} ({one['answer'] or 'for a person to judge'})\n"
        f"    it:   {one['text']}\n    line: {one['wording']}\n    " + "; ".join(one["reasons"])
        for one in rows
    ]
    say(rows, as_json, "\n".join(told) or "Nothing is listed.")


@click.command("judge")
@click.argument("id")
@click.option("--answer", required=True, type=click.Choice(ANSWERS), help="What it is.")
@WHY
@JSON
@click.pass_obj
def judge(where: Where, id: str, answer: str, why: str, as_json: bool) -> None:
    """Say what a listed post is; a later judgement takes the place of an earlier one."""
    desk = where.desk()
    desk.overheard.judge(id, answer, why)
    say(desk.overheard.get(id), as_json, "Judged.")


COMMANDS = (listen, heard, judge)
