"""`rehearse` and `demo`: the practice office."""

from __future__ import annotations

import tempfile
from importlib import import_module
from pathlib import Path

import click

from g20desk.cli.output import JSON, Where, say, tell


@click.command()
@JSON
@click.pass_obj
def rehearse(where: Where, as_json: bool) -> None:
    """Do the whole main job in a fresh rehearsal office."""
    from g20desk.desk.rehearsing import rehearse as run

    if where.office:
        say(run(Path(where.office)), as_json)
    else:
        with tempfile.TemporaryDirectory() as folder:
            say(run(Path(folder) / "office"), as_json)


@click.command()
@click.option("--terminal", is_flag=True, help="Tell it here, in about fifteen sentences.")
@click.option("--shots", help="Save a picture of every screen in this folder.")
def demo(terminal: bool, shots: str | None) -> None:
    """The window on a rehearsal office in mid-summit; or its story, told here while it is done for real."""
    with tempfile.TemporaryDirectory() as folder:
        for sentence in import_module("g20desk.desk.demo").story(Path(folder) / "office"):
            tell(sentence)
