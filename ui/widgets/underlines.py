"""How the place of a finding looks in a text: a line by its level."""

from __future__ import annotations

from typing import Any

from PySide6.QtGui import QTextCharFormat

from g20desk.rulebook.spelling import RULE
from ui import theme

LINES = {
    "block": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "warn": QTextCharFormat.UnderlineStyle.WaveUnderline,
    "advise": QTextCharFormat.UnderlineStyle.DotLine,
    "spell": QTextCharFormat.UnderlineStyle.WaveUnderline,
}
TONES = {"block": "block", "warn": "warn", "advise": "accentText", "spell": "spell"}


def underlined(finding: dict[str, Any]) -> QTextCharFormat:
    """How a finding's place looks: by its level, spelling by itself."""
    look = "spell" if finding.get("rule") == RULE else finding["level"] if finding["level"] in LINES else "advise"
    made = QTextCharFormat()
    made.setUnderlineStyle(LINES[look])
    made.setUnderlineColor(theme.color(TONES[look]))
    if look == "block":
        made.setBackground(theme.color("blockSoft"))
    return made
