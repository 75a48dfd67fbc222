"""`route`, `deputy`, `template`: how messages are signed off, who speaks in whose place, what is cleared for emergencies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from g20desk.cli.output import JSON, Where, say, table
from g20desk.clock import iso
from g20desk.errors import Usage


@click.group()
def route() -> None:
    """By which stages messages are signed off."""


@route.command("adopt")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@JSON
@click.pass_obj
def route_adopt(where: Where, file: Path, as_json: bool) -> None:
    """The head adopts a route, or a new version of one; what is under way keeps the version it was submitted by."""
    from g20desk.desk import routes

    value = routes.read(file)
    made = where.desk().routes.adopt(value)
    say({"route": made, "name": value["name"]}, as_json, f"Adopted: {value['name']}.")


@route.command("list")
@JSON
@click.pass_obj
def route_list(where: Where, as_json: bool) -> None:
    """The routes in force."""
    rows = where.desk().routes.rows()
    words = []
    for row in rows:
        words.append(
            f"{row['name']}  {', '.join(row['kinds']) or 'where it is named'}  by {row['by']}, {iso(row['at'])}"
        )
        words += [
            f"  {one['name']}: {one['who']}, {one['need']}, {one['mode']}, {one['within']}" for one in row["stage"]
        ]
        words.append(f"  {row['sentence']}")
    say(
        [{**row, "at": iso(row["at"])} for row in rows],
        as_json,
        "\n".join(words) or "No routes: one approval is enough.",
    )


@route.command("withdraw")
@click.argument("name")
@JSON
@click.pass_obj
def route_withdraw(where: Where, name: str, as_json: bool) -> None:
    """The head takes a route out of use."""
    where.desk().routes.withdraw(name)
    say({"route": name}, as_json, "Withdrawn; what is under way goes on by it.")


@route.command("least-silence")
@click.argument("duration")
@JSON
@click.pass_obj
def route_least_silence(where: Where, duration: str, as_json: bool) -> None:
    """The head says how long a silence lasts at least: PT4H."""
    from g20desk.desk import routes

    where.desk().routes.least_silence(routes.duration(duration))
    say({"least": duration}, as_json, f"A silence lasts at least {duration}.")


@route.command("presidency")
@click.argument("government")
@click.option("--before", default="", help="Whose it was.")
@click.option("--after", default="", help="Whose it will be.")
@JSON
@click.pass_obj
def route_presidency(where: Where, government: str, before: str, after: str, as_json: bool) -> None:
    """The head says whose Presidency it is, which makes the troika."""
    where.desk().routes.presidency(government, before, after)
    say({"government": government, "before": before, "after": after}, as_json, "Noted.")


@click.group()
def deputy() -> None:
    """Who speaks for a government in its liaison's place."""


@deputy.command("name")
@click.argument("person")
@click.option("--from", "since", required=True, help="From when: now, or 2026-11-30T09:00[Europe/Rome]")
@click.option("--until", required=True, help="Until when.")
@JSON
@click.pass_obj
def deputy_name(where: Where, person: str, since: str, until: str, as_json: bool) -> None:
    """A liaison names a deputy for some time."""
    from g20desk.desk.times import moment

    desk = where.desk()
    now = desk.clock.now_ms()
    first, last = moment(since, now)[0], moment(until, now)[0]
    if last < first:
        raise Usage("usage", "The time ends before it begins.", "Name a later --until.")
    made = desk.deputies.name(person, first, last)
    say({"deputy": made, "person": person, "from": iso(first), "until": iso(last)}, as_json,
        f"{person} speaks for you from {iso(first)} until {iso(last)}.")  # fmt: skip


@deputy.command("end")
@click.argument("liaison", default="")
@JSON
@click.pass_obj
def deputy_end(where: Where, liaison: str, as_json: bool) -> None:
    """Have no deputy any more; the head may end that of a LIAISON."""
    where.desk().deputies.end(liaison)
    say({"ended": True}, as_json, "Ended.")


@deputy.command("list")
@JSON
@click.pass_obj
def deputy_list(where: Where, as_json: bool) -> None:
    """Deputies, now and to come."""
    rows = where.desk().deputies.rows()
    words = [[r["government"], r["deputy"], f"for {r['liaison']}", f"{r['since']} – {r['until']}", "now" if r["now"] else ""]
             for r in rows]  # fmt: skip
    say(rows, as_json, table(words) or "No deputies.")


@click.group()
def template() -> None:
    """Texts that are cleared for emergencies, but for some words."""


@template.command("adopt")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@JSON
@click.pass_obj
def template_adopt(where: Where, file: Path, as_json: bool) -> None:
    """Clear a template; the head and a liaison together. A file: name, kind, accounts, roles (of the two who release it),
    within (PT1H), slots = { place = 40 }, and [[text]] lang, text or parts, with {place} where the words go."""
    from g20desk.desk import routes

    value = routes.read(file)
    waits = where.desk().templates.adopt(value)
    say({"template": value["name"], "waits_for": waits}, as_json, f"It waits for {waits}." if waits else "In force.")


@template.command("list")
@JSON
@click.pass_obj
def template_list(where: Where, as_json: bool) -> None:
    """Templates in force."""
    rows = where.desk().templates.rows()
    words = []
    for row in rows:
        words.append(f"{row['name']}  {row['kind']}  released by {' and '.join(row['roles'])}")
        words += [f"  [{lang}] {part}" for lang, parts in row["texts"].items() for part in parts]
    say(rows, as_json, "\n".join(words) or "No templates.")


@template.command("fill")
@click.argument("name")
@click.option("--to", "to", multiple=True, required=True, help="An account.")
@click.option("--slot", "slots", multiple=True, help="place=Rome, or place.fr=Rome for one language.")
@JSON
@click.pass_obj
def template_fill(where: Where, name: str, to: tuple[str, ...], slots: tuple[str, ...], as_json: bool) -> None:
    """Begin a message from a template; who fills it is its author."""
    given: dict[str, dict[str, str]] = {}
    for one in slots:
        slot, sign, value = one.partition("=")
        if not sign:
            raise Usage("usage", f"“{one}” fills no slot.", "Write: --slot place=Rome")
        which, _, lang = slot.partition(".")
        given.setdefault(lang, {})[which] = value
    made: dict[str, Any] = where.desk().templates.fill(name, to, given)
    say(made, as_json, f"Message {made['message'][:12]}, digest {made['digest']}")


@template.command("withdraw")
@click.argument("name")
@JSON
@click.pass_obj
def template_withdraw(where: Where, name: str, as_json: bool) -> None:
    """The head, or any liaison, takes a template out of use."""
    where.desk().templates.withdraw(name)
    say({"template": name}, as_json, "Withdrawn.")
