"""The yearly handover on a desk: doing it, rehearsing it on a copy of the office that nobody keeps, and how far it has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import left_behind, terms
from g20desk.desk.acting import Proposal
from g20desk.desk.reasons import reason
from g20desk.errors import Refused
from g20desk.ledger.event import Event
from g20desk.office import handover
from g20desk.office.acts import act_of
from g20desk.office.fold import Then
from g20desk.office.handover import HEAD, OFFICE, Item, Seen
from g20desk.office.passing import Handover
from g20desk.office.presidency import PASSES, STAYS, holder, of_presidency
from g20desk.office.state import Account, Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

KIND = "presidency.handed_over"
NOWHERE = "0" * 64
SIGN_INS = ("release", "take", "rotate")


@dataclass(frozen=True, slots=True)
class Line:
    """An item of the checklist as people read it. `item`: its name with the account's name; `by`, `at`, `act`: who did it, when, by which
    act; `who`: whom it waits for, in words; `why`: the reason that was given."""

    item: str
    what: str
    of: str
    state: str
    who: str
    by: str
    at: int
    act: str
    lacks: str
    why: str
    mine: bool


class Presidency:
    """`desk.presidency`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def hand_over(
        self, government: str, after: str | None = None, keep: Sequence[str] = (), why: str = "", re_aim: bool = True
    ) -> dict[str, Any]:
        """Hand the Presidency over, and `shown`. `after`: whose it will be then, None: as it was announced; `keep`: accounts that stay
        with the government of before; `re_aim`: what was asked of those is asked of the new Presidency's accounts. Raises Refused,
        Usage."""
        values, kept = self._values(government, after, keep, why)
        anew = left_behind.asked_anew(self._desk, self._folded(values)) if re_aim else []
        self._desk.act_all(Proposal(KIND, values, pieces=kept), *anew)
        return self.shown()

    def rehearse(
        self, government: str, after: str | None = None, keep: Sequence[str] = (), why: str = ""
    ) -> dict[str, Any]:
        """What `hand_over` would do, as `shown`: folded as if it had been done, and kept nowhere. Raises Refused, Usage."""
        return self.shown(self._folded(self._values(government, after, keep, why)[0]))

    def _folded(self, values: dict[str, Any]) -> Office:
        desk = self._desk
        made = act_of(KIND, desk.office.fold)
        if made is None:
            raise Refused(
                "unknown-kind", "The rules in force know no handover.", "Go over: g20desk office rules --adopt"
            )
        found: Office = made(**values).apply(desk.office, desk.office.author(desk.device), self._then())
        return found

    def _then(self) -> Then:
        last, now = self._desk.ledger.folds.office_verdicts()[-1].event, self._desk.clock.now_ms()
        made = Event(NOWHERE, replace(last.header, at=now), b"", b"", b"", None, now)
        return Then(made, "", {}, self._desk.office)

    def _values(
        self, government: str, after: str | None, keep: Sequence[str], why: str
    ) -> tuple[dict[str, Any], dict[str, bytes]]:
        desk = self._desk
        before = holder(desk.office)
        accounts = {one.id: PASSES for one in of_presidency(desk.office, before)}
        for name in keep:
            accounts[desk.accounts.get(name).id] = STAYS
        ref, kept = reason(why.strip() or f"The Presidency passes to {government}.")
        next_ = terms.following(government, before) if after is None else after
        return {"government": government, "before": before, "after": next_, "accounts": accounts, "why": ref}, kept

    def note(self, item: str, why: str) -> None:
        """Leave an item as it is, by its name in the checklist. Raises Refused, Usage."""
        ref, kept = reason(why)
        kind, colon, name = item.partition(":")
        account = self._desk.office.account_named(name)
        named = f"{kind}:{account.id if account else name}" if colon else item
        self._desk.act("handover.noted", {"item": named, "why": ref}, pieces=kept)

    def kept(self, place: int, running: str, digest: str) -> bool:
        """Put a proved backup on record, where a handover waits for one and this person may; whether that was done."""
        passing = self._desk.office.passing
        if passing.last is None or passing.kept is not None or self._desk.person.role not in ("head", "officer"):
            return False
        if (self._place(passing.last) or place + 1) > place:
            return False
        self._desk.act("archive.kept", {"place": place, "hash": running, "digest": digest})
        return True

    def shown(self, office: Office | None = None) -> dict[str, Any]:
        """How the last handover stands: {"presidency", "before", "after", "accounts", "relays", "posts", "checklist"}; of another state of
        the office, where one is given."""
        now = office or self._desk.office
        last = now.passing.last
        if last is None:
            before, government, after = now.troika or ("", holder(now), "")
            return {"presidency": government, "before": before, "after": after, "accounts": [], "relays": [], "posts": [],
                    "checklist": []}  # fmt: skip
        accounts = [now.accounts[id] for id in dict.fromkeys((*last.passed, *last.stayed, *now.passing.custody))]
        return {
            "presidency": last.government, "before": last.before, "after": last.after,
            "accounts": [{"account": one.name, "owner": one.owner, "custody": custody(now, one)}
                         for one in accounts if not one.removed],
            "relays": left_behind.rows(self._desk, now), "posts": left_behind.stopped(self._desk, now),
            "checklist": [_plain(one) for one in self.checklist(now)],
        }  # fmt: skip

    def checklist(self, office: Office | None = None) -> list[Line]:
        """The items of the last handover; none where there was none."""
        now = office or self._desk.office
        last = now.passing.last
        if last is None:
            return []
        seen = Seen(
            tuple(one["message"] for one in left_behind.stopped(self._desk, now)),
            tuple(one.id for one in left_behind.touched(self._desk, now) if one.lapsed),
            tuple(self._unheard(now, last)), self._same_record(now),
        )  # fmt: skip
        return [self._line(now, one) for one in handover.checklist(now, seen)]

    def duties(self) -> list[Line]:
        """Sign-ins that wait for this person: to give up, to take over; read off the office alone."""
        now = self._desk.office
        lines = [self._line(now, one) for one in handover.checklist(now) if one.what in SIGN_INS]
        return [one for one in lines if one.mine]

    def _place(self, last: Handover) -> int | None:
        found = self._desk.store.get(last.id)
        return found.place if found is not None else None

    def _unheard(self, office: Office, last: Handover) -> list[str]:
        """People whose desks have shown nothing yet that was done with the handover in sight."""
        store, place = self._desk.store, self._place(last)
        devices = set(store.metas("device/").values())
        if place is not None:
            with store.guard():
                newest = store.db.execute("select max(n) from places where n > ? group by device", (place,)).fetchall()
            found = [one for (n,) in newest if (one := store.at(int(n))) is not None]
            devices |= {one.header.device for one in found if self._seen(one.header.seen) >= place}
        people = [one for one in office.people.values() if not one.retired]
        return sorted(one.name for one in people if not devices & set(one.devices))

    def _seen(self, running: str) -> int:
        """The place of a running hash that an author had seen; 0 where it is none of this record."""
        with self._desk.store.guard():
            row = self._desk.store.db.execute("select n from places where hash = ?", (running,)).fetchone()
        return int(row[0]) if row else 0

    def _same_record(self, office: Office) -> bool:
        kept = office.passing.kept
        entry = self._desk.store.entry(kept.place) if kept is not None else None
        return entry is not None and kept is not None and entry.placed.hash == kept.hash

    def _line(self, office: Office, one: Item) -> Line:
        act = one.act or (self._moved() if one.what == "hub" and one.state == handover.DONE else "")
        found = self._desk.store.get(act) if act else None
        by = office.people.get(office.devices.get(found.header.device, "")) if found is not None else None
        kind, _, account = one.item.partition(":")
        name = f"{kind}:{office.accounts[account].name}" if account else one.item
        me = self._desk.person
        mine = one.state == handover.OPEN and (
            (one.who == HEAD and me.role == "head")
            or (one.who == OFFICE and me.role in ("head", "officer", "publisher"))
            or (bool(one.who) and one.who == me.government and me.role == "presidency")
        )
        return Line(
            name, one.what, one.of, one.state, self._who(office, one) if one.state == handover.OPEN else "",
            by.name if by else "", (found.stamp or found.header.at) if found else 0, found.id if found else "", one.lacks,
            self._why(office, one), mine,
        )  # fmt: skip

    def _why(self, office: Office, one: Item) -> str:
        last, noted = office.passing.last, office.passing.noted.get(one.item)
        if one.state == handover.LEFT and noted is not None:
            return self._desk.messages.words(noted.why)
        return self._desk.messages.words(last.why) if one.what == "presidency" and last is not None else ""

    def _moved(self) -> str:
        verdicts = self._desk.ledger.folds.office_verdicts()
        return next(
            (v.event.id for v in reversed(verdicts) if v.event.header.kind == "order.handed_over" and v.counts), ""
        )

    def _who(self, office: Office, one: Item) -> str:
        if one.who in (HEAD, OFFICE):
            return "the head" if one.who == HEAD else "the office"
        names = ", ".join(person.name for person in handover.speaking(office, one.who))
        return names or f"the communicator of {one.who}"


def custody(office: Office, account: Account) -> str:
    """How an account's sign-in stands since the handover: awaited, taken, stays, to rotate, rotated."""
    last, found = office.passing.last, office.passing.custody.get(account.id)
    if found is None or last is None:
        return "stays"
    if account.id in last.passed:
        return "taken" if found.taken and not found.same else "awaited"
    return "rotated" if found.taken and found.released and not found.same else "to rotate"


def _plain(one: Line) -> dict[str, Any]:
    value = asdict(one)
    return {**value, "at": iso(one.at) if one.at else None}
