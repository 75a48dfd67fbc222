"""What nobody caught, in a slot, an event or a painting: said in the window, logged without its words, told once."""

import gc
import logging
import sys

import pytest
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QLabel

from ui.app import App
from ui.screen import Screen
from ui.unforeseen import Unforeseen, places, where
from ui.widgets.chrome import Band, Notice
from ui.widgets.guard import handler

CONTENT = "the unpublished text of a message"
# PySide goes on using the method that it once found, also when another stands in its place.
METHODS = []


@pytest.fixture
def told(monkeypatch, caplog):
    """What reaches the log, with our own hook in place of the test's."""

    def by(tell):
        monkeypatch.setattr(sys, "excepthook", Unforeseen(tell))
        return caplog

    caplog.set_level(logging.ERROR)
    yield by
    caplog.get_records("call").clear()


def fails(*_):
    """Somebody's mistake, with a text in it."""
    raise KeyError(CONTENT)


def shown(window):
    """The words of the notice in front."""
    notice = window.here().notice
    return [label.text() for label in notice.findChildren(QLabel) if label.isVisible()] if notice.isVisible() else []


def check(window, log):
    """A clear notice, a line in the log, and the text in neither."""
    assert shown(window)[0] == "Something went wrong here. Nothing you wrote is lost."
    assert shown(window)[1].startswith("KeyError, tests/ui/test_unforeseen.py:")
    assert len(log.records) == 1
    assert log.records[0].getMessage().startswith("KeyError < tests/ui/test_unforeseen.py:")
    assert CONTENT not in log.text and CONTENT not in " ".join(shown(window))
    gc.collect()


def test_in_a_slot(open_window, told):
    class Teller(QObject):
        rang = Signal()

    window, teller = open_window(), Teller()
    log = told(window.here().notice.refuse)
    teller.rang.connect(fails)
    teller.rang.emit()
    check(window, log)


def test_in_a_timer(qtbot, open_window, told):
    window = open_window()
    log = told(window.here().notice.refuse)
    QTimer.singleShot(0, fails)
    qtbot.waitUntil(lambda: bool(log.records))
    check(window, log)


@pytest.mark.parametrize("name", ["showEvent", "resizeEvent"])
def test_in_an_event(open_window, told, monkeypatch, name):
    window = open_window()
    log = told(lambda problem: window.here().notice.refuse(problem))
    before = getattr(Screen, name)

    def bad(self, event):
        before(self, event)
        fails()

    METHODS.append(handler(bad))
    with monkeypatch.context() as patch:
        patch.setattr(Screen, name, METHODS[-1])
        window.go("messages", "")
        assert window.here() is window.screens["messages"]
        assert window.here().list.isVisible()
    check(window, log)


def test_at_every_repaint_it_is_told_once(qtbot, open_window, told):
    window = open_window()
    log = told(lambda problem: window.here().notice.refuse(problem))

    class Bad(Band):
        @handler
        def paintEvent(self, event):
            fails()

    band = Bad()
    qtbot.addWidget(band)
    for _ in range(5):
        band.grab()
    check(window, log)


def test_in_the_work_beside_the_window(open_window, told):
    window = open_window()
    log = told(window.here().notice.refuse)
    window.ctx.worker.ask(fails)
    check(window, log)
    window.here().notice.hide()
    window.ctx.worker.ask(lambda: 1, fails)
    assert shown(window)[1].startswith("KeyError, tests/ui/test_unforeseen.py:")


def test_before_there_is_an_office(qtbot, tmp_path, told):
    app = App(tmp_path / "none", None)
    log = told(app.tell)
    QTimer.singleShot(0, fails)
    qtbot.waitUntil(lambda: bool(log.records))
    assert app.window.notice.isVisible()
    app.close()


def test_where_the_notice_fails_too_there_is_the_log(told):
    log = told(fails)
    try:
        fails()
    except KeyError as problem:
        sys.excepthook(KeyError, problem, problem.__traceback__)
        assert where(problem) == "KeyError, " + places(problem)[-1]
    assert len(log.records) == 2
    assert CONTENT not in log.text


def test_an_interrupt_is_no_error_of_ours(told, monkeypatch, capsys):
    log = told(fails)
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert not log.records
    assert "KeyboardInterrupt" in capsys.readouterr().err


def test_a_notice_says_it_in_words(qtbot):
    notice = Notice()
    qtbot.addWidget(notice)
    notice.refuse(ValueError(CONTENT))
    assert CONTENT not in " ".join(label.text() for label in notice.findChildren(QLabel))
