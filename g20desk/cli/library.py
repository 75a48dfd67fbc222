"""`library`: agreed wording to look up, to write with, to translate with; sets of it, adopted by two people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from g20desk.cli.output import JSON, WHY, Where, reason, say, table
from g20desk.cli.writing import read
from g20desk.office.library import Entry

LANG = click.option("--lang", default="en", help="The language of the text.")
TOPIC = click.option("--topic", default="", help="What it is about.")


@click.group()
def library() -> None:
    """Agreed wording: lines, declarations, and what was translated."""


@library.command("list")
@JSON
@click.pass_obj
def library_list(where: Where, as_json: bool) -> None:
    """The sets of agreed language that this office proposed and adopted, besides its lines and its rulebook's."""
    rows = where.desk().library.sets()
    lines = [
        [r["id"][:12], r["state"], str(r["texts"] if r["texts"] is not None else "?"), r["name"], r["note"]]
        for r in rows
    ]
    say(rows, as_json, table(lines) or "No sets; the rulebook in force brings its agreed language.")


@library.command("search")
@click.argument("words", nargs=-1)
@click.option("--lang", default="", help="Only in this language.")
@TOPIC
@click.option("--most", default=50, help="How many.")
@JSON
@click.pass_obj
def library_search(where: Where, words: tuple[str, ...], lang: str, topic: str, most: int, as_json: bool) -> None:
    """Agreed wording with all these words; a word finds longer ones that begin with it."""
    found = [told(one) for one in where.desk().library.search(" ".join(words), lang, topic, most)]
    say(found, as_json, table([_row(one) for one in found]) or "Nothing agreed says that.")


@library.command("suggest")
@click.option("--text", required=True, help="A file with what is written so far, or - for standard input.")
@LANG
@TOPIC
@click.option("--beside", default="", metavar="FILE", help="The same message in another language, to translate from.")
@click.option("--from", "source", default="en", help="The language of that.")
@JSON
@click.pass_obj
def library_suggest(
    where: Where, text: str, lang: str, topic: str, beside: str, source: str, as_json: bool
) -> None:  # fmt: skip
    """What the composer offers at the end of a text. `start`: where what it takes the place of begins, in code points."""
    typed, other = read(text), (source, read(beside)) if beside else ("", "")
    offers = where.desk().library.offers(typed, len(typed), lang, topic, other)
    found = [{**told(one.entry), "start": one.start, "percent": one.percent} for one in offers]
    say(found, as_json, table([_row(one) for one in found]) or "Nothing agreed goes on with that.")


@library.command("translate")
@click.option("--text", required=True, help="A file with the text, or - for standard input.")
@click.option("--from", "source", default="en", help="The language of the text.")
@click.option("--to", "target", required=True, help="The language to translate to.")
@JSON
@click.pass_obj
def library_translate(where: Where, text: str, source: str, target: str, as_json: bool) -> None:
    """How each sentence of a text was translated in what was agreed, and how far it is the same, in per cent."""
    found = where.desk().library.translate(read(text), source, target)
    value = [
        {"text": said, "matches": [{**told(m.entry), "percent": m.percent, "wording": m.wording} for m in matches]}
        for said, matches in found
    ]
    lines: list[str] = []
    for said, matches in found:
        lines += [said, *(f"  {m.percent} %  {m.entry.text}" for m in matches)]
        lines += [] if matches else ["  nothing like it was agreed"]
    say(value, as_json, "\n".join(lines))


@library.command("here")
@click.option("--text", required=True, help="A file with the text, or - for standard input.")
@LANG
@JSON
@click.pass_obj
def library_here(where: Where, text: str, lang: str, as_json: bool) -> None:
    """What of a text is agreed wording, letter for letter, with its place in code points."""
    found = [
        {**told(one.entry), "start": one.start, "end": one.end} for one in where.desk().library.here(read(text), lang)
    ]
    say(found, as_json, table([_row(one) for one in found]) or "Nothing of it is agreed wording.")


@library.command("propose")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--name", required=True, help="What the set is called.")
@WHY
@JSON
@click.pass_obj
def library_propose(where: Where, file: Path, name: str, why: str, as_json: bool) -> None:
    """Propose what a file (.tsv, .toml, .tmx) says that is not in the library yet; a second person adopts it."""
    made = where.desk().library.propose(file, name, reason(why))
    words = f"Proposed {made['new']} texts; {made['known']} are known. A second person: g20desk library adopt {made['proposal'][:12]}"
    say(made, as_json, words)


@library.command("adopt")
@click.argument("set")
@JSON
@click.pass_obj
def library_adopt(where: Where, set: str, as_json: bool) -> None:
    """Sign a proposed set as the second person; the head is one of the two."""
    made = where.desk().library.adopt(set)
    say(made, as_json, f"“{made['name']}” is in the library: {made['texts']} texts.")


@library.command("withdraw")
@click.argument("set")
@WHY
@JSON
@click.pass_obj
def library_withdraw(where: Where, set: str, why: str, as_json: bool) -> None:
    """Take a proposed set off the table; as the head, an adopted one out of the library."""
    desk = where.desk()
    found = desk.library.set(set).event
    desk.library.withdraw(found, reason(why))
    say({"set": found}, as_json, "Taken out.")


@library.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--from", "source", default="", help="Only what is agreed in this language.")
@click.option("--to", "target", default="", help="And in this one.")
@JSON
@click.pass_obj
def library_export(where: Where, file: Path, source: str, target: str, as_json: bool) -> None:
    """Write all that is agreed: as .tmx what is so in several languages, as .tsv everything."""
    count = where.desk().library.export(file, source, target)
    say({"file": str(file), "texts": count}, as_json, f"Wrote {count} texts to {file}.")


def told(entry: Entry) -> dict[str, Any]:
    """An entry as --json prints it."""
    from g20desk.clock import iso

    return {
        "kind": entry.kind, "lang": entry.lang, "text": entry.text, "topic": entry.topic, "source": entry.source,
        "line": entry.of if entry.kind == "line" else None, "of": entry.of, "locked": [*entry.locked],
        "until": iso(entry.until) if entry.until else None,
    }  # fmt: skip


def _row(one: dict[str, Any]) -> list[str]:
    from_ = one["source"] or (f"line {one['line'][:12]}" if one["line"] else "")
    return [
        one["kind"],
        one["lang"],
        f"{one['percent']} %" if one.get("percent", 100) < 100 else "",
        one["text"][:100],
        from_,
    ]
