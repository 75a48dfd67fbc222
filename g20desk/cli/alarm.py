"""`alarm`: what somebody has to be told, and that it was seen or is left as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from g20desk.cli.output import JSON, Where, say, table
from g20desk.clock import iso
from g20desk.errors import Usage

if TYPE_CHECKING:
    from g20desk.desk.alarm import Alarm

IDS = click.argument("ids", nargs=-1)
ALL = click.option("--all", "everything", is_flag=True, help="All of them.")


def told_of(alarm: Alarm) -> str:
    """An alarm in a line for people; no text of a message stands in it."""
    about = f"message {alarm.message[:12]}" if alarm.message else ""
    return "  ".join(filter(None, [alarm.id, alarm.sentence(), about, alarm.why]))


@click.group()
def alarm() -> None:
    """What somebody has to be told."""


@alarm.command("list")
@JSON
@click.pass_obj
def alarm_list(where: Where, as_json: bool) -> None:
    """What stands now, the gravest first: posts that did not go out as planned, sign-ins, holds."""
    found = where.desk().alarms.standing()
    lines = [[a.id, iso(a.at), _mark(a), a.sentence(), a.message[:12], a.why] for a in found]
    say([a.as_json() for a in found], as_json, table(lines) or "Nothing to tell.")


def _mark(alarm: Alarm) -> str:
    return "left" if alarm.left else "seen" if alarm.seen else "new"


@alarm.command("see")
@IDS
@ALL
@JSON
@click.pass_obj
def alarm_see(where: Where, ids: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """You have seen it; it stands until something is done."""
    _do(where, ids, everything, as_json, "seen")


@alarm.command("leave")
@IDS
@JSON
@click.pass_obj
def alarm_leave(where: Where, ids: tuple[str, ...], as_json: bool) -> None:
    """Leave it as it is: nothing more is to be done about it here."""
    _do(where, ids, False, as_json, "left")


def _do(where: Where, ids: tuple[str, ...], everything: bool, as_json: bool, what: str) -> None:
    alarms = where.desk().alarms
    if bool(ids) == everything:
        raise Usage("usage", "Name the alarms by their ids.", "See: g20desk alarm list")
    chosen = [a.id for a in alarms.standing()] if everything else list(ids)
    (alarms.see if what == "seen" else alarms.leave)(chosen)
    say({what: len(chosen)}, as_json, f"{len(chosen)} {what}.")
