"""`doctor`: what works here and what does not, each with what to do."""

from __future__ import annotations

import click

from g20desk.cli.output import JSON, Where, say


@click.command()
@JSON
@click.pass_obj
def doctor(where: Where, as_json: bool) -> int:
    """Look at keyring, store, accounts, clock, disk, fonts and dictionaries."""
    from g20desk.desk.doctor import examine

    found = examine(where.folder, where.person)
    lines = [f"{'ok  ' if c.ok else 'NOT '} {c.name}: {c.says}" + ("" if c.ok else f"\n     {c.help}") for c in found]
    value = [{"name": c.name, "ok": c.ok, "says": c.says, "help": c.help} for c in found]
    say({"ok": all(c.ok for c in found), "checks": value}, as_json, "\n".join(lines))
    return 0 if all(c.ok for c in found) else 1
