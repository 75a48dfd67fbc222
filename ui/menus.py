"""What the window asks from anywhere: who works at this desk, how the window looks, reads and tells of alarms, and a hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from g20desk.desk import may
from g20desk.desk.holds import Concerned
from ui.alarms.settings import notices
from ui.desks import known
from ui.places import BEGINS
from ui.texts import caption, isolated, reason, t, tip
from ui.today.rows import of_what
from ui.widgets.ask_bar import AskBar
from ui.widgets.choosing import fill, languages, locked, pop, schemes, sizes

if TYPE_CHECKING:
    from ui.window import Window


def settings(window: Window) -> None:
    """What someone chooses for the window on this computer."""
    menu, now = QMenu(window), window.choices
    menu.setAccessibleName(t("Settings"))

    def ask(name: str, title: str, options: list[tuple[object, str]]) -> None:
        fill(menu, title, options, getattr(now, name), lambda value: window.chosen.emit(name, value), locked(name))

    ask("language", t("Language"), languages())
    ask("scheme", t("Colours"), schemes())
    ask("text", t("Size of the text"), sizes())
    ask("letters", t("Keys of one letter"), [(True, t("On")), (False, t("Off"))])
    menu.addSeparator()
    notices(menu, now, window.chosen.emit)
    menu.addSeparator()
    menu.addAction(t("Save a support bundle…")).triggered.connect(window.runs["support"])
    menu.addAction(t("What works on this computer")).triggered.connect(window.runs["computer"])
    desks(menu, window)
    menu.addAction(t("About G20 Desk")).triggered.connect(window.runs["about"])
    pop(menu, window.rail.settings)


def desks(menu: QMenu, window: Window) -> None:
    """The other desks of this computer, one more, and for a practice office the way to be rid of it."""
    made = menu.addMenu(t("Open another desk"))
    for one in known(Path(window.ctx.desk.folder).absolute()):
        kind = t("Rehearsal") if one.rehearsal else t("Office")
        action = made.addAction(caption(f"{isolated(one.office)} · {kind}"))
        action.setToolTip(tip(one.folder))
        action.triggered.connect(lambda _=False, folder=one.folder: window.desk_wanted.emit(folder))
    made.addSeparator()
    made.addAction(t("One more, in a folder of its own…")).triggered.connect(lambda: window.desk_wanted.emit(""))
    if window.ctx.facts.rehearsal:
        menu.addAction(t("Delete this practice office…")).triggered.connect(lambda: removal(window))
    menu.addSeparator()


def removal(window: Window) -> None:
    """Ask first: it can't be had back."""
    bar = AskBar()
    window.middle.addWidget(bar)
    bar.closed = bar.deleteLater
    words = t(
        "Delete this practice office? All that was written in it goes, from this computer alone; nothing of it was ever published."
    )
    bar.ask(words, t("Delete it"), lambda _: window.removal_wanted.emit())


def people(window: Window) -> None:
    """Whose key is used: in a rehearsal there are several."""
    menu, facts = QMenu(window), window.ctx.facts
    menu.setAccessibleName(t("Work as someone else"))
    for name in facts.people or (facts.person.name,):
        action = QAction(caption(name), menu)
        action.setCheckable(True)
        action.setChecked(name == facts.person.name)
        action.triggered.connect(lambda _=False, name=name: window.person_wanted.emit(name))
        menu.addAction(action)
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(window.rail.person.mapToGlobal(window.rail.person.rect().topLeft()))


def new(window: Window) -> None:
    """A message, or a line where lines are; who writes no drafts is told why."""
    if why := window.ctx.facts.no_drafts:
        window.here().notice.say(reason(why))
    else:
        window.go(BEGINS.get(window.here().scope, "composer"), "")


def hold(window: Window) -> None:
    """Stop everything, a topic or an account, with a reason; who places none is told so before they write one."""
    ctx, desk = window.ctx, window.ctx.desk

    def ask(told: tuple[str, list[str], list[Concerned]]) -> None:
        why_not, accounts, planned = told
        if why_not:
            window.here().notice.say(reason(why_not))
        else:
            window.bar.ask(accounts, planned)

    def job() -> tuple[str, list[str], list[Concerned]]:
        return may.act(desk, "hold"), [one.name for one in desk.accounts.rows()], desk.holds.planned()

    ctx.worker.ask(job, ask, window.here().notice.refuse, window)


def place(window: Window, why: str, topic: str, account: str) -> None:
    """Place it."""
    said = t("On hold: {what}. None of it goes out until two people lift it.", what=of_what(topic, account))
    window.ctx.worker.ask(
        lambda: window.ctx.desk.holds.place(why, topic, account),
        lambda _: window.here().notice.say(said, tone="warn"),
        window.here().notice.refuse,
        window,
    )


def support(window: Window) -> None:
    """What would be in the file for whoever helps, and where to save it."""
    from ui.support.sheet import sheet

    sheet(window).open()
