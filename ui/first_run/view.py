"""First run's widgets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QPen, QShortcut, QShowEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from ui import theme
from ui.first_run.presenter import FirstRunPresenter
from ui.texts import t
from ui.widgets.base import Icon, Label, column, dress, line, panel
from ui.widgets.button import KeyButton
from ui.widgets.chrome import Mark, Notice


class Way(QAbstractButton):
    """One way in: a card where it has the focus, words where not."""

    def __init__(self, glyph: str, title: str, words: str, more: str, end: QWidget) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{words} {more}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        row = line(self, (20, 16, 20, 16), 16)
        holder = QVBoxLayout()
        holder.addWidget(Icon(glyph, 24, "accentText" if glyph == "flask-conical" else "text2"))
        holder.addStretch(1)
        row.addLayout(holder)
        text = QVBoxLayout()
        text.setSpacing(5)
        text.addWidget(Label(title, 15, theme.BOLD))
        text.addWidget(Label(words, 13, tone="text2", wrap=True))
        text.addWidget(Label(more, 12, tone="text2", wrap=True))
        row.addLayout(text, 1)
        row.addWidget(end)
        for child in self.findChildren(Label):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        """What the words need."""
        return self.layout().sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring of the one in hand."""
        if self.hasFocus() or self.underMouse():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accentText" if self.hasFocus() else "sepStrong"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class FirstRunView(QWidget):
    """No account, no tour."""

    def __init__(self, presenter: FirstRunPresenter, folder: Path, turn: Callable[[], None]) -> None:
        super().__init__()
        self.present, self.folder = presenter, folder
        dress(self, "surface")
        outer = column(self)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        row.addWidget(self._promise(turn))
        right = QWidget()
        main = column(right)
        self.notice = Notice()
        main.addWidget(self.notice)
        middle = QWidget()
        inner = column(middle, (72, 24, 72, 24), 8)
        inner.addStretch(2)
        inner.addWidget(Label(t("How would you like to start?"), 20, theme.BOLD))
        inner.addWidget(Label(t("You can do the others later, side by side."), 13, tone="text2"))
        inner.addSpacing(14)
        start = KeyButton(t("Start rehearsing"), "↵", kind="main")
        start.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.ways = [
            Way(
                "flask-conical",
                t("Try a rehearsal office"),
                t(
                    "A practice office with people of all roles, and networks that answer like the real ones. "
                    "Nothing leaves this computer."
                ),
                t("Delete it whenever you like."),
                start,
            ),
            Way(
                "ticket",
                t("Join with an invitation"),
                t("Someone in your office made one for you."),
                t("Needs no network. You compare four words with the person who invited you."),
                self._key("2"),
            ),
            Way(
                "landmark",
                t("Create an office"),
                t("For the head of a new communication office. You name it, and your key founds its record."),
                t("Later you invite members, choose routes, and connect accounts."),
                self._key("3"),
            ),
        ]
        runs = (
            self._rehearse,
            lambda: presenter.not_here("g20desk office join INVITE"),
            lambda: presenter.not_here('g20desk office new NAME --head "Full Name"'),
        )
        start.clicked.connect(self._rehearse)
        for n, (way, run) in enumerate(zip(self.ways, runs, strict=True), 1):
            inner.addWidget(way)
            way.clicked.connect(run)
            for keys in (str(n), "Return", "Enter"):
                key = QShortcut(QKeySequence(keys), self if keys == str(n) else way)
                key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                key.activated.connect(run)
        inner.addStretch(3)
        main.addWidget(middle, 1)
        row.addWidget(right, 1)
        strip = panel("rail", "top")
        strip.setFixedHeight(theme.px(32))
        foot = line(strip, (16, 0, 16, 0))
        foot.addWidget(Icon("info", 14))
        foot.addWidget(Label(t("No account, no sign-in, no data sent."), 12, tone="text2"))
        foot.addStretch(1)
        outer.addWidget(strip)
        presenter.failed.connect(self.notice.refuse)

    def _key(self, words: str) -> QWidget:
        made = KeyButton("", words, kind="link")
        made.ink = "text"
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        made.setAccessibleName(words)
        return made

    def _promise(self, turn: Callable[[], None]) -> QWidget:
        made = panel("rail", "end")
        made.setFixedWidth(theme.px(481))
        layout = column(made, (48, 44, 56, 24), 8)
        layout.addWidget(Mark(40))
        layout.addStretch(2)
        big = Label(t("One office,\none voice,\nmany hands."), 26, theme.BOLD)
        layout.addWidget(big)
        layout.addWidget(
            Label(
                t(
                    "Draft official messages, check them against the shared code, have governments sign "
                    "off, and send them once."
                ),
                15,
                tone="text2",
                wrap=True,
            )
        )
        layout.addSpacing(24)
        for glyph, words in (
            ("key-round", t("You sign everything you do with a key that never leaves this computer.")),
            ("wifi-off", t("It works without a network. Nothing you write is lost.")),
            ("scroll-text", t("Anyone can check the record. No one can rewrite it.")),
        ):
            row = line(layout, (0, 4, 0, 4), 10)
            holder = QVBoxLayout()
            holder.addWidget(Icon(glyph, 16, "ok"))
            holder.addStretch(1)
            row.addLayout(holder)
            row.addWidget(Label(words, 13, tone="text2", wrap=True), 1)
        layout.addStretch(3)
        row = line(layout)
        look = KeyButton(t("Light or dark"), icon="sun-moon", kind="quiet")
        look.clicked.connect(turn)
        row.addWidget(look)
        row.addStretch(1)
        return made

    def showEvent(self, event: QShowEvent) -> None:
        """The harmless way has the focus."""
        super().showEvent(event)
        self.ways[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _rehearse(self) -> None:
        self.present.rehearse(self.folder)
