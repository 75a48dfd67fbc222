"""`import`: tables and calendars become drafts and entries of a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from g20desk.cli.output import JSON, Where, say, tell
from g20desk.errors import Usage


@click.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--encoding", default="", help="The encoding of a table: utf-8, windows-1252, windows-1256, gb18030, …")
@click.option("--delimiter", default="", help="What stands between cells: comma, semicolon, tab or bar.")
@click.option(
    "--dates",
    type=click.Choice(["", "dmy", "mdy", "ymd"]),
    default="",
    help="How dates are written: 03/04/2027 is 3 April (dmy) or 4 March (mdy).",
)
@click.option("--zone", default="", help="Whose clock times go by where the file does not say: Europe/Rome")
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="What a column is, by its name or letters; COLUMN=- leaves it out.",
)
@click.option("--all-day", default="", help="The time of a calendar's days without one: 09:00; skip leaves them out.")
@click.option(
    "--zone-of",
    "zones",
    multiple=True,
    metavar="NAME=ZONE",
    help="Which zone a calendar means by a name that nobody knows.",
)
@click.option("--plan", default="", help="The plan that it goes to; one of the file's name where none is named.")
@click.option(
    "--take-changes", is_flag=True, help="Take over what the file says otherwise than when it was imported before."
)
@click.option("--dry-run", is_flag=True, help="Sign nothing; say what would be made.")
@JSON
@click.pass_obj
def import_(
    where: Where, file: Path, encoding: str, delimiter: str, dates: str, zone: str, columns: tuple[str, ...], all_day: str,
    zones: tuple[str, ...], plan: str, take_changes: bool, dry_run: bool, as_json: bool,
) -> None:  # fmt: skip
    """Make the rows of a table (CSV) drafts without approval, each with its place in a plan; the events of a calendar (.ics)
    entries of a plan. What was imported before adds nothing. Columns: id, at or date and time, zone, text or text_fr, text_ar, …, title, lang, kind, to, topic, embargo,
    line, group, minutes, note."""
    from g20desk.desk.import_csv import Said
    from g20desk.desk.importing import refused, told

    pairs = dict(_pair(one) for one in columns)
    desk = where.desk()
    look = desk.importing.look(
        file, Said(encoding, delimiter, dates, zone, pairs, plan, all_day, dict(map(_pair, zones)))
    )
    if look.faults:
        raise refused(look)
    if dry_run:
        made: dict[str, Any] = {**told(look), "dry_run": True}
    else:
        made = desk.importing.make(look, take_changes, _progress)
    say(made, as_json, "\n".join(_words(made, dry_run)))


def _pair(text: str) -> tuple[str, str]:
    name, equals, field = text.rpartition("=")
    if not equals or not name.strip():
        raise Usage("bad-map", f"“{text}” maps no column.", "Write for example: --map Caption=text")
    return name.strip(), field.strip()


def _progress(done: int, of: int) -> None:
    if done and done % 1000 == 0:
        tell(f"{100 * done // of} %", err=True)


def _words(made: dict[str, Any], dry_run: bool) -> list[str]:
    words = []
    if "encoding" in made:
        sure = "" if made["certain"] else " (as it seems; another: --encoding E)"
        words.append(
            f"Encoding {made['encoding']}{sure}, {made['delimiter']} between cells. " + " ".join(made["samples"])
        )
        words += [f"  {name} is {zone}" for name, zone in made.get("zones", {}).items()]
        words += [f"{made['past']} are past." for _ in range(1) if made.get("past")]
        words += [
            f"  {one['letters']} {one['column']}: {one['field'] or 'left out'}" for one in made.get("columns", ())
        ]
    words.append(
        f"Plan “{made['plan_name']}”: {made['new']} new, {made['known']} known, {len(made['changed'])} changed."
    )
    words += [
        f"{one['row']} “{one['title']}” {'was cancelled' if one['cancelled'] else 'was changed: ' + ', '.join(one['changes'])}."
        for one in made["changed"]
    ]
    if made["changed"] and not made.get("taken"):
        words.append("Nothing of what was changed is taken over; to do that: --take-changes")
    words.append(
        "Nothing was signed." if dry_run else f"{len(made['drafts'])} drafts, {made['entries']} entries of the plan."
    )
    return words
