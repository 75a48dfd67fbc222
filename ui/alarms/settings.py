"""Which alarms the system gives notice of, as a menu; those of unknown and refused posts can't be switched off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from ui.alarms.words import QUIET
from ui.texts import t
from ui.widgets.choosing import Choices, locked, ticks


def notices(menu: QMenu, choices: Choices, chosen: Callable[[str, object], object]) -> QMenu:
    """The menu inside a menu; `chosen` gets the name of the choice and what it is now."""
    quiet = choices.quiet

    def turn(kinds: tuple[str, ...], on: bool) -> None:
        others = tuple(kind for kind in quiet if kind not in kinds)
        chosen("quiet", others if on else (*others, *kinds))

    made = ticks(menu, t("Notices of the system"), [(kinds, t(words), not set(kinds) & set(quiet)) for kinds, words in QUIET], turn,
                 locked("quiet"))  # fmt: skip
    made.addSeparator()
    sound = made.addAction(t("With a sound"))
    sound.setCheckable(True)
    sound.setChecked(choices.sound)
    sound.setEnabled(not locked("sound"))
    sound.triggered.connect(lambda on: chosen("sound", on))
    always = made.addAction(t("Unknown and refused posts always give notice"))
    always.setEnabled(False)
    return made
