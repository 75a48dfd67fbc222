"""Who is asked for their word or to carry a line, until when, and what they have to be told: read off the record as this desk
holds it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from g20desk.desk import relay_rounds
from g20desk.desk.calendar_file import Entry
from g20desk.desk.own_acts import DECIDED, TOLD
from g20desk.desk.signoffs import for_review
from g20desk.ledger import event, views
from g20desk.office import reaching
from g20desk.office.deputies import deputy_of
from g20desk.office.fold import Author, Verdict
from g20desk.office.message import Message, Opened, Release
from g20desk.office.reaching import Notice, Round, notice_id
from g20desk.office.route import SILENCE
from g20desk.office.stages import own_voice, spoken, standing, still, waits
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

OPEN = ("submitted", "objected")
# Who is told besides when a sign-off is late or went wrong, and who looks at an emergency release afterwards.
CHIEF, REVIEWERS = ("head", "officer"), ("head", "officer", "liaison")
MOVES = ("signoff.extended", "signoff.reopened")
# A decision that does not count is told for so long.
TELL_MS = 3 * 86_400_000
SAME_MS = 1000
Known = tuple[views.Row, Message, Sequence[Verdict]]


class Asked:
    """`desk.asked`. A message is folded again only when its row changed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[str, Known] = {}
        self._last: tuple[object, list[Round]] = (None, [])

    def rounds(self) -> list[Round]:
        """How each message stands that waits for sign-off, or for the review of an emergency release, and each line that is to be
        carried. What has no place in the record asks nobody yet."""
        desk, office, now = self._desk, self._desk.office, self._desk.clock.now_ms()
        # One look asks more than once; threads may ask at the same time.
        asked = desk.store.last_place(), desk.tentative, now // SAME_MS
        if self._last[0] == asked:
            return self._last[1]
        made: list[Round] = []
        known: dict[str, Known] = {}
        for row in (*views.newest(desk.store, "message", OPEN), *for_review(desk)):
            if row.id in known or row.value.get("relay"):
                continue
            was = self._known.get(row.id)
            if was is None or was[0] != row or any(one.event.place is None for one in was[2]):
                was = (row, *desk.ledger.folds.stream("message", row.stream))
            known[row.id] = was
            made += of_message(office, row.id, was[1], was[2], now)
        made += relay_rounds.rounds(desk)
        self._known, self._last = known, (asked, made)
        return made

    def mine(self) -> list[Notice]:
        """What this person has to be told now; the gravest first. Their decisions that do not count are told elsewhere."""
        return reaching.standing(self.rounds(), self._desk.clock.now_ms(), self._desk.person.id)

    def deadlines(self) -> list[Notice]:
        """What this person is asked for with an end to it, the earliest end first."""
        mine = [one for one in self.mine() if one.due and one.what in ("asked", "half", "soon", "overdue")]
        return sorted(mine, key=lambda one: (one.due, one.id))


def of_message(office: Office, id: str, message: Message, verdicts: Sequence[Verdict], now: int) -> list[Round]:
    """The rounds of one message at a time: what its stage asks, and what an emergency release does."""
    begun = next((one for one in verdicts if one.event.id == message.submission), None)
    if begun is None or begun.event.stamp is None:
        return []
    stamps = {one.event.id: one.event.stamp or 0 for one in verdicts}
    plain = Round(id, message.submission, str(message.content.get("c.kind", "")), begun.by.person, 0, (), begun.event.stamp,
                  chief=_with(office, CHIEF))  # fmt: skip
    made = _released(office, plain, message, message.release, stamps, now) if message.release else []
    if message.route is not None and waits(message):
        return [*made, *_stage(office, plain, message, message.stages[-1], verdicts, stamps, now)]
    if message.route is None and not message.withdrawn and standing(message) == "open":
        said = spoken(message)
        spoke = {one.person for one in said.values()}
        open_ = tuple(
            one.id for one in office.people.values()
            if not one.retired and one.id not in message.authors and one.id not in spoke
            and (voice := own_voice(office, Author("", one.id, one.name, one.role, one.government), now))
            and voice not in said
        )  # fmt: skip
        made.append(replace(plain, waits=open_))
    return made


def _stage(
    office: Office, plain: Round, message: Message, last: Opened, verdicts: Sequence[Verdict], stamps: dict[str, int],
    now: int,
) -> list[Round]:  # fmt: skip
    """What the open stage of a route asks. `about`: the act that opened it, which a reopening is too; for a calendar it is
    the same deadline, moved."""
    if last.at is None or standing(message) == "approved":
        return []
    said, people, open_ = spoken(message), list[str](), list[str]()
    for seat in last.seats:
        here = still(office, last.stage, seat)
        mine = [*here, *(deputy for one in here if (deputy := deputy_of(office, one, now)))]
        mine = [one for one in mine if one not in message.authors]
        people += mine
        open_ += mine if seat.key not in said else []
    later = verdicts[[one.event.id for one in verdicts].index(message.submission) :]
    changes = sum(one.counts and one.event.header.kind in MOVES for one in later)
    told = tuple(dict.fromkeys((*people, plain.by, *plain.chief)))
    return [replace(
        plain, about=last.event, stage=len(message.stages), waits=tuple(dict.fromkeys(open_)), opened=last.at,
        due=last.due or 0, silence=last.stage.mode == SILENCE, told=told, changes=changes,
        origin=message.submission, breaking=last.broken,
        broken=stamps.get(last.broken, 0) if last.broken else 0,
    )]  # fmt: skip


def _released(
    office: Office, plain: Round, message: Message, found: Release, stamps: dict[str, int], now: int
) -> list[Round]:
    """An emergency release: whose word makes it one, while the time for it lasts; then it is told to all, and somebody else
    than those who did it looks at it."""
    mine = {*message.authors, *found.by}
    if not found.event:
        template = office.templates.get(found.template)
        if template is None or now > found.join_until or found.digest != message.digest or message.withdrawn:
            return []
        rest = list(template.roles)
        rest.remove(found.roles[0])
        seconds = tuple(one for one in _with(office, tuple(rest)) if one not in mine)
        return [replace(plain, about=found.proposed, stage=-1, by=found.by[0], waits=seconds, chief=(),
                        opened=stamps.get(found.proposed, 0), due=found.join_until)]  # fmt: skip
    if found.reviewed:
        return []
    everybody = tuple(one.id for one in office.people.values() if not one.retired)
    reviewers = tuple(one for one in _with(office, REVIEWERS) if one not in mine)
    return [replace(plain, about=found.event, stage=-1, by=found.by[0], told=everybody, reviewers=reviewers,
                    released=stamps.get(found.event, 0))]  # fmt: skip


def _with(office: Office, roles: tuple[str, ...]) -> tuple[str, ...]:
    """The people of these roles."""
    return tuple(one.id for one in office.people.values() if one.role in roles and not one.retired)


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
