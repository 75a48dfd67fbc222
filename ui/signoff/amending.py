"""The text as this person would have it: typed from the one that stands, marked word by word, signed with a decision."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from g20desk.text import SPLIT, posts
from ui import actions, theme
from ui.signoff.model import Reading, marked
from ui.texts import LANGS, clock, t
from ui.widgets.bar import Bar
from ui.widgets.base import Label, clear, column, rule
from ui.widgets.button import KeyButton
from ui.widgets.finding_editor import FindingEditor
from ui.widgets.prose import linked, prose
from ui.widgets.word_diff import count, markup, spoken

ANSWERS = (
    ("object", "propose-object", "Object with it", "ban"),
    ("request-changes", "propose-changes", "Ask for changes with it", "message-square-warning"),
)


class AmendPane(QWidget):
    """The editor, and under it what those who read it will see. What is typed stays until it is signed."""

    def __init__(self) -> None:
        super().__init__()
        self.work = column(self, (28, 18, 28, 18), 8)
        self.title = Label("", 15, theme.BOLD, wrap=True)
        self.told = Label("", 12, tone="text2", wrap=True)
        self.editor = FindingEditor(t("The text that you propose"))
        self.editor.grow(theme.px(160))
        self.below = QVBoxLayout()
        self.below.setSpacing(8)
        self.work.addWidget(self.title)
        self.work.addWidget(self.told)
        self.work.addWidget(rule())
        self.work.addWidget(self.editor)
        self.work.addWidget(rule())
        self.work.addWidget(Label(t("What you propose, against the text as it stands"), 13, theme.BOLD))
        self.work.addLayout(self.below)
        self.work.addStretch(1)
        self.lang = ""
        self.now: tuple[str, ...] = ()
        self.reading: Reading | None = None
        self.typed: dict[tuple[str, str], str] = {}
        self._soon = QTimer(self, singleShot=True, interval=150)  # type: ignore[call-arg]
        self._soon.timeout.connect(self._mark)
        self.editor.textChanged.connect(self._soon.start)

    def begin(self, reading: Reading, lang: str) -> None:
        """Start from the text in this language, or from what was typed on it before."""
        self.reading, self.lang, self.now = reading, lang, reading.written(lang)
        language = t(dict(LANGS).get(lang, lang))
        self.title.setText(t("Amend: {title}", title=reading.data["title"]))
        self.told.setText(
            t(
                "The text in {lang}. Write it as you would have it; a line with only --- begins the next post.",
                lang=language,
            )
        )
        self.editor.setAccessibleName(t("The text that you propose, in {lang}", lang=language))
        self.editor.set_language(lang)
        self.editor.set_text(self.typed.get((reading.data["id"], lang), SPLIT.join(self.now)))
        self._mark()

    def text(self) -> str:
        """What is typed."""
        return self.editor.toPlainText()

    def lacks(self) -> str:
        """Why it can't be proposed as it is; empty where it can."""
        if self.reading is None or self.reading.changed:
            return t("The text changed: read it first. What you typed is kept.")
        if not posts(self.text()):
            return t("The proposed text is empty.")
        return t("Nothing is changed yet.") if posts(self.text()) == self.now else ""

    def keep(self) -> None:
        """What is typed stays, for when it is gone on with."""
        if self.reading is not None:
            self.typed[self.reading.data["id"], self.lang] = self.text()

    def forget(self, message: str) -> None:
        """It was signed."""
        self.typed = {key: said for key, said in self.typed.items() if key[0] != message}

    def _mark(self) -> None:
        clear(self.below)
        for runs in marked(self.now, posts(self.text())):
            one = prose(linked(markup(runs)), 15, self.lang, made=True)
            one.setAccessibleDescription(spoken(runs) if count(runs) else t("unchanged"))
            self.below.addWidget(one)


class AmendBar(Bar):
    """Under the editor: the two decisions that it goes with, and the way back. Signs nothing."""

    wanted = Signal(str)
    left = Signal()

    def __init__(self, pane: AmendPane) -> None:
        super().__init__()
        self.pane = pane
        self.head = Label("", 13, theme.BOLD, wrap=True)
        self.why_not = Label("", 12, tone="text2", wrap=True)
        self.told.addWidget(self.head)
        self.told.addWidget(self.why_not)
        leave = KeyButton(t("Back"), "Esc")
        leave.clicked.connect(self.left)
        self.add(leave)
        self.buttons: dict[str, KeyButton] = {}
        for answer, id, words, glyph in ANSWERS:
            button = KeyButton(t(words), actions.keys(id, "sign-off"), glyph)
            button.clicked.connect(lambda _=False, answer=answer: self.wanted.emit(answer))
            self.buttons[answer] = button
            self.add(button)
        pane._soon.timeout.connect(self.weigh)
        self.hide()

    def weigh(self) -> None:
        """Whether it may be gone on with, and why not."""
        why, reading = self.pane.lacks(), self.pane.reading
        changed = reading is not None and reading.changed
        self.head.setText(
            t("This changed at {time} UTC.", time=clock(reading.changed_at))
            if changed and reading is not None
            else t("Nothing is signed until you have read it over.")
        )
        self.why_not.setText(why)
        self.why_not.setVisible(bool(why))
        for button in self.buttons.values():
            button.setEnabled(not why)
            button.setAccessibleDescription(why or button.key)
