"""The bar at the foot of the Rules screen: what can be done with what is in front, and why not."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from g20desk.desk.rule_history import DRAFT, PROPOSED
from ui import actions, theme
from ui.rules.presenter import RulesPresenter
from ui.texts import isolated, t, tip
from ui.widgets.bar import Bar
from ui.widgets.base import Icon, Label, line
from ui.widgets.button import KeyButton

BROWSE, CODE, TRY, CHANGES = "rules", "code", "try", "changes"
BUTTONS = (
    ("take-back", "Take the change back", "undo-2", "plain"),
    ("drop", "Drop all your changes", "trash-2", "plain"),
    ("withdraw", "Withdraw", "undo-2", "plain"),
    ("take-over", "Make it your changes", "pencil", "plain"),
    ("save-files", "Save as files", "download", "plain"),
    ("try-rule", "Try it", "flask-conical", "plain"),
    ("switch-all", "Switch off", "power", "plain"),
    ("switch", "Switch off", "power", "plain"),
    ("edit", "Edit", "pencil", "plain"),
    ("propose", "Propose", "send", "plain"),
    ("adopt", "Adopt", "circle-check", "plain"),
    ("done", "Done", "check", "plain"),
)


class Acts(Bar):
    """`wanted` carries the id of an act."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        row = line(self.told, gap=8)
        self.icon = Icon("circle-check", 16, "ok")
        row.addWidget(self.icon)
        self.words = Label("", 12, tone="text2", wrap=True)
        row.addWidget(self.words, 1)
        self.buttons: dict[str, KeyButton] = {}
        for id, said, glyph, kind in BUTTONS:
            button = KeyButton(t(said), actions.keys(id, "rules"), glyph, kind)
            button.clicked.connect(lambda _=False, id=id: self.wanted.emit(id))
            self.buttons[id] = button
            self.add(button)

    def offer(self, acts: Mapping[str, str]) -> None:
        """These acts, each with why not where it can't be done."""
        for id, button in self.buttons.items():
            why = acts.get(id, "")
            button.setVisible(id in acts)
            button.setEnabled(not why)
            button.setAccessibleDescription(why or button.key)
            button.setToolTip(tip(why))
        self.setVisible(bool(acts))

    def call(self, id: str, said: str) -> None:
        """A button by another word."""
        button = self.buttons[id]
        if button.text() != said:
            button.setText(said)
            button.setAccessibleName(said)
            button.updateGeometry()

    def of_rule(self, present: RulesPresenter, editing: bool) -> dict[str, str]:
        """What can be done with the rule in hand, and with all that are looked for."""
        entry, may_not, (on, ids) = present.entries.get(present.id), present.may_edit(), present.several()
        if entry is None:
            return {}
        back = {"take-back": may_not} if present.may_take_back() else {}
        if editing:
            return {**back, "try-rule": "", "done": ""}
        more = on and len(ids) < len(present.rows())
        said = "Switch on {n} more" if more else "Switch on all {n}" if on else "Switch off all {n}"
        self.call("switch-all", t(said, n=len(ids)))
        self.call("switch", t("Switch off") if entry.row["on"] else t("Switch on"))
        return {**back, "try-rule": "", **({"switch-all": may_not} if ids else {}), "switch": may_not, "edit": may_not}

    def tell(self, said: str, glyph: str = "", tone: str = "text2") -> None:
        """What is to be known of it."""
        self.words.setText(isolated(said))
        self.words.set_tone(tone)
        self.words.setFont(theme.font(12, theme.MEDIUM if tone == "block" else theme.REGULAR))
        self.icon.become(glyph or "info", tone)
        self.icon.setVisible(bool(glyph))


def of_book(
    which: str, can: Mapping[str, str], changes: int, picked: bool, trouble: str, in_force: bool
) -> dict[str, str]:
    """What can be done with a rulebook."""
    if which == DRAFT:
        if not changes:
            return {}
        back = {"take-back": ""} if picked else {}
        return {**back, "drop": "", "save-files": trouble, "propose": can.get("propose", "") or trouble}
    if in_force:
        return {"save-files": trouble}
    more = {"take-over": can.get("edit", "") or trouble, "save-files": trouble}
    if which == PROPOSED:
        return {"withdraw": can.get("withdraw", ""), **more, "adopt": can.get("adopt", "") or trouble}
    return more
