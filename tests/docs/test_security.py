"""The page on security is held to the code: tests, modules and commands that it names are there, and no claim stands alone."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tools import reference

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
TEST = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
FILE = re.compile(r"`((?:g20desk|ui|connectors|docs)/[\w/]+\.(?:py|md))`")


@cache
def commands() -> set[str]:
    """Each command by its words."""
    return set(re.findall(r"^\| `([a-z -]+)`", reference.pages()["command-line.md"], re.M))


@pytest.mark.parametrize(("file", "name"), sorted(set(TEST.findall(PAGE))))
def test_a_test_that_it_names_is_there(file: str, name: str) -> None:
    assert f"def {name}" in (ROOT / file).read_text("utf-8")


def test_files_and_commands_that_it_names_are_there() -> None:
    assert len(set(TEST.findall(PAGE))) > 40
    assert [file for file in FILE.findall(PAGE) if not (ROOT / file).exists()] == []
    named = {
        " ".join(re.sub(r"\s+", " ", one).split())
        for one in re.findall(r"`g20desk\s+([a-z][a-z\s-]*?)(?:\s+(?:--|[A-Z])[^`]*)?`", PAGE)
    }
    assert len(named) > 10 and named - commands() == set()


def test_what_is_said_to_be_impossible_names_its_test() -> None:
    """In the column of what stops somebody, words alone stop nobody."""
    alone, seen = [], 0
    for head, rows in re.findall(r"^(\|.*what stops it.*\|)\n\|[-|]+\n((?:\|.*\n)+)", PAGE, re.M):
        column = [cell.strip() for cell in head.split("|")].index("what stops it")
        for row in rows.splitlines():
            seen += 1
            if not TEST.search(row.split("|")[column]):
                alone.append(row)
    assert seen > 40 and alone == []
