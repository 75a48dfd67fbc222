"""A message as a TOML file: all texts, languages, threads and pictures (`--from`)."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from g20desk import reading
from g20desk.errors import Usage
from g20desk.office.content import Content, PictureFile, Poll, Text

_KNOWN = {"kind", "to", "topic", "note", "not_before", "corrects", "replies_to", "quotes", "poll", "text", "picture"}


def load(path: Path) -> Content:
    """Read the file; pictures are relative to it. Raises Usage naming what is wrong."""
    try:
        value = tomllib.loads(reading.read(path, reading.MEGA).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Usage("bad-file", f"{path.name} is not TOML: {error}", "Mend the file.") from error
    unknown = set(value) - _KNOWN
    if unknown:
        raise Usage(
            "bad-file", f"{path.name}: “{sorted(unknown)[0]}” is not known.", f"Known: {', '.join(sorted(_KNOWN))}."
        )
    to = _of(value, "to", list, path, [])
    return Content(
        _of(value, "kind", str, path, "correction" if value.get("corrects") else "news"),
        tuple(str(name) for name in to),
        tuple(_text(one, path) for one in _of(value, "text", list, path, [])),
        tuple(_picture(one, path) for one in _of(value, "picture", list, path, [])),
        _of(value, "note", str, path, ""),
        _of(value, "topic", str, path, ""),
        moment_of(str(_of(value, "not_before", str | datetime, path, "")).replace(" ", "T")),
        _of(value, "corrects", str, path, ""),
        _of(value, "replies_to", str, path, ""),
        _of(value, "quotes", str, path, ""),
        _poll(value.get("poll"), path),
    )


def moment_of(text: str) -> int:
    """A time as it is written, past or to come, in milliseconds; 0 for an empty one. Raises Usage for none."""
    from g20desk.desk.times import moment

    return moment(text, 0)[0] if text else 0


def _of(value: dict[str, Any], name: str, kind: Any, path: Path, usual: Any) -> Any:
    found = value.get(name, usual)
    if not isinstance(found, kind):
        raise Usage("bad-file", f"{path.name}: “{name}” is not of the right form.", "See the message file in CLI.md.")
    return found


def _text(one: Any, path: Path) -> Text:
    if not isinstance(one, dict) or not isinstance(one.get("lang"), str) or ("text" in one) == ("parts" in one):
        raise Usage("bad-file", f"{path.name}: a [[text]] has lang, and either text or parts.", "Mend the file.")
    parts = one.get("parts", [one.get("text")])
    if not isinstance(parts, list) or not parts or not all(isinstance(part, str) for part in parts):
        raise Usage("bad-file", f"{path.name}: the parts of a [[text]] are strings.", "Mend the file.")
    own = {name: _of(one, name, str, path, "") for name in ("network", "warning", "visibility")}
    return Text(one["lang"], tuple(parts), **own)


def _picture(one: Any, path: Path) -> PictureFile:
    alt = one.get("alt") if isinstance(one, dict) else None
    if (
        not isinstance(alt, dict)
        or not isinstance(one.get("file"), str)
        or not all(isinstance(a, str) for a in alt.values())
    ):
        raise Usage("bad-file", f"{path.name}: a [[picture]] has a file and alt texts by language.", "Mend the file.")
    return PictureFile(str(path.parent / one["file"]), dict(alt), _of(one, "part", int, path, 1))


def _poll(one: Any, path: Path) -> Poll | None:
    if one is None:
        return None
    answers = one.get("answers") if isinstance(one, dict) else None
    if not isinstance(answers, dict) or not all(isinstance(said, list) for said in answers.values()):
        raise Usage("bad-file", f"{path.name}: a [poll] has answers by language.", "Mend the file.")
    told = {str(lang): tuple(map(str, said)) for lang, said in answers.items()}
    minutes = _minutes(_of(one, "open", str, path, "PT24H"))
    return Poll(told, minutes, _of(one, "several", bool, path, False), _of(one, "part", int, path, 1))


def poll_of(
    before: Poll | None, answers: tuple[str, ...], lang: str, open_for: str | None, several: bool
) -> Poll | None:
    """A poll as the command line has it: what is left out stays as it was."""
    if not answers and (before is None or open_for is None):
        return before
    was = before or Poll({})
    said = {**was.answers, lang: answers} if answers else was.answers
    minutes = was.minutes if open_for is None else _minutes(open_for)
    return Poll(said, minutes, several or was.several, was.part)


def _minutes(text: str) -> int:
    from g20desk.cli.account import milliseconds

    return max(1, milliseconds(text) // 60_000)
