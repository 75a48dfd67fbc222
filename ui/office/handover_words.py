"""The yearly handover's checklist in the interface's words: what each item is, what proves it, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.texts import State, comma, isolated, land, t

if TYPE_CHECKING:
    from g20desk.desk.presidency import Line

STATES = {
    "done": State("Done", "circle-check", "ok"),
    "open": State("To do", "circle-dashed", "warn"),
    "left": State("Left as it is", "minus", "text2"),
}
# What an item is called; of a government or an account where it is about one.
TITLES = {
    "presidency": "The Presidency passes to {of}",
    "communicator": "Somebody speaks for the Presidency of {of}",
    "people": "The communicators of {of}",
    "release": "{of}: the sign-in of before is given up",
    "take": "{of}: taken over",
    "rotate": "{of}: another sign-in",
    "head": "Who is head of the office",
    "keys": "New keys since somebody left",
    "hub": "Where the record's order is kept",
    "routes": "Routes that name those of before",
    "posts": "Posts that the handover stopped",
    "relays": "Lines to be taken on anew",
    "archive": "The record of the year is kept",
    "desks": "Desks have heard of it",
}
# What proves an item, or what is to be done while it is open.
TO_DO = {
    "presidency": "From this act on nobody of the earlier Presidency publishes on an account that passed.",
    "communicator": "Invite them under People. Where somebody speaks for that government already, they or a guardian vouch too.",
    "people": "Give them another role, or let them go, under People.",
    "release": "Whoever had the account gives up their sign-in at their own desk: the network is asked to make it void and has to refuse it.",
    "take": "The new communicator signs in at their own desk, with a sign-in that is not the one of before. Until then nothing goes out on it.",
    "rotate": "Sign in anew under Accounts; the sign-in of before is given up with that. Posts go on meanwhile.",
    "head": "A new head is let in, and the one of before has another role or leaves. Where the head stays, that is left on record.",
    "keys": "Whoever let somebody go opens new keys with their next exchange.",
    "hub": "A new machine takes the order over (hub move), or it stays where it is, on record.",
    "routes": "Adopt new versions under Routes. The troika has moved on by itself.",
    "posts": "Whoever has the account now schedules them anew, or takes them out of the plan.",
    "relays": "Whoever had the account before took them on; whoever has it now takes them on anew, or declines.",
    "archive": "Make a backup since (office backup); the digest of its file stands on record then.",
    "desks": "They have shown nothing yet that was done with the handover in sight. They exchange acts with the office.",
}
LACKS = {
    "another": "The sign-in is one that was given up: another one is needed.",
    "release": "The sign-in of before is not given up yet.",
    "old": "The head of before still is one.",
}


def title(one: Line) -> str:
    """What an item is."""
    about = (
        one.of if one.what in ("release", "take", "rotate") else land(one.of) if one.of and len(one.of) == 2 else one.of
    )
    return t(TITLES[one.what], of=isolated(about))


def lacking(one: Line) -> str:
    """What is missing, where that is more than the item itself: a sentence, names or how many."""
    if one.lacks in LACKS:
        return t(LACKS[one.lacks])
    if one.what in ("posts", "relays") and one.lacks:
        return t("{n} wait", n=one.lacks)
    names = one.lacks.split(", ") if one.lacks and one.what in ("people", "routes", "desks") else []
    more = t("{n} more", n=len(names) - 4) if len(names) > 4 else ""
    return comma().join([*map(isolated, names[:4]), *([more] if more else [])])


def waits_for(one: Line) -> str:
    """Whose turn it is."""
    whose = {"the head": t("the head"), "the office": t("the office")}
    if one.who.startswith("the communicator of "):
        return t("the communicator of {land}", land=land(one.who.removeprefix("the communicator of ")))
    return whose.get(one.who, isolated(one.who))
