"""A link's card as people will see it below a post: picture, title, description, where it leads."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.composer.pictures import Thumb
from ui.texts import ltr, t
from ui.widgets.base import Elided, Label, dress, line


class Card(QWidget):
    """One card."""

    def __init__(self, card: dict[str, Any], image: QImage | None) -> None:
        super().__init__()
        dress(self, "sunken")
        self.setAccessibleName(t("Link card: {title}", title=card["title"]))
        row = line(self, (10, 10, 10, 10), 12)
        if card["piece"]:
            thumb = Thumb(image, QSize(theme.px(92), theme.px(60)), t("The picture of the link card"), whole=True)
            thumb.setFixedWidth(theme.px(92))
            row.addWidget(thumb, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(Elided(card["title"], 12, theme.MEDIUM))
        if card["description"]:
            words.addWidget(Label(card["description"], 12, tone="text2", wrap=True))
        words.addWidget(Elided(ltr(urlsplit(card["url"]).netloc), 11, tone="text3"))
        row.addLayout(words, 1)


def card_for(cards: list[dict[str, Any]], entities: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The card that goes with a post: that of its first link."""
    first = next((e["text"] for e in entities if e["kind"] == "link"), "")
    return next((c for c in cards if first and c["url"] in (first, f"https://{first}")), None)
