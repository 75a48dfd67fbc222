"""What a line has besides its texts, under it: its embargo, what to do with it and what not, hashtags."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from ui import theme
from ui.messages.model import moment
from ui.signoff.wording import hashtags
from ui.texts import t, when
from ui.widgets.base import Icon, Label, told
from ui.widgets.prose import prose

MOST = 16_777_215  # Qt's own


def fill(outer: QVBoxLayout, wording: dict[str, Any], lang: str, now: int) -> None:
    """Row by row, in the language that is read; nothing where the line has none of it."""
    if wording["not_before"]:
        until = t("Goes out {when} UTC or later", when=when(moment(wording["not_before"]), now, True))
        told(outer, Icon("lock", 14, "warn"), Label(until, 12, theme.MEDIUM, "warn", wrap=True), gap=8, room=3)
    rows = [("check", "ok", t("Do"), one) for one in wording["do"].get(lang, ())]
    rows += [("x", "warn", t("Do not"), one) for one in wording["dont"].get(lang, ())]
    tags = hashtags(wording["tags"], lang)
    for glyph, tone, name, words in [*rows, *([("hash", "text2", t("Hashtags"), tags)] if tags else [])]:
        label = prose(words, 12, lang)
        label.setMaximumWidth(MOST)  # else what is left over stands before it
        label.setAccessibleName(f"{name}: {words}")
        told(outer, Icon(glyph, 14, tone), label, gap=8, room=3)
