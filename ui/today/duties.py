"""Today's rows of what an office leaves to this person: a sign-in at the yearly handover that they give up, take over, or make anew;
agreed language that waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from ui.rows import Row
from ui.texts import isolated, t

if TYPE_CHECKING:
    from g20desk.desk.presidency import Line
    from g20desk.office.agreed import AgreedSet
    from g20desk.office.state import Person

HANDOVER, AGREED = "handover/", "agreed/"
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


def to_adopt(one: AgreedSet, people: Mapping[str, Person]) -> Row:
    """A set of agreed language that this person may adopt; it leads to the library."""
    return Row(
        f"{AGREED}{one.event}", t("Agreed language to adopt: {name}", name=isolated(one.name)),
        t("{person} proposed it; a second person adopts it.", person=isolated(people[one.by].name)), "book-check", "warn", "", "text", "",
        t("Open"), spoken=t("Your turn"),
    )  # fmt: skip
