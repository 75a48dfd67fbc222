"""One voice: the list of lines at the start, the line at the top, who carried it beneath."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from g20desk.office.state import STAFF
from ui import actions, theme
from ui.bus import Ctx
from ui.rows import Row, RowModel
from ui.screen import Screen
from ui.texts import t
from ui.voice import words
from ui.voice.acts import VoiceActs
from ui.voice.doing import Doing
from ui.voice.grid import Grid
from ui.voice.heading import LineArea, LinePane
from ui.voice.kit_bar import KitBar
from ui.voice.model import ALL, DRIFT, MEMBERS, PRESIDENCY, Shown, chosen
from ui.voice.note import note
from ui.voice.presenter import ACCOUNTS, GRID, TIME, VoicePresenter
from ui.voice.section import Accounts
from ui.voice.timeline import Timeline
from ui.widgets.ask_bar import AskBar
from ui.widgets.bar import Bar
from ui.widgets.base import Label, column, dress, line, panel, rule, scrolled
from ui.widgets.button import KeyButton
from ui.widgets.rowlist import RowList
from ui.widgets.segments import Segments

PAGES = ((ACCOUNTS, "Accounts"), (GRID, "Grid"), (TIME, "Over time"))
FILTERS = ((ALL, "All"), (PRESIDENCY, "Presidency"), (MEMBERS, "Members"), (DRIFT, "Only drift"))
TOP = 0.45  # of the work's height, at most, before the line scrolls


class VoiceView(Doing, Screen):
    """`foot` is the place for bars that ask; `header` takes the buttons of what can be done."""

    scope = "one-voice"
    from_start = True

    def __init__(self, ctx: Ctx) -> None:
        self.present, self.ctx = VoicePresenter(ctx), ctx
        super().__init__(ctx, self.present, t("One voice"))
        self.shown: Shown | None = None
        self.wanted = ""  # the account to be picked once its line is here
        outer = column(self.body)
        row = line(outer, gap=0)
        outer.setStretch(0, 1)
        row.addWidget(self._start())
        right = QWidget()
        self.work = column(right)
        self.pane = LinePane()
        self.top = LineArea(self.pane)
        self.work.addWidget(self.top)
        self.work.addWidget(rule())
        self.section = self._section()
        self.work.addWidget(self.section, 1)
        self.nothing = Label("", 13, tone="text2", wrap=True)
        self.nothing.setContentsMargins(28, 24, 28, 24)
        self.nothing.setAlignment(self.nothing.alignment() | Qt.AlignmentFlag.AlignTop)
        self.work.addWidget(self.nothing, 1)
        self.foot = column(foot := QWidget())
        self.bar, self.kit = AskBar(), KitBar()
        for bar in (self.bar, self.kit):
            self.foot.addWidget(bar)
        self.save = KeyButton(t("Save the kit"), actions.keys("kit", "one-voice"), "download")
        self.save.clicked.connect(self._kit)
        self.library = KeyButton(t("Library"), actions.keys("library", "one-voice"), "book-check", "quiet")
        self.library.clicked.connect(lambda: self.ctx.go("library", ""))
        self.header.add(self.library)
        self.header.add(self.save)
        self.work.addWidget(foot)
        row.addWidget(right, 1)
        self._listen()
        self._showed(None)

    def _listen(self) -> None:
        self.present.listed.connect(self._listed)
        self.present.showed.connect(self._showed)
        self.present.gridded.connect(lambda lines, cells: self.grid.fill(lines, cells, self.present.id))
        self.present.turned.connect(self._turned)
        self.present.done.connect(lambda said: self.notice.say(said, tone="ok"))
        self.list.picked.connect(lambda id: id and self.present.read(id))
        self.list.opened.connect(lambda _: self._to_work())
        self.list.more.connect(self.present.more)
        self.accounts.more.connect(self.present.more_carriers)
        self.accounts.judging.answered.connect(self._judge)
        self.accounts.judging.look.connect(self.present.listen)
        self.pane.picked.connect(self.speak)
        theme.watch.changed.connect(self._again)
        self.acts = VoiceActs(self, self.ctx, self.foot)
        self.accounts.note = lambda one: note(one, self._do)
        for verb, id in (("write", "write"), ("leave", "leave"), ("open", "open-relay"), ("prove", "prove")):
            self.bind({id: lambda verb=verb: self._do_picked(verb)})
        self.bind({"listen": self.present.listen})
        self.bind({"library": lambda: self.ctx.go("library", "")})
        runs = {f"page-{id}": lambda id=id: self.present.turn(id) for id, _ in PAGES}
        self.bind({"language": lambda: self.speak(self.pane.next()), "kit": self._kit, **runs, **self.acts.runs()})

    def _start(self) -> QWidget:
        self.end = made = panel("surface", "end")
        layout = column(made, (0, 16, 1, 0))
        head = line(layout, (16, 0, 16, 10))
        head.addWidget(Label(t("Agreed lines"), 13, theme.BOLD))
        head.addStretch(1)
        self.count = Label("", 13, theme.MEDIUM, "text2")
        head.addWidget(self.count)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(t("Filter this list") + "   " + actions.keys("filter"))
        self.filter.setAccessibleName(t("Filter this list"))
        self.filter.setMinimumHeight(theme.px(32))
        self.filter.textChanged.connect(self.present.narrow)
        box = line(layout, (16, 0, 16, 10))
        box.addWidget(self.filter)
        layout.addWidget(rule())
        self.model = RowModel(self)
        self.list = RowList(self.model, t("Agreed lines"), narrow=True)
        self.none = QWidget()
        none = column(self.none, (16, 12, 16, 0), 8)
        self.empty = Label("", 13, tone="text2", wrap=True)
        self.propose = KeyButton(t("Propose one"), actions.keys("new"), "plus", "link")
        self.propose.clicked.connect(lambda: self.ctx.go("line", ""))
        none.addWidget(self.empty)
        none.addWidget(self.propose)
        none.addStretch(1)
        layout.addWidget(self.none, 1)
        layout.addWidget(self.list, 1)
        made.setFixedWidth(theme.px(288))
        return made

    def _section(self) -> QWidget:
        made = QWidget()
        layout = column(made)
        head = Bar()
        dress(head, "surface")
        head.outer.setContentsMargins(28, 10, 28, 10)
        names = line(head.told, gap=10)
        names.addWidget(Label(t("Who carried it"), 13, theme.BOLD))
        self.many = Label("", 13, tone="text2")
        names.addWidget(self.many)
        names.addStretch(1)
        self.filters = Segments(t("Which accounts"), tuple((id, t(said), "") for id, said in FILTERS))
        self.filters.pick(ALL)
        self.accounts = Accounts()
        self.filters.chosen.connect(self._filter)
        self.pages_ = Segments(t("How it is shown"), tuple(
            (id, t(said), actions.keys(f"page-{id}", "one-voice")) for id, said in PAGES
        ))  # fmt: skip
        self.pages_.chosen.connect(self.present.turn)
        for one in (self.filters, self.pages_):
            head.add(one)
        layout.addWidget(head)
        self.grid, self.timeline = Grid(), Timeline()
        self.grid.opened.connect(self._from_grid)
        grid = QWidget()
        column(grid, (28, 0, 16, 12)).addWidget(self.grid)
        self.over_time = scrolled(self.timeline)
        self.pages = QStackedWidget()
        for one in (self.accounts, grid, self.over_time):
            self.pages.addWidget(one)
        layout.addWidget(self.pages, 1)
        return made

    def first(self) -> QWidget:
        """The list; where nothing is in it, the field that narrows it."""
        if self.model.rowCount() or not self.present.loaded:
            return self.list
        return self.propose if self.propose.isVisibleTo(self) else self.filter

    def regions(self) -> list[QWidget]:
        """List, line, accounts, what is asked."""
        return [self.end, self.top, self.section, self.bar, self.acts.bar, self.kit]

    def open(self, id: str) -> None:
        """That line."""
        self.present.read(id)
        self.list.pick(id)

    def back(self) -> bool:
        """A question first; from an account to the list, from a narrowed list to all."""
        if self.acts.back():
            return True
        for bar in (self.bar, self.kit):
            if bar.isVisible():
                bar.close_bar()
                return True
        held = self.window().focusWidget()
        if held is not None and self.section.isAncestorOf(held):
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if self.filter.text():
            self.filter.clear()
            return True
        return False

    def speak(self, lang: str) -> None:
        """Read the line in that language."""
        if self.shown is not None and lang:
            self.pane.lang = lang
            self._showed(self.shown)

    def _kit(self) -> None:
        """The line's media kit."""
        if self.shown is not None:
            self.bar.hide()
            self.kit.offer(self.shown, self.present.save_kit)

    def _to_work(self) -> None:
        found = {GRID: self.grid, TIME: self.timeline}.get(self.present.page) or self.accounts.first()
        (found or self.top).setFocus(Qt.FocusReason.OtherFocusReason)

    def _filter(self, which: str) -> None:
        self.accounts.filter(which)
        self._time()

    def _time(self) -> None:
        if self.shown is not None:
            self.timeline.fill(chosen(self.shown.carriers, self.accounts.which), self.shown.now)

    def _turned(self, page: str) -> None:
        held = self.pages.isAncestorOf(self.window().focusWidget() or self)
        self.pages_.pick(page)
        self.pages.setCurrentIndex([id for id, _ in PAGES].index(page))
        self.filters.setVisible(page != GRID)
        if held:
            self._to_work()

    def _from_grid(self, line_id: str, relay: str) -> None:
        """The line of a cell, on the account that its mark is of."""
        self.wanted = relay
        self.present.turn(ACCOUNTS)
        if line_id == self.present.id:
            self._pick_wanted()
        else:
            self.open(line_id)

    def _pick_wanted(self) -> None:
        row = self.accounts.rows.get(self.wanted)
        self.wanted = ""
        (row or self.accounts.first() or self.top).setFocus(Qt.FocusReason.OtherFocusReason)

    def _listed(self, rows: list[Row], total: int) -> None:
        self.count.setText(str(total) if total else "")
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
        self.propose.setVisible(not self.present.words and self.ctx.facts.person.role in STAFF)
        self.empty.setText(t("No line has these words.") if self.present.words else t("No agreed lines yet."))
        self.list.fill(rows, self.present.id)
        if not rows:
            self.present.read("")
        elif not self.present.id:
            self.present.read(self.list.current_id())

    def _again(self) -> None:
        """The same in other colours; a method, so that nobody calls it once this screen is gone."""
        self._showed(self.shown)

    def _showed(self, shown: Shown | None) -> None:
        self.shown = shown
        self.acts.look(shown.row.id if shown is not None else "")
        for one in (self.top, self.section, self.save):
            one.setVisible(shown is not None)
        self.nothing.setVisible(shown is None)
        if shown is None:
            return
        self.pane.fill(shown)
        self.many.setText(words.accounts(shown.row.carried) if shown.row.carried else "")
        self.accounts.fill(shown, self.pane.lang)
        self._time()
        self.top.fit()
        if self.wanted:
            self._pick_wanted()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line takes the room that it needs, up to a part of the work's."""
        super().resizeEvent(event)
        self.top.fit(round(max(200, self.body.height()) * TOP))
