"""Who is asked for their word, until when, and what they have to be told: read off the record as this desk holds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from g20desk.desk.calendar_file import Entry
from g20desk.desk.own_acts import DECIDED, TOLD
from g20desk.ledger import event, views
from g20desk.office import reaching
from g20desk.office.fold import Verdict
from g20desk.office.message import Message
from g20desk.office.reaching import Notice, Round, notice_id
from g20desk.office.stages import DECIDERS, standing, voices
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

OPEN = ("submitted", "objected")
# A decision that does not count is told for so long.
TELL_MS = 3 * 86_400_000


def rounds(desk: Desk) -> list[Round]:
    """How each message stands that waits for sign-off. One whose submission has no place in the record asks nobody yet."""
    office, made = desk.office, []
    for row in views.newest(desk.store, "message", OPEN):
        message, verdicts = desk.ledger.folds.stream("message", row.stream)
        begun = next((one for one in verdicts if one.event.id == message.submission), None)
        if begun is not None and begun.event.stamp is not None:
            made += of_message(office, row.id, message, begun)
    return made


def of_message(office: Office, id: str, message: Message, begun: Verdict) -> list[Round]:
    """The rounds of one message: `begun` is the verdict on its submission."""
    if standing(message) != "open":
        return []
    spoke = {one.person for one in voices(message).values()}
    waits = tuple(
        one.id
        for one in office.people.values()
        if one.role in DECIDERS and not one.retired and one.id not in message.authors and one.id not in spoke
    )
    kind = str(message.content.get("c.kind", ""))
    return [Round(id, message.submission, kind, begun.by.person, 0, waits, begun.event.stamp or 0)]


def notices(desk: Desk, rounds: Iterable[Round]) -> list[Notice]:
    """All that somebody has to be told now, whoever it is; the gravest first."""
    now = desk.clock.now_ms()
    found = [*reaching.standing(rounds, now), *_uncounted(desk, now)]
    return sorted(found, key=lambda one: (reaching.KINDS.index(one.what), one.at, one.id))


def _uncounted(desk: Desk, now: int) -> list[Notice]:
    """Decisions that do not count, for their authors; those that this desk told at once are left out."""
    store, office, made = desk.store, desk.office, []
    query = (
        "select r.event, e.stream, e.header, p.stamp from refusals r join events e on e.id = r.event "
        "join places p on p.n = e.place where e.kind = ? and p.stamp > ? "
        "and not exists (select 1 from meta where name = ? || r.event)"
    )
    with store.guard():
        rows = store.db.execute(query, (DECIDED, now - TELL_MS, TOLD)).fetchall()
    for id, stream, header, stamp in rows:
        person, row = office.devices.get(event.decode(bytes(header)).device, ""), views.of_stream(store, stream)
        if person and row is not None:
            made.append(Notice(notice_id("uncounted", id), "uncounted", person, row.id, row.value["kind"], stamp))
    return made


def entry(one: Notice, over: bool = False) -> Entry:
    """The calendar entry of a notice with an end; each person's entry of a stage has a name of its own."""
    key, changes = notice_id("entry", one.matter, one.person), one.changes + (1 if over else 0)
    return Entry(key, one.message_kind, one.due, changes, one.at, over)


def off(one: Notice) -> Notice:
    """What is told in its place once nobody asks any more."""
    return replace(one, id=notice_id("off", one.matter, one.person), what="off", by="")


def plain(one: Notice) -> dict[str, Any]:
    """A notice as it is kept."""
    return asdict(one)


def restored(kept: dict[str, Any]) -> Notice:
    """A notice that was kept."""
    return Notice(**kept)


def deadlines(desk: Desk) -> list[Notice]:
    """What this person is asked for with an end to it, the earliest end first."""
    me, now = desk.person.id, desk.clock.now_ms()
    found = reaching.standing(rounds(desk), now)
    mine = [one for one in found if one.person == me and one.due and one.what in ("asked", "half", "soon", "overdue")]
    return sorted(mine, key=lambda one: (one.due, one.id))
