"""A route while it is written: its name, what goes by it, its stages in order. Nothing typed is lost by a refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from g20desk.desk.route_drafts import Fault
from g20desk.desk.settling import KINDS
from ui import actions, theme
from ui.office.routes_presenter import Listed
from ui.office.stage_card import StageCard
from ui.texts import reason, t
from ui.widgets.base import Label, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.form import Form, text_field
from ui.widgets.ticks import Ticks


class RouteForm(Form):
    """`changed`: it says something else now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box.setContentsMargins(28, 18, 28, 24)
        self.filling, self.people = False, ()
        self.title = Label("", 15, theme.BOLD, wrap=True)
        self.box.addWidget(self.title)
        self.name = text_field(t("Name of the route"))
        self.add("name", t("Name of the route"), self.name)
        self.kinds = Ticks(t("Kinds of message"), [(one, t(one.capitalize())) for one in KINDS])
        self.add("kinds", t("Taken by itself for these kinds"), self.kinds,
                 t("With no kind, topic and account it is taken only where somebody names it."))  # fmt: skip
        self.box.addWidget(rule())
        self.stages: QVBoxLayout = column(holder := QWidget(), gap=12)
        self.box.addWidget(holder)
        self.cards: list[StageCard] = []
        foot = line(self.box)
        self.more = KeyButton(t("Add a stage"), actions.keys("add-stage", "routes"), "plus", "plain")
        self.more.clicked.connect(self.add_stage)
        foot.addWidget(self.more)
        foot.addStretch(1)
        self.box.addWidget(rule())
        self.topics = text_field(t("Topics"))
        self.topics.setPlaceholderText(t("for example: climate"))
        self.add("topics", t("Only on these topics"), self.topics, t("A comma stands between two; empty for any."))
        self.accounts_box = QWidget()
        self._accounts_in = column(self.accounts_box)
        self.accounts = Ticks(t("Accounts"), [])
        self._accounts_in.addWidget(self.accounts)
        self.add("accounts", t("Only to these accounts"), self.accounts_box)
        self.box.addStretch(1)
        for field in (self.name, self.topics):
            field.textEdited.connect(self._told)
        self.kinds.changed.connect(self._told)

    def put(self, value: Mapping[str, Any], now: Listed, title: str) -> None:
        """A route as a file has it, or the beginning of one."""
        self.filling, self.people = True, now.people
        self.calm()
        self.title.setText(title)
        self.name.setText(str(value.get("name", "")))
        self.kinds.put(value.get("kinds", ()))
        self.topics.setText(", ".join(value.get("topics", ())))
        self._offer(now.accounts, value.get("accounts", ()))
        for card in list(self.cards):
            self._away(card)
        for stage in value.get("stage") or [{}]:
            self._card(stage)
        self._number()
        self.filling = False

    def _offer(self, accounts: Sequence[str], ticked: Sequence[str]) -> None:
        self._accounts_in.removeWidget(self.accounts)
        self.accounts.hide()
        self.accounts.deleteLater()
        names = dict.fromkeys((*accounts, *ticked))
        self.accounts = Ticks(t("Accounts"), [(one, one) for one in names])
        self.accounts.put(ticked)
        self.accounts.changed.connect(self._told)
        self._accounts_in.addWidget(self.accounts)
        self.fields["accounts"].setVisible(bool(names))

    def value(self) -> dict[str, Any]:
        """As a file has it."""
        topics = [one.strip() for one in self.topics.text().split(",") if one.strip()]
        return {
            "name": self.name.text().strip(), "kinds": self.kinds.value(), "topics": topics,
            "accounts": self.accounts.value(), "stage": [card.value() for card in self.cards],
        }  # fmt: skip

    def _card(self, value: Mapping[str, Any], at: int = -1) -> StageCard:
        made = StageCard()
        made.put(value, self.people)
        made.changed.connect(self._told)
        made.moved.connect(self.move)
        made.dropped.connect(self.drop)
        at = len(self.cards) if at < 0 else at
        self.cards.insert(at, made)
        self.stages.insertWidget(at, made)
        return made

    def _away(self, card: StageCard) -> None:
        self.cards.remove(card)
        self.stages.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _number(self) -> None:
        for n, card in enumerate(self.cards, 1):
            card.place(n, len(self.cards))
        self.more.setEnabled(len(self.cards) < 12)

    def in_hand(self) -> StageCard | None:
        """The stage in which the focus is."""
        held = self.window().focusWidget()
        return next((card for card in self.cards if held is not None and card.isAncestorOf(held)), None)

    def add_stage(self) -> None:
        """One more: behind the one in hand, else at the end."""
        if not self.more.isEnabled():
            return
        here = self.in_hand()
        made = self._card({"need": "any"}, self.cards.index(here) + 1 if here is not None else -1)
        self._number()
        made.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._told()

    def move(self, card: StageCard | None, step: int) -> None:
        """A stage up or down; the focus goes with it."""
        if card is None or not 0 <= self.cards.index(card) + step < len(self.cards):
            return
        held, at = self.window().focusWidget(), self.cards.index(card) + step
        self.cards.remove(card)
        self.cards.insert(at, card)
        self.stages.removeWidget(card)
        self.stages.insertWidget(at, card)
        self._number()
        if held is not None and card.isAncestorOf(held) and held.isEnabled():
            held.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            card.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._told()

    def drop(self, card: StageCard | None) -> None:
        """Without this stage; one at least is left."""
        if card is None or len(self.cards) < 2:
            return
        at = self.cards.index(card)
        self._away(card)
        self._number()
        self.cards[min(at, len(self.cards) - 1)].name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._told()

    def show_faults(self, found: Sequence[Fault], focus: bool) -> None:
        """What is wrong, each beside the field that it belongs to."""
        self.calm()
        for one in found:
            if (field := self.field(one.place)) is not None:
                field.tell(reason(one.words))
        if focus and found:
            self.to_fault(found[0])

    def field(self, place: str) -> Any:
        """The field of a fault's place; None for the whole."""
        head, _, rest = place.partition(".")
        if head.isdigit():
            card = self.cards[min(int(head), len(self.cards) - 1)]
            return card.fields.get(rest, card.fields["name"])
        return self.fields.get(head)

    def to_fault(self, one: Fault) -> None:
        """The focus where it has to be mended."""
        field = self.field(one.place)
        (field.widget if field is not None else self.name).setFocus(Qt.FocusReason.OtherFocusReason)

    def calm(self) -> None:
        """Nothing is wrong."""
        super().calm()
        for card in self.cards:
            card.calm()

    def _told(self, *_: object) -> None:
        if not self.filling:
            self.changed.emit()
