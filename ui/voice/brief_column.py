"""At the start: what is asked of an account, by whom and by when, and the line itself with its locked phrases."""

from __future__ import annotations

from datetime import tzinfo
from html import escape

from PySide6.QtWidgets import QWidget

from g20desk.desk.relay_brief import Brief
from g20desk.office.locks import runs
from ui import theme
from ui.signoff.wording import hashtags
from ui.texts import comma, isolated, reason, t
from ui.voice.adopt_bar import moment
from ui.voice.words import language_name as language
from ui.widgets.base import Icon, Label, clear, column, dress, rule, scrolled, told
from ui.widgets.prose import prose, shaped


def tinted(text: str, phrases: tuple[str, ...]) -> str:
    """A text as markup, with its locked phrases in their tint."""
    look = f"background-color:{theme.value('lock')};color:{theme.value('lockText')};font-weight:600"
    cut = ((locked, escape(words)) for locked, words in runs(text, phrases))
    return "".join(f'<span style="{look}">{words}</span>' if locked else words for locked, words in cut)


class BriefColumn(QWidget):
    """Read only."""

    def __init__(self, zone: tzinfo) -> None:
        super().__init__()
        self.zone, self._shown = zone, object()
        dress(self, "surface", "end")
        self.setFixedWidth(theme.px(304))
        inner = QWidget()
        self.box = column(inner, (20, 16, 20, 16), 8)
        column(self, (0, 0, 1, 0)).addWidget(scrolled(inner))
        self.box.addWidget(
            Label(t("Lines that are to be carried stand on Today and on One voice."), 13, tone="text2", wrap=True)
        )
        self.box.addStretch(1)

    def fill(self, brief: Brief) -> None:
        """Say it; made anew only where it says something else."""
        shown = (brief, theme.scheme())
        if shown == self._shown:
            return
        self._shown = shown
        clear(self.box)
        self.box.addWidget(Label(t("What is asked"), 13, theme.BOLD))
        self._say("at-sign", brief.account, comma().join(map(language, brief.langs)))
        self._say("user-check", t("Asked by {who}", who=isolated(brief.by)), isolated(brief.reason))
        if brief.due:
            self._say("timer", t("By {when}", when=moment(brief.due, self.zone)))
        if brief.theirs:
            self._say("users", t("Who may take it on"), comma().join(map(isolated, brief.theirs)))
        else:
            self._say("triangle-alert", t("Nobody in this office speaks on that account."), "", "warn")
        if brief.lost:
            self._say("octagon-alert", reason(brief.lost), "", "block")
        elif brief.why:
            self._say("ban", t("Declined"), isolated(brief.why), "warn")
        self.box.addSpacing(6)
        self.box.addWidget(rule())
        self.box.addSpacing(6)
        self.box.addWidget(Label(t("The agreed line"), 13, theme.BOLD))
        if brief.source:
            self.box.addWidget(Label(isolated(brief.source), 12, tone="text2", wrap=True))
        if brief.until:
            words = t("It stands until {when}.", when=moment(brief.until, self.zone))
            self.box.addWidget(Label(words, 12, tone="text2", wrap=True))
        if brief.not_before:
            self._say("lock", t("Goes out {when} or later", when=moment(brief.not_before, self.zone)))
        for lang, parts in sorted(brief.texts.items(), key=lambda one: (one[0] not in brief.langs, one[0] != "en")):
            self.box.addSpacing(4)
            self.box.addWidget(Label(language(lang), 12, theme.MEDIUM, "text2"))
            for part in parts:
                label = Label("", 13, wrap=True, rich=True)
                self.box.addWidget(shaped(label, tinted(part, brief.locks.get(lang, ())), 13, lang))
            self._besides(brief, lang)
        self.box.addStretch(1)

    def _besides(self, brief: Brief, lang: str) -> None:
        """The line's hashtags, what to do with it and what not, in a language."""
        said = brief.besides
        for glyph, tone, name, lists in (("check", "ok", t("Do"), said.do), ("x", "warn", t("Do not"), said.dont)):
            for one in lists.get(lang, ()):
                label = prose(one, 12, lang)
                label.setAccessibleName(f"{name}: {one}")
                told(self.box, Icon(glyph, 14, tone), label)
        if tags := hashtags(said.tags, lang):
            self.box.addWidget(prose(tags, 12, lang))

    def _say(self, glyph: str, head: str, under: str = "", tone: str = "text2") -> None:
        ink = tone if tone != "text2" else "text"
        told(self.box, Icon(glyph, 16, tone), Label(head, 13, theme.MEDIUM, ink, wrap=True), under)
