"""An alarm in the interface's words, and how it is shown. Nothing of a text stands in them."""

from __future__ import annotations

from dataclasses import dataclass

from g20desk.desk.alarms import SAYS, Alarm
from g20desk.office.words import words
from ui.texts import STATES, State, comma, day, isolated, ltr, reason, t

# Those that have a state of their own are shown as it is.
LOOKS = {
    "altered": State("Altered", "pencil", "block"),
    "overdue": State("Past its time", "clock-alert", "block"),
    "sign-in": State("Needs a sign-in", "key-round", "block"),
    "no-credit": State("Out of credit", "ban", "block"),
    "sign-in-ends": State("Its sign-in ends", "key-round", "warn"),
    "hold": State("On hold", "octagon-pause", "block"),
}
# What can be kept quiet, and the words for it in the settings.
QUIET = (
    (("missed",), "Missed posts"),
    (("altered",), "Altered posts"),
    (("overdue",), "Posts past their time"),
    (("sign-in", "no-credit"), "Accounts that can't send"),
    (("sign-in-ends",), "Sign-ins about to end"),
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
    return LOOKS.get(alarm.kind) or STATES[alarm.kind]


def sentence(alarm: Alarm) -> str:
    """What happened, and where."""
    return t(SAYS[alarm.says], account=isolated(alarm.account), day=day(alarm.at))


def id_words(message: str) -> str:
    """A message's id as two words to find it by; they tell nothing of what stands in it."""
    return ltr(" ".join(words(message, 2))) if message else ""


def why(alarm: Alarm) -> str:
    """The reason, for the window itself."""
    return reason(alarm.why)


def notice(alarm: Alarm, sound: bool) -> Notice:
    """What the system shows of it."""
    about = t("Message {words}", words=id_words(alarm.message)) if alarm.message else ""
    grave = alarm.kind in ("unknown", "refused", "missed", "overdue", "sign-in")
    return Notice(alarm.id, sentence(alarm), about, grave, sound)


def many(alarms: list[Alarm], sound: bool) -> Notice:
    """One notice for a burst: how many, and of what kinds."""
    kinds = dict.fromkeys(t(look(alarm).word) for alarm in alarms)
    return Notice("", t("{n} things to look at", n=len(alarms)), comma().join(kinds), True, sound)
