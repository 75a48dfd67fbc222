"""`support`: what a person hands to whoever helps them: reports of crashes, and one file without content, names or secrets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from g20desk.cli.output import JSON, Where, say, table, tell


@click.group()
def support() -> None:
    """Reports of crashes, and one file for whoever helps you, without texts, names or secrets."""


@support.command("bundle")
@click.argument("file", type=click.Path(path_type=Path))
@JSON
@click.pass_obj
def support_bundle(where: Where, file: Path, as_json: bool) -> None:
    """Write a zip: versions, checks, counts, settings, logs, reports of crashes; its README tells what is in it."""
    from g20desk.support import bundle

    pieces = bundle.gather(where.folder, where.person, lambda done, of, what: tell(f"{done}/{of} {what}", err=True))
    size = bundle.write(file, pieces)
    rows = [[piece.name, str(len(piece.content)), piece.says] for piece in pieces]
    value = {
        "file": str(file),
        "bytes": size,
        "parts": [{"name": name, "bytes": int(n), "says": says} for name, n, says in rows],
    }
    say(value, as_json, f"{table(rows)}\n{file}: {size} bytes. Nothing was sent; hand it on as you like.")


@support.command("crashes")
@JSON
@click.pass_obj
def support_crashes(where: Where, as_json: bool) -> None:
    """What ended the program or went wrong in it and nobody foresaw, the newest first; the last ten are kept."""
    from g20desk.crashes import report, running

    running.take_up()
    found = report.kept()[::-1]
    say(found, as_json, "\n".join(line for one in found for line in _lines(one)) or "No reports.")


def _lines(one: dict[str, Any]) -> list[str]:
    """A report for people."""
    kind, ends = one.get("kind", ""), " and ended it" if one.get("ended") else ""
    said = {
        "exception": f"{kind}: nobody foresaw it{ends}", "fault": f"{kind}: it crashed",
        "unclean": "it ended without being closed; the power went, or it was ended from outside",
    }.get(str(one.get("how")), "")  # fmt: skip
    return [f"{one['at']}  {one.get('role')}  {said}", *(f"    {place}" for place in one.get("places", ()))]
