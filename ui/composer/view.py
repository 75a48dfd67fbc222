"""The composer's frame: start column, work or merge, previews; its keys."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.composer import previews
from ui.composer.merge_view import MergeColumn
from ui.composer.model import Standing
from ui.composer.presenter import ComposerPresenter
from ui.composer.side import StartColumn
from ui.composer.submit_bar import SubmitBar
from ui.composer.work import WorkColumn
from ui.screen import Screen
from ui.texts import LANGS, t
from ui.widgets.base import Icon, Label, column, line, panel, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.finding_editor import FindingEditor
from ui.widgets.sign_bar import SignBar

# From this width on there is room for two texts and what people will see.
WIDE = 1680


class ComposerView(Screen):
    """Start column, work, previews."""

    scope = "composer"
    short = False

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = ComposerPresenter(ctx), ctx
        super().__init__(ctx, self.present, t("New message"))
        self._head()
        outer = column(self.body)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        self.start = StartColumn(self.present)
        self.start.chosen.connect(self._choose)
        self.start.own_text.connect(self._own)
        self.start.goes_to.connect(self._goes)
        row.addWidget(self.start)
        self.work, self.merge = WorkColumn(self.present), MergeColumn(self.present)
        self.kept = self.work.kept
        self.middle = QStackedWidget()
        self.middle.addWidget(scrolled(self.work))
        self.middle.addWidget(scrolled(self.merge))
        row.addWidget(self.middle, 1)
        inner = QWidget()
        self.preview_column = column(inner)
        side = panel("surface", "start")
        side.setFixedWidth(theme.px(388))
        column(side, (1, 0, 0, 0)).addWidget(scrolled(inner))
        row.addWidget(side)
        self.end = side
        self.bar, self.ahead = SignBar(), SubmitBar(self.present)
        outer.addWidget(self.bar)
        outer.addWidget(self.ahead)
        self.ahead.wanted.connect(self.present.submit)
        self._listen()
        self.bind(self._runs())

    def _head(self) -> None:
        self.state_icon, self.state_word = Icon("circle-dashed", 16, "text3"), Label("", 13, theme.MEDIUM, "text2")
        self.header.row.insertWidget(1, self.state_icon)
        self.header.row.insertWidget(2, self.state_word)
        self.why_not = KeyButton("", icon="octagon-alert", kind="link")
        self.why_not.ink = "block"
        self.why_not.clicked.connect(self._go_there)
        self.submit = KeyButton(t("Submit for sign-off"), actions.keys("submit", "composer"), "send", "main")
        self.submit.clicked.connect(self._submit)
        self.header.add(self.why_not)
        self.header.add(self.submit)

    def _listen(self) -> None:
        self.present.opened.connect(self._opened)
        self.present.pictured.connect(self._pictured)
        self.present.checked.connect(self._checked)
        self.present.standing.connect(self._standing)
        self.present.merged.connect(self._merged)
        self.present.submitted.connect(lambda _: self.notice.say(t("Submitted for sign-off."), tone="ok"))
        self.merge.chosen.connect(self.present.choose)
        self.merge.merge.connect(self.present.merge)
        self.work.override_wanted.connect(self._override)
        self.work.compare_wanted.connect(self._compare)
        self.work.pair_wanted.connect(lambda lang: self._compare(True, lang))
        self.work.text_wanted.connect(lambda lang: self._choose(lang, self.present.network))
        self.work.panes.taken.connect(self._taken)
        theme.watch.changed.connect(self._checked)

    def _runs(self) -> dict[str, Any]:
        runs: dict[str, Any] = {
            "submit": self._submit,
            "finding": self.work.walk.next,
            "finding-before": self.work.walk.before,
            "compare": lambda: self._compare(not self.present.beside),
            "counterpart": self.work.walk.there,
            "override": self.work.override,
            "spelling": self.work.spelling_keys.check,
            "word-add": self.work.spelling_keys.add,
            "word-ignore": self.work.spelling_keys.ignore,
            "explain": self.work.explain,
            "agreed": self.present.agreed.take,
            "agreed-next": lambda: self.present.agreed.step(1),
            "agreed-before": lambda: self.present.agreed.step(-1),
            "picture": self.work.pick_picture,
            "part": self.work.add_post,
            "join": self.work.join_posts,
            "network-next": lambda: self._network(1),
            "network-before": lambda: self._network(-1),
        }
        for n, (code, _) in enumerate(LANGS, 1):
            runs[f"lang-{n}"] = lambda code=code: self._choose(code, self.present.network)
        for n in range(1, 10):
            runs[f"fix-{n}"] = lambda n=n: self.work.fix(n)
        return runs

    @property
    def editor(self) -> FindingEditor:
        """The text in hand."""
        return self.work.editor

    def first(self) -> QWidget:
        """The text, or the first place where two versions differ."""
        return self.editor if self.present.merging is None else self.merge.next()

    def regions(self) -> list[QWidget]:
        """The grid and what stands under it, then the work."""
        return [self.start, self.middle]

    def back(self) -> bool:
        """Escape closes a question first."""
        asked = [bar for bar in (self.bar, self.ahead) if bar.isVisible()]
        for bar in asked:
            bar.close_bar()
        return bool(asked)

    def open(self, id: str) -> None:
        """A message, or a new one."""
        self.notice.hide()
        self.present.open(id)

    def _opened(self) -> None:
        self.start.fill()
        self._choose(self.present.lang, self.present.network, focus=False)
        self._merged()

    def _merged(self) -> None:
        merging = self.present.merging is not None
        self.middle.setCurrentIndex(int(merging))
        self.start.setEnabled(not merging)
        self.merge.fill()

    def _choose(self, lang: str, network: str, focus: bool = True) -> None:
        self.present.network = network
        self.present.take(lang)
        self.work.fill()
        self.present.check()
        if focus and not self.start.grid.hasFocus():
            self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _compare(self, on: bool, lang: str = "") -> None:
        """Two texts side by side, or one; what people will see gives way where there is no room for three."""
        self.present.lang = lang or self.present.lang
        self.present.compare(on)
        self.narrow(self.short)
        self._choose(self.present.lang, self.present.network)

    def _taken(self, lang: str) -> None:
        """The other of the two texts is in hand now."""
        self.present.take(lang)
        self.work.fill_pictures()
        self.present.check()

    def narrow(self, short: bool) -> None:
        """Little room: what people will see can be called as a drawer. Two texts need more of it."""
        self.short = short
        super().narrow(short or (bool(self.present.beside) and self.window().width() < theme.px(WIDE)))

    def _pictured(self, at: int) -> None:
        self.work.fill_pictures(at)
        self.present.check()

    def _network(self, step: int) -> None:
        nets = self.present.networks()
        if nets:
            at = nets.index(self.present.network) if self.present.network in nets else 0
            self._choose(self.present.lang, nets[(at + step) % len(nets)])

    def _goes(self, name: str, on: bool) -> None:
        self.present.goes_to(name, on)
        self._checked()

    def _own(self, on: bool) -> None:
        self.present.own_text(on)
        self._choose(self.present.lang, self.present.network, focus=False)

    def _checked(self) -> None:
        self.start.follow()
        self.work.follow()
        previews.fill(self.preview_column, self.present)

    def _override(self, found: dict[str, Any]) -> None:
        rule = found["rule"]
        if rule in self.present.overrides:
            self.present.override(rule, "")
            return
        self.bar.confirm(
            "octagon-alert",
            t("Let “{words}” stand, against {rule}?", words=found["text"].strip()[:40], rule=rule),
            t("The reason goes on record, and those who sign off read it."),
            t("Let it stand"),
            lambda why: self.present.override(rule, why),
            t("Why, in one sentence"),
            True,
        )

    def _submit(self) -> None:
        """What lies before it first; then, with the same keys, it is submitted."""
        if self.ahead.isVisible():
            self.ahead.send()
        elif self.submit.isEnabled() and not self.bar.isVisible():
            self.present.look_ahead()

    def _go_there(self) -> None:
        if self.present.blocking():
            self._to_block()
        elif not self.present.draft.to and self.start.boxes:
            self.start.boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _to_block(self) -> None:
        """To the first finding that must be fixed, in whichever language."""
        stops = [f for f in self.work.walk.order() if f["level"] == "block" and f["rule"] not in self.present.overrides]
        if stops:
            self.work.walk.go(stops[0])
        else:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _standing(self, now: Standing) -> None:
        self.header.title.setText(now.title)
        self.state_icon.become(now.icon, now.tone)
        self.state_word.setText(now.word + (" · " + t("revision {n}", n=now.revision) if now.revision else ""))
        self.submit.setEnabled(now.can_submit)
        self.submit.setAccessibleDescription(now.why_not)
        self.why_not.setText(now.why_not)
        stops = bool(self.present.blocking())
        self.why_not.ink, self.why_not.glyph = ("block", "octagon-alert") if stops else ("text2", "info")
        self.why_not.setAccessibleName(now.why_not or t("Nothing stands in the way"))
        self.why_not.setVisible(bool(now.why_not))
        self.why_not.updateGeometry()
        self.kept.setText(now.kept)
        self.work.kept_icon.setVisible(bool(now.kept))
        self.work.panes.set_read_only(not now.editable)
