"""About the program: its version, a newer release that an administrator tells of, and the works of others in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu

from g20desk import folders, licences, releases
from g20desk.ledger.keys import DeviceKey
from ui import texts
from ui.about import look_for_news

SEED = bytes(range(32))


@pytest.fixture(autouse=True)
def policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An administrator's folder; what is gathered from packages is short."""
    put = tmp_path / "policy"
    put.mkdir()
    monkeypatch.setattr(folders, "policy", lambda: put)
    monkeypatch.setattr(releases, "public_key", lambda: DeviceKey(SEED, bytes(32)).device)
    monkeypatch.setattr(licences, "notices", lambda: "NOTICES OF THIRD PARTIES\nQt 6: LGPL-3.0-only")
    return put


def _put(policy: Path) -> None:
    made = releases.Release("99.0.0", "2026-12-01", (), {"en": "Dates are read aloud.", "ar": "تُقرأ التواريخ بصوت."})
    (policy / releases.FILE).write_bytes(releases.signed(made, SEED))


def _words(sheet: Any) -> str:
    return "\n".join(label.text() for label in sheet.findChildren(QLabel) if label.isVisible())


def test_shift_f1_shows_version_and_licences_and_escape_puts_them_away(qtbot: Any, open_window: Any):
    window = open_window()
    qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert window.about.isVisible() and releases.here() in _words(window.about)
    assert "Apache License 2.0" in _words(window.about) and "is out" not in _words(window.about)
    assert window.about.text.toPlainText().endswith("LGPL-3.0-only") and window.about.text.isReadOnly()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not window.about.isVisible()
    assert window.here().isAncestorOf(window.focusWidget())


@pytest.mark.qt_log_ignore("does not support")
def test_settings_lead_there(open_window: Any):
    window = open_window()
    window.runs["settings"]()
    (menu,) = [one for one in window.findChildren(QMenu) if one.accessibleName() == "Settings"]
    (entry,) = [one for one in menu.actions() if one.text() == "About G20 Desk"]
    entry.trigger()
    menu.close()
    assert window.about.isVisible()


def test_a_newer_release_is_told_in_the_interfaces_language(policy: Path, open_window: Any):
    _put(policy)
    window = open_window()
    window.about.open()
    assert "99.0.0" in _words(window.about) and "Dates are read aloud." in _words(window.about)
    look_for_news(window)
    assert "99.0.0" in window.here().notice.accessibleName()
    texts.use("ar")
    window.about.open()
    assert "تُقرأ التواريخ بصوت." in _words(window.about)


def test_one_that_is_not_the_makers_is_said_and_nothing_of_it_is_shown(policy: Path, open_window: Any):
    _put(policy)
    path = policy / releases.FILE
    path.write_bytes(path.read_bytes().replace(b"read aloud", b"sent twice"))
    window = open_window()
    window.about.open()
    assert "not signed by those who made this program" in _words(window.about)
    assert "sent twice" not in _words(window.about)
    look_for_news(window)
    assert "not signed" in window.here().notice.accessibleName()


def test_with_nothing_to_tell_nothing_is_said(open_window: Any):
    window = open_window()
    look_for_news(window)
    assert not window.here().notice.isVisible()
