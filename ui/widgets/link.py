"""A link that opens in the system's browser, and nowhere else; it elides, and stays left to right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from g20desk import servers
from ui import theme
from ui.texts import ltr, t, tip


def visit(url: str) -> bool:
    """Hand a page of the web to the system's browser; whether it was one. An address that a network's answer named may as well be that
    of a program on this computer."""
    return servers.page(url) and QDesktopServices.openUrl(QUrl(url))


class Link(QAbstractButton):
    """One address; one that is none of the web is shown, says so, and opens nothing."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.setText(url)
        self.setFont(theme.font(12))
        opens = servers.page(url)
        self.setEnabled(opens)
        self.setAccessibleName(t("Open {url}", url=url) if opens else url)
        self.setToolTip(tip(url if opens else f"{url}\n{t('This is no page of the web, so it is not opened.')}"))
        if opens:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: visit(url))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self.fontMetrics().horizontalAdvance(self.url), theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """What fits of it, and the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color("accentText" if self.isEnabled() else "text2"))
        said = self.fontMetrics().elidedText(
            self.url.removeprefix("https://"), Qt.TextElideMode.ElideMiddle, self.width() - 4
        )
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), ltr(said))
        if self.hasFocus():
            painter.setPen(QPen(theme.color("accentText"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
