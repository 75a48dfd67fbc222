"""A handover as it is written: to whom, who is next, which accounts stay; and, once it was rehearsed, what it would do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from ui import theme
from ui.office.forms import SendsOnEnter
from ui.office.handover_presenter import HandoverPresenter, Wish
from ui.texts import caption, comma, isolated, land, t
from ui.widgets.base import Icon, Label, clear, column, rule, told
from ui.widgets.button import KeyButton
from ui.widgets.choice import choice

# One of something, and several.
COUNTS = {
    "passes": ("1 account passes", "{n} accounts pass"),
    "stays": ("1 account stays", "{n} accounts stay"),
    "posts": ("1 planned post stops", "{n} planned posts stop"),
    "anew": ("1 line has to be taken on anew", "{n} lines have to be taken on anew"),
    "moved": ("1 line is asked of another account", "{n} lines are asked of another account"),
    "left": ("1 item is left to do then", "{n} items are left to do then"),
}


class HandoverForm(SendsOnEnter):
    """Enter rehearses; only what was rehearsed as it stands can be done."""

    wanted = Signal(object)
    meant = Signal(object)

    def __init__(self, present: HandoverPresenter) -> None:
        super().__init__(
            t("Hand the Presidency over"), t("Rehearse it"),
            t("Accounts of the Presidency pass to the next one. Whoever has them now publishes on them no more, also not what is planned. "
              "First it is rehearsed: nothing is written."),
        )  # fmt: skip
        self._present = present
        self.wish: Wish | None = None
        self.government = choice(t("Whose Presidency it is from then on"), [])
        self.add("government", t("Whose Presidency it is from then on"), self.government)
        self.after = choice(t("Whose it will be after that"), [])
        self.add("after", t("Whose it will be after that"), self.after)
        self.list = QWidget()
        self.accounts: QVBoxLayout = column(self.list, gap=2)
        self.add("keep", t("Accounts that stay with their government"), self.list)
        self.boxes: dict[str, QCheckBox] = {}
        self.close_up()
        self.found = QWidget()
        self.would: QVBoxLayout = column(self.found, (0, 4, 0, 0), 8)
        self.box.insertWidget(self.box.count() - 1, self.found)
        self.government.currentIndexChanged.connect(lambda _: self._chosen())
        self.after.currentIndexChanged.connect(lambda _: self._other())

    def put(self) -> None:
        """As it is now, and as it was announced."""
        self.calm()
        now, members = self._present.now, self._present.members()
        self.government.clear()
        self.after.clear()
        self.after.addItem(t("Not known yet"), "")
        for code in members:
            self.government.addItem(land(code), code)
            self.after.addItem(land(code), code)
        for box in self.boxes.values():
            box.deleteLater()
        self.boxes = {}
        for name in now.accounts:
            self.boxes[name] = box = QCheckBox(caption(name))
            box.setAccessibleName(t("{name} stays", name=isolated(name)))
            box.setFont(theme.font(13))
            box.toggled.connect(lambda _: self._other())
            self.accounts.addWidget(box)
        self.fields["keep"].setVisible(bool(self.boxes))
        self.government.setCurrentIndex(max(0, self.government.findData(now.after)))
        self._chosen()

    def _chosen(self) -> None:
        code = self._present.following(str(self.government.currentData() or ""))
        self.after.setCurrentIndex(max(0, self.after.findData(code)))
        self._other()

    def _other(self) -> None:
        """What was rehearsed is not what stands here any more."""
        self.wish = None
        clear(self.would)

    def send(self) -> None:
        """Rehearse what stands here."""
        self.calm()
        keep = tuple(name for name, box in self.boxes.items() if box.isChecked())
        self.wanted.emit(Wish(str(self.government.currentData() or ""), str(self.after.currentData() or ""), keep))

    def show_found(self, wish: Wish, made: dict[str, Any]) -> None:
        """What it would do, and the button that asks for it."""
        self._other()
        self.wish = wish
        self.would.addWidget(rule())
        self.would.addWidget(Label(t("What would happen"), 13, theme.BOLD, wrap=True))
        for icon, tone, head, under in said(wish, made):
            told(self.would, Icon(icon, 16, tone), Label(head, 13, wrap=True), under, room=2)
        go = KeyButton(t("Hand over to {land}", land=land(wish.government)), kind="main", icon="landmark")
        go.clicked.connect(lambda: self.meant.emit(wish))
        self.would.addWidget(go)
        self.go_on = go


def said(wish: Wish, made: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Icon, tone, what, and which."""
    passing = [one["account"] for one in made["accounts"] if one["custody"] == "awaited"]
    staying = [one["account"] for one in made["accounts"] if one["custody"] == "stays"]
    rows: list[tuple[str, str, str, str]] = []
    if passing:
        rows.append(("at-sign", "text2", _many("passes", passing), _names(passing)))
    if staying:
        rows.append(("lock", "text2", _many("stays", staying), _names(staying)))
    stopped = made["posts"]
    if stopped:
        titles = _names([one["title"] for one in stopped])
        rows.append(("octagon-pause", "warn", _many("posts", stopped), titles))
    lapsed = [one for one in made["relays"] if one["lapsed"]]
    if lapsed:
        rows.append(("repeat", "warn", _many("anew", lapsed),
                     _names(sorted({one["account"] for one in lapsed}))))  # fmt: skip
    moved = [one for one in made["relays"] if one["to"]]
    if moved:
        rows.append(("repeat", "text2", _many("moved", moved),
                     _names(sorted({one["to"] for one in moved}))))  # fmt: skip
    three = comma().join(
        land(one) if one else t("not known yet") for one in (made["before"], made["presidency"], made["after"])
    )
    rows.append(("users", "text2", t("The troika"), three))
    left = [one for one in made["checklist"] if one["state"] == "open"]
    words = _many("left", left)
    rows.append(("circle-dashed", "warn", words, t("They stand in this list, each with whose turn it is.")))
    return rows


def _many(what: str, found: Sequence[Any]) -> str:
    one, more = COUNTS[what]
    return t(one) if len(found) == 1 else t(more, n=len(found))


def _names(found: Sequence[str]) -> str:
    shown = [isolated(one) for one in found[:4]]
    return comma().join([*shown, *([t("{n} more", n=len(found) - 4)] if len(found) > 4 else [])])
