"""What a wheel says of itself that it carries (PEP 770): the crates of Rust inside its machine code, and which build of a system's
library its makers took."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import metadata
from typing import Any

from g20desk import shipped
from g20desk.shipped import Part

# The first of these that a crate's licence names is the one that we take it under.
TERMS = {
    "Apache-2.0": "Apache-2.0.txt", "MIT": "MIT.txt", "Unicode-3.0": "Unicode-3.0.txt", "BSD-3-Clause": "BSD-3-Clause.txt",
    "Zlib": "zlib.txt",
}  # fmt: skip


def crates() -> list[Part]:
    """The crates inside the distributions that go out, each crate and version once a distribution."""
    found: dict[tuple[str, str], Part] = {}
    for one in shipped.closure():
        for row in _carried(one.metadata["Name"]):
            if row.get("purl", "").startswith("pkg:cargo/"):
                made = _crate(row, one.metadata["Name"])
                found.setdefault((made.within, made.purl), made)
    return [found[key] for key in sorted(found)]


def taken(distribution: str, package: str) -> str:
    """The version of a system's package (pkg:rpm/…) that a wheel's makers put into it; empty where none is said."""
    rows = (
        row for row in _carried(distribution) if row["name"] == package and row.get("purl", "").startswith("pkg:rpm/")
    )
    return next((str(row["version"]) for row in rows), "")


@cache
def _carried(distribution: str) -> list[dict[str, Any]]:
    try:
        files = metadata.distribution(distribution).files or []
    except metadata.PackageNotFoundError:
        return []
    bills = [json.loads(f.read_text(encoding="utf-8")) for f in files if "sboms" in f.parts and f.suffix == ".json"]
    return [row for bill in bills for row in bill.get("components", []) if row.get("scope") != "excluded"]


def _crate(row: dict[str, Any], within: str) -> Part:
    licence = " AND ".join(one.get("expression") or one["license"]["id"] for one in row.get("licenses", []))
    links = {one["type"]: one["url"] for one in row.get("externalReferences", [])}
    whose = re.sub(r"\s*<[^>]*>", "", row.get("author", "")) or f"the authors of {row['name']}"
    texts = shipped.kept(text for term, text in TERMS.items() if re.search(rf"\b{re.escape(term)}\b", licence))[:1]
    if "Unicode-3.0" in licence or "Unicode-DFS" in licence:
        texts = shipped.kept(sorted({*(name for name, _ in texts), TERMS["Unicode-3.0"]}))
    purl = row["purl"].partition("?")[0]
    source = links.get("vcs") or links.get("website") or purl
    return Part(row["name"], row["version"], licence, "library", source, texts, within, f"Copyright: {whose}", purl)
