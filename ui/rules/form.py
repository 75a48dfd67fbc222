"""A rule written: every key of it, its examples running live. Each change is told at once; there is no button to save."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSpinBox, QWidget

from g20desk.rulebook.kinds import TESTS
from ui import theme
from ui.rules import words
from ui.rules.fields import Examples, Lines
from ui.rules.presenter import Shown
from ui.texts import LANGS, LEVELS, ltr, t
from ui.widgets.base import Label, column, line, rule
from ui.widgets.choice import choice
from ui.widgets.form import Field, text_field
from ui.widgets.ticks import Ticks

COUNTED = ("metric", "structure", "registry", "parity", "locked")
SWITCHES = {"quoted": False, "agreed": True, "linked": True}
PATTERNS = ("before", "after", "sentence", "text")


class RuleForm(QWidget):
    """`written` carries the rule as it reads now."""

    written = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.row: dict[str, Any] = {}
        self.filling = False
        self.fields: dict[str, Field] = {}
        self.box = column(self, (28, 18, 28, 18), 12)
        head = line(self.box, gap=16)
        self.title = Label("", 15, theme.BOLD)
        head.addWidget(self.title)
        head.addStretch(1)
        self.on = self._box(t("Switched on"))
        head.addWidget(self.on)
        self._about()
        self._looks_for()
        self._examples()
        self.box.addWidget(rule())
        self._where()
        self.box.addWidget(rule())
        self._except()
        self.box.addWidget(rule())
        self._origin()
        self.box.addStretch(1)

    def first(self) -> QWidget:
        """Where writing begins."""
        return self.why

    # -- parts

    def _field(self, key: str, widget: QWidget, hint: str = "", name: str = "") -> Field:
        made = Field(name or t(words.KEYS[key]), widget, hint)
        self.fields[key] = made
        return made

    def _line(self, *fields: QWidget) -> QHBoxLayout:
        row = line(self.box, gap=16)
        for field in fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        return row

    def _about(self) -> None:
        self.why = text_field(t("Why"))
        self.why.textEdited.connect(self._told)
        self.box.addWidget(self._field("why", self.why, t("One sentence, for whoever writes.")))
        self.level = choice(t("How serious"), [(code, t(look.word)) for code, look in LEVELS.items()])
        self.kind = choice(t("Kind of rule"), [(code, t(said)) for code, said in words.KINDS.items()])
        self.scope = choice(t("Looks at"), [(code, t(said)) for code, said in words.SCOPES.items()])
        self._line(*(self._field(key, getattr(self, key)) for key in ("level", "kind", "scope")))
        for one in (self.level, self.kind, self.scope):
            one.currentIndexChanged.connect(self._told)

    def _box(self, said: str) -> QCheckBox:
        made = QCheckBox(said)
        made.setAccessibleName(said)
        made.setMinimumHeight(theme.px(32))
        made.toggled.connect(self._told)
        return made

    def _looks_for(self) -> None:
        self.test = choice(t("Looks for"), [(name, words.looks_for(name)) for name in sorted(TESTS)])
        self.test.setSizeAdjustPolicy(self.test.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.test.setMinimumContentsLength(24)
        self.test.currentIndexChanged.connect(self._told)
        self.most, self.least = (self._number(t(words.KEYS[key])) for key in ("most", "least"))
        self._line(self._field("test", self.test), self._field("most", self.most), self._field("least", self.least))
        self.not_this, self.say_this = Lines(t("Not this")), Lines(t("Say this"))
        for one in (self.not_this, self.say_this):
            one.textChanged.connect(self._told)
        self._line(self._field("not_this", self.not_this), self._field("say_this", self.say_this))
        self.fix = text_field(t("Put in its place"))
        self.fix.setFont(theme.mono(12))
        self.fix.textEdited.connect(self._told)
        self.fixes = self._box(t("Offers a fix"))
        self._line(self._field("fixes", self.fixes, name=" "), self._field("fix", self.fix))
        self.case = choice(t("Capitals"), [(code, t(said)) for code, said in words.CASES.items()])
        self.where = choice(t("Where"), [(code, t(said)) for code, said in words.PLACES.items()])
        self.article = self._box(t("With “the” before it"))
        self._line(
            self._field("case", self.case),
            self._field("where", self.where),
            self._field("article", self.article, name=" "),
        )
        for choice_ in (self.case, self.where):
            choice_.currentIndexChanged.connect(self._told)

    def _number(self, name: str) -> QSpinBox:
        made = QSpinBox()
        made.setRange(0, 10_000)
        made.setAccessibleName(name)
        made.setMinimumHeight(theme.px(32))
        made.valueChanged.connect(self._told)
        return made

    def _examples(self) -> None:
        self.examples: dict[bool, Examples] = {}
        for bad in (True, False):
            self.examples[bad] = Examples(bad)
            self.examples[bad].changed.connect(self._told)
            name = t("Bad examples: the rule must find them") if bad else t("Good examples: it must leave them alone")
            self.box.addWidget(self._field("bad" if bad else "good", self.examples[bad], name=name))

    def _where(self) -> None:
        self.lang = Ticks(t("Languages"), [(code, t(name)) for code, name in LANGS])
        self.kinds = Ticks(t("Kinds of message"), [(code, t(code.capitalize())) for code in words.MESSAGES])
        for ticks in (self.lang, self.kinds):
            ticks.changed.connect(self._told)
        for key, ticks in (("lang", self.lang), ("kinds", self.kinds)):
            self.box.addWidget(self._field(key, ticks, t("None ticked: all.")))

    def _except(self) -> None:
        self.switches: dict[str, QCheckBox] = {}
        grid = QWidget()
        layout = QGridLayout(grid)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(0)
        for n, key in enumerate(SWITCHES):
            box = QCheckBox(t(words.EXCEPT[key]))
            box.setAccessibleName(f"{t('Except')}: {t(words.EXCEPT[key])}")
            box.toggled.connect(self._told)
            self.switches[key] = box
            layout.addWidget(box, n // 2, n % 2)
        layout.setColumnStretch(2, 1)
        self.box.addWidget(self._field("except_when", grid, name=t("Says nothing")))
        self.phrases = Lines(t(words.EXCEPT["phrases"]))
        self.phrases.textChanged.connect(self._told)
        self.box.addWidget(self._field("phrases", self.phrases, name=t(words.EXCEPT["phrases"])))
        self.patterns = {key: text_field(t(words.EXCEPT[key])) for key in PATTERNS}
        for key, field in self.patterns.items():
            field.setFont(theme.mono(12))
            field.textEdited.connect(self._told)
            self._field(key, field, name=t("{what} (a pattern)", what=t(words.EXCEPT[key])))
        for pair in (PATTERNS[:2], PATTERNS[2:]):
            self._line(*(self.fields[key] for key in pair))

    def _origin(self) -> None:
        self.source, self.owner, self.until = (
            text_field(t("Source")),
            text_field(t("Owner")),
            text_field(t("Valid until")),
        )
        self.until.setPlaceholderText("2027-12-31")
        self.principle = choice(t("Principle"), [(n, str(n)) for n in range(1, 16)])
        self.principle.currentIndexChanged.connect(self._told)
        for field in (self.source, self.owner, self.until):
            field.textEdited.connect(self._told)
        self.box.addWidget(self._field("source", self.source, t("Where it comes from, or “office practice”.")))
        self._line(self._field("principle", self.principle), self._field("owner", self.owner, t("Who answers for it.")),
                   self._field("valid_until", self.until, t("The last day that it holds; empty for ever.")))  # fmt: skip

    # -- the rule

    def principles(self, titles: Mapping[int, str]) -> None:
        """The code's principles by name."""
        for n in range(self.principle.count()):
            number = self.principle.itemData(n)
            self.principle.setItemText(n, f"{number}. {titles[number]}" if number in titles else str(number))

    def fill(self, id: str, row: Mapping[str, Any]) -> None:
        """Write on this rule."""
        self.filling, self.row = True, dict(row)
        self.title.setText(ltr(id))
        for key, field in (
            ("why", self.why),
            ("source", self.source),
            ("owner", self.owner),
            ("valid_until", self.until),
        ):
            if field.text() != row[key]:
                field.setText(str(row[key]))
                field.setCursorPosition(0)
        for key in ("level", "kind", "case", "where", "scope", "principle", "test"):
            box = getattr(self, key)
            box.setCurrentIndex(max(0, box.findData(row[key])))
        for key in ("on", "article"):
            getattr(self, key).setChecked(bool(row[key]))
        for key in ("most", "least"):
            getattr(self, key).setValue(int(row[key]))
        self.not_this.put(row["not_this"])
        self.say_this.put(row["say_this"])
        self.fixes.setChecked(row["fix"] is not None)
        self.fix.setText(row["fix"] or "")
        self.lang.put(row["lang"])
        self.kinds.put(row["kinds"])
        excuses = row["except_when"]
        for key, usual in SWITCHES.items():
            self.switches[key].setChecked(bool(excuses.get(key, usual)))
        self.phrases.put(excuses.get("phrases", []))
        for key, field in self.patterns.items():
            field.setText(excuses.get(key, ""))
        for bad, examples in self.examples.items():
            examples.put(row["bad" if bad else "good"], next(iter(row["lang"]), "en"))
        self._shape()
        self.filling = False

    def value(self) -> dict[str, Any]:
        """The rule as it is written; what its kind has no use for stays as it was."""
        kind, counted = self.kind.currentData(), self.kind.currentData() in COUNTED
        made = {
            "kind": kind, "level": self.level.currentData(), "why": self.why.text().strip(), "on": self.on.isChecked(),
            "scope": self.scope.currentData(), "kinds": self.kinds.value(), "lang": self.lang.value(),
            "not_this": self.not_this.lines(), "say_this": self.say_this.lines(),
            "fix": self.fix.text() if kind == "pattern" and self.fixes.isChecked() else None,
            "test": self.test.currentData() if counted else "", "most": self.most.value() if counted else 0,
            "least": self.least.value() if counted else 0, "where": self.where.currentData(),
            "case": self.case.currentData(), "article": self.article.isChecked(), "except_when": self._excuses(),
            "source": self.source.text().strip(), "principle": self.principle.currentData(),
            "owner": self.owner.text().strip(), "valid_until": self.until.text().strip(),
            "bad": self.examples[True].value(), "good": self.examples[False].value(),
        }  # fmt: skip
        return {**self.row, **made}

    def _excuses(self) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for key, usual in SWITCHES.items():
            if self.switches[key].isChecked() != usual:
                made[key] = not usual
        if phrases := self.phrases.lines():
            made["phrases"] = phrases
        return made | {key: field.text() for key, field in self.patterns.items() if field.text()}

    def judge(self, shown: Shown) -> None:
        """What the rule says of its examples."""
        for examples in self.examples.values():
            examples.judge(shown.examples, shown.entry.row["scope"], shown.entry.row["level"])

    def _told(self, *_: object) -> None:
        if self.filling:
            return
        value = self.value()
        self._shape()
        if value != self.row:
            self.row = value
            self.written.emit(value)

    def _shape(self) -> None:
        """Only what this kind of rule has is shown."""
        kind = self.kind.currentData()
        counted, pattern = kind in COUNTED, kind == "pattern"
        for key, on in (("test", counted), ("most", counted), ("least", counted), ("fixes", pattern), ("case", not counted),
                        ("article", kind == "substitution"), ("fix", pattern and self.fixes.isChecked())):  # fmt: skip
            self.fields[key].setVisible(on)
        hints = {
            "pattern": t("A pattern a line; every repeat has an upper bound."),
            "substitution": t("A wording a line."),
        }
        usual = t("Words, where it asks for some.") if counted else t("A phrase a line; * is the rest of a word.")
        self.fields["not_this"].set_hint(hints.get(kind, usual))
        say = t("One for all, or one for each line.") if kind == "substitution" else t("A hint, in words.")
        self.fields["say_this"].set_hint(say)
        self.not_this.set_mono(pattern)
        split = self.scope.currentData() in ("thread", "pair")
        self.fields["bad"].set_hint(
            t("||| stands between posts or languages; a language begins with its code: fr: …") if split else ""
        )
