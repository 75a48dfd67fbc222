"""The page of this computer: what is looked at and how far, what is found, what to do, and the way there."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from g20desk.desk import Desk, doctor
from g20desk.desk.doctor import examining, finding
from g20desk.errors import Usage
from tests.ui.conftest import shown
from tests.ui.test_routes_page import key
from ui import texts
from ui.office import computer_page, computer_presenter, computer_words
from ui.widgets.button import KeyButton
from ui.worker import Worker

WARN = finding.Fact("folder-open", doctor.SAYINGS["folder-open"], {"folder": "/srv/desk"})
WELL = finding.Fact("alarms-none", doctor.SAYINGS["alarms-none"])
BROKEN = finding.of_error(
    Usage("disk-full", "The disk is full; nothing was lost.", "Free some space, then do it again.")
)


def parts(**looks: Any) -> tuple[examining.Part, ...]:
    return tuple(examining.Part(name, look, "") for name, look in looks.items())


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three parts that find what a test can know."""
    made = parts(folder=lambda see: [WARN], alarms=lambda see: [WELL], store=lambda see: [BROKEN])
    monkeypatch.setattr(computer_presenter, "chosen", lambda names: made)


def opened(open_window: Any, person: str = "Officer") -> Any:
    window = open_window(person)
    window.runs["computer"]()
    return window.here().here


def said(page: Any) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in page.end.findChildren(QLabel) if not label.isHidden()]


def test_two_keys_lead_there_and_everything_is_looked_at(qtbot, open_window):
    window = open_window("Liaison Brazil")
    window.here().setFocus()
    qtbot.keyClick(window, Qt.Key.Key_G)
    qtbot.keyClick(window, Qt.Key.Key_D)
    page = window.here().here
    assert isinstance(page, computer_page.ComputerPage)
    assert [row.id for row in page.model.rows()] == list(doctor.NAMES)
    assert all(row.title and row.line and row.right and row.under for row in page.model.rows())
    assert not page.present.running() and page.again.isVisible() and not page.halt.isVisible()


@pytest.mark.usefixtures("few")
def test_what_is_amiss_is_picked_with_what_to_do_and_its_command_copied(qtbot, open_window):
    page = opened(open_window)
    assert page.sub() == "2 to look at" and page.list.current_id() == "folder"
    assert "Others on this computer can read /srv/desk" in said(page)
    assert "Ask your administrator to close it to others." in said(page)
    key(qtbot, page, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == "chmod -R go-rwx '/srv/desk'"
    page.open("store")
    assert "Free some space, then do it again." in said(page)
    key(qtbot, page, Qt.Key.Key_C)
    assert QGuiApplication.clipboard().text() == "chmod -R go-rwx '/srv/desk'", "there is no command for that"


@pytest.mark.usefixtures("few")
def test_looking_again_keeps_what_is_picked(qtbot, open_window):
    page = opened(open_window)
    page.list.pick("alarms")
    key(qtbot, page, Qt.Key.Key_L)
    assert page.list.current_id() == "alarms" and len(page.model.rows()) == 3


@pytest.mark.parametrize(
    ("pressed", "more"), [(Qt.Key.Key_N, (True, False)), (Qt.Key.Key_F, (False, True))], ids=["networks", "full"]
)
def test_the_networks_and_all_of_the_record_on_request(qtbot, open_window, monkeypatch, pressed, more):
    asked: list[tuple[bool, bool]] = []

    def look(see: Any) -> Any:
        asked.append((see.networks, see.full))
        return [WELL]

    monkeypatch.setattr(computer_presenter, "chosen", lambda names: parts(alarms=look))
    page = opened(open_window)
    key(qtbot, page, pressed)
    assert asked == [(False, False), more]


def test_it_goes_on_beside_the_window_says_how_far_and_is_stopped(qtbot, folder, monkeypatch):
    gate, reached = threading.Event(), threading.Event()

    def hangs(see: Any) -> Any:
        reached.set()
        gate.wait()
        return [WELL]

    monkeypatch.setattr(
        computer_presenter,
        "chosen",
        lambda names: parts(folder=lambda see: [WARN], store=hangs, alarms=lambda see: [WELL]),
    )
    window = shown(qtbot, Desk.open(folder, "Officer"), Worker())
    window.runs["computer"]()
    page = window.here().here
    qtbot.waitUntil(lambda: reached.is_set() and page.sub() == "Looking: 1 of 3")
    assert page.halt.isVisible() and not page.again.isVisible()
    key(qtbot, page, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not page.present.running())
    gate.set()
    assert [row.id for row in page.model.rows()] == ["folder"] and page.sub() == "Stopped"
    assert page.again.isVisible()
    window.ctx.worker.close()


def test_in_arabic_everything_is_said_in_it(open_window, few):
    texts.use("ar")
    page = opened(open_window)
    for row in page.model.rows():
        assert not any("a" <= letter.lower() <= "z" for letter in row.title + row.right + row.under)
    assert computer_words.to_do(WARN) == "اطلب من مسؤول النظام إغلاقه أمام الآخرين."
    assert "/srv/desk" in computer_words.says(WARN)
    assert page.sub() == "2 للنظر فيها"
    values = {"n": "3", "why": "", "says": "missed", "account": "G20 X", "day": "2026-11-30"}
    alarm = computer_words.says(finding.Fact("alarms-standing", doctor.SAYINGS["alarms-standing"], values))
    assert "missed" not in alarm and "G20 X" in alarm


def test_an_error_that_sends_to_the_doctor_leads_to_the_page(open_window):
    window = open_window("Officer")
    notice = window.here().notice
    notice.refuse(Usage("store", "The record could not be used: x", "Run: g20desk doctor"))
    (button,) = [one for one in notice.findChildren(KeyButton) if one.text() == "What works on this computer"]
    button.click()
    assert isinstance(window.here().here, computer_page.ComputerPage)
    notice = window.here().notice
    notice.refuse(Usage("x", "Something else.", "Do it again."))
    assert "What works on this computer" not in [
        one.text() for one in notice.findChildren(KeyButton) if not one.isHidden()
    ]


def test_every_part_has_a_title_and_a_group():
    assert list(computer_words.PARTS) == list(doctor.NAMES)
    assert set(computer_words.STATES) == set(doctor.STATES)
