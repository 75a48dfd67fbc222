"""The grid of texts: languages by networks. Arrow keys move; the cell is said in words."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QStyle, QWidget

from ui import icons, theme
from ui.texts import LANGS, NETWORKS, SHORT, t

CELLS = {
    "block": ("octagon-alert", "block"),
    "ok": ("circle-check", "ok"),
    "own": ("pencil", "text2"),
    "none": ("minus", "text3"),
}
SAID = {
    "block": "must fix",
    "ok": "no findings that must be fixed",
    "own": "own text",
    "same": "same text",
    "none": "no text yet",
}


class TextGrid(QWidget):
    """A map of the message."""

    chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.networks: list[str] = []
        self.lang, self.network = "en", ""
        self.cell: Callable[[str, str], str] = lambda lang, network: "none"
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(t("Texts"))

    def put(self, networks: list[str], lang: str, network: str, cell: Callable[[str, str], str]) -> None:
        """Show these."""
        self.networks, self.lang, self.network, self.cell = networks, lang, network, cell
        said = t(SAID[cell(lang, network)])
        self.setAccessibleDescription(f"{t(dict(LANGS)[lang])}, {NETWORKS.get(network, '')}: {said}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """A row a language."""
        return QSize(theme.px(236), theme.px(26 + 32 * len(LANGS)))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def _column(self, at: int) -> QRect:
        wide = theme.px(42)
        x = self.width() - 12 - wide * (len(self.networks) - at)
        return QRect(x, 0, wide, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Heads, rows, cells."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        way, whole, top, high = self.layoutDirection(), self.rect(), theme.px(26), theme.px(32)

        def flip(box: QRect) -> QRect:
            return QStyle.visualRect(way, whole, box)

        painter.setFont(theme.font(11, theme.MEDIUM))
        painter.setPen(theme.color("text2"))
        for n, network in enumerate(self.networks):
            column = self._column(n)
            painter.drawText(
                flip(QRect(column.x(), 0, column.width(), top)),
                int(Qt.AlignmentFlag.AlignCenter),
                SHORT.get(network, network),
            )
        start = int(
            QStyle.visualAlignment(way, Qt.AlignmentFlag.AlignLeft)
            | Qt.AlignmentFlag.AlignVCenter
            | Qt.AlignmentFlag.AlignAbsolute
        )
        side = theme.px(16)
        for row, (lang, name) in enumerate(LANGS):
            y, on = top + row * high, lang == self.lang
            if on:
                painter.fillRect(QRect(0, y, self.width(), high), theme.color("sel"))
                painter.fillRect(flip(QRect(0, y, 3, high)), theme.color("accentText"))
            painter.setFont(theme.font(12, theme.BOLD))
            painter.setPen(theme.color("text"))
            painter.drawText(flip(QRect(16, y, theme.px(26), high)), start, lang.upper())
            font = theme.font(12)
            painter.setFont(font)
            painter.setPen(theme.color("text2"))
            room = (self._column(0).x() if self.networks else self.width()) - 20 - theme.px(28)
            painter.drawText(
                flip(QRect(16 + theme.px(28), y, room, high)),
                start,
                QFontMetrics(font).elidedText(t(name), Qt.TextElideMode.ElideRight, room),
            )
            for n, network in enumerate(self.networks):
                box = flip(QRect(self._column(n).x(), y, self._column(n).width(), high))
                code = self.cell(lang, network)
                if on and network == self.network:
                    frame = QRectF(box).adjusted(6, 3.5, -6, -3.5)
                    painter.setPen(QPen(theme.color("accentText"), 2 if self.hasFocus() else 1.25))
                    painter.setBrush(theme.color("surface"))
                    painter.drawRoundedRect(frame, 5, 5)
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                if code == "same":
                    painter.setPen(Qt.PenStyle.NoPen)
                    painter.setBrush(theme.color("text2"))
                    painter.drawEllipse(QRectF(box.center().x() - 1.5, box.center().y() - 1.5, 4, 4))
                    painter.setBrush(Qt.BrushStyle.NoBrush)
                else:
                    glyph, tone = CELLS[code]
                    icons.paint(
                        painter, box.center().x() - side // 2 + 1, box.center().y() - side // 2 + 1, glyph, 16, tone
                    )

    def _move(self, rows: int, columns: int) -> None:
        langs = [code for code, _ in LANGS]
        row = max(0, min(len(langs) - 1, langs.index(self.lang) + rows))
        at = self.networks.index(self.network) if self.network in self.networks else 0
        at = max(0, min(len(self.networks) - 1, at + columns))
        self.chosen.emit(langs[row], self.networks[at] if self.networks else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move."""
        far = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        step = {
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Left: (0, 1 if far else -1),
            Qt.Key.Key_Right: (0, -1 if far else 1),
        }.get(Qt.Key(event.key()))
        if step and not event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(*step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        spot = event.position().toPoint()
        row = (spot.y() - theme.px(26)) // theme.px(32)
        if not 0 <= row < len(LANGS):
            return
        network = self.network
        for n, name in enumerate(self.networks):
            if QStyle.visualRect(self.layoutDirection(), self.rect(), self._column(n)).contains(spot):
                network = name
        self.chosen.emit(LANGS[row][0], network)
