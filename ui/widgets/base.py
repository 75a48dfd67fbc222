"""Small bricks: panels, labels that elide, icon labels, rules."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import icons, theme
from ui.texts import isolated, tip


def panel(bg: str = "surface", edge: str = "") -> QWidget:
    """A plain surface in a token's colour."""
    made = QWidget()
    dress(made, bg, edge)
    return made


def dress(widget: QWidget, bg: str = "surface", edge: str = "") -> None:
    """Give a widget its surface and its one line."""
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    widget.setProperty("bg", bg)
    turned = {"start": "end", "end": "start"} if right_to_left() else {}
    widget.setProperty("edge", turned.get(edge, edge))
    polish(widget)


def polish(widget: QWidget) -> None:
    """Look at the style sheet again, where it was looked at before: what is not shown yet is polished when it is."""
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def right_to_left() -> bool:
    """Whether the interface runs from right to left."""
    return QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def mirrored(margins: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Margins read from the start, which Qt itself does not turn round."""
    start, top, end, foot = margins
    return (end, top, start, foot) if right_to_left() else margins


def column(owner: QWidget, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 0) -> QVBoxLayout:
    """A vertical layout with its margins told."""
    made = QVBoxLayout(owner)
    made.setContentsMargins(*mirrored(margins))
    made.setSpacing(gap)
    return made


def line(
    owner: QWidget | QBoxLayout | None = None, margins: tuple[int, int, int, int] = (0, 0, 0, 0), gap: int = 8
) -> QHBoxLayout:
    """A horizontal layout, of a widget or inside another layout."""
    made = QHBoxLayout(owner) if isinstance(owner, QWidget) else QHBoxLayout()
    made.setContentsMargins(*mirrored(margins))
    made.setSpacing(gap)
    if isinstance(owner, QBoxLayout):
        owner.addLayout(made)
    return made


def scrolled(inner: QWidget) -> QScrollArea:
    """The widget in an area that scrolls and takes no focus of its own."""
    dress(inner, "surface")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area


def clear(layout: QBoxLayout) -> None:
    """Empty a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)  # type: ignore[arg-type]


class Label(QLabel):
    """Words in a size, a weight and a tone; plain text unless rich is asked for."""

    def __init__(
        self,
        text: str = "",
        size: int = 13,
        weight: QFont.Weight = theme.REGULAR,
        tone: str = "text",
        wrap: bool = False,
        rich: bool = False,
    ) -> None:
        super().__init__(text)
        self.setFont(theme.font(size, weight))
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if right_to_left():
            # Words would stand where their own script begins.
            far = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute
            self.setAlignment(far | Qt.AlignmentFlag.AlignVCenter)
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)

    def set_tone(self, tone: str) -> None:
        """Wear another tone."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            polish(self)


class Elided(Label):
    """One line that ends in an ellipsis where room is short; the whole is in the tooltip."""

    def minimumSizeHint(self) -> QSize:
        """It may shrink."""
        return QSize(theme.px(40), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say the whole in the tooltip when it does not fit."""
        super().resizeEvent(event)
        self.setToolTip(tip(self.text() if self.fontMetrics().horizontalAdvance(self.text()) > self.width() else ""))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what fits."""
        painter = QPainter(self)
        painter.setPen(theme.color(str(self.property("tone"))))
        said = isolated(self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width()))
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), said)


class Icon(QWidget):
    """An icon that takes its colour when it is painted."""

    def __init__(self, name: str, size: int = 16, tone: str = "text2") -> None:
        super().__init__()
        self.name, self.size_, self.tone = name, size, tone
        self.setFixedSize(theme.px(size), theme.px(size))

    def become(self, name: str, tone: str) -> None:
        """Another icon."""
        self.name, self.tone = name, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        if self.name:
            icons.paint(QPainter(self), 0, 0, self.name, self.size_, self.tone)


def beside(icon: Icon, words: QLabel) -> QVBoxLayout:
    """The icon level with the first line of the words, however high their script stands."""
    line_high = words.heightForWidth(10_000) if words.wordWrap() else words.sizeHint().height()
    made = QVBoxLayout()
    made.setContentsMargins(0, max(0, (line_high - icon.height()) // 2), 0, 0)
    made.addWidget(icon)
    made.addStretch(1)
    return made


def told(
    layout: QVBoxLayout, icon: Icon, head: QLabel, under: str = "", gap: int = 10, spacing: int = 2, room: int = 0
) -> tuple[QHBoxLayout, QVBoxLayout]:
    """An icon, what it says, and in small what there is to say further: the row, and the words in it. `room`: above it, and
    below."""
    row, words = line(layout, (0, room, 0, room), gap), QVBoxLayout()
    row.addLayout(beside(icon, head))
    words.setSpacing(spacing)
    words.addWidget(head)
    if under:
        words.addWidget(Label(under, 12, tone="text2", wrap=True))
    row.addLayout(words, 1)
    return row, words


def rule() -> QWidget:
    """A hairline."""
    made = QWidget()
    made.setFixedHeight(1)
    dress(made, "surface", "bottom")
    return made
