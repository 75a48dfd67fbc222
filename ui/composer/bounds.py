"""What binds a message besides its texts: which one it corrects, answers or quotes, and before when it does not go out."""

from __future__ import annotations

from datetime import tzinfo

from PySide6.QtWidgets import QCheckBox, QTextEdit, QWidget

from ui import theme
from ui.composer.presenter import ComposerPresenter
from ui.texts import isolated, t, tip
from ui.widgets.base import Elided, Icon, Label, column, dress, line, right_to_left
from ui.widgets.button import KeyButton
from ui.widgets.time_field import TimeField

HOUR = 3_600_000


# How it can go with an earlier message: its sign, its words, and those of the way out of it.
GOES_WITH = {
    "corrects": ("reply", "Corrects “{title}”", "It corrects nothing"),
    "replies": ("reply", "Replies to “{title}”", "It replies to nothing"),
    "quotes": ("quote", "Quotes “{title}”", "It quotes nothing"),
}


class GoesWith(QWidget):
    """Above the text: what it corrects, replies to or quotes, the way there, and the way out of it."""

    def __init__(self, present: ComposerPresenter, how: str) -> None:
        super().__init__()
        self.present, self.how = present, how
        glyph, self.said, leave = GOES_WITH[how]
        dress(self, "accent", "bottom")
        row = line(self, (24, 8, 16, 8), 10)
        self.words = Elided("", 13, theme.MEDIUM)
        self.look = KeyButton(t("Look at it"), kind="quiet", small=True)
        self.away = KeyButton("", icon="x", kind="quiet", small=True)
        self.away.setAccessibleName(t(leave))
        self.away.setToolTip(tip(t(leave)))
        self.look.clicked.connect(lambda: present.ctx.go("messages", present.others.get(how, {}).get("id", "")))
        self.away.clicked.connect(lambda: present.lets_go(how))
        row.addWidget(Icon(glyph, 16, "accentText"))
        row.addWidget(self.words, 1)
        row.addWidget(self.look)
        row.addWidget(self.away)
        self.hide()

    def follow(self) -> None:
        """The message in hand."""
        other = self.present.others.get(self.how, {})
        self.setVisible(bool(getattr(self.present.draft, self.how)))
        self.words.setText(t(self.said, title=isolated(other.get("title", ""))))
        self.look.setVisible(bool(other))


class Note(QWidget):
    """What those who sign off should look at."""

    def __init__(self, present: ComposerPresenter) -> None:
        super().__init__()
        box = column(self, (24, 10, 24, 14), 6)
        row = line(box)
        row.addWidget(Label(t("Note to those who sign off"), 13, theme.BOLD))
        row.addStretch(1)
        row.addWidget(Label(t("not published"), 12, tone="text2"))
        self.field = QTextEdit()
        self.field.setAcceptRichText(False)
        self.field.setTabChangesFocus(True)
        self.field.setAccessibleName(t("Note to those who sign off"))
        self.field.setPlaceholderText(t("What should they look at?"))
        self.field.setFont(theme.font(13, lang="ar" if right_to_left() else ""))
        self.field.setFixedHeight(theme.px(64))
        self.field.document().setDocumentMargin(2 if right_to_left() else 0)
        self.field.textChanged.connect(lambda: present.noted(self.field.toPlainText()))
        box.addWidget(self.field)


class NotBefore(QWidget):
    """Under the note: a time before which nothing of it goes out, signed with the text."""

    def __init__(self, present: ComposerPresenter, zone: tzinfo) -> None:
        super().__init__()
        self.present = present
        layout = column(self, (24, 4, 24, 14), 6)
        box = line(layout, gap=6)
        self.on, said = QCheckBox(), Label(t("Not before a certain time"), 13, theme.BOLD)
        self.on.setAccessibleName(said.text())
        said.mousePressEvent = lambda _: self.on.click()  # type: ignore[method-assign]
        box.addWidget(self.on)
        box.addWidget(said)
        box.addStretch(1)
        box.addWidget(Label(t("signed with the text"), 12, tone="text2"))
        self.field = TimeField(zone)
        layout.addWidget(self.field)
        self.on.toggled.connect(self._toggled)
        self.field.changed.connect(self._told)

    def fill(self) -> None:
        """Another message."""
        bound, now = self.present.draft.not_before, self.present.ctx.clock.now_ms()
        self.on.blockSignals(True)
        self.field.blockSignals(True)
        self.on.setChecked(bool(bound))
        self.field.setVisible(bool(bound))
        self.field.begin(bound or (now // HOUR + 2) * HOUR, min(now, bound or now))
        self.on.blockSignals(False)
        self.field.blockSignals(False)

    def _toggled(self, on: bool) -> None:
        self.field.setVisible(on)
        self.present.bounded((self.field.moment or 0) if on else 0)

    def _told(self, moment: object) -> None:
        if self.on.isChecked() and isinstance(moment, int):
            self.present.bounded(moment)
