"""Lucide icons in the theme's colours, sharp at every pixel ratio."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import ROOT
from ui import theme

MIRRORED = {
    "send",
    "reply",
    "chevron-left",
    "chevron-right",
    "arrow-right",
    "forward",
    "corner-down-right",
    "undo-2",
    "scroll-text",
    "key-round",
}


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, ink: str, ratio: float, turned: bool) -> QPixmap:
    source = (ROOT / "icons" / f"{name}.svg").read_text("utf-8")
    source = source.replace("currentColor", ink).replace('stroke-width="2"', 'stroke-width="1.75"')
    made = QPixmap(round(size * ratio), round(size * ratio))
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    if turned:
        painter.translate(made.width(), 0)
        painter.scale(-1, 1)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(made.rect()))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


def pixmap(name: str, size: int = 16, token: str = "text2", ratio: float = 1.0) -> QPixmap:
    """The icon in a token's colour."""
    turned = name in MIRRORED and QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
    return _drawn(name, theme.px(size), theme.value(token), ratio, turned)


def icon(name: str, size: int = 16, token: str = "text2") -> QIcon:
    """The same as a QIcon, for menus."""
    return QIcon(pixmap(name, size, token, 2.0))


def paint(painter: QPainter, x: int, y: int, name: str, size: int = 16, token: str = "text2") -> None:
    """Draw the icon with its top left corner there."""
    device = painter.device()
    painter.drawPixmap(x, y, pixmap(name, size, token, device.devicePixelRatioF() if device else 1.0))
