"""Docs are held to the code: every command, kind of event, error code and rule stands in its page, and nothing else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import click
import pytest

from g20desk.cli.main import cli
from g20desk.office.acts import ACTS
from g20desk.rulebook.rules import RULES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
ERRORS = {"Refused", "Usage", "Unreachable"}


def first_cells(page: str) -> set[str]:
    """The code words in the first column of a page's tables."""
    return set(re.findall(r"^\| `([^`]+)`", (DOCS / page).read_text(), re.MULTILINE))


def commands(group: click.Group, before: str = "") -> set[str]:
    found: set[str] = set()
    context = click.Context(group)
    for name in group.list_commands(context):
        one = group.get_command(context, name)
        found |= commands(one, f"{before}{name} ") if isinstance(one, click.Group) else {f"{before}{name}"}
    return found


def error_codes() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "g20desk").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            named = isinstance(node, ast.Call) and getattr(node.func, "id", "") in {*ERRORS, "DeskError"}
            if named and node.args and isinstance(node.args[0], ast.Constant):
                found.add(str(node.args[0].value))
    return found


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        pytest.param("command-line.md", lambda: commands(cli), id="commands"),
        pytest.param("events.md", lambda: set(ACTS), id="kinds of event"),
        pytest.param("errors.md", error_codes, id="error codes"),
        pytest.param("rules.md", lambda: {rule.id for rule in RULES}, id="rules"),
    ],
)
def test_a_page_names_all_there_is_and_nothing_else(page, wanted):
    assert first_cells(page) == wanted()


def test_links_between_pages_lead_somewhere():
    for page in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"
