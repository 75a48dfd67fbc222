"""The page of deputies: each government's liaison, and who speaks in their place when. A liaison names their own."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import actions, theme
from ui.bus import Ctx
from ui.office.deputies_presenter import DeputiesPresenter, Listed, Standing
from ui.office.forms import SendsOnEnter
from ui.office.frame import Page
from ui.rows import Row, RowModel
from ui.texts import clock, comma, day, isolated, land, t
from ui.widgets.ask_bar import AskBar
from ui.widgets.base import Icon, Label, clear, column, line, told
from ui.widgets.button import KeyButton
from ui.widgets.choice import choice
from ui.widgets.chrome import Notice
from ui.widgets.rowlist import RowList
from ui.widgets.side_pages import SidePages
from ui.widgets.time_field import TimeField

MINUTE, DAY = 60_000, 86_400_000


def when(ms: int) -> str:
    """`Mon 30 November 2026 09:00 UTC`."""
    return f"{day(ms, True)} {clock(ms)} UTC"


def row_of(one: Standing) -> Row:
    """A liaison, with who stands in for them."""
    who = f"{land(one.government)}{comma()}{isolated(one.liaison)}"
    if not one.deputy:
        return Row(one.id, who, t("No deputy"), "circle", "text3", t("You") if one.mine else "", "text2")
    line_ = t("{deputy}, {since} to {until}", deputy=isolated(one.deputy), since=when(one.since), until=when(one.until))
    right = t("Stands in now") if one.now else t("Later")
    under = t("You") if one.mine else ""
    return Row(
        one.id, who, line_, "user-check", "ok" if one.now else "text2", right, "ok" if one.now else "text2", under
    )


class DeputyForm(SendsOnEnter):
    """Who, from when, until when."""

    wanted = Signal(str, object, object)

    def __init__(self, zone: object) -> None:
        super().__init__(t("Name a deputy"), t("Name them"),
                         t("They speak for your government besides you; it still has one voice, the latest word counts. Naming another takes "
                           "this one's place."))  # fmt: skip
        self.person = choice(t("Deputy"), [])
        self.add("person", t("Deputy"), self.person)
        self.since, self.until = TimeField(zone), TimeField(zone)  # type: ignore[arg-type]
        for id, name, field in (("since", t("From"), self.since), ("until", t("Until"), self.until)):
            for part in (field.date, field.time, field.where):
                part.setAccessibleName(f"{name}{comma()}{part.accessibleName()}")
            field.setFocusProxy(field.date)
            self.add(id, name, field)
        self.close_up()

    def put(self, people: tuple[str, ...], one: Standing, now: int) -> None:
        """As it is now, or from now on for a week."""
        self.calm()
        self.person.clear()
        for name in people:
            self.person.addItem(name, name)
        self.person.setCurrentIndex(max(0, self.person.findData(one.deputy)))
        start = (now // MINUTE + 1) * MINUTE
        self.since.begin(max(one.since, start) if one.deputy else start, now)
        self.until.begin(max(one.until, start + MINUTE) if one.deputy else start + 7 * DAY, now)

    def send(self) -> None:
        """What can't be is said at its field."""
        self.calm()
        for id, field in (("since", self.since), ("until", self.until)):
            if field.moment is None:
                self.tell(id, field.why)
                return
        if (self.until.moment or 0) <= (self.since.moment or 0):
            self.tell("until", t("That is before it begins."))
        elif self.person.currentData():
            self.wanted.emit(self.person.currentData(), self.since.moment, self.until.moment)


class DeputiesPage(Page):
    """Everybody sees who stands in for whom."""

    scope = "deputies"

    def __init__(self, ctx: Ctx, notice: Notice) -> None:
        self.present = DeputiesPresenter(ctx)
        super().__init__(ctx, self.present, notice)
        self.new = KeyButton(t("Name a deputy"), actions.keys("name-deputy", "deputies"), "user-plus", "main")
        self.new.clicked.connect(self.begin)
        self.heads = [self.new]
        self.model = RowModel(self)
        self.list = RowList(self.model, t("Deputies"))
        column(self).addWidget(self.list)
        self.pages = SidePages()
        self.end = self.pages.panel
        inner = QWidget()
        self.side: QVBoxLayout = column(inner, (20, 18, 20, 18), 8)
        self.detail = self.pages.page(inner)
        self.form = DeputyForm(ctx.zone)
        self.form_page = self.pages.page(self.form, True)
        self.bar = AskBar()
        self.foots = [self.bar]
        self.runs = {"name-deputy": self.begin, "end-deputy": self._end}
        self.list.picked.connect(lambda _: self._again())
        self.list.opened.connect(lambda _: self.begin())
        self.present.listed.connect(self._listed)
        self.present.refused.connect(self._refused)
        self.present.done.connect(self._done)
        self.form.wanted.connect(self.present.name)
        self.form.left.connect(self.leave)
        theme.watch.changed.connect(self._again)

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def regions(self) -> list[QWidget]:
        """In reading order."""
        return [self.list, self.end, self.bar]

    def sub(self) -> str:
        """How many stand in now."""
        n = sum(one.now for one in self.present.now.rows)
        if not n:
            return t("Nobody stands in now")
        return t("{n} stand in now", n=n) if n != 1 else t("1 stands in now")

    def arrange(self) -> None:
        """The header as it has to be."""
        self.new.setVisible(any(one.mine for one in self.present.now.rows))

    def back(self) -> bool:
        """Escape: the question, then the form."""
        if self.bar.isVisible():
            self.bar.close_bar()
            return True
        if self.pages.currentWidget() is not self.detail:
            self.leave()
            return True
        return False

    def leave(self) -> None:
        """Back to the list."""
        self.pages.setCurrentWidget(self.detail)
        self.end_done.emit()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def picked(self) -> Standing | None:
        """The liaison in hand."""
        id = self.list.current_id()
        return next((one for one in self.present.now.rows if one.id == id), None)

    def begin(self) -> None:
        """Name a deputy, as a liaison; others are told who does."""
        mine = next((one for one in self.present.now.rows if one.mine), None)
        if mine is None:
            self.notice.say(t("A government's liaison names their deputy."))
            return
        self.form.put(self.present.now.people, mine, self.ctx.clock.now_ms())
        self.pages.setCurrentWidget(self.form_page)
        self.end_wanted.emit()
        self.form.person.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _end(self) -> None:
        one = self.picked()
        if one is not None and one.ends:
            words = t("{deputy} speaks for {land} no more.", deputy=isolated(one.deputy), land=land(one.government))
            self.bar.ask(words, t("End it"), lambda _: self.present.end(one.liaison))

    def _listed(self, now: Listed) -> None:
        self.list.fill([row_of(one) for one in now.rows], self.list.current_id())
        if self.isVisible():
            self.arrange()
        self._again()
        self.told.emit()

    def _again(self) -> None:
        clear(self.side)
        one = self.picked()
        if one is None:
            self.side.addWidget(Label(t("Nobody speaks for a government in this office."), 13, tone="text2", wrap=True))
            self.side.addStretch(1)
            return
        self.side.addWidget(Label(land(one.government), 15, theme.BOLD, wrap=True))
        self.side.addWidget(Label(t("Liaison: {name}", name=isolated(one.liaison)), 13, tone="text2", wrap=True))
        if one.deputy:
            said = t("{name} speaks for it besides the liaison now.", name=isolated(one.deputy)) if one.now else t(
                "{name} will speak for it besides the liaison.", name=isolated(one.deputy)
            )  # fmt: skip
            told(self.side, Icon("user-check", 16, "ok" if one.now else "text2"), Label(said, 13, wrap=True),
                 f"{t('From')} {when(one.since)}\n{t('Until')} {when(one.until)}", room=4)  # fmt: skip
        else:
            told(self.side, Icon("circle", 16, "text3"), Label(t("No deputy"), 13, wrap=True),
                 t("While the liaison is away nobody speaks for it."), room=4)  # fmt: skip
        row = line(self.side)
        if one.mine:
            button = KeyButton(
                t("Name another") if one.deputy else t("Name a deputy"), actions.keys("name-deputy", "deputies")
            )
            button.clicked.connect(self.begin)
            row.addWidget(button)
        if one.ends:
            button = KeyButton(t("End it"), actions.keys("end-deputy", "deputies"))
            button.clicked.connect(self._end)
            row.addWidget(button)
        row.addStretch(1)
        self.side.addStretch(1)

    def _refused(self, place: str, words: str) -> None:
        if self.pages.currentWidget() is self.form_page:
            self.form.refuse(place, words)
        else:
            self.notice.say(words)

    def _done(self, words: str) -> None:
        self.leave()
        self.notice.say(words, tone="ok")
