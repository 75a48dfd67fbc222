"""`check`: for machines a line at a time, for people with carets under the words."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TextIO

import click

from g20desk.cli.findings import listed, pointed
from g20desk.cli.output import tell
from g20desk.errors import Usage
from g20desk.office.content import Content, PictureFile, Text

if TYPE_CHECKING:
    from g20desk.desk.checking import Checking

MOST, MOST_TEXTS = 1_000_000, 100


@click.command()
@click.option("--jsonl", is_flag=True, help="One JSON object a line in, one out, until the input ends.")
@click.argument("file", required=False)
@click.option("--network", default="x", help="x, bluesky, mastodon or rehearsal")
@click.option("--lang", default="en", help="The language of the text.")
def check(jsonl: bool, file: str | None, network: str, lang: str) -> None:
    """Check a text, or a message file (FILE.toml) with all its languages, against the shared code; needs no office."""
    from g20desk.cli.message_file import load
    from g20desk.cli.writing import read

    if jsonl:
        lines(sys.stdin.buffer, sys.stdout)
    elif file is None:
        raise Usage("no-file", "Name a file, or use --jsonl.", "See: g20desk check --help")
    elif file.endswith(".toml"):
        message(load(Path(file)), network)
    else:
        people(read(file), network, lang)


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
    if isinstance(asked, dict) and "texts" in asked and "text" not in asked:
        return _whole(checking, asked)
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


def _whole(checking: Checking, asked: dict[str, Any]) -> dict[str, Any]:
    """A message with several texts."""
    try:
        json.dumps(asked, ensure_ascii=False).encode()
        return checking.message(_content(asked), asked.get("network", "x"))
    except UnicodeEncodeError:
        return {"error": "The text holds half a surrogate pair."}
    except (KeyError, TypeError, AttributeError, ValueError):
        return {"error": "texts are objects with lang, and text or parts; attachments have an alt for each language."}
    except Usage as error:
        return {"error": error.message}


def _content(asked: dict[str, Any]) -> Content:
    """Raises KeyError, TypeError, AttributeError or ValueError for another shape, Usage for too much of it."""
    if len(asked["texts"]) > MOST_TEXTS:
        raise Usage("too-large", f"A message has {MOST_TEXTS} texts at most.", "Check it in pieces.")
    texts = [
        Text(_str(one["lang"]), tuple(map(_str, one["parts"] if "parts" in one else [one["text"]])),
             _str(one.get("network", "")))
        for one in asked["texts"]
    ]  # fmt: skip
    pictures = [
        PictureFile("", {lang: _str(alt or "") for lang, alt in one["alt"].items()}, one.get("part", 1))
        for one in asked.get("attachments") or []
    ]
    return Content(_str(asked.get("kind", "news")), (), tuple(texts), tuple(pictures))


def _str(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def people(text: str, network: str, lang: str) -> None:
    """Findings with carets."""
    from g20desk.desk.checking import Checking

    answer = Checking().text(text, network, lang)
    tell(f"{answer['length']} of {answer['limit']} on {network}")
    _tell(answer["findings"], text)


def _tell(findings: list[dict[str, Any]], text: str) -> None:
    for found in findings:
        words = text if "attachment" not in found else found["text"]
        at = found if "attachment" not in found else {**found, "start": 0, "end": len(words)}
        tell("\n".join([*pointed(words, at), f"{found['level']} {found['rule']}: {found['message']}"]))


def message(content: Content, network: str) -> None:
    """All texts of a message, then what holds along its threads and between its languages, both places of it."""
    from g20desk.desk.checking import Checking

    answer = Checking().message(content, network)
    parts = {(t.lang, t.network): t.parts for t in content.texts}
    for one in answer["texts"]:
        own = parts.get((one["lang"], one["network"])) or parts[one["lang"], ""]
        number = f" {one['part']}/{len(own)}" if len(own) > 1 else ""
        tell(f"[{one['lang']}{number}] {one['length']} of {one['limit']} on {one['network']}")
        _tell(one["findings"], own[one["part"] - 1])
    for found in answer["findings"]:
        for place in (found, found.get("against", {})):
            own = parts.get((place.get("lang"), found.get("network", ""))) or parts.get((place.get("lang"), ""), ())
            if place.get("text") and own:
                number = f" {place['part']}/{len(own)}" if len(own) > 1 else ""
                lines = pointed(own[place["part"] - 1], place)
                tell("\n".join(f"[{place['lang']}{number}] {line}" for line in lines))
        tell("\n".join(line.strip() for line in listed([found])))
