"""`doctor`: what works here and what does not, each with what to do."""

from __future__ import annotations

import click

from g20desk.cli.output import JSON, Where, say, tell

MARKS = {"ok": "ok  ", "note": "note", "warning": "WARN", "wrong": "NOT "}


@click.command()
@click.option("--only", multiple=True, metavar="NAME", help="Only this check; may be given several times.")
@click.option("--full", is_flag=True, help="Verify all of the record, whatever time it takes.")
@click.option("--networks", is_flag=True, help="Ask the networks too: whose each sign-in is, and their certificates.")
@click.option("--seconds", type=click.FloatRange(0.1, 600), default=5.0, show_default=True,
              help="How long a check that asks other computers may take.")  # fmt: skip
@JSON
@click.pass_obj
def doctor(where: Where, only: tuple[str, ...], full: bool, networks: bool, seconds: float, as_json: bool) -> int:
    """Look at keyring, store, hub, proxies, certificates, accounts, clock, disk, versions, fonts and more; each with what to do."""
    from g20desk.desk.doctor import Check, examine

    def told(check: Check) -> None:
        if as_json:
            return
        for fact in check.facts:
            tell(f"{MARKS[fact.state]} {check.name}: {fact.says}")
            if fact.help and fact.state != "ok":
                tell(f"     {fact.help}")

    found = examine(where.folder, where.person, only, full=full, networks=networks, seconds=seconds, told=told)
    well = all(check.ok for check in found)
    if as_json:
        say({"ok": well, "checks": [check.as_json() for check in found]}, as_json)
    return 0 if well else 1
