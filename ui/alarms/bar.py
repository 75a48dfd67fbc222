"""The strip above the screens: the gravest alarm that nobody has looked at yet. It stays until somebody does."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from g20desk.desk.alarms import Alarm
from ui import actions, theme
from ui.alarms.watcher import Standing
from ui.alarms.words import id_words, look, sentence
from ui.texts import isolated, t
from ui.widgets.base import Elided, Icon, dress, line
from ui.widgets.button import KeyButton


class AlarmBar(QWidget):
    """What happened, where, and how many more there are."""

    opened = Signal(object)
    seen = Signal(object)
    all_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.alarm: Alarm | None = None
        row = line(self, (24, 7, 16, 7), 10)
        self.icon = Icon("", 16)
        self.words = Elided("", 13, theme.MEDIUM)
        self.about = Elided("", 13, tone="text2")
        self.more = KeyButton("", kind="link")
        self.go = KeyButton(t("Look"), actions.keys("alarm"), small=True)
        self.put_away = KeyButton(t("Put away"), small=True)
        for widget in (self.icon, self.words):
            row.addWidget(widget)
        row.addWidget(self.about, 1)
        for widget in (self.more, self.go, self.put_away):
            row.addWidget(widget)
        self.go.clicked.connect(self.look)
        self.put_away.clicked.connect(lambda: self.alarm and self.seen.emit([self.alarm.id]))
        self.more.clicked.connect(self.all_wanted)
        self.hide()

    def look(self) -> None:
        """Go where something can be done about it."""
        if self.alarm is not None:
            self.opened.emit(self.alarm)

    def put(self, standing: Standing, wanted: bool) -> None:
        """Show the first that waits; nothing where none does, or where it is not `wanted`."""
        waiting = standing.unseen()
        self.alarm = waiting[0] if waiting else None
        self.setVisible(wanted and bool(waiting))
        if self.alarm is None:
            return
        shown = look(self.alarm)
        self.icon.become(shown.icon, shown.tone)
        dress(self, shown.tone, "bottom")
        self.words.setText(sentence(self.alarm))
        title = standing.titles.get(self.alarm.message, "") or id_words(self.alarm.message)
        self.about.setText(isolated(title))
        self.more.setText(t("{n} more", n=len(waiting) - 1))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(len(waiting) > 1)
        self.setAccessibleName(f"{t(shown.word)}. {self.words.text()} {title}")
        for button in (self.go, self.put_away):
            button.setAccessibleDescription(self.words.text())
