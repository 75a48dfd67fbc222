"""What a message corrects, and what corrects it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from ui import theme
from ui.texts import isolated, state, t
from ui.widgets.base import Elided, Icon, line
from ui.widgets.button import KeyButton


def fill(layout: QVBoxLayout, data: dict[str, Any], go: Callable[[str], object]) -> None:
    """A line for each, which leads there."""
    if other := data.get("corrects"):
        _line(layout, "reply", t("Corrects “{title}”", title=isolated(other["title"])), other["message"], go)
    for one in data.get("corrected_by", ()):
        word = t(state(one["state"]).word).lower()
        said = t("Corrected by “{title}” ({state})", title=isolated(one["title"]), state=word)
        _line(layout, "file-pen-line", said, one["message"], go)


def _line(layout: QVBoxLayout, glyph: str, said: str, id: str, go: Callable[[str], object]) -> None:
    row = line(layout, gap=8)
    row.addWidget(Icon(glyph, 16, "accentText"))
    row.addWidget(Elided(said, 13, theme.MEDIUM), 1)
    button = KeyButton(t("Look at it"), kind="quiet", small=True)
    button.setAccessibleName(f"{t('Look at it')}: {said}")
    button.clicked.connect(lambda: go(id))
    row.addWidget(button)
