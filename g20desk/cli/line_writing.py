"""What a line is written with on the command line: its options, on what there was before."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from g20desk.cli import findings, line_file
from g20desk.cli.message_file import moment_of
from g20desk.cli.output import JSON
from g20desk.cli.writing import read
from g20desk.errors import Usage
from g20desk.office.content import Content, PictureFile, Text, Wording
from g20desk.office.form import LINE

LISTS = ("locks", "tags", "do", "dont")
NOTHING = ("",)  # what empties a list that there is


def written(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options with which a line is written."""
    for option in reversed((
        click.option("--text", help="A file with the text, or - for standard input."),
        click.option("--from", "source_file", metavar="FILE.toml", help="A TOML file with all of the line: its texts in all "
                     "languages, what is locked, pictures, hashtags, do and don't."),
        click.option("--lang", default="en", help="The language of --text, --lock, --alt, --do and --dont."),
        click.option("--lock", multiple=True,
                     help="A phrase that must stand verbatim wherever the line is carried; may be repeated."),
        click.option("--topic", help="What it is about."),
        click.option("--until", help="The last day on which it stands: 2026-12-31, or a time."),
        click.option("--not-before", help="Its embargo: it goes out then or later, 2026-11-30T18:00[Europe/Rome]."),
        click.option("--source", help="Where it comes from: the declaration and its paragraph."),
        click.option("--supersedes", help="The line that it takes the place of, once agreed."),
        click.option("--image", multiple=True, help="A picture; may be repeated."),
        click.option("--alt", multiple=True, help="What the picture shows, in the order of --image."),
        click.option("--tag", multiple=True, help="A hashtag that goes with it, in all languages; may be repeated."),
        click.option("--do", multiple=True, help="Advice to those who carry it; may be repeated."),
        click.option("--dont", multiple=True, help="What they should not say or do; may be repeated."),
        JSON,
    )):  # fmt: skip
        command = option(command)
    return command


def typed(given: Mapping[str, Any], before: Content | None, now_ms: int) -> Content:
    """What the options say, on what there was before; what is left out stays as it was. Raises Usage."""
    if given["source_file"] is not None:
        named = [name for name, value in given.items() if value and name not in ("source_file", "lang")]
        if named:
            raise Usage("two-ways", f"--from says all of the line; --{named[0]} would say it again.", "Leave it out.")
        return line_file.load(Path(given["source_file"]), now_ms)
    if before is None and given["text"] is None:
        raise Usage("no-text", "There is no text.", "Add: --text FILE, or --from FILE.toml")
    if before is None and not (given["topic"] or "").strip():
        raise Usage("bad-line", "A line is words on a topic, for no account.", "Add: --topic T")
    made, lang = before or Content(LINE, (), (), line=Wording({})), given["lang"]
    if given["text"] is not None:
        made = made.with_text(Text(lang, (read(given["text"]),)))
    if given["not_before"] is not None:
        made = replace(made, not_before=moment_of(given["not_before"]))
    if given["topic"] is not None:
        made = replace(made, topic=given["topic"])
    return replace(made, pictures=_pictures(given, made, lang), line=_wording(given, made.line or Wording({}), now_ms))


def without(before: Content, lang: str) -> Content:
    """A line without one of its languages. Raises Usage where it has no text in it."""
    texts = tuple(text for text in before.texts if text.lang != lang)
    if len(texts) == len(before.texts):
        raise Usage("bad-language", f"This line has no text in {lang}.", "See: g20desk line show")
    line = before.line or Wording({})
    for name in LISTS:
        line = _with(line, name, {one: said for one, said in getattr(line, name).items() if one != lang})
    pictures = tuple(replace(p, alt={one: said for one, said in p.alt.items() if one != lang}) for p in before.pictures)
    return replace(before, texts=texts, pictures=pictures, line=line)


def _with(line: Wording, name: str, said: Mapping[str, tuple[str, ...]]) -> Wording:
    changed: dict[str, Any] = {name: said}
    return replace(line, **changed)


def _wording(given: Mapping[str, Any], was: Wording, now_ms: int) -> Wording:
    lang = given["lang"]
    lists = {"locks": ("lock", lang), "tags": ("tag", ""), "do": ("do", lang), "dont": ("dont", lang)}
    for name, (option, key) in lists.items():
        there, wished = getattr(was, name), given[option]
        if wished:
            was = _with(was, name, {**there, key: () if wished == NOTHING and there.get(key) else wished})
    if given["until"] is not None:
        was = replace(was, until=line_file.end_of(given["until"], now_ms) if given["until"] else 0)
    words: dict[str, Any] = {name: given[name] for name in ("source", "supersedes") if given[name] is not None}
    return replace(was, **words)


def _pictures(given: Mapping[str, Any], was: Content, lang: str) -> tuple[PictureFile, ...]:
    """New pictures in the place of those before; alt texts alone are those of the pictures that there are, in that language."""
    image, alt = given["image"], given["alt"]
    if not image and alt and len(alt) == len(was.pictures):
        return tuple(replace(one, alt={**one.alt, lang: words}) for one, words in zip(was.pictures, alt, strict=True))
    if len(image) != len(alt):
        raise Usage("alt", "Each --image needs its --alt.", "Give them in pairs; an empty alt text is a finding.")
    return tuple(PictureFile(i, {lang: a}) for i, a in zip(image, alt, strict=True)) or was.pictures


def drafted(made: Mapping[str, Any]) -> str:
    """What a new revision of a line is, for people."""
    return "\n".join([f"Line   {made['line']}", f"Digest {made['digest']}", *findings.listed(made["findings"])])
