"""Moving what stands in a plan: what goes along, what stays and why, in words; asked of the desk on the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ui.calendar.pages import moves_with
from ui.calendar.planned import Spot
from ui.clashes import Meeting, grouped
from ui.texts import reason, t

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Along:
    """What moves with a post: the chips' new times; how many go along; what stays, and what else is to be known, in sentences;
    what it meets. `why`: why nothing moves at all."""

    spot: Spot
    times: dict[str, int]
    goes: int
    notes: tuple[str, ...]
    meets: tuple[Meeting, ...]
    why: str = ""

    def sentences(self) -> tuple[str, ...]:
        """For the bar that asks."""
        return (*((moves_with(self.goes) + ".",) if self.goes else ()), *self.notes)


def along(desk: Any, spot: Spot, chips: dict[str, str], to: int) -> Along:
    """What would move with the entry of a chip to a time. `chips`: the chip of each entry that the page shows. Raises Refused."""
    steps = desk.plans.moving(spot.plan, spot.entry, to)
    first, goes = steps[0], [one for one in steps if not one.why_not]
    stays = [one for one in steps[1:] if one.why_not]
    notes = [t("“{title}” stays: {why}", title=one.title, why=reason(one.why_not)) for one in stays[:SHOWN]]
    notes += [reason(one.note) for one in goes if one.note][:SHOWN]
    times = {chips[one.entry]: one.to for one in goes if one.entry in chips}
    meets = tuple(grouped(met for one in goes for met in one.meets))
    return Along(spot, times, len(goes) - 1, tuple(notes), meets, first.why_not)
