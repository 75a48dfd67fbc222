"""A route played through on a sample, step by step, in the fold itself. Nothing is signed and nothing is kept."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from g20desk.desk.settling import KINDS
from g20desk.errors import Refused
from g20desk.office import playing
from g20desk.office.playing import Play
from g20desk.office.route import Route
from ui import theme
from ui.texts import DECISIONS, comma, isolated, land, reason, span, t
from ui.widgets.base import Icon, Label, clear, column, dress, line, rule, told
from ui.widgets.button import KeyButton
from ui.widgets.choice import choice
from ui.widgets.form import Field

STATES = {
    "waiting": ("Not open yet", "circle", "text3"), "open": ("Open now", "hourglass", "warn"),
    "objected": ("Objected", "ban", "block"), "approved": ("Signed off", "circle-check", "ok"),
    "running": ("Silence running", "timer", "warn"), "over": ("Over, to be closed", "timer", "warn"),
    "broken": ("Silence broken", "octagon-pause", "block"), "adopted": ("Adopted by silence", "circle-check", "ok"),
}  # fmt: skip
ANSWERS = {
    "approve": "Approve",
    "object": "Object",
    "request-changes": "Ask for changes",
    "no-objection": "No objection",
}


class PlayPanel(QWidget):
    """`begun` carries the route, who wrote the sample and its kind; the play comes back by `put`."""

    begun = Signal(object, str, str)

    def __init__(self) -> None:
        super().__init__()
        self.route: Route | None = None
        self.play: Play | None = None
        self.before: list[Play] = []
        box = column(self, (20, 18, 20, 18), 10)
        box.addWidget(Label(t("Play it through"), 15, theme.BOLD))
        box.addWidget(
            Label(t("On a sample, by the real rules. Nothing is signed, nothing is kept."), 12, tone="text2", wrap=True)
        )
        self.author = choice(t("Written by"), [])
        self.kind = choice(t("Kind"), [(one, t(one.capitalize())) for one in KINDS])
        row = line(box, gap=8)
        row.addWidget(Field(t("Written by"), self.author), 3)
        row.addWidget(Field(t("Kind"), self.kind), 2)
        self.go = KeyButton(t("Submit the sample"), icon="flask-conical")
        self.go.clicked.connect(self.begin)
        foot = line(box)
        foot.addWidget(self.go)
        foot.addStretch(1)
        self.other = Label("", 12, tone="warn", wrap=True)
        box.addWidget(self.other)
        self.trouble = Label("", 12, theme.MEDIUM, "block", wrap=True)
        box.addWidget(self.trouble)
        self.shown: QVBoxLayout = column(holder := QWidget(), gap=6)
        box.addWidget(holder)
        self.speaker = choice(t("Speak as"), [])
        self.speaks = Field(t("Speak as"), self.speaker)
        box.addWidget(self.speaks)
        self.says, self.does = line(box), line(box)
        self.buttons: dict[str, KeyButton] = {}
        for id, words in ANSWERS.items():
            self._button(self.says, id, t(words), lambda id=id: self.say(id))
        self._button(self.does, "time", t("Let the time pass"), lambda: self._step(playing.let_pass))
        self._button(self.does, "reopen", t("Reopen it"), self.reopen)
        self._button(self.does, "undo", t("One step back"), self.undo)
        for row in (self.says, self.does):
            row.addStretch(1)
        self.speaker.currentIndexChanged.connect(lambda _: self._name())
        box.addStretch(1)
        self.offer(None, ())

    def _button(self, row: QHBoxLayout, id: str, words: str, run: Callable[[], object]) -> None:
        made = KeyButton(words, small=True)
        made.clicked.connect(lambda: run())
        self.buttons[id] = made
        row.addWidget(made)

    def offer(self, route: Route | None, authors: tuple[str, ...], why: str = "") -> None:
        """This route can be played; `why` not, where it can't yet. Another one begins anew."""
        held = self.author.currentText()
        if [self.author.itemText(n) for n in range(self.author.count())] != list(authors):
            self.author.clear()
            for name in authors:
                self.author.addItem(name, name)
            self.author.setCurrentIndex(max(0, self.author.findText(held)))
        same = route is not None and self.route is not None and self._alike(route, self.route)
        self.route = route
        self.go.setEnabled(route is not None and not why and bool(authors))
        self.go.setAccessibleDescription(why)
        if not same:
            if route is not None and route.kinds and self.kind.currentData() not in route.kinds:
                self.kind.setCurrentIndex(max(0, self.kind.findData(route.kinds[0])))
            self.play, self.before = None, []
            self._draw("")
        if why:
            self.other.setText(why)
            self.other.show()

    @staticmethod
    def _alike(one: Route, other: Route) -> bool:
        return (one.kinds, one.topics, one.accounts, one.stages) == (
            other.kinds,
            other.topics,
            other.accounts,
            other.stages,
        )

    def begin(self) -> None:
        """Submit the sample."""
        if self.route is not None and self.go.isEnabled():
            self.begun.emit(self.route, str(self.author.currentData()), str(self.kind.currentData()))

    def to_step(self) -> None:
        """The focus to the first thing that can be said."""
        shown = (one for one in self.buttons.values() if not one.isHidden())
        next(shown, self.go).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def put(self, play: Play) -> None:
        """It is before its first people."""
        self.play, self.before = play, []
        self._speakers()
        self._draw("")

    def refuse(self, words: str) -> None:
        """It could not be submitted."""
        self.play, self.before = None, []
        self._draw(words)

    def say(self, answer: str) -> None:
        """Decide as whoever is chosen."""
        self._step(lambda play: playing.decide(play, self._speaker(), answer))

    def reopen(self) -> None:
        """Lay it before all again, as whoever is chosen."""
        self._step(lambda play: playing.reopen(play, self._speaker()))

    def undo(self) -> None:
        """The step before."""
        if self.before:
            self.play = self.before.pop()
            self._draw("")

    def _speaker(self) -> str:
        return str(self.speaker.currentData() or "")

    def _step(self, step: Callable[[Play], Play]) -> None:
        if self.play is None:
            return
        try:
            made = step(self.play)
        except Refused as refusal:
            self._draw(reason(refusal.message))
            return
        self.before.append(self.play)
        opened = len(made.message.stages) != len(self.play.message.stages)
        self.play = made
        self._speakers(opened)
        self._draw("")

    def _speakers(self, anew: bool = True) -> None:
        """Those who are asked first, then everybody else: what the record refuses is refused here too."""
        play = self.play
        if play is None:
            return
        asked = [one for voice in play.asked() for one in voice.people]
        others = [one for one in play.office.people.values() if not one.retired and one not in asked]
        held = "" if anew else self._speaker()
        self.speaker.blockSignals(True)
        self.speaker.clear()
        for person in (*asked, *others):
            self.speaker.addItem(person.name, person.id)
        wanted = next((n for n, person in enumerate(asked) if not self._said(person.id)), 0)
        if play.stage is not None and play.stage.broken:  # the head's turn
            wanted = next((n for n, one in enumerate((*asked, *others)) if one.role == "head"), wanted)
            held = ""
        self.speaker.setCurrentIndex(self.speaker.findData(held) if held else wanted)
        self.speaker.blockSignals(False)

    def _said(self, person: str) -> bool:
        asked = self.play.asked() if self.play is not None else []
        return any(voice.said and any(one.id == person for one in voice.people) for voice in asked)

    def _draw(self, trouble: str) -> None:
        play, route = self.play, self.route
        self.trouble.setText(trouble)
        self.trouble.setVisible(bool(trouble))
        other = ""
        if route is not None and route.kinds and self.kind.currentData() not in route.kinds and play is not None:
            other = t("A message of this kind would not go this way by itself.")
        self.other.setText(other)
        self.other.setVisible(bool(other))
        clear(self.shown)
        can = playing.answers(play) if play is not None else ()
        stage = play.stage if play is not None else None
        for id in ANSWERS:
            self.buttons[id].setVisible(id in can)
        self.buttons["time"].setVisible(stage is not None and not stage.broken)
        self.buttons["reopen"].setVisible(stage is not None and bool(stage.broken))
        self.buttons["undo"].setVisible(bool(self.before))
        self.speaks.setVisible(stage is not None)
        self._name()
        if play is not None:
            self._stages(play)

    def _name(self) -> None:
        for id, words in ANSWERS.items():
            self.buttons[id].setAccessibleName(f"{t(words)}{comma()}{self.speaker.currentText()}")

    def _stages(self, play: Play) -> None:
        for n, (stage, state) in enumerate(zip(play.route.stages, play.states(), strict=True), 1):
            word, icon, tone = STATES[state]
            late = state == "open" and play.stage is not None and (play.stage.due or 0) < play.now
            said = t("Overdue") if late else t(word)
            told(self.shown, Icon("clock-alert" if late else icon, 16, "block" if late else tone),
                 Label(f"{n}  {isolated(stage.name)}", 13, theme.BOLD, wrap=True), said)  # fmt: skip
        if play.over:
            self._note(t("It is signed off and can be scheduled."), "circle-check", "ok")
            return
        stage = play.stage
        if stage is not None and stage.due is not None and stage.due > play.now and not stage.broken:
            self.shown.addWidget(Label(t("{time} left", time=span(stage.due - play.now)), 12, tone="text2"))
        self.shown.addWidget(rule())
        self.shown.addWidget(Label(t("Asked now"), 12, theme.MEDIUM, "text2"))
        for voice in play.asked():
            look = DECISIONS.get(voice.said, DECISIONS[""])
            people = comma().join(isolated(one.name) for one in voice.people) or t("nobody who could speak")
            head = land(voice.government) if voice.government else people
            row = line(self.shown, gap=8)
            row.addWidget(Icon(look.icon, 14, look.tone))
            row.addWidget(Label(head, 12, wrap=True), 1)
            row.addWidget(Label(t(look.word), 12, tone="text2"))
        if stage is not None and stage.broken:
            self._note(t("The text stands still until the head reopens it."), "octagon-pause", "block")

    def _note(self, words: str, icon: str, tone: str) -> None:
        box = QWidget()
        dress(box, "sunken", "card")
        told(column(box, (12, 8, 12, 8)), Icon(icon, 16, tone), Label(words, 13, theme.MEDIUM, wrap=True))
        self.shown.addWidget(box)
