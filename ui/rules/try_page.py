"""A text tried: written at the top, what was found under it, each finding with its reason and the way to its rule."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QVBoxLayout, QWidget

from g20desk.rulebook.examples import SPLIT
from ui import theme
from ui.rules import words
from ui.rules.trial import IN_FORCE, MINE, NETWORKS, PROPOSED, Trial, Tried
from ui.texts import LANGS, LEVELS, comma, isolated, ltr, reason, t
from ui.texts import NETWORKS as NAMES
from ui.widgets.base import Icon, Label, clear, column, dress, line, rule, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.choice import choice
from ui.widgets.finding_editor import FindingEditor


class RuleLink(KeyButton):
    """A rule's id; whoever comes to it by key sees the rule beside."""

    looked = Signal()

    def __init__(self, rule: str) -> None:
        super().__init__(ltr(rule), kind="link", small=True)
        self.setAccessibleName(t("Open the rule {rule}", rule=rule))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Here it is."""
        super().focusInEvent(event)
        self.looked.emit()


class Found(QWidget):
    """One finding: what, why, where, its rule and its fix."""

    def __init__(self, one: dict[str, Any], of: int) -> None:
        super().__init__()
        dress(self, "surface", "bottom")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = line(self, (24, 9, 24, 9), 12)
        level = LEVELS.get(one["level"], LEVELS["advise"])
        said = words.one_line(one["text"])
        title = Label(words.quoted(said) if 0 < len(said) <= 60 else t(level.word), 13, theme.BOLD, wrap=True)
        side = QVBoxLayout()
        side.setContentsMargins(0, theme.px(5), 0, 0)
        side.addWidget(Icon(level.icon, 16, level.tone))
        side.addStretch(1)
        row.addLayout(side)
        told = QVBoxLayout()
        told.setSpacing(2)
        head = line(told, gap=8)
        head.addWidget(title)
        self.rule = RuleLink(one["rule"])
        head.addWidget(self.rule)
        if 0 < len(said) <= 60:
            head.addWidget(Label(t(level.word), 12, theme.MEDIUM, level.tone))
        if 0 < len(one["networks"]) < of:
            head.addWidget(Label(comma().join(NAMES.get(n, n) for n in one["networks"]), 12, tone="text2"))
        head.addStretch(1)
        told.addWidget(Label(isolated(reason(one["message"])), 12, tone="text2", wrap=True))
        row.addLayout(told, 1)
        self.fix: KeyButton | None = None
        if one.get("suggestion") is not None:
            fix = one["suggestion"]
            self.fix = KeyButton(t("Use “{words}”", words=fix) if fix else t("Remove it"), small=True)
            row.addWidget(self.fix)


class TryPage(QWidget):
    """Tells which rule is wanted; signs nothing, keeps nothing."""

    rule = Signal(str)
    picked = Signal(str)

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self.trial = trial
        inner = QWidget()
        column(self).addWidget(scrolled(inner))
        self.work = column(inner)
        self._head()
        self.editor = FindingEditor(t("A text to try"))
        self.editor.setPlaceholderText(
            t("Type or paste a text. A line with only --- starts the next post of a thread.")
        )
        self.editor.grow(theme.px(180))
        self.editor.textChanged.connect(lambda: trial.put(text=self.editor.toPlainText()))
        box = QVBoxLayout()
        box.setContentsMargins(24, 14, 24, 8)
        box.addWidget(self.editor)
        self._counts(box)
        self.work.addLayout(box)
        self.work.addWidget(rule())
        head = line(self.work, (24, 9, 24, 7))
        head.addWidget(Label(t("Findings"), 13, theme.BOLD))
        self.count = Label("", 13, theme.MEDIUM, "text2")
        head.addWidget(self.count)
        head.addStretch(1)
        self.found = QVBoxLayout()
        self.found.setSpacing(0)
        self.work.addLayout(self.found)
        self.work.addStretch(1)
        self.shown = Tried()
        trial.answered.connect(self.fill)
        theme.watch.changed.connect(self._again)
        self.fill(self.shown)

    def _head(self) -> None:
        self.lang = choice(t("Language"), [(code, t(name)) for code, name in LANGS])
        self.kind = choice(t("Kind"), [(code, t(code.capitalize())) for code in words.MESSAGES])
        self.what = choice(t("What it is"), [(False, t("A post or thread")), (True, t("An alt text"))])
        sources = ((IN_FORCE, t("Rules in force")), (MINE, t("With your changes")), (PROPOSED, t("As proposed")))
        self.source = choice(t("Which rules"), sources)
        row = line(self.work, (24, 14, 24, 6), 10)
        for box, key in ((self.lang, "lang"), (self.kind, "kind"), (self.what, "alt"), (self.source, "source")):
            box.activated.connect(lambda at, box=box, key=key: self._asks(**{key: box.itemData(at)}))
            row.addWidget(box)
        row.addStretch(1)
        self.trouble = Label("", 12, theme.MEDIUM, "block", wrap=True)
        self.trouble.setContentsMargins(24, 0, 24, 4)
        self.trouble.hide()
        self.work.addWidget(self.trouble)

    def _counts(self, layout: QVBoxLayout) -> None:
        """Each network that is asked, and how much it takes."""
        row = line(layout, gap=6)
        self.networks: dict[str, QCheckBox] = {}
        self.lengths: dict[str, Label] = {}
        for code in NETWORKS:
            box = self.networks[code] = QCheckBox(NAMES[code])
            box.setAccessibleName(NAMES[code])
            box.setFont(theme.font(12))
            box.setChecked(True)
            box.toggled.connect(lambda _: self._network())
            row.addWidget(box)
            self.lengths[code] = Label("", 12, tone="text2")
            row.addWidget(self.lengths[code])
            row.addSpacing(12)
        row.addStretch(1)

    def put(self, text: str, lang: str, kind: str, source: str, alt: bool = False) -> None:
        """Try this."""
        self.lang.setCurrentIndex(max(0, self.lang.findData(lang)))
        self.kind.setCurrentIndex(max(0, self.kind.findData(kind)))
        self.what.setCurrentIndex(int(alt))
        self.source.setCurrentIndex(max(0, self.source.findData(source)))
        self.editor.blockSignals(True)
        self.editor.set_language(lang)
        self.editor.set_text(text)
        self.editor.blockSignals(False)
        self.trial.put(text=text, lang=lang, kind=kind, source=source, alt=alt)
        self.trial.ask()

    def example(self, entry: Any) -> None:
        """Try a rule's own bad example, as it reads with one's changes."""
        row = entry.row
        text = next(iter(row["bad"]), "")
        text = text.replace(SPLIT, "\n---\n") if row["scope"] == "thread" else text
        lang, kind = next(iter(row["lang"]), "en"), next(iter(row["kinds"]), "news")
        self.put(text, lang, kind, MINE if entry.changed else IN_FORCE, row["scope"] == "alt")

    def offer(self, mine: bool, proposed: bool) -> None:
        """Which rules there are to try with."""
        for code, there in ((MINE, mine), (PROPOSED, proposed)):
            item = self.source.model().item(self.source.findData(code))  # type: ignore[attr-defined]
            item.setEnabled(there)
        if not self.source.model().item(self.source.currentIndex()).isEnabled():  # type: ignore[attr-defined]
            self.source.setCurrentIndex(0)
            self._asks(source=IN_FORCE)
        elif self.trial.asked.source != IN_FORCE and self.trial.asked.text:
            self.trial.put()

    def _asks(self, **asked: Any) -> None:
        if "lang" in asked:
            self.editor.set_language(asked["lang"])
        self.trial.put(**asked)

    def _network(self) -> None:
        ticked = tuple(code for code, box in self.networks.items() if box.isChecked())
        self.trial.put(networks=ticked or NETWORKS[:1])

    def fill(self, shown: Tried) -> None:
        """What was found."""
        self.shown = shown
        if shown.asked.text == self.editor.toPlainText():
            self.editor.mark(shown.findings)
        held = self.window().focusWidget()
        inside = held is not None and self.isAncestorOf(held) and held.parent() in self.findChildren(Found)
        clear(self.found)
        self.trouble.setText(isolated(shown.trouble))
        self.trouble.setVisible(bool(shown.trouble))
        for code, label in self.lengths.items():
            count, limit = shown.lengths.get(code, (0, 0))
            label.setText(ltr(f"{count} / {limit}") if limit else "")
            label.set_tone("block" if count > limit else "text2")
        self.count.setText(str(len(shown.findings)) if shown.asked.text.strip() else "")
        for one in shown.findings:
            self.found.addWidget(self._found(one, len(shown.asked.networks)))
        if not shown.findings:
            said = t("No findings.") if shown.asked.text.strip() else t("Findings appear as you write.")
            quiet = Label(said, 12, tone="text2")
            quiet.setContentsMargins(24, 0, 24, 10)
            self.found.addWidget(quiet)
        if inside:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.picked.emit(self.rule_in_front())

    def _again(self) -> None:
        self.fill(self.shown)

    def rule_in_front(self) -> str:
        """The rule of the first finding."""
        return next((str(one["rule"]) for one in self.shown.findings), "")

    def _found(self, one: dict[str, Any], of: int) -> Found:
        made = Found(one, of)
        made.rule.clicked.connect(lambda: self.rule.emit(one["rule"]))
        made.rule.looked.connect(lambda: self.picked.emit(one["rule"]))
        if made.fix is not None:
            made.fix.clicked.connect(lambda: self.editor.replace(one["start"], one["end"], one["suggestion"]))
        return made
