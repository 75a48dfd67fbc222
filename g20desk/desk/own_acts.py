"""What this person did that has not reached the office yet, and what turned out not to count.

An act that is signed away from the office's record may meet another record there: the text was withdrawn meanwhile, or
changed, or the device was taken out. Its author is told, until they have read it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk.acting import Ledger
from g20desk.ledger import body, event, views
from g20desk.ledger.event import Event
from g20desk.office.fold import Verdict

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

TOLD = "told/"
DECIDED = "signoff.decided"
# What a program does by itself: posts have alarms of their own, a recurring draft is made once.
ITSELF = ("post", "epoch", "recurring")
MADE_ALREADY = "made-already"
CALLED = {
    "draft.revised": "Your revision", "message.submitted": "Your submission", "message.withdrawn": "Your withdrawal",
    "message.scheduled": "The time that you set", "message.unscheduled": "Taking the time away", "hold.placed": "Your hold", "comment.made": "Your comment",
    "hold.lifted": "Your lifting of a hold",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Uncounted:
    """An act that does not count, and why. `message`: the message that it is about, empty where it is about none; `answer`: of
    a decision; `at`: its stamp, or its author's clock; milliseconds."""

    event: str
    kind: str
    at: int
    message: str
    answer: str
    code: str
    why: str
    help: str

    def sentence(self) -> str:
        """For a terminal: no text of a message stands in it."""
        what = f"Your decision “{self.answer}”" if self.answer else CALLED.get(self.kind, f"Your act “{self.kind}”")
        about = f" on message {self.message[:12]}" if self.message else ""
        return f"{what}{about} does not count: {self.why} {self.help}".strip()

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return {**asdict(self), "at": iso(self.at)}


@dataclass(frozen=True, slots=True)
class Pending:
    """A decision that has no place in the office's record yet: so far nobody there knows of it."""

    event: str
    message: str
    answer: str
    at: int


def uncounted(ledger: Ledger, person: str) -> list[Uncounted]:
    """What a person did that counted when it was signed, as far as this desk knew, and does not; what they have not read
    yet, the oldest first. `person`: their name."""
    store, devices = ledger.store, _devices(ledger, person)
    query = (
        "select r.event, r.code, r.why, r.help, e.kind, e.stream, e.header, e.body, p.stamp from refusals r "
        "join events e on e.id = r.event left join places p on p.n = e.place "
        f"where e.device in ({','.join('?' * len(devices))}) and not exists (select 1 from meta where name = ? || r.event)"
    )
    with store.guard():
        rows = store.db.execute(query, (*devices, TOLD)).fetchall()
    made = []
    for id, code, why, help_, kind, stream, header, data, stamp in rows:
        if kind.split(".")[0] in ITSELF or code == MADE_ALREADY:
            continue
        at = int(stamp or event.decode(bytes(header)).at)
        answer = _answer(bytes(data)) if kind == DECIDED else ""
        made.append(Uncounted(id, kind, at, _message(ledger, kind, stream), answer, code, why, help_))
    return sorted(made, key=lambda one: (one.at, one.event))


def read(ledger: Ledger, events: list[str]) -> None:
    """Their author has read that these do not count."""
    with ledger.store.write():
        for one in events:
            ledger.store.set_meta(TOLD + one, "read")


def pending(ledger: Ledger, person: str) -> list[Pending]:
    """A person's decisions that have not reached the office, the oldest first."""
    devices = _devices(ledger, person)
    found = [one for one in ledger.store.tentative() if one.header.kind == DECIDED and one.header.device in devices]
    return [Pending(one.id, _of(ledger, one), _answer(one.body), one.header.at) for one in found]


def has_read(desk: Desk, message: str, events: list[str]) -> None:
    """This person has read on their screen that these do not count."""
    read(desk.ledger, events)
    desk.announce(frozenset({("message", message), ("alarm", message)}))


def of_message(desk: Desk, verdicts: list[Verdict]) -> dict[str, list[dict[str, Any]]]:
    """The same of one message: {"pending": [{"answer", "at"}], "uncounted": [{"event", "kind", "answer", "at", "why", "help"}]}"""
    mine = [v for v in verdicts if v.by.person == desk.person.id]
    said = {v.event.id: getattr(v.act, "answer", "") for v in mine}
    waits = [v for v in mine if v.event.header.kind == DECIDED and v.event.place is None and v.counts]
    gone = [
        v for v in mine if not v.counts and v.event.header.kind.split(".")[0] not in ITSELF and v.code != MADE_ALREADY
    ]
    return {
        "pending": [{"answer": said[v.event.id], "at": iso(v.event.header.at)} for v in waits],
        "uncounted": [
            {"event": v.event.id, "kind": v.event.header.kind, "answer": said[v.event.id], "at": iso(v.event.header.at),
             "why": v.why, "help": v.help}
            for v in gone
            if not desk.store.meta(TOLD + v.event.id)
        ],
    }  # fmt: skip


def _devices(ledger: Ledger, person: str) -> tuple[str, ...]:
    mine = {ledger.store.meta(f"device/{person}")} - {""}
    found = ledger.office().named(person)
    return tuple(sorted(mine | set(found.devices if found else ())))


def _of(ledger: Ledger, item: Event) -> str:
    return _message(ledger, item.header.kind, item.header.stream)


def _message(ledger: Ledger, kind: str, stream: str) -> str:
    if kind.startswith("draft."):
        return stream
    row = views.of_stream(ledger.store, stream) if kind.split(".")[0] in ("message", "signoff", "comment") else None
    return row.id if row else ""


def _answer(data: bytes) -> str:
    said = body.decode(data).get("answer")
    return said.value if said is not None and isinstance(said.value, str) else ""
