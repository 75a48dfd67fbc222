"""What others propose instead of the text, and what a post says otherwise than it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui import actions, theme
from ui.signoff.model import Proposal, Reading
from ui.texts import DECISIONS, LANGS, NETWORKS, isolated, t
from ui.widgets.base import Icon, Label, column, dress, line
from ui.widgets.button import KeyButton
from ui.widgets.prose import linked, prose
from ui.widgets.word_diff import markup, spoken


def takes(reading: Reading) -> str:
    """Why a proposal can't be taken over now; empty where it can."""
    if (reading.data.get("signoff") or {}).get("frozen"):
        return t("The text stands still: the head lays it before all again first.")
    return reading.can.get("revise", "")


def fill(
    layout: QVBoxLayout, reading: Reading, section: Callable[[str], None], take: Callable[[Proposal], object]
) -> None:
    """Each text that was proposed, marked against the one that stands. `section` begins a new part of the column."""
    said = {h["event"]: h["said"] for h in reading.data.get("history", ())}
    for number, one in enumerate(reading.proposals):
        section("")
        look = DECISIONS.get(one.answer, DECISIONS[""])
        head = line(layout, gap=8)
        head.addWidget(Icon(look.icon, 16, look.tone))
        lang = t(dict(LANGS).get(one.lang, one.lang))
        words = t("{who} proposes this text instead, in {lang}", who=isolated(one.who), lang=lang)
        head.addWidget(Label(words, 13, theme.BOLD, wrap=True), 1)
        if why := said.get(one.event):
            layout.addWidget(Label(why, 13, wrap=True))
        for runs in one.parts:
            shown = prose(linked(markup(runs)), 15, one.lang, made=True)
            shown.setAccessibleDescription(spoken(runs))
            layout.addWidget(shown)
        if reading.can.get("revise"):
            continue  # nothing for those who write no drafts
        why_not = takes(reading)
        foot = line(layout, (0, 4, 0, 0), 10)
        button = KeyButton(
            t("Take over"), actions.keys("take-over", "sign-off") if number == 0 else "", "file-pen-line"
        )
        button.setAccessibleName(t("Take over what {who} proposes", who=one.who))
        button.setEnabled(not why_not)
        button.setAccessibleDescription(why_not or button.key)
        button.clicked.connect(lambda _=False, one=one: take(one))
        foot.addWidget(button)
        foot.addWidget(
            Label(
                why_not or t("Opens the text with this in its place; nothing is signed by it."),
                12,
                tone="text2",
                wrap=True,
            ),
            1,
        )


def posted(layout: QVBoxLayout, data: dict[str, Any], lang: str) -> None:
    """Posts that will read otherwise than the text, in full: they are signed with it."""
    for one in data.get("posted", ()):
        if one["lang"] != lang:
            continue
        box = QWidget()
        dress(box, "warn")
        inner = column(box, (16, 12, 16, 12), 6)
        head = line(inner, gap=8)
        head.addWidget(Icon("at-sign", 16, "warn"))
        where = t(
            "On {account} ({network}) it reads:",
            account=isolated(one["account"]),
            network=NETWORKS.get(one["network"], one["network"]),
        )
        head.addWidget(Label(where, 13, theme.BOLD, wrap=True), 1)
        inner.addWidget(prose(one["text"], 14, lang))
        box.setAccessibleName(f"{where} {one['text']}")
        layout.addWidget(box)
