"""The end panel beside a rule: what it is for, where it comes from, and the way to its principle."""

from __future__ import annotations

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.rules import words
from ui.rules.presenter import Shown, Standing
from ui.texts import LEVELS, day, isolated, ltr, t
from ui.widgets.base import Icon, Label, clear, column, line
from ui.widgets.button import KeyButton
from ui.widgets.link import Link

ADDRESS = re.compile(r"https?://\S+")


class RuleSide(QWidget):
    """Made anew for each rule. `named`: the rule's own words stand here too, where no page of it is in front."""

    principle = Signal(int)
    rule = Signal(str)

    def __init__(self, named: bool = False) -> None:
        super().__init__()
        self.named = named
        self.work = column(self, (20, 20, 20, 16), 3)

    def empty(self, said: str) -> None:
        """No rule."""
        clear(self.work)
        self.work.addWidget(Label(said, 12, tone="text2", wrap=True))
        self.work.addStretch(1)

    def fill(self, shown: Shown, now: Standing) -> None:
        """Show it."""
        clear(self.work)
        entry, row = shown.entry, shown.entry.row
        if self.named:
            self._named(shown)
        level = LEVELS.get(str(row["level"]), LEVELS["advise"])
        stops = {"block": t("Stops submission, unless a reason is given"), "warn": t("Is looked at before it goes out"),
                 "advise": t("Is advice")}  # fmt: skip
        self._fact(t("How serious"), t(level.word), stops.get(str(row["level"]), ""))
        self._fact(t("Family"), words.family(entry.family), ltr(entry.family))
        self._fact(t("Kind of rule"), *words.said("kind", row["kind"]))
        where = words.said("scope", row["scope"])[0]
        self._fact(t("Looks at"), where, words.said("where", row["where"])[0] if row["where"] != "anywhere" else "")
        if row["kind"] in ("substitution", "phrase", "pattern"):
            self._fact(t("Capitals"), *words.said("case", row["case"]))
        self._fact(t("Languages"), words.languages(row["lang"]))
        self._fact(t("Kinds of message"), words.kinds(row["kinds"]))
        self._principle(int(row["principle"]), shown.principle)
        self._source(str(row["source"]))
        self._fact(t("Owner"), isolated(str(row["owner"])))
        if row["valid_until"]:
            self._fact(t("Valid until"), ltr(str(row["valid_until"])))
        self._since(shown, now)
        self._fact(t("File"), ltr(shown.file.removeprefix("rulebooks/")))
        self.work.addStretch(1)

    def _named(self, shown: Shown) -> None:
        row = shown.entry.row
        level = LEVELS.get(str(row["level"]), LEVELS["advise"])
        head = line(self.work, gap=8)
        head.addWidget(Icon(level.icon, 16, level.tone))
        head.addWidget(Label(ltr(shown.entry.id), 13, theme.MEDIUM, "text2"))
        head.addStretch(1)
        self.work.addWidget(Label(isolated(str(row["why"])), 13, theme.BOLD, wrap=True))
        go = KeyButton(t("Open the rule"), icon="arrow-right", kind="link", small=True)
        go.clicked.connect(lambda: self.rule.emit(shown.entry.id))
        foot = line(self.work, (0, 2, 0, 8))
        foot.addWidget(go)
        foot.addStretch(1)

    def _name(self, name: str) -> None:
        label = Label(name, 11, theme.MEDIUM, "text3")
        label.setContentsMargins(0, 7, 0, 0)
        self.work.addWidget(label)

    def _fact(self, name: str, said: str, under: str = "") -> None:
        self._name(name)
        self.work.addWidget(Label(said or "—", 13, wrap=True))
        if under:
            self.work.addWidget(Label(under, 12, tone="text2", wrap=True))

    def _principle(self, number: int, title: str) -> None:
        self._name(t("Principle"))
        row = line(self.work)
        go = KeyButton(isolated(f"{number}. {title}") if title else str(number), kind="link", small=True)
        go.setAccessibleName(t("Principle {n}: {title}", n=number, title=title))
        go.clicked.connect(lambda: self.principle.emit(number))
        row.addWidget(go)
        row.addStretch(1)

    def _source(self, source: str) -> None:
        self._name(t("Source"))
        plain = ADDRESS.sub("", source).strip().rstrip(":")
        if plain:
            self.work.addWidget(
                Label(t("Office practice") if plain == "office practice" else isolated(plain), 13, wrap=True)
            )
        for address in ADDRESS.findall(source):
            self.work.addWidget(Link(address))

    def _since(self, shown: Shown, now: Standing) -> None:
        if shown.entry.before is None:
            self._fact(t("In force"), t("Not yet"))
            return
        version = next((v for v in now.summary.get("versions", ()) if v["version"] == shown.since), None)
        if version is None:
            self._fact(t("In force"), t("As the program carries it"))
            return
        said = t("{who} and {other}", who=version["by"], other=version["adopted_by"])
        self._fact(
            t("In force as it is since"),
            t("Version {n}", n=shown.since),
            f"{day(version['adopted_at'], True)} · {said}",
        )
