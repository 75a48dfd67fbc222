"""The button that begins a message: on each screen the same, off for those who write no drafts."""

from __future__ import annotations

from ui import actions
from ui.bus import Ctx
from ui.texts import reason, t
from ui.widgets.button import KeyButton


def new_message(ctx: Ctx, kind: str = "main") -> KeyButton:
    """It leads to the composer."""
    made = KeyButton(t("New message"), actions.keys("new"), "plus" if kind == "main" else "", kind)
    made.offer(reason(ctx.facts.no_drafts))
    made.clicked.connect(lambda: ctx.go("composer", ""))
    return made
