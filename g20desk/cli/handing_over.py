"""`office hand-over`, `checklist`, `note`: the Presidency passes to another government."""

from __future__ import annotations

from typing import Any

import click

from g20desk.cli.output import JSON, WHY, Where, reason, say, table


def register(office: click.Group) -> None:
    """Under `office`."""
    for command in (office_hand_over, office_checklist, office_note):
        office.add_command(command)


@click.command("hand-over")
@click.option("--presidency", "government", required=True, metavar="CC", help="Whose Presidency it is from now on.")
@click.option("--after", default=None, metavar="CC", help="Whose it will be then; without it as it was announced.")
@click.option(
    "--keep", multiple=True, metavar="ACCOUNT", help="An account that stays with its government; all others pass."
)
@WHY
@click.option(
    "--re-aim/--no-re-aim", default=True, help="Ask the new Presidency's accounts for what kept ones were asked for."
)
@click.option("--rehearse", is_flag=True, help="Say what would happen; nothing is written.")
@JSON
@click.pass_obj
def office_hand_over(
    where: Where,
    government: str,
    after: str | None,
    keep: tuple[str, ...],
    why: str,
    re_aim: bool,
    rehearse: bool,
    as_json: bool,
) -> None:
    """The head hands the Presidency over, with its accounts: who had them publishes on them no more."""
    part, then = where.desk().presidency, None if after is None else after.upper()
    if rehearse:
        made = part.rehearse(government.upper(), then, keep, why)
    else:
        made = part.hand_over(government.upper(), then, keep, why, re_aim)
    words = f"Rehearsed, nothing was written. {_shown(made)}" if rehearse else _shown(made)
    say(made, as_json, words)


@click.command("checklist")
@JSON
@click.pass_obj
def office_checklist(where: Where, as_json: bool) -> None:
    """How far the last handover has come: each item with the act that proves it, or whose turn it is."""
    made = where.desk().presidency.shown()
    say(made, as_json, _shown(made) if made["checklist"] else "There was no handover yet.")


@click.command("note")
@click.argument("item")
@WHY
@JSON
@click.pass_obj
def office_note(where: Where, item: str, why: str, as_json: bool) -> None:
    """The head leaves an ITEM of the checklist as it is, on record with the reason."""
    where.desk().presidency.note(item, reason(why))
    say({"item": item, "state": "left"}, as_json, f"Left as it is: {item}.")


def _shown(made: dict[str, Any]) -> str:
    troika = " – ".join(one or "?" for one in (made["before"], made["presidency"], made["after"]))
    lines = [f"The Presidency is {made['presidency']}'s. Troika: {troika}."]
    lines.append(table([[one["account"], one["owner"], one["custody"]] for one in made["accounts"]]))
    lines += [f"Stopped: “{one['title']}” on {one['account']}, planned for {one['planned']}." for one in made["posts"]]
    lines.append(
        table([[one["state"], one["item"], one["by"] or (one["who"] and f"waits for {one['who']}"), (one["at"] or "")[:16],
                one["act"][:12]] for one in made["checklist"]])
    )  # fmt: skip
    return "\n".join(filter(None, lines))
