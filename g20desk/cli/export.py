"""`export`: what other programs take."""

from __future__ import annotations

from pathlib import Path

import click

from g20desk.cli.output import JSON, Where, say
from g20desk.errors import Usage


@click.group()
def export() -> None:
    """Files for other programs."""


@export.command("calendar")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--plan", default="", help="The entries of this plan, in place of your deadlines.")
@click.option("--with-titles", is_flag=True, help="With the titles of a plan's entries, as far as you read them.")
@JSON
@click.pass_obj
def export_calendar(where: Where, file: Path, plan: str, with_titles: bool, as_json: bool) -> None:
    """Your deadlines as a calendar file (.ics): that a sign-off is due, of what kind of message, and when; nothing of a text. Or
    a plan: when something is said, and where. Taken in again later it moves what was moved and withdraws what is over."""
    from g20desk.desk import calendar_file, plan_calendar

    if with_titles and not plan:
        raise Usage("no-plan", "Deadlines have no titles.", "Name a plan: --plan NAME")
    desk = where.desk()
    if plan:
        found = plan_calendar.export(desk, plan, file, with_titles)
        words = f"{found['events']} events, {found['withdrawn']} withdrawn."
        say({"file": str(file), **found}, as_json, words)
        return
    made = calendar_file.export(desk, file)
    words = f"{made['deadlines']} deadlines, {made['withdrawn']} withdrawn."
    say({"file": str(file), **made}, as_json, words)
