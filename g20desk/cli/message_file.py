"""A message as a TOML file: all texts, languages, threads and pictures (`--from`)."""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from g20desk.errors import Usage
from g20desk.office.content import Content, PictureFile, Text

_KNOWN = {"kind", "to", "topic", "note", "not_before", "corrects", "replies_to", "quotes", "text", "picture"}


def load(path: Path) -> Content:
    """Read the file; pictures are relative to it. Raises Usage naming what is wrong."""
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Usage("no-file", f"{path} can't be read: {error.strerror}.", "Check the path.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
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
        *(_of(value, name, str, path, "") for name in ("corrects", "replies_to", "quotes")),
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
