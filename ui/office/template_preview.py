"""A template as people will read it: with sample words in its slots, or with those that were filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtWidgets import QVBoxLayout, QWidget

from g20desk.errors import Refused
from g20desk.office.template import SLOT
from ui import theme
from ui.texts import LANGS, reason, t
from ui.widgets.base import Icon, Label, clear, column, rule, told
from ui.widgets.prose import linked, prose

# Words that show what a slot is for; another slot shows its own name.
SAMPLES = {
    "place": "Rome", "city": "Rome", "country": "Italy", "date": "10 March", "day": "Tuesday", "time": "15:00", "number": "12",
    "count": "12", "name": "Ada Lovelace", "event": "the summit", "amount": "300",
}  # fmt: skip


def sample(part: str) -> str:
    """A post with sample words in its slots, set off."""
    ink = f'<span style="color:{theme.value("accentText")}; font-weight:600">'
    return SLOT.sub(lambda met: f"{ink}{SAMPLES.get(met[1], met[1].replace('_', ' '))}</span>", escape(part))


class Preview(QWidget):
    """At the end of the page."""

    def __init__(self) -> None:
        super().__init__()
        box = column(self, (20, 18, 20, 18), 10)
        self.title = Label("", 15, theme.BOLD, wrap=True)
        self.about = Label("", 12, tone="text2", wrap=True)
        box.addWidget(self.title)
        box.addWidget(self.about)
        self.shown: QVBoxLayout = column(holder := QWidget(), gap=8)
        box.addWidget(holder)
        box.addStretch(1)
        self.none()

    def none(self) -> None:
        """Nothing is picked."""
        self._head(t("As people will read it"), t("No template is picked."))

    def samples(self, texts: Mapping[str, Sequence[str]]) -> None:
        """With sample words."""
        self._head(t("As people will read it"), t("With sample words in its slots."))
        for lang in self._order(texts):
            self._lang(lang)
            for part in texts[lang]:
                self.shown.addWidget(prose(linked(sample(part)), 13, lang, made=True))

    def filled(self, made: Mapping[str, Sequence[str] | Refused]) -> None:
        """With the words that were filled in, or why they can't be."""
        self._head(t("As people will read it"), t("As it is filled in."))
        for lang in self._order(made):
            self._lang(lang)
            said = made[lang]
            if isinstance(said, Refused):
                told(
                    self.shown,
                    Icon("octagon-alert", 16, "block"),
                    Label(reason(said.message), 12, tone="block", wrap=True),
                )
                continue
            for part in said:
                self.shown.addWidget(prose(part, 13, lang))

    def _head(self, title: str, about: str) -> None:
        clear(self.shown)
        self.title.setText(title)
        self.about.setText(about)

    def _lang(self, lang: str) -> None:
        if self.shown.count():
            self.shown.addWidget(rule())
        self.shown.addWidget(Label(t(dict(LANGS).get(lang, lang)), 12, theme.MEDIUM, "text2"))

    @staticmethod
    def _order(langs: Mapping[str, object]) -> list[str]:
        order = [code for code, _ in LANGS]
        return sorted(langs, key=lambda lang: order.index(lang) if lang in order else len(order))
