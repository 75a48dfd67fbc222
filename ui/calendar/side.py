"""The calendar's side panel: the picked post, what clashes, quiet times, how many of each state."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import actions, theme
from ui.calendar.pages import Chip, Clash, Page, Silent, moves_with
from ui.calendar.plan import Band, Habit, said, short
from ui.calendar.planned import Contradiction
from ui.texts import clock, comma, day, state, t
from ui.widgets.base import Elided, Icon, Label, clear, column, line, panel, rule
from ui.widgets.button import KeyButton
from ui.widgets.chrome import column_in


class Side(QWidget):
    """Two parts, each made anew only when it differs."""

    opened = Signal(str)
    move_wanted = Signal(object)
    way_out = Signal(object, object)
    lift_wanted = Signal(object)
    act_wanted = Signal(str)
    drop_wanted = Signal(object)
    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        outer = column(self)
        upper, lower = panel(), panel()
        self.upper, self.lower = column(upper, (20, 16, 20, 12), 6), column(lower, (20, 4, 20, 12), 8)
        outer.addWidget(upper)
        outer.addWidget(lower)
        foot = panel()
        last = column(foot, (20, 8, 20, 16), 8)
        self.cant: dict[str, str] = {}
        self.begins: dict[str, KeyButton] = {}
        for id, words, icon in (
            ("entry", t("Put something into the plan"), "calendar-days"), ("embargo", t("Place an embargo"), "lock"), ("mourning", t("Declare a day of mourning"), "moon"),
        ):  # fmt: skip
            button = KeyButton(words, actions.keys(id, "calendar"), icon, small=True)
            button.clicked.connect(lambda _=False, id=id: self.act_wanted.emit(id))
            last.addWidget(button)
            self.begins[id] = button
        outer.addWidget(foot)
        outer.addStretch(1)
        self.chip: Chip | None = None

    def offer(self, cant: dict[str, str]) -> None:
        """What this person may do here; `cant`: for each act why not."""
        if cant == self.cant:
            return
        self.cant = cant
        for id, button in self.begins.items():
            button.offer(cant.get(id, ""))
        chip, self.chip = self.chip, None
        self.pick(chip)

    def pick(self, chip: Chip | None) -> None:
        """The picked post, its time in UTC and here."""
        if chip == self.chip:
            return
        self.chip = chip
        clear(self.upper)
        if chip is None:
            return
        look = state(chip.state)
        self.upper.addWidget(Label(chip.title, 13, theme.BOLD, wrap=True))
        head = line(self.upper, gap=8)
        head.addWidget(Icon(look.icon, 16, look.tone))
        head.addWidget(Label(t(look.word), 12, theme.MEDIUM, look.tone), 1)
        self.upper.addWidget(Label(f"{day(chip.at)} {clock(chip.at)} UTC", 13, wrap=True))
        if chip.local:
            self.upper.addWidget(Label(chip.local, 13, tone="text2", wrap=True))
        if chip.accounts:
            self.upper.addWidget(Label(chip.accounts, 12, tone="text2", wrap=True))
        if chip.plan:
            said = comma().join(filter(None, (chip.plan, moves_with(chip.linked) if chip.linked else "")))
            self.upper.addWidget(Label(said, 12, tone="text2", wrap=True))
        for words in chip.quiet:
            self.upper.addWidget(Label(words, 12, tone="block", wrap=True))
        row = line(self.upper, (0, 4, 0, 0))
        look_at = KeyButton(t("Open"), "↵", small=True)
        look_at.clicked.connect(lambda: self.opened.emit(chip.id))
        move = KeyButton(t("Move"), actions.keys("move", "calendar"), small=True)
        move.offer(self.cant.get("entry" if chip.state == "in-plan" else "move", ""))
        move.clicked.connect(lambda: self.move_wanted.emit(chip))
        row.addWidget(look_at)
        row.addWidget(move)
        row.addStretch(1)
        acts = [("unlink", t("Let it move by itself")) if chip.linked else ("link", t("Let it move with another"))]
        if chip.state == "in-plan":
            acts.append(("change", t("Change what the plan says")))
        if chip.plan:
            acts.append(("take-out", t("Take it out of the plan")))
        for id, words in acts:
            row = line(self.upper)
            button = KeyButton(words, actions.keys(id, "calendar"), small=True)
            button.offer(self.cant.get(id, ""))
            button.clicked.connect(lambda _=False, id=id: self.act_wanted.emit(id))
            row.addWidget(button)
            row.addStretch(1)
        self.upper.addSpacing(8)
        self.upper.addWidget(rule())

    def put(self, page: Page) -> None:
        """Clashes and counts."""
        clear(self.lower)
        for clash in page.clashes[:3]:
            self._clash(clash)
        if len(page.clashes) > 3:
            self.lower.addWidget(Label(t("{n} more clashes", n=len(page.clashes) - 3), 12, tone="block"))
        for contradiction in page.contradictions[:3]:
            self._contradiction(contradiction, page)
        if len(page.contradictions) > 3:
            self.lower.addWidget(Label(t("{n} more clashes", n=len(page.contradictions) - 3), 12, tone="block"))
        for band in page.bands:
            self._band(band, [one for one in page.silent if band.id in one.bands])
        self.lower.addWidget(Label(t("Shown"), 13, theme.BOLD))
        if not page.counts:
            self.lower.addWidget(Label(t("No posts here."), 12, tone="text2"))
        for code, count in page.counts:
            look = state(code)
            row = line(self.lower, gap=8)
            row.addWidget(Icon(look.icon, 14, look.tone))
            row.addWidget(Label(t(look.word), 12, theme.MEDIUM, look.tone if look.tone != "text3" else "text2"), 1)
            row.addWidget(Label(str(count), 12))

        for kind, title in (("slot", t("Slots")), ("recurring", t("Comes back"))):
            listed = [one for one in page.habits if one.kind == kind]
            if listed:
                self.lower.addSpacing(4)
                self.lower.addWidget(rule())
                self.lower.addWidget(Label(title, 13, theme.BOLD))
            for habit in listed:
                self._habit(habit)

    def _habit(self, habit: Habit) -> None:
        """A slot, or a message that comes back, and the way out of it."""
        row = line(self.lower)
        words = column_in(row)
        words.addWidget(Elided(habit.title, 13, theme.MEDIUM))
        words.addWidget(Label(habit.under, 12, tone="text2", wrap=True))
        away = KeyButton(t("Drop it") if habit.kind == "slot" else t("End it"), kind="quiet", small=True)
        away.setAccessibleName(f"{away.text()}: {habit.title}")
        away.offer(self.cant.get(habit.kind, ""))
        away.clicked.connect(lambda: self.drop_wanted.emit(habit))
        row.addWidget(away)

    def _clash(self, clash: Clash) -> None:
        head = line(self.lower, gap=8)
        head.addWidget(Icon("triangle-alert", 16, "block"))
        head.addWidget(Label(clash.title, 13, theme.BOLD, "block", wrap=True), 1)
        words = t("Two posts within {n} minutes on the same account.", n=clash.minutes)
        self.lower.addWidget(Label(words, 13, wrap=True))
        for chip in clash.pair:
            self._post(chip)
        way = KeyButton(t("Move the second to {time}", time=clock(clash.free)), icon="arrow-right", kind="main")
        way.clicked.connect(lambda: self.way_out.emit(clash.pair[1], clash.free))
        self.lower.addWidget(way)
        self.lower.addWidget(rule())

    def _contradiction(self, one: Contradiction, page: Page) -> None:
        """What clashes in a plan, over accounts and members, and the one way out."""
        head = line(self.lower, gap=8)
        head.addWidget(Icon("triangle-alert", 16, "block"))
        title = t("Clash, {day} {time} UTC", day=day(one.at), time=clock(one.at))
        head.addWidget(Label(title, 13, theme.BOLD, "block", wrap=True), 1)
        self.lower.addWidget(Label(one.words, 13, wrap=True))
        chips = {chip.id: chip for chip in page.chips}
        for id in one.chips:
            if id in chips:
                self._post(chips[id])
        chip = chips.get(one.chip)
        if chip is not None:
            way = KeyButton(one.way, icon="arrow-right", kind="main" if one.to else "plain", small=not one.to)
            way.setAccessibleName(f"{one.way}: {chip.title}")
            run = (lambda: self.way_out.emit(chip, one.to)) if one.to else (lambda: self.picked.emit(chip.id))
            way.clicked.connect(run)
            self.lower.addWidget(way)
        self.lower.addWidget(rule())

    def _post(self, chip: Chip) -> None:
        one = line(self.lower)
        words = column_in(one)
        words.addWidget(Elided(chip.title, 13, theme.MEDIUM))
        words.addWidget(Label(f"{clock(chip.at)}, {t(state(chip.state).word).lower()}", 12, tone="text2"))
        button = KeyButton(t("Open"), small=True)
        button.setAccessibleName(f"{t('Open')} {chip.title}")
        button.clicked.connect(lambda: self.opened.emit(chip.id))
        one.addWidget(button)

    def _band(self, band: Band, inside: list[Silent]) -> None:
        """A quiet time: for whom, how long, why; the posts in it, each with a way out; and how it is taken away."""
        head = line(self.lower, gap=8)
        head.addWidget(Icon(band.icon, 16, "warn"))
        title = t("Embargo") if band.kind == "embargo" else band.words
        head.addWidget(Label(title, 13, theme.BOLD, "warn", wrap=True), 1)
        self.lower.addWidget(Label(f"{band.scope}{comma()}{said(band)}", 12, wrap=True))
        self.lower.addWidget(Label(f"{band.by}: {band.why}", 12, tone="text2", wrap=True))
        if inside:
            count = t("{n} posts are planned in it", n=len(inside)) if len(inside) > 1 else t("1 post is planned in it")
            row = line(self.lower, gap=8)
            row.addWidget(Icon("triangle-alert", 14, "block"))
            row.addWidget(Label(count, 12, theme.MEDIUM, "block", wrap=True), 1)
        for silent in inside[:3]:
            self._post(silent.chip)
            way = KeyButton(t("Move it to {time}", time=short(silent.free)), icon="arrow-right", small=True)
            way.setAccessibleName(f"{way.text()}: {silent.chip.title}")
            way.clicked.connect(lambda _=False, one=silent: self.way_out.emit(one.chip, one.free))
            self.lower.addWidget(way)
        if band.lifts and not band.over:
            verb = t("End it") if band.kind == "mourning" else t("Lift it too") if band.lifting else t("Lift it")
            away = KeyButton(verb, small=True)
            away.setAccessibleName(f"{verb}: {title}{comma()}{band.scope}")
            away.offer(self.cant.get(band.kind, ""))
            away.clicked.connect(lambda: self.lift_wanted.emit(band))
            row = line(self.lower)
            row.addWidget(away)
            row.addStretch(1)
        self.lower.addWidget(rule())
