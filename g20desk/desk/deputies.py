"""Deputies on a desk: naming one, ending it, and who stands in for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.office.deputies import deputy_of

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


class Deputies:
    """`desk.deputies`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def name(self, person: str, since_ms: int, until_ms: int) -> str:
        """Name who speaks for this person's government besides them, from a time to a time; the act. Raises Refused."""
        found = self._desk.people.named(person)
        return self._desk.act("deputy.named", {"person": found.id, "since": since_ms, "until": until_ms})

    def end(self, liaison: str = "") -> None:
        """Have no deputy any more; the head may end that of a liaison."""
        whose = self._desk.people.named(liaison).id if liaison else self._desk.person.id
        self._desk.act("deputy.ended", {"liaison": whose})

    def rows(self) -> list[dict[str, Any]]:
        """Deputies that are named and whose time is not over: {"liaison", "government", "deputy", "since", "until", "now"}."""
        office, now = self._desk.office, self._desk.clock.now_ms()
        return [
            {"liaison": office.people[liaison].name, "government": office.people[liaison].government,
             "deputy": office.people[one.person].name, "since": iso(one.since), "until": iso(one.until),
             "now": deputy_of(office, liaison, now) == one.person}
            for liaison, one in office.deputies.items()
            if one.until >= now and not office.people[liaison].retired
        ]  # fmt: skip
