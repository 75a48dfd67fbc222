"""What agreed wording shows in the composer: what can be put in, under the text; what stands in it, in the start column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from g20desk.office.library import LINE, MEMORY, Entry
from g20desk.office.standing import Standing
from g20desk.office.suggesting import Offer
from ui import actions, theme
from ui.composer.agreed import Agreed, Asked
from ui.texts import comma, day, isolated, t, tip
from ui.widgets.base import Elided, Icon, Label, beside, clear, column, dress, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.finding_editor import points

if TYPE_CHECKING:
    from ui.composer.work import WorkColumn

ICONS = {LINE: "lock", MEMORY: "languages"}
MOST_HERE = 5


def origin(entry: Entry, percent: int = 100) -> str:
    """Where wording comes from, in words."""
    parts = []
    if entry.kind == LINE:
        parts.append(t("Line on {topic}", topic=isolated(entry.topic)))
    elif entry.kind == MEMORY:
        parts.append(t("Translation") if percent == 100 else t("Translation, {n} % the same", n=percent))
    if entry.source:
        parts.append(isolated(entry.source))
    elif entry.kind != LINE and not parts:
        parts.append(t("Agreed language"))
    if entry.until:
        parts.append(t("until {day}", day=day(entry.until - 1, True)))
    return comma().join(parts)


class OfferRow(QWidget):
    """One offer: what it says, where it comes from, and the button that puts it in."""

    def __init__(self, offer: Offer, chosen: bool) -> None:
        super().__init__()
        dress(self, "accent" if chosen else "surface", "bottom")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        entry = offer.entry
        row = line(self, (24, 7, 24, 7), 12)
        said = Elided(" ".join(entry.text.split()), 13)
        said.setFont(theme.font(13, lang=entry.lang))
        row.addLayout(beside(Icon(ICONS.get(entry.kind, "landmark"), 16, "lockText"), said))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(said)
        words.addWidget(Elided(origin(entry, offer.percent), 12, tone="text2"))
        row.addLayout(words, 1)
        self.button = KeyButton(t("Insert"), actions.keys("agreed", "composer") if chosen else "", small=True)
        self.button.setAccessibleName(t("Insert “{words}”", words=entry.text))
        row.addWidget(self.button)


class Offers(QWidget):
    """Under the text: what can be put in at the caret, the chosen one with its key."""

    def __init__(self, agreed: Agreed) -> None:
        super().__init__()
        self.agreed, self._shown = agreed, object()
        outer = column(self)
        head = line(outer, (24, 9, 24, 7))
        head.addWidget(Label(t("Agreed wording"), 13, theme.BOLD))
        self.quiet = Label(t("It is offered as you write."), 12, tone="text2")
        self.hint = Label(t("Choose with {keys}", keys="Alt ↑ ↓"), 12, tone="text2")
        head.addWidget(self.quiet)
        head.addStretch(1)
        head.addWidget(self.hint)
        self.rows = QVBoxLayout()
        self.rows.setSpacing(0)
        outer.addLayout(self.rows)
        self.end = rule()
        outer.addWidget(self.end)
        agreed.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """The offers anew, where they are others."""
        offers = self.agreed.offers
        shown = (offers, self.agreed.chosen, theme.scheme())
        if shown == self._shown:
            return
        self._shown = shown
        self.quiet.setVisible(not offers)
        self.hint.setVisible(len(offers) > 1)
        self.end.setVisible(not offers)
        clear(self.rows)
        for number, offer in enumerate(offers):
            row = OfferRow(offer, number == self.agreed.chosen)
            row.button.clicked.connect(lambda _=False, number=number: self.agreed.take(number))
            self.rows.addWidget(row)


class Here(QWidget):
    """In the start column: what of the text in hand is agreed wording, letter for letter, and where it comes from."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: list[Standing] = []
        outer = column(self)
        outer.addWidget(rule())
        inner = QWidget()
        outer.addWidget(inner)
        self.layout_ = column(inner, (16, 12, 16, 12), 6)
        self.hide()

    def follow(self, found: list[Standing]) -> None:
        """These stand in it; each wording once."""
        if found == self._shown:
            return
        self._shown = found
        clear(self.layout_)
        self.setVisible(bool(found))
        each = list({one.entry.text: one.entry for one in found}.values())
        head = line(self.layout_, gap=8)
        head.addWidget(Label(t("Agreed wording here"), 13, theme.BOLD))
        head.addStretch(1)
        head.addWidget(Label(str(len(each)), 13, tone="text2"))
        for entry in each[:MOST_HERE]:
            said = Label(entry.text if len(entry.text) <= 90 else f"{entry.text[:89].rstrip()}…", 12, wrap=True)
            said.setFont(theme.font(12, lang=entry.lang))
            said.setToolTip(tip(entry.text))
            row, words = line(self.layout_, gap=8), QVBoxLayout()
            row.addLayout(beside(Icon(ICONS.get(entry.kind, "landmark"), 14, "lockText"), said))
            words.setSpacing(1)
            words.addWidget(said)
            words.addWidget(Label(origin(entry), 12, tone="text2", wrap=True))
            row.addLayout(words, 1)
        if len(each) > MOST_HERE:
            self.layout_.addWidget(Label(t("and {n} more", n=len(each) - MOST_HERE), 12, tone="text2"))


class AgreedKeys(QObject):
    """Tells the presenter what is being written, and puts in what is taken."""

    def __init__(self, work: WorkColumn) -> None:
        super().__init__(work)
        self.work, self.present, self.agreed = work, work.present, work.present.agreed
        for pane in (work.panes.original, work.panes.main):
            pane.editor.textChanged.connect(self.ask)
            pane.editor.cursorPositionChanged.connect(self.ask)
        self.agreed.taken.connect(self._put)
        self.agreed.changed.connect(work.panes.mark)

    def ask(self) -> None:
        """What is written now, and where the caret is; nothing is offered while words are composed or chosen."""
        present, editor = self.present, self.work.editor
        text, cursor = editor.toPlainText(), editor.textCursor()
        still = editor.composing or editor.isReadOnly() or cursor.hasSelection()
        first, shown = present.original(), {pane.lang: pane.editor.toPlainText() for pane in self.work.panes.shown()}
        other = present.draft.text(first, present.network) if first != present.lang else ""
        self.agreed.follow(
            Asked(present.lang, text, -1 if still else points(text, cursor.position()), present.draft.topic, (first, other),
                  tuple(sorted(shown.items())))
        )  # fmt: skip

    def _put(self, offer: Offer) -> None:
        """In one step of undo; the caret stands behind it."""
        editor = self.work.editor
        text = editor.toPlainText()
        editor.replace(offer.start, points(text, editor.textCursor().position()), offer.entry.text)
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
