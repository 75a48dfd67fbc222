"""`ledger`: the record checked, summed up, and taken out."""

from __future__ import annotations

from pathlib import Path

import click

from g20desk.cli.output import JSON, Where, say


@click.group()
def ledger() -> None:
    """The record."""


@ledger.command("verify")
@JSON
@click.pass_obj
def ledger_verify(where: Where, as_json: bool) -> int:
    """Check the whole record again, from its bytes."""
    from g20desk.desk.verifying import verify_folder

    found = verify_folder(where.folder)
    words = f"{found['events']} acts, all of them verified." if found["verified"] else "; ".join(found["faults"])
    say(found, as_json, words)
    return 0 if found["verified"] else 1


@ledger.command("digest")
@JSON
@click.pass_obj
def ledger_digest(where: Where, as_json: bool) -> None:
    """One SHA-256 over the record: equal on every desk that holds the same acts."""
    from g20desk.desk.exporting import digest

    found = digest(where.desk())
    say({"digest": found}, as_json, found)


@ledger.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@JSON
@click.pass_obj
def ledger_export(where: Where, file: Path, as_json: bool) -> None:
    """Write every act, readable, with what is needed to check it without this program."""
    from g20desk.desk.exporting import export

    told = export(where.desk(), file)
    say({"file": str(file), **told}, as_json, f"Wrote {told['events']} acts to {file}.")
