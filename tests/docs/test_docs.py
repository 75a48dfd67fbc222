"""Docs are held to the code: the reference pages are what the code says, and links lead somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from g20desk.logs.words import listed
from g20desk.office.posts import TABLE
from tools import reference

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_the_closed_lists_of_the_log_are_what_the_code_says():
    made = reference.ROOT / "resources" / "vocabulary.json"
    assert made.read_text() == reference.vocabulary(), "run: python tools/reference.py"
    assert "unknown-id" in listed("codes") and "post.sent" in listed("kinds") and "message show" in listed("commands")


@pytest.mark.parametrize("page", [*reference.HEADS, "code.md", "doctor.md", "support.md"])
def test_a_reference_page_says_what_the_code_says(page):
    assert (DOCS / page).read_text() == reference.pages()[page], "run: python tools/reference.py"


def test_links_between_pages_lead_somewhere():
    for page in [ROOT / "README.md", *DOCS.rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)", page.read_text()):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_page_on_publishing_has_the_table_of_the_code():
    rows = [f"| {happens} | {', '.join(before)} | {after} |" for happens, (before, after) in TABLE.items()]
    page = (ROOT / "docs" / "publishing.md").read_text()
    assert "\n".join(rows) in page
