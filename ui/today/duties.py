"""Today's rows of the yearly handover: a sign-in that this person gives up, takes over, or makes anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.rows import Row
from ui.texts import isolated, t

if TYPE_CHECKING:
    from g20desk.desk.presidency import Line

HANDOVER = "handover/"
WORDS = {
    "release": ("Give up the sign-in of {name}", "The Presidency passed: you publish on it no more."),
    "take": ("Take over {name}", "The Presidency passed: nothing goes out on it before you have signed in."),
    "rotate": ("Another sign-in for {name}", "The Presidency passed: the office's own accounts get new sign-ins."),
}


def row(one: Line) -> Row:
    """One of them; it leads to its item of the checklist."""
    title, why = WORDS[one.what]
    urgent = one.what == "take"
    return Row(
        f"{HANDOVER}{one.item}", t(title, name=isolated(one.of)), t(why), "key-round", "block" if urgent else "warn", "", "text", "",
        t("Open"), spoken=t("Your turn"),
    )  # fmt: skip
