"""Backups: when this desk was last put into one file, and what was done since."""

from __future__ import annotations

from collections.abc import Iterator

from g20desk.clock import iso
from g20desk.desk import backed_up
from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import NOTE, OK, WARNING, Fact, Saying, teller

DAY = 86_400_000
OLD_MS, NEW_MS = 30 * DAY, 7 * DAY
_MAKE = "Make one, on a disk of its own; in the window: Office, This computer, key B."
_COMMAND = "g20desk office backup FILE"
SAYINGS = {
    "backup-well": Saying(OK, "the last one is of {day}, up to place {place}"),
    "backup-practice": Saying(OK, "a rehearsal office needs none"),
    "backup-not-yet": Saying(NOTE, "none was made on this desk yet", _MAKE, _COMMAND),
    "backup-none": Saying(WARNING, "none was made on this desk: what is here alone is lost with its disk", _MAKE, _COMMAND),
    "backup-old": Saying(WARNING, "the last one is of {day}; {n} acts came since", _MAKE, _COMMAND),
}  # fmt: skip
fact = teller(SAYINGS)


def backup(see: See) -> Iterator[Fact]:
    """Whether there is one, and how old it is."""
    desk = see.opened()
    made, now = backed_up.last(desk.store), desk.clock.now_ms()
    place = desk.store.last_place()[0]
    if made is not None:
        old = now - made.made > OLD_MS and place > made.place
        yield fact(
            "backup-old" if old else "backup-well", day=iso(made.made)[:10], place=made.place, n=place - made.place
        )
    elif desk.rehearsal:
        yield fact("backup-practice")
    else:
        first = desk.store.at(1)
        young = first is not None and now - (first.stamp or now) < NEW_MS
        yield fact("backup-not-yet" if young else "backup-none")
