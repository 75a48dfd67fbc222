"""Beneath the account that is picked: what became of the line there, what was said about it, and what can be done. Help, not
blame."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from g20desk.desk.relay_showing import Carrier
from ui import actions, theme, threads
from ui.texts import isolated, land, ltr, t
from ui.voice import marking
from ui.widgets.base import Icon, Label, beside, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.flow import Flow

Do = Callable[[str, Carrier], object]


def note(one: Carrier, do: Do) -> QWidget:
    """`do` is called with write, leave or open."""
    made = QWidget()
    dress(made, "sunken", "bottom")
    outer = column(made, (70, 8, 28, 8), 4)
    row = line(outer, gap=10)
    words = QVBoxLayout()
    words.setSpacing(4)
    said = told(one)
    first = Label(said[0], 12, tone="text2", wrap=True)
    row.addLayout(beside(Icon("corner-down-right", 14), first))
    words.addWidget(first)
    for more in said[1:]:
        words.addWidget(Label(more, 12, tone="text2", wrap=True))
    row.addLayout(words, 1)
    row.addWidget(_buttons(one, do))
    for thread in one.threads:
        threads.draw(outer, thread, None)
    return made


def told(one: Carrier) -> list[str]:
    """What there is to know of it, in sentences."""
    made = []
    if one.altered:
        made.append(t("The network shows something else than what was taken on."))
    made += [said for one_ in one.said if one_.marks is not None and (said := marking.spoken(one_.marks))]
    if one.left is not None:
        made.append(t("{who} left it as it is: “{why}”", who=isolated(one.left[0]), why=isolated(one.left[1])))
    if one.state in ("asked", "adopted", "overdue"):
        made.append(t("Its own communicator decides about it, and when it goes out."))
        made += [one.why] if one.why else []
    if one.url:
        made.append(ltr(one.url))
    return made or [t("It stands as it was agreed.")]


def _buttons(one: Carrier, do: Do) -> QWidget:
    made = Flow(8)
    out = one.state in ("carried", "drifted")
    if out:
        write = KeyButton(
            t("Write to {land}", land=land(one.government)), actions.keys("write", "one-voice"), "mail", small=True
        )
        write.clicked.connect(lambda: do("write", one))
        made.add(write)
    if one.asks and out and not one.cannot_leave:
        leave = KeyButton(t("Leave it, say why"), actions.keys("leave", "one-voice"), kind="quiet", small=True)
        leave.clicked.connect(lambda: do("leave", one))
        made.add(leave)
    prove = KeyButton(t("Save a proof"), actions.keys("prove", "one-voice"), kind="quiet", small=True)
    prove.setAccessibleName(t("Save a proof of what {account} made of the line", account=one.account))
    prove.clicked.connect(lambda: do("prove", one))
    made.add(prove)
    look = KeyButton(t("Open it"), actions.keys("open-relay", "one-voice"), kind="quiet", small=True)
    look.setAccessibleName(t("Open what {account} was asked", account=one.account))
    look.clicked.connect(lambda: do("open", one))
    made.add(look)
    made.setMinimumWidth(min(made.sizeHint().width(), theme.px(420)))
    return made
