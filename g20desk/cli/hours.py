"""`office hours`: what a time is to the governments concerned."""

from __future__ import annotations

import click

from g20desk.cli.output import JSON, Where, say


def register(office: click.Group) -> None:
    """Under `office`."""
    office.add_command(office_hours)


@click.command("hours")
@click.argument("governments", nargs=-1)
@click.option("--within", default="PT24H", help="How long, for example PT24H. From now on, or from --since.")
@click.option("--since", default="now", help="now, or a time.")
@JSON
@click.pass_obj
def office_hours(where: Where, governments: tuple[str, ...], within: str, since: str, as_json: bool) -> None:
    """How much of a time falls into governments' working hours, and their public holidays in it, before a silence of that
    length begins. GOVERNMENTS: BR, IN; without any, those that somebody speaks for here."""
    from g20desk.cli.account import milliseconds
    from g20desk.desk.times import moment

    desk = where.desk()
    begins = moment(since, desk.clock.now_ms())[0]
    found = desk.hours.period(governments or desk.hours.represented(), begins, begins + milliseconds(within))
    words = [f"{one.government}  {' '.join(one.sentences())}" for one in found]
    say([one.as_json() for one in found], as_json, "\n".join(words) or "Nobody here speaks for a government.")
