"""Single letters by the key's place: on a layout that is not Latin, the key where G stands is still G."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

ROWS = ((16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"))
SCAN = {first + n: letter for first, row in ROWS for n, letter in enumerate(row)}
MAC = dict(
    zip(
        (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 31, 32, 34, 35, 37, 38, 40, 45, 46),
        "ASDFHGZXCVBQWERYTOUIPLJKNM",
        strict=True,
    )
)
SECOND_MS = 1_500
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def letter_at(scan: int, virtual: int, platform: str = sys.platform) -> str:
    """The Latin letter at a key's place, or an empty string."""
    if platform == "darwin":
        return MAC.get(virtual, "")
    # X11 and Wayland count eight more than the kernel; Windows counts as the kernel does.
    return SCAN.get(scan if platform == "win32" else scan - 8, "")


def writes(widget: QWidget | None) -> bool:
    """Whether typed letters become text there."""
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        return not widget.isReadOnly()
    return isinstance(widget, QAbstractSpinBox) or (isinstance(widget, QComboBox) and widget.isEditable())


class Letters(QObject):
    """Hears keys of layouts that have no Latin letters and hands them on as letters. `runs` gives what a letter, or two
    in a row, does on the screen in front."""

    def __init__(self, owner: QWidget, runs: Callable[[], dict[str, Callable[[], object]]]) -> None:
        super().__init__(owner)
        self._owner, self._runs, self._first = owner, runs, ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECOND_MS)
        self._timer.timeout.connect(self._forget)
        owner.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        """Listen where keys arrive; listening to the whole application would hear each event of each part of Qt."""
        if before is not None and before is not self._owner:
            before.removeEventFilter(self)
        if now is not None and now is not self._owner and self._owner.isAncestorOf(now):
            now.installEventFilter(self)

    def _forget(self) -> None:
        self._first = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Only keys in this window, only where nothing is written."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or watched.window() is not self._owner or event.modifiers() & HELD:
            return False
        if event.text().isascii() or writes(self._owner.focusWidget()):
            return False
        letter = letter_at(event.nativeScanCode(), event.nativeVirtualKey())
        return bool(letter) and self._take(letter, watched)

    def _take(self, letter: str, watched: QWidget) -> bool:
        runs, said = self._runs(), f"{self._first}, {letter}" if self._first else letter
        self._forget()
        if run := runs.get(said) or runs.get(letter):
            run()
        elif any(keys.startswith(f"{letter}, ") for keys in runs):
            self._first = letter
            self._timer.start()
        elif letter in "JK":
            key = Qt.Key.Key_J if letter == "J" else Qt.Key.Key_K
            sent = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, letter.lower())
            QApplication.sendEvent(watched, sent)
        else:
            return False
        return True
