"""What was said, marked against the line: as rich text, shortened where nothing happened, and as a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from g20desk.office import drift
from g20desk.office.drift import Run
from ui import theme
from ui.texts import t

CONTEXT = 24  # signs left standing beside what is marked


def markup(runs: Iterable[Run]) -> str:
    """Locked phrases tinted, words that were added underlined, words that went struck through."""
    return "".join(_marked(one) for one in runs)


def _marked(run: Run) -> str:
    text = escape(run.text)
    if run.how == drift.REMOVED:
        return (
            "&thinsp;"
            + _span(text.rstrip(), "del", "delText", "line-through")
            + ("&nbsp;" if text != text.rstrip() else "&thinsp;")
        )
    if run.how == drift.ADDED:
        ground, ink = ("ins", "insText") if run.instead else ("warnSoft", "warn")
        return _span(text, ground, ink, "underline")
    return _span(text, "lock", "lockText", "none", theme.BOLD.value) if run.locked else text


def _span(text: str, ground: str, ink: str, line: str, weight: int = 0) -> str:
    heavy = f";font-weight:{weight}" if weight else ""
    return (
        f'<span style="background-color:{theme.value(ground)};color:{theme.value(ink)};text-decoration:{line}{heavy}">'
        f"{text}</span>"
    )


def locked(text: str, phrases: Sequence[str]) -> str:
    """A line's own text with the phrases that it locks."""
    return markup(drift.marks(text, [text], phrases).runs)


def shortened(runs: Sequence[Run]) -> list[Run]:
    """The runs with long stretches of words that stand as they are cut short; words at either end of one are kept."""
    made = []
    for n, run in enumerate(runs):
        plain = run.how == drift.SAME and not run.locked
        made.append(Run(run.how, _cut(run.text, n > 0, n + 1 < len(runs))) if plain else run)
    return made


def _cut(text: str, before: bool, after: bool) -> str:
    """`before`, `after`: whether something stands there that is to be seen with its neighbours."""
    room = CONTEXT * (before + after or 2)
    if len(text) <= room + 12:
        return text
    head, foot = _head(text) if before or not after else "", _foot(text) if after else ""
    return f"{head}…{foot}"


def _head(text: str) -> str:
    at = text.rfind(" ", 0, CONTEXT)
    return text[: at + 1] if at > 0 else text[:CONTEXT]


def _foot(text: str) -> str:
    at = text.find(" ", len(text) - CONTEXT)
    return text[at:] if at >= 0 else text[-CONTEXT:]


def spoken(marks: drift.Marks) -> str:
    """What differs, as a sentence for screen readers."""
    said = {drift.REMOVED: t("left out"), drift.ADDED: t("added")}
    told = [f"{said[run.how]}: {run.text.strip()}" for run in marks.runs if run.how in said]
    return ". ".join([*told, *(t("locked phrase changed: {phrase}", phrase=one) for one in marks.lost)])
