"""Files for other systems, from the templates beside this: `@NAME@` stands for a value."""

from __future__ import annotations

import re
from pathlib import Path

HERE = Path(__file__).parent / "templates"
PUBLISHER = "G20 Desk maintainers"


def filled(name: str, **values: str) -> str:
    """The template's text with these values; each of its names has to have one. Raises KeyError."""
    text = (HERE / name).read_text(encoding="utf-8")
    return re.sub(r"@([A-Z0-9_]+)@", lambda found: values[found[1]], text)


def numbers(version: str) -> tuple[int, int, int, int]:
    """A version as four numbers, as Windows has them; what follows the numbers (rc1, .dev2) is left out."""
    found = [int(part) for part in re.findall(r"\d+", re.match(r"[\d.]*", version)[0])][:4]  # type: ignore[index]
    a, b, c, d = [*found, 0, 0, 0, 0][:4]
    return a, b, c, d
