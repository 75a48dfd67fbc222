"""The command line: exactly one value on standard output with --json, everything else on standard error."""

from __future__ import annotations

import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from g20desk import __version__
from g20desk.cli.output import Where, failed, tell
from g20desk.errors import DeskError

COMMANDS = {
    "rehearse": "rehearsing", "demo": "rehearsing", "office": "office", "account": "account", "message": "message",
    "publish": "publishing", "post": "publishing", "hold": "publishing", "embargo": "quiet", "mourning": "quiet",
    "line": "line", "relay": "relay", "library": "library", "route": "routing", "deputy": "routing", "template": "routing",
    "slot": "planning", "plan": "plan", "import": "importing", "export": "export", "recurring": "planning", "alarm": "alarm", "mail": "mail",
    "rulebook": "rulebook", "ledger": "ledger", "record": "record",
    "hub": "hub", "policy": "policy", "sync": "syncing", "bundle": "bundle",
    "check": "checking", "spelling": "spelling", "handle": "handle", "doctor": "doctor",
    "licences": "licences", "releases": "releases",
}  # fmt: skip


class Program(click.Group):
    """Groups are loaded when they are named, so that help comes at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command by name."""
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = getattr(
            import_module(f"g20desk.cli.{COMMANDS[cmd_name]}"), cmd_name + "_" * iskeyword(cmd_name)
        )
        return found


@click.command(cls=Program)
@click.option("--office", envvar="G20DESK_HOME", help="The desk's folder.")
@click.option("--as", "person", help="Whose desk, where it holds several people's keys.")
@click.version_option(__version__)
@click.pass_context
def cli(context: click.Context, office: str | None, person: str | None) -> None:
    """Draft, check, sign off, schedule and publish official messages."""
    context.obj = Where(office, person)


ANYWHERE = ("--office", "--as")


def hoisted(words: list[str]) -> list[str]:
    """Arguments with the options that are common to all commands first, wherever they were typed before a `--`."""
    end = words.index("--") if "--" in words else len(words)
    common, rest = [], []
    at = iter(words[:end])
    for word in at:
        if word in ANYWHERE:
            value = next(at, None)
            if value is None:
                return [word]  # which is told as wanting a value
            common += [word, value]
        elif word.startswith(tuple(f"{name}=" for name in ANYWHERE)):
            common.append(word)
        else:
            rest.append(word)
    return common + rest + words[end:]


def main(arguments: list[str] | None = None) -> int:
    """Run; the exit code: 0 done, 1 refused, 2 wrong usage, 3 unreachable, 130 interrupted."""
    words = hoisted(sys.argv[1:] if arguments is None else arguments)
    try:
        result: Any = cli.main(words, prog_name="g20desk", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except (click.exceptions.Abort, KeyboardInterrupt):
        tell("Interrupted; nothing is lost.", err=True)
        return 130
    except click.exceptions.Exit as left:
        return left.exit_code
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        usage = f"See: {context.command_path} --help" if context else "See: g20desk --help"
        return failed(DeskError("usage", error.format_message(), usage), words)
    except DeskError as error:
        return failed(error, words)
    except BrokenPipeError:
        return 0
