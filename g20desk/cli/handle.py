"""`handle`: whom a mention means on each network."""

from __future__ import annotations

import click

from g20desk.cli.output import JSON, Where, say, table


@click.group()
def handle() -> None:
    """Handles of people and organisations, by network."""


@handle.command("set")
@click.argument("of")
@click.option("--x", default="", help="The handle on X.")
@click.option("--bluesky", default="", help="The handle on Bluesky, for example un.org")
@click.option("--mastodon", default="", help="The handle on Mastodon with its server: name@server")
@JSON
@click.pass_obj
def handle_set(where: Where, /, of: str, as_json: bool, **handles: str) -> None:
    """Say whom handles belong to; a text that names one of them is written with each network's own. None forgets."""
    where.desk().handles.put(of, handles)
    say({"of": of}, as_json, f"{of}: " + (", ".join(filter(None, handles.values())) or "forgotten"))


@handle.command("list")
@JSON
@click.pass_obj
def handle_list(where: Where, as_json: bool) -> None:
    """All that the office knows."""
    rows = where.desk().handles.rows()
    value = [{"of": of, **{n: handles.get(n, "") for n in ("x", "bluesky", "mastodon")}} for of, handles in rows]
    words = table([[of, *(f"{network} @{one}" for network, one in handles.items())] for of, handles in rows])
    say(value, as_json, words or "None yet.")
