"""The languages of a text as tabs: which has one, and where something stands in the way."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui import actions
from ui.texts import comma, t
from ui.voice.words import language_name as language
from ui.widgets.base import column
from ui.widgets.button import KeyButton
from ui.widgets.flow import Flow


class LangTabs(QWidget):
    """`chosen` carries a language. The first nine have keys."""

    chosen = Signal(str)

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope
        self.setAccessibleName(t("Languages"))
        self.flow, self.tabs = Flow(4, start=True), dict[str, KeyButton]()
        self.outer = column(self)
        self.outer.addWidget(self.flow)

    def put(self, langs: Sequence[str], lang: str, written: Collection[str], stopped: Collection[str] = ()) -> None:
        """Show these, with `lang` in hand; a dot at each that is `written`, a sign at each that is `stopped`."""
        if list(self.tabs) != list(langs):
            self.flow.clear()
            self.tabs = {}
            for n, one in enumerate(langs, 1):
                tab = KeyButton("", actions.keys(f"lang-{n}", self.scope) if n <= 9 else "", kind="quiet", small=True)
                tab.setCheckable(True)
                tab.clicked.connect(lambda _=False, one=one: self.chosen.emit(one))
                self.tabs[one] = tab
                self.flow.add(tab)
        for one, tab in self.tabs.items():
            said = (
                t("something stands in the way")
                if one in stopped
                else t("has a text")
                if one in written
                else t("no text yet")
            )
            words = language(one) + (" •" if one in written else "")
            if tab.text() != words:
                tab.setText(words)
                tab.updateGeometry()
            tab.setAccessibleName(f"{language(one)}{comma()}{said}")
            tab.setChecked(one == lang)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As high as its lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.flow.setMinimumHeight(self.flow.height_at(max(1, self.width())))

    def take(self, number: int) -> None:
        """The one of that number, from 1."""
        if number <= len(self.tabs):
            self.chosen.emit(list(self.tabs)[number - 1])
