"""On the page of this computer: an office of older rules goes over, by two people, the head one of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk, doctor
from g20desk.office import fold
from tests.signoff.test_going_over import earlier
from tests.ui.conftest import shown
from tests.ui.test_mail import said, told
from tests.ui.test_routes_page import key
from ui.office import computer_presenter
from ui.worker import InlineWorker


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office of the first rules; the doctor looks at the rules alone."""
    monkeypatch.setattr(computer_presenter, "chosen", lambda names: doctor.chosen(["rules"]))
    with earlier():
        Desk.rehearse(tmp_path / "o").store.close()
    return tmp_path / "o"


def opened(qtbot, folder, person):
    window = shown(qtbot, Desk.open(folder, person), InlineWorker())
    window.runs["computer"]()
    return window.here().here


def test_one_proposes_the_other_joins_and_it_is_in_force(qtbot, old):
    first = opened(qtbot, old, "Head of office")
    assert first.list.current_id() == "rules" and "Go over to the next rules" in [
        b.text() for b in first.end.findChildren(type(first.again))
    ]
    key(qtbot, first, Qt.Key.Key_A)
    assert "second person" in first.bar.words.text() and first.bar.sign.text() == "Propose it"
    first.bar.sign.click()
    assert "Version 2 waits for a second person." in told(first.window().here())
    assert "Head of office proposed version 2" in said(first.window().here())
    key(qtbot, first, Qt.Key.Key_A)
    assert not first.bar.isVisible() and "waits for a second person" in told(first.window().here())
    second = opened(qtbot, old, "Officer")
    key(qtbot, second, Qt.Key.Key_A)
    assert second.bar.sign.text() == "Join it"
    second.bar.sign.click()
    assert "Version 2 of the rules is in force." in told(second.window().here())
    assert Desk.open(old).office.fold == 2 < fold.NEWEST


def test_a_liaison_is_told_whose_it_is_and_escape_leaves_the_question(qtbot, old):
    page = opened(qtbot, old, "Liaison Brazil")
    key(qtbot, page, Qt.Key.Key_A)
    assert not page.bar.isVisible() and "The head is one of the two" in told(page.window().here())
    head = opened(qtbot, old, "Head of office")
    key(qtbot, head, Qt.Key.Key_A)
    key(qtbot, head, Qt.Key.Key_Escape)
    assert not head.bar.isVisible() and Desk.open(old).office.fold_proposed == 0
