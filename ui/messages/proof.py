"""A message's proof for others: what it shows is ticked, then a file is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from g20desk.record.withholding import Wish
from ui import actions, theme
from ui.texts import LANGS, caption, isolated, t
from ui.widgets.base import Label, clear, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.form_bar import FormBar


def offer(layout: QVBoxLayout, save: Callable[[], object]) -> None:
    """What a proof is, and the way to one, at the end of what happened."""
    layout.addSpacing(8)
    layout.addWidget(rule())
    layout.addSpacing(8)
    layout.addWidget(Label(t("Proof for others"), 13, theme.BOLD))
    said = t(
        "One file that shows anybody what was agreed, by whom, and what was posted. It checks itself in a browser."
    )
    layout.addWidget(Label(said, 12, tone="text2", wrap=True))
    button = KeyButton(t("Save a proof"), actions.keys("prove", "messages"), "shield-check", small=True)
    button.clicked.connect(save)
    line(layout).addWidget(button)
    layout.itemAt(layout.count() - 1).layout().addStretch(1)


class ProofBar(FormBar):
    """What is ticked is shown; what is not is withheld, and the proof says so."""

    def __init__(self) -> None:
        super().__init__("shield-check", "", t("Choose a file"), reason=False)
        self.then: Callable[[Wish], object] = lambda wish: None
        self.closed: Callable[[], object] = lambda: None

    def fields(self) -> None:
        """A box for each text, and for the rest."""
        self.boxes: dict[str, QCheckBox] = {}
        self.told.addWidget(Label(t("It shows what is ticked. Whatever is withheld it names, and still proves the rest."),
                                  12, tone="text2", wrap=True))  # fmt: skip
        self.ticks = QWidget()
        self.rows = column(self.ticks, gap=2)
        self.told.addWidget(self.ticks)

    def ask(self, data: dict[str, Any], then: Callable[[Wish], object]) -> None:
        """All of the content and who decided; no comments and reasons."""
        self.words.setText(t("A proof of “{title}”", title=isolated(data["title"])))
        self.then = then
        clear(self.rows)
        self.boxes.clear()
        row = line(self.rows, gap=16)
        written = {text["lang"] for text in data["texts"]}
        known = {code: t(name) for code, name in LANGS}
        for lang in (*(code for code in known if code in written), *sorted(written - known.keys())):
            row.addWidget(self._box(f"text {lang}", known.get(lang, lang), True))
        if data["pictures"]:
            row.addWidget(self._box("pictures", t("Pictures with their words"), True))
        row.addStretch(1)
        row = line(self.rows, gap=16)
        row.addWidget(self._box("names", t("People's names"), True))
        row.addWidget(self._box("reasons", t("Comments and reasons"), False))
        row.addWidget(
            self._box(
                "complete", t("That nothing was left out (tells what kind of act everybody did, and when)"), False
            )
        )
        row.addStretch(1)
        self.begin(next(iter(self.boxes.values())))

    def close_bar(self) -> None:
        """Leave without a file."""
        super().close_bar()
        self.closed()

    def lacks(self) -> str:
        """Nothing: a proof without any text proves the decisions all the same."""
        return ""

    def take(self, why: str) -> None:
        """Hand it over."""
        self.then(self.wish())

    def wish(self) -> Wish:
        """What is to be shown."""
        ticked = {name for name, box in self.boxes.items() if box.isChecked()}
        hidden = self.boxes.keys() - ticked
        return Wish(
            ("c.picture.*",) if "pictures" in hidden else (), names="names" in hidden, reasons="reasons" in ticked,
            complete="complete" in ticked, langs=frozenset(one.removeprefix("text ") for one in hidden if one.startswith("text ")),
        )  # fmt: skip

    def _box(self, name: str, words: str, on: bool) -> QCheckBox:
        made = self.boxes[name] = QCheckBox(caption(words))
        made.setFont(theme.font(12))
        made.setAccessibleName(words)
        made.setChecked(on)
        return made
