"""A message from a template: a word for each slot in each language, the accounts that it goes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from g20desk.errors import Refused
from ui import theme
from ui.office.forms import OfficeForm
from ui.office.templates_presenter import Listed
from ui.texts import LANGS, RTL, comma, isolated, ltr, reason, t
from ui.widgets.base import Label, clear, column, line
from ui.widgets.form import text_field
from ui.widgets.ticks import Ticks


class FillForm(OfficeForm):
    """`wanted` carries the accounts and the slots per language; `typed` the slots, as one types."""

    wanted = Signal(object, object)
    typed = Signal(object)

    def __init__(self) -> None:
        super().__init__(t("New message from a template"), t("Make the message"),
                         t("Who fills it is its author, and not one of the two who release it."))  # fmt: skip
        self.words: dict[tuple[str, str], QLineEdit] = {}
        self.slots_box = QWidget()
        self.slots_in = column(self.slots_box, gap=8)
        self.add("slots", t("Words for its slots"), self.slots_box,
                 t("A name or a number; what is typed in the first language is taken for the others until they have their own."))  # fmt: skip
        self.accounts_box = QWidget()
        self._accounts_in = column(self.accounts_box)
        self.accounts = Ticks(t("Accounts"), [])
        self._accounts_in.addWidget(self.accounts)
        self.add("to", t("Goes to"), self.accounts_box)
        self.close_up()

    def put(self, row: Mapping[str, Any], now: Listed) -> None:
        """For that template; nothing filled yet."""
        self.calm()
        self.title.setText(t("New message from {name}", name=isolated(row["name"])))
        clear(self.slots_in)
        self.words = {}
        order = [code for code, _ in LANGS]
        langs = sorted(row["texts"], key=lambda one: order.index(one) if one in order else len(order))
        for lang in langs if row["slots"] else ():
            name = t(dict(LANGS).get(lang, lang))
            if len(langs) > 1:
                self.slots_in.addWidget(Label(name, 12, theme.MEDIUM, "text2"))
            for slot, most in row["slots"].items():
                self._slot(lang, name, slot, most)
        if not row["slots"]:
            self.slots_in.addWidget(Label(t("It has none."), 12, tone="text2"))
        self._accounts_in.removeWidget(self.accounts)
        self.accounts.hide()
        self.accounts.deleteLater()
        names = row["accounts"] or now.official
        self.accounts = Ticks(t("Accounts"), [(one, one) for one in names])
        self.accounts.put([one for one in names if set(now.langs.get(one, ())) <= set(row["texts"])])
        self._accounts_in.addWidget(self.accounts)

    def _slot(self, lang: str, name: str, slot: str, most: int) -> None:
        row = line(self.slots_in, gap=8)
        said = Label(ltr(f"{{{slot}}}"), 13, theme.MEDIUM)
        said.setMinimumWidth(theme.px(110))
        row.addWidget(said)
        field = text_field(f"{slot}{comma()}{name}")
        field.setMaxLength(most)
        field.setLayoutDirection(Qt.LayoutDirection.RightToLeft if lang in RTL else Qt.LayoutDirection.LeftToRight)
        field.textEdited.connect(lambda words: self._edited(lang, slot, words))
        field.returnPressed.connect(self.send)
        row.addWidget(field, 1)
        self.words[lang, slot] = field

    def _edited(self, lang: str, slot: str, words: str) -> None:
        first = next(iter(self.words))[0]
        self.words[lang, slot].setProperty("own", True)
        if lang == first:
            for (other, name), field in self.words.items():
                if other != first and name == slot and not field.property("own"):
                    field.setText(words)
        self.calm()
        self.typed.emit(self.slots())

    def slots(self) -> dict[str, dict[str, str]]:
        """What stands in them, per language."""
        made: dict[str, dict[str, str]] = {}
        for (lang, slot), field in self.words.items():
            made.setdefault(lang, {})[slot] = field.text().strip()
        return made

    def first(self) -> QWidget:
        """The first slot."""
        return next(iter(self.words.values()), self.go)

    def judge(self, made: Mapping[str, object]) -> None:
        """The message can be made once every text can."""
        wrong = [one for one in made.values() if isinstance(one, Refused)]
        empty = any(not field.text().strip() for field in self.words.values())
        self.fields["slots"].tell(reason(wrong[0].message) if wrong and not empty else "")
        self.go.setEnabled(not wrong)

    def send(self) -> None:
        """To the accounts that are ticked."""
        if not self.accounts.value():
            self.refuse("to", t("Choose where it goes"))
        elif self.go.isEnabled():
            self.wanted.emit(tuple(self.accounts.value()), self.slots())
