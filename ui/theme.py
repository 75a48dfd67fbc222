"""The look: tokens from resources/theme.toml become a palette, one style sheet and fonts. No colour stands elsewhere."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from resources import ROOT

FAMILIES = ["Inter", "Noto Sans Arabic", "Noto Sans CJK SC", "Noto Sans", "Noto Color Emoji"]
CJK = {"ja": "Noto Sans CJK JP", "ko": "Noto Sans CJK KR", "zh": "Noto Sans CJK SC"}
REGULAR, MEDIUM, BOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold

QSS = """
QWidget { color: $text; }
QWidget[bg="window"] { background: $window; } QWidget[bg="surface"] { background: $surface; }
QWidget[bg="rail"] { background: $rail; } QWidget[bg="sunken"] { background: $sunken; }
QWidget[bg="warn"] { background: $warnSoft; } QWidget[bg="block"] { background: $blockSoft; }
QWidget[bg="ok"] { background: $okSoft; } QWidget[bg="accent"] { background: $accentSoft; }
QWidget[bg="unk"] { background: $unkSoft; }
QWidget[edge="bottom"] { border-bottom: 1px solid $sep; } QWidget[edge="top"] { border-top: 1px solid $sep; }
QWidget[edge="start"] { border-left: 1px solid $sep; } QWidget[edge="end"] { border-right: 1px solid $sep; }
QWidget[edge="bar"] { border-top: 2px solid $sep; }
QWidget[edge="card"] { border: 1px solid $sepStrong; border-radius: 8px; }
QLabel { background: transparent; }
QTableCornerButton::section { background: $surface; border: 0; border-bottom: 1px solid $sep; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $text2; border: 0; border-bottom: 1px solid $sep; padding: 0 2px; }
QLabel[tone="text2"] { color: $text2; } QLabel[tone="text3"] { color: $text3; }
QLabel[tone="ok"] { color: $ok; } QLabel[tone="warn"] { color: $warn; } QLabel[tone="block"] { color: $block; }
QLabel[tone="accentText"] { color: $accentText; } QLabel[tone="lockText"] { color: $lockText; } QLabel[tone="unk"] { color: $unk; }
QListView, QTextEdit, QScrollArea, QTableView { background: $surface; border: none; }
QTextEdit { placeholder-text-color: $text2; }
QLineEdit, QTextEdit[boxed="true"], QAbstractSpinBox, QComboBox { background: $surface; border: 1px solid $ctl;
 border-radius: 6px; padding: 4px 8px; selection-background-color: $accent; selection-color: $onAccent;
 placeholder-text-color: $text2; }
QLineEdit:focus, QTextEdit[boxed="true"]:focus, QAbstractSpinBox:focus, QComboBox:focus {
 border: 2px solid $accentText; padding: 3px 7px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { border: none; padding: 0 8px; background: transparent; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QComboBox::drop-down { border: none; width: $26; } QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView, QMenu { background: $surface; border: 1px solid $sepStrong; color: $text;
 selection-background-color: $sel; selection-color: $text; }
QMenu::item:disabled { color: $text3; }
QCheckBox { spacing: 8px; padding: 4px 2px; border: 2px solid transparent; border-radius: 4px; }
QCheckBox:focus { border-color: $accentText; }
QCheckBox::indicator { width: $14; height: $14; border: 1px solid $ctl; border-radius: 3px; background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar::handle:vertical { background: $sepStrong; border-radius: 3px; min-height: 28px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; } QScrollBar::add-page, QScrollBar::sub-page { background: none; }
QToolTip { background: $surface; color: $text; border: 1px solid $sepStrong; padding: 4px; }
QFrame[overlay="true"] { background: $surface; border: 1px solid $sepStrong; border-radius: 8px; }
"""


class Watch(QObject):
    """Tells when the scheme has changed, for the few widgets that keep coloured text."""

    changed = Signal()


watch = Watch()
_state = {"scheme": "light", "scale": 1.0}


@cache
def tokens() -> dict[str, dict[str, str]]:
    """The table: name -> purpose, light, dark."""
    return tomllib.loads((ROOT / "theme.toml").read_text("utf-8"))


def scheme() -> str:
    """`light` or `dark`, whichever is worn."""
    return str(_state["scheme"])


def value(token: str) -> str:
    """The token's value as text, for rich text."""
    return tokens()[token][scheme()]


def color(token: str) -> QColor:
    """The token's colour in the scheme that is worn."""
    return QColor(value(token))


def faint(token: str, alpha: int) -> QColor:
    """The token's colour, let through: 0 nothing, 255 all of it."""
    made = color(token)
    made.setAlpha(alpha)
    return made


def clear() -> QColor:
    """No colour at all."""
    return QColor(Qt.GlobalColor.transparent)


def px(size: float) -> int:
    """A measure at the text scale of this window."""
    return round(size * float(_state["scale"]))


def font(size: int = 13, weight: QFont.Weight = REGULAR, lang: str = "") -> QFont:
    """The interface's font at a pixel size; the Chinese, Japanese or Korean face goes by language."""
    return QFont(_font(px(size), weight, lang))


@cache
def _font(pixels: int, weight: QFont.Weight, lang: str) -> QFont:
    made = QFont()
    face = CJK.get(lang.split("-")[0])
    first = ["Noto Sans Arabic"] if lang == "ar" else []
    made.setFamilies([*first, "Inter", *([face] if face else []), *FAMILIES[1:]])
    made.setPixelSize(pixels)
    made.setWeight(weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


def mono(size: int = 12) -> QFont:
    """For digests and codes."""
    made = font(size)
    made.setFamilies(["Noto Sans Mono", "DejaVu Sans Mono", "monospace"])
    made.setStyleHint(QFont.StyleHint.Monospace)
    return made


@cache
def load_fonts() -> tuple[str, ...]:
    """Make the shipped fonts known once; the families found."""
    found: list[str] = []
    for path in sorted((ROOT / "fonts").glob("*.[ot]tf")):
        found += QFontDatabase.applicationFontFamilies(QFontDatabase.addApplicationFont(str(path)))
    return tuple(found)


def system_scheme() -> str:
    """What the system asks for."""
    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def sheet() -> str:
    """The one style sheet."""
    made = QSS.replace("$check", (ROOT / "icons" / "tick.svg").as_posix())
    made = re.sub(r"\$(\d+)", lambda size: f"{px(int(size[1]))}px", made)
    for name in sorted(tokens(), key=len, reverse=True):
        made = made.replace("$" + name, value(name))
    return made


def palette() -> QPalette:
    """The palette of the scheme that is worn."""
    made, role = QPalette(), QPalette.ColorRole
    for key, token in (
        (role.Window, "window"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "onAccent"),
        (role.PlaceholderText, "text2"),
        (role.Link, "accentText"),
        (role.ToolTipBase, "surface"),
        (role.ToolTipText, "text"),
        (role.Mid, "sep"),
        (role.Light, "surface"),
    ):
        made.setColor(key, color(token))
    for key in (role.Text, role.WindowText, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, color("disabled"))
    return made


def wear(app: QApplication, which: str = "", scale: float = 1.0) -> None:
    """Dress the application: fonts, palette, style sheet."""
    _state.update(scheme=which or system_scheme(), scale=scale)
    load_fonts()
    if app.style().objectName() != "fusion":
        app.setStyle("fusion")
    made = sheet()
    if app.styleSheet() != made or app.font() != font():
        app.setFont(font())
        app.setPalette(palette())
        app.setStyleSheet(made)
        watch.changed.emit()


def turn() -> None:
    """Light becomes dark, and back."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        wear(app, "light" if scheme() == "dark" else "dark", float(_state["scale"]))
