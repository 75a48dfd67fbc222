"""The composer's middle: the text, what was found, pictures, the note. Tells what was done; decides nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from g20desk.rulebook.checker import firm
from ui import actions, likeness, theme
from ui.composer.agreed_view import AgreedKeys, Offers
from ui.composer.bounds import GOES_WITH, GoesWith, NotBefore, Note
from ui.composer.films import choose
from ui.composer.panes import Head, Panes
from ui.composer.parts import FindingRow, PictureRow
from ui.composer.polls import PollBox
from ui.composer.presenter import ComposerPresenter
from ui.composer.spelling import is_spelling
from ui.composer.spelling_view import SpellingKeys, SpellingLine, SpellingRow, place
from ui.composer.walking import Walk
from ui.composer.wishes import Wishes
from ui.findings import other
from ui.texts import LEVELS, NETWORKS, comma, t, tip
from ui.widgets.base import Icon, Label, clear, column, line, rule
from ui.widgets.button import KeyButton
from ui.widgets.finding_editor import FindingEditor, points, utf16


class WorkColumn(QWidget):
    """One text in hand."""

    override_wanted = Signal(object)
    compare_wanted = Signal(bool)
    text_wanted = Signal(str)
    pair_wanted = Signal(str)

    def __init__(self, present: ComposerPresenter) -> None:
        super().__init__()
        self.present = present
        self.listed: list[FindingRow] = []
        self._shown: object = None
        self.layout_ = column(self)
        self.goes_with = {how: GoesWith(present, how) for how in GOES_WITH}
        for strip in self.goes_with.values():
            self.layout_.addWidget(strip)
        self._writing()
        self.offers, self.agreed_keys = Offers(present.agreed), AgreedKeys(self)
        self.wishes = Wishes(present)
        self.layout_.addWidget(self.wishes)
        self.layout_.addWidget(rule())
        self.layout_.addWidget(self.offers)
        self._findings()
        self._pictures()
        self.layout_.addWidget(rule())
        self.poll = PollBox(present)
        self.layout_.addWidget(self.poll)
        self.layout_.addWidget(rule())
        box = Note(present)
        self.note = box.field
        self.layout_.addWidget(box)
        self.layout_.addWidget(rule())
        self.not_before = NotBefore(present, present.ctx.zone)
        self.layout_.addWidget(self.not_before)
        self.layout_.addStretch(1)

    def _writing(self) -> None:
        box = QVBoxLayout()
        box.setContentsMargins(24, 14, 24, 8)
        box.setSpacing(8)
        self.head, self.panes = Head(), Panes(self.present)
        self.join = KeyButton(t("Join the posts"), kind="quiet", small=True)
        self.join.setToolTip(tip(actions.keys("join", "composer")))
        self.join.setAccessibleDescription(actions.keys("join", "composer"))
        self.join.clicked.connect(self.join_posts)
        self.part = KeyButton(t("Next post"), actions.keys("part", "composer"), "plus", "quiet", small=True)
        self.part.clicked.connect(self.add_post)
        self.head.compare.clicked.connect(lambda on: self.compare_wanted.emit(on))
        for button in (self.join, self.head.compare, self.part):
            self.head.add(button)
        box.addWidget(self.head)
        box.addWidget(self.panes)
        foot = line(box, gap=6)
        self.kept_icon, self.kept = Icon("check", 14), Label("", 12, tone="text2")
        self.words = Label("", 12, tone="text2")
        foot.addWidget(self.kept_icon)
        foot.addWidget(self.kept)
        foot.addStretch(1)
        self.spelling = SpellingLine(self.present.spelling)
        self.spelling.why.connect(self.present.failed)
        self.spelling_keys, self.walk = SpellingKeys(self), Walk(self)
        foot.addWidget(self.spelling)
        foot.addWidget(self.words)
        self.layout_.addLayout(box)

    def _findings(self) -> None:
        found = line(self.layout_, (24, 9, 24, 7))
        found.addWidget(Label(t("Findings"), 13, theme.BOLD))
        self.found_count = Label("", 13, theme.MEDIUM, "text2")
        found.addWidget(self.found_count)
        found.addStretch(1)
        self.level_counts = {}
        for code in ("block", "warn", "advise"):
            found.addWidget(Icon(LEVELS[code].icon, 14, LEVELS[code].tone))
            self.level_counts[code] = Label("0", 12, theme.MEDIUM, LEVELS[code].tone)
            found.addWidget(self.level_counts[code])
        self.found = QVBoxLayout()
        self.found.setSpacing(0)
        self.layout_.addLayout(self.found)

    def _pictures(self) -> None:
        box = QVBoxLayout()
        box.setContentsMargins(24, 10, 24, 10)
        row = line(box)
        row.addWidget(Label(t("Picture or video"), 13, theme.BOLD))
        row.addStretch(1)
        self.add = KeyButton(t("Add picture"), actions.keys("picture", "composer"), "image-plus", "link")
        self.add.clicked.connect(self.pick_picture)
        row.addWidget(self.add)
        self.pictures, self.rows = QVBoxLayout(), list[PictureRow]()
        box.addLayout(self.pictures)
        self.none = Label(
            t("None. Paste one, drop a file on the text, or add it here: PNG, JPEG, WebP, GIF or MP4."),
            12,
            tone="text2",
            wrap=True,
        )
        box.addWidget(self.none)
        self.layout_.addLayout(box)

    def fill(self) -> None:
        """Another message, language or network."""
        present = self.present
        self.panes.fill()
        present.spelling.typing = -1
        if self.note.toPlainText() != present.draft.note:
            self.note.blockSignals(True)
            self.note.setPlainText(present.draft.note)
            self.note.blockSignals(False)
        self.not_before.fill()
        self.fill_pictures()

    def fill_pictures(self, at: int = -1) -> None:
        """The pictures anew; the words of a new one are what comes next."""
        clear(self.pictures)
        self.rows = [PictureRow(self.present, n) for n in range(len(self.present.draft.pictures))]
        for row in self.rows:
            self.pictures.addWidget(row)
        self.none.setVisible(not self.rows)
        if at >= 0:
            self.rows[at].show()
            self.rows[at].alt.setFocus(Qt.FocusReason.OtherFocusReason)

    def follow(self) -> None:
        """What the checker says now."""
        present = self.present
        self.wishes.follow()
        self.agreed_keys.ask()
        for strip in self.goes_with.values():
            strip.follow()
        self.poll.follow()
        net = present.network or next(iter(present.networks(present.lang)), "")
        parts = present.draft.parts(present.lang, net)
        thread = comma() + t("{n} posts in a thread", n=len(parts)) if len(parts) > 1 else ""
        self.head.follow(present, NETWORKS.get(net, "") + thread)
        self.join.setVisible(len(parts) > 1)
        found = present.all_findings()
        self.walk.refind()
        self.panes.mark()
        for row in self.rows:
            row.underline(found)
        self.spelling.follow()
        self.words.setText(t("{n} words", n=len(present.draft.text(present.lang, net).split())))
        self.found_count.setText(str(len(found)))
        for code, label in self.level_counts.items():
            label.setText(str(sum(f["level"] == code and f["rule"] not in present.overrides for f in found)))
        self._list(found, bool(parts))

    def _list(self, found: list[dict], written: bool) -> None:
        """The rows, made anew only where they would say something else."""
        present, over, here = self.present, self._over(), self.walk.shown()
        spelling = self.spelling_keys.here(), present.spelling.may_add
        look = theme.scheme(), dict(present.overrides)
        shown = (found, written, over, here, present.lang, spelling, look)
        if shown == self._shown:
            return
        self._shown = shown
        held = self.window().focusWidget()
        had = held is not None and isinstance(held.parent(), FindingRow)
        clear(self.found)
        self.listed = [self._finding(n, one, one == over, one == here) for n, one in enumerate(found, 1)]
        for row in self.listed:
            self.found.addWidget(row)
        if not found:
            quiet = Label(t("No findings.") if written else t("Findings appear as you write."), 12, tone="text2")
            quiet.setContentsMargins(24, 0, 24, 10)
            self.found.addWidget(quiet)
            self.found.addWidget(rule())
        if had:
            self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _finding(self, number: int, one: dict, over: bool, here: bool) -> FindingRow:
        runs = {}
        if one.get("suggestion") is not None or one["rule"] == "STRUCT-02":
            runs["take"] = lambda: self.fix(number)
        if is_spelling(one):
            runs |= self.spelling_keys.runs(one)
            return SpellingRow(number, one, runs, one == self.spelling_keys.here(), self.present.spelling.may_add, here)
        there, lang = "", ""
        if "part" in one.get("against", {}):
            runs["there"] = lambda: self.walk.there(one)
            there = other(one["against"] if one["lang"] == self.present.lang else one)
        if one.get("lang", self.present.lang) != self.present.lang and "langs" not in one:
            lang = one["lang"]
        if self.present.may_override(one) and not one["rule"].startswith("STRUCT"):
            runs["override"] = lambda: self.override_wanted.emit(one)
        if page := _page(one):
            runs["rule"] = lambda: self.present.ctx.go(*page)
        return FindingRow(number, one, self.present.overrides.get(one["rule"], ""), runs, over, here, lang, there)

    def fix(self, number: int) -> None:
        """Take the fix of that number."""
        found = self.present.all_findings()
        if number > len(found):
            return
        one = found[number - 1]
        if one.get("suggestion") is not None:
            self.put(one, one["suggestion"])
        elif one["rule"] == "STRUCT-02":
            self.present.goes_to(one["account"], False)
            self.present.opened.emit()

    def put(self, one: dict, words: str) -> None:
        """Other words in the place of a finding, in its text or in the words of a picture."""
        where = self.panes.editor(one["lang"]) if one.get("picture") is None else self.rows[one["picture"]]
        where.replace(one["start"], one["end"], words)

    def caret(self) -> tuple[int, int]:
        """Where the caret is: in the words of that picture, or (-1) in the text; in code points."""
        text = points(self.editor.toPlainText(), self.editor.textCursor().position())
        return next(((row.at, row.caret()) for row in self.rows if row.caret() >= 0), (-1, text))

    def explain(self) -> None:
        """The page of the rule behind the finding at the caret, or behind the first."""
        for one in [f for f in (self.walk.here(), *self.present.all_findings()) if f is not None]:
            if page := _page(one):
                self.present.ctx.go(*page)
                return

    def override(self) -> None:
        """Ask to let the finding stand in which the caret is, else the first that may."""
        if (wanted := self._over()) is not None:
            self.override_wanted.emit(wanted)

    def _over(self) -> dict | None:
        """The finding that the key for letting it stand acts on."""
        may, here = self.present.may_override, self.walk.here()
        return here if here is not None and may(here) else next(filter(may, self.present.all_findings()), None)

    @property
    def editor(self) -> FindingEditor:
        """The text in hand."""
        return self.panes.hand

    def go(self, found: list[dict]) -> None:
        """The caret to the next of these, in the text and then in the words of pictures."""
        if not found:
            return
        ordered, here = sorted(found, key=place), self.caret()
        self.to(next((f for f in ordered if place(f) > here), ordered[0]))

    def to(self, one: dict) -> None:
        """The caret to the place of a finding in the language in hand."""
        if one.get("picture") is not None:
            self.rows[one["picture"]].select(one["start"], one["end"])
            return
        cursor = self.editor.textCursor()
        cursor.setPosition(utf16(self.editor.toPlainText(), one["start"]))
        self.editor.setTextCursor(cursor)
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def add_post(self) -> None:
        """The next post of the thread begins at the caret."""
        self.editor.add_post()

    def join_posts(self) -> None:
        """This post becomes part of the one before."""
        self.editor.join_posts()

    def pick_picture(self) -> None:
        """The one dialog: a file."""
        choose(self, self.present.add_picture)


def _page(one: dict) -> tuple[str, str] | None:
    """The page that says more of a finding: its rule's, or the line's that it is like."""
    if likeness.alike(one):
        return ("one-voice", likeness.line(one)) if likeness.line(one) else None
    return None if firm(one["rule"]) or is_spelling(one) else ("rules", one["rule"])
