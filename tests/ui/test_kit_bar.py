"""The media kit of a line from the window: by keys, in the languages that are ticked, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from g20desk.desk import Desk
from g20desk.record import report, verify
from tests.ui.test_main_job import press
from tests.ui.test_scheduling import said
from tests.ui.test_voice import FRENCH, LINE, voiced

__all__ = ["voiced"]


@pytest.fixture
def dialogs(monkeypatch):
    """The place that a person names, where a dialog asks for one."""
    named: list[Path] = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: self.fileSelected.emit(str(named[-1])))
    return named


@pytest.fixture
def screen(open_window, voiced):
    window = open_window("Liaison Brazil")
    window.go("one-voice", voiced["line"])
    window.here().list.setFocus()
    return window.here()


def test_a_kit_is_saved_by_keys(qtbot, screen, dialogs, tmp_path):
    dialogs.append(tmp_path / "kit")
    press(qtbot, screen.window(), Qt.Key.Key_F)
    assert screen.kit.isVisible() and not screen.kit.warning.isVisible() and screen.kit.boxes["en"].hasFocus()
    press(qtbot, screen.window(), Qt.Key.Key_Return)
    assert (tmp_path / "kit" / "text" / "fr.txt").read_text("utf-8") == FRENCH
    assert (tmp_path / "kit" / "proof.json").is_file()
    QApplication.processEvents()
    assert any("Kit saved: kit, " in one for one in said(screen.notice)) and not screen.kit.isVisible()


def test_a_page_in_one_language_alone(qtbot, screen, dialogs, tmp_path):
    dialogs.append(tmp_path / "page.html")
    screen.save.click()
    screen.kit.ways.parts["page"].click()
    screen.kit.boxes["en"].click()
    screen.kit.boxes["fr"].click()
    assert not screen.kit.sign.isEnabled() and screen.kit.sign.toolTip() == "Choose a language"
    screen.kit.boxes["en"].click()
    screen.kit.sign.click()
    page = (tmp_path / "page.html").read_text("utf-8")
    assert "climate action" in page and FRENCH not in page


def test_a_folder_that_is_taken_is_said_and_left(qtbot, screen, dialogs, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("Keep me.")
    dialogs.append(tmp_path / "mine")
    screen.save.click()
    screen.kit.sign.click()
    QApplication.processEvents()
    assert any("holds something else" in one for one in said(screen.notice))
    assert [one.name for one in (tmp_path / "mine").iterdir()] == ["notes.txt"]


def test_a_proof_of_what_an_account_made_of_it(qtbot, screen, voiced, dialogs, tmp_path):
    dialogs.append(tmp_path / "proof.html")
    screen.accounts.pick(voiced["drifted"])
    screen.accounts.rows[voiced["drifted"]].setFocus()
    press(qtbot, screen.window(), Qt.Key.Key_P)
    found = report.report(verify.verify(verify.load(tmp_path / "proof.html")))
    assert found["relay"]["line"]["id"] == voiced["line"] and found["relay"]["adopted"]["person"] == "Presidency"
    assert any("proof.html proves it to anybody" in one for one in said(screen.notice))


def test_of_a_draft_every_file_says_that_it_is_not_agreed(qtbot, open_window, folder, voiced, dialogs, tmp_path):
    window = open_window("Officer")
    window.go("one-voice", voiced["draft"])
    screen = window.here()
    dialogs.append(tmp_path / "kit")
    screen.save.click()
    assert screen.kit.warning.isVisible()
    screen.kit.sign.click()
    assert (tmp_path / "kit" / "text" / "en.txt").read_text("utf-8").startswith("*** NOT AGREED ***")
    assert Desk.open(folder, "Officer").lines.show(voiced["line"])["texts"][0]["parts"] == [LINE]
