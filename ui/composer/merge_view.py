"""Two versions on one page, marked word by word. Each place is chosen by itself; nothing takes a whole side."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import theme
from ui.composer.merging import NOTE, Merging, Place, Where
from ui.composer.presenter import ComposerPresenter
from ui.texts import LANGS, NETWORKS, t
from ui.widgets.base import Label, clear, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.prose import prose
from ui.widgets.word_diff import markup


class MergeColumn(QWidget):
    """In place of the text while two versions stand."""

    chosen = Signal(object, int)
    merge = Signal()

    def __init__(self, present: ComposerPresenter) -> None:
        super().__init__()
        self.present = present
        self.buttons: list[tuple[Place, list[KeyButton]]] = []
        layout = column(self, (24, 18, 24, 18), 8)
        layout.addWidget(Label(t("Two versions were written apart"), 15, theme.BOLD))
        self.who = Label("", 12, tone="text2", wrap=True)
        layout.addWidget(self.who)
        self.texts = QVBoxLayout()
        self.texts.setSpacing(8)
        layout.addLayout(self.texts)
        layout.addWidget(rule())
        foot = line(layout, (0, 8, 0, 0), 12)
        self.left = Label("", 12, tone="text2")
        self.done = KeyButton(t("Make one version"), kind="main")
        self.done.clicked.connect(self.merge)
        foot.addWidget(self.left)
        foot.addStretch(1)
        foot.addWidget(self.done)
        layout.addStretch(1)

    def fill(self) -> None:
        """What is chosen and what is not."""
        now = self.present.merging
        clear(self.texts)
        self.buttons = []
        if now is None:
            return
        one, two = now.people
        self.who.setText(
            t(
                "Struck through: only {one} has it. Underlined: only {two} has it. Choose at each place.",
                one=one,
                two=two,
            )
        )
        for where, runs in now.runs.items():
            places = [run for run in runs if isinstance(run, Place)]
            if places:
                self._text(now, where, places)
        left = now.left()
        self.left.setText(t("{n} places left", n=left) if left != 1 else t("1 place left"))
        self.done.setEnabled(not left)
        self.next().setFocus(Qt.FocusReason.OtherFocusReason)

    def next(self) -> KeyButton:
        """What comes next: the first place that is not chosen, or the end of it."""
        return next((buttons[0] for place, buttons in self.buttons if not place.chosen), self.done)

    def _text(self, now: Merging, where: Where, places: list[Place]) -> None:
        lang, network = where
        name = t(dict(LANGS).get(lang, lang)) if where != NOTE else t("Note to those who sign off")
        name += f" · {NETWORKS.get(network, network)}" if network and where != NOTE else ""
        self.texts.addSpacing(8)
        self.texts.addWidget(Label(name, 13, theme.BOLD))
        marked = []
        for run in now.runs[where]:
            if isinstance(run, str):
                marked.append(escape(run))
            elif run.chosen:
                marked.append(f"<b>{escape(run.words())}</b>")
            else:
                marked.append(markup([("removed", run.first), ("added", run.second)]))
        self.texts.addWidget(prose("".join(marked), 16, lang, made=True))
        for place in places:
            row = line(self.texts, (0, 2, 0, 2), 8)
            buttons = []
            for which, words, who in ((1, place.first, now.people[0]), (2, place.second, now.people[1])):
                said = " ".join(words.split())
                label = t("Use “{words}”", words=said[:48]) if said else t("Leave it out")
                button = KeyButton(label, small=True)
                button.setAccessibleDescription(who)
                button.setToolTip(words)
                button.setCheckable(True)
                button.setChecked(place.chosen == which)
                button.clicked.connect(lambda _=False, p=place, w=which: self.chosen.emit(p, w))
                row.addWidget(button)
                row.addWidget(Label(who, 12, tone="text2"))
                buttons.append(button)
            row.addStretch(1)
            self.buttons.append((place, buttons))
