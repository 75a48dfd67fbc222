"""The end panel of the Rules screen: the rule in hand, a rule beside a principle or a finding, or a whole rulebook."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import theme
from ui.rules.acts import BROWSE, CHANGES, CODE, TRY
from ui.rules.changes import Changes
from ui.rules.changes_side import ChangesSide
from ui.rules.side import RuleSide
from ui.texts import t
from ui.widgets.base import column, dress, scrolled


class End(QWidget):
    """One of three, as the page asks."""

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        dress(self, "surface", "start")
        self.setFixedWidth(theme.px(320))
        self.side, self.named, self.about = RuleSide(), RuleSide(named=True), ChangesSide(changes)
        self.all = QStackedWidget()
        for one in (scrolled(self.side), scrolled(self.named), self.about):
            self.all.addWidget(one)
        column(self, (1, 0, 0, 0)).addWidget(self.all)

    def turn(self, page: str) -> None:
        """What goes with a page."""
        self.all.setCurrentIndex({BROWSE: 0, CODE: 1, TRY: 1, CHANGES: 2}[page])

    def no_rule(self, id: str) -> None:
        """Beside a finding that no rule made, or before there is one."""
        hint = t("The rule behind a finding stands here, with its reason and its source.")
        self.named.empty(t("{rule} is said by the network itself, not by a rule.", rule=id) if id else hint)
