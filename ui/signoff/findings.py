"""What the checker says of what is signed off: in the language that is read, what stands with a reason or must be fixed in
any, and what this desk finds besides what the submission tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from ui import theme
from ui.findings import about, language, other, remark
from ui.signoff.model import Reading
from ui.texts import LANGS, LEVELS, isolated, ltr, t
from ui.widgets.base import Icon, Label, beside, line
from ui.widgets.button import KeyButton

Found = dict[str, Any]


def fill(
    layout: QVBoxLayout, reading: Reading, lang: str, section: Callable[[str], None], read: Callable[[str], None]
) -> None:
    """Put it into a column. `section` begins a new one, `read` shows another language."""
    layout.addSpacing(6)
    fine = not reading.blocks
    row = line(layout, gap=8)
    row.addWidget(Icon("circle-check" if fine else "octagon-alert", 14, "ok" if fine else "block"))
    said = t("No findings that must be fixed") if fine else t("{n} findings must be fixed", n=reading.blocks)
    row.addWidget(Label(said, 12, tone="text2"))
    row.addStretch(1)
    whys = {one["rule"]: one["why"] for one in reading.data.get("overrides", ())}
    if besides := once(reading.data.get("differences", ())):
        section(t("This desk finds besides what was submitted"))
        for one in besides:
            _row(layout, one, lang, "")
    findings = once(reading.data.get("findings", ()))
    here = [f for f in findings if f.get("lang", lang) == lang or f["level"] == "block"]
    if here:
        section(t("Findings"))
    for one in here:
        _row(layout, one, lang, whys.get(one["rule"], ""))
    rest: dict[str, int] = {}
    for one in findings:
        if one not in here:
            rest[one["lang"]] = rest.get(one["lang"], 0) + 1
    if rest:
        more = line(layout, (0, 4, 0, 0), 8)
        more.addWidget(Label(t("In other languages"), 12, tone="text2"))
        known = [code for code, _ in LANGS]
        for code, n in sorted(rest.items(), key=lambda one: known.index(one[0]) if one[0] in known else len(known)):
            button = KeyButton(f"{language(code)} {n}", kind="link", small=True)
            button.clicked.connect(lambda _=False, code=code: read(code))
            more.addWidget(button)
        more.addStretch(1)


def on(data: dict[str, Any], lang: str, network: str, part: int) -> list[Found]:
    """What is found in one post of a text, once for all networks; `network`, where the text is that one's own."""
    own = {text["network"] for text in data["texts"] if text["lang"] == lang and text.get("network")}
    made: dict[tuple[Any, ...], Found] = {}
    for one in (*data.get("findings", ()), *data.get("differences", ())):
        there = one["network"] if one.get("network") in own else ""
        if (one.get("lang"), there, one.get("part")) == (lang, network, part):
            made.setdefault((one["rule"], one["start"], one["text"]), one)
    return list(made.values())


def once(findings: Iterable[Found]) -> list[Found]:
    """What several posts share once, what must be fixed first."""
    found: dict[tuple[Any, ...], Found] = {}
    for one in findings:
        found.setdefault((one["rule"], one.get("lang"), one["text"], one["message"]), one)
    return sorted(found.values(), key=lambda f: list(LEVELS).index(f["level"]))


def _row(layout: QVBoxLayout, one: Found, lang: str, why: str) -> None:
    level, against = LEVELS[one["level"]], one.get("against", {})
    title = Label(about(one) or t(level.word), 13, theme.MEDIUM)
    row = line(layout, (0, 2, 0, 2), 10)
    row.addLayout(beside(Icon(level.icon, 16, "text3" if why else level.tone), title))
    words = QVBoxLayout()
    words.setSpacing(2)
    row.addLayout(words, 1)
    head = line(words, gap=8)
    head.addWidget(title)
    head.addWidget(Label(ltr(one["rule"]), 12, tone="text2"))
    if one.get("lang", lang) != lang:
        head.addWidget(Label(language(one["lang"]), 12, tone="text2"))
    head.addStretch(1)
    words.addWidget(Label(remark(one), 12, tone="text2", wrap=True))
    if one["text"] and against.get("text"):
        words.addWidget(Label(other(against), 12, tone="text2", wrap=True))
    if why:
        words.addWidget(Label(t("Stands because: {why}", why=isolated(why)), 12, theme.MEDIUM, "warn", wrap=True))
