"""A TOML file whose faults are told by their key and line."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from g20desk import reading
from g20desk.errors import Usage

MOST_BYTES = 8 * reading.MEGA
LONGEST = 2_000  # lines; in a longer file a fault is told without its line


class TomlFile:
    """What a file holds; `see`: where its form is told. Raises Usage for one that can't be read."""

    def __init__(self, path: Path, see: str) -> None:
        self.path, self._see = path, see
        try:
            self._text = reading.read(path, MOST_BYTES).decode("utf-8-sig")
            self.value = tomllib.loads(self._text)
        except UnicodeDecodeError as error:
            raise Usage("bad-file", f"{path.name} is not UTF-8.", "Save it as UTF-8.") from error
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            raise Usage("bad-file", f"{path.name} is not TOML: {error}", "Mend the file.") from error

    def fault(self, key: tuple[str | int, ...], why: str) -> Usage:
        """What is told of a key, as its path from the top; a place in a list is a number, from 0."""
        line, named = self._line(key), _named(key)
        where = f"{self.path.name}, line {line}" if line else self.path.name
        return Usage("bad-file", f"{where}: {named}: {why}" if named else f"{where}: {why}", self._see)

    def known(self, value: dict[str, Any], names: tuple[str, ...], at: tuple[str | int, ...] = ()) -> None:
        """Raise Usage for a key that has no meaning here."""
        for name in value:
            if name not in names:
                raise self.fault((*at, name), f"this is not known here. Known: {', '.join(names)}.")

    def word(self, value: dict[str, Any], name: str, at: tuple[str | int, ...] = ()) -> str:
        """A text; empty where it is left out. Raises Usage."""
        found = value.get(name, "")
        if not isinstance(found, str):
            raise self.fault((*at, name), "this is a text, between quotation marks.")
        return found

    def words(self, value: dict[str, Any], name: str, at: tuple[str | int, ...] = ()) -> tuple[str, ...]:
        """A list of texts; empty where it is left out. Raises Usage."""
        found = value.get(name, [])
        if not isinstance(found, list):
            raise self.fault((*at, name), 'this is a list of texts: ["one", "two"]')
        for number, one in enumerate(found):
            if not isinstance(one, str) or not one.strip():
                raise self.fault((*at, name, number), "this is a text, between quotation marks, and not empty.")
        return tuple(found)

    def tables(self, name: str) -> list[dict[str, Any]]:
        """The tables of a name: [[text]]. Raises Usage."""
        found = self.value.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.fault((name,), f"write [[{name}]] above each.")
        return found

    def by_language(self, name: str) -> dict[str, tuple[str, ...]]:
        """Lists of texts by language: [do]. Raises Usage."""
        found = self.value.get(name, {})
        if not isinstance(found, dict):
            raise self.fault((name,), f'write [{name}], and below it by language: en = ["one", "two"]')
        return {lang: self.words(found, lang, (name,)) for lang in found}

    def _line(self, key: tuple[str | int, ...]) -> int:
        """Where a key is written, from 1; 0 where it is not found. What stands above it is a whole file without it."""
        lines = self._text.split("\n")
        before = 0
        for number in range(1, len(lines) + 1 if len(lines) <= LONGEST else 0):
            try:
                value = tomllib.loads("\n".join(lines[:number]))
            except tomllib.TOMLDecodeError:
                continue  # in the middle of something
            if key and _holds(value, key):
                return before + 1
            before = number
        return 0


def _holds(value: Any, key: tuple[str | int, ...]) -> bool:
    for one in key:
        here = value if isinstance(value, dict) else dict(enumerate(value)) if isinstance(value, list) else {}
        if one not in here:
            return False
        value = here[one]
    return True


def _named(key: tuple[str | int, ...]) -> str:
    """A key as people call it: text 2, lock 1."""
    return " ".join(str(one + 1) if isinstance(one, int) else one for one in key)
