"""A link that opens in the browser; it elides, and stays left to right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui import theme
from ui.texts import ltr, t


class Link(QAbstractButton):
    """One address."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.setText(url)
        self.setFont(theme.font(12))
        self.setAccessibleName(t("Open {url}", url=url))
        self.setToolTip(url)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(url)))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self.fontMetrics().horizontalAdvance(self.url), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """What fits of it, and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("accentText"))
        said = self.fontMetrics().elidedText(
            self.url.removeprefix("https://"), Qt.TextElideMode.ElideMiddle, self.width() - 4
        )
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), ltr(said))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accentText"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
