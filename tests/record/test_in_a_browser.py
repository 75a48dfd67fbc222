"""The page in Chromium itself, under its own policy and from a file. It comes with PySide6-Addons, which nothing else of ours
needs (some 170 MB to fetch): without it `test_pages.py` runs the same script under Node."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from g20desk.record import page
from tests.record import story as told
from tests.record import test_spoilt_packs as spoilt
from tests.record.story import Story

pytest.importorskip("PySide6.QtWebEngineCore", reason="pip install PySide6-Addons, to open pages in Chromium")


def test_chromium_proves_a_page_and_names_what_does_not_hold(story: Story, tmp_path: Path) -> None:
    (tmp_path / "whole.html").write_bytes(page.page(story.pack()))
    (tmp_path / "spoilt.html").write_bytes(page.page(story.spoilt(spoilt.other_text)))
    words = [
        sys.executable,
        str(Path(__file__).with_name("browser.py")),
        *(str(tmp_path / f"{n}.html") for n in ("whole", "spoilt")),
    ]
    done = subprocess.run(words, capture_output=True, text=True, timeout=100, check=False,
                          env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})  # fmt: skip
    assert done.returncode == 0, done.stderr
    shown, bad = (json.loads(line) for line in done.stdout.splitlines())
    assert shown["state"] == "ok" and shown["scripts"] == 0 and shown["picture"] == 40 and shown["console"] == []
    for word in (told.EN, told.AR, told.ZH, "Liaison Brazil (liaison, BR)"):
        assert word in shown["body"]
    assert not [url for url in shown["asked"] if not url.startswith(("file:", "data:"))]
    assert bad["state"] == "block" and "not the one that was signed" in bad["said"] and bad["body"] == ""
