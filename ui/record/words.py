"""The record's acts in the interface's words: a verb and an icon for each kind; verdicts, faults, and what to do."""

from __future__ import annotations

import re

from g20desk.desk.record import Recorded
from ui.texts import DECISIONS, ROLES, State, comma, day, isolated, land, reason, state, t
from ui.texts import clock as hour

# Kind: icon and verb. The author stands beside it.
KINDS: dict[str, tuple[str, str]] = {
    "draft.revised": ("pencil", "Revised"),
    "message.submitted": ("send", "Submitted for sign-off"),
    "message.withdrawn": ("undo-2", "Withdrew"),
    "message.scheduled": ("calendar-clock", "Scheduled"),
    "message.unscheduled": ("calendar-x", "Took out of the plan"),
    "signoff.decided": ("stamp", "Decided"),
    "comment.made": ("message-square-warning", "Commented"),
    "signoff.closed": ("timer", "Closed a silence"),
    "signoff.reopened": ("timer", "Reopened a silence"),
    "signoff.extended": ("timer", "Gave a stage more time"),
    "signoff.objection_lifted": ("octagon-pause", "Signed to lift a late objection"),
    "signoff.reviewed": ("eye", "Reviewed an emergency release"),
    "message.released": ("octagon-alert", "Signed an emergency release"),
    "route.adopted": ("stamp", "Adopted a route"),
    "route.withdrawn": ("stamp", "Withdrew a route"),
    "silence.minimum_set": ("timer", "Said how long a silence lasts at least"),
    "presidency.named": ("landmark", "Named the Presidency"),
    "presidency.handed_over": ("landmark", "Handed the Presidency over"),
    "custody.taken": ("key-round", "Took an account over"),
    "custody.released": ("key-round", "Gave a sign-in up"),
    "handover.noted": ("scroll-text", "Left an item of the handover as it is"),
    "archive.kept": ("scroll-text", "Put a backup on record"),
    "deputy.named": ("user-check", "Named a deputy"),
    "deputy.ended": ("user-minus", "Ended a deputy's time"),
    "template.adopted": ("shield-check", "Cleared a template for emergencies"),
    "template.withdrawn": ("undo-2", "Took a template out of use"),
    "relay.asked": ("send", "Asked an account to carry a line"),
    "relay.adopted": ("check-check", "Took a line on"),
    "relay.declined": ("ban", "Declined to carry a line"),
    "relay.withdrawn": ("undo-2", "Took back what an account was asked to carry"),
    "relay.left": ("eye", "Left as it is what an account made of a line"),
    "relay.moved": ("calendar-clock", "Asked for another time"),
    "likeness.listed": ("eye", "Listed a post beside a line"),
    "likeness.judged": ("stamp", "Judged a post beside a line"),
    "plan.opened": ("calendar-days", "Opened a plan"),
    "plan.added": ("calendar-days", "Put into a plan"),
    "plan.changed": ("calendar-clock", "Changed a plan"),
    "plan.dropped": ("calendar-x", "Took out of a plan"),
    "plan.closed": ("calendar-days", "Closed a plan"),
    "post.claimed": ("hourglass", "Took on to send"),
    "post.sending": ("send", "Handed to the network"),
    "post.sent": ("check-check", "Sent"),
    "post.ended": ("circle-x", "Did not go out"),
    "post.settled": ("eye", "Settled an unknown post"),
    "post.read_back": ("eye", "Read back"),
    "post.removed": ("trash-2", "Took a post down"),
    "office.founded": ("landmark", "Founded the office"),
    "office.fold_adopted": ("scroll-text", "Signed a version of the record's rules"),
    "member.admitted": ("user-plus", "Admitted"),
    "member.retired": ("user-minus", "Let go"),
    "role.given": ("user-check", "Gave another role"),
    "proposal.seconded": ("user-check", "Joined what was proposed"),
    "proposal.withdrawn": ("undo-2", "Took a proposal off the table"),
    "guardians.named": ("shield-check", "Named guardians"),
    "guardians.share_given": ("key-round", "Passed a share on"),
    "guardians.key_used": ("key-round", "Put the guardians' key together"),
    "roster.corrected": ("scroll-text", "Set the list of devices right"),
    "piece.redacted": ("eye-off", "Took a text or picture out"),
    "device.added": ("laptop", "Added a device"),
    "device.revoked": ("laptop", "Took a device out"),
    "epoch.opened": ("key-round", "Opened a new key"),
    "epoch.wrapped": ("key-round", "Passed a key on"),
    "order.handed_over": ("scroll-text", "Handed the order over"),
    "account.added": ("at-sign", "Added an account"),
    "account.removed": ("at-sign", "Removed an account"),
    "account.grace_set": ("timer", "Changed the grace"),
    "account.distance_set": ("timer", "Changed the distance between posts"),
    "account.limits_read": ("eye", "Read the limits"),
    "hold.placed": ("octagon-pause", "Placed a hold"),
    "hold.lifted": ("octagon-pause", "Signed to lift a hold"),
    "embargo.placed": ("lock", "Placed an embargo"),
    "embargo.lifted": ("lock", "Signed to lift an embargo"),
    "mourning.declared": ("calendar-days", "Declared a day of mourning"),
    "mourning.ended": ("calendar-days", "Ended a day of mourning"),
    "slot.set": ("calendar-clock", "Set a slot"),
    "slot.dropped": ("calendar-x", "Dropped a slot"),
    "recurring.set": ("repeat", "Let a message come back"),
    "recurring.made": ("repeat", "Took on a day's draft"),
    "recurring.ended": ("repeat", "Ended what comes back"),
    "address.set": ("at-sign", "Said where notices go by mail"),
    "handle.mapped": ("at-sign", "Said whose handles these are"),
    "rulebook.adopted": ("book-check", "Signed rules"),
    "rulebook.withdrawn": ("book-check", "Took proposed rules back"),
    "agreed.adopted": ("book-check", "Signed agreed language"),
    "agreed.withdrawn": ("book-check", "Took agreed language out"),
    "word.added": ("spell-check", "Added words"),
    "word.removed": ("spell-check", "Took words off the list"),
}
ENDED = {
    "refused": ("circle-x", "Refused by the network"),
    "unknown": ("circle-question-mark", "No answer from the network"),
    "planned": ("calendar-clock", "Put back in the plan"),
    "missed": ("clock-alert", "Missed"),
}
SEALED = ("lock", "Sealed for the office's staff")
VOID = ("circle-x", "Void")
# What a filter offers: an id, its words, and the beginnings of the kinds.
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("texts", "Texts", ("draft.", "message.submitted", "message.withdrawn", "recurring.", "piece.")),
    ("decisions", "Sign-off",
     ("signoff.", "comment.", "message.released", "route.", "silence.", "deputy.", "template.")),
    ("plan", "Scheduling", ("message.scheduled", "message.unscheduled", "slot.", "plan.")),
    ("posts", "Posts", ("post.", "relay.", "likeness.")),
    ("stops", "Holds, embargoes, mourning", ("hold.", "embargo.", "mourning.")),
    ("people", "People, devices and keys", 
     ("member.", "device.", "role.", "address.", "proposal.", "guardians.", "roster.", "epoch.")),
    ("office", "Office, accounts and rules",
     ("office.", "presidency.", "custody.", "handover.", "archive.", "order.", "account.", "handle.", "rulebook.", "agreed.", "word.")),
)  # fmt: skip
MEANS = {
    "sealed": State("Sealed for the office's staff", "lock", "text3"),
    "counts": State("It counts", "circle-check", "ok"),
    "tentative": State("Not yet in the office's record", "cloud-off", "text2"),
    "refused": State("It does not count", "circle-x", "block"),
}
# What can be done where an act does not count; by the code of the refusal.
CURES = {
    "author": "Somebody else has to sign it off.",
    "stale-digest": "Read the text as it stands now, then decide anew.",
    "not-submitted": "It was withdrawn or not submitted at that moment. Look at the message.",
    "no-voice": "Only those whom the text waits for decide on it.",
    "no-right": "Ask someone whose part it is to do it.",
    "second-person": "A second person has to do it.",
    "unknown-device": "Whoever signed this was not in the office at that place. Ask the head.",
    "needs-epoch": "Somebody left just before. Do it again; it is sealed under the new key then.",
    "stray": "It names something that is not on this desk. It may come later; nothing has to be done.",
    "held": "Lift the hold with a second person, then schedule again.",
    "void": "Tell the office: whoever made it has a program or a key that is not as it should be.",
    "name-taken": "Use another name.",
    "invitation-used": "Invite anew.",
    "invitation-over": "Invite anew.",
    "needs-version": "Install the newer G20 Desk.",
}
OTHERWISE = "Do it again if it is still wanted; what stands in the record stays."
# The faults that a check names, as people say them.
FAULTS = {
    "its event is not here": "the act itself is missing on this desk",
    "the device's chain": "an act of the same device is missing before it, or another stands there",
    "its row says other than its head": "what is kept beside it was changed",
    "its row says other than its header": "what is kept beside it was changed",
    "body digest": "what was signed was changed afterwards",
    "event id": "it is kept under another name than its own",
    "what is in the clear": "what travels beside it was changed",
    "the envelope is another event's": "its sealed form belongs to another act",
    "the envelope shows another event": "its sealed form belongs to another act",
    "the envelope shows another ring": "it is sealed for others than it says",
    "its key is not on this desk": "the key to it is not on this desk",
    "the envelope holds something else": "its sealed form holds something else",
    "a place is missing": "the place before it is missing",
    "not the founding event of this office": "the record begins with another act than the office's founding",
    "the stamp runs back": "its time is before that of the act before it",
    "running hash": "the chain of places does not go on here",
    "signature": "the signature on it does not hold",
    "envelope": "the signature on its sealed form does not hold",
    "receipt": "the keeper's signature on its place does not hold",
}
_FAULT = re.compile(r"(place|event) (\w+): (.+)", re.DOTALL)
_PIECE = re.compile(r"piece \w+")


def look(act: Recorded) -> tuple[str, str]:
    """Icon and verb, in the interface's language."""
    icon, verb = _look(act)
    return icon, t(verb)


def _look(act: Recorded) -> tuple[str, str]:
    if not act.kind:
        return VOID if act.code else SEALED
    if act.kind == "signoff.decided" and (said := DECISIONS.get(str(act.values.get("answer", "")))):
        return said.icon, said.word
    if act.kind == "post.ended" and (ended := ENDED.get(str(act.values.get("state", "")))):
        return ended
    known = KINDS.get(act.kind)
    return known or ("scroll-text", act.kind.replace(".", ", ").replace("_", " ").capitalize())


def about(act: Recorded) -> str:
    """What an act is about, and the one value that tells most."""
    values, parts = act.values, [isolated(act.about)] if act.about else []
    if act.kind.startswith("post.") and values.get("account"):
        parts.append(isolated(values["account"]))
    if act.kind in ("message.scheduled", "embargo.placed"):
        at = values.get("when") or values.get("until") or 0
        parts.append(f"{day(at)} {hour(at)} UTC")
    if act.kind == "member.admitted":
        parts.append(t(ROLES.get(str(values.get("role")), str(values.get("role")))))
        parts += [land(values["government"])] if values.get("government") else []
    if act.kind == "post.read_back" and values.get("standing") not in (None, "as-signed"):
        parts.append(t("Altered"))
    if act.kind == "order.handed_over":
        parts = [isolated(values.get("address", ""))]
    if act.kind in ("rulebook.adopted", "office.fold_adopted"):
        parts.append(t("version {n}", n=values.get("version")))
    return comma().join(part for part in parts if part)


def standing(act: Recorded) -> State:
    """Whether it counts, as a word, a shape and a colour."""
    if act.code:
        return MEANS["refused"]
    return MEANS["tentative" if act.place is None else "sealed" if not act.kind else "counts"]


def cure(act: Recorded) -> str:
    """What to do where it does not count."""
    return t(CURES.get(act.code, OTHERWISE))


def kinds_of(group: str) -> tuple[str, ...]:
    """The kinds of a group."""
    starts = next((starts for id, _, starts in GROUPS if id == group), ())
    return tuple(kind for kind in KINDS if kind.startswith(starts)) if starts else ()


def kinds_said(words: str) -> tuple[str, ...]:
    """The kinds that these words name, in the interface's language."""
    asked = " ".join(words.casefold().split())
    if not asked:
        return ()
    return tuple(kind for kind, (_, verb) in KINDS.items() if asked in t(verb).casefold())


def fault(said: str) -> tuple[str, str]:
    """Where the record does not hold, and what is wrong there."""
    found = _FAULT.fullmatch(said)
    if found is None:
        return "", reason(said)
    where = t("At place {n}", n=found[2]) if found[1] == "place" else t("At an act without a place ({id})", id=found[2])
    what = t("a text or picture was changed afterwards") if _PIECE.fullmatch(found[3]) else FAULTS.get(found[3], "")
    return where, t(what) if what else found[3]


def state_word(code: str) -> str:
    """A message's state."""
    return t(state(code).word)
