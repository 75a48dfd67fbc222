"""Answers on the window's thread, dropped when nobody is there to hear them."""

import threading

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread

from g20desk.errors import Refused
from ui.worker import Worker


@pytest.fixture
def worker(qtbot):
    made = Worker()
    yield made
    made.close()


def test_answer_comes_back_here(qtbot, worker):
    heard = []
    worker.ask(lambda: threading.get_ident(), lambda there: heard.append((there, QThread.currentThread())))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[0][0] != threading.get_ident()
    assert heard[0][1] is worker.thread()


def test_one_store_thread_in_order(qtbot, worker):
    heard = []
    for n in range(50):
        worker.ask(lambda n=n: (n, threading.get_ident()), heard.append)
    qtbot.waitUntil(lambda: len(heard) == 50)
    assert [n for n, _ in heard] == list(range(50))
    assert len({thread for _, thread in heard}) == 1


def test_refusal_is_handed_over(qtbot, worker):
    def refuse():
        raise Refused("no-right", "This is for the head.")

    heard = []
    worker.ask(refuse, heard.append, heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    assert isinstance(heard[0], Refused)


def test_unheard_failure_is_told(qtbot, worker, caplog):
    with qtbot.waitSignal(worker.unhandled) as told:
        worker.ask(lambda: 1 / 0)
    assert isinstance(told.args[0], ZeroDivisionError)
    assert "ZeroDivisionError < " in caplog.text
    caplog.get_records("call").clear()


def test_what_is_given_up_is_not_waited_for(qtbot, worker):
    gate, heard = threading.Event(), []
    worker.ask(gate.wait)
    worker.ask(lambda: heard.append("run"), heard.append).cancel()
    gate.set()
    qtbot.waitUntil(worker.idle)
    assert heard == []


def test_dropped_when_the_owner_is_gone(qtbot, worker):
    gate, heard, owner = threading.Event(), [], QObject()
    worker.ask(gate.wait, heard.append, owner=owner)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(worker.idle)
    assert heard == []


def test_cancelled_is_not_answered(qtbot, worker):
    gate, heard = threading.Event(), []
    first = worker.ask(gate.wait, heard.append)
    second = worker.ask(lambda: heard.append("begun"))
    first.cancel()
    second.cancel()
    gate.set()
    with qtbot.waitSignal(worker.busy, raising=False, timeout=700):
        pass
    assert heard == []


def test_busy_after_half_a_second_and_stop(qtbot, worker):
    gate = threading.Event()
    with qtbot.waitSignal(worker.busy, timeout=2000) as told:
        worker.ask(gate.wait)
    assert told.args == [True]
    with qtbot.waitSignal(worker.busy) as told:
        worker.stop()
    assert told.args == [False]
    gate.set()


def test_focus_widget_keeps_its_reference_to_none(qapp):
    for _ in range(200_000):
        qapp.focusWidget()
