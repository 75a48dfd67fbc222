"""`line`: agreed wording on a topic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from g20desk.cli import line_writing, merging, overhearing, signing
from g20desk.cli.output import JSON, WHY, Where, reason, say, table
from g20desk.text import SPLIT


@click.group()
def line() -> None:
    """Agreed wording on a topic."""


@line.command("new")
@line_writing.written
@click.pass_obj
def line_new(where: Where, /, as_json: bool, **given: Any) -> None:
    """Begin a line; prints the digest that will be signed off."""
    desk = where.desk()
    made = desk.lines.begin(line_writing.typed(given, None, desk.clock.now_ms()))
    say(made, as_json, line_writing.drafted(made))


@line.command("revise")
@click.argument("id")
@line_writing.written
@click.option(
    "--without", default="", metavar="LANG", help="Leave out this language: text, locked phrases, do and don't."
)
@click.pass_obj
def line_revise(where: Where, /, id: str, without: str, as_json: bool, **given: Any) -> None:
    """Make a new revision; what is left out stays as it is, and "" empties it. What is submitted is withdrawn first."""
    desk = where.desk()
    before = desk.lines.content(id)
    before = line_writing.without(before, without) if without else before
    made = desk.lines.revise(id, line_writing.typed(given, before, desk.clock.now_ms()))
    say(made, as_json, line_writing.drafted(made))


@line.command("submit")
@click.argument("id")
@click.option("--route", default="", help="The route to take, where none is made for lines, or several.")
@JSON
@click.pass_obj
def line_submit(where: Where, id: str, route: str, as_json: bool) -> None:
    """Submit a line for sign-off."""
    desk = where.desk()
    made = desk.messages.submit(desk.lines.get(id).id, route)
    say({"line": made["message"], "digest": made["digest"]}, as_json, f"Submitted. Digest {made['digest']}")


@line.command("withdraw")
@click.argument("id")
@WHY
@JSON
@click.pass_obj
def line_withdraw(where: Where, id: str, why: str, as_json: bool) -> None:
    """Take a line back; nobody is asked to carry it any more."""
    desk = where.desk()
    found = desk.lines.get(id).id
    desk.messages.withdraw(found, reason(why))
    say({"line": found}, as_json, "Withdrawn.")


@line.command("list")
@JSON
@click.pass_obj
def line_list(where: Where, as_json: bool) -> None:
    """All lines that you may read, the newest first."""
    rows = where.desk().lines.rows()
    say(rows, as_json, table([[r["id"][:12], r["state"], r["topic"], r["text"][:80]] for r in rows]) or "No lines.")


@line.command("show")
@click.argument("id")
@JSON
@click.pass_obj
def line_show(where: Where, id: str, as_json: bool) -> None:
    """All of a line: texts, locked phrases, pictures, hashtags, do and don't, its sign-off."""
    from g20desk.desk import seen

    desk = where.desk()
    shown = desk.lines.show(id)
    say(shown, as_json, _words(shown))
    if not as_json and shown["state"] != "draft":  # a script that asks has read nothing
        seen.mark(desk, shown["id"], shown["digest"])


def _words(shown: dict[str, Any]) -> str:
    lines = [shown["topic"], f"{shown['state']}, digest {shown['digest']}"]
    lines += [f"until {shown['until']}"] if shown["until"] else []
    lines += [f"not before {shown['not_before']}"] if shown["not_before"] else []
    lines += [f"from {shown['source']}"] if shown["source"] else []
    lines += [f"in the place of {shown['supersedes'][:12]}"] if shown["supersedes"] else []
    lines += [f"{shown['superseded_by'][:12]} took its place"] if shown["superseded_by"] else []
    for text in shown["texts"]:
        lang = text["lang"]
        lines += ["", f"[{lang}] " + SPLIT.join(text["parts"])]
        for name, word in (("locks", "locked"), ("do", "do"), ("dont", "don't")):
            lines += [f"  {word}: {one}" for one in shown[name].get(lang, ())]
        lines += [f"  picture {n}: {picture['alt'].get(lang, '')}" for n, picture in enumerate(shown["pictures"], 1)]
    tags = [f"#{one}" for said in shown["tags"].values() for one in said]
    lines += ["", " ".join(tags)] if tags else []
    lines += ["", *signing.stages(shown["signoff"])] if shown["signoff"]["route"] else []
    return "\n".join(lines)


@line.command("diff")
@click.argument("id")
@click.argument("old", required=False)
@click.argument("new", required=False)
@JSON
@click.pass_obj
def line_diff(where: Where, id: str, old: str | None, new: str | None, as_json: bool) -> None:
    """What changed between two revisions, word by word: [-removed-] {+added+}; without any named, between the last two."""
    desk = where.desk()
    changes = desk.lines.diff(id, old or "", new or "")
    say(changes, as_json, merging.changed(changes))


@line.command("kit")
@click.argument("id")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--lang", "langs", multiple=True, help="Of this language alone; may be repeated.")
@click.option("--draft", is_flag=True, help="Of a line that is not agreed; every file says so.")
@JSON
@click.pass_obj
def line_kit(where: Where, id: str, path: Path, langs: tuple[str, ...], draft: bool, as_json: bool) -> None:
    """Save the media kit of an agreed line: a folder, or one page to print where PATH ends in .html."""
    made = where.desk().lines.kit(id, path, langs, draft)
    say(made, as_json, "\n".join([f"{made['path']}: {made['state']}, digest {made['digest']}",
                                  *(f"  {name}" for name in made["files"])]))  # fmt: skip


for command in overhearing.COMMANDS:
    line.add_command(command)


for command in signing.COMMANDS:
    if command.name in (*signing.ANSWERS, "comment", "reopen", "extend", "lift"):
        line.add_command(command)
