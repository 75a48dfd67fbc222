"""What the whole rulebook says of whole messages, exactly: rule, place, fix. Read a difference before you renew the files:

G20DESK_RENEW=1 python dev.py test tests/rulebook/test_golden.py
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk.checking import Checking

GOLDEN = Path(__file__).with_name("golden")
DESK = Checking()


def said(item: dict[str, Any]) -> list[list[object]]:
    """Rule, start, end, text and fix of each finding; the number of the picture where it is on one."""
    asked = (
        item["text"],
        item.get("network", "x"),
        item["lang"],
        item.get("kind", "news"),
        item.get("attachments", ()),
    )
    found = DESK.text(*asked)["findings"]
    return [[f[k] for k in ("rule", "start", "end", "text", "suggestion", "attachment") if k in f] for f in found]


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("*.jsonl")), ids=lambda p: p.stem)
def test_golden(file):
    items = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    now = [{**item, "findings": said(item)} for item in items]
    if os.environ.get("G20DESK_RENEW"):
        lines = (json.dumps(item, ensure_ascii=False) for item in now)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return
    for item, made in zip(items, now, strict=True):
        assert made["findings"] == item["findings"], item["text"]
        for _, start, end, text, _, *picture in made["findings"]:
            of = item["attachments"][picture[0]]["alt"] if picture else item["text"]
            assert of[start:end] == text
