"""Choosing the language, the look and the size of the text: one menu in the window, two buttons at first run."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QAction, QActionGroup, QPainter
from PySide6.QtWidgets import QMenu, QStyle, QWidget

from g20desk import folders, policy, settings_file
from ui import icons, theme
from ui.texts import t
from ui.widgets.button import GAP, KeyButton

LANGUAGES = (("en", "English"), ("ar", "العربية"))
SCHEMES = ("system", "light", "dark")
SIZES = (100, 125, 150, 200)


@dataclass(frozen=True, slots=True)
class Choices:
    """What someone chose for the window on this computer: no office knows of it."""

    language: str = "en"
    scheme: str = "system"
    text: int = 100
    letters: bool = True
    quiet: tuple[str, ...] = ()
    sound: bool = True


def choices_path() -> Path:
    """A plain file in the user's own configuration."""
    return folders.settings() / "window.json"


# What the administrator's policy calls each of them.
POLICY = {
    "language": "interface.language", "scheme": "interface.colours", "text": "interface.text",
    "letters": "interface.letters", "quiet": "alarms.quiet", "sound": "alarms.sound",
}  # fmt: skip


def read_choices(path: Path) -> Choices:
    """What was chosen and what the policy says; what neither says, or the file says wrongly, is as it is by itself."""
    chosen = _chosen(path)
    own = asdict(Choices())
    made = Choices(**{name: policy.effective(POLICY[name], chosen.get(name), own[name]) for name in own})
    offered = dict(languages())
    return made if made.language in offered else replace(made, language=next(iter(offered)))


def _kinds(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(kind, str) for kind in value)


SOUND: dict[str, Callable[[Any], bool]] = {
    "language": lambda value: isinstance(value, str) and value in dict(LANGUAGES),
    "scheme": lambda value: isinstance(value, str) and value in SCHEMES,
    "text": lambda value: type(value) is int and value in SIZES,
    "letters": lambda value: isinstance(value, bool),
    "quiet": _kinds,
    "sound": lambda value: isinstance(value, bool),
}


def _chosen(path: Path) -> dict[str, Any]:
    """What somebody chose, as far as it is sound."""
    chosen = settings_file.read(path, SOUND)
    return chosen | ({"quiet": tuple(chosen["quiet"])} if "quiet" in chosen else {})


def write_choices(path: Path, chosen: dict[str, Any]) -> None:
    """Keep what was chosen beside what was chosen before; a disk that takes nothing only means that it is asked for again."""
    try:
        settings_file.write(path, chosen)
    except OSError as problem:
        print(f"The choice could not be kept: {problem}", file=sys.stderr)


def locked(name: str) -> bool:
    """Whether the administrator decides it."""
    return policy.locked(POLICY[name])


def fill(
    menu: QMenu, title: str, options: list[tuple[object, str]], held: object, wanted: Callable[..., object],
    shut: bool = False,
) -> None:  # fmt: skip
    """A heading and its options, the one that holds marked. `shut`: the administrator chose."""
    menu.addSection(title)
    title = f"{title} · {t('Set by your administrator')}" if shut else title
    heading = QAction(title, menu)
    heading.setEnabled(False)
    menu.addAction(heading)
    group = QActionGroup(menu)
    for value, words in options:
        action = QAction(words, group)
        action.setCheckable(True)
        action.setChecked(value == held)
        action.setEnabled(not shut)
        action.triggered.connect(lambda _=False, value=value: wanted(value))
        menu.addAction(action)


def ticks(
    menu: QMenu, title: str, options: list[tuple[Any, str, bool]], wanted: Callable[..., object], shut: bool = False
) -> QMenu:
    """A menu inside a menu, each of whose options is on or off by itself; `wanted` is told of one and whether. `shut`: the
    administrator chose."""
    made = menu.addMenu(title)
    if shut:
        made.addAction(t("Set by your administrator")).setEnabled(False)
    for value, words, on in options:
        action = QAction(words, made)
        action.setCheckable(True)
        action.setChecked(on)
        action.setEnabled(not shut)
        action.triggered.connect(lambda now, value=value: wanted(value, now))
        made.addAction(action)
    return made


def pop(menu: QMenu, beside: QWidget, above: bool = True) -> None:
    """Show a menu beside a button, and drop it when it closes."""
    menu.aboutToHide.connect(menu.deleteLater)
    spot = QPoint(0, -menu.sizeHint().height()) if above else beside.rect().bottomLeft()
    menu.popup(beside.mapToGlobal(spot))


def languages() -> list[tuple[object, str]]:
    """Each in its own words, of those that are offered here."""
    offered = policy.value("interface.languages") or tuple(dict(LANGUAGES))
    return [(code, words) for code, words in LANGUAGES if code in offered]


def schemes() -> list[tuple[object, str]]:
    """In the interface's words."""
    return [("system", t("As the system")), ("light", t("Light")), ("dark", t("Dark"))]


def sizes() -> list[tuple[object, str]]:
    """In per cent."""
    return [(size, f"{size} %") for size in SIZES]


class MenuButton(KeyButton):
    """Words, and the sign that more stands behind them."""

    def _words_width(self) -> int:
        return super()._words_width() + theme.px(14) + GAP

    def _content(self, painter: QPainter, ink: str, on: bool) -> None:
        super()._content(painter, ink, on)
        size = theme.px(14)
        end = (self.width() + self._words_width()) // 2
        spot = QRect(end - size, (self.height() - size) // 2, size, size)
        spot = QStyle.visualRect(self.layoutDirection(), self.rect(), spot)
        icons.paint(painter, spot.x(), spot.y(), "chevron-down", 14, "text2")


def chooser(
    name: str, icon: str, options: list[tuple[object, str]], held: object, wanted: Callable[..., object],
    shut: bool = False,
) -> KeyButton:  # fmt: skip
    """A quiet button that shows what holds and opens the options. `shut`: the administrator chose."""
    words = next((said for value, said in options if value == held), "")
    made = MenuButton(words, icon=icon, kind="quiet")
    made.setAccessibleName(f"{name}: {words}")

    def open_menu() -> None:
        menu = QMenu(made)
        menu.setAccessibleName(name)
        fill(menu, name, options, held, wanted, shut)
        pop(menu, made)

    made.clicked.connect(open_menu)
    return made
