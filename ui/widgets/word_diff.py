"""Two wordings marked word by word: what went is struck through, what came is underlined; both tinted."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ui import theme
from ui.texts import t

Runs = Sequence[tuple[str, str]]
LOOKS = {"removed": ("del", "delText", "line-through"), "added": ("ins", "insText", "underline")}


def markup(runs: Runs) -> str:
    """As rich text; no mark goes over the end of a line."""
    made = []
    for n, (how, words) in enumerate(runs):
        if how == "same":
            made.append(escape(words))
            continue
        ground, ink, deco = LOOKS[how]
        look = f"background-color:{theme.value(ground)};color:{theme.value(ink)};text-decoration:{deco}"
        lines = [f'<span style="{look}">{escape(one)}</span>' if one else "" for one in words.split("\n")]
        made.append(("&thinsp;" if _close(runs, n) else "") + "\n".join(lines))
    return "".join(made)


def _close(runs: Runs, n: int) -> bool:
    """Whether a run would touch the one that it replaces."""
    (before, gone), (how, words) = runs[n - 1] if n else ("", ""), runs[n]
    return (before, how) == ("removed", "added") and not words[:1].isspace() and not gone[-1:].isspace()


def places(runs: Runs) -> list[tuple[int, int]]:
    """Where each letter of the later wording stands in the text that `prose` makes of the markup, as Qt counts."""
    made, at, empty = [], 0, True
    for n, (how, words) in enumerate(runs):
        at += _close(runs, n)
        for letter in words:
            at += letter == "\n" and empty  # a space holds an empty line open
            end, empty = at + 1 + (letter > "\uffff"), letter == "\n"
            if how != "removed":
                made.append((at, end))
            at = end
    return made


def count(runs: Runs) -> int:
    """How many places differ; words taken out and words put in at one place are one."""
    hows = [how for how, words in runs if how == "same" or words.strip()]
    return sum(how != "same" and (n == 0 or hows[n - 1] == "same") for n, how in enumerate(hows))


def spoken(runs: Runs) -> str:
    """The changes as a sentence, for screen readers."""
    words = {"removed": t("taken out"), "added": t("put in")}
    return ". ".join(f"{words[how]}: {said.strip()}" for how, said in runs if how != "same" and said.strip())
