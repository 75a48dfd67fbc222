"""The text in full, marked against what this reader knew; pictures, findings, where it goes, what others said."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import actions, theme, threads
from ui.composer.wishes import SEEN
from ui.messages import apart, emergency
from ui.messages.model import moment
from ui.signoff import besides, findings, proposed, wording
from ui.signoff.model import Passage, Proposal, Reading
from ui.signoff.passage import PassageText
from ui.texts import LANGS, NETWORKS, clock, language, state, t, when
from ui.widgets.base import Icon, Label, clear, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.prose import linked, shaped
from ui.widgets.word_diff import markup, spoken


def ordered(langs: list[str]) -> list[str]:
    """The languages as the composer has them."""
    known = [code for code, _ in LANGS]
    return sorted(langs, key=lambda code: known.index(code) if code in known else len(known))


def original(langs: list[str], lang: str) -> str:
    """The language that stands beside the one that is read: the first there is; beside that itself the next one."""
    return next((code for code in langs if code != lang), "")


class ReadingPane(QWidget):
    """Fills itself anew for each reading; tells which language and which way of showing is wanted."""

    language = Signal(str)
    changes = Signal(bool)
    copy = Signal(str, str)
    read = Signal(object)
    answer = Signal(object)
    take = Signal(object)
    side_by_side = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows scroll it
        self.setAccessibleName(t("The text to decide on"))
        self.work = column(self, (28, 18, 28, 18), 8)
        self.marked = self.can_say = True
        self.texts: list[PassageText] = []
        self.lang = language()
        self.beside = False

    def fill(self, reading: Reading, images: dict[str, QImage]) -> None:
        """Show it."""
        data, langs = reading.data, ordered(reading.langs())
        chosen, self.texts = self.chosen(), []
        clear(self.work)
        if self.lang not in langs and langs:
            self.lang = langs[0]
        self.can_say = not reading.can.get("comment", "")
        self._head(reading)
        apart.fill(self.work, data, self.read.emit)
        emergency.fill(self.work, data, {}, reading.now)
        self._tabs(reading, langs)
        self._texts(reading, langs)
        proposed.posted(self.work, data, self.lang)
        proposed.fill(self.work, reading, self.section, self.take.emit)
        wording.fill(self, data, reading.now)
        besides.cards(self, data, images)
        findings.fill(self.work, reading, self.lang, self.section, self.language.emit)
        besides.pictures(self, data, images)
        besides.poll(self, data)
        besides.goes(self, data, reading.now)
        self._others(data, reading.proposals)
        self.work.addStretch(1)
        if chosen is not None:
            self._choose_again(*chosen)

    def chosen(self) -> tuple[PassageText, int, int] | None:
        """The words that are chosen: in the text that has the focus, else in the first that has any."""
        for one in sorted(self.texts, key=lambda text: not text.hasFocus()):
            if (place := one.chosen()) is not None:
                return (one, *place)
        return None

    def _choose_again(self, was: PassageText, start: int, end: int) -> None:
        """What was chosen before this was filled anew, where the text is the same."""
        for one in self.texts:
            if (one.key, one.words) == (was.key, was.words):
                one.choose(start, end)

    def _head(self, reading: Reading) -> None:
        data, before = reading.data, reading.data.get("before")
        head = line(self.work, gap=4)
        head.addWidget(Label(data["title"], 15, theme.BOLD, wrap=True), 1)
        if before is not None:
            for on, word in ((True, t("Changes")), (False, t("Clean"))):
                key = actions.keys("changes", "sign-off") if on != self.marked else ""
                button = KeyButton(word, key, kind="quiet", small=True)
                button.setCheckable(True)
                button.setChecked(on == self.marked)
                button.clicked.connect(lambda _=False, on=on: self.changes.emit(on))
                head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        number = data.get("submitted_revision") or data.get("revision")
        said = t("Revision {n}.", n=number) if number else t(state(data["state"]).word)
        if before is not None:
            at = when(moment(before["at"]), reading.now, True)
            told = t("which you decided on {when} UTC") if before["answer"] else t("which you read {when} UTC")
            said += " " + t("Marked against revision {n}, {told}.", n=before["revision"], told=told.format(when=at))
        self.work.addWidget(Label(said, 12, tone="text2", wrap=True))

    def _tabs(self, reading: Reading, langs: list[str]) -> None:
        tabs = line(self.work, (0, 4, 0, 0), 6)
        for code in langs:
            news = reading.news(code)
            tab = KeyButton(t(dict(LANGS).get(code, code)), icon="pencil" if news else "", kind="quiet", small=True)
            tab.setAccessibleDescription(t("{n} changes", n=news) if news else "")
            tab.setCheckable(True)
            tab.setChecked(code == self.lang)
            tab.clicked.connect(lambda _=False, code=code: self.language.emit(code))
            tabs.addWidget(tab)
        tabs.addStretch(1)
        if other := original(langs, self.lang):
            words = t("Beside {lang}", lang=t(dict(LANGS).get(other, other)))
            button = KeyButton(words, actions.keys("beside", "sign-off"), "columns-2", kind="quiet", small=True)
            button.setCheckable(True)
            button.setChecked(self.beside)
            button.clicked.connect(lambda _=False: self.side_by_side.emit())
            tabs.addWidget(button)
        self.work.addWidget(rule())

    def _texts(self, reading: Reading, langs: list[str]) -> None:
        """The texts in the language that is read; where that is wanted, beside the original."""
        other = original(langs, self.lang)
        if not (self.beside and other):
            self._column(self.work, reading, self.lang, 16)
            return
        row = line(self.work, gap=24)
        for code in (other, self.lang):
            column_ = QVBoxLayout()
            column_.setSpacing(8)
            column_.addWidget(Label(t(dict(LANGS).get(code, code)), 12, theme.MEDIUM, "text2"))
            self._column(column_, reading, code, 15)
            column_.addStretch(1)
            row.addLayout(column_, 1)

    def _column(self, into: QVBoxLayout, reading: Reading, lang: str, size: int) -> None:
        for passage in (p for p in reading.passages if p.lang == lang):
            self._passage(into, passage, reading.data, size)

    def _passage(self, into: QVBoxLayout, passage: Passage, data: dict[str, Any], size: int) -> None:
        if passage.network:
            into.addSpacing(8)
            own = t("Own text for {network}", network=NETWORKS.get(passage.network, ""))
            into.addWidget(Label(own, 12, theme.MEDIUM, "text2"))
        self._wishes(into, data, passage)
        shown = [p for p in passage.parts if self.marked or any(how != "removed" for how, _ in p)]
        for n, runs in enumerate(shown, 1):
            into.addSpacing(6)
            if len(shown) > 1:
                into.addWidget(Label(t("{a} of {n}", a=n, n=len(shown)), 12, theme.MEDIUM, "text2"))
            kept = runs if self.marked else [("same", "".join(words for how, words in runs if how != "removed"))]
            found = findings.on(data, passage.lang, passage.network, n)
            said = threads.at(data, passage.lang, passage.network, n - 1)
            text = PassageText((passage.lang, passage.network, n - 1), kept, found, said)
            label = shaped(text, linked(markup(kept)), size, passage.lang)
            label.setAccessibleDescription(spoken(runs) if self.marked else "")
            label.setAccessibleName(text.words)
            self.texts.append(label)
            into.addWidget(label)
            for one in said:
                threads.draw(into, one, self.answer.emit if self.can_say else None)

    def _wishes(self, into: QVBoxLayout, data: dict[str, Any], passage: Passage) -> None:
        """What stands before this text, and who sees it; marked where it is new to this reader."""
        now, old = (wishes(of, passage.lang, passage.network) for of in (data, data.get("before")))
        if any(now) or (data.get("before") is not None and any(old)):
            row = line(into, gap=8)
            row.addWidget(Icon("eye-off", 14))
            said = [t("Content warning: {words}", words=now[0])] if now[0] else [t("No content warning")]
            said += [t(SEEN[now[1]])] if now[1] else []
            row.addWidget(Label(" · ".join(said), 13, theme.MEDIUM, wrap=True), 1)
            if data.get("before") is not None and now != old:
                row.addWidget(Label(t("changed"), 12, tone="warn"))

    def _others(self, data: dict[str, Any], proposals: tuple[Proposal, ...]) -> None:
        if data.get("note"):
            self.section(t("Note from the author"))
            self.work.addWidget(Label(data["note"], 13, wrap=True))
        told = {one.event for one in proposals}  # their reasons stand with what they propose
        kinds = ("signoff.decided", "signoff.reopened", "signoff.extended", "signoff.objection_lifted")
        said = [h for h in data.get("history", ()) if h.get("said") and h["kind"] in kinds and h["event"] not in told]
        rest = threads.apart(data)
        if rest:
            self.section(t("Comments"))
        for one in rest:
            threads.draw(self.work, one, self.answer.emit if self.can_say else None)
        if said:
            self.section(t("Said by others"))
        for one in said:
            row = line(self.work, gap=10)
            row.addWidget(Label(one["person"], 12, theme.BOLD), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(one["said"], 13, wrap=True), 1)
            row.addWidget(Label(clock(moment(one["at"])), 12, tone="text2"), 0, Qt.AlignmentFlag.AlignTop)

    def section(self, title: str) -> None:
        self.work.addSpacing(8)
        self.work.addWidget(rule())
        self.work.addSpacing(8)
        if title:
            self.work.addWidget(Label(title, 13, theme.BOLD))


def wishes(data: dict[str, Any] | None, lang: str, network: str) -> tuple[str, str]:
    """The warning and the visibility (empty: public) of a text as the desk shows it."""
    for one in (data or {}).get("texts", ()):
        if (one["lang"], one.get("network", "")) == (lang, network):
            seen = one.get("visibility", "public")
            return one.get("warning", ""), "" if seen == "public" else seen
    return "", ""
