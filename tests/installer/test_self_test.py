"""The program's test of itself, run from source: what it looks at is there, and it tells of what is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from ui import self_test, texts, theme
from ui.self_test import painted, parts

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(autouse=True)
def apart(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody's own settings and cache, and the look as it was."""
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    yield
    texts.use("en")
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_whole_program_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """Costs some eight seconds: every screen is painted, and the main job done twice."""
    assert self_test.main(["--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["passed"] is True
    states = {one["check"]: one["state"] for one in told["checks"]}
    assert list(states) == [check for check, _, _ in self_test.CHECKS]
    # A keyring, dictionaries and a font for emoji are the computer's.
    assert {check for check, state in states.items() if state != "ok"} <= {"keyring", "spelling", "emoji"}


def test_what_is_lacking_is_named_and_the_rest_is_looked_at_all_the_same(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parts, "FILES", (*parts.FILES, "fonts/None.otf"))
    monkeypatch.setattr(self_test, "CHECKS", (("parts", "parts", "parts"), ("emoji", "painted", "emoji")))
    assert self_test.main([]) == 1
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.startswith("failed   parts") and "fonts/None.otf" in first
    assert second.split()[1] == "emoji"
    assert "install g20desk again" in last


def test_what_only_the_computer_lacks_is_a_warning(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(painted, "coloured", lambda image: False)
    monkeypatch.setattr(self_test, "CHECKS", (("emoji", "painted", "emoji"),))
    assert self_test.main([]) == 0
    assert capsys.readouterr().out.startswith("warning  emoji") is True


def test_arabic_in_a_font_without_it_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    latin = theme.font(32)
    latin.setFamilies(["Inter"])
    monkeypatch.setattr(theme, "load_fonts", lambda: ("Inter",))
    monkeypatch.setattr(theme, "font", lambda *size: latin)
    with pytest.raises(ValueError, match="Arabic"):
        painted.arabic(tmp_path)


def test_an_empty_picture_has_neither_ink_nor_colour() -> None:
    blank = QImage(120, 80, QImage.Format.Format_RGB32)
    blank.fill(Qt.GlobalColor.white)
    assert not painted.inked(blank) and not painted.coloured(blank)
    assert painted.inked(painted.picture("G20")) and not painted.coloured(painted.picture("G20"))


def test_arguments_that_are_not_known_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test.main(["--all"]) == 2
    assert "--self-test [--json]" in capsys.readouterr().err
