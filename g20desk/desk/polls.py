"""Polls: what was typed becomes what is signed, each account's poll with its post; and what an account can't ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from g20desk.errors import Usage
from g20desk.limits import PollLimits
from g20desk.network import Poll, TextRules, text_rules
from g20desk.office.content import Content
from g20desk.office.content import Poll as Typed
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.checking import Checking
    from g20desk.desk.desk import Desk
    from g20desk.desk.settling import Settled

POLL = "c.poll"
LEAST = 2


def settle(settled: Settled, content: Content) -> None:
    """The poll as it is signed, in all its languages. Raises Usage for one that is none."""
    poll = content.poll
    if poll is None:
        return
    if poll.minutes < 1 or poll.part < 1 or not poll.answers:
        raise Usage("bad-poll", "A poll has answers, and a time for which it is open.", "Add: --poll TEXT --poll TEXT")
    answers = {lang: [settled.ref(one.encode()) for one in said] for lang, said in sorted(poll.answers.items())}
    settled.values[POLL] = {
        "answers": answers, "minutes": poll.minutes, "several": poll.several, "part": poll.part,
    }  # fmt: skip


def asked(content: Content, account: Account, lang: str, number: int) -> Poll | None:
    """The poll of a part of a post on an account; none where there is none, or the network has none."""
    poll = content.poll
    if poll is None or poll.part != number or text_rules(account.reads_as).LIMITS.poll is None:
        return None
    return Poll(tuple(poll.answers.get(lang, ())), poll.minutes, poll.several)


def faults(poll: Typed, account: Account, rules: TextRules, lang: str, pictures: int) -> Iterator[str]:
    """What an account can't ask so, each with what to change."""
    name, most, answers = account.name, takes(account), poll.answers.get(lang, ())
    if most is None:
        yield rules.CANNOT["poll"]
        return
    if len(answers) < LEAST or len(set(answers)) < len(answers) or not all(one.strip() for one in answers):
        yield f"The poll needs at least {LEAST} answers in {lang}, none of them empty or twice."
    if len({len(said) for said in poll.answers.values()}) > 1:
        yield "The poll has more answers in one language than in another."
    if len(answers) > most.answers:
        yield f"{name} takes polls of {most.answers} answers; this one has {len(answers)}."
    for one in answers:
        if rules.count(one) > most.characters:
            yield f"{name} takes answers of {most.characters} characters; “{one}” has {rules.count(one)}."
    if not most.least_minutes <= poll.minutes <= most.most_minutes:
        yield f"{name} keeps a poll open for {_long(most.least_minutes)} to {_long(most.most_minutes)}; choose another time."
    if poll.several and not most.several:
        yield f"{name} lets a reader choose one answer only."
    if pictures:
        yield f"{name} takes no poll beside pictures: give them another post."


def takes(account: Account) -> PollLimits | None:
    """What an account's polls may be: its network's limits, and those that its own server told."""
    usual = text_rules(account.reads_as).LIMITS.poll
    told: dict[str, Any] = {name: account.limits[f"poll_{name}"] for name in ("answers", "characters", "least_minutes", "most_minutes")
            if f"poll_{name}" in account.limits}  # fmt: skip
    return usual and replace(usual, **told)


def checked(check: Checking, answers: Sequence[str], network: str, lang: str, kind: str) -> list[dict[str, Any]]:
    """What the rulebook says of the answers, each as a text of its own; how long they may be is the network's."""
    made = []
    for number, one in enumerate(answers):
        found = check.text(one, network, lang, kind)["findings"] if one.strip() else []
        made += [{**f, "poll": number} for f in found if not f["rule"].startswith("LENGTH")]
    return made


def shown(desk: Desk, content: Mapping[str, Any]) -> dict[str, Any] | None:
    """A content's poll: {"answers": {lang: [...]}, "minutes", "several", "part"}."""
    poll = content.get(POLL)
    if poll is None:
        return None
    words = desk.messages.words
    return {**poll, "answers": {lang: [words(ref) for ref in refs] for lang, refs in poll["answers"].items()}}


def typed(desk: Desk, content: Mapping[str, Any]) -> Typed | None:
    """The other way: as a person would write it."""
    poll = shown(desk, content)
    if poll is None:
        return None
    answers = {lang: tuple(said) for lang, said in poll["answers"].items()}
    return Typed(answers, poll["minutes"], poll["several"], poll["part"])


def _long(minutes: int) -> str:
    """A time in its largest whole unit."""
    for unit, size in (("d", 1440), ("h", 60)):
        if minutes % size == 0:
            return f"{minutes // size} {unit}"
    return f"{minutes} min"
