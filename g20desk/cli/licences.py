"""`licences`: the works of others that the program is built on."""

from __future__ import annotations

import click

from g20desk.cli.output import JSON, say


@click.command()
@JSON
def licences(as_json: bool) -> None:
    """The works of others in this program, each with its version, its licence and the text of that. Needs no office."""
    from g20desk.licences import listed, notices

    say(listed() if as_json else None, as_json, "" if as_json else notices().rstrip("\n"))
