"""A template while it is written: its texts, the slots that are found in them as one types, who releases it, for how long."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from g20desk.desk.settling import KINDS
from g20desk.desk.templates import USUAL_SLOT
from g20desk.office.emergency import MOST_SLOT, RELEASERS
from g20desk.office.template import SLOT
from g20desk.text import SPLIT, posts
from ui import theme
from ui.office.span_field import SpanField
from ui.office.templates_presenter import Listed
from ui.texts import LANGS, ROLES, comma, ltr, t
from ui.widgets.base import Label, clear, column, line
from ui.widgets.choice import choice
from ui.widgets.finding_editor import FindingEditor
from ui.widgets.form import Form, text_field
from ui.widgets.segments import Segments
from ui.widgets.ticks import Ticks

HOUR = 3_600_000


class TemplateForm(Form):
    """`changed`: it says something else now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.box.setContentsMargins(28, 18, 28, 24)
        self.filling, self.lang = False, "en"
        self.texts: dict[str, str] = {}
        self.most: dict[str, int] = {}
        self.slots: dict[str, QSpinBox] | None = None
        self.title = Label("", 15, theme.BOLD, wrap=True)
        self.box.addWidget(self.title)
        self.name, self.kind = (
            text_field(t("Name of the template")),
            choice(t("Kind"), [(one, t(one.capitalize())) for one in KINDS]),
        )
        self.add("name", t("Name of the template"), self.name)
        self.add("kind", t("Kind"), self.kind)
        holder = QWidget()
        both = column(holder, gap=8)
        self.langs = Segments(t("Language"), tuple((code, t(name), "") for code, name in LANGS))
        row = line(both)
        row.addWidget(self.langs)
        row.addStretch(1)
        self.text = FindingEditor(t("Text of the template"), 15)
        self.text.setProperty("boxed", True)
        self.text.grow(theme.px(96))
        both.addWidget(self.text)
        holder.setFocusProxy(self.text)
        self.add("text", t("Text"), holder, t("Words that are filled in later stand as {place}, in small letters; a line with only --- "
                                              "begins the next post.").replace("{place}", ltr("{place}")))  # fmt: skip
        self.slots_box = QWidget()
        self.slots_in = column(self.slots_box, gap=6)
        self.add("slots", t("Slots, and how many characters each takes at most"), self.slots_box)
        releasers = QWidget()
        pair = line(releasers, gap=8)
        self.roles = [
            choice(name, [(one, t(ROLES[one])) for one in RELEASERS])
            for name in (t("Who releases it"), t("And who besides"))
        ]
        for one in self.roles:
            pair.addWidget(one, 1)
        releasers.setFocusProxy(self.roles[0])
        self.add("roles", t("Two people release it together"), releasers)
        self.within = SpanField(t("How long they have"))
        self.add(
            "within", t("How long they have, and how long it may go out then"), self.within, t("A minute to a day.")
        )
        self.accounts_box = QWidget()
        self._accounts_in = column(self.accounts_box)
        self.accounts = Ticks(t("Accounts"), [])
        self._accounts_in.addWidget(self.accounts)
        self.add("accounts", t("Accounts"), self.accounts_box, t("None ticked: all official ones."))
        self.box.addStretch(1)
        self._listen()

    def _listen(self) -> None:
        self.name.textEdited.connect(self._told)
        self.text.textChanged.connect(self._typed)
        self.langs.chosen.connect(self.take)
        self.within.changed.connect(self._told)
        for box in (self.kind, *self.roles):
            box.currentIndexChanged.connect(self._told)

    def put(self, value: Mapping[str, Any], now: Listed, title: str) -> None:
        """A template as a file has it, or the beginning of one."""
        self.filling = True
        self.calm()
        self.title.setText(title)
        self.name.setText(str(value.get("name", "")))
        self.kind.setCurrentIndex(max(0, self.kind.findData(value.get("kind", "condolence"))))
        self.texts = {one["lang"]: SPLIT.join(one["parts"]) for one in value.get("text", ())}
        self.most = dict(value.get("slots", {}))
        for box, role in zip(self.roles, value.get("roles", ("head", "officer")), strict=True):
            box.setCurrentIndex(box.findData(role))
        from g20desk.desk.routes import duration

        self.within.put(duration(value["within"]) if "within" in value else HOUR)
        self._accounts_in.removeWidget(self.accounts)
        self.accounts.hide()
        self.accounts.deleteLater()
        self.accounts = Ticks(t("Accounts"), [(one, one) for one in now.accounts])
        self.accounts.put(value.get("accounts", ()))
        self.accounts.changed.connect(self._told)
        self._accounts_in.addWidget(self.accounts)
        self.slots = None
        self.take(next((code for code, _ in LANGS if code in self.texts), "en"))
        self._slots()
        self.filling = False

    def take(self, lang: str) -> None:
        """The text in that language."""
        was, self.filling = self.filling, True
        self.lang = lang
        self.langs.pick(lang)
        self._mark()
        self.text.set_language(lang)
        self.text.set_text(self.texts.get(lang, ""))
        self.filling = was

    def _mark(self) -> None:
        """A dot at each language that has a text."""
        for code, name in LANGS:
            part, has = self.langs.parts[code], bool(self.texts.get(code, "").strip())
            part.setText(t(name) + (" •" if has else ""))
            part.setAccessibleName(f"{t(name)}{comma()}{t('has a text') if has else t('no text yet')}")
            part.updateGeometry()

    def value(self) -> dict[str, Any]:
        """As a file has it."""
        used = self.used()
        order = [code for code, _ in LANGS]
        said = sorted((one for one in self.texts.items() if one[1].strip()), key=lambda one: order.index(one[0]))
        return {
            "name": self.name.text().strip(), "kind": self.kind.currentData(), "accounts": self.accounts.value(),
            "roles": [box.currentData() for box in self.roles], "within": self.within.value(),
            "slots": {name: self.most.get(name, USUAL_SLOT) for name in used},
            "text": [{"lang": lang, "parts": list(posts(text))} for lang, text in said],
        }  # fmt: skip

    def used(self) -> list[str]:
        """The slots that stand in the texts, in order."""
        return list(dict.fromkeys(name for text in self.texts.values() for name in SLOT.findall(text)))

    def _typed(self) -> None:
        if self.filling:
            return
        self.texts[self.lang] = self.text.toPlainText()
        self._mark()
        self._slots()
        self._told()

    def _slots(self) -> None:
        """A line for each slot that was found; those that are there stay as they are."""
        used = self.used()
        if self.slots is not None and used == list(self.slots):
            return
        clear(self.slots_in)
        self.slots = {}
        for name in used:
            row = line(self.slots_in, gap=8)
            said = Label(ltr(f"{{{name}}}"), 13, theme.MEDIUM)
            said.setMinimumWidth(theme.px(140))
            row.addWidget(said)
            most = QSpinBox()
            most.setRange(1, MOST_SLOT)
            most.setMinimumHeight(theme.px(32))
            most.lineEdit().setTextMargins(7, 0, 0, 0)
            most.setAccessibleName(t("Characters that {slot} takes at most", slot=name))
            most.setValue(self.most.get(name, USUAL_SLOT))
            most.valueChanged.connect(lambda n, name=name: self._set_most(name, n))
            self.slots[name] = most
            row.addWidget(most)
            row.addStretch(1)
        if not used:
            self.slots_in.addWidget(Label(t("None yet."), 12, tone="text2"))

    def _set_most(self, name: str, most: int) -> None:
        self.most[name] = most
        self._told()

    def _told(self, *_: object) -> None:
        if not self.filling:
            self.changed.emit()

    def show_why(self, why: str, words: str) -> None:
        """What stands in the way, at its field, with the focus there."""
        places = (("a name and a kind", "name"), ("slots that a text has", "text"), ("slot", "slots"), ("text", "text"),
                  ("as many posts", "text"), ("roles", "roles"), ("lasts", "within"), ("account", "accounts"))  # fmt: skip
        place = next((id for sign, id in places if sign in why), "name")
        self.calm()
        self.fields[place].tell(words)
        focus = self.fields[place].widget
        (focus if focus.focusPolicy() != Qt.FocusPolicy.NoFocus or focus.focusProxy() else self.name).setFocus(
            Qt.FocusReason.OtherFocusReason
        )
