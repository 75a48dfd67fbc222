"""`message comment`: a word on a submitted text, and what was said on it as threads."""

from __future__ import annotations

from typing import Any

import click

from g20desk.cli.output import JSON, Where, say

WHERE = {"here": "on", "earlier": "on an earlier text:", "whole": "on all of it"}


@click.command("comment")
@click.argument("id")
@click.option("--digest", default="", help="The digest that you saw; without it, as it stands now.")
@click.option("--on", "words", default="", help="The words that the comment is on, as they stand in the text.")
@click.option("--lang", default="", help="With --on: in the text of this language.")
@click.option("--answers", default="", help="The comment that this answers.")
@click.option("--why", "text", default="", help="What you say.")
@JSON
@click.pass_obj
def comment(where: Where, id: str, digest: str, words: str, lang: str, answers: str, text: str, as_json: bool) -> None:
    """Say something on a submitted text, on a passage of it or in answer to somebody; it decides nothing."""
    desk = where.desk()
    about = desk.comments.passage(id, words, lang) if words else None
    made = desk.comments.make(id, text, digest.lower(), about, answers)
    value = {**made, "state": desk.messages.show(made["message"])["state"]}
    say(value, as_json, f"Said. Comment {made['comment'][:12]}")


def threads(found: list[dict[str, Any]]) -> list[str]:
    """What was said on a message, thread by thread, for people."""
    made = []
    for thread in found:
        about, where = thread["about"], WHERE[thread["stands"]]
        made += ["", f"{where} “{about['words']}” [{about['lang']}]" if about else where]
        made += [f"  {c['id'][:12]}  {c['at'][:16]}  {c['person']}: {c['text']}" for c in thread["comments"]]
    return made
