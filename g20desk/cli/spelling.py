"""`spelling`: a file looked through with the system's dictionaries, and the office's own word list."""

from __future__ import annotations

import sys
from typing import Any

import click

from g20desk.cli.output import JSON, Where, say, table

WORDS = click.argument("words", nargs=-1, required=True)
FOR = click.option("--lang", default="", help="Only in texts of this language; without it in all.")


@click.group()
def spelling() -> None:
    """Spelling, and the words that are right in this office."""


@spelling.command("check")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--lang", default="en", help="The language of the text, for example fr or en-US.")
@JSON
@click.pass_obj
def spelling_check(where: Where, file: Any, lang: str, as_json: bool) -> None:
    """Words that are in no dictionary and no list, with what to write instead; - reads standard input. Needs no office."""
    from g20desk.desk.spelling import Spelling

    mine = where.desk().spelling if (where.folder / "desk.json").exists() else Spelling(where.folder)
    text = file.read()
    found = mine.check(text, lang)
    value = {"lang": lang, "dictionary": mine.standing(lang).dictionary, "findings": found}
    lines = [_line(text, one) for one in found]
    say(value, as_json, "\n".join(lines) or "Nothing found.")


def _line(text: str, found: dict[str, Any]) -> str:
    row = text.count("\n", 0, found["start"]) + 1
    instead = ", ".join(found["suggestions"])
    return f"line {row}: {found['text']}" + (f" → {instead}" if instead else "")


@spelling.command("add")
@WORDS
@FOR
@JSON
@click.pass_obj
def spelling_add(where: Where, words: tuple[str, ...], lang: str, as_json: bool) -> None:
    """Put words on the office's list; every member reads it, so no name that is still under embargo."""
    where.desk().spelling.add(words, lang)
    say({"added": list(words), "lang": lang}, as_json, f"On the list: {', '.join(words)}")


@spelling.command("remove")
@WORDS
@FOR
@JSON
@click.pass_obj
def spelling_remove(where: Where, words: tuple[str, ...], lang: str, as_json: bool) -> None:
    """Take words off the office's list."""
    where.desk().spelling.remove(words, lang)
    say({"removed": list(words), "lang": lang}, as_json, f"Off the list: {', '.join(words)}")


@spelling.command("list")
@JSON
@click.pass_obj
def spelling_list(where: Where, as_json: bool) -> None:
    """The office's word list: who added what, when."""
    rows = where.desk().spelling.rows()
    words = table([[r["word"], r["lang"] or "all", r["by"], r["at"][:10]] for r in rows])
    say(rows, as_json, words or "None yet.")


@spelling.command("dictionaries")
@JSON
@click.pass_obj
def spelling_dictionaries(where: Where, as_json: bool) -> None:
    """The dictionaries that this desk finds, and where it looks."""
    from g20desk.desk.dictionaries import places
    from g20desk.desk.spelling import Spelling

    listed, looked = Spelling(where.folder).dictionaries(), [str(place) for place in places(where.folder)]
    value = {"dictionaries": [{"name": d.name, "file": str(d.dic)} for d in listed.values()], "looked_in": looked}
    words = table([[d.name, str(d.dic)] for d in listed.values()])
    say(value, as_json, words or "\n".join(["None found. Looked in:", *looked]))


@spelling.command("serve")
def spelling_serve() -> None:
    """For the program itself: hold dictionaries and answer questions on standard input, until it ends."""
    from g20desk.desk.hunspell_process import serve

    serve(sys.stdin.buffer, sys.stdout.buffer)
