"""Message text to be read: its own direction, an even line height, whatever script."""

from __future__ import annotations

import re
from html import escape
from typing import TypeVar
from unicodedata import bidirectional

from PySide6.QtCore import Qt

from ui import theme
from ui.texts import RTL
from ui.widgets.base import Label

T = TypeVar("T", bound=Label)
LINK = re.compile(r"https?://[^\s<]*[^\s<.,;:!?)»”]|(?<![^\s>])#\w+")


def linked(markup: str) -> str:
    """Links and hashtags in their own colour, as readers will see them."""
    ink = f'<span style="color:{theme.value("accentText")}">'
    return LINK.sub(lambda found: f"{ink}{found[0]}</span>", markup)


def from_right(markup: str) -> bool:
    """Whether a paragraph begins in a script that runs from the right; its own, in a language that runs from the left."""
    ways = (bidirectional(letter) for letter in re.sub(r"<[^>]*>|&\w+;", "", markup))
    return next((way != "L" for way in ways if way in ("L", "R", "AL")), False)


def prose(text: str, size: int, lang: str, made: bool = False) -> Label:
    """A label that is never wider than 640. `made`: the text is markup already, but for its line ends."""
    markup = text if made else linked(escape(text))
    return shaped(Label("", size, wrap=True, rich=True), markup, size, lang)


def shaped(label: T, markup: str, size: int, lang: str) -> T:
    """A label filled with message text and laid as that is read; spaces stay as they were typed."""
    high = theme.px(size * 1.6)
    shape = f"margin:0; line-height:{high}px; -qt-line-height-type:fixed; white-space:pre-wrap"
    far = lang in RTL
    lines = "".join(
        f'<p dir="{"rtl" if far or from_right(one) else "ltr"}" style="{shape}">{one or "&nbsp;"}</p>'
        for one in markup.split("\n")
    )
    label.setText(lines)
    label.setFont(theme.font(size, lang=lang))
    label.setMaximumWidth(theme.px(640))
    side = Qt.AlignmentFlag.AlignRight if far else Qt.AlignmentFlag.AlignLeft
    label.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    return label
