"""The sign in the system's tray, where it has one: whether something waits, and what."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from g20desk.desk.alarm import Alarm
from ui import theme
from ui.alarms.words import Notice, id_words, sentence
from ui.texts import caption, t, tip
from ui.widgets.chrome import Mark

SIZES = (16, 22, 32, 64)
MOST = 8


def sign(waits: bool) -> QIcon:
    """The office's sign; with a mark at its corner where something waits."""
    made = QIcon()
    for size in SIZES:
        drawn = QPixmap(size, size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        Mark.draw(painter, size)
        if waits:
            dot = round(size * 0.44)
            painter.setBrush(theme.color("block"))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawEllipse(QRect(size - dot, size - dot, dot, dot))
        painter.end()
        made.addPixmap(drawn)
    return made


class Tray(QObject):
    """`opened`: somebody wants the window; `clicked`: a certain alarm (empty: all of them)."""

    opened = Signal()
    clicked = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.menu = QMenu()
        self.icon = QSystemTrayIcon(sign(False), self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._activated)
        self.icon.messageClicked.connect(lambda: self.clicked.emit(self._told))
        self._told = ""
        self.put([])

    def put(self, waiting: list[list[Alarm]]) -> None:
        """Show what waits for a look."""
        self.icon.setIcon(sign(bool(waiting)))
        words = t("{n} things to look at", n=len(waiting)) if waiting else t("Nothing needs you.")
        self.icon.setToolTip(tip(f"G20 Desk: {words}"))
        self.menu.clear()
        for matter in waiting[:MOST]:
            words = "  ".join(filter(None, [sentence(matter), id_words(matter[0].message)]))
            self.menu.addAction(caption(words)).triggered.connect(partial(self.clicked.emit, matter[0].id))
        if len(waiting) > MOST:
            more = self.menu.addAction(t("{n} more", n=len(waiting) - MOST))
            more.triggered.connect(partial(self.clicked.emit, ""))
        if waiting:
            self.menu.addSeparator()
        self.menu.addAction(t("Open G20 Desk")).triggered.connect(self.opened)
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()

    def tell(self, notice: Notice) -> bool:
        """Show a notice; whether this system could."""
        if not (self.icon.isVisible() and QSystemTrayIcon.supportsMessages()):
            return False
        kinds = QSystemTrayIcon.MessageIcon
        self._told = notice.key
        self.icon.showMessage(notice.title, notice.body, kinds.Critical if notice.grave else kinds.Warning)
        return True

    def close(self) -> None:
        """Away with it."""
        self.icon.hide()
        self.menu.deleteLater()

    def _activated(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how == QSystemTrayIcon.ActivationReason.Trigger:
            self.opened.emit()
