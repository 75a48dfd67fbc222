"""A button with an icon, words and its key. Painted here, mirrored by visualRect."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle

from ui import icons, theme
from ui.texts import ltr, tip

GAP = 8


def paint_key(painter: QPainter, box: QRect, words: str, ink: str, edge: str) -> None:
    """The small box with the key's name."""
    painter.setFont(theme.font(11, theme.MEDIUM))
    painter.setPen(QPen(theme.color(edge), 1))
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setPen(theme.color(ink))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), ltr(words))


class KeyButton(QPushButton):
    """Kinds: `main` (the one blue), `plain`, `link`, `quiet`."""

    def __init__(self, text: str, key: str = "", icon: str = "", kind: str = "plain", small: bool = False) -> None:
        super().__init__(text)
        self.key, self.glyph, self.kind, self.small = key, icon, kind, small
        self.ink = "accentText"
        self.setFont(theme.font(13 if not small else 12, theme.MEDIUM))
        self.setText(text)
        self.setAccessibleName(text)
        if key:
            self.setAccessibleDescription(key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def offer(self, why_not: str) -> None:
        """On where nothing speaks against it, else off with the reason to be read beside it."""
        self.setEnabled(not why_not)
        self.setToolTip(tip(why_not))
        self.setAccessibleDescription(why_not or self.key)

    def setText(self, text: str) -> None:
        """Say this; an ampersand in it is one, and makes no key."""
        super().setText(text)
        self.setShortcut(QKeySequence())

    def sizeHint(self) -> QSize:
        """Wide enough for words, icon and key, in any language."""
        return QSize(
            self._words_width() + (4 if self.kind == "link" else 2 * self._pad()),
            theme.px(26 if self.small or self.kind == "link" else 32),
        )

    def minimumSizeHint(self) -> QSize:
        """Never clipped."""
        return self.sizeHint()

    def _pad(self) -> int:
        return theme.px(10 if self.small else 13)

    def _key_width(self) -> int:
        return QFontMetrics(theme.font(11, theme.MEDIUM)).horizontalAdvance(self.key) + 10 if self.key else 0

    def _words_width(self) -> int:
        wide = self.fontMetrics().horizontalAdvance(self.text())
        if self.glyph:
            wide += theme.px(16) + (GAP if self.text() else 0)
        return wide + (GAP + self._key_width() if self.key else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Fill, edge, focus ring, then icon, words, key in reading order."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        on, main = self.isEnabled(), self.kind == "main"
        ink = "disabled" if not on else {"main": "onAccent", "link": self.ink}.get(self.kind, "text")
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill, edge = "", ""
        if self.kind in ("main", "plain"):
            fill = "disabledFill" if not on else "accent" if main else "surface"
            edge = "" if main or not on else "sepStrong"
        if on and (self.isDown() or self.underMouse() or self.isChecked()) and not main:
            fill = "accentSoft" if self.isDown() or self.isChecked() else "sunken"
        painter.setPen(QPen(theme.color(edge), 1) if edge else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(fill) if fill else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus():
            painter.setPen(QPen(theme.color("onAccent" if main and on else "accentText"), 2))
            inset = 2.5 if main else 0.5
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), 5, 5)
        self._content(painter, ink, on)

    def _content(self, painter: QPainter, ink: str, on: bool) -> None:
        x, high = (self.width() - self._words_width()) // 2, self.height()

        def place(wide: int, tall: int) -> QRect:
            rect = QRect(x, (high - tall) // 2, wide, tall)
            return QStyle.visualRect(self.layoutDirection(), self.rect(), rect)

        if self.glyph:
            size = theme.px(16)
            spot = place(size, size)
            tone = ink if self.kind in ("main", "link") or not on else "text2" if self.kind == "quiet" else ink
            icons.paint(painter, spot.x(), spot.y(), self.glyph, 16, tone)
            x += size + GAP
        if self.text():
            wide = self.fontMetrics().horizontalAdvance(self.text())
            painter.setPen(theme.color(ink))
            painter.setFont(self.font())
            painter.drawText(place(wide + 2, high), int(Qt.AlignmentFlag.AlignVCenter), self.text())
            x += wide + GAP
        if self.key:
            edge = "onAccent" if self.kind == "main" and on else "accentText" if self.kind == "link" else "ctl"
            paint_key(painter, place(self._key_width(), theme.px(18)), self.key, ink, edge)
