"""What is done with lines on the One voice screen: a new one, another version, asking accounts to carry the one that is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout

from g20desk.desk.relay_asking import Askable
from g20desk.office.state import STAFF
from ui import actions
from ui.bus import Ctx, Presenter
from ui.screen import Screen
from ui.texts import reason, t, tip
from ui.voice.asking import AskingBar
from ui.widgets.ask_bar import AskBar
from ui.widgets.button import KeyButton


class AskingPresenter(Presenter):
    """Whom the line that is read may be asked of. `looked`: that has come; `done` carries words on what was done."""

    looked = Signal(object)
    done = Signal(str)
    watches = frozenset()  # the screen looks again when its line has changed

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.id = ""
        self.found: Askable | None = None

    def look(self, id: str) -> None:
        """That line is read, or has changed; empty: none is read."""
        if id != self.id:
            self.id, self.found = id, None
            self.looked.emit(None)
        self.load()

    def load(self) -> None:
        """Look once more."""
        if id := self.id:
            self.ask_list(lambda: self.ctx.desk.relays.askable(id), lambda found: self._looked(id, found))

    def _looked(self, id: str, found: Askable) -> None:
        if id == self.id:
            self.found = found
            self.looked.emit(found)

    def relay(self, accounts: list[str], until: int, why: str) -> None:
        """Ask these accounts, all or none."""
        desk, id = self.ctx.desk, self.id

        def then(made: list[Any]) -> None:
            self.load()
            n = len(made)
            self.done.emit(t("1 account is asked.") if n == 1 else t("{n} accounts are asked.", n=n))

        self.ask(lambda: desk.relays.ask(id, accounts, until, why), then)


class VoiceActs(QObject):
    """Buttons in a screen's header, a bar at its foot; `look` follows the line that is read there."""

    def __init__(self, screen: Screen, ctx: Ctx, foot: QVBoxLayout) -> None:
        super().__init__(screen)
        self.ctx, self.screen, self.foot = ctx, screen, foot
        self.present = AskingPresenter(ctx)
        self.present.setParent(self)
        self.present.failed.connect(screen.notice.refuse)
        self.present.done.connect(lambda words: screen.notice.say(words, tone="ok"))
        self.present.looked.connect(self._looked)
        self.bar = AskingBar(ctx.zone)
        foot.addWidget(self.bar)
        self.why_not = KeyButton("", icon="info", kind="link")
        self.why_not.ink = "text2"
        self.buttons: dict[str, KeyButton] = {}
        screen.header.add(self.why_not)
        for id, words, glyph, kind in (
            ("revise-line", t("Another version"), "pencil", "plain"), ("ask-relay", t("Ask to relay"), "forward", "plain"),
            ("new-line", t("New line"), "plus", "main"),
        ):  # fmt: skip
            keys = actions.keys("new") if id == "new-line" else actions.keys(id, "one-voice")
            button = KeyButton(words, keys, glyph, kind)
            button.clicked.connect(self.runs()[id])
            self.buttons[id] = button
            screen.header.add(button)
        self._looked(None)

    def runs(self) -> dict[str, Callable[[], object]]:
        """By the ids of the table of keys; a new line has the key of a new message, which begins one on this screen."""
        return {"ask-relay": self.ask, "revise-line": self.revise, "new-line": lambda: self.ctx.go("line", "")}

    def look(self, id: str) -> None:
        """That line is read now; empty: none."""
        if id != self.present.id and self.bar.isVisible():
            self.bar.close_bar()
        self.present.look(id)

    def back(self) -> bool:
        """Escape closes the question first."""
        asked = self.bar.isVisible()
        if asked:
            self.bar.close_bar()
        return asked

    def revise(self) -> None:
        """Write another version of the line that is read."""
        if self.present.id and self.buttons["revise-line"].isEnabled():
            self.ctx.go("line", self.present.id)

    def ask(self) -> None:
        """Which accounts are asked to carry it."""
        found = self.present.found
        if found is not None and not found.why:
            for one in (self.foot.itemAt(n).widget() for n in range(self.foot.count())):
                if isinstance(one, AskBar) and one.isVisible():
                    one.close_bar()  # one question at a time
            self.bar.ask(found, self.ctx.clock.now_ms(), self.present.relay)
        elif found is not None:
            self.screen.notice.say(reason(found.why))

    def _looked(self, found: Askable | None) -> None:
        """What may be done with it; why not beside the button."""
        why = reason(found.why) if found is not None else ""
        staff = self.ctx.facts.person.role in STAFF
        for id, button in self.buttons.items():
            button.setVisible(staff and (id == "new-line" or bool(self.present.id)))
        ask = self.buttons["ask-relay"]
        ask.setEnabled(found is not None and not why)
        ask.setAccessibleDescription(why or ask.key)
        ask.setToolTip(tip(why))
        self.why_not.setText(why)
        self.why_not.setAccessibleName(why or t("Nothing stands in the way"))
        self.why_not.setVisible(bool(why) and staff)
        self.why_not.updateGeometry()
