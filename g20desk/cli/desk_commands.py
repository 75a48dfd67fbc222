"""The commands that need a desk: office, account, message, publish, hold, ledger."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from g20desk.cli.main import JSON, Where, say
from g20desk.errors import Usage


@click.group()
def office() -> None:
    """The office and its people."""


@office.command("new")
@click.argument("name")
@click.option("--head", required=True, help="The head's full name.")
@click.option("--rehearsal", is_flag=True, help="A practice office with people and accounts.")
@JSON
@click.pass_obj
def office_new(where: Where, name: str, head: str, rehearsal: bool, as_json: bool) -> None:
    """Found an office."""
    from g20desk.desk import Desk

    desk = Desk.found(where.folder, name, head, rehearsal=rehearsal)
    say({"office": desk.office.id, "person": head}, as_json, f"Founded {name}.")


@office.command("show")
@JSON
@click.pass_obj
def office_show(where: Where, as_json: bool) -> None:
    """People, accounts and holds."""
    now = where.desk().office
    people = [
        {"name": p.name, "role": p.role, "government": p.government, "devices": len(p.devices),
         "state": "retired" if p.retired else "active"}
        for p in now.people.values()
    ]  # fmt: skip
    accounts = sum(not a.removed for a in now.accounts.values())
    holds = sum(not h.lifted for h in now.holds.values())
    say({"id": now.id, "name": now.name, "people": people, "accounts": accounts, "holds": holds}, True)


@click.group()
def account() -> None:
    """Accounts on networks."""


@account.command("add")
@click.argument("network")
@click.option("--name", required=True)
@click.option("--owner", required=True)
@click.option("--server", default="")
@click.option("--handle", default="")
@click.option("--lang", "langs", multiple=True, default=("en",))
@click.option("--like", default="")
@JSON
@click.pass_obj
def account_add(where: Where, /, network: str, name: str, as_json: bool, **more: Any) -> None:
    """Add an account; its secret comes from standard input."""
    secret = "" if network == "rehearsal" or sys.stdin.isatty() else sys.stdin.read()
    event = where.desk().accounts.add(network, name=name, secret=secret, **more)
    say({"account": event, "name": name}, as_json, f"Added {name}.")


@account.command("list")
@JSON
@click.pass_obj
def account_list(where: Where, as_json: bool) -> None:
    """All accounts."""
    rows = where.desk().accounts.rows()
    say([{"name": r.name, "network": r.network, "owner": r.owner, "state": r.state, "server": r.server,
          "handle": r.handle, **({"rehearsal": True} if r.rehearsal else {})} for r in rows], True)  # fmt: skip


@click.group()
def message() -> None:
    """Draft, submit, sign off and schedule."""


def _read(file: str) -> str:
    text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    return text.removesuffix("\n")


def _content(text: str, lang: str, kind: str, image: tuple[str, ...], alt: tuple[str, ...], to: tuple[str, ...]) -> Any:
    from g20desk.office.content import Content, PictureFile, Text

    if len(image) != len(alt):
        raise Usage("alt", "Each --image needs its --alt.", "Give them in pairs.")
    pictures = tuple(PictureFile(i, {lang: a}) for i, a in zip(image, alt, strict=True))
    return Content(kind, to, (Text(lang, (_read(text),)),), pictures)


def _written(command: Any) -> Any:
    for option in (
        click.option("--text", required=True), click.option("--lang", default="en"),
        click.option("--kind", default="news"), click.option("--image", multiple=True),
        click.option("--alt", multiple=True), click.option("--to", multiple=True, required=True),
    ):  # fmt: skip
        command = option(command)
    return command


@message.command("new")
@_written
@JSON
@click.pass_obj
def message_new(where: Where, /, as_json: bool, **typed: Any) -> None:
    """Begin a draft."""
    made = where.desk().messages.new(_content(**typed))
    say(made, as_json, f"Draft {made['message']}, digest {made['digest']}")


@message.command("revise")
@click.argument("id")
@_written
@JSON
@click.pass_obj
def message_revise(where: Where, /, id: str, as_json: bool, **typed: Any) -> None:
    """Make a new revision; what is submitted is withdrawn first."""
    made = where.desk().messages.revise(id, _content(**typed))
    say(made, as_json, f"Revision {made['revision']}, digest {made['digest']}")


@message.command("submit")
@click.argument("id")
@click.option("--override")
@click.option("--why", default="")
@JSON
@click.pass_obj
def message_submit(where: Where, id: str, override: str | None, why: str, as_json: bool) -> None:
    """Submit the newest revision for sign-off."""
    say(where.desk().messages.submit(id, override=override, why=why), as_json, "Submitted.")


def _decision(answer: str) -> click.Command:
    @click.command(answer, help=f"Sign: {answer}, on exactly the content with this digest.")
    @click.argument("id")
    @click.option("--digest", required=answer != "comment", default="")
    @click.option("--why", default="")
    @JSON
    @click.pass_obj
    def decide(where: Where, id: str, digest: str, why: str, as_json: bool) -> None:
        say(where.desk().messages.decide(id, answer, digest, why), as_json, "Signed.")

    return decide


for one in ("approve", "object", "request-changes", "comment", "no-objection"):
    message.add_command(_decision(one))


@message.command("withdraw")
@click.argument("id")
@click.option("--why", required=True)
@JSON
@click.pass_obj
def message_withdraw(where: Where, id: str, why: str, as_json: bool) -> None:
    """Take a submission back."""
    where.desk().messages.withdraw(id, why)
    say({"message": id}, as_json, "Withdrawn.")


@message.command("schedule")
@click.argument("id")
@click.option("--at", required=True, help="now, or RFC 9557: 2026-11-30T09:00:00+01:00 or ...[Europe/Rome]")
@JSON
@click.pass_obj
def message_schedule(where: Where, id: str, at: str, as_json: bool) -> None:
    """Say when an approved message goes out."""
    from g20desk.desk.times import moment

    desk = where.desk()
    when, zone = moment(at, desk.clock.now_ms())
    desk.messages.schedule(id, when, zone)
    say({"message": id, "at": at}, as_json, "Scheduled.")


@message.command("unschedule")
@click.argument("id")
@JSON
@click.pass_obj
def message_unschedule(where: Where, id: str, as_json: bool) -> None:
    """Take the time away."""
    where.desk().messages.unschedule(id)
    say({"message": id}, as_json, "Unscheduled.")


@message.command("show")
@click.argument("id")
@JSON
@click.pass_obj
def message_show(where: Where, id: str, as_json: bool) -> None:
    """Everything about a message."""
    say(where.desk().messages.show(id), True)


@message.command("list")
@click.option("--state")
@click.option("--search", default="")
@JSON
@click.pass_obj
def message_list(where: Where, state: str | None, search: str, as_json: bool) -> None:
    """All messages."""
    from g20desk.clock import iso

    rows = where.desk().messages.rows(state, search)
    say([{"id": r.id, "state": r.state, "title": r.title, "kind": r.kind, "langs": r.langs, "accounts": r.accounts,
          "updated_at": iso(r.updated_ms), "planned_at": iso(r.planned_ms) if r.planned_ms else None}
         for r in rows], True)  # fmt: skip


@click.command()
@click.option("--once", is_flag=True, required=True, help="Send what is due, then leave.")
@JSON
@click.pass_obj
def publish(where: Where, once: bool, as_json: bool) -> None:
    """Send what is due."""
    say(where.desk().publish.once(), as_json)


@click.group()
def hold() -> None:
    """Stop sending."""


@hold.command("place")
@click.option("--why", required=True)
@click.option("--topic", default="")
@click.option("--account", default="")
@JSON
@click.pass_obj
def hold_place(where: Where, why: str, topic: str, account: str, as_json: bool) -> None:
    """Place a hold."""
    say({"hold": where.desk().holds.place(why, topic, account)}, as_json, "On hold.")


@hold.command("list")
@JSON
@click.pass_obj
def hold_list(where: Where, as_json: bool) -> None:
    """Holds in force."""
    say(where.desk().holds.rows(), True)


@hold.command("lift")
@click.argument("id", default="")
@click.option("--why", required=True)
@JSON
@click.pass_obj
def hold_lift(where: Where, id: str, why: str, as_json: bool) -> None:
    """Propose to lift a hold; a second person's call lifts it."""
    where.desk().holds.lift(id, why)
    say({"hold": id}, as_json, "Noted.")


@click.group()
def ledger() -> None:
    """The record."""


@ledger.command("verify")
@JSON
@click.pass_obj
def ledger_verify(where: Where, as_json: bool) -> int:
    """Check the whole record again."""
    from g20desk.desk.verifying import verify

    found = verify(where.desk())
    say(found, True)
    return 0 if found["verified"] else 1


def add(cli: click.Group) -> None:
    """Hang the groups under the program."""
    for command in (office, account, message, publish, hold, ledger):
        cli.add_command(command)
