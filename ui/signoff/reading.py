"""The text in full, marked against what this reader knew; pictures, findings, where it goes, what others said."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import actions, theme
from ui.composer import polls
from ui.composer.bounds import GOES_WITH
from ui.composer.cards import Card
from ui.composer.films import SaveCopy, facts
from ui.composer.pictures import Thumb
from ui.composer.wishes import SEEN
from ui.messages import apart, emergency
from ui.messages.model import moment
from ui.signoff import findings, proposed
from ui.signoff.model import Passage, Proposal, Reading
from ui.texts import LANGS, NETWORKS, clock, comma, language, state, t, when
from ui.widgets.base import Icon, Label, clear, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.marked import Marked
from ui.widgets.prose import linked, prose, shaped
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
    take = Signal(object)
    side_by_side = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the arrows scroll it
        self.setAccessibleName(t("The text to decide on"))
        self.work = column(self, (28, 18, 28, 18), 8)
        self.marked = True
        self.lang = language()
        self.beside = False

    def fill(self, reading: Reading, images: dict[str, QImage]) -> None:
        """Show it."""
        data, langs = reading.data, ordered(reading.langs())
        clear(self.work)
        if self.lang not in langs and langs:
            self.lang = langs[0]
        self._head(reading)
        apart.fill(self.work, data, self.read.emit)
        emergency.fill(self.work, data, {}, reading.now)
        self._tabs(reading, langs)
        self._texts(reading, langs)
        proposed.posted(self.work, data, self.lang)
        proposed.fill(self.work, reading, self._section, self.take.emit)
        self._cards(data, images)
        findings.fill(self.work, reading, self.lang, self._section, self.language.emit)
        self._pictures(data, images)
        self._poll(data)
        self._goes(data, reading.now)
        self._others(data, reading.proposals)
        self.work.addStretch(1)

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
            label = shaped(Marked(size, kept, found), linked(markup(kept)), size, passage.lang)
            label.setAccessibleDescription(spoken(runs) if self.marked else "")
            into.addWidget(label)

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

    def _cards(self, data: dict[str, Any], images: dict[str, QImage]) -> None:
        """The links' cards, which are signed with the text."""
        for n, card in enumerate(data.get("cards", ())):
            self._section(t("Link card") if n == 0 else "")
            self.work.addWidget(Card(card, images.get(card["piece"])))

    def _pictures(self, data: dict[str, Any], images: dict[str, QImage]) -> None:
        before = data.get("before")
        known = {p["piece"]: p["alt"] for p in (before or {}).get("pictures", ())}
        for picture in data.get("pictures", ()):
            alt = picture["alt"].get(self.lang, "")
            self._section("")
            row = line(self.work, gap=16)
            thumb = Thumb(
                images.get(picture["piece"]),
                QSize(theme.px(160), theme.px(96)),
                alt,
                whole=True,
                moves=bool(picture["ms"]),
            )
            thumb.setFixedWidth(theme.px(160))
            row.addWidget(thumb, 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(6)
            head = line(words, gap=8)
            head.addWidget(Label(t("Picture and alt text"), 13, theme.BOLD))
            if before is not None:
                same = known.get(picture["piece"], {}).get(self.lang) == alt
                word = t("unchanged") if same else t("changed") if picture["piece"] in known else t("new")
                head.addWidget(Label(word, 12, tone="text2" if same else "warn"))
            head.addStretch(1)
            words.addWidget(
                prose(alt, 13, self.lang) if alt else Label(t("No alt text in this language"), 13, tone="block")
            )
            if picture["ms"]:
                about = line(words, gap=8)
                told = (picture[name] for name in ("mime", "ms", "width", "height", "size"))
                about.addWidget(Label(facts(*told), 12, tone="text2"))
                about.addWidget(SaveCopy(picture["mime"], partial(self.copy.emit, picture["piece"])))
                about.addStretch(1)
            words.addStretch(1)
            row.addLayout(words, 1)

    def _poll(self, data: dict[str, Any]) -> None:
        """The poll, which is signed with the text; marked where it is new to this reader."""
        poll, before = data.get("poll"), data.get("before")
        if poll is None:
            return
        self._section(t("Poll"))
        if before is not None:
            same = before.get("poll") == poll
            word = t("unchanged") if same else t("changed") if before.get("poll") else t("new")
            self.work.addWidget(Label(word, 12, tone="text2" if same else "warn"))
        polls.show(self.work, poll["answers"].get(self.lang, []), poll["minutes"], poll["several"], self.lang)

    def _goes(self, data: dict[str, Any], now: int) -> None:
        goes = t("Goes to")
        if data.get("planned_ms"):
            goes += ", " + when(data["planned_ms"], now, True) + " UTC"
        self._section(goes)
        for icon, said in bounds(data, now):
            row = line(self.work, gap=8)
            row.addWidget(Icon(icon, 14))
            row.addWidget(Label(said, 13, theme.MEDIUM, wrap=True), 1)
        names = list(data.get("to", ()))
        for start in range(0, len(names), 4):
            row = line(self.work, gap=18)
            for name in names[start : start + 4]:
                one = line(gap=6)
                one.addWidget(Icon("at-sign", 14))
                one.addWidget(Label(name, 13, theme.MEDIUM))
                row.addLayout(one)
            row.addStretch(1)

    def _others(self, data: dict[str, Any], proposals: tuple[Proposal, ...]) -> None:
        if data.get("note"):
            self._section(t("Note from the author"))
            self.work.addWidget(Label(data["note"], 13, wrap=True))
        told = {one.event for one in proposals}  # their reasons stand with what they propose
        kinds = ("signoff.decided", "signoff.reopened", "signoff.extended", "signoff.objection_lifted")
        said = [h for h in data.get("history", ()) if h.get("said") and h["kind"] in kinds and h["event"] not in told]
        if said:
            self._section(t("Said by others"))
        for one in said:
            row = line(self.work, gap=10)
            row.addWidget(Label(one["person"], 12, theme.BOLD), 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(one["said"], 13, wrap=True), 1)
            row.addWidget(Label(clock(moment(one["at"])), 12, tone="text2"), 0, Qt.AlignmentFlag.AlignTop)

    def _section(self, title: str) -> None:
        self.work.addSpacing(8)
        self.work.addWidget(rule())
        self.work.addSpacing(8)
        if title:
            self.work.addWidget(Label(title, 13, theme.BOLD))


def bounds(data: dict[str, Any], now: int) -> list[tuple[str, str]]:
    """What binds it besides its texts, and is signed with them: what it corrects, answers or quotes and where, and before
    when it does not go out."""
    made = []
    for how, (glyph, words, _) in GOES_WITH.items():
        if other := data.get(how):
            names = comma().join(sorted({p["account"] for p in other["posts"] if p["url"]}))
            where = (
                t("on {accounts}", accounts=names) if how == "quotes" else t("as a reply on {accounts}", accounts=names)
            )
            made.append((glyph, t(words, title=other["title"]) + (comma() + where if names else "")))
    if data.get("not_before"):
        until = when(moment(data["not_before"]), now, True)
        made.append(("lock", t("Goes out {when} UTC or later", when=until)))
    return made


def wishes(data: dict[str, Any] | None, lang: str, network: str) -> tuple[str, str]:
    """The warning and the visibility (empty: public) of a text as the desk shows it."""
    for one in (data or {}).get("texts", ()):
        if (one["lang"], one.get("network", "")) == (lang, network):
            seen = one.get("visibility", "public")
            return one.get("warning", ""), "" if seen == "public" else seen
    return "", ""
