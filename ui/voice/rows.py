"""The rows of One voice's list: topic, since when it is agreed, what became of it."""

from __future__ import annotations

from g20desk.desk.line_listing import LineRow
from ui.rows import Row
from ui.texts import t
from ui.voice.words import LINES, since, standing, topic


def row(line: LineRow, now: int) -> Row:
    """One line in the list."""
    icon, tone, words = standing(line, now)
    n = line.carried
    carried = t("{n} carried", n=n)
    return Row(
        line.id, topic(line), since(line, now), icon, tone, third=words, third_right=carried,
        spoken=t(LINES[line.state].word),
    )  # fmt: skip
