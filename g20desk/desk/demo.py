"""A rehearsal office in mid-summit, made by the real verbs at the times they tell of; and its story for a terminal."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from importlib import import_module
from pathlib import Path

from g20desk.clock import Clock, SystemClock
from g20desk.desk import demo_plan, demo_texts, joining
from g20desk.desk.acting import ADDRESS
from g20desk.desk.demo_texts import DAY, MINUTE, Step, Told
from g20desk.desk.demo_voice import Act, Voice
from g20desk.desk.desk import Desk
from g20desk.desk.verifying import verify
from g20desk.errors import Refused
from g20desk.office import words
from g20desk.office.content import Content, Text

OFFICE, HEAD = "G20 office", "Head of office"
PEOPLE = {
    "head": HEAD, "officer": "Officer", "analyst": "Analyst", "BR": "Liaison Brazil", "IN": "Liaison India",
    "IT": "Liaison Italy", "ZA": "Presidency",
}  # fmt: skip
ANSWERS = ("approve", "object", "request-changes", "no-objection")


class StoryClock:
    """A clock that stands where the story is; it is only ever set forward."""

    def __init__(self, now: int) -> None:
        self._now = now

    def now_ms(self) -> int:
        """The story's time."""
        return self._now

    def monotonic(self) -> float:
        """The story's time in seconds."""
        return self._now / 1000

    def move(self, now: int) -> None:
        """Go on to a later time."""
        self._now = max(now, self._now)


def make(folder: str | Path, clock: Clock | None = None) -> Desk:
    """The demonstration office in a new or empty folder, opened for its head with `clock` (the machine's)."""
    now = (clock or SystemClock()).now_ms()
    telling = _Telling(Path(folder), demo_texts.told(now), StoryClock((now // DAY - 6) * DAY))
    try:
        telling.tell()
    finally:
        telling.close()
    return Desk.open(folder, HEAD, clock)


def go_offline(desk: Desk) -> None:
    """From here on the order of this demonstration is kept by another machine, which is out of reach: what is done has no place.
    For pictures; there is no way back."""
    store, now = desk.store, desk.clock.now_ms()
    store.set_meta("keeper", "f" * 64)
    store.set_meta(ADDRESS, "https://office.example")
    desk.attending.lost(now - 36 * MINUTE, now - 37 * MINUTE)
    officer = Desk.open(desk.folder, PEOPLE["officer"], desk.clock)
    try:
        drafts = [row.id for row in officer.messages.rows("draft")]
        for id in drafts[:3]:
            officer.messages.revise(id, officer.messages.content(id))
        waiting = next(row for row in officer.messages.rows("submitted"))
        officer.comments.make(waiting.id, "The figure is the new one.")
        officer.holds.place("The second reason stands.", topic="energy")
    finally:
        officer.store.close()


def fault(desk: Desk, account: str, behaviour: str) -> None:
    """Let the next send on a practice account go wrong. The way to the faults is beside the client, wherever that is."""
    client = desk.accounts.client(desk.accounts.get(account))
    package = type(client).__module__.rpartition(".")[0]
    import_module(f"{package}.faults").plan(str(desk.folder), account, behaviour)


class _Telling:
    """Does the acts of the story one after the other."""

    def __init__(self, folder: Path, told: Told, clock: StoryClock) -> None:
        self._told = told
        self._clock = clock
        head = Desk.found(folder, OFFICE, HEAD, rehearsal=True, clock=clock)
        for one in told.accounts:
            head.accounts.add(
                "rehearsal", name=one["name"], owner="official", like=one["like"], langs=tuple(one["langs"])
            )
        self._desks = {who: Desk.open(folder, name, clock) for who, name in PEOPLE.items()}
        self._voice = Voice(folder, self._desks, clock, told.now)
        self._voice.begin(head)
        self._by_routes(head)
        head.store.close()
        keep = self._desks["officer"].messages.keep_picture
        self._pictures = {name: keep(data) for name, data in demo_texts.charts().items()}
        self._ids: dict[str, str] = {}
        self._digests: dict[str, list[str]] = {}

    def tell(self) -> None:
        """All of it."""
        acts: list[Act] = [
            *self._voice.acts(),
            *((step.at, partial(self._act, self._desks[step.who], step)) for step in self._told.steps),
        ]
        for at, act in sorted(acts, key=lambda one: one[0]):
            if at < self._told.now:
                self._clock.move(at)
                act()
        self._deputies()
        self._propose(self._desks["officer"])
        self._gather(self._desks["head"])
        demo_plan.fill(self._desks["officer"], self._desks["ZA"], self._told.now)

    def _by_routes(self, head: Desk) -> None:
        """The routes in force, and a text cleared for emergencies by the head and a liaison."""
        said = demo_texts.rounds()
        for route in said["route"]:
            head.routes.adopt(route)
        for template in said["template"]:
            head.templates.adopt(template)
            (waits,) = head.office.proposals
            self._desks["BR"].people.second(waits)

    def _deputies(self) -> None:
        """Who speaks in whose place by now."""
        now = self._told.now
        for one in demo_texts.rounds()["deputy"]:
            since, until = (demo_texts.moment(one[name], now) for name in ("since", "until"))
            self._desks[one["liaison"]].deputies.name(PEOPLE[one["person"]], since, until)

    def _propose(self, desk: Desk) -> None:
        """The changes of rules that wait for a second person."""
        note, changes = demo_texts.rules()
        files = desk.rulebook.files()
        for rule, values in changes.items():
            files = desk.rulebook.edited(files, rule, values)
        desk.rulebook.propose(files, note)

    def _gather(self, head: Desk) -> None:
        """Guardians, a laptop and a telephone for one person, and somebody who has not answered yet."""
        head.guardians.name([PEOPLE["officer"], PEOPLE["BR"], PEOPLE["IN"]], 2)
        brazil = self._desks["BR"]
        with tempfile.TemporaryDirectory() as folder:
            request, said = joining.join(Path(folder) / "desk", brazil.people.invite_device(), self._clock)
        brazil.people.admit(request, said)
        head.people.invite("Liaison Mexico", "liaison", "MX")

    def close(self) -> None:
        """Close the desks that told it."""
        self._voice.close()
        for desk in self._desks.values():
            desk.store.close()

    def _act(self, desk: Desk, step: Step) -> None:
        one, said = self._told.messages[step.message], step.said
        if step.verb == "new":
            if "template" in one:
                made = desk.templates.fill(one["template"], tuple(one["to"]), {"": one["slots"]})
            else:
                made = desk.messages.new(demo_texts.content(one, self._pictures, first=True))
            self._ids[step.message], self._digests[step.message] = made["message"], [made["digest"]]
            return
        message, digests = self._ids[step.message], self._digests[step.message]
        if step.verb in ANSWERS:
            desk.messages.decide(message, step.verb, digests[-1], said)
        elif step.verb == "amend":
            desk.messages.decide(message, "request-changes", digests[-1], said, step.instead)
        elif step.verb == "release":
            desk.signoffs.release(message, one["template"], said)
        elif step.verb == "comment":
            self._comment(desk, message, said)
        elif step.verb == "submit":
            desk.messages.submit(message, one.get("route", ""))
        elif step.verb == "schedule":
            desk.messages.schedule(message, int(said))
        elif step.verb == "publish":
            desk.publish.once()
        elif step.verb == "fault":
            account, _, behaviour = said.partition(": ")
            fault(desk, account, behaviour)
        elif step.verb == "revise":
            digests.append(desk.messages.revise(message, demo_texts.content(one, self._pictures))["digest"])
        elif step.verb == "stale":
            # Someone answers on the text as it was; that stands in the record and does not count.
            with suppress(Refused):
                desk.messages.decide(message, "approve", digests[0])
        elif step.verb == "withdraw":
            desk.messages.withdraw(message, said)
        elif step.verb == "hold":
            desk.holds.place(said, topic=one["topic"])
        else:
            raise ValueError(f"the story knows no {step.verb!r}")

    def _comment(self, desk: Desk, message: str, said: str) -> None:
        """`words | what is said on them`, or what is said on all of it; with `> ` before it an answer to the first thread."""
        words, _, text = said.rpartition(" | ")
        about = desk.comments.passage(message, words) if words else None
        first = desk.messages.show(message)["threads"][:1] if text.startswith("> ") else []
        answers = first[0]["comments"][-1]["id"] if first else ""
        desk.comments.make(message, text.removeprefix("> "), about=about, answers=answers)


WRONG, RIGHT = "Our President", "The President of South Africa"
SENTENCE = "{} opened the finance ministers' meeting. They have {} papers on debt: https://g20.org/debt #G20"


def story(folder: str | Path) -> Iterator[str]:
    """The main job in about fifteen sentences, each done for real in a new folder before it is told."""
    head = Desk.found(Path(folder), OFFICE, HEAD, rehearsal=True)
    officer, brazil, india = (Desk.open(folder, PEOPLE[who]) for who in ("officer", "BR", "IN"))
    try:
        yield f"A rehearsal office opens, with {len(head.office.people)} people; nothing in it leaves this computer."
        yield from _written(officer)
        yield from _signed_off(officer, brazil, india)
        yield from _sent(officer)
        yield _verified(head)
    finally:
        for desk in (head, officer, brazil, india):
            desk.store.close()


def _typed(who: str, papers: int) -> Content:
    return Content("news", ("G20 X", "G20 Bluesky", "G20 Mastodon"), (Text("en", (SENTENCE.format(who, papers),)),))


def _written(officer: Desk) -> Iterator[str]:
    made = officer.messages.new(_typed(WRONG, 3))
    message = made["message"]
    yield f"The officer drafts a message for three accounts: “{SENTENCE.format(WRONG, 3)}”"
    found = next(f for f in made["findings"] if f["level"] == "block")
    yield f"The checker marks “{found['text']}” ({found['rule']}): {found['message']}"
    yield f"Submitting it all the same is refused: {_refusal(lambda: officer.messages.submit(message))}"
    made = officer.messages.revise(message, _typed(RIGHT, 3))
    left = sum(f["level"] == "block" for f in made["findings"])
    yield f"The officer writes “{RIGHT}” instead, and {left or 'no'} findings stand in the way."


def _signed_off(officer: Desk, brazil: Desk, india: Desk) -> Iterator[str]:
    message = officer.messages.rows()[0].id
    old = officer.messages.submit(message)["digest"]
    yield f"It is submitted for sign-off; said on the phone, its text is {_spoken(old)}."
    refusal = _refusal(lambda: officer.messages.decide(message, "approve", old))
    yield f"The officer tries to sign it off, and is refused: {refusal}"
    state = brazil.messages.decide(message, "approve", old)["state"]
    yield f"Brazil's liaison reads it and approves: it is {state}."
    officer.messages.revise(message, _typed(RIGHT, 4))
    new = officer.messages.submit(message)["digest"]
    state = officer.messages.show(message)["state"]
    yield f"Then one character changes, a 3 into a 4: the text is now {_spoken(new)}."
    yield f"Brazil's approval does not carry over: the message is {state} again, and waits for sign-off."
    refusal = _refusal(lambda: officer.messages.schedule(message, officer.clock.now_ms()))
    yield f"Giving it a time is refused: {refusal}"
    refusal = _refusal(lambda: india.messages.decide(message, "approve", old))
    yield f"So is an approval of the text as it was: {refusal}"
    state = india.messages.decide(message, "approve", new)["state"]
    yield f"India's liaison reads the change and approves the text as it stands: it is {state}."


def _sent(officer: Desk) -> Iterator[str]:
    message = officer.messages.rows()[0].id
    officer.messages.schedule(message, officer.clock.now_ms())
    sent = officer.publish.once()["sent"]
    yield f"The officer schedules it for now, and the publisher sends {sent} posts on the practice network."
    posts = officer.messages.show(message)["posts"]
    yield "Receipts came back: " + ", ".join(f"{p['account']} {' '.join(p['remote_ids'])}" for p in posts) + "."
    yield f"Publishing once more sends {officer.publish.once()['sent'] or 'nothing'}: no post goes out twice."


def _verified(head: Desk) -> str:
    checked = verify(head)
    end = "all signatures, links and receipts hold" if checked["verified"] else f"it fails at {checked['faults'][0]}"
    said = f"The record of {checked['events']} acts is checked again from its bytes: {end};"
    return f"{said} {len(checked['refused'])} refused acts stand in it with their reasons."


def _refusal(verb: Callable[[], object]) -> str:
    """Why a verb was refused, in the desk's own words."""
    try:
        verb()
    except Refused as refusal:
        return refusal.message
    raise RuntimeError("this was to be refused")


def _spoken(digest: str) -> str:
    return " · ".join(words.words(digest))
