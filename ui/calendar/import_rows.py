"""What a file would come to, as rows of a list: its faults where it has some, else what is new, known or changed. No widgets."""

from __future__ import annotations

from typing import Any

from g20desk.clock import iso
from g20desk.desk.import_match import CANCELLED, CHANGED, DROPPED, KNOWN, NEW, Look, Wanted
from g20desk.office.tables.table import Fault
from ui.rows import Row, page
from ui.texts import State, clock, comma, day, isolated, reason, t

STEP = 300
STANDS = {
    NEW: State("New", "plus", "accentText"),
    KNOWN: State("There already", "check", "text3"),
    CHANGED: State("Changed since", "refresh-cw", "warn"),
    CANCELLED: State("Cancelled there", "calendar-x", "warn"),
    DROPPED: State("Taken out of the plan", "undo-2", "text3"),
}
CHANGES = {"time": "its time", "words": "its words"}


def rows(look: Look, names: dict[str, str], shown: int) -> list[Row]:
    """The faults, all of them, or the first rows. `names`: of accounts, by id."""
    if look.faults:
        return page([_fault(look.form, n, one) for n, one in enumerate(look.faults[:shown])], len(look.faults), STEP)
    order = {CHANGED: 0, CANCELLED: 0, NEW: 1}
    found = sorted(look.wanted, key=lambda one: (order.get(one.standing, 2), one.at or 2**60, one.number))
    return page([_wanted(one, names) for one in found[:shown]], len(found), STEP)


def _fault(form: str, n: int, one: Fault) -> Row:
    if form == "ics":
        place = t("Event {n}, {what}", n=one.row, what=isolated(one.letters or one.column))
    else:
        place = t(
            "Row {n}, column {letters}, {name}",
            n=one.row,
            letters=isolated(one.letters),
            name=isolated(one.column or "—"),
        )
    said = f"{place}: {isolated(one.value.strip()[:60])}" if one.value.strip() else place
    return Row(
        f"fault/{n}", reason(one.message), said, "octagon-alert", "block", under=plain(one.help), spoken=t("Must fix")
    )


def plain(help_: str) -> str:
    """What to do, where it is not done by an option of a command."""
    return "" if "--" in help_ or "g20desk " in help_ else reason(help_)


def _wanted(one: Wanted, names: dict[str, str]) -> Row:
    look = STANDS[one.standing]
    accounts = comma().join(isolated(names.get(id, "")) for id in one.accounts)
    when = f"{day(one.at)} {iso(one.at)[:4]}{comma()}{clock(one.at)} UTC" if one.at else t("No time yet")
    langs = " ".join(lang.upper() for lang in one.langs[:3]) if len(one.langs) < 4 else t("{n} lang.", n=len(one.langs))
    what = t(look.word)
    if one.changes:
        what += f": {comma().join(t(CHANGES[change]) for change in one.changes)}"
    return Row(
        f"row/{one.number}/{one.identity}", one.label or t("No words"), comma().join(filter(None, (when, accounts))), look.icon,
        look.tone, right=langs, under=what, spoken=what,
    )  # fmt: skip


def faulty(number: int) -> str:
    """How many faults there are, and that they stop all of it."""
    if number == 1:
        return t("1 fault; nothing is taken in until it is mended")
    return t("{n} faults; nothing is taken in until they are mended", n=number)


def counted(look: Look) -> str:
    """How many are new, known and changed, in a sentence."""
    counts = {standing: len(look.of(standing)) for standing in STANDS}
    said = [t("{n} new", n=counts[NEW]), t("{n} there already", n=counts[KNOWN] + counts[DROPPED])]
    if changed := counts[CHANGED] + counts[CANCELLED]:
        said.append(t("{n} changed", n=changed))
    if past := look.facts.get("past"):
        said.append(t("{n} past, left out", n=past))
    return comma().join(said)


def verb(look: Look, changes: bool) -> str:
    """What the button does; empty where there is nothing to do."""
    fresh = look.of(NEW)
    drafts = sum(bool(one.texts) for one in fresh)
    said = []
    if drafts:
        said.append(t("Make 1 draft") if drafts == 1 else t("Make {n} drafts", n=drafts))
    elif fresh:
        said.append(t("Plan 1 entry") if len(fresh) == 1 else t("Plan {n} entries", n=len(fresh)))
    changed = len(look.of(CHANGED, CANCELLED)) if changes else 0
    if changed:
        said.append(t("take over 1 change") if changed == 1 else t("take over {n} changes", n=changed))
    words = comma().join(said)
    return words[:1].upper() + words[1:]


def made(answer: dict[str, Any]) -> str:
    """What was made, in a sentence."""
    words = t(
        "{drafts} drafts, {entries} entries of “{plan}”.",
        drafts=len(answer["drafts"]),
        entries=answer["entries"],
        plan=answer["plan_name"],
    )
    left = [one["left"] for one in answer["taken"] if one["left"]]
    if answer["taken"]:
        words += " " + t("{n} changes taken over.", n=len(answer["taken"]) - len(left))
    return " ".join([words, *(reason(one) for one in left[:3])])
