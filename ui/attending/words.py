"""What stands between a desk and its office, in the interface's words: what it is, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from g20desk.desk.attending import AGAIN, CLOCK, KEPT_BACK, OTHER_CLOCK, VERSION, Standing, Trouble
from ui.texts import clock, day, reason, t

# What the way to the office says: nothing of it is wrong with this desk.
WAYS = {
    "hub": ("", ""),
    "something-else": (
        "Another page answers in the office's place: this network wants a sign-in.",
        "Open a web page in a browser, sign in, then try again.",
    ),
    "certificate": (
        "What answers in the office's place cannot show that it is the office.",
        "Do not go on over this network; use another one, or ask the head.",
    ),
    "other-hub": ("Another one answers in the office's place.", "Nothing was handed over. Ask the head of the office."),
    "proxy-sign-in": (
        "The way out of this network wants a name and a password.",
        "Ask whoever runs the network; this desk can be told them.",
    ),
    "proxy": ("The way out of this network does not lead to the office.", "It is tried again by itself."),
    "hub-answer": ("The office answers in a form that this program does not know.", "Install the newer G20 Desk."),
    "policy-fault": (
        "Nothing leaves this computer: its administrator's policy has a fault.",
        "Ask your administrator. What you do stays safe here.",
    ),
    "disk-full": ("The office's machine has no room left.", "Tell the head; what you do stays safe here."),
}
PASSING = "The office's machine is busy; it is tried again by itself."
TROUBLES = {
    "two-histories": (
        "Two different histories were signed for this office.",
        "Publish nothing. Tell the head and the other desks, then compare with them: Record, “Check the record”.",
    ),
    "hub-behind": (
        "The office's machine has lost acts that it had already placed.",
        "Have every desk go online once: one that has them gives them back. Nothing goes out until then.",
    ),
    "withheld": (
        "The office's machine holds back acts that it has.",
        "Nothing was taken in. Tell the head, and whoever runs it.",
    ),
    "bad-order": (
        "What the office's machine shows does not hold.",
        "Nothing was taken in. Tell the head, and whoever runs it; what it showed is kept.",
    ),
    "closed": (
        "A key of the office does not open on this desk, so it goes no further than that place.",
        "Tell the head: letting the device go that opened it makes a new key.",
    ),
    "half-handed-over": (
        "The head has named a new place for the record's order; a second person has not yet.",
        "An officer, or another head, confirms it on their own desk.",
    ),
    "not-admitted": ("This desk waits to be admitted.", "Say the safety words to the head; the rest comes by itself."),
    "device-out": (
        "This device was taken out of the office.",
        "What is here can still be read. If that is a mistake, ask the head to admit you again, on a new desk.",
    ),
    "locked-by-policy": (
        "Set by your administrator: this computer does not go to the office's machine.",
        "Ask your administrator. What you do stays safe here.",
    ),
    "receipt": ("A receipt of the office does not hold.", "Keep this desk as it is, and tell the head."),
    "piece-digest": ("A text or picture came in changed.", "It is asked for again. Tell whoever runs the office's machine."),
    VERSION: (
        "This office needs a newer G20 Desk: version {n} of the record's rules.",
        "Install it. Until then this desk reads, and decides nothing.",
    ),
    AGAIN: (
        "A copy of this desk went on with its work; {n} acts done here have to be done again.",
        "Look at them and do again what is still wanted.",
    ),
    CLOCK: ("This computer's clock is {n} s off.", "Set it right. Until then nothing is published from here."),
    OTHER_CLOCK: (
        "The clock of the office's machine is {n} s off; this computer's agrees with the networks.",
        "Tell whoever runs it. Until then nothing is published from here.",
    ),
}  # fmt: skip
# A person can mend these in their own time.
GENTLE = (AGAIN, CLOCK, OTHER_CLOCK, KEPT_BACK, "not-admitted", "half-handed-over")
# What was shown is kept for others to look at.
SHOWN = ("two-histories", "hub-behind", "withheld", "bad-order")
OTHER = "The office did not take in what was done here."


@dataclass(frozen=True, slots=True)
class Line:
    """What the strip says: an icon and its tone, a head, further words and theirs."""

    icon: str
    tone: str
    head: str
    words: str = ""
    words_tone: str = "text2"


def trouble(one: Trouble) -> tuple[str, str]:
    """What it is, and what to do."""
    words, help = TROUBLES.get(one.code) or (OTHER, "")
    return t(words, n=one.n) if "{n}" in words else t(words), t(help) if help else reason(one.message)


def cure(code: str) -> str:
    """What to do about one."""
    return t(TROUBLES[code][1]) if code in TROUBLES else ""


def heard(at: int, now: int) -> str:
    """When something was last received."""
    if not at:
        return t("Nothing received yet.")
    said = clock(at) if at // 86_400_000 == now // 86_400_000 else f"{day(at)} {clock(at)}"
    return t("Last received {when} UTC.", when=said)


def line(found: Standing, now: int) -> Line:
    """How a desk stands that has an office elsewhere."""
    if found.troubles and found.troubles[0].code != KEPT_BACK:
        words, help = trouble(found.troubles[0])
        grave = found.troubles[0].code not in GENTLE
        return Line("octagon-alert" if grave else "triangle-alert", "block" if grave else "warn", words, help)
    if found.away:
        since = clock(found.away)
        if found.away // 86_400_000 != now // 86_400_000:
            since = f"{day(found.away)} {since}"
        words, help = WAYS.get(found.way.code, (PASSING, "")) if found.way else ("", "")
        head = t("Offline since {when} UTC", when=since)
        if words:
            return Line("wifi-off", "text2", head, f"{t(words)} {t(help) if help else ''}".strip(), "warn")
        if found.tentative:
            return Line("wifi-off", "text2", head, t("They are safe on this desk and go in when you are back online."))
        return Line("wifi-off", "text2", head, heard(found.heard, now))
    if found.tentative:
        return Line("wifi", "ok", t("Online"), heard(found.heard, now))
    return Line("wifi", "ok", t("Online"), f"{t('Everything you did is in the record.')} {heard(found.heard, now)}")
