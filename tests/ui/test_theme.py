"""The look: every colour from the table, every pair readable."""

import re
import tomllib
from pathlib import Path

import pytest

from resources import ROOT
from ui import theme

UI = Path(theme.__file__).parent
SURFACES = ("window", "surface", "rail", "sunken", "sel", "accentSoft", "warnSoft", "blockSoft", "unkSoft", "okSoft")
PAIRS = [
    *(("text", s) for s in SURFACES),
    *(("text2", s) for s in ("window", "surface", "rail", "sunken", "sel", "accentSoft", "warnSoft")),
    *(("text3", s) for s in ("window", "surface", "rail")),
    *(("accentText", s) for s in ("surface", "accentSoft", "sel", "rail")),
    *((tone, s) for tone in ("ok", "warn", "block", "unk") for s in ("surface", f"{tone}Soft", "sel")),
    ("onAccent", "accent"), ("lockText", "lock"), ("insText", "ins"), ("delText", "del"), ("disabled", "disabledFill"),
    ("disabled", "surface"), ("spell", "surface"), ("spell", "accentSoft"), ("warn", "rail"), ("ok", "rail"),
]  # fmt: skip


def luminance(value: str) -> float:
    """Relative luminance, as WCAG 2 has it."""
    parts = [int(value[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    low = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * low[0] + 0.7152 * low[1] + 0.0722 * low[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_contrast(ink, ground, scheme):
    table = tomllib.loads((ROOT / "theme.toml").read_text("utf-8"))
    one, two = sorted((luminance(table[ink][scheme]), luminance(table[ground][scheme])), reverse=True)
    assert (one + 0.05) / (two + 0.05) >= 4.5


def test_no_colour_outside_the_theme():
    named = re.compile(r"""#[0-9A-Fa-f]{3,8}\b(?=["';])|QColor\(|GlobalColor\.(?!transparent)|rgba?\(""")
    for path in UI.rglob("*.py"):
        if path.name != "theme.py" and path.parent.name != "self_test":  # that one judges pictures, and shows none
            assert not named.search(path.read_text("utf-8")), path


def test_every_token_of_the_style_sheet_is_known():
    assert "$" not in theme.sheet()


def test_fonts_are_shipped():
    assert {"Inter", "Noto Sans Arabic"} <= set(theme.load_fonts())


def test_icons_in_the_code_exist():
    known = {p.stem for p in (ROOT / "icons").glob("*.svg")}
    from ui import actions, texts

    used = {s.icon for table in (texts.STATES, texts.DECISIONS, texts.LEVELS) for s in table.values()}
    used |= {icon for icon, _ in texts.STAGES.values()} | {icon for _, _, icon, _ in actions.SCREENS}
    for path in UI.rglob("*.py"):
        used |= set(re.findall(r'Icon\("([a-z0-9-]+)"', path.read_text("utf-8")))
    assert used <= known
