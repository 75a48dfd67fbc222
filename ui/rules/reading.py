"""A rule read: what not to write, what to write, what excuses it, and its examples with the places that it finds."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from g20desk.rulebook.examples import SPLIT
from ui import theme
from ui.rules import words
from ui.rules.presenter import Shown
from ui.texts import LANGS, LEVELS, isolated, ltr, t
from ui.widgets.base import Icon, Label, beside, clear, column, line, right_to_left
from ui.widgets.button import KeyButton
from ui.widgets.prose import prose

SOME = 12
TINTS = {"block": ("blockSoft", "block"), "warn": ("warnSoft", "warn"), "advise": ("accentSoft", "accentText")}


def section(layout: QVBoxLayout, title: str, count: int = 0) -> None:
    """A small heading."""
    layout.addSpacing(10)
    head = line(layout, gap=8)
    head.addWidget(Label(title, 13, theme.BOLD))
    if count > 1:
        head.addWidget(Label(str(count), 13, theme.MEDIUM, "text2"))
    head.addStretch(1)


def parts(example: str, scope: str, lang: str) -> list[tuple[str, str, str]]:
    """An example's posts or languages: what stands before each, its text, its language."""
    if scope not in ("thread", "pair"):
        return [("", example, lang)]
    made = []
    for n, part in enumerate(example.split(SPLIT), 1):
        code, mark, text = part.partition(": ")
        if scope == "pair" and mark and code in dict(LANGS):
            made.append((t(dict(LANGS)[code]), text, code))
        else:
            made.append((str(n), part, lang))
    return made


def marked(text: str, found: Sequence[tuple[int, int]], level: str) -> str:
    """The text as markup, with places underlined on a tint; what can't be seen is written out."""
    ground, ink = TINTS.get(level, TINTS["advise"])
    look = f"background-color:{theme.value(ground)};text-decoration:underline;text-decoration-color:{theme.value(ink)}"
    made, at = [], 0
    for start, end in sorted(found):
        if start < at or end <= start:
            continue
        said = escape(words.visible(text[start:end])).replace("\n", f'</span>\n<span style="{look}">')
        made += [escape(words.visible(text[at:start])), f'<span style="{look}">{said}</span>']
        at = end
    return "".join([*made, escape(words.visible(text[at:]))])


def own(markup: str, size: int, lang: str) -> Label:
    """Words in their own direction, at the interface's side: they are short, and belong to what stands beside them."""
    made = prose(markup, size, lang, made=True)
    side = Qt.AlignmentFlag.AlignRight if right_to_left() else Qt.AlignmentFlag.AlignLeft
    made.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    return made


def places(found: Sequence[dict[str, Any]], scope: str, part: int) -> list[tuple[int, int]]:
    """Where an example's part was found fault with; between languages a place says nothing of the example's text."""
    if scope == "pair":
        return []
    return [(f["start"], f["end"]) for f in found if scope != "thread" or f.get("part") == part]


class RulePane(QWidget):
    """Fills itself anew for each rule."""

    def __init__(self) -> None:
        super().__init__()
        self.work = column(self, (28, 20, 28, 20), 6)
        self.shown: Shown | None = None
        self.of, self.whole = "", False

    def fill(self, shown: Shown) -> None:
        """Show it."""
        if self.of != shown.entry.id:
            self.of, self.whole = shown.entry.id, False
        self.shown, row = shown, shown.entry.row
        clear(self.work)
        self._head(shown)
        self._looks_for(row)
        self._excuses(row)
        if shown.trouble:
            self._trouble(shown.trouble)
        for bad in (True, False):
            self._examples(shown, bad)
        self.work.addStretch(1)

    def _head(self, shown: Shown) -> None:
        entry, row = shown.entry, shown.entry.row
        level = LEVELS.get(str(row["level"]), LEVELS["advise"])
        head = line(self.work, gap=8)
        on = bool(row["on"])
        head.addWidget(Icon(level.icon if on else "power", 16, level.tone if on else "text3"))
        head.addWidget(Label(t(level.word), 13, theme.MEDIUM, level.tone if on else "text2"))
        head.addWidget(Label(ltr(entry.id), 13, tone="text2"))
        if not on:
            head.addWidget(Label(t("Switched off"), 13, theme.MEDIUM, "text2"))
        if entry.changed:
            head.addSpacing(8)
            head.addWidget(Icon("pencil", 14, "warn"))
            said = t("New, not proposed yet") if entry.before is None else t("Changed, not proposed yet")
            head.addWidget(Label(said, 12, theme.MEDIUM, "warn"))
        head.addStretch(1)
        self.work.addWidget(Label(isolated(str(row["why"])) or t("New rule"), 15, theme.BOLD, wrap=True))

    def _looks_for(self, row: Any) -> None:
        lang = next(iter(row["lang"]), "en")
        not_this, say_this = list(row["not_this"]), list(row["say_this"])
        if row["test"]:
            section(self.work, t("Looks for"))
            said = words.looks_for(str(row["test"]))
            bounds = [t("at most {n}", n=row["most"])] if row["most"] else []
            bounds += [t("at least {n}", n=row["least"])] if row["least"] else []
            self.work.addWidget(Label(" · ".join([said, *bounds]), 13, wrap=True))
        if row["kind"] == "substitution" and len(say_this) == len(not_this) and len(not_this) > 1:
            section(self.work, t("Not this, but this"), len(not_this))
            self._pairs(list(zip(not_this, say_this, strict=True)), lang)
            return
        if not_this:
            section(self.work, t("Not this"), len(not_this))
            self._listed(not_this, row["kind"] == "pattern", lang)
        if row["fix"] is not None:
            section(self.work, t("Put in its place"))
            fix = Label(ltr(words.visible(row["fix"])) if row["fix"] else t("Nothing: it is taken out"), 13, wrap=True)
            fix.setFont(theme.mono(12) if row["fix"] else fix.font())
            self.work.addWidget(fix)
        if say_this:
            section(self.work, t("Say this"))
            self.work.addWidget(own(escape(words.visible("; ".join(say_this))), 13, lang))

    def _pairs(self, pairs: list[tuple[str, str]], lang: str) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        shown = pairs if self.whole else pairs[:SOME]
        rows = -(-len(shown) // 2) if len(shown) > 6 else len(shown)
        for n, (old, new) in enumerate(shown):
            at = 4 * (n // rows) if rows else 0
            one, other = (Label(isolated(words.visible(x)), 13, wrap=True) for x in (old, new))
            one.set_tone("text2")
            for label in (one, other):
                label.setFont(theme.font(13, lang=lang))
            grid.addWidget(one, n % rows, at)
            grid.addWidget(Icon("arrow-right", 12, "text3"), n % rows, at + 1)
            grid.addWidget(other, n % rows, at + 2)
        for stretch in (2, 6):
            grid.setColumnStretch(stretch, 1)
        self.work.addLayout(grid)
        self._more(len(pairs))

    def _listed(self, items: list[str], pattern: bool, lang: str) -> None:
        shown = items if self.whole else items[:SOME]
        if pattern:
            for one in shown:
                label = Label(ltr(words.visible(one)), 12, tone="text2", wrap=True)
                label.setFont(theme.mono(12))
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self.work.addWidget(label)
        else:
            self.work.addWidget(own(escape(" · ".join(words.visible(one) for one in shown)), 13, lang))
        self._more(len(items))

    def _more(self, total: int) -> None:
        if total <= SOME:
            return
        said = t("Show fewer") if self.whole else t("Show all {n}", n=total)
        more = KeyButton(said, kind="link", small=True)
        more.clicked.connect(self._turn)
        row = line(self.work)
        row.addWidget(more)
        row.addStretch(1)

    def _turn(self) -> None:
        self.whole = not self.whole
        if self.shown is not None:
            self.fill(self.shown)

    def _excuses(self, row: Any) -> None:
        found = words.excuses(row["except_when"])
        if not found:
            return
        section(self.work, t("Except"))
        for where, said in found:
            self.work.addWidget(Label(where + (": " + isolated(said) if said else ""), 12, tone="text2", wrap=True))

    def _trouble(self, said: str) -> None:
        self.work.addSpacing(8)
        told = Label(isolated(said), 12, theme.MEDIUM, "block", wrap=True)
        row = line(self.work, gap=8)
        row.addLayout(beside(Icon("octagon-alert", 16, "block"), told))
        row.addWidget(told, 1)

    def _examples(self, shown: Shown, bad: bool) -> None:
        row = shown.entry.row
        texts = list(row["bad"] if bad else row["good"])
        if not texts:
            return
        section(self.work, t("Bad example") if bad else t("Good example"))
        told = {one["text"]: one for one in shown.examples if one["bad"] == bad}
        for text in texts:
            self._example(text, told.get(text, {}), row, bad)

    def _example(self, text: str, told: dict[str, Any], row: Any, bad: bool) -> None:
        lang, scope, found = next(iter(row["lang"]), "en"), row["scope"], told.get("findings", [])
        outer = line(self.work, (0, 2, 0, 4), 10)
        wrong = bool(told) and not told["holds"]
        glyph, tone = ("octagon-alert", "block") if wrong else ("circle-x", "text2") if bad else ("circle-check", "ok")
        box = QVBoxLayout()
        box.setSpacing(2)
        for n, (name, said, code) in enumerate(parts(text, scope, lang), 1):
            if name:
                box.addWidget(Label(name, 11, theme.MEDIUM, "text3"))
            shown = own(marked(said, places(found, scope, n), row["level"]), 15, code)
            shown.setAccessibleName(said)
            box.addWidget(shown)
            if n == 1:
                outer.addLayout(beside(Icon(glyph, 16, tone), shown))
        said = self._verdict(told, bad)
        if said:
            box.addWidget(Label(said, 12, tone="block" if wrong else "text2", wrap=True))
        outer.addLayout(box, 1)

    def _verdict(self, told: dict[str, Any], bad: bool) -> str:
        if told and not told["holds"]:
            return verdict(told)
        fixes = [f["suggestion"] for f in told.get("findings", []) if f.get("suggestion")]
        if bad and fixes:
            return t("Offers: {fix}", fix=words.quoted(words.visible(fixes[0])))
        return ""


def verdict(told: dict[str, Any]) -> str:
    """Why an example does not behave, in words."""
    if told["bad"] and not told["findings"]:
        return t("It is not found.")
    if told["bad"]:
        return t("The fix leaves the finding as it is.")
    first = told["findings"][0]["text"] if told["findings"] else ""
    return t("It is found, at “{words}”.", words=words.visible(first))
