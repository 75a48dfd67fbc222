"""What is written down of a window's run: its log, the mark that tells of an end that was none, what Qt itself complains of; and
what the start after such an end tells."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from g20desk import logs
from g20desk.crashes.running import Running
from g20desk.logs.foreign import listen
from ui.unforeseen import note

if TYPE_CHECKING:
    from ui.window import Window

GRADES = {QtMsgType.QtWarningMsg: "warning", QtMsgType.QtCriticalMsg: "error", QtMsgType.QtFatalMsg: "error"}
QUIET = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)


@contextmanager
def watched(app: QApplication) -> Iterator[None]:
    """While the window runs. What ends it by a fault of ours is reported and goes on its way."""
    logs.begin("window")
    listen(note)
    before = qInstallMessageHandler(_said)
    # Whoever logs off, or stops the computer, closes the window as a person would.
    signal.signal(signal.SIGTERM, lambda *_: app.quit())
    code = 1
    try:
        with Running("window"):
            try:
                yield
                code = 0
            except Exception as problem:
                from g20desk.crashes import report

                report.keep(problem, "window", ended=True)
                raise
    finally:
        qInstallMessageHandler(before)
        logs.end(code)


def _said(grade: QtMsgType, context: QMessageLogContext, words: str) -> None:
    """What Qt complains of: that it did is logged, its words stay on the terminal."""
    if grade not in QUIET:
        logs.note("qt", grade=GRADES.get(grade, "warning"))
    if sys.stderr is not None:
        print(words, file=sys.stderr)


def tell_of_ends(window: Window) -> None:
    """Once the window has been painted: take up marks of runs that ended otherwise, and tell of them."""
    if not logs.logging():
        return

    def job() -> list[dict[str, Any]]:
        from g20desk.crashes import report, running

        running.take_up()
        return report.untold()

    def show(found: list[dict[str, Any]]) -> None:
        if found:
            from ui.window import load

            load("ui.support.strip", "show")(window, found)

    window.ctx.worker.ask(job, show, lambda _: None, window, quiet=True)
