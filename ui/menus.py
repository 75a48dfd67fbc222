"""What the window asks from anywhere: who works at this desk, how the window looks, reads and tells of alarms, and a hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from g20desk.desk import may
from g20desk.desk.holds import Concerned
from ui.alarms.settings import notices
from ui.texts import caption, reason, t
from ui.today.rows import of_what
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
    menu.addAction(t("About G20 Desk")).triggered.connect(window.runs["about"])
    pop(menu, window.rail.settings)


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
