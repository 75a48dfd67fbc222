"""What spelling shows in the composer: its row among the findings, and what it can do in the language in hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyle, QWidget

from g20desk.errors import Usage
from g20desk.rulebook.spellwords import UNSPACED
from ui import actions
from ui.composer.parts import FindingRow
from ui.composer.spelling import Spelling
from ui.texts import LANGS, isolated, t
from ui.widgets.base import Icon, Label, line
from ui.widgets.button import KeyButton

if TYPE_CHECKING:
    from ui.composer.work import WorkColumn

GAP = 12


class SpellingRow(FindingRow):
    """A word that is not right: the best correction as every fix, others below, and two ways to keep it as it is.
    `here`: the keys for these act on this one."""

    def __init__(
        self,
        number: int,
        found: dict[str, Any],
        runs: dict[str, Callable[..., object]],
        here: bool,
        may_add: bool,
        current: bool,
    ) -> None:
        super().__init__(number, found, "", runs, False, current)
        others = [KeyButton(isolated(words), kind="link", small=True) for words in found["suggestions"][1:]]
        for words, button in zip(found["suggestions"][1:], others, strict=True):
            button.setAccessibleName(t("Use “{words}”", words=words))
            button.clicked.connect(lambda _=False, words=words: runs["other"](words))
        last = []
        if may_add:
            self.add = KeyButton(t("Add to the word list"), _key("word-add", here), kind="quiet", small=True)
            self.add.clicked.connect(runs["add"])
            last.append(self.add)
        self.ignore = KeyButton(t("Ignore"), _key("word-ignore", here), kind="quiet", small=True)
        self.ignore.clicked.connect(runs["ignore"])
        self.outer.setContentsMargins(0, 0, 0, 8)
        line(self.outer, (48, 0, 24, 0)).addWidget(Foot(others, [*last, self.ignore]))


class Foot(QWidget):
    """Corrections from the start, as many as fit; what can be done besides at the end."""

    def __init__(self, first: list[KeyButton], last: list[KeyButton]) -> None:
        super().__init__()
        self.first, self.last = first, last
        for one in (*first, *last):
            one.setParent(self)
        self.setFixedHeight(max(one.sizeHint().height() for one in last))

    def minimumSizeHint(self) -> QSize:
        """What is at the end."""
        return QSize(sum(one.sizeHint().width() for one in self.last), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay them out; none is cut."""
        super().resizeEvent(event)
        x, end = 0, self.width()
        for one in reversed(self.last):
            end -= one.sizeHint().width()
            self._put(one, end)
        for one in self.first:
            one.setVisible(x + one.sizeHint().width() <= end)
            if not one.isHidden():
                self._put(one, x)
                x += one.sizeHint().width() + GAP

    def _put(self, one: KeyButton, x: int) -> None:
        box = QRect(x, 0, one.sizeHint().width(), self.height())
        one.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), box))


def _key(action: str, here: bool) -> str:
    return actions.keys(action, "composer") if here else ""


def place(found: dict[str, Any]) -> tuple[int, int]:
    """Where a finding stands in the order of a message: its text, then the words of its pictures."""
    return found.get("picture", -1), found["start"]


class SpellingKeys(QObject):
    """What the keys of spelling do in a column of work: with the word at the caret, else with the first."""

    def __init__(self, work: WorkColumn) -> None:
        super().__init__(work)
        self.work, self.present, self._shown = work, work.present, None
        for pane in (work.panes.original, work.panes.main):
            pane.editor.types.connect(self._moved)

    def here(self) -> dict[str, Any] | None:
        """The finding that they act on."""
        found, (where, at) = self.present.spelt(), self.work.caret()
        self._shown = next(
            (f for f in found if f.get("picture", -1) == where and f["start"] <= at <= f["end"]),
            next(iter(found), None),
        )
        return self._shown

    def runs(self, one: dict[str, Any]) -> dict[str, Callable[..., object]]:
        """What the buttons of a row do."""
        spelling = self.present.spelling
        return {
            "other": lambda words: self.work.put(one, words),
            "add": lambda: spelling.add(one),
            "ignore": lambda: spelling.ignore(one),
        }

    def check(self) -> None:
        """The caret to the next word that is not right; what was not looked up yet is."""
        now = self.present.spelling.state()
        if now.state != "ready":
            self.present.spelling.check()
        elif found := self.present.spelt():
            self.work.go(found)
        else:
            self.work.spelling.tell(t("No spelling mistakes found"))

    def add(self) -> None:
        """Put the word on the office's list."""
        if (one := self.here()) is not None:
            self.present.spelling.add(one)

    def ignore(self) -> None:
        """Let the word stand in this message."""
        if (one := self.here()) is not None:
            self.present.spelling.ignore(one)

    def _moved(self, typing: int) -> None:
        """The keys stand on the row of the word at the caret."""
        if typing < 0 and self.present.settled() and self._shown != self.here():
            self.work.follow()


class SpellingLine(QWidget):
    """Under the text: nothing while all is well; that there is no dictionary, that one is loading, that one waits to be
    asked for. `why` carries a Usage that says what to do."""

    why = Signal(object)

    def __init__(self, spelling: Spelling) -> None:
        super().__init__()
        self.spelling = spelling
        row = line(self, gap=6)
        self.icon, self.said = Icon("spell-check", 14), Label("", 12, tone="text2")
        self.none = KeyButton("", icon="spell-check", kind="link", small=True)
        self.none.ink = "text2"
        self.none.clicked.connect(self._why)
        self.ask = KeyButton(t("Check spelling"), actions.keys("spelling", "composer"), "spell-check", "quiet", True)
        self.ask.clicked.connect(spelling.check)
        self.stop = KeyButton(t("Stop"), kind="quiet", small=True)
        self.stop.clicked.connect(spelling.stop)
        for widget in (self.icon, self.said, self.none, self.ask, self.stop):
            row.addWidget(widget)
        self.follow()

    def follow(self) -> None:
        """The language in hand, and what it can."""
        now, lang = self.spelling.state(), self.spelling.lang
        self.setVisible(now.state != "ready")
        name = t(dict(LANGS).get(lang, lang))
        if lang in UNSPACED:
            words = t("No spelling for {lang}", lang=name)
        elif not now.dictionary and now.why.startswith("There is no"):
            words = t("No dictionary for {lang}", lang=name)
        else:
            words = t("No spelling: the dictionary does not work")
        self.said.setText(t("The dictionary is loading"))
        self.none.setText(words)
        self.none.setAccessibleName(words)
        self.none.updateGeometry()
        shown = {"loading": (self.icon, self.said, self.stop), "slow": (self.ask,), "none": (self.none,)}
        for widget in (self.icon, self.said, self.none, self.ask, self.stop):
            widget.setVisible(widget in shown.get(now.state, ()))

    def tell(self, words: str) -> None:
        """A word in passing, until something changes."""
        self.said.setText(words)
        for widget in (self, self.icon, self.said):
            widget.show()

    def _why(self) -> None:
        now = self.spelling.state()
        self.why.emit(Usage("no-dictionary", now.why, now.help))
