"""`export`: what other programs take."""

from __future__ import annotations

from pathlib import Path

import click

from g20desk.cli.output import JSON, Where, say


@click.group()
def export() -> None:
    """Files for other programs."""


@export.command("calendar")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@JSON
@click.pass_obj
def export_calendar(where: Where, file: Path, as_json: bool) -> None:
    """Your deadlines as a calendar file (.ics): that a sign-off is due, of what kind of message, and when; nothing of a text.
    Taken in again later it moves what was moved and withdraws what is over."""
    from g20desk.desk.calendar_file import export

    made = export(where.desk(), file)
    words = f"{made['deadlines']} deadlines, {made['withdrawn']} withdrawn."
    say({"file": str(file), **made}, as_json, words)
