"""What the window asks from anywhere: who works at this desk, how the window looks, reads and tells of alarms, and a hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from ui.alarms.settings import notices
from ui.texts import caption, t
from ui.widgets.choosing import fill, languages, pop, schemes, sizes

if TYPE_CHECKING:
    from ui.window import Window


def settings(window: Window) -> None:
    """What someone chooses for the window on this computer."""
    menu, now = QMenu(window), window.choices
    menu.setAccessibleName(t("Settings"))

    def wanted(name: str) -> Callable[[object], None]:
        return lambda value: window.chosen.emit(name, value)

    fill(menu, t("Language"), languages(), now.language, wanted("language"))
    fill(menu, t("Colours"), schemes(), now.scheme, wanted("scheme"))
    fill(menu, t("Size of the text"), sizes(), now.text, wanted("text"))
    fill(menu, t("Keys of one letter"), [(True, t("On")), (False, t("Off"))], now.letters, wanted("letters"))
    menu.addSeparator()
    notices(menu, now, window.chosen.emit)
    menu.addSeparator()
    menu.addAction(t("Save a support bundle…")).triggered.connect(lambda: window.support.open())
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
    """Stop everything, with a reason."""

    def place(why: str) -> None:
        window.ctx.worker.ask(
            lambda: window.ctx.desk.holds.place(why),
            lambda _: window.here().notice.say(t("On hold. Nothing goes out until two people lift it."), tone="warn"),
            window.here().notice.refuse,
            window,
        )

    window.bar.ask(t("Place a hold on everything this office sends"), t("Place a hold"), place, t("Why"), True)
