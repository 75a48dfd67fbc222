"""The screen on which a line is written: wording in every language, phrases locked in it, and on to sign-off."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.composer.merge_view import MergeColumn
from ui.composer.model import Standing
from ui.composer.submit_bar import SubmitBar
from ui.screen import Screen
from ui.texts import t
from ui.voice.line_draft import LineDraft
from ui.voice.line_side import LineSide
from ui.voice.line_work import LineWork
from ui.widgets.base import Icon, Label, column, line, panel, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.sign_bar import SignBar


class LineView(Screen):
    """A new line, or one that is revised."""

    scope = "line"

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = LineDraft(ctx), ctx
        super().__init__(ctx, self.present, t("New line"))
        self._head()
        outer = column(self.body)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        self.work, self.merge = LineWork(self.present), MergeColumn(self.present)
        self.middle = QStackedWidget()
        self.middle.addWidget(scrolled(self.work))
        self.middle.addWidget(scrolled(self.merge))
        row.addWidget(self.middle, 1)
        self.side = LineSide(self.present)
        self.end = panel("surface", "start")
        self.end.setFixedWidth(theme.px(352))
        column(self.end, (1, 0, 0, 0)).addWidget(scrolled(self.side))
        row.addWidget(self.end)
        self.bar, self.ahead = SignBar(), SubmitBar(self.present)
        outer.addWidget(self.bar)
        outer.addWidget(self.ahead)
        self._listen()
        self.bind(self._runs())

    def _head(self) -> None:
        self.state_icon, self.state_word = Icon("circle-dashed", 16, "text3"), Label("", 13, theme.MEDIUM, "text2")
        self.header.row.insertWidget(1, self.state_icon)
        self.header.row.insertWidget(2, self.state_word)
        self.why_not = KeyButton("", icon="info", kind="link")
        self.why_not.ink = "text2"
        self.why_not.setAccessibleName(t("Nothing stands in the way"))
        self.why_not.clicked.connect(self._go_there)
        self.submit = KeyButton(t("Submit for sign-off"), actions.keys("submit", "line"), "send", "main")
        self.submit.clicked.connect(self._submit)
        self.header.add(self.why_not)
        self.header.add(self.submit)

    def _listen(self) -> None:
        present = self.present
        present.opened.connect(self._opened)
        present.checked.connect(self.work.follow)
        present.standing.connect(self._standing)
        present.pictured.connect(self._pictured)
        present.merged.connect(self._merged)
        present.submitted.connect(lambda _: self.notice.say(t("Submitted for sign-off."), tone="ok"))
        self.merge.chosen.connect(present.choose)
        self.merge.merge.connect(present.merge)
        self.ahead.wanted.connect(present.submit)
        self.work.override_wanted.connect(self._override)
        self.work.refused.connect(lambda why: self.notice.say(why))
        self.work.tabs.chosen.connect(lambda _: self.side.fill())
        self.work.more.activated.connect(lambda _: self.side.fill())
        theme.watch.changed.connect(self.work.follow)

    def _runs(self) -> dict[str, Any]:
        runs: dict[str, Any] = {
            "submit": self._submit, "lock": self.work.lock, "override": self.work.override, "picture": self.work.pick_picture,
        }  # fmt: skip
        for n in range(1, 10):
            runs[f"lang-{n}"] = lambda n=n: self.work.tabs.take(n)
            runs[f"fix-{n}"] = lambda n=n: self.work.fix(n)
        return runs

    def first(self) -> QWidget:
        """The topic of a new line, else its text; or the first place where two versions differ."""
        if self.present.merging is not None:
            return self.merge.next()
        return self.work.editor if self.present.draft.topic else self.work.topic

    def regions(self) -> list[QWidget]:
        """The text, then what it has besides."""
        return [self.middle, self.end]

    def back(self) -> bool:
        """Escape closes a question first."""
        asked = [bar for bar in (self.bar, self.ahead) if bar.isVisible()]
        for bar in asked:
            bar.close_bar()
        return bool(asked)

    def open(self, id: str) -> None:
        """A line, or a new one."""
        self.notice.hide()
        self.back()
        self.present.open(id)

    def _opened(self) -> None:
        self.work.fill()
        self.side.fill()
        self.work.follow()
        self._merged()

    def _merged(self) -> None:
        self.middle.setCurrentIndex(int(self.present.merging is not None))
        self.merge.fill()

    def _pictured(self, at: int) -> None:
        self.work.fill_pictures(at)
        self.present.check()

    def _override(self, found: dict[str, Any]) -> None:
        rule = found["rule"]
        if rule in self.present.overrides:
            self.present.override(rule, "")
            return
        self.bar.confirm(
            "octagon-alert", t("Let “{words}” stand, against {rule}?", words=found["text"].strip()[:40], rule=rule),
            t("The reason goes on record, and those who sign off read it."), t("Let it stand"),
            lambda why: self.present.override(rule, why), t("Why, in one sentence"), True,
        )  # fmt: skip

    def _submit(self) -> None:
        """What lies before it first; then, with the same keys, it is submitted."""
        if self.ahead.isVisible():
            self.ahead.send()
        elif self.submit.isEnabled() and not self.bar.isVisible():
            self.present.look_ahead()

    def _go_there(self) -> None:
        if self.present.draft.langs() and not self.present.draft.topic:
            self.work.topic.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.work.to_stop()

    def _standing(self, now: Standing) -> None:
        self.header.title.setText(now.title)
        self.state_icon.become(now.icon, now.tone)
        self.state_word.setText(now.word + (" · " + t("revision {n}", n=now.revision) if now.revision else ""))
        self.submit.setEnabled(now.can_submit)
        self.submit.setAccessibleDescription(now.why_not or self.submit.key)
        self.why_not.setText(now.why_not)
        self.why_not.setAccessibleName(now.why_not or t("Nothing stands in the way"))
        self.why_not.setVisible(bool(now.why_not))
        self.why_not.updateGeometry()
        self.work.kept.setText(now.kept)
        self.work.kept_icon.setVisible(bool(now.kept))
        self.work.set_read_only(not now.editable)
        self.side.set_read_only(not now.editable)
        self.work.follow()
