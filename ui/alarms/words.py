"""An alarm in the interface's words, and how it is shown. Nothing of a text stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from g20desk.desk.alarm import SAYS, Alarm
from g20desk.office.words import words
from ui.texts import STATES, State, comma, day, isolated, ltr, reason, t

# Those that have a state of their own are shown as it is.
LOOKS = {
    "altered": State("Altered", "pencil", "block"),
    "stray": State("Not sent by the office", "octagon-alert", "block"),
    "uncounted": State("Does not count", "circle-x", "block"),
    "overdue": State("Past its time", "clock-alert", "block"),
    "emergency": State("Emergency release", "octagon-alert", "block"),
    "broken": State("Silence broken", "ban", "block"),
    "late": State("Sign-off overdue", "clock-alert", "block"),
    "late-relay": State("Line overdue", "clock-alert", "block"),
    "lost": State("Does not stand any more", "octagon-alert", "block"),
    "declined": State("Line declined", "ban", "warn"),
    "drifted": State("Agreed wording posted otherwise", "pencil", "warn"),
    **dict.fromkeys(("asked-relay", "half-relay"), State("Agreed wording to carry", "quote", "accentText")),
    "soon-relay": State("Agreed wording to carry", "timer", "warn"),
    "review": State("Review open", "eye", "warn"),
    "mail": State("Notices by mail", "at-sign", "warn"),
    "asked": State("Sign-off asked", "stamp", "accentText"),
    "half": State("Sign-off asked", "stamp", "accentText"),
    "soon": State("Sign-off asked", "timer", "warn"),
    "record": State("The office's record", "scroll-text", "block"),
    "sign-in": State("Needs a sign-in", "key-round", "block"),
    "no-credit": State("Out of credit", "ban", "block"),
    "sign-in-ends": State("Its sign-in ends", "key-round", "warn"),
    "waits": State("Waits for your word", "landmark", "warn"),
    "hold": State("On hold", "octagon-pause", "block"),
}
GRAVE = ("unknown", "refused", "missed", "overdue", "sign-in", "emergency", "broken", "lost")
# What can be kept quiet, and the words for it in the settings.
QUIET = (
    (("missed",), "Missed posts"),
    (("altered",), "Altered posts"),
    (("stray",), "Posts that the office did not send"),
    (("uncounted",), "What you did that does not count"),
    (("asked", "half", "soon"), "Sign-off and lines that you are asked for"),
    (("broken", "late", "emergency", "review"), "Broken silence, overdue sign-off and lines, emergency releases"),
    (("lost", "declined", "drifted"), "Agreed wording declined, drifted, or not standing any more"),
    (("mail",), "Notices by mail that don't go out"),
    (("overdue",), "Posts past their time"),
    (("record",), "The office's record"),
    (("sign-in", "no-credit"), "Accounts that can't send"),
    (("sign-in-ends",), "Sign-ins about to end"),
    (("waits",), "What waits for your word"),
    (("hold",), "Holds"),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What the system shows of an alarm, on a locked screen too. `grave`: it stays until somebody looks."""

    key: str
    title: str
    body: str = ""
    grave: bool = False
    sound: bool = False


def look(alarm: Alarm) -> State:
    """Word, shape and colour."""
    return LOOKS.get(alarm.says) or LOOKS.get(alarm.kind) or STATES[alarm.kind]


def matters(alarms: Iterable[Alarm]) -> list[list[Alarm]]:
    """Alarms of one message together, the others each by itself; in the order of the first of each."""
    found: dict[str, list[Alarm]] = {}
    for alarm in alarms:
        found.setdefault(alarm.message or alarm.id, []).append(alarm)
    return list(found.values())


def sentence(matter: list[Alarm]) -> str:
    """What happened, and where: on all accounts of which the same is to be told as of the first."""
    first = matter[0]
    names = comma().join(isolated(alarm.account) for alarm in matter if alarm.kind == first.kind)
    return t(SAYS[first.says], account=names, day=day(first.at))


def id_words(message: str) -> str:
    """A message's id as two words to find it by; they tell nothing of what stands in it."""
    return ltr(" ".join(words(message, 2))) if message else ""


def why(alarm: Alarm) -> str:
    """The reason, for the window itself."""
    return reason(alarm.why)


def notice(matter: list[Alarm], sound: bool) -> Notice:
    """What the system shows of it."""
    first = matter[0]
    about = t("Message {words}", words=id_words(first.message)) if first.message else ""
    return Notice(first.id, sentence(matter), about, first.kind in GRAVE, sound)


def many(found: list[list[Alarm]], sound: bool) -> Notice:
    """One notice for a burst: how many, and of what kinds."""
    kinds = dict.fromkeys(t(look(alarm).word) for matter in found for alarm in matter)
    return Notice("", t("{n} things to look at", n=len(found)), comma().join(kinds), True, sound)
