"""What the office waits for at this desk: publisher, mail, alarms, the handover, the rulebook and the rules of the record."""

from __future__ import annotations

from collections.abc import Iterator

from g20desk.clock import iso
from g20desk.desk import health
from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import NOTE, OK, WRONG, Fact, Saying, teller
from g20desk.desk.going_over import standing
from g20desk.office.handover import OPEN
from g20desk.office.passing import PUBLISHERS

SAYINGS = {
    "publisher-none": Saying(OK, "none has watched on this desk"),
    "publisher-waits": Saying(
        NOTE, "none has watched on this desk; posts wait on {n} accounts", "A window that stays open sends them, or:", "g20desk publish --watch"),
    "publisher-trouble": Saying(WRONG, "The publisher is in trouble: {why}", "See what it printed."),
    "publisher-alive": Saying(OK, "last alive at {when}"),
    "mail-none": Saying(OK, "this desk sends no notices"),
    "mail-trouble": Saying(WRONG, "{why}", "Try the settings.", "g20desk mail test"),
    "mail-refused": Saying(WRONG, "refused: {names}", "They have to give another address.", "g20desk mail address"),
    "mail-well": Saying(OK, "{host}, for {n} people"),
    "alarms-none": Saying(OK, "none"),
    "alarms-standing": Saying(WRONG, "{n} to look at; first: {why}", "Look at them; in the window: Ctrl Shift A.", "g20desk alarm list"),
    "handover-none": Saying(OK, "none is under way"),
    "handover-open": Saying(OK, "{n} of {all} items open, none of them yours"),
    "handover-yours": Saying(WRONG, "{n} of the handover's items wait for you: {names}", "See: g20desk office checklist"),
    "rulebook-in-force": Saying(OK, "version {version}, {n} rules"),
    "rulebook-trouble": Saying(WRONG, "{why}", "Texts are checked with rulebook {version} until then."),
    "rules-older": Saying(
        WRONG, "version {n} of the rules is in force; this program knows {known}",
        "The head and a second person go over; in the window: Office, This computer, key A.",
        "g20desk office rules --adopt"),
    "rules-proposed": Saying(NOTE, "{name} proposed version {n}; a second person joins"),
    "rules-in-force": Saying(OK, "version {n} is in force"),
}  # fmt: skip
fact = teller(SAYINGS)


def publisher(see: See) -> Iterator[Fact]:
    """When one last looked at what is due, and whether it is in trouble."""
    desk = see.opened()
    last = health.read(desk.folder)
    due = len(desk.publish.queues()) if desk.person.role in PUBLISHERS else 0
    if last is None:
        yield fact("publisher-waits", n=due) if due else fact("publisher-none")
    elif last.trouble:
        yield fact("publisher-trouble", why=last.trouble)
    else:
        yield fact("publisher-alive", when=iso(last.at))


def mail(see: See) -> Iterator[Fact]:
    """How the last letters went; nothing is sent to find out."""
    found = see.opened().mail.shown()
    if not found["server"]:
        yield fact("mail-none")
        return
    if found["trouble"]:
        yield fact("mail-trouble", why=found["trouble"])
    if found["refused"]:
        yield fact("mail-refused", names=", ".join(found["refused"]))
    yield fact("mail-well", host=found["server"]["host"], n=len(found["people"]))


def alarms(see: See) -> Iterator[Fact]:
    """Those that nobody has looked at."""
    found = [alarm for alarm in see.opened().alarms.standing() if not alarm.left]
    if not found:
        yield fact("alarms-none")
        return
    one = found[0]
    yield fact(
        "alarms-standing", n=len(found), why=one.sentence(), says=one.says, account=one.account, day=iso(one.at)[:10]
    )


def handover(see: See) -> Iterator[Fact]:
    """What the yearly handover waits for, where it waits for this person."""
    lines = see.opened().presidency.checklist()
    left = [one for one in lines if one.state == OPEN]
    if mine := [one.item for one in left if one.mine]:
        yield fact("handover-yours", n=len(mine), names=", ".join(mine))
    else:
        yield fact("handover-open", n=len(left), all=len(lines)) if lines else fact("handover-none")


def rulebook(see: See) -> Iterator[Fact]:
    """Which one texts are checked with."""
    now = see.opened().rulebook.in_force()
    if now.trouble:
        yield fact("rulebook-trouble", why=now.trouble, version=now.version)
    else:
        yield fact("rulebook-in-force", version=now.version, n=len(now.book.rules))


def rules(see: See) -> Iterator[Fact]:
    """Whether the version of the record's rules in force is the newest that this program knows."""
    now = standing(see.opened())
    if now.version >= now.newest:
        yield fact("rules-in-force", n=now.version)
        return
    yield fact("rules-older", n=now.version, known=now.newest)
    if now.proposed:
        yield fact("rules-proposed", n=now.proposed, name=now.by)
