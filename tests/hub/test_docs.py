"""docs/hub.md says every refusal and every address of the hub, and nothing else."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "hub.md").read_text(encoding="utf-8")


def test_every_refusal_stands_there_and_no_other():
    found = set()
    for path in (ROOT / "g20desk" / "hub").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refusal":
                status, code = node.args[0].value, node.args[1].value
                found.add((code, str(status)))
    table = PAGE.split("## Refusals")[1].split("## Limits")[0]
    said = set()
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        codes = re.findall("`([a-z-]+)`", cells[0])
        statuses = re.findall(r"\b[0-9]{3}\b", cells[1]) if len(cells) > 1 else []
        if codes and statuses:
            said |= set(zip(codes, statuses if len(statuses) > 1 else statuses * len(codes), strict=True))
    assert said == found


def test_every_address_stands_there():
    source = (ROOT / "g20desk" / "hub" / "service.py").read_text(encoding="utf-8")
    routes = re.findall(r'f?"((?:GET|PUT|POST|DELETE) [^"]+)": self', source)
    assert len(routes) == 17
    for route in routes:
        path = route.split(" ")[1].replace("{office}", "…")
        assert (path if path != "…" else "/v1/offices/ID") in PAGE, route
