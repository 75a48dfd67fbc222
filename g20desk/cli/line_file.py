"""A line as a TOML file: its texts in all languages with what is locked, pictures, hashtags, do and don't (`line new --from`)."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from g20desk.cli.message_file import moment_of
from g20desk.cli.toml_file import TomlFile
from g20desk.errors import Usage
from g20desk.office.content import Content, PictureFile, Text, Wording
from g20desk.office.form import LANG, LINE

SEE = "Its form: docs/one-voice.md, “A line as a file”."
_TOP = ("topic", "until", "not_before", "source", "supersedes", "note", "tags", "text", "do", "dont", "picture")
_TEXT = ("lang", "text", "parts", "lock")
_PICTURE = ("file", "part", "alt")
Key = tuple[str | int, ...]


def load(path: Path, now_ms: int) -> Content:
    """Read the file; pictures are relative to it. `now_ms`: a day that is over is refused. Raises Usage that names key and line."""
    file = TomlFile(path, SEE)
    value = file.value
    file.known(value, _TOP)
    texts: list[Text] = []
    locks: dict[str, tuple[str, ...]] = {}
    for number, one in enumerate(file.tables("text")):
        text = _text(file, one, ("text", number), [made.lang for made in texts])
        texts.append(text)
        if phrases := file.words(one, "lock", ("text", number)):
            locks[text.lang] = phrases
    if not texts:
        raise file.fault((), "there is no text: write [[text]], and below it lang and text.")
    if not file.word(value, "topic").strip():
        raise file.fault(("topic",), "a line is on a topic.")
    said = {name: file.by_language(name) for name in ("do", "dont")}
    for name, by_lang in said.items():
        for lang in by_lang:
            _check_lang(file, lang, (name, lang))
    wording = Wording(
        locks, _until(file, now_ms), file.word(value, "source"), file.word(value, "supersedes"), _tags(file), **said
    )
    pictures = tuple(_picture(file, one, ("picture", number)) for number, one in enumerate(file.tables("picture")))
    return Content(
        LINE,
        (),
        tuple(texts),
        pictures,
        file.word(value, "note"),
        file.word(value, "topic"),
        _not_before(file),
        line=wording,
    )


def _text(file: TomlFile, one: dict[str, Any], at: Key, before: list[str]) -> Text:
    file.known(one, _TEXT, at)
    lang = file.word(one, "lang", at)
    _check_lang(file, lang, (*at, "lang"))
    if lang in before:
        raise file.fault((*at, "lang"), f"there is a text in {lang} already.")
    if ("text" in one) == ("parts" in one):
        raise file.fault(at, "it has either text, or parts: the posts of a thread.")
    parts = file.words(one, "parts", at) if "parts" in one else (file.word(one, "text", at),)
    if not parts or not all(part.strip() for part in parts):
        raise file.fault((*at, "parts" if "parts" in one else "text"), "this is empty.")
    return Text(lang, parts)


def _check_lang(file: TomlFile, lang: str, at: Key) -> None:
    if not LANG.match(lang):
        raise file.fault(at, f"“{lang}” is no language tag: write for example en, fr, ar.")


def _until(file: TomlFile, now_ms: int) -> int:
    """The last day on which it stands, or a time; as a date of TOML or as text."""
    found = file.value.get("until", "")
    if not isinstance(found, (str, date)):
        raise file.fault(("until",), "this is a day: 2026-12-31")
    written = found.isoformat() if isinstance(found, (date, datetime)) else found
    try:
        return end_of(written, now_ms) if written else 0
    except Usage as error:
        raise file.fault(("until",), error.message) from error


def _not_before(file: TomlFile) -> int:
    """A time with an offset or a zone, as one of TOML or as text; 0 where there is none."""
    found = file.value.get("not_before", "")
    if not isinstance(found, (str, datetime)):
        raise file.fault(("not_before",), "this is a time: 2026-11-30T18:00:00+01:00")
    try:
        return moment_of(found.isoformat() if isinstance(found, datetime) else found)
    except Usage as error:
        raise file.fault(("not_before",), f"{error.message} {error.help}") from error


def _tags(file: TomlFile) -> dict[str, tuple[str, ...]]:
    """Hashtags of all languages as a list, or by language."""
    from g20desk.desk.wordings import tag

    found = file.value.get("tags", [])
    tags = file.by_language("tags") if isinstance(found, dict) else {"": file.words(file.value, "tags")}
    for lang, words in tags.items():
        if lang:
            _check_lang(file, lang, ("tags", lang))
        for number, word in enumerate(words):
            try:
                tag(word)
            except Usage as error:
                raise file.fault(
                    ("tags", *([lang] if lang else []), number), f"{error.message} {error.help}"
                ) from error
    return {lang: words for lang, words in tags.items() if words}


def _picture(file: TomlFile, one: dict[str, Any], at: Key) -> PictureFile:
    file.known(one, _PICTURE, at)
    name, alt, part = file.word(one, "file", at), one.get("alt", {}), one.get("part", 1)
    if not name:
        raise file.fault(at, "it has a file.")
    path = file.path.parent / name
    if not path.is_file():
        raise file.fault((*at, "file"), f"{path} is not there.")
    if not isinstance(alt, dict):
        raise file.fault((*at, "alt"), 'write by language: { en = "What it shows" }')
    for lang in alt:
        _check_lang(file, lang, (*at, "alt"))
    if type(part) is not int or part < 1:
        raise file.fault((*at, "part"), "this is the number of the post that it goes with, from 1.")
    return PictureFile(str(path), {lang: file.word(alt, lang, (*at, "alt")) for lang in alt}, part)


def end_of(until: str, now_ms: int) -> int:
    """The end of a day, UTC, or a time, in milliseconds. Raises Usage."""
    from g20desk.desk.times import moment

    if "T" in until:
        return moment(until, now_ms)[0]
    return moment(f"{until}T23:59:59Z", now_ms)[0] + 1000
