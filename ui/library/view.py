"""The library: sets at the start, what is agreed in them beside; files taken in and given out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from g20desk.office.library import LINE
from ui import actions, theme
from ui.bus import Ctx
from ui.composer.agreed_view import ICONS, origin
from ui.library.presenter import ALL, LibraryPresenter, Shown
from ui.record.carrying import ask_where, ask_which
from ui.rows import Row, RowModel
from ui.screen import Screen
from ui.texts import comma, isolated, ltr, reason, t, tip
from ui.widgets.base import Label, clear, column, line, panel, rule
from ui.widgets.button import KeyButton
from ui.widgets.rowlist import RowList
from ui.widgets.sign_bar import SignBar

ROW_OF_ALL = "all"


class LibraryView(Screen):
    """What can't be done says why, beside its button."""

    scope = "library"
    from_start = True

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = LibraryPresenter(ctx), ctx
        super().__init__(ctx, self.present, t("Library"))
        self.take = KeyButton(t("Take in a file"), actions.keys("take-file", "library"), "folder-input", "main")
        self.take.clicked.connect(self._take)
        self.save = KeyButton(t("Save as a file"), actions.keys("save-file", "library"), "download", "quiet")
        self.save.clicked.connect(self._save)
        self.header.add(self.save)
        self.header.add(self.take)
        outer = column(self.body)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        self.end = panel("surface", "end")
        self.end.setFixedWidth(theme.px(288))
        self.model = RowModel(self)
        self.sets = RowList(self.model, t("Sets of agreed language"), narrow=True)
        column(self.end, (0, 0, 1, 0)).addWidget(self.sets)
        row.addWidget(self.end)
        self.work = QWidget()
        self._work(column(self.work))
        row.addWidget(self.work, 1)
        self.bar = SignBar()
        outer.addWidget(self.bar)
        self.present.showed.connect(self._showed)
        self.present.looked.connect(self._looked)
        self.present.done.connect(self._done)
        self.sets.picked.connect(lambda id: self.present.pick(ALL if id == ROW_OF_ALL else id))
        self.list.opened.connect(self._opened)
        self.bind({"take-file": self._take, "save-file": self._save, "adopt": self._adopt, "withdraw": self._withdraw})

    def _work(self, layout: Any) -> None:
        head = QWidget()
        self.head = column(head, (28, 16, 28, 8), 8)
        layout.addWidget(head)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(t("Search what is agreed") + "   " + actions.keys("filter"))
        self.filter.setAccessibleName(t("Search what is agreed"))
        self.filter.setMinimumHeight(theme.px(32))
        self.filter.textChanged.connect(self.present.look_for)
        line(layout, (28, 0, 28, 10)).addWidget(self.filter)
        layout.addWidget(rule())
        self.rows = RowModel(self)
        self.list = RowList(self.rows, t("Agreed wording"))
        self.nothing = Label(t("Nothing agreed says that."), 13, tone="text2")
        self.nothing.setContentsMargins(28, 16, 28, 16)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list, 1)

    def first(self) -> QWidget:
        """The field that is searched with."""
        return self.filter

    def regions(self) -> list[QWidget]:
        """Sets, what is in them, what is asked."""
        return [self.end, self.work, self.bar]

    def open(self, id: str) -> None:
        """That set."""
        self.present.pick(id)

    def back(self) -> bool:
        """The question, then the words that are looked for."""
        if self.bar.isVisible():
            self.bar.close_bar()
        elif self.filter.text():
            self.filter.clear()
        else:
            return False
        return True

    def _showed(self, shown: Shown) -> None:
        rows = [Row(ROW_OF_ALL, t("All that is agreed"), t("Lines, declarations, adopted sets"), "landmark", "text2")]
        rows += [_row(one) for one in shown.sets.values()]
        self.sets.fill(rows, shown.id or ROW_OF_ALL)
        self.take.setEnabled(not shown.propose)
        self.take.setToolTip(tip(reason(shown.propose)))
        self.list.fill(
            [Row(str(n), isolated(" ".join(one.text.split())), f"{ltr(one.lang.upper())} · {origin(one)}", ICONS.get(one.kind, "landmark"), "lockText")
             for n, one in enumerate(shown.entries)], self.list.current_id(),
        )  # fmt: skip
        self.list.setVisible(bool(shown.entries))
        self.nothing.setVisible(not shown.entries)
        self._heading(shown.sets.get(shown.id))

    def _heading(self, one: dict[str, Any] | None) -> None:
        clear(self.head)
        if one is None:
            self.head.addWidget(
                Label(t("What the composer offers, marks and translates by."), 13, tone="text2", wrap=True)
            )
            return
        self.head.addWidget(Label(isolated(one["name"]), 20, theme.BOLD, wrap=True))
        self.head.addWidget(Label(isolated(one["note"]), 13, wrap=True))
        who = [t("Proposed by {name}", name=isolated(one["by"]))]
        who += [t("adopted by {name}", name=isolated(one["adopted_by"]))] if one["adopted_by"] else []
        self.head.addWidget(Label(comma().join(who), 12, tone="text2", wrap=True))
        row = line(self.head)
        if not one["adopted_by"]:
            self._button(row, "adopt", t("Adopt"), "stamp", "main", one["can"]["adopt"], self._adopt)
        words = t("Take it out of the library") if one["adopted_by"] else t("Take it off the table")
        self._button(row, "withdraw", words, "undo-2", "plain", one["can"]["withdraw"], self._withdraw)
        why = one["can"]["withdraw" if one["adopted_by"] else "adopt"]
        row.addWidget(Label(reason(why), 12, tone="text2", wrap=True), 1)

    def _button(self, row: Any, id: str, words: str, icon: str, kind: str, why: str, run: Any) -> None:
        made = KeyButton(words, actions.keys(id, "library"), icon, kind)
        made.setEnabled(not why)
        made.setAccessibleDescription(reason(why) or made.key)
        made.clicked.connect(lambda: run())
        row.addWidget(made)

    def _opened(self, number: str) -> None:
        entry = self.present.now.entries[int(number)]
        if entry.kind == LINE:
            self.ctx.go("one-voice", entry.of)

    # -- acts

    def _take(self) -> None:
        if self.present.now.propose:
            self.notice.say(reason(self.present.now.propose))
        else:
            ask_which(self, t("Take in a file"), self.present.look)

    def _looked(self, file: Path, found: dict[str, int]) -> None:
        """Nothing is signed before one has read what it would bring."""
        self.bar.confirm(
            "folder-input", t("Propose “{name}” as agreed language?", name=isolated(file.stem)),
            f"{_new(found)} {t('A second person adopts it, the head among the two.')}",
            t("Propose"), lambda why: self.present.propose(file, why), t("Where it was agreed, in one sentence"), True,
        )  # fmt: skip

    def _picked(self) -> dict[str, Any]:
        return self.present.now.sets.get(self.present.now.id, {})

    def _adopt(self) -> None:
        one = self._picked()
        if one and not one["adopted_by"] and not self._told(one["can"]["adopt"]):
            self.bar.confirm("stamp", t("Adopt “{name}” as agreed language?", name=isolated(one["name"])),
                             t("From then on the composer offers it, marks it and translates by it."), t("Adopt"),
                             lambda _: self.present.adopt(one["id"]))  # fmt: skip

    def _withdraw(self) -> None:
        one = self._picked()
        if one and not self._told(one["can"]["withdraw"]):
            name = isolated(one["name"])
            out, off = t("Take “{name}” out of the library?", name=name), t("Take “{name}” off the table?", name=name)
            self.bar.confirm("undo-2", out if one["adopted_by"] else off, "", t("Take it out"),
                             lambda why: self.present.withdraw(one["id"], why), t("Why, in one sentence"), True)  # fmt: skip

    def _told(self, why: str) -> bool:
        if why:
            self.notice.say(reason(why))
        return bool(why)

    def _save(self) -> None:
        ask_where(self, t("Save what is agreed, as .tmx or .tsv"), "agreed.tmx", self.present.export)

    def _done(self, what: str, count: int) -> None:
        said = {
            "propose": t("Proposed. A second person adopts it."), "adopt": t("It is in the library."),
            "withdraw": t("It is taken out."), "export": t("Written: {n} texts", n=count),
        }  # fmt: skip
        self.notice.say(said[what], tone="ok")
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)


def _row(one: dict[str, Any]) -> Row:
    """A set in the list."""
    count = t("Its wording is not on this desk") if one["texts"] is None else _texts(one["texts"])
    if one["adopted_by"]:
        return Row(one["id"], isolated(one["name"]), count, "circle-check", "ok", third=t("Adopted"))
    return Row(one["id"], isolated(one["name"]), count, "hourglass", "warn", third=t("Waits for a second person"))


def _texts(count: int) -> str:
    return t("1 text") if count == 1 else t("{n} texts", n=count)


def _new(found: dict[str, int]) -> str:
    """What a file would bring."""
    if found["new"] == 1:
        return t("1 text is new, {known} are in the library.", known=found["known"])
    return t("{new} texts are new, {known} are in the library.", **found)
