"""About this program, over the work: its version, a newer release that the administrator tells of, and the works of others in it with
their licences. Esc puts it away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from g20desk import licences, releases
from g20desk.errors import DeskError
from g20desk.releases import Release
from ui import texts, theme
from ui.texts import error, isolated, ltr, t
from ui.widgets.base import Label, column, line
from ui.widgets.button import KeyButton
from ui.widgets.chrome import Mark
from ui.worker import Worker

if TYPE_CHECKING:
    from ui.window import Window


def news(told: Release) -> tuple[str, str]:
    """A newer release in a sentence, and what is new in it, in the interface's language where its makers wrote it."""
    said = t("G20 Desk {version} is out. Your administrator installs it.", version=ltr(told.version))
    return said, isolated(told.notes.get(texts.language(), told.notes.get("en", "")))


def look_for_news(window: Window) -> None:
    """Say it on the screen in front where the administrator tells of a newer release, or where what lies there can't be trusted."""

    def tell(told: Release | None) -> None:
        if told is not None:
            window.here().notice.say(*news(told), tone="ok")

    window.ctx.worker.ask(
        releases.offered, tell, lambda problem: window.here().notice.refuse(problem), window, quiet=True
    )


def gather() -> tuple[str, Release | DeskError | None, str]:
    """This version, the newer one or what is wrong with it, and the notices. Reads files: for the worker."""
    try:
        told: Release | DeskError | None = releases.offered()
    except DeskError as problem:
        told = problem
    return releases.here(), told, licences.notices()


class AboutSheet(QFrame):
    """Read anew each time it opens."""

    def __init__(self, owner: QWidget, worker: Worker) -> None:
        super().__init__(owner)
        self.worker, self.was = worker, None
        self.setProperty("overlay", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(t("About G20 Desk"))
        layout = column(self, (20, 14, 16, 16), 8)
        head = line(layout, gap=10)
        head.addWidget(Mark(24))
        head.addWidget(Label(t("About G20 Desk"), 15, theme.BOLD))
        head.addStretch(1)
        self.away = KeyButton(t("Put away"), "Esc", small=True)
        self.away.clicked.connect(self.leave)
        head.addWidget(self.away)
        self.version = Label("", 13, theme.MEDIUM)
        self.version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.news = Label("", 13, wrap=True)
        self.notes = Label("", 12, tone="text2", wrap=True)
        ours = t(
            "Published under the Apache License 2.0. It is built on the works of others below, each under its own licence."
        )
        for one in (self.version, self.news, self.notes, Label(ours, 12, tone="text2", wrap=True)):
            layout.addWidget(one)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(theme.mono(11))
        self.text.setAccessibleName(t("Works of others and their licences"))
        self.text.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # licences are in English
        layout.addWidget(self.text, 1)
        for one in (self.away, self.text):
            one.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it in the middle, and read what it says."""
        self.was = self.window().focusWidget()
        room = self.parentWidget().size()
        wide, tall = min(theme.px(820), room.width() - 40), min(theme.px(640), room.height() - 96)
        self.setGeometry((room.width() - wide) // 2, 56, wide, tall)
        for one in (self.news, self.notes):
            one.hide()
        self.show()
        self.raise_()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.worker.ask(gather, self._gathered, lambda problem: self._say(*error(problem)), self)

    def leave(self) -> None:
        """Put it away."""
        self.hide()
        if self.was is not None:
            self.was.setFocus(Qt.FocusReason.OtherFocusReason)

    def _gathered(self, found: tuple[str, Release | DeskError | None, str]) -> None:
        version, told, notices = found
        self.version.setText(t("Version {version}", version=ltr(version)))
        self.text.setPlainText(notices)
        if isinstance(told, Release):
            self._say(*news(told))
        elif told is not None:
            self._say(*error(told))

    def _say(self, words: str, under: str) -> None:
        for label, said in ((self.news, words), (self.notes, under)):
            label.setText(said)
            label.setVisible(bool(said))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc puts it away."""
        kinds = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        if event.type() in kinds and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.leave()
            return True
        return super().eventFilter(watched, event)
