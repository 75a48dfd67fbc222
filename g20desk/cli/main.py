"""The command line: exactly one value on standard output with --json, everything else on standard error."""

from __future__ import annotations

import sys
from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from g20desk import __version__, logs
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
    "support": "support", "licences": "licences", "releases": "releases",
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
    if logs.logging():
        from g20desk.logs.foreign import listen

        listen(_in_a_thread)


def _in_a_thread(problem: BaseException) -> None:
    from g20desk.crashes import report

    report.keep(problem, logs.role())


def _versions() -> int:
    """What this program is, and which forms it knows, for whoever installs it on many computers."""
    from g20desk.cli.output import say
    from g20desk.ledger.canonical import FORMAT
    from g20desk.ledger.migrations import VERSION
    from g20desk.office.fold import NEWEST

    say({"program": __version__, "store": VERSION, "acts": FORMAT, "rules": NEWEST}, True)
    return 0


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
    code, refusal = _run(words)
    if logs.logging() and (name := named(words)):
        logs.note("command", command=name, exit=code, seconds=logs.seconds(), **({"code": refusal} if refusal else {}))
    return code


def _run(words: list[str]) -> tuple[int, str]:
    """The exit code, and the code of the error where it is one."""
    try:
        if sorted(words) == ["--json", "--version"]:
            return _versions(), ""
        result: Any = cli.main(words, prog_name="g20desk", standalone_mode=False)
        return (result if isinstance(result, int) else 0), ""
    except (click.exceptions.Abort, KeyboardInterrupt):
        tell("Interrupted; nothing is lost.", err=True)
        return 130, ""
    except click.exceptions.Exit as left:
        return left.exit_code, ""
    except click.ClickException as error:
        context = getattr(error, "ctx", None)
        usage = f"See: {context.command_path} --help" if context else "See: g20desk --help"
        return failed(DeskError("usage", error.format_message(), usage), words), "usage"
    except DeskError as error:
        return failed(error, words), error.code
    except BrokenPipeError:
        return 0, ""
    except Exception as problem:
        return _unforeseen(problem, words), "unforeseen"


def named(words: list[str]) -> str:
    """The command among these words, by its own name; nothing where help was asked for, or none was named."""
    rest = [
        word
        for n, word in enumerate(words)
        if word not in ANYWHERE and words[n - 1 : n] not in (["--office"], ["--as"])
    ]
    if not rest or "--help" in words:
        return ""
    from g20desk.logs.words import listed

    known = listed("commands")
    return next((" ".join(rest[:count]) for count in (3, 2, 1) if " ".join(rest[:count]) in known), "")


def _unforeseen(problem: Exception, words: list[str]) -> int:
    """What nobody foresaw is told by its kind and its places: its own words may quote a text or a secret, and standard error
    may be a service's journal."""
    from g20desk.crashes import report
    from g20desk.logs import places

    report.keep(problem, logs.role(), ended=True)
    for one in places.places(problem):
        tell(f"  {one}", err=True)
    said = f"Something went wrong that nobody foresaw: {places.where(problem)}."
    help = "Nothing is lost. A report is kept here; see: g20desk support crashes"
    return failed(DeskError("unforeseen", said, help), words)
