"""`office`: a desk in one file, and out of it; what is taken out of the record."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from g20desk.cli.output import JSON, WHY, Where, reason, say, table, tell

_FILE = click.Path(dir_okay=True, path_type=Path)


def register(office: click.Group) -> None:
    """Under `office`."""
    for command in (office_backup, office_restore, office_restored, office_redact, office_redactions):
        office.add_command(command)


@click.command("backup")
@click.argument("file", type=_FILE)
@JSON
@click.pass_obj
def office_backup(where: Where, file: Path, as_json: bool) -> None:
    """Everything of this desk in one encrypted file, also while it is in use. The passphrase comes from standard input."""
    from g20desk.clock import iso
    from g20desk.desk.backing_up import back_up

    made = back_up(where.folder, file, _passphrase(new=True), say=lambda words: tell(words, err=True))
    made["made"] = iso(made["made"])
    made["on_record"] = where.desk().presidency.kept(made["place"], made["hash"], made["digest"])
    words = (
        f"{file} holds this desk up to place {made['place']}, {made['events']} acts; it was opened again and proved. "
        "Accounts are signed in anew after restoring."
    )
    if made["on_record"]:
        words += " It is on record as what was kept at the handover."
    say(made, as_json, words)


@click.command("restore")
@click.argument("file", type=_FILE)
@JSON
@click.pass_obj
def office_restore(where: Where, file: Path, as_json: bool) -> None:
    """The desk of a backup, in a new or empty folder. The passphrase comes from standard input."""
    from g20desk.desk.restoring import restore

    made = restore(where.folder, file, _passphrase(), say=lambda words: tell(words, err=True))
    signed_out = f"To be signed in anew: {', '.join(made['sign_in'])}." if made["sign_in"] else ""
    words = [f"{made['name']}: the desk of {made['person']} as of {made['made']}, place {made['place']}.", signed_out,
             "Use it in the place of the old one, not beside it.", made["next"]]  # fmt: skip
    say(made, as_json, "\n".join(filter(None, words)))


@click.command("restored")
@click.option("--go-on", "on", is_flag=True, help="The head: no desk has later places; this one signs the next.")
@JSON
@click.pass_obj
def office_restored(where: Where, on: bool, as_json: bool) -> None:
    """What this desk was put back from, and what it waits for."""
    from g20desk.desk import restoring
    from g20desk.desk.unlocking import ledger_of

    if on:
        hold = restoring.go_on(where.desk())
        words = (
            "This desk signs the next places. Everything is on hold: look at the accounts, then two people lift it "
            "(hold lift), and what it stopped is scheduled again one by one (hold stopped, hold resume)."
        )
        say({"hold": hold}, as_json, words)
        return
    ledger, _ = ledger_of(where.folder)
    found: dict[str, Any] = restoring.describe(ledger.store)
    was = f"Put back from a backup of {found['made']}, place {found['backup_place']}." if "made" in found else ""
    say(found, as_json, f"{was or 'This desk was not put back from a backup.'} {found['next']}".strip())


@click.command("redact")
@click.argument("id")
@click.option(
    "--text", "langs", multiple=True, metavar="LANG", help="The message's text in a language, and its findings."
)
@click.option(
    "--picture", "pictures", multiple=True, type=int, metavar="N", help="A picture with its alt texts, from 1."
)
@click.option("--all", "whole", is_flag=True, help="Every text, picture, comment and reason of the message.")
@WHY
@JSON
@click.pass_obj
def office_redact(
    where: Where, id: str, langs: tuple[str, ...], pictures: tuple[int, ...], whole: bool, why: str, as_json: bool
) -> None:
    """Take a text, a picture or a comment out of the record, on all desks and at the hub: for good, on record, by the head.

    ID: a message with --text, --picture or --all; or the id of one act (as message show --json says under history), for the
    comment or reason that it holds."""
    from g20desk.desk import redacting

    made = redacting.redact(where.desk(), id, reason(why), langs, pictures, whole)
    also = "".join(f"\nThe same text stands in message {one[:12]} too." for one in made["also"])
    words = (
        f"{made['pieces']} pieces are out of the record; other desks and the hub drop them at their next sync.{also}"
    )
    say(made, as_json, words)


@click.command("redactions")
@JSON
@click.pass_obj
def office_redactions(where: Where, as_json: bool) -> None:
    """What was taken out of the record: when, by whom and why."""
    from g20desk.desk import redacting

    rows = redacting.rows(where.desk())
    shown = [[r["at"][:16], r["person"], r["message"][:12] or "-", str(r["pieces"]), r["why"]] for r in rows]
    say(rows, as_json, table(shown) or "Nothing was taken out of the record.")


def _passphrase(new: bool = False) -> bytes:
    """From a terminal without showing it, from standard input else. Raises Usage."""
    from g20desk.ledger import passphrases, sealed_file

    if sys.stdin.isatty():
        typed = str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True))
    else:
        typed = sys.stdin.buffer.readline(4096).decode("utf-8", "replace").rstrip("\r\n")
    return sealed_file.passphrase(passphrases.enough(typed) if new else typed)
