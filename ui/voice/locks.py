"""Locked phrases in a text that is being written: where they stand, and an editor that tints them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from g20desk.office.locks import runs
from ui import theme
from ui.widgets.finding_editor import FindingEditor, utf16

Place = tuple[int, int]


def places(text: str, phrases: Iterable[str]) -> list[Place]:
    """Where the phrases stand in a text, in code points; none where the text has their letters composed otherwise."""
    cut, made, at = runs(text, phrases), list[Place](), 0
    if "".join(words for _, words in cut) != text:
        return []
    for locked, words in cut:
        if locked:
            made.append((at, at + len(words)))
        at += len(words)
    return made


class LockedEditor(FindingEditor):
    """An editor whose locked phrases wear their own tint, under whatever else is marked."""

    locked: Sequence[Place] = ()

    def mark(
        self, findings: Sequence[dict[str, Any]], entities: Sequence[dict[str, Any]] = (), lit: Sequence[Place] = ()
    ) -> None:
        """Mark those, and the locked phrases first."""
        super().mark(findings, entities, lit)
        text, made = self.toPlainText(), []
        last = self.document().characterCount() - 1
        for start, end in self.locked:
            one = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            cursor.setPosition(min(utf16(text, start), last))
            cursor.setPosition(min(utf16(text, end), last), QTextCursor.MoveMode.KeepAnchor)
            one.cursor = cursor  # type: ignore[attr-defined]
            one.format.setBackground(theme.color("lock"))  # type: ignore[attr-defined]
            one.format.setForeground(theme.color("lockText"))  # type: ignore[attr-defined]
            made.append(one)
        self._show([*made, *self.extraSelections(), *self._held])
