"""What must be fixed in the languages that are not in hand: how much, and the way there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from PySide6.QtWidgets import QVBoxLayout

from ui import theme
from ui.composer.checks import CheckedDraft
from ui.texts import t
from ui.voice.words import language_name as language
from ui.widgets.base import Icon, Label, line
from ui.widgets.button import KeyButton


def stopped(present: CheckedDraft, langs: Iterable[str]) -> dict[str, int]:
    """For each language in which something must be fixed, how many findings."""
    made = {}
    for lang in langs:
        found = [f for f in present.findings(lang) if f["level"] == "block" and f["rule"] not in present.overrides]
        if found:
            made[lang] = len(found)
    return made


def list_elsewhere(layout: QVBoxLayout, stops: Mapping[str, int], lang: str, take: Callable[[str], object]) -> None:
    """A row for each language but the one in hand, with the way there."""
    for one, n in stops.items():
        if one == lang:
            continue
        said = (
            t("{lang}: 1 must be fixed", lang=language(one))
            if n == 1
            else t("{lang}: {n} must be fixed", lang=language(one), n=n)
        )
        row = line(layout, (24, 6, 24, 6), 8)
        row.addWidget(Icon("octagon-alert", 16, "block"))
        row.addWidget(Label(said, 13, theme.MEDIUM, "block"), 1)
        button = KeyButton(t("Go there"), icon="arrow-right", small=True)
        button.setAccessibleName(f"{t('Go there')}: {language(one)}")
        button.clicked.connect(lambda _=False, one=one: take(one))
        row.addWidget(button)


def first_stopped(stops: Mapping[str, int], lang: str) -> str:
    """The language to go to: the one in hand where it has some, else the first."""
    return lang if lang in stops or not stops else next(iter(stops))
