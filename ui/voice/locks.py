"""Locked phrases in a text that is being written: where they stand, an editor that tints them, and a list of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit, QVBoxLayout

from g20desk.office.locks import runs
from ui import theme
from ui.texts import isolated, t
from ui.voice.words import language_name
from ui.widgets.base import Icon, Label, line
from ui.widgets.button import KeyButton
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


def list_locks(
    layout: QVBoxLayout,
    rows: Sequence[tuple[str, str, bool]],
    lang: str,
    several: bool,
    unlock: Callable[[str, str], object] | None,
) -> None:
    """The locked phrases (language, words, whether they stand in their text) one by one, each with the way to unlock it; none where
    nothing is written any more. `several`: languages have some, so each says which."""
    for one, phrase, holds in rows:
        row = line(layout, gap=8)
        tone = "lockText" if holds else "block"
        row.addWidget(Icon("lock" if holds else "octagon-alert", 14, tone))
        row.addWidget(Label(isolated(phrase), 13, theme.MEDIUM, tone, wrap=True), 1)
        if not holds:
            row.addWidget(Label(t("not in the text any more"), 12, theme.MEDIUM, "block"))
        if one != lang or several:
            row.addWidget(Label(language_name(one), 12, tone="text2"))
        button = KeyButton(t("Unlock"), kind="quiet", small=True)
        button.setAccessibleName(t("Unlock “{words}”", words=phrase))
        button.setEnabled(unlock is not None)
        if unlock is not None:
            button.clicked.connect(partial(_unlock, unlock, one, phrase))
        row.addWidget(button)


def _unlock(unlock: Callable[[str, str], object], lang: str, phrase: str, *_: object) -> None:
    unlock(lang, phrase)
