"""Objects of fixed fields in canonical JSON, each field of one form: read by one pattern, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from g20desk.ledger import canonical
from g20desk.ledger.canonical import NotCanonical

_HEX = "[0-9a-f]{64}"
NUMBER, ID, MAYBE = "(0|[1-9][0-9]{0,15})", f'"({_HEX})"', f'"((?:{_HEX})?)"'


def ids(most: int) -> str:
    """A list of ids in order, none twice."""
    return rf'\[((?:"{_HEX}"(?:,"{_HEX}"){{0,{most - 1}}})?)\]'


class Form:
    """What an object looks like: each field's pattern, `NUMBER`, `ID`, `MAYBE` (an id or empty), `ids` or one's own."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._names = sorted(fields)
        self._numbers = [name for name in self._names if fields[name] == NUMBER]
        self._lists = [name for name in self._names if fields[name].startswith(r"\[")]
        self._whole = re.compile("{" + ",".join(f'"{name}":{fields[name]}' for name in self._names) + "}")

    def read(self, data: bytes) -> dict[str, Any]:
        """The fields' values; lists as tuples. Raises NotCanonical."""
        found = self._whole.fullmatch(data.decode("ascii", "replace"))
        if found is None:
            raise NotCanonical("not an object of this form")
        value: dict[str, Any] = dict(zip(self._names, found.groups(), strict=True))
        for name in self._numbers:
            value[name] = int(value[name])
            if value[name] > canonical.MAX_INT:
                raise NotCanonical("a number beyond 2^53")
        for name in self._lists:
            listed = value[name][1:-1].split('","') if value[name] else []
            if listed != sorted(set(listed)):
                raise NotCanonical(f"{name}: not in order")
            value[name] = tuple(listed)
        return value
