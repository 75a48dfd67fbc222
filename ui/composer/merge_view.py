"""Two versions on one page, marked word by word against the one before. Each place is decided by itself; nothing takes a
whole side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from g20desk.office.merging import WORDS, Name, Place
from ui import theme
from ui.composer import merging
from ui.composer.presenter import ComposerPresenter
from ui.texts import t, tip
from ui.widgets.base import Label, clear, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.prose import prose

SHORT, BESIDE = 40, 36  # letters on a button; on two that stand beside each other


class MergeColumn(QWidget):
    """In place of the text while two versions stand. `chosen`: a place, and what is to stand there."""

    chosen = Signal(object, str)
    merge = Signal()

    def __init__(self, present: ComposerPresenter) -> None:
        super().__init__()
        self.present = present
        self.rows: list[PlaceRow] = []
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
        """What is decided and what is not."""
        now = self.present.merging
        clear(self.texts)
        self.rows = []
        if now is None:
            return
        one, two = self.present.people
        self.who.setText(
            t(
                "1 is {one}'s, 2 is {two}'s. Struck through: what stood before both. Underlined: what was put in. Decide at each place.",
                one=one,
                two=two,
            )
        )
        for name in merging.in_order(now.parts):
            self._part(name, now.places(name), merging.marked(now.parts[name]))
        left = len(now.open())
        words = t("{n} places left", n=left) if left > 1 else t("1 place left") if left else t("All is decided.")
        self.left.setText(words)
        self.done.setEnabled(not left)
        self.done.setAccessibleDescription(words)
        self.next().setFocus(Qt.FocusReason.OtherFocusReason)

    def next(self) -> QWidget:
        """What comes next: the first place that is not decided, or the end of it."""
        return next((row.buttons[0] for row in self.rows if row.place.open), self.done)

    def _part(self, name: Name, places: list[Place], marked: str) -> None:
        self.texts.addSpacing(8)
        heading = line(self.texts, gap=8)
        heading.addWidget(Label(merging.part(name, self.present.in_order()), 13, theme.BOLD))
        if not places:
            heading.addWidget(Label(t("both alike"), 12, tone="text2"))
        heading.addStretch(1)
        if name[0] in WORDS:
            self.texts.addWidget(prose(marked, 16, merging.lang(name), made=True))
        for place in places:
            row = PlaceRow(name, place, self.present.people)
            row.chosen.connect(lambda words, place=place: self.chosen.emit(place, words))
            self.rows.append(row)
            self.texts.addWidget(row)


class PlaceRow(QWidget):
    """One place: who changed what, both sides as buttons, and a field to write it anew."""

    chosen = Signal(str)

    def __init__(self, name: Name, place: Place, people: tuple[str, str]) -> None:
        super().__init__()
        self.place = place
        layout = column(self, (12, 4, 0, 4), 4)
        sentence = merging.told(name, place, people)
        layout.addWidget(Label(sentence, 12, tone="text2"))
        self.buttons: list[KeyButton] = []
        row = line(layout, gap=8)
        for number, words in ((1, place.first), (2, place.second)):
            if number == 2 and len(merging.said(name, place.first) + merging.said(name, words)) > BESIDE:
                row.addStretch(1)
                row = line(layout, gap=8)
            button = self._button(name, words, words == place.was and place.by != 3)
            button.setAccessibleDescription(f"{sentence} {people[number - 1]}")
            row.addWidget(Label(str(number), 12, tone="text3"))
            row.addWidget(button)
            row.addWidget(Label(people[number - 1], 12, tone="text2"))
            row.addSpacing(16)
            self.buttons.append(button)
        row.addStretch(1)
        self.field = QLineEdit()
        if name[0] in WORDS:
            self._anew(layout, sentence)

    def _button(self, name: Name, words: str, as_before: bool) -> KeyButton:
        said = merging.said(name, words)
        short = said if len(said) <= SHORT else said[: SHORT - 1] + "…"
        if name[0] in merging.THERE:
            label = t(merging.THERE[name[0]][not words])
        elif as_before:
            label = t("Leave it “{words}”", words=short) if said else t("Leave it out")
        else:
            label = t("Use “{words}”", words=short) if said else t("Leave it out")
        button = KeyButton(label, small=True)
        button.setToolTip(tip(said))
        button.setCheckable(True)
        button.setChecked(self.place.chosen == words)
        button.clicked.connect(lambda: self.chosen.emit(words))
        return button

    def _anew(self, layout: QVBoxLayout, sentence: str) -> None:
        """Words of one's own, which end a line where they say so."""
        row = line(layout, gap=8)
        mine = self.place.chosen not in (None, self.place.first, self.place.second)
        self.field.setText((self.place.chosen or "") if mine else "")
        self.field.setPlaceholderText(t("Or write it anew"))
        self.field.setAccessibleName(t("Or write it anew"))
        self.field.setAccessibleDescription(sentence)
        self.field.setMaximumWidth(theme.px(420))
        self.take = KeyButton(t("Use this"), small=True)
        self.take.setEnabled(bool(self.field.text()))
        self.field.textChanged.connect(lambda words: self.take.setEnabled(bool(words)))
        self.field.returnPressed.connect(self._typed)
        self.take.clicked.connect(self._typed)
        row.addWidget(self.field, 1)
        row.addWidget(self.take)
        row.addStretch(1)

    def _typed(self) -> None:
        """The spaces around a place are those that stood there."""
        words = self.field.text()
        if words:
            like = self.place.first or self.place.second or self.place.was
            before, after = like[: len(like) - len(like.lstrip())], like[len(like.rstrip()) :]
            self.chosen.emit(before + words.strip() + after)
