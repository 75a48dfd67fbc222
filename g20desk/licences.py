"""The notices of third parties: each work that the program carries, its licence and the text of that. A built program has them in a
file beside it; a program run from its source makes them of the distributions that are installed."""

from __future__ import annotations

import sys
from pathlib import Path

from g20desk.shipped import Part, distributions, materials

FILE = "THIRD-PARTY-NOTICES.txt"
RULE = "=" * 94
HEAD = """NOTICES OF THIRD PARTIES

G20 Desk is published under the Apache License, Version 2.0. It is built on the works below,
each under its own licence. The list comes first, the texts after it; a text that several
works share stands once.

Works under the GNU Lesser General Public License (Qt and PySide6, psycopg, and on Linux
keyutils and libcrypt): they lie in the program's folder as files of their own, under their
own names, not inside the program's executable. You may replace them by a version that
you changed: build the same release from the source named with it, and put your files in the
place of ours. Nothing in G20 Desk checks for that, and its terms of use don't forbid taking
it apart to mend such a change.
"""


def notices() -> str:
    """The text: of the built program's own file, where this is one."""
    for folder in _beside():
        if (folder / FILE).is_file():
            return (folder / FILE).read_text(encoding="utf-8")
    return text([*distributions(), *materials()])


def listed() -> list[dict[str, str]]:
    """The list at the head of the notices: each work with its version, and its licence."""
    lines = notices().removeprefix(HEAD).partition(RULE)[0].split("\n")
    told = [line.rpartition(": ") for line in lines if line]
    return [{"work": work, "licence": licence} for work, _, licence in told]


def text(parts: list[Part]) -> str:
    """The whole text for these works, the same for the same works. Each licence text stands once, with all that it is for."""
    parts = [part for part in parts if part.source]  # what has none is ours
    made = [HEAD, "\n".join(_line(part) for part in parts)]
    first: dict[str, str] = {}
    for part in parts:
        block = [RULE, _line(part)]
        block += [part.use] * bool(part.use) + [f"Source: {part.source}"]
        block += [f"Comes in: {part.within}"] * bool(part.within)
        for title, words in part.texts:
            words = "\n".join(line.rstrip() for line in words.rstrip().splitlines()).lstrip("\n")
            if words in first:
                block.append(f"\n--- {title}: as under {first[words]}")
            else:
                first[words] = part.name
                block.append(f"\n--- {title}\n{words}")
        made.append("\n".join(block))
    return "\n\n".join(made) + "\n"


def _line(part: Part) -> str:
    return " ".join(filter(None, [part.name, part.version])) + f": {part.licence}"


def _beside() -> list[Path]:
    if not getattr(sys, "frozen", False):
        return []
    program = Path(sys.executable).resolve().parent
    return [program, program.parent / "Resources"]  # the second in an app of macOS
