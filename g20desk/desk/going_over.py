"""Going over to the next version of the record's rules: one proposes, a second adopts, the head is one of the two."""

from __future__ import annotations

from dataclasses import dataclass

from g20desk.desk.desk import Desk
from g20desk.errors import Refused
from g20desk.office import fold


@dataclass(frozen=True, slots=True)
class Rules:
    """The version in force; the newest that this program knows; the one that waits for a second person (0: none) and who proposed
    it; whether this person may go over, or join."""

    version: int
    newest: int
    proposed: int = 0
    by: str = ""
    may: bool = False


def standing(desk: Desk) -> Rules:
    """How it stands."""
    now = desk.office
    waits = now.fold_proposed if now.fold_proposed > now.fold else 0
    by = now.people[now.fold_proposed_by] if waits else None
    me = desk.person
    pair = by is None or (by.id != me.id and "head" in (by.role, me.role))
    may = now.fold < fold.NEWEST and me.role in ("head", "officer") and pair
    return Rules(now.fold, fold.NEWEST, waits, by.name if by is not None else "", may)


def go_over(desk: Desk) -> Rules:
    """Propose the next version, or adopt it where it is proposed. Raises Refused."""
    now = standing(desk)
    if now.version >= now.newest:
        raise Refused("newest", "The newest version of the rules is in force.", "Nothing is to be done.")
    desk.act("office.fold_adopted", {"version": now.version + 1})
    return standing(desk)
