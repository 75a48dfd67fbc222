"""The command line: one value on standard output with --json, everything else on standard error."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from g20desk.errors import DeskError, Usage

if TYPE_CHECKING:
    from g20desk.desk import Desk

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")


class Where:
    """Which desk, and whose."""

    def __init__(self, office: str | None, person: str | None) -> None:
        self.office, self.person = office, person

    @property
    def folder(self) -> Path:
        """The desk's folder."""
        if self.office:
            return Path(self.office)
        import platformdirs

        return Path(platformdirs.user_data_dir("g20desk", False))

    def desk(self) -> Desk:
        """The desk, opened."""
        from g20desk.desk import Desk

        return Desk.open(self.folder, self.person)


def say(value: Any, as_json: bool, words: str = "") -> None:
    """Print a value for machines, or words for people."""
    click.echo(json.dumps(value, ensure_ascii=False) if as_json or not words else words)


@click.group()
@click.option("--office", envvar="G20DESK_HOME", help="The desk's folder.")
@click.option("--as", "person", help="Whose desk, where it holds several people's keys.")
@click.version_option(package_name="g20desk")
@click.pass_context
def cli(context: click.Context, office: str | None, person: str | None) -> None:
    """Draft, check, sign off, schedule and publish official messages."""
    context.obj = Where(office, person)


@cli.command()
@JSON
@click.pass_obj
def rehearse(where: Where, as_json: bool) -> None:
    """Do the whole main job in a fresh rehearsal office."""
    import tempfile

    from g20desk.desk.rehearsing import rehearse as run

    if where.office:
        say(run(Path(where.office)), as_json)
    else:
        with tempfile.TemporaryDirectory() as folder:
            say(run(Path(folder) / "office"), as_json)


@cli.command()
@click.option("--jsonl", is_flag=True, help="One JSON object a line in, one out.")
@click.argument("file", required=False, type=click.File("r", encoding="utf-8"))
@click.option("--network", default="x")
@click.option("--lang", default="en")
def check(jsonl: bool, file: Any, network: str, lang: str) -> None:
    """Check a text against the shared code."""
    from g20desk.cli.checking import lines, people

    if jsonl:
        lines(sys.stdin.buffer, sys.stdout)
    elif file is None:
        raise Usage("no-file", "Name a file, or use --jsonl.", "See: g20desk check --help")
    else:
        people(file.read(), network, lang)


def main() -> int:
    """Run; the exit code as CLI.md has it."""
    from g20desk.cli import desk_commands

    desk_commands.add(cli)
    try:
        result = cli.main(standalone_mode=False)
        return int(result or 0)
    except click.exceptions.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        return 2
    except DeskError as error:
        if "--json" in sys.argv:
            click.echo(json.dumps(error.as_json(), ensure_ascii=False))
        click.echo(f"{error.message} {error.help}".strip(), err=True)
        return error.exit_code
