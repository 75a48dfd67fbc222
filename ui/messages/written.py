"""One text of a message as it reads: for whom, with what before it, its posts, its poll."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from ui import theme
from ui.composer import polls, wishes
from ui.texts import LANGS, NETWORKS, t
from ui.widgets.base import Icon, Label, line
from ui.widgets.prose import prose


def put(layout: QVBoxLayout, text: dict[str, Any], poll: dict[str, Any] | None) -> None:
    """Below what is there. `poll`: the message's, shown with the text of each language."""
    head = t(dict(LANGS).get(text["lang"], text["lang"]))
    if text.get("network"):
        head += " · " + NETWORKS.get(text["network"], text["network"])
    layout.addSpacing(6)
    layout.addWidget(Label(head, 12, theme.MEDIUM, "text2"))
    if said := wishes.said(text.get("warning", ""), text.get("visibility", "")):
        row = line(layout, gap=6)
        row.addWidget(Icon("eye-off", 14))
        row.addWidget(Label(said, 12, theme.MEDIUM, wrap=True), 1)
    for part in text["parts"]:
        layout.addWidget(prose(part, 15, text["lang"]))
    if poll and not text.get("network"):
        polls.show(layout, poll["answers"].get(text["lang"], []), poll["minutes"], poll["several"], text["lang"])
