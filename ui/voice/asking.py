"""Asking accounts to carry a line: which, by when, and why. A bar at the foot of One voice; Enter signs, Esc leaves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo
from itertools import groupby

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from g20desk.desk.relay_asking import Askable, Candidate
from ui import theme
from ui.texts import NETWORKS, caption, comma, isolated, land, t
from ui.voice.relay_states import RELAYS
from ui.voice.words import language_name as language
from ui.widgets.base import Icon, Label, clear, column, line, scrolled
from ui.widgets.form_bar import FormBar
from ui.widgets.segments import Segments
from ui.widgets.time_field import TimeField

ANY, BY = "any", "by"
HOUR = 3_600_000
MOST = 240


class AskingBar(FormBar):
    """`ask` hands on the names of the accounts, a time in milliseconds (0: at any time) and a reason, which may be empty."""

    closed: Callable[[], object] = staticmethod(lambda: None)

    def __init__(self, zone: tzinfo) -> None:
        self.zone, self.mode, self.over = zone, ANY, 0
        self.boxes: dict[str, QCheckBox] = {}
        self.then: Callable[[list[str], int, str], object] = lambda names, until, why: None
        super().__init__("send", "", t("Ask to relay"))
        self.needs_reason = False
        self.why.setPlaceholderText(t("Why, in one sentence; it may stay empty"))
        self.why.setAccessibleName(t("Why, in one sentence; it may stay empty"))

    def fields(self) -> None:
        """The accounts by government, then the time."""
        inner = QWidget()
        self.listed = column(inner, (0, 0, 12, 0), 2)
        self.area = scrolled(inner)
        self.told.addWidget(self.area)
        row = line(self.told, gap=12)
        self.modes = Segments(t("By when"), ((ANY, t("At any time"), ""), (BY, t("By a time"), "")))
        self.modes.chosen.connect(self._choose)
        self.field = TimeField(self.zone)
        self.field.changed.connect(lambda _: self.weigh())
        row.addWidget(self.modes)
        row.addWidget(self.field, 1)
        row.addStretch(0)

    def ask(self, found: Askable, now: int, then: Callable[[list[str], int, str], object]) -> None:
        """Ask; `found`: a line that may be asked for."""
        self.then, self.over = then, found.until
        self.words.setText(t("Which accounts are asked to carry “{topic}”?", topic=isolated(found.topic)))
        clear(self.listed)
        self.boxes = {}
        for (owner, government), group in groupby(found.accounts, key=lambda one: (one.owner, one.government)):
            who = land(government) + (comma() + t("Presidency") if owner == "presidency" else "")
            head = Label(who, 12, theme.MEDIUM, "text2")
            head.setContentsMargins(0, 4, 0, 0)
            self.listed.addWidget(head)
            for one in group:
                self._account(one)
        if not found.accounts:
            words = t(
                "There is no account of a Presidency or a member yet. The head adds one in Accounts, or somebody of its government."
            )
            self.listed.addWidget(Label(words, 12, tone="text2", wrap=True))
        self.mode = ANY
        self.modes.pick(ANY)
        self.field.hide()
        self.field.begin(-(-now // HOUR) * HOUR + 24 * HOUR, now)
        free = [box for box in self.boxes.values() if box.isEnabled()]
        self.begin(free[0] if free else self.leave)
        self._fit()

    def _account(self, one: Candidate) -> None:
        row = line(self.listed, gap=8)
        box = QCheckBox(caption(isolated(one.name)))
        box.setFont(theme.font(13, theme.MEDIUM))
        notes = [NETWORKS.get(one.network, one.network), comma().join(map(language, one.langs))]
        told = ", ".join(notes)
        box.toggled.connect(lambda _: self.weigh())
        row.addWidget(box)
        row.addWidget(Label(" · ".join(notes), 12, tone="text2"))
        warns = []
        if one.waits:
            look = RELAYS["adopted" if one.asked == "planned" else one.asked]
            words = (
                t("asked already") if one.asked == "asked" else t("asked already: {state}", state=t(look.word).lower())
            )
            warns.append((look.icon, look.tone, words))
            box.setEnabled(False)
        elif one.asked in ("declined", "out", "drifted", "withdrawn"):
            look = RELAYS["carried" if one.asked == "out" else one.asked]
            warns.append((look.icon, look.tone, t("before: {state}", state=t(look.word).lower())))
        if one.lacks:
            names = comma().join(map(language, one.lacks))
            alone = len(one.lacks) == len(one.langs)
            warns.append(("languages", "warn" if alone else "text2", t("the line has no text in {langs}", langs=names)))
        if not one.people:
            warns.append(("triangle-alert", "warn", t("nobody in this office speaks on it")))
        row.addStretch(1)
        for glyph, tone, words in warns:
            under = line(self.listed, (27, 0, 0, 2), 6)
            under.addWidget(Icon(glyph, 14, tone))
            under.addWidget(Label(words, 12, theme.MEDIUM, tone, wrap=True), 1)
        box.setAccessibleName(f"{one.name}. {told}. {'. '.join(words for *_, words in warns)}")
        self.boxes[one.name] = box

    def chosen(self) -> list[str]:
        """The accounts that are ticked."""
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def lacks(self) -> str:
        """An account, and a time while the line stands."""
        if not self.chosen():
            return t("Choose an account first")
        if self.mode == ANY:
            return ""
        if self.field.moment is None:
            return self.field.why
        return t("The line does not stand any more then.") if self.over and self.field.moment >= self.over else ""

    def take(self, why: str) -> None:
        """Hand it on."""
        self.then(self.chosen(), (self.field.moment or 0) if self.mode == BY else 0, why)

    def close_bar(self) -> None:
        """Leave without signing."""
        super().close_bar()
        self.closed()

    def _choose(self, mode: str) -> None:
        self.mode = mode
        self.field.setVisible(mode == BY)
        (self.field.date if mode == BY else self.why).setFocus(Qt.FocusReason.OtherFocusReason)
        self.weigh()

    def _fit(self) -> None:
        """As high as the list needs, up to what leaves the screen in sight."""
        self.area.setFixedHeight(min(self.listed.totalSizeHint().height() + 4, theme.px(MOST)))
        self.fit()
