"""What a letter opens: the bar that repeats what is signed, the editor of an amendment, the head's questions. Enter signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from ui.messages.model import moment
from ui.signoff.answers import ANSWERS, AnswerBar
from ui.signoff.heading import UntilBar, usual
from ui.texts import comma, ltr, spoken, t

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from ui.bus import Ctx
    from ui.signoff.amending import AmendBar, AmendPane
    from ui.signoff.model import Reading
    from ui.signoff.presenter import SignoffPresenter
    from ui.signoff.reading import ReadingPane
    from ui.widgets.chrome import Notice
    from ui.widgets.sign_bar import SignBar

SIGNED = "Signed with your key, kept in the record, and not taken back. A later decision is added after it."
BREAKS = "It breaks the silence: the text stands as it is until the head lays it before all again."
ASKED = {
    "object": "Object to “{title}”, {words}, for {who}?",
    "request-changes": "Ask for changes to “{title}”, {words}, for {who}?",
    "no-objection": "No objection to “{title}”, {words}, for {who}?",
    "approve": "Approve “{title}”, {words}, for {who}?",
}
PROPOSED = {
    "object": "Object to “{title}”, {words}, with this text instead, for {who}?",
    "request-changes": "Ask for this text instead of “{title}”, {words}, for {who}?",
}
UNTIL = {
    "reopen": "Lay “{title}”, {words}, before all again?",
    "extend": "Give “{stage}” of “{title}” more time?",
}
STOPS = ("object", "request-changes")


class Deciding:
    """Mixed into the view."""

    ctx: Ctx
    present: SignoffPresenter
    reading: Reading | None
    pane: ReadingPane
    amend: AmendPane
    amend_bar: AmendBar
    acts: AnswerBar
    bar: SignBar
    reopens: UntilBar
    extends: UntilBar
    pages: QStackedWidget
    notice: Notice

    @property
    def bars(self) -> tuple[Any, ...]:
        """The questions, one of which may be open."""
        return (self.bar, self.reopens, self.extends)

    def asking(self) -> bool:
        """Whether one is open."""
        return any(one.isVisible() for one in self.bars)

    def amending(self) -> bool:
        """Whether a text is being proposed."""
        return self.pages.currentWidget() is not self.pages.widget(0)

    def step_back(self) -> bool:
        """Escape: out of the question, then out of the editor."""
        if (open_ := next((one for one in self.bars if one.isVisible()), None)) is not None:
            open_.close_bar()
            return True
        if self.amending():
            self.leave_amending()
            return True
        return False

    def choose(self, code: str) -> None:
        """A letter, or its button."""
        now = self.reading
        if now is None or now.changed or self.asking() or self.amending():
            return
        if why := now.can.get(code, t("There is no such answer at this stage.")):
            self.notice.say(why)
            return
        if code == "amend":
            self.start_amending(now)
        elif code == "no-objection" and not now.silent:
            self.notice.say(t("There is no such answer at this stage."))
        else:
            self.confirm(code, ASKED[code], now)

    def confirm(self, code: str, words: str, now: Reading, text: str | None = None) -> None:
        """The answer, the title, the four words, and for whom: then Enter signs."""
        verb, glyph = next((t(v), g) for c, v, g in ANSWERS if c == code)
        must, lang = code in STOPS, self.amend.lang
        under = t(BREAKS) + " " if must and now.silent and not now.data["signoff"].get("frozen") else ""
        self.rest()
        self.bar.closed = self.rested
        self.bar.confirm(
            glyph,
            t(words, title=now.data["title"], words=spoken(now.said), who=now.speaks),
            self._besides(now) + under + t(SIGNED),
            t("Sign: {verb}", verb=verb.lower()),
            lambda why: self.present.decide(code, why, text, lang if text is not None else ""),
            t("Why, in one sentence") if must else "",
            must,
        )

    def start_amending(self, now: Reading) -> None:
        """The editor in the place of the text that is read, in its language."""
        self.amend.begin(now, self.pane.lang)
        self.pages.setCurrentIndex(1)
        self.rested()
        self.amend_bar.weigh()
        self.amend.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_amending(self) -> None:
        """Back to reading; what was typed is kept."""
        self.amend.keep()
        self.pages.setCurrentIndex(0)
        self.rested()
        changed = self.reading is not None and self.reading.changed
        (self.acts.again if changed else self.acts.buttons["amend"]).setFocus(Qt.FocusReason.OtherFocusReason)

    def propose(self, answer: str) -> None:
        """Ask before the amendment is signed."""
        now = self.reading
        if now is None or not self.amending() or self.asking() or self.amend.lacks():
            return
        self.amend.keep()
        self.confirm(answer, PROPOSED[answer], now, self.amend.text())

    def rest(self) -> None:
        """No bar but the one that asks."""
        self.acts.hide()
        self.amend_bar.hide()

    def rested(self) -> None:
        """The bar that belongs under what is in front."""
        self.acts.setVisible(not self.amending())
        self.amend_bar.setVisible(self.amending())

    def head_does(self, verb: str) -> None:
        """What the head does with a stage, and those who close and lift."""
        now = self.reading
        if now is None or now.changed or self.asking():
            return
        if why := now.can.get(verb, ""):
            self.notice.say(why)
            return
        if verb == "close":
            self.present.close()
        elif verb == "lift":
            self._lift(now)
        else:
            self._until(verb, now)

    def _until(self, verb: str, now: Reading) -> None:
        stage = next(one for one in reversed(now.stages) if one["state"] != "waiting")
        due, within = moment(stage["due"]), stage["within_ms"]
        reopens = verb == "reopen"
        bar = self.reopens if reopens else self.extends
        at = (now.now if reopens else max(due, now.now)) + within
        said = t(UNTIL[verb], title=now.data["title"], words=spoken(now.said), stage=stage["name"])
        self.rest()
        bar.closed = self.rested
        bar.ask(said, usual(within, reopens), now.now, at, self.present.reopen if reopens else self.present.extend)

    def _lift(self, now: Reading) -> None:
        self.rest()
        self.bar.closed = self.rested
        self.bar.confirm(
            "undo-2",
            t("Lift the late objection to “{title}”?", title=now.data["title"]),
            t("Two people lift it, each with a reason. Nothing goes out by that alone."),
            t("Ask to lift it"),
            self.present.lift,
            t("Why, in one sentence"),
            True,
        )

    def _besides(self, now: Reading) -> str:
        """What the reader is told again before signing: that this desk finds more than was submitted."""
        rules = comma().join(dict.fromkeys(ltr(f["rule"]) for f in now.data.get("differences", ())))
        return t("This desk finds besides: {rules}.", rules=rules) + " " if rules else ""
