"""What this person may do in the calendar: for each act why not, asked of the desk on the worker."""

from __future__ import annotations

from typing import Any

from ui.texts import reason


def why_not(desk: Any) -> dict[str, str]:
    """An empty string where they may."""
    from g20desk.desk import may

    plan = may.plan(desk)
    told = {
        **dict.fromkeys(("entry", "take-in", "link", "unlink", "take-out", "change"), plan),
        "embargo": may.act(desk, "embargo"),
        "mourning": may.mourn(desk),
        "slot": may.act(desk, "slot"),
        "recurring": may.act(desk, "come-back"),
        "move": may.schedule(desk),
    }
    return {id: reason(why) for id, why in told.items()}
