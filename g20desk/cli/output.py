"""What every command shares: which desk, how to answer, how to fail."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from g20desk import folders
from g20desk.errors import DeskError, Usage

if TYPE_CHECKING:
    from g20desk.desk import Desk

JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON value.")
WHY = click.option("--why", default="", help="The reason, which goes on record.")


# Control signs but for the line end and the tab; what ends a line elsewhere; embeddings, overrides and isolates of direction.
_SIGNS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


class Where:
    """Which desk, and whose."""

    def __init__(self, office: str | None, person: str | None) -> None:
        self.office, self.person = office, person

    @property
    def folder(self) -> Path:
        """The desk's folder."""
        return folders.desk(self.office)

    def desk(self) -> Desk:
        """The desk, opened."""
        from g20desk.desk import Desk

        return Desk.open(self.folder, self.person, say=lambda words: click.echo(words, err=True))


def plain(words: str) -> str:
    """Words as a terminal may be given them: signs that move its cursor, colour it, or turn a line round are written out."""
    return _SIGNS.sub(lambda found: _written(found[0]), words)


def _written(sign: str) -> str:
    return f"\\x{ord(sign):02x}" if ord(sign) < 256 else f"\\u{ord(sign):04x}"


def tell(words: str, err: bool = False) -> None:
    """Print words for people."""
    click.echo(plain(words), err=err)


def say(value: Any, as_json: bool, words: str = "", err: bool = False) -> None:
    """Print a value for machines, or words for people."""
    if as_json:
        click.echo(json.dumps(value, ensure_ascii=False), err=err)
    else:
        tell(words or json.dumps(value, ensure_ascii=False, indent=2), err)


def failed(error: DeskError, words: list[str]) -> int:
    """Say what went wrong and what to do; the exit code."""
    if "--json" in words:
        click.echo(json.dumps(error.as_json(), ensure_ascii=False))
    tell(f"{error.message} {error.help}".strip(), err=True)
    return error.exit_code


def reason(why: str) -> str:
    """A reason that is one. Raises Usage."""
    if not why.strip():
        raise Usage("no-reason", "A reason is needed.", "Add: --why TEXT")
    return why


def typed(what: str) -> str:
    """A secret from standard input; on a terminal it is asked for and not shown. Raises Usage."""
    terminal = sys.stdin is not None and sys.stdin.isatty()
    found = click.prompt(what, hide_input=True, err=True) if terminal else sys.stdin.readline() if sys.stdin else ""
    found = str(found).rstrip("\r\n")
    if not found:
        raise Usage("no-secret", f"{what}: nothing was given.", "It comes on standard input, never as an argument.")
    return found


def table(rows: list[list[str]]) -> str:
    """Columns for people."""
    wide = max((len(row) for row in rows), default=0)
    rows = [[*map(_cell, row), *[""] * (wide - len(row))] for row in rows]
    widths = [max(len(row[n]) for row in rows) for n in range(wide)]
    return "\n".join("  ".join(cell.ljust(widths[n]) for n, cell in enumerate(row)).rstrip() for row in rows)


def _cell(words: str) -> str:
    """A cell is of one line: what looks like a row is one."""
    return plain(words.replace("\n", "\\n").replace("\t", "\\t"))
