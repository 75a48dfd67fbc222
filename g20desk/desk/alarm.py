"""One alarm: what it may be, what it says, and which of them a person may leave as they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from g20desk.clock import iso

# The gravest first; what happened, in words that a locked screen may show.
SAYS = {
    "emergency": "A message is being released as an emergency.",
    "broken": "Silence was broken.",
    "unknown": "{account}: nobody knows whether a post went out.",
    "missed": "{account}: a post was missed.",
    "refused": "{account}: a post was refused.",
    "altered": "{account}: a post does not stand as it was signed off.",
    "stray": "{account}: a post is there that the office did not send.",
    "uncounted": "Something that you did does not count.",
    "uncounted-signoff.decided": "A decision of yours does not count.",
    "overdue": "{account}: a post is due and not out.",
    "late": "A sign-off is overdue.",
    "late-relay": "Agreed wording that was to be carried is overdue.",
    "lost": "Agreed wording that was taken on does not stand any more.",
    "declined": "A government does not carry agreed wording.",
    "drifted": "Agreed wording was posted with other words in it.",
    "review": "The review of an emergency release is open.",
    "mail": "Notices by mail don't go out.",
    "asked": "Your sign-off is asked.",
    "half": "Your sign-off: half of the time is over.",
    "soon": "Your sign-off: the time is soon over.",
    "asked-relay": "You are asked to carry agreed wording.",
    "half-relay": "Agreed wording to carry: half of the time is over.",
    "soon-relay": "Agreed wording to carry: the time is soon over.",
    "record": "This desk can't go on with the office's record.",
    "record-two-histories": "Two different histories were signed for this office.",
    "record-hub-behind": "Acts that were in the office's record are missing from it.",
    "record-device-out": "This device was taken out of the office.",
    "record-needs-version": "This office needs a newer G20 Desk.",
    "record-clock": "This computer's clock is wrong.",
    "record-office-clock": "The clock of the office's machine is wrong.",
    "record-again": "Acts of this desk have to be done again.",
    "sign-in": "{account} needs a new sign-in.",
    "no-credit": "{account} is out of credit.",
    "sign-in-ends": "The sign-in of {account} ends on {day}.",
    "waits": "Something in the office waits for your word.",
    "hold": "A hold was placed on {account}.",
    "hold-all": "A hold was placed on everything.",
    "hold-topic": "A hold was placed on a topic.",
}
KINDS = (
    "unknown", "missed", "refused", "altered", "stray", "emergency", "broken", "lost", "uncounted", "overdue", "late", "declined",
    "drifted", "record", "sign-in", "no-credit", "sign-in-ends", "waits", "review", "mail", "hold",
)  # fmt: skip
# What is told once beside the window and does not stand in it: Sign-off lists it anyway.
ASKED = ("soon", "half", "asked")
# A notice's word for what has another name here: posts are overdue too.
LATE = {"overdue": "late"}
# What nobody may switch off.
ALWAYS = ("unknown", "refused")
# A person may leave these as they are; the others end only when something is done.
LEAVABLE = (
    "missed",
    "refused",
    "altered",
    "stray",
    "uncounted",
    "sign-in-ends",
    "emergency",
    "lost",
    "declined",
    "drifted",
)


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing to be told. `message`, `post`, `account` (its name): empty where it is no matter of one. `at`: since
    when; of a sign-in that ends, when it does. `code`: what is wrong with the record, `relay` where it is one, or the
    kind of an act that does not count, which `act` is.
    `why`: the reason, for the desk's own screen and terminal, not for a locked one.
    `seen`, `left`: when this person saw it, or left it as it is; 0: not yet. Times in milliseconds since 1970."""

    id: str
    kind: str
    at: int
    message: str = ""
    post: str = ""
    account: str = ""
    topic: bool = False
    code: str = ""
    act: str = ""
    why: str = ""
    seen: int = 0
    left: int = 0

    @property
    def says(self) -> str:
        """The key in SAYS."""
        if self.kind == "hold" and not self.account:
            return "hold-topic" if self.topic else "hold-all"
        said = f"{self.kind}-{self.code}"
        return said if said in SAYS else self.kind

    def sentence(self) -> str:
        """What happened, in English."""
        return SAYS[self.says].format(account=self.account, day=iso(self.at)[:10])

    def as_json(self) -> dict[str, Any]:
        """For machines; no text of a message stands in it."""
        return {
            "alarm": self.id, "kind": self.kind, "at": iso(self.at), "message": self.message or None,
            "post": self.post or None, "account": self.account or None, "says": self.sentence(),
            "why": self.why, "seen": bool(self.seen), "left": bool(self.left),
        }  # fmt: skip
