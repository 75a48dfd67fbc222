"""A template as it is read: what it is for, who releases it, where it may go, who cleared it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from ui import actions, theme
from ui.office.templates_presenter import Listed
from ui.rows import Row
from ui.texts import LANGS, ROLES, comma, isolated, ltr, reason, span, t, tip
from ui.widgets.base import Icon, Label, clear, line, rule, told
from ui.widgets.button import KeyButton

Runs = dict[str, Callable[[], object]]


def row_of(one: dict[str, Any], waiting: bool) -> Row:
    """In the list."""
    langs = " ".join(lang.upper() for lang in one["texts"])
    what = f"{t(one['kind'].capitalize())} · {ltr(langs)}"
    if waiting:
        third = t("Waits for you") if one["second"] else t("Waits for {whom}", whom=reason(one["waits_for"]))
        return Row(one["id"], isolated(one["name"]), what, "hourglass", "warn", third=third)
    return Row(one["id"], isolated(one["name"]), what, "circle-check", "ok", third=t("Cleared"))


def fill(layout: QVBoxLayout, one: dict[str, Any], waiting: bool, now: Listed, runs: Runs) -> None:
    """Draw it anew."""
    clear(layout)
    if not one:
        words = t("A template is a text that was cleared beforehand, for when there is no time to ask: two people release it together, and "
                  "it is looked at afterwards.")  # fmt: skip
        said = Label(words, 15, wrap=True)
        said.setMaximumWidth(theme.px(640))
        layout.addWidget(said)
        if now.write:
            layout.addWidget(Label(now.write, 12, tone="text2", wrap=True))
        layout.addStretch(1)
        return
    layout.addWidget(Label(isolated(one["name"]), 20, theme.BOLD, wrap=True))
    row = line(layout)
    if waiting:
        if one["second"]:
            _button(row, "second", t("Join it"), runs["second"], "stamp", "main")
        if one["takes_back"]:
            _button(row, "withdraw", t("Take it off the table"), runs["withdraw"], "undo-2", "plain")
    else:
        _button(row, "fill", t("New message from it"), runs["fill"], "file-pen-line", "plain", now.fill)
        _button(row, "edit", t("Write a new version"), runs["edit"], "pencil", "plain", now.write)
        _button(row, "withdraw", t("Withdraw"), runs["withdraw"], "undo-2", "plain", now.withdraw)
    row.addStretch(1)
    if waiting:
        told(
            layout,
            Icon("hourglass", 16, "warn"),
            Label(t("Waits for {whom}", whom=reason(one["waits_for"])), 13, wrap=True),
        )
    layout.addWidget(rule())
    roles = [t(ROLES[role]) for role in one["roles"]]
    both = comma().join(isolated(name) for name in dict.fromkeys(one["by"]))
    accounts = comma().join(map(isolated, one["accounts"])) or t("All official ones")
    slots = comma().join(f"{ltr('{' + name + '}')} ({most})" for name, most in one["slots"].items()) or t("None")
    names, order = dict(LANGS), [code for code, _ in LANGS]
    langs = sorted(one["texts"], key=lambda lang: order.index(lang) if lang in order else len(order))
    for name, said in (
        (t("Kind"), t(one["kind"].capitalize())),
        (t("Languages"), comma().join(t(names.get(lang, lang)) for lang in langs)),
        (t("Slots, and how many characters each takes at most"), slots),
        (t("Two people release it together"), comma().join(roles)),
        (t("How long they have, and how long it may go out then"), span(one["within_ms"])),
        (t("Accounts"), accounts),
        (t("For it so far") if waiting else t("Cleared by"), both),
    ):  # fmt: skip
        pair = QVBoxLayout()
        pair.setSpacing(1)
        pair.addWidget(Label(name, 12, theme.MEDIUM, "text2", wrap=True))
        pair.addWidget(Label(said, 13, wrap=True))
        layout.addLayout(pair)
    layout.addStretch(1)


def _button(row: Any, id: str, words: str, run: Callable[[], object], icon: str, kind: str, why: str = "") -> None:
    made = KeyButton(words, actions.keys(id, "templates"), icon, kind)
    made.setEnabled(not why)
    made.setToolTip(tip(why))
    made.setAccessibleDescription(why or made.key)
    made.clicked.connect(lambda: run())
    row.addWidget(made)
