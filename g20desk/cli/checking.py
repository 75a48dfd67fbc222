"""`check`: for machines a line at a time, for people with carets under the words."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

import click

from g20desk.errors import Usage

if TYPE_CHECKING:
    from g20desk.desk.checking import Checking

MOST = 1_000_000


@click.command()
@click.option("--jsonl", is_flag=True, help="One JSON object a line in, one out, until the input ends.")
@click.argument("file", required=False, type=click.File("r", encoding="utf-8"))
@click.option("--network", default="x", help="x, bluesky, mastodon or rehearsal")
@click.option("--lang", default="en", help="The language of the text.")
def check(jsonl: bool, file: Any, network: str, lang: str) -> None:
    """Check a text against the shared code; needs no office."""
    if jsonl:
        lines(sys.stdin.buffer, sys.stdout)
    elif file is None:
        raise Usage("no-file", "Name a file, or use --jsonl.", "See: g20desk check --help")
    else:
        people(file.read(), network, lang)


def lines(source: BinaryIO, out: TextIO) -> None:
    """One answer a line, in order, flushed; a line that cannot be read gets an error and the next goes on."""
    from g20desk.desk.checking import Checking

    checking = Checking()
    for raw in source:
        out.write(json.dumps(_answer(checking, raw)) + "\n")
        out.flush()


def _answer(checking: Checking, raw: bytes) -> dict[str, Any]:
    if len(raw) > MOST:
        return {"error": f"The line is over {MOST} bytes."}
    try:
        asked = json.loads(raw.decode("utf-8"))
    except (ValueError, RecursionError):
        return {"error": "The line is not JSON in UTF-8."}
    if not isinstance(asked, dict) or not isinstance(asked.get("text"), str):
        return {"error": "The line is not an object with a text."}
    given = {name: asked.get(name, usual) for name, usual in (("network", "x"), ("lang", "en"), ("kind", "news"))}
    attachments = asked.get("attachments") or []
    if not all(isinstance(v, str) for v in given.values()) or not isinstance(attachments, list):
        return {"error": "network, lang and kind are strings, attachments a list."}
    if not all(isinstance(a, dict) and isinstance(a.get("alt", ""), str | None) for a in attachments):
        return {"error": "An attachment is an object with an alt text."}
    try:
        for words in (asked["text"], *(a.get("alt") or "" for a in attachments)):
            words.encode()
        return checking.text(asked["text"], given["network"], given["lang"], given["kind"], attachments)
    except UnicodeEncodeError:
        return {"error": "The text holds half a surrogate pair."}
    except Usage as error:
        return {"error": error.message}


def people(text: str, network: str, lang: str) -> None:
    """Findings with carets."""
    from g20desk.desk.checking import Checking

    answer = Checking().text(text, network, lang)
    click.echo(f"{answer['length']} of {answer['limit']} on {network}")
    for found in answer["findings"]:
        start = text.rfind("\n", 0, found["start"]) + 1
        stop = text.find("\n", found["start"])
        click.echo(text[start : stop if stop >= 0 else None])
        click.echo(" " * (found["start"] - start) + "^" * max(1, found["end"] - found["start"]))
        click.echo(f"{found['level']} {found['rule']}: {found['message']}")
