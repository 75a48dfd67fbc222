"""The strip above the screens: the gravest alarm that nobody has looked at yet. It stays until somebody does."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from g20desk.desk.alarm import Alarm
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
        self.matter: list[Alarm] = []
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
        self.put_away.clicked.connect(lambda: self.seen.emit([alarm.id for alarm in self.matter]))
        self.more.clicked.connect(self.all_wanted)
        self.hide()

    def look(self) -> None:
        """Go where something can be done about it."""
        if self.matter:
            self.opened.emit(self.matter[0])

    def put(self, standing: Standing, wanted: bool) -> None:
        """Show the first that waits; nothing where none does, or where it is not `wanted`."""
        waiting = standing.unseen()
        self.matter = waiting[0] if waiting else []
        self.setVisible(wanted and bool(waiting))
        if not waiting:
            return
        first = self.matter[0]
        shown = look(first)
        self.icon.become(shown.icon, shown.tone)
        dress(self, shown.tone, "bottom")
        self.words.setText(sentence(self.matter))
        title = standing.titles.get(first.message, "") or id_words(first.message)
        self.about.setText(isolated(title))
        self.more.setText(t("{n} more", n=len(waiting) - 1))
        self.more.setAccessibleName(self.more.text())
        self.more.setVisible(len(waiting) > 1)
        self.setAccessibleName(f"{t(shown.word)}. {self.words.text()} {title}")
        for button in (self.go, self.put_away):
            button.setAccessibleDescription(self.words.text())
