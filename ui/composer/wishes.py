"""What goes with a text where a network can do it: a warning that stands before it, and who may see it."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from g20desk.network import text_rules
from ui import theme
from ui.composer.presenter import ComposerPresenter
from ui.texts import isolated, t
from ui.widgets.base import Label, column, line
from ui.widgets.choice import Choice

SEEN = {"public": "Everybody", "unlisted": "Everybody, not in lists", "private": "Followers only"}


def can(network: str) -> bool:
    """Whether a network has warnings and narrower circles."""
    return "warning" not in text_rules(network).CANNOT


def said(warning: str, seen: str) -> str:
    """The warning and who sees it, in a line; empty where nothing was wished."""
    words = [t("Content warning: {words}", words=isolated(warning))] if warning else []
    return " · ".join(words + ([t(SEEN[seen])] if seen and seen != "public" else []))


class Wishes(QWidget):
    """Shown where a network that was chosen can do it, or where something is set."""

    def __init__(self, present: ComposerPresenter) -> None:
        super().__init__()
        self.present = present
        row = line(column(self, (24, 0, 24, 10)), gap=12)
        self.warning, self.seen = QLineEdit(), Choice()
        self.warning.setPlaceholderText(t("None. For what not everybody wants to see at once."))
        for code, words in SEEN.items():
            self.seen.addItem(t(words), code)
        for name, field, stretch in ((t("Content warning"), self.warning, 2), (t("Who sees it"), self.seen, 1)):
            box = QVBoxLayout()
            box.setSpacing(4)
            box.addWidget(Label(name, 12, tone="text2"))
            field.setAccessibleName(name)
            field.setFont(theme.font(12))
            field.setMinimumHeight(theme.px(28))
            box.addWidget(field)
            row.addLayout(box, stretch)
        self.warning.textEdited.connect(lambda _: self._told())
        self.seen.activated.connect(lambda _: self._told())

    def follow(self) -> None:
        """The text in hand has these."""
        present = self.present
        warning, seen = present.draft.wishes(present.lang, present.network)
        if self.warning.text() != warning:
            self.warning.setText(warning)
        self.seen.setCurrentIndex(max(0, self.seen.findData(seen)))
        self.setVisible(bool(warning or seen) or any(map(can, present.networks(present.lang))))

    def _told(self) -> None:
        seen = str(self.seen.currentData())
        self.present.wish(self.warning.text(), "" if seen == "public" else seen)
