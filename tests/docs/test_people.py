"""The pages for people are held to the window: keys, commands and pictures that they name are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from g20desk.cli.main import cli
from tools import pictures, reference
from ui import actions
from ui.shots import MODES, names

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PEOPLE = sorted(DOCS.glob("for-*.md"))
KEY = re.compile(r"(?:(?:Ctrl|Alt|Shift|G) )*(?:F\d+|[A-Z0-9?.↵→←]|Esc|Enter|Down|Up|Backspace)")
BESIDES = {"J", "K", "?", "Esc", "↵"}
COMMAND = re.compile(r"^(?:\w+=\S+ )*g20desk(?: --?[a-z-]+(?:[ =][A-Z-]+)?)*((?: [a-z][a-z-]*)+)", re.MULTILINE)
FORMATS = re.compile(r"^g20desk (?:bundle|proof pack|[a-z]+ \d+)$", re.MULTILINE)  # how files begin


def all_keys() -> set[str]:
    return {actions.keys(one.id, one.scope) for one in actions.TABLE} | BESIDES


@pytest.mark.parametrize("page", PEOPLE, ids=lambda page: page.stem)
def test_each_key_that_a_page_names_does_what_the_page_says(page: Path) -> None:
    does = {(one.text, actions.keys(one.id, one.scope)) for one in actions.TABLE}
    said = re.findall(r"\*\*([^*]+)\*\*\s\(`([^`]+)`\)", page.read_text())
    assert said if page.stem != "for-administrators" else not said
    assert [one for one in said if one not in does] == []
    named = [one for one in re.findall(r"`([^`]+)`", page.read_text()) if KEY.fullmatch(one)]
    assert [one for one in named if one not in all_keys()] == []


def code(page: Path) -> str:
    """What stands in a page as code."""
    text = page.read_text()
    return "\n".join([*re.findall(r"`([^`\n]+)`", text), *re.findall(r"^(?: {4}|\t)(.+)$", text, re.MULTILINE)])


def test_each_command_that_a_page_names_is_there() -> None:
    there = set(reference.commands(cli))
    wrong: list[tuple[str, str]] = []
    for page in [ROOT / "README.md", *DOCS.glob("*.md")]:
        for said in COMMAND.findall(FORMATS.sub("", code(page))):
            words = said.split()
            if not any(" ".join(words[:n]) in there for n in range(1, 4)):
                wrong.append((page.name, said.strip()))
    assert wrong == []


def test_each_picture_is_made_of_a_screen_that_there_is_and_stands_in_a_page() -> None:
    shots = {f"{name}-{mode}" for name in names() for mode, *_ in MODES}
    assert set(pictures.PICTURES.values()) <= shots
    here = {one.stem for one in (DOCS / "images").glob("*.png")}
    assert here == set(pictures.PICTURES)
    pages = [ROOT / "README.md", *DOCS.glob("*.md")]
    assert here == {one for page in pages for one in re.findall(r"images/([a-z-]+)\.png", page.read_text())}


def test_pictures_are_small() -> None:
    assert {one.name for one in (DOCS / "images").glob("*.png") if one.stat().st_size > 130_000} == set()


def test_the_liaisons_page_is_one_page() -> None:
    """Four minutes: some 600 words."""
    text = re.sub(r"[`*|#]", " ", (DOCS / "for-liaisons.md").read_text())
    assert len(text.split()) < 620
