"""The composer's rows: a finding with its fix or its override, a picture with its words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ui import actions, likeness, theme
from ui.composer.films import SaveCopy, facts
from ui.composer.pictures import Thumb
from ui.composer.presenter import ComposerPresenter
from ui.composer.spelling import is_spelling
from ui.findings import about, language, remark
from ui.texts import LANGS, LEVELS, SPELLING, ltr, t, tip
from ui.widgets.base import Elided, Icon, Label, beside, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.choice import Choice
from ui.widgets.finding_editor import points, utf16
from ui.widgets.marked_line import MarkedLine
from ui.widgets.underlines import underlined


class FindingRow(QWidget):
    """What, why, and the fix as the button's own words. `over`: the key for letting it stand acts on this one; `here`: one
    has gone to it; `lang`: its language, where that is not in hand; `there`: the words of the other text, to go to."""

    def __init__(
        self,
        number: int,
        found: dict[str, Any],
        why: str,
        runs: dict[str, Callable[..., object]],
        over: bool,
        here: bool,
        lang: str = "",
        there: str = "",
    ) -> None:
        super().__init__()
        self.found, self.here = found, here
        dress(self, "accent" if here else "surface", "bottom")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.outer = column(self)
        row = line(self.outer, (24, 10, 24, 10), 12)
        level = SPELLING if is_spelling(found) else LEVELS.get(found["level"], LEVELS["advise"])
        said = about(found)
        title = Elided(said or t(level.word), 13, theme.BOLD)
        name = self._rule(found["rule"], runs)
        mark = beside(Icon(level.icon, 16, "text3" if why else level.tone), title)
        mark.setContentsMargins(0, max(0, (name.sizeHint().height() - theme.px(16)) // 2), 0, 0)
        row.addLayout(mark)
        words = QVBoxLayout()
        words.setSpacing(2)
        head = line(words, gap=8)
        head.addWidget(title)
        head.addWidget(name)
        if said and not why:
            head.addWidget(Label(t(level.word), 12, theme.MEDIUM, level.tone))
        if lang:
            head.addWidget(Label(language(lang), 12, tone="text2"))
        if "picture" in found:
            head.addWidget(Label(t("in an alt text"), 12, tone="text2"))
        if why:
            head.addWidget(Label(t("stands with a reason"), 12, theme.MEDIUM, "warn"))
        head.addStretch(1)
        words.addWidget(
            Label(t("Stands because: {why}", why=why) if why else remark(found), 12, tone="text2", wrap=True)
        )
        if there:
            self.there = KeyButton(
                there, actions.keys("counterpart", "composer") if here else "", kind="link", small=True
            )
            self.there.clicked.connect(runs["there"])
            words.addWidget(self.there)
        row.addLayout(words, 1)
        fix = found.get("suggestion")
        if "override" in runs:
            key = actions.keys("override", "composer") if over else ""
            button = KeyButton(t("Take it back") if why else t("Let it stand"), key, kind="quiet", small=True)
            button.clicked.connect(runs["override"])
            row.addWidget(button)
        if "take" in runs and number <= 9:
            label = t("Use “{words}”", words=fix) if fix else t("Leave it out") if fix is None else t("Remove it")
            shown = t("Use the agreed words") if likeness.alike(found) else label
            self.button = KeyButton(shown, f"Alt {number}", small=True)
            self.button.setAccessibleName(label)
            self.button.clicked.connect(runs["take"])
            row.addWidget(self.button)

    def _rule(self, id: str, runs: dict[str, Callable[..., object]]) -> QWidget:
        """The rule's id, which leads to its page where it has one."""
        if "rule" not in runs:
            return Label(ltr(id), 12, tone="text2")
        go = KeyButton(ltr(id), kind="link", small=True)
        alike = likeness.alike(self.found)
        go.setAccessibleName(t("Open the line in One voice") if alike else t("Open the rule {rule}", rule=id))
        go.clicked.connect(runs["rule"])
        return go


class PictureRow(QWidget):
    """The picture, and what it shows, in the language in hand."""

    def __init__(self, present: ComposerPresenter, at: int) -> None:
        super().__init__()
        self.present, self.at = present, at
        row = line(self, (0, 6, 0, 8), 16)
        picture = present.draft.pictures[at]
        self.thumb = Thumb(
            present.images.get(picture.path),
            QSize(theme.px(120), theme.px(84)),
            picture.alt.get(present.lang, ""),
            whole=True,
            moves=picture.path in present.films,
        )
        self.thumb.setFixedWidth(theme.px(120))
        row.addWidget(self.thumb)
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(Label(t("Alt text, read aloud to people who do not see the picture"), 12, tone="text2"))
        self.alt = MarkedLine(picture.alt.get(present.lang, ""))
        self.alt.setFont(theme.font(13, lang=present.lang))
        self.alt.setMinimumHeight(theme.px(32))
        self.alt.setCursorPosition(0)
        lang = t(dict(LANGS).get(present.lang, present.lang))
        self.alt.setAccessibleName(t("Alt text in {lang}", lang=lang))
        self.alt.setPlaceholderText(t("Alt text in {lang}", lang=lang))
        self.alt.textEdited.connect(self._said)
        self.alt.cursorPositionChanged.connect(lambda: present.describes(at, self.alt.typing))
        words.addWidget(self.alt)
        film = present.films.get(picture.path)
        if film is not None:
            about = line(words, gap=6)
            told = facts(film.mime, film.ms, film.width, film.height, film.size)
            about.addWidget(Label(told, 12, tone="text2"))
            about.addStretch(1)
            about.addWidget(SaveCopy(film.mime, lambda path: present.save_copy(picture.path, path)))
        foot = line(words, gap=6)
        self.mark, self.have = Icon("triangle-alert", 14, "warn"), Label("", 12, tone="text2")
        foot.addWidget(self.mark)
        foot.addWidget(self.have)
        foot.addStretch(1)
        parts = max((len(present.draft.parts(lang)) for lang in present.draft.langs()), default=1)
        if parts > 1:
            self.post = Choice()
            self.post.setAccessibleName(t("The post that carries the picture"))
            self.post.addItems([t("with post {n}", n=n + 1) for n in range(parts)])
            self.post.setCurrentIndex(min(picture.part, parts) - 1)
            self.post.currentIndexChanged.connect(lambda n: present.goes_with(at, n + 1))
            foot.addWidget(self.post)
        away = KeyButton("", icon="trash-2", kind="quiet", small=True)
        away.setAccessibleName(t("Remove the picture"))
        away.setToolTip(tip(t("Remove the picture")))
        away.clicked.connect(lambda: present.remove_picture(at))
        foot.addWidget(away)
        row.addLayout(words, 1)
        self.follow()

    def follow(self) -> None:
        """In how many languages it is described."""
        alts, langs = self.present.draft.pictures[self.at].alt, self.present.draft.langs()
        have = sum(bool(alts.get(lang, "").strip()) for lang in langs)
        whole = have == len(langs) and have > 0
        self.mark.become("circle-check" if whole else "triangle-alert", "ok" if whole else "warn")
        said = t("Present in {n} languages", n=have) if have != 1 else t("Present in 1 language")
        self.have.setText(said if whole else t("Present in {a} of {n} languages", a=have, n=len(langs)))

    def underline(self, findings: Sequence[dict[str, Any]]) -> None:
        """Underline what was found in the words."""
        mine = [f for f in findings if f.get("picture") == self.at and 0 < f["end"] - f["start"] < len(self.alt.text())]
        self.alt.mark([(f["start"], f["end"], underlined(f)) for f in mine])

    def caret(self) -> int:
        """Where the caret is in the words, in code points; -1 where it is elsewhere."""
        return points(self.alt.text(), self.alt.cursorPosition()) if self.alt.hasFocus() else -1

    def select(self, start: int, end: int) -> None:
        """The caret to a place in the words."""
        text = self.alt.text()
        self.alt.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.alt.setSelection(utf16(text, start), utf16(text, end) - utf16(text, start))

    def replace(self, start: int, end: int, words: str) -> None:
        """Take a fix; one step of undo."""
        self.select(start, end)
        self.alt.insert(words)
        self._said(self.alt.text())

    def _said(self, said: str) -> None:
        self.present.describes(self.at, self.alt.typing)
        self.present.describe(self.at, said)
        self.thumb.describe(said)
        self.follow()
