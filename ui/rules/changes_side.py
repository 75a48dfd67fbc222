"""The end panel of Changes: who proposed it and why, and what it would have said on the last hundred messages."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from g20desk.desk.rule_history import DRAFT, PROGRAM, TAKEN_BACK
from ui import actions, theme
from ui.rows import Row, RowModel
from ui.rules import words
from ui.rules.changes import Changes, Compared
from ui.texts import LEVELS, clock, day, isolated, ltr, reason, t
from ui.widgets.base import Icon, Label, beside, clear, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.rowlist import RowList

SPLIT = "|"


class ChangesSide(QWidget):
    """`message` carries the id of a message that would have been found fault with."""

    message = Signal(str)

    def __init__(self, changes: Changes) -> None:
        super().__init__()
        self.changes = changes
        outer = column(self)
        about = QWidget()
        self.about = column(about, (20, 20, 20, 12), 3)
        outer.addWidget(about)
        outer.addWidget(rule())
        box = QWidget()
        inner = column(box, (20, 14, 20, 10), 8)
        inner.addWidget(Label(t("On the last 100 messages"), 13, theme.BOLD))
        self.told = Label("", 12, tone="text2", wrap=True)
        inner.addWidget(self.told)
        row = line(inner)
        self.go = KeyButton(t("What it would have said"), actions.keys("would-say", "rules"), "history", small=True)
        self.go.clicked.connect(changes.look_back)
        self.halt = KeyButton(t("Stop"), small=True)
        self.halt.clicked.connect(changes.stop)
        self.halt.hide()
        row.addWidget(self.go)
        row.addWidget(self.halt)
        row.addStretch(1)
        outer.addWidget(box)
        self.model = RowModel(self)
        self.list = RowList(self.model, t("What it would have said"), narrow=True)
        self.list.opened.connect(lambda id: self.message.emit(id.split(SPLIT)[0]))
        self.list.hide()
        outer.addWidget(self.list, 1)
        self.rest = QWidget()
        outer.addWidget(self.rest, 1)
        changes.compared.connect(self.fill)
        changes.progress.connect(self._progress)
        changes.would_say.connect(self._said)
        self._said(None)

    def fill(self, now: Compared) -> None:
        """What is known of the rulebook in hand."""
        clear(self.about)
        about = now.about
        if now.which == DRAFT:
            self._line(t("Your changes"), t("Kept on this desk, until you propose them."))
        elif now.which == PROGRAM:
            self._line(
                t("The program's own"), t("An office that has adopted a rulebook keeps it; take over what you like.")
            )
        elif about:
            self._line(
                isolated(str(about["note"])),
                t("Proposed by {who}, {when}", who=about["by"], when=self._at(about["at"])),
            )
            if about.get("adopted_at"):
                said = t("Adopted by {who}, {when}", who=about["adopted_by"], when=self._at(about["adopted_at"]))
                self.about.addWidget(Label(said, 12, tone="text2", wrap=True))
            if now.which == TAKEN_BACK:
                who, at = about["taken_back_by"], self._at(about["taken_back_at"])
                gone = (
                    t("Withdrawn by {who}, {when}", who=who, when=at)
                    if who == about["by"]
                    else t("Declined by {who}, {when}", who=who, when=at)
                )
                self.about.addWidget(Label(gone, 12, tone="text2", wrap=True))
                self.about.addWidget(Label(isolated(str(about["why"])), 13, wrap=True))
            digest = Label(ltr(str(about["digest"])[:16]), 12, tone="text2")
            digest.setFont(theme.mono(12))
            self.about.addWidget(digest)
        if now.trouble:
            self.about.addSpacing(6)
            told = Label(isolated(now.trouble), 12, theme.MEDIUM, "block", wrap=True)
            row = line(self.about, gap=8)
            row.addLayout(beside(Icon("octagon-alert", 16, "block"), told))
            row.addWidget(told, 1)
        in_force = now.which == str(self.changes.present.now.summary.get("version"))
        self.go.setEnabled(bool(now.found) and not now.trouble and not in_force)

    def _line(self, title: str, under: str) -> None:
        self.about.addWidget(Label(title, 13, theme.BOLD, wrap=True))
        self.about.addWidget(Label(under, 12, tone="text2", wrap=True))

    def _at(self, ms: int) -> str:
        return f"{day(ms)} {clock(ms)} UTC"

    def _progress(self, done: int, of: int) -> None:
        if not self.changes.looking():
            return
        self.told.setText(
            t("Looking at message {n} of {of}", n=done + 1, of=of) if of else t("Getting the rules ready")
        )
        self.go.hide()
        self.halt.show()

    def _said(self, found: dict[str, Any] | None) -> None:
        self.halt.hide()
        self.go.show()
        rows = (
            []
            if found is None
            else [_row(one, new) for new, listed in ((True, found["new"]), (False, found["gone"])) for one in listed]
        )
        self.model.put([])
        self.model.put(rows)
        self.list.setVisible(bool(rows))
        self.rest.setVisible(not rows)
        if found is None:
            self.told.setText(t("See what it would newly find, and what it would find no longer."))
        else:
            n, new, gone = found["messages"], len(found["new"]), len(found["gone"])
            self.told.setText(
                t("Looked at {n}. Found now: {new}. Not found any more: {gone}.", n=n, new=new, gone=gone)
            )


def _row(one: dict[str, Any], new: bool) -> Row:
    level = LEVELS.get(one["level"], LEVELS["advise"])
    said = words.one_line(one["text"])
    where = SPLIT.join(
        str(one.get(k)) for k in ("message_id", "lang", "part", "attachment", "rule", "start", "end", "level")
    )
    return Row(
        where + SPLIT + ("+" if new else "-"), one["title"], words.quoted(said) if said else reason(one["message"]),
        "plus" if new else "minus", level.tone if new else "text2",
        third=t("Found now") if new else t("Not found any more"), third_right=words.code(one["rule"]),
    )  # fmt: skip
