"""What a relay looks like to its reader: how it stands, what was said beside the line, when it went out. `desk.relays` hands it
out."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import comments, possible, relay_rounds, relay_rows
from g20desk.desk.line_listing import OVERDUE, relay_state
from g20desk.ledger import line_views, views
from g20desk.ledger.line_views import Later
from g20desk.office import drift
from g20desk.office.message import Message, Relay
from g20desk.office.passing import may_publish
from g20desk.publishing import compare

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Said:
    """What a relay says in a language, marked against the line; `marks` is None where the line says nothing in it."""

    lang: str
    text: str
    marks: drift.Marks | None


@dataclass(frozen=True, slots=True)
class Carrier:
    """An account that was asked to carry a line. `kind`: presidency or member; `state`: asked, adopted, declined, withdrawn, carried,
    drifted or overdue; times in milliseconds, 0 for none: `asked_ms`, `until_ms`, `sent_ms`, and `planned_ms` of one that is to go out.
    `drifted`: the line does not stand word for word in it, or the network shows something else (`altered`, in words). `mine`: this
    person is the account's own communicator. `left`: who left its drift as it is, and why; `cannot_leave`: why this person can't;
    `threads`: what was said on it."""

    id: str
    line: str
    account: str
    government: str
    kind: str
    network: str
    state: str
    said: tuple[Said, ...]
    drifted: bool
    kept: bool
    altered: str
    asked_ms: int
    until_ms: int
    planned_ms: int
    sent_ms: int
    by: str
    why: str
    url: str
    mine: bool
    left: tuple[str, str] | None
    cannot_leave: str
    threads: tuple[dict[str, Any], ...]

    @property
    def asks(self) -> bool:
        """Whether somebody has to look at it: it drifted, and nobody left it so; or its time is past."""
        return self.state == OVERDUE or (self.state == relay_rows.DRIFTED and self.left is None)


def carriers(desk: Desk, line: str, limit: int) -> list[Carrier]:
    """Who was asked to carry a line: those who carried it in the order in which they did, then the others as they were asked."""
    rows = sorted(line_views.relays(desk.store, [line]), key=_order)
    later = desk.lines.superseded()
    return [_carrier(desk, row, later) for row in (rows if limit < 0 else rows[:limit])]


def _order(row: views.Row) -> tuple[int, int, str]:
    relay = row.value["relay"]
    return relay["sent"] or 2**62, relay["at"], row.id


def _carrier(desk: Desk, row: views.Row, later: dict[str, Later]) -> Carrier:
    office, value, now = desk.office, row.value["relay"], desk.clock.now_ms()
    account = office.accounts[value["account"]]
    kind, _, government = account.owner.partition(":")
    message, verdicts = desk.ledger.folds.stream("message", row.stream)
    said: tuple[Said, ...] = ()
    if message.relay is not None and message.relay.words:
        line = relay_rows.asked(desk.ledger.folds, message.relay)
        spoken = relay_rows.words(desk.store, message)
        marked = relay_rows.marks(desk.store, line, spoken)
        said = tuple(Said(lang, " ".join(spoken[lang]), one) for lang, one in marked.items())
    out, last = value["sent"] > 0, verdicts[-1].event
    cannot = possible.why_not(desk, "relay.left", {"why": {}}, message, last) if out else ""
    threads = comments.threads(desk, desk.messages.get(row.id)) if message.comments else []
    return Carrier(
        row.id, value["line"], account.name, government, kind, account.reads_as, relay_state(office, row, now), said,
        value["changed"], value["kept"], compare.sentence(value["altered"]) if value["altered"] else "", value["at"],
        value["until"], message.planned_at or 0 if not value["sent"] else 0, value["sent"], office.people[value["by"]].name,
        why(desk, row, later), value["url"] or "", may_publish(office.author(desk.device), account),
        (value["left"][0], value["left"][1]) if value["left"] else None, cannot, tuple(threads),
    )  # fmt: skip


def why(desk: Desk, row: views.Row, later: dict[str, Later]) -> str:
    """Why nothing of a relay is out, in its own people's words or ours; or what was read back of it."""
    value = row.value["relay"]
    if value["why"] or value["withdrawn"]:
        return str(value["why"] or relay_rounds.TAKEN_BACK)
    line = views.get(desk.store, "message", value["line"])
    if not value["sent"] and (lost := relay_rounds.lost_of(line, value, later, desk.clock.now_ms())[0]):
        return relay_rounds.SAYS[lost]
    said = next((said for *_, said in row.value["posts"].values() if said), "")
    return said or (compare.sentence(value["altered"]) if value["altered"] else "")


def rows(desk: Desk) -> list[dict[str, Any]]:
    """All relays as `relay list` has them, those updated last first."""
    later = desk.lines.superseded()
    return [_listed(desk, one, later) for one in line_views.all_relays(desk.store)]


def _listed(desk: Desk, one: views.Row, later: dict[str, Later]) -> dict[str, Any]:
    value, office = one.value["relay"], desk.office
    account = office.accounts[value["account"]]
    return {
        "relay": one.id, "line": value["line"], "account": account.name, "government": account.owner.partition(":")[2],
        "state": relay_state(office, one, desk.clock.now_ms()), "locked_kept": value["kept"], "drift": value["drift"],
        "url": value["url"], "why": why(desk, one, later), "until": iso(value["until"]) if value["until"] else None,
        "by": office.people[value["by"]].name, "sent_at": iso(value["sent"]) if value["sent"] else None,
    }  # fmt: skip


def show(desk: Desk, id: str, state: Message, relay: Relay) -> dict[str, Any]:
    """A relay in `relay show`: its row, what it says in each language, and that beside the line."""
    one = views.get(desk.store, "message", id)
    assert one is not None
    line = relay_rows.asked(desk.ledger.folds, relay)
    wanted = relay_rows.texts(desk.store, line)
    spoken = relay_rows.words(desk.store, state)
    marked = {lang: said for lang, said in relay_rows.marks(desk.store, line, spoken).items() if said is not None}
    return {
        **_listed(desk, one, desk.lines.superseded()),
        "texts": spoken,
        "diff": {lang: drift.diff(wanted[lang], " ".join(spoken[lang])) for lang in marked},
        "marks": {lang: asdict(said) for lang, said in marked.items()},
    }
