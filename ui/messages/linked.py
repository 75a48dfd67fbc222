"""What a message corrects, answers and quotes, and what corrects, answers and quotes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from ui import theme
from ui.composer.bounds import GOES_WITH
from ui.texts import isolated, state, t
from ui.widgets.base import Elided, Icon, line
from ui.widgets.button import KeyButton

BY = {
    "corrected_by": ("file-pen-line", "Corrected by “{title}” ({state})"),
    "replied_by": ("reply", "Answered by “{title}” ({state})"),
    "quoted_by": ("quote", "Quoted by “{title}” ({state})"),
}


def fill(layout: QVBoxLayout, data: dict[str, Any], go: Callable[[str], object]) -> None:
    """A line for each, which leads there."""
    for how, (glyph, words, _) in GOES_WITH.items():
        if other := data.get(how):
            _line(layout, glyph, t(words, title=isolated(other["title"])), other["message"], go)
    for name, (glyph, words) in BY.items():
        for one in data.get(name, ()):
            word = t(state(one["state"]).word).lower()
            said = t(words, title=isolated(one["title"] or t("New message")), state=word)
            _line(layout, glyph, said, one["message"], go)


def _line(layout: QVBoxLayout, glyph: str, said: str, id: str, go: Callable[[str], object]) -> None:
    row = line(layout, gap=8)
    row.addWidget(Icon(glyph, 16, "accentText"))
    row.addWidget(Elided(said, 13, theme.MEDIUM), 1)
    button = KeyButton(t("Look at it"), kind="quiet", small=True)
    button.setAccessibleName(f"{t('Look at it')}: {said}")
    button.clicked.connect(lambda: go(id))
    row.addWidget(button)
