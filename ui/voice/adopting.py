"""The screen on which a government's communicator takes a line on: what is asked, the text beside the line, what people will see."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.composer import previews
from ui.screen import Screen
from ui.texts import reason, t, when
from ui.voice.adopt_bar import AdoptBar
from ui.voice.adopt_draft import AdoptDraft
from ui.voice.adopt_work import AdoptWork
from ui.voice.brief_column import BriefColumn
from ui.voice.relay_states import RELAYS
from ui.widgets.base import Icon, Label, column, line, panel, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.sign_bar import SignBar


class AdoptView(Screen):
    """Opened with a relay's id. Whoever may not adopt it reads it here."""

    scope = "relay"

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = AdoptDraft(ctx), ctx
        super().__init__(ctx, self.present, t("A line to carry"))
        self._head()
        outer = column(self.body)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        self.start = BriefColumn(ctx.zone)
        row.addWidget(self.start)
        self.work = AdoptWork(self.present)
        self.middle = scrolled(self.work)
        row.addWidget(self.middle, 1)
        inner = QWidget()
        self.preview_column = column(inner)
        self.end = panel("surface", "start")
        self.end.setFixedWidth(theme.px(372))
        column(self.end, (1, 0, 0, 0)).addWidget(scrolled(inner))
        row.addWidget(self.end)
        self.bar, self.when = SignBar(), AdoptBar(ctx.zone)
        outer.addWidget(self.bar)
        outer.addWidget(self.when)
        self.present.opened.connect(self._opened)
        self.present.standing.connect(self._standing)
        self.present.done.connect(lambda words: self.notice.say(words, tone="ok"))
        theme.watch.changed.connect(self._standing)
        self.bind(self._runs())

    def _head(self) -> None:
        self.state_icon, self.state_word = Icon("hourglass", 16, "warn"), Label("", 13, theme.MEDIUM, "text2")
        self.header.row.insertWidget(1, self.state_icon)
        self.header.row.insertWidget(2, self.state_word)
        self.why_not = KeyButton("", icon="info", kind="link")
        self.why_not.ink = "text2"
        self.why_not.setAccessibleName(t("Nothing stands in the way"))
        self.why_not.clicked.connect(lambda: self.work.to_stop())
        self.buttons: dict[str, KeyButton] = {}
        self.header.add(self.why_not)
        for id, words, glyph, kind in (
            ("leave", t("Leave it as it is"), "check", ""),
            ("withdraw", t("Take it back"), "undo-2", ""), ("decline", t("Decline"), "ban", ""),
            ("unschedule", t("Take the time away"), "calendar-x", ""), ("adopt", t("Take it on"), "check-check", "main"),
        ):  # fmt: skip
            button = (
                KeyButton(words, actions.keys(id, "relay"), glyph, kind)
                if kind
                else KeyButton(words, actions.keys(id, "relay"), glyph)
            )
            self.buttons[id] = button
            self.header.add(button)
        for one in (self.why_not, self.state_icon, *self.buttons.values()):
            one.hide()  # until there is a relay in hand

    def _runs(self) -> dict[str, Any]:
        runs: dict[str, Any] = {
            "adopt": self._adopt, "decline": self._decline, "unschedule": self.present.unschedule,
            "leave": self.present.leave, "withdraw": self._withdraw, "as-is": self.work.as_is.click, "put-in": self.work.put_in,
        }  # fmt: skip
        for id, button in self.buttons.items():
            button.clicked.connect(runs[id])
        for n in range(1, 10):
            runs[f"lang-{n}"] = lambda n=n: self.work.pick(n)
            runs[f"fix-{n}"] = lambda n=n: self.work.fix(n)
        return runs

    def first(self) -> QWidget:
        """The text."""
        return self.work.editor

    def regions(self) -> list[QWidget]:
        """What is asked, the text."""
        return [self.start, self.middle]

    def back(self) -> bool:
        """Escape closes a question first."""
        asked = [bar for bar in (self.bar, self.when) if bar.isVisible()]
        for bar in asked:
            bar.close_bar()
        return bool(asked)

    def open(self, id: str) -> None:
        """A relay."""
        self.notice.hide()
        self.back()
        self.present.open(id)

    def _opened(self) -> None:
        self.work.fill()
        self._standing()

    def _standing(self) -> None:
        """What may be done, and how the text stands."""
        brief = self.present.brief
        if brief is None:
            return
        self.header.title.setText(t("To carry: {topic}", topic=brief.topic))
        look = RELAYS[brief.state]
        self.state_icon.show()
        self.state_icon.become(look.icon, look.tone)
        planned = f" · {when(brief.planned, self.ctx.clock.now_ms())} UTC" if brief.planned else ""
        self.state_word.setText(t(look.word) + planned)
        self.start.fill(brief)
        self.work.follow()
        previews.fill(self.preview_column, self.present)  # type: ignore[arg-type]
        mine, lacks = self.ctx.facts.person.name in brief.theirs, self.present.lacks()
        for id, button in self.buttons.items():
            button.setVisible(
                mine if id == "adopt" else bool(self.present.told) if id == "leave" else not brief.can[id]
            )
        adopt = self.buttons["adopt"]
        adopt.setText(
            t("Change it") if brief.said and self.present.changed() else t("Plan it") if brief.said else t("Take it on")
        )
        adopt.setEnabled(not lacks)
        adopt.setAccessibleName(adopt.text())
        adopt.setAccessibleDescription(lacks or adopt.key)
        adopt.updateGeometry()
        said = lacks if mine else reason(brief.lost)
        self.why_not.setText(said)
        self.why_not.setAccessibleName(said or t("Nothing stands in the way"))
        self.why_not.setVisible(bool(said))
        self.why_not.updateGeometry()
        self.work.set_read_only(bool(brief.can["adopt"]))

    def _adopt(self) -> None:
        """When it goes out first; the same keys then sign it."""
        brief = self.present.brief
        if self.when.isVisible():
            if self.when.sign.isEnabled():
                self.when.sign.click()
        elif brief is not None and self.buttons["adopt"].isEnabled() and self.buttons["adopt"].isVisible():
            self.back()
            now = self.ctx.clock.now_ms()
            self.when.ask(brief.account, now, brief.due, brief.until, brief.planned, self.present.adopt)

    def _decline(self) -> None:
        brief = self.present.brief
        if brief is not None and not brief.can["decline"]:
            self.back()
            self.bar.confirm(
                "ban", t("Not carry this line on {account}?", account=brief.account),
                t("{by} reads your reason, and so do all members.", by=brief.by), t("Decline"), self.present.decline,
                t("Why, in one sentence"), True,
            )  # fmt: skip

    def _withdraw(self) -> None:
        brief = self.present.brief
        if brief is not None and not brief.can["withdraw"]:
            self.back()
            self.bar.confirm(
                "undo-2", t("Take back what you asked of {account}?", account=brief.account),
                t("What was planned of it does not go out. Its communicators are told."), t("Take it back"),
                self.present.withdraw, t("Why, in one sentence"), True,
            )  # fmt: skip
