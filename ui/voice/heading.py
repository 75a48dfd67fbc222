"""The line at the top: its wording with the locked phrases, its languages, how it was agreed, where it comes from."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from ui import actions, theme
from ui.texts import isolated, language, spoken, t, tip
from ui.voice import besides, marking, words
from ui.voice.model import Shown
from ui.widgets.base import Icon, Label, clear, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.flow import Flow
from ui.widgets.prose import shaped

WIDEST = 880


class LineArea(QScrollArea):
    """As high as the line needs, up to `most`; beyond that it scrolls."""

    def __init__(self, pane: LinePane) -> None:
        super().__init__()
        dress(pane, "surface")
        self.pane, self.most = pane, 400
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows scroll it
        self.setAccessibleName(t("The agreed line"))
        self.setWidget(pane)

    def fit(self, most: int = 0) -> None:
        """Take the height that the words need at this width."""
        self.most = most or self.most
        self.pane.outer.activate()
        wide = self.viewport().width()
        need = max(self.pane.outer.totalHeightForWidth(wide), self.pane.outer.totalMinimumSize().height())
        self.setFixedHeight(min(need, self.most))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap otherwise."""
        super().resizeEvent(event)
        self.fit()


class LinePane(QWidget):
    """Fills itself anew for each line; `picked` carries the language that is wanted."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.outer = column(self, (28, 18, 28, 18), 0)
        self.lang, self.text = language(), Label()
        self.tabs: dict[str, KeyButton] = {}

    def fill(self, shown: Shown) -> None:
        """Show it."""
        langs = shown.langs()
        if self.lang not in langs:
            self.lang = shown.row.lang
        held = next((code for code, tab in self.tabs.items() if tab.hasFocus()), "")
        clear(self.outer)
        self._head(shown, langs)
        self.outer.addSpacing(4)
        row = shown.row
        said = row.texts.get(self.lang, "")
        self.text = shaped(
            Label("", 16, wrap=True, rich=True), marking.locked(said, row.locks.get(self.lang, ())), 16, self.lang
        )
        self.text.setMaximumWidth(theme.px(WIDEST))
        self.text.setAccessibleName(said)
        self.outer.addWidget(self.text)
        self.outer.addSpacing(10)
        self._origin(shown)
        besides.fill(self.outer, shown.data["besides"], self.lang, shown.now)
        if held in self.tabs:
            self.tabs[held].setFocus()

    def _head(self, shown: Shown, langs: list[str]) -> None:
        row, head = shown.row, line(self.outer, gap=12)
        head.addWidget(Label(isolated(words.topic(row)), 15, theme.BOLD))
        locks = len(row.locks.get(self.lang, ()))
        if locks:
            head.addWidget(Icon("lock", 14, "lockText"))
            head.addWidget(Label(words.phrases(locks), 12, theme.MEDIUM, "lockText"))
        head.addStretch(1)
        self.tabs = {}
        if len(langs) < 2:
            return
        tabs = Flow(2)
        for code in langs:
            key = actions.keys("language", "one-voice") if code == _next(langs, self.lang) else ""
            tab = KeyButton(words.language_name(code), key, kind="quiet", small=True)
            tab.setCheckable(True)
            tab.setChecked(code == self.lang)
            tab.clicked.connect(lambda _=False, code=code: self.picked.emit(code))
            self.tabs[code] = tab
            tabs.add(tab)
        head.addWidget(Icon("languages", 14, "accentText"))
        head.addWidget(tabs)

    def next(self) -> str:
        """The language after the one that is read."""
        return _next(list(self.tabs), self.lang)

    def _origin(self, shown: Shown) -> None:
        """How it was agreed, its words for the telephone, where it comes from; what took its place."""
        row, how = shown.row, shown.data["agreed"]
        said = words.agreed(how, shown.now) if how else t(words.LINES[row.state].word)
        four = spoken(shown.data["words"])
        foot = Label("", 12, tone="text2", wrap=True, rich=True)
        foot.setText(f'{escape(said)}&nbsp; &nbsp; <span style="font-weight:500">{escape(four)}</span>')
        foot.setAccessibleName(f"{said}. {t('The words of its digest')}: {four}")
        foot.setToolTip(tip(shown.data["digest"]))
        self.outer.addWidget(foot)
        for icon, tone, told in notes(shown):
            self._note(self.outer, icon, tone, told)

    @staticmethod
    def _note(outer: QVBoxLayout, icon: str, tone: str, told: str) -> None:
        row = line(outer, (0, 6, 0, 0), 8)
        row.addWidget(Icon(icon, 14, tone))
        row.addWidget(Label(told, 12, theme.MEDIUM if tone != "text2" else theme.REGULAR, tone, wrap=True), 1)


def notes(shown: Shown) -> list[tuple[str, str, str]]:
    """What there is to say of a line besides: icon, tone, words."""
    row, made = shown.row, []
    if row.source:
        made.append(("file-text", "text2", t("From {source}", source=isolated(row.source))))
    if row.until_ms and row.state == "agreed":
        made.append(("timer", "text2", t("It stands to {day}", day=words.date(row.until_ms - 1, shown.now))))
    if row.state == "expired":
        told = t("Its day is over since {when} UTC. Nobody is asked to carry it any more.",
                 when=words.moment(row.until_ms, shown.now))  # fmt: skip
        made.append(("clock-alert", "warn", told))
    if row.superseded_by:
        made.append(("history", "warn", t("Another agreed line took its place: {line}", line=row.superseded_by[:12])))
    if row.held:
        made.append(("octagon-pause", "block", t("A hold on this topic stands. Nothing of it goes out.")))
    return made


def _next(langs: list[str], lang: str) -> str:
    return langs[(langs.index(lang) + 1) % len(langs)] if lang in langs else ""
