"""Sign-off's widgets: list, reading, route, and a bar of four answers that weigh the same."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.messages.presenter import moment
from ui.rows import RowModel
from ui.screen import Screen
from ui.signoff import route
from ui.signoff.presenter import Reading, SignoffPresenter
from ui.texts import DECISIONS, LANGS, NETWORKS, clock, ltr, role, state, t, when
from ui.widgets.ask_bar import AskBar
from ui.widgets.base import Icon, Label, clear, column, line, panel, rule, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.prose import prose
from ui.widgets.rowlist import RowList

ANSWERS = (
    ("object", "Object", "ban"),
    ("request-changes", "Ask for changes", "message-square-warning"),
    ("no-objection", "No objection", "hand"),
    ("approve", "Approve", "circle-check"),
)


class SignoffView(Screen):
    """Built for four minutes."""

    scope = "sign-off"

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = SignoffPresenter(ctx), ctx
        super().__init__(ctx, self.present, t("Sign-off"), role(ctx.facts.person))
        self.header.add(Icon("keyboard", 16))
        self.header.add(Label(f"J  K  {t('move')}     L  {t('next language')}", 12, tone="text2"))
        outer = column(self.body)
        whole = line(outer, gap=0)
        outer.setStretch(0, 1)
        whole.addWidget(self._start())
        middle = QWidget()
        center = column(middle)
        row = line(center, gap=0)
        center.setStretch(0, 1)
        work = QWidget()
        self.work = column(work, (28, 18, 28, 18), 8)
        row.addWidget(scrolled(work), 1)
        center.addWidget(self._answers())
        self.bar = AskBar()
        center.addWidget(self.bar)
        whole.addWidget(middle, 1)
        end = panel("surface", "start")
        end.setFixedWidth(theme.px(336))
        side = QWidget()
        self.side = QVBoxLayout(side)
        self.side.setContentsMargins(20, 20, 20, 12)
        self.side.setSpacing(0)
        column(end, (1, 0, 0, 0)).addWidget(scrolled(side))
        row.addWidget(end)
        self.end = end
        self.reading: Reading | None = None
        self.lang = "en"
        self.present.listed.connect(self._listed)
        self.present.showed.connect(self._showed)
        self.present.decided.connect(self._decided)
        self.list.picked.connect(self.present.read)
        self.done.picked.connect(lambda id: id and self.done.hasFocus() and self.present.read(id))
        theme.watch.changed.connect(self._again)
        self.bind({code: lambda code=code: self._open(code) for code, _, _ in ANSWERS} | {"language": self._next})

    def first(self) -> QWidget:
        """The list of what waits."""
        return self.list

    def open(self, id: str) -> None:
        """Read that one."""
        self.present.read(id)
        self.list.pick(id)

    def _start(self) -> QWidget:
        made = panel("surface", "end")
        made.setFixedWidth(theme.px(288))
        layout = column(made, (0, 16, 1, 8))
        head = line(layout, (16, 0, 16, 10))
        who = self.ctx.facts.person
        head.addWidget(Label(t("Waiting for {who}", who=who.government or who.name), 13, theme.BOLD))
        head.addStretch(1)
        self.count = Label("", 13, theme.MEDIUM, "text2")
        head.addWidget(self.count)
        self.model, self.past = RowModel(self), RowModel(self)
        self.list = RowList(self.model, t("Waiting for you"), narrow=True)
        self.empty = Label(t("Nothing waits for you."), 13, tone="text2", wrap=True)
        self.empty.setContentsMargins(16, 4, 16, 0)
        layout.addWidget(self.empty)
        layout.addWidget(self.list)
        head = line(layout, (16, 18, 16, 6))
        head.addWidget(Label(t("This week"), 13, theme.BOLD))
        head.addStretch(1)
        self.done = RowList(self.past, t("This week"), narrow=True, quiet=True)
        layout.addWidget(self.done, 1)
        return made

    def _answers(self) -> QWidget:
        self.acts = panel("surface", "bar")
        row = line(self.acts, (28, 12, 24, 12), 8)
        row.addWidget(Icon("fingerprint-pattern", 20))
        words = QVBoxLayout()
        words.setSpacing(2)
        self.exactly, self.digest = Label(t("You decide on exactly this"), 12, tone="text2"), Label("", 12)
        self.digest.setFont(theme.mono(12))
        words.addWidget(self.exactly)
        words.addWidget(self.digest)
        row.addLayout(words)
        self.why_not = Label("", 12, tone="text2", wrap=True)
        row.addWidget(self.why_not, 1)
        self.again = KeyButton(t("Read the change"))
        self.again.clicked.connect(self.present.reread)
        self.again.hide()
        row.addWidget(self.again)
        self.buttons: dict[str, KeyButton] = {}
        for code, verb, glyph in ANSWERS:
            button = KeyButton(t(verb), actions.keys(code, "sign-off"), glyph)
            button.clicked.connect(lambda _=False, code=code: self._open(code))
            self.buttons[code] = button
            row.addWidget(button)
        return self.acts

    def _listed(self, waiting: list[Any], done: list[Any]) -> None:
        self.model.put(waiting)
        self.past.put(done)
        self.count.setText(str(len(waiting)))
        self.empty.setVisible(not waiting)
        self.list.setFixedHeight(min(self.list.height_needed(), theme.px(420)))
        self.list.setVisible(bool(waiting))
        if waiting and not self.list.currentIndex().isValid():
            self.list.pick(waiting[0].id)
        elif not self.present.id and done:
            self.present.read(done[0].id)

    def _open(self, code: str) -> None:
        if self.reading is None or self.reading.changed or not self.acts.isVisible():
            return
        if why := self.reading.can.get(code, t("There is no such answer at this stage.")):
            self.notice.say(why)
            return
        verb = next(t(v) for c, v, _ in ANSWERS if c == code)
        must = code in ("object", "request-changes")
        self.bar.ask(
            f"{verb}: “{self.reading.data['title']}”  {ltr(self.reading.digest[:8])}",
            t("Sign: {verb}", verb=verb),
            lambda why: self.present.decide(code, why),
            t("Why, in one sentence") if must else t("A word to the author, if you like"),
            must,
        )
        if self.bar.isVisible() and not must:
            self.bar.sign.setFocus(Qt.FocusReason.OtherFocusReason)
        self.acts.hide()
        self.bar.closed = self.acts.show

    def _decided(self, answer: str) -> None:
        self.notice.say(t("Signed: {word}.", word=t(DECISIONS[answer].word)), tone="ok")
        (self.list if self.model.rowCount() else self.done).setFocus(Qt.FocusReason.OtherFocusReason)

    def _next(self) -> None:
        if self.reading is not None:
            langs = list(dict.fromkeys(x["lang"] for x in self.reading.data.get("texts", ())))
            if langs:
                self.lang = langs[(langs.index(self.lang) + 1) % len(langs)] if self.lang in langs else langs[0]
                self._showed(self.reading)

    def _again(self) -> None:
        if self.reading is not None:
            self._showed(self.reading)

    def _pick_language(self, code: str) -> None:
        self.lang = code
        self._again()

    def _showed(self, reading: Reading) -> None:
        self.reading, data = reading, reading.data
        clear(self.work)
        self.work.addWidget(Label(data["title"], 15, theme.BOLD, wrap=True))
        self.work.addWidget(
            Label(
                t("Revision {n}", n=data["revision"]) if data.get("revision") else t(state(data["state"]).word),
                12,
                tone="text2",
            )
        )
        langs = list(dict.fromkeys(x["lang"] for x in data.get("texts", ())))
        if self.lang not in langs and langs:
            self.lang = langs[0]
        tabs = line(self.work, (0, 4, 0, 0), 6)
        for code in langs:
            tab = KeyButton(t(dict(LANGS).get(code, code)), kind="quiet", small=True)
            tab.setCheckable(True)
            tab.setChecked(code == self.lang)
            tab.clicked.connect(lambda _=False, code=code: self._pick_language(code))
            tabs.addWidget(tab)
        tabs.addStretch(1)
        self.work.addWidget(rule())
        for text in (x for x in data.get("texts", ()) if x["lang"] == self.lang):
            if text.get("network"):
                self.work.addSpacing(8)
                self.work.addWidget(
                    Label(
                        t("Own text for {network}", network=NETWORKS.get(text["network"], "")),
                        12,
                        theme.MEDIUM,
                        "text2",
                    )
                )
            for part in text["parts"]:
                self.work.addSpacing(6)
                label = prose(part, 16, self.lang)
                self.work.addWidget(label)
        self.work.addSpacing(8)
        row = line(self.work, gap=8)
        row.addWidget(
            Icon("circle-check" if not reading.blocks else "octagon-alert", 14, "ok" if not reading.blocks else "block")
        )
        row.addWidget(
            Label(
                t("No findings that must be fixed")
                if not reading.blocks
                else t("{n} findings must be fixed", n=reading.blocks),
                12,
                tone="text2",
            )
        )
        row.addStretch(1)
        self._rest(data, reading)
        route.fill(self.side, reading)
        self.digest.setText(ltr(f"{reading.digest[:4]} {reading.digest[4:8]}"))
        self.digest.setToolTip(reading.digest)
        self.exactly.setText(t("This changed while you read.") if reading.changed else t("You decide on exactly this"))
        self.again.setVisible(reading.changed)
        self.why_not.setText(reading.can.get("approve", ""))
        for code, button in self.buttons.items():
            why = reading.can.get(code, "")
            button.setVisible(not reading.changed and code in reading.can)
            button.setEnabled(not why)
            button.setAccessibleDescription(why or button.key)
            button.setToolTip(why)

    def _rest(self, data: dict[str, Any], reading: Reading) -> None:
        for picture in data.get("pictures", ()):
            self._section(t("Picture and alt text"))
            self.work.addWidget(
                Label(picture["alt"].get(self.lang) or t("No alt text in this language"), 13, wrap=True)
            )
        goes = t("Goes to")
        if data.get("planned_ms"):
            goes += ", " + when(data["planned_ms"], reading.now) + " UTC"
        self._section(goes)
        row = line(self.work, gap=18)
        for name in data.get("to", ()):
            one = line(gap=6)
            one.addWidget(Icon("at-sign", 14))
            one.addWidget(Label(name, 13, theme.MEDIUM))
            row.addLayout(one)
        row.addStretch(1)
        said = [h for h in data.get("history", ()) if h.get("said") and h["kind"] == "signoff.decided"]
        if said:
            self._section(t("Said by others"))
        for one in said:
            row = line(self.work, gap=10)
            row.addWidget(Label(one["person"], 12, theme.BOLD))
            row.addWidget(Label(one["said"], 13, wrap=True), 1)
            row.addWidget(Label(clock(moment(one["at"])), 12, tone="text2"))
        self.work.addStretch(1)

    def _section(self, title: str) -> None:
        self.work.addSpacing(8)
        self.work.addWidget(rule())
        self.work.addSpacing(8)
        self.work.addWidget(Label(title, 13, theme.BOLD))
