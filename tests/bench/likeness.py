"""A keystroke in an office that agreed on 5,000 lines: whether what is typed is close to one, or says something else, beside
comparing it with all of them plainly."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from g20desk.desk import Desk
from tests.bench.measuring import Figure, clocked
from tests.bench.voice import agreed, typed

LINES, KEYS, AIM = 5_000, 400, 0.015


def near(said: list[str], keys: int) -> Iterator[str]:
    """Messages as they are written, then whole lines with a word exchanged or left out."""
    made = [text for text, _ in typed(said, keys * 3 // 4)]
    for number in range(keys - len(made)):
        words = said[number * 13 % len(said)].split()
        words[number % len(words)] = "otherwise"
        made.append(f"They said: {' '.join(words)} Read more.")
    yield from made


def run(lines: int = LINES, keys: int = KEYS) -> list[Figure]:
    """In a fresh office of its own."""
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / "desk"
        said = agreed(folder, lines)
        desk = Desk.open(folder, "Officer")
        desk.library.refresh()
        desk.rulebook.current()
        built = clocked(lambda: desk.likeness.findings("Ministers met today.", "en"))
        ours, plainly, warned = [], [], 0
        for text in near(said, keys):
            ours.append(clocked(lambda text=text: desk.likeness.findings(text, "en")))  # type: ignore[misc]
            warned += bool(desk.likeness.findings(text, "en"))
        for text in list(near(said, keys))[:: max(1, keys // 20)]:
            plainly.append(clocked(lambda text=text: _closest(said, text)))  # type: ignore[misc]
    middle, high = (sorted(ours)[int(len(ours) * share) - 1] for share in (0.5, 0.95))
    base = sorted(plainly)[len(plainly) // 2]
    note = f"p50 {middle * 1000:.2f} ms, worst {max(ours) * 1000:.1f} ms, {len(ours)} texts, {warned} with a warning"
    return [
        Figure(
            "likeness", f"a text held against {lines} lines, p95", high, base, f"{AIM * 1000:.0f} ms", high < AIM, note
        ),
        Figure(
            "likeness", "all lines read for the first time", built, None, note=f"{built / lines * 1000:.2f} ms a line"
        ),
    ]


def _closest(said: list[str], text: str) -> str:
    """The line that shares most words, looked for in all of them."""
    words = set(text.casefold().split())
    return max(said, key=lambda line: len(words & set(line.casefold().split())))
