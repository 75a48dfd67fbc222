"""Which acts of the record are looked for, as parts of a query: over indexes alone, so that a rare one is found in a long
record too."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from g20desk.desk.recorded import Abouts
from g20desk.ledger import views

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.record import Wanted
    from g20desk.office.state import Office

Part = tuple[str, list[Any]]
MOST_STREAMS = 2_000
SHORTEST_ID = 6
DRAFTS = ("draft.revised",)
_HEX = frozenset("0123456789abcdef")


class Narrowing:
    """One question to one record."""

    def __init__(self, desk: Desk, office: Office, wanted: Wanted, staff: bool) -> None:
        self._desk, self._store, self._office, self._wanted = desk, desk.store, office, wanted
        self._kinds = tuple(one for one in wanted.kinds if staff or one not in DRAFTS)
        self._devices = list(office.people[wanted.person].devices) if wanted.person in office.people else []
        self._streams = self._of_message(wanted.message) if wanted.message else []
        self._word = self._in_words(staff) if wanted.words.strip() else None
        asked = wanted.kinds or wanted.words.strip() or wanted.message or wanted.refused
        self._hide_drafts = bool(asked) and not staff

    def placed(self) -> Part:
        """For numbers `n` of places."""
        wanted, parts = self._wanted, []
        if wanted.person:
            parts.append(_in("n in (select n from places where device in ({}))", self._devices))
        if wanted.kinds:
            parts.append(_in("n in (select place from events where kind in ({}))", self._kinds))
        if wanted.message:
            parts.append(_in("n in (select place from events where stream in ({}))", self._streams))
        if wanted.refused:
            parts.append(
                ("n in (select e.place from refusals r join events e on e.id = r.event union select n from voids)", [])
            )
        if self._hide_drafts:
            parts.append(_in("n not in (select place from events where kind in ({}) and place is not null)", DRAFTS))
        if self._word is not None:
            of_events, devices = self._word
            some, values = _any(of_events)
            held = _in("select n from places where device in ({})", devices)
            parts.append((f"n in (select place from events where {some} union {held[0]})", [*values, *held[1]]))
        if wanted.since:
            parts.append(("n >= ?", [self._first_at(wanted.since)]))
        parts.append(("n < ?", [self._first_at(wanted.until)]))
        return _all(parts)

    def tentative(self) -> Part:
        """For events `e` without a place, with their refusals `r`. Times are not looked at: `fits` is."""
        wanted, parts = self._wanted, []
        if wanted.person:
            parts.append(_in("e.device in ({})", self._devices))
        if wanted.kinds:
            parts.append(_in("e.kind in ({})", self._kinds))
        if wanted.message:
            parts.append(_in("e.stream in ({})", self._streams))
        if wanted.refused:
            parts.append(("r.event is not null", []))
        if self._hide_drafts:
            parts.append(_in("e.kind not in ({})", DRAFTS))
        if self._word is not None:
            of_events, devices = self._word
            parts.append(_any([*of_events, _in("device in ({})", devices)], "e."))
        return _all(parts)

    def fits(self, at: int) -> bool:
        """Whether a time is one of those that are looked for."""
        return self._wanted.since <= at < self._wanted.until

    def _in_words(self, staff: bool) -> tuple[list[Part], list[str]]:
        """What the words may mean: acts of messages that hold them, or that name something so; kinds; an id; and the
        devices of people of that name."""
        said = self._wanted.words.strip()
        folded = said.casefold()
        parts = [
            _in("stream in ({})", views.streams(self._store, said, MOST_STREAMS, drafts=staff)),
            _in("kind in ({})", self._wanted.said),
            _in("id in ({})", self._named(folded)),
        ]
        if len(folded) >= SHORTEST_ID and set(folded) <= _HEX:
            parts.append(("id >= ? and id < ?", [folded, folded + "g"]))
        people = [one for one in self._office.people.values() if folded in one.name.casefold()]
        return parts, [device for one in people for device in one.devices]

    def _named(self, folded: str) -> list[str]:
        """Acts of the office's own stream that name something so."""
        abouts = Abouts(self._store, self._office)
        return [
            one.event.id for one in self._desk.ledger.folds.office_verdicts()
            if one.act is not None and folded in abouts.of(one.event, one.act)[0].casefold()
        ]  # fmt: skip

    def _of_message(self, message: str) -> list[str]:
        row = views.get(self._store, "message", message)
        return [message, *([row.stream] if row is not None else [])]

    def _first_at(self, at: int) -> int:
        """The first place with this stamp or a later one: stamps never run back."""
        low, high = 1, self._store.last_place()[0] + 1
        while low < high:
            middle = (low + high) // 2
            row = self._store.db.execute("select stamp from places where n = ?", (middle,)).fetchone()
            if row[0] < at:
                low = middle + 1
            else:
                high = middle
        return low


def _in(query: str, values: Iterable[Any]) -> Part:
    listed = list(values)
    return query.format(",".join("?" * len(listed))), listed


def _all(parts: list[Part]) -> Part:
    return "".join(f" and {query}" for query, _ in parts), [one for _, values in parts for one in values]


def _any(parts: list[Part], of: str = "") -> Part:
    return "(" + " or ".join(of + query.replace("and id", f"and {of}id") for query, _ in parts) + ")", [
        one for _, values in parts for one in values
    ]
