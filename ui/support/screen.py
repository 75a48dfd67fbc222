"""What a window knows of the screen, for whoever helps: numbers, and names that Qt has itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QWidget

from ui import texts, theme

PLATFORMS = ("xcb", "wayland", "offscreen", "windows", "cocoa", "minimal", "vnc", "eglfs")
WRITING = {
    "latin": QFontDatabase.WritingSystem.Latin, "arabic": QFontDatabase.WritingSystem.Arabic,
    "cyrillic": QFontDatabase.WritingSystem.Cyrillic, "chinese": QFontDatabase.WritingSystem.SimplifiedChinese,
    "japanese": QFontDatabase.WritingSystem.Japanese, "korean": QFontDatabase.WritingSystem.Korean,
    "devanagari": QFontDatabase.WritingSystem.Devanagari,
}  # fmt: skip


def facts(window: QWidget) -> dict[str, Any]:
    """Screens, the window's size, the scheme, how many fonts there are for each script. Asked on the window's thread."""
    platform = QGuiApplication.platformName()
    screens = [
        {
            "width": s.size().width(),
            "height": s.size().height(),
            "scale": s.devicePixelRatio(),
            "dots": round(s.logicalDotsPerInch()),
        }
        for s in QGuiApplication.screens()
    ]
    return {
        "qt": qVersion(), "platform": platform if platform in PLATFORMS else "other", "screens": screens,
        "width": window.width(), "height": window.height(), "scheme": theme.scheme(), "language": texts.language(),
        "right_to_left": QGuiApplication.isRightToLeft(),
        "fonts": {name: len(QFontDatabase.families(system)) for name, system in WRITING.items()},
    }  # fmt: skip
