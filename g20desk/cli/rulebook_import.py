"""`rulebook import`: other programs' rules made rule files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from g20desk.cli.output import JSON, say

if TYPE_CHECKING:
    from g20desk.rulebook.imported import Imported

OUT = click.option(
    "-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The rule file to write."
)
FAMILY = click.option(
    "--family", default="", help="What the rules are called, in capital letters; by default from the name."
)
LANG = click.option("--lang", default="en", help="The language of the texts that the rules are for.")


@click.group("import")
def rulebook_import() -> None:
    """Make a rule file from another program's rules; every rule in it is off."""


@rulebook_import.command("vale")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@OUT
@FAMILY
@LANG
@JSON
def rulebook_import_vale(folder: Path, out: Path, family: str, lang: str, as_json: bool) -> None:
    """Import a Vale style: a folder of YAML rules."""
    from g20desk.desk import rule_files

    _imported(rule_files.from_vale(folder, lang, family), out, as_json)


@rulebook_import.command("terms")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@OUT
@FAMILY
@LANG
@JSON
def rulebook_import_terms(file: Path, out: Path, family: str, lang: str, as_json: bool) -> None:
    """Import a term list: a CSV file with the columns not this, say this, why, lang."""
    from g20desk.desk import rule_files

    _imported(rule_files.from_terms(file, lang, family), out, as_json)


def _imported(made: Imported, out: Path, as_json: bool) -> None:
    from g20desk.desk import rule_files

    rule_files.save(made.text, out)
    value = {"file": str(out), "rules": made.rules, "left_out": [asdict(one) for one in made.left_out],
             "changed": [asdict(one) for one in made.changed]}  # fmt: skip
    lines = [f"Wrote {made.rules} rules to {out}, all of them off.",
             f"Switch them on: g20desk rulebook switch on {out} [--family F] [--rule ID]"]  # fmt: skip
    for head, listed in (("Not imported:", made.left_out), ("Changed:", made.changed)):
        lines += [head, *(f"  {one.where}: {one.why}" for one in listed)] if listed else []
    say(value, as_json, "\n".join(lines))
