"""The stages of a message's sign-off: who is asked, who has spoken, when a stage is complete and the next one opens."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from g20desk.errors import Refused
from g20desk.office.deputies import deputy_of, stands_in_for
from g20desk.office.fold import Author, Then
from g20desk.office.message import Decision, Message, Opened, Seat
from g20desk.office.route import ALL, EXPLICIT, SILENCE, Route, Stage
from g20desk.office.routes import least_silence
from g20desk.office.state import VOICES, Office, Person
from g20desk.office.vouching import can_act

DECIDERS = ("head", "officer", "liaison")
STOPS = ("object", "request-changes")


def seats(office: Office, who: str, authors: frozenset[str]) -> tuple[Seat, ...]:
    """The voices that a stage would have if it opened now, authors left out. People who speak for one government are one."""
    found: dict[str, list[str]] = {}
    for person in office.people.values():
        if person.id not in authors and _asked(office, who, person) and can_act(office, person.id):
            found.setdefault(_key(person), []).append(person.id)
    return tuple(Seat(key, tuple(sorted(found[key]))) for key in sorted(found))


def governments(office: Office, who: str) -> tuple[str, ...]:
    """The governments that a `who` names, whether anybody speaks for them or not."""
    kind, _, rest = who.partition(":")
    if kind != "governments":
        return ()
    if rest == "troika":
        return tuple(one for one in office.troika if one)
    if rest == "all":
        return tuple(sorted({p.government for p in office.people.values() if p.role == "liaison" and not p.retired}))
    return tuple(rest.split(","))


def absent(office: Office, who: str) -> tuple[str, ...]:
    """The governments that a `who` names and that nobody speaks for."""
    here = {p.government for p in office.people.values() if p.role == "liaison" and can_act(office, p.id)}
    return tuple(one for one in governments(office, who) if one not in here)


def _asked(office: Office, who: str, person: Person) -> bool:
    kind, _, rest = who.partition(":")
    if kind == "governments":
        return person.role == "liaison" and bool(person.government) and person.government in governments(office, who)
    return _fits(kind, rest, person)


def _fits(kind: str, rest: str, person: Person) -> bool:
    if kind == "role":
        return person.role == rest
    if kind == "experts":
        return person.role == "expert" and person.topic == rest
    return kind == "person" and person.id == rest and person.role not in ("publisher", "observer")


def _key(person: Person) -> str:
    return person.government if person.role in VOICES and person.government else person.id


def still(office: Office, stage: Stage, seat: Seat) -> tuple[str, ...]:
    """Those of a seat who may still speak for it: nobody is added once a stage is open, and who retires or gets another role
    falls out."""
    kind, _, rest = stage.who.partition(":")
    found = []
    for one in seat.people:
        person = office.people[one]
        fits = person.role == "liaison" if kind == "governments" else _fits(kind, rest, person)
        if fits and _key(person) == seat.key and can_act(office, one):
            found.append(one)
    return tuple(found)


def seat_of(office: Office, opened: Opened, person: str, at: int) -> Seat | None:
    """The seat of a stage that a person may speak for at a time: their own, else that of a liaison whose deputy they are."""
    for seat in opened.seats:
        if person in seat.people and person in still(office, opened.stage, seat):
            return seat
    stood_in = {liaison for liaison in office.deputies if deputy_of(office, liaison, at) == person}
    for seat in opened.seats if stood_in else ():
        if stood_in.intersection(still(office, opened.stage, seat)):
            return seat
    return None


def own_voice(office: Office, by: Author, at: int) -> str:
    """The voice of somebody where no route says who is asked; empty where they have none."""
    if by.role in DECIDERS:
        return by.government if by.role == "liaison" and by.government else by.person
    return stands_in_for(office, by.person, at)


def voices(state: Message, stage: int = 0) -> dict[str, Decision]:
    """The latest decision of each voice in a stage, on the content as it is now. A person is one voice."""
    found: dict[str, Decision] = {}
    spoke: dict[str, str] = {}
    route, here = state.route.id if state.route else "", _keys(state, stage)
    for one in state.decisions:
        if one.digest != state.digest or one.answer == "comment" or one.person in state.authors:
            continue
        if (one.route, one.stage) != (route, stage) or one.event in state.set_aside or one.event in state.late:
            continue
        voice = one.voice
        if here is not None and voice not in here:
            continue
        before = spoke.get(one.person, voice)
        if before != voice and before in found and found[before].person == one.person:
            del found[before]
        found[voice], spoke[one.person] = one, voice
    return found


def _keys(state: Message, stage: int) -> set[str] | None:
    if state.route is None:
        return None
    return {seat.key for seat in state.stages[stage].seats} if stage < len(state.stages) else set()


def standing(state: Message) -> str:
    """open, objected or approved."""
    if state.release is not None and state.release.until and state.release.digest == state.digest:
        return "approved"
    if state.route is None:
        answers = {one.answer for one in voices(state).values()}
        return "objected" if answers & set(STOPS) else "approved" if "approve" in answers else "open"
    if all_done(state):
        return "approved"
    last = state.stages[-1]
    stopped = last.broken or any(one.answer in STOPS for one in voices(state, len(state.stages) - 1).values())
    return "objected" if stopped else "open"


def check_agreed(state: Message, at: int) -> None:
    """Refuse to send, at a time in milliseconds, what is not signed off: an emergency release is good for its time alone."""
    if state.withdrawn or standing(state) != "approved":
        raise Refused("not-agreed", "This message is not signed off.", "Wait for sign-off, then schedule it.")
    released = state.release
    over = released is not None and released.until and released.digest == state.digest and at > released.until
    if over and standing(replace(state, release=None)) != "approved":
        raise Refused(
            "box-over", "The time of this emergency release is over.", "Have it signed off, or release it anew."
        )


def seen(state: Message, number: int, now: int) -> str:
    """How a stage that opened stands at a time: an explicit one `open`, `objected` or `approved`; a silence `running`, `over` (to be
    closed), `broken` or `adopted`."""
    one = state.stages[number]
    if one.stage.mode == SILENCE:
        if one.done or one.broken:
            return "adopted" if one.done else "broken"
        return "over" if one.due is not None and one.due < now else "running"
    if one.done:
        return "approved"
    return "objected" if any(said.answer in STOPS for said in voices(state, number).values()) else "open"


def all_done(state: Message) -> bool:
    """Whether every stage of the route is complete."""
    return state.route is not None and len(state.stages) == len(state.route.stages) and bool(state.stages[-1].done)


def spoken(state: Message) -> dict[str, Decision]:
    """The latest decision of each voice in the stage that opened last."""
    return voices(state, max(0, len(state.stages) - 1))


def waits(state: Message) -> bool:
    """Whether a stage is open."""
    return bool(state.stages) and not state.stages[-1].done and not state.withdrawn


def silence_due(state: Message) -> int | None:
    """When the silence that runs is over; None where none runs, or it was broken."""
    last = state.stages[-1] if waits(state) else None
    return last.due if last is not None and last.stage.mode == SILENCE and not last.broken else None


def frozen(state: Message) -> bool:
    """Whether a broken silence keeps the text as it is until the head reopens it."""
    return bool(state.stages) and bool(state.stages[-1].broken) and not state.withdrawn


def unlifted(state: Message) -> str:
    """The act of a late objection to the content as it is that holds the message; empty for none."""
    return next((e for e, one in state.late.items() if one.decision.digest == state.digest and not one.lifted), "")


def late_stop(state: Message) -> str:
    """The same, one that was lifted since the message was scheduled included: lifting releases nothing."""
    mine = [e for e, one in state.late.items() if one.decision.digest == state.digest]
    return unlifted(state) or next((e for e in mine if e not in state.cleared), "")


def begin(state: Message, route: Route | None, then: Then) -> Message:
    """Lay a submission before the people of its route. Raises Refused where nobody could sign it off."""
    fresh = replace(state, route=route, stages=())
    if route is None:
        return fresh
    for stage in route.stages:
        check_can_end(then.office, stage, state.authors)
    return advance(opened(fresh, route.stages[0], then), then)


def check_can_end(office: Office, stage: Stage, authors: frozenset[str]) -> None:
    """Refuse a stage that can't be completed by those who are in the office, without the authors."""
    least = least_silence(office)
    if stage.mode == SILENCE and stage.within_ms < least:  # the head raised it since the route was adopted
        raise Refused("short-silence", f"The stage “{stage.name}” is shorter than a silence in this office, {least / 3_600_000:g} hours.",
                      "Let the head adopt the route with more time.")  # fmt: skip
    found, everybody = seats(office, stage.who, authors), seats(office, stage.who, frozenset())
    each = stage.mode == EXPLICIT and stage.need == ALL and stage.who != "governments:all"
    gone = sorted(set(governments(office, stage.who)) - {seat.key for seat in found}) if each else []
    if found and not gone and (stage.mode == SILENCE or _most(office, found) >= max(1, stage.need)):
        return
    if everybody and not found:
        raise Refused("only-authors", f"Only authors of the text could decide in the stage “{stage.name}”.",
                      "Ask for somebody else to be taken in, or let somebody else write it.")  # fmt: skip
    if gone:
        raise Refused("nobody-there", f"In the stage “{stage.name}” nobody can decide for {', '.join(gone)}.",
                      "Let the head invite somebody, or adopt another route.")  # fmt: skip
    if not everybody:
        raise Refused("nobody-there", f"There is nobody for the stage “{stage.name}”.", "Let the head invite somebody.")
    raise Refused("too-few", f"The stage “{stage.name}” needs {stage.need}; {_most(office, found)} can decide.",
                  "Let the head invite somebody, or adopt another route.")  # fmt: skip


def _most(office: Office, found: tuple[Seat, ...]) -> int:
    """How many voices could count: people of one government are one."""
    return len({office.people[seat.people[0]].government or seat.key for seat in found})


def opened(state: Message, stage: Stage, then: Then) -> Message:
    """The message with a stage opened by an act. What was said on exactly this content in it before counts again."""
    stamp = then.event.stamp
    due = None if stamp is None else stamp + stage.within_ms
    made = Opened(stage, then.event.id, stamp, due, seats(then.office, stage.who, state.authors))
    state = replace(state, stages=(*state.stages, made))
    if stage.mode != SILENCE:
        return state
    number = len(state.stages) - 1
    mine, route = _keys(state, number) or set(), state.route.id if state.route else ""
    against = [
        one.event for one in state.decisions
        if one.answer in STOPS and one.digest == state.digest and (one.route, one.stage) == (route, number)
        and one.event not in state.set_aside and one.event not in state.late and one.voice in mine
    ]  # fmt: skip
    return changed(state, broken=against[0]) if against else state


def changed(state: Message, **values: Any) -> Message:
    """The message with its open stage changed."""
    return replace(state, stages=(*state.stages[:-1], replace(state.stages[-1], **values)))


def heard(state: Message, seat: Seat, event: str) -> Message:
    """The message once a voice of its open stage has been heard."""
    return changed(state, heard={**state.stages[-1].heard, seat.key: event})


def advance(state: Message, then: Then) -> Message:
    """The message with every stage closed that is complete, and the next one opened by the same act."""
    route = state.route
    while route is not None and state.stages:
        last, number = state.stages[-1], len(state.stages) - 1
        if not last.done and (last.stage.mode == SILENCE or not _complete(state, then.office)):
            return state
        if not last.done:
            state = changed(state, done=then.event.id)
        if number + 1 >= len(route.stages):
            return state
        state = opened(state, route.stages[number + 1], then)
    return state


def _complete(state: Message, office: Office) -> bool:
    """Whether enough people of the open explicit stage approve, and nobody stops it."""
    last, said = state.stages[-1], voices(state, len(state.stages) - 1)
    if any(one.answer in STOPS for one in said.values()):
        return False
    yes = {voice for voice, one in said.items() if one.answer == "approve"}
    if last.stage.need == ALL:
        return bool(yes) and all(seat.key in yes or not still(office, last.stage, seat) for seat in last.seats)
    return len({said[voice].government or voice for voice in yes}) >= last.stage.need
