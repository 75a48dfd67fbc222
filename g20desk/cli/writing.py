"""What a message is written with on the command line: options, files, and what is said of a new revision."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from g20desk import reading
from g20desk.cli import findings, message_file
from g20desk.cli.output import JSON
from g20desk.errors import Usage
from g20desk.office.content import Content, PictureFile, Text


def read(file: str) -> str:
    """A text from a file or `-`, without its last line end. Raises Usage."""
    try:
        raw = sys.stdin.buffer.read(reading.MEGA + 1) if file == "-" else reading.read(Path(file), reading.MEGA)
        if len(raw) > reading.MEGA:
            raise Usage("too-large", "A text has 1 MB at most.", "Cut it in parts.")
        return raw.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").removesuffix("\n")
    except UnicodeDecodeError as error:
        raise Usage("bad-text", f"{file} is not UTF-8.", "Save it as UTF-8.") from error


def typed(text: str | None, lang: str, kind: str | None, image: tuple[str, ...], alt: tuple[str, ...],
           to: tuple[str, ...], source: str | None, warning: str | None, visibility: str | None,
           not_before: str | None, corrects: str | None, replies_to: str | None, quotes: str | None,
           poll: tuple[str, ...], poll_for: str | None, poll_several: bool,
           before: Content | None) -> Content:  # fmt: skip
    """What the options say, on what there was before. Raises Usage."""
    if source is not None:
        return message_file.load(Path(source))
    if len(image) != len(alt):
        raise Usage("alt", "Each --image needs its --alt.", "Give them in pairs; an empty alt text is a finding.")
    wished = warning is not None or visibility is not None
    links = {"corrects": corrects, "replies": replies_to, "quotes": quotes}
    named: dict[str, Any] = {how: id for how, id in links.items() if id is not None}
    besides = wished or not_before is not None or bool(named) or bool(poll) or poll_for is not None
    if text is None and (before is None or not (image or to or kind or besides)):
        raise Usage("no-text", "There is no text.", "Add: --text FILE, or --from FILE.toml")
    made = before or Content("correction" if corrects else "news", (), ())
    pictures = tuple(PictureFile(i, {lang: a}) for i, a in zip(image, alt, strict=True))
    made = replace(
        made, kind=kind or made.kind, to=to or made.to, pictures=pictures or made.pictures,
        not_before=made.not_before if not_before is None else message_file.moment_of(not_before),
        poll=message_file.poll_of(made.poll, poll, lang, poll_for, poll_several), **named,
    )  # fmt: skip
    if text is None and not wished:
        return made
    was = made.text_for(lang, "") or Text(lang, ())
    parts = was.parts if text is None else (read(text),)
    warning, visibility = (
        old if new is None else new for old, new in ((was.warning, warning), (was.visibility, visibility))
    )
    return made.with_text(Text(lang, parts, "", warning, visibility))


def written(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options with which a message is written."""
    for option in reversed((
        click.option("--text", help="A file with the text, or - for standard input."),
        click.option("--from", "source", help="A TOML file with all texts, languages, threads and pictures."),
        click.option("--lang", default="en", help="The language of the text."),
        click.option("--kind", help="news, statement, rebuttal, condolence or correction"),
        click.option("--image", multiple=True, help="A picture, a GIF or a video (MP4); may be repeated."),
        click.option("--alt", multiple=True, help="What the picture shows, in the order of --image."),
        click.option("--warning", help="What stands before the text, to be opened (Mastodon)."),
        click.option("--visibility", help="public, unlisted or private: followers only (Mastodon)."),
        click.option("--to", multiple=True, help="An account; may be repeated."),
        click.option("--not-before", help="It goes out then or later: 2026-11-30T18:00[Europe/Rome]; empty: at any time."),
        click.option("--corrects", help="The message or post that it corrects: there each of its posts replies to it."),
        click.option("--replies-to", help="The message or post of ours that each of its posts goes on below."),
        click.option("--quotes", help="The message or post of ours that each of its posts shows within it."),
        click.option("--poll", multiple=True, help="An answer of a poll; repeat it for each."),
        click.option("--poll-for", help="For how long the poll is open: PT24H (one day where it is left out)."),
        click.option("--poll-several", is_flag=True, help="A reader may choose several answers (Mastodon)."),
        JSON,
    )):  # fmt: skip
        command = option(command)
    return command


def drafted(made: dict[str, Any]) -> str:
    """What a new revision is, for people."""
    return "\n".join([f"Message {made['message']}", f"Digest  {made['digest']}", *findings.listed(made["findings"])])
