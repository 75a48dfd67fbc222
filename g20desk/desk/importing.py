"""Taking in a table or a calendar: looked at first, then made into drafts without approval and entries of a plan. Nothing of a file
with a fault is taken, and what is known already is not made twice, on whichever desk it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from g20desk import reading
from g20desk.clock import iso
from g20desk.desk import import_csv, import_ics, import_match
from g20desk.desk.acting import Proposal
from g20desk.desk.import_csv import Said
from g20desk.desk.import_match import CANCELLED, CHANGED, DROPPED, KNOWN, NEW, Look, Wanted
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces
from g20desk.office.content import Content, Text
from g20desk.office.plan import Plan
from g20desk.office.state import Office
from g20desk.office.tables.table import MOST_BYTES, Fault
from g20desk.text import posts

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

AT_ONCE = 100


class Importing:
    """`desk.importing`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, path: Path, said: Said) -> Look:
        """A file as it would be imported, by what a person said of it; nothing is signed. Raises Usage where it can't be read
        at all; faults of rows are told in the answer."""
        return self.looked(path.name, reading.read(path, MOST_BYTES), said)

    def looked(self, name: str, data: bytes, said: Said) -> Look:
        """The same of the bytes of a file of this name."""
        desk, plans = self._desk, self._desk.plans.all()
        plan = desk.plans.get(said.plan) if said.plan and self._there(said.plan) else None
        zone = plan.zone if plan is not None else ""
        form = (
            "ics"
            if name.lower().endswith((".ics", ".ical", ".ifb")) or data.lstrip()[:15] == b"BEGIN:VCALENDAR"
            else "csv"
        )
        read = import_ics.read if form == "ics" else import_csv.read
        facts, wanted, faults = read(desk, data, said, zone)
        title = said.plan or Path(name).stem[:80] or "Import"
        if plan is None and not said.plan:
            plan = import_match.chosen(plans, wanted, title)
        found = import_match.matched(plans, plan, wanted)
        times = [one.at for one in found if one.at]
        where = said.zone or zone or "UTC"
        return Look(name, form, facts, tuple(found), tuple(faults), plan, title, self._day(times, where), where)

    def _there(self, named: str) -> bool:
        """Whether there is such a plan; where there is not, one is opened."""
        return any(named in (row["name"], row["plan"]) or (len(named) >= 6 and row["plan"].startswith(named))
                   for row in self._desk.plans.rows() if row["state"] == "open")  # fmt: skip

    def _day(self, times: Sequence[int], zone: str) -> str:
        from g20desk.desk import days

        return str(days.date_at(min(times, default=self._desk.clock.now_ms()), zone))

    def make(
        self, look: Look, take_changes: bool = False, progress: Callable[[int, int], None] = lambda done, of: None
    ) -> dict[str, Any]:
        """Make what is new in a file: drafts and entries, and with `take_changes` what it says otherwise than before. `progress`
        is told how many of how many steps are done, two for each row: prepared, then signed. What it raises stops the import:
        nothing is signed until all is prepared; of what is signed then, some hundred rows at once, nothing is made twice when
        the file is imported again. Raises Usage where the file has faults."""
        if look.faults:
            raise refused(look)
        fresh, changed = look.of(NEW), look.of(CHANGED, CANCELLED) if take_changes else []
        prepared = []
        for number, one in enumerate(fresh):
            progress(number, 2 * len(fresh))
            prepared.append((one, self._draft(one) if one.texts else None))
        plan = look.plan
        if plan is None and fresh:
            plan = self._desk.plans.folded(self._desk.plans.new(look.name, look.day, look.zone))
        made = []
        for n in range(0, len(prepared), AT_ONCE):
            assert plan is not None
            progress(len(fresh) + n, 2 * len(fresh))
            made += self._sign(plan, prepared[n : n + AT_ONCE])
        taken = [self._take(plan, one) for one in changed if plan is not None]
        return {**told(look), "plan": plan.id if plan else None, "drafts": [one for one in made if one["message"]],
                "entries": len(made), "taken": taken, "first": min((one.at for one in fresh if one.at), default=None)}  # fmt: skip

    def _draft(self, one: Wanted) -> Any:
        from g20desk.desk.settling import Settled

        office = self._desk.office
        texts = tuple(Text(lang, tuple(posts(text))) for lang, text in one.texts.items())
        content = Content(one.kind, tuple(office.accounts[id].name for id in one.accounts), texts, note=one.note,
                          topic=one.topic, not_before=one.embargo)  # fmt: skip
        return Settled(self._desk, content, [])

    def _sign(self, plan: Plan, part: Sequence[tuple[Wanted, Any]]) -> list[dict[str, Any]]:
        """Drafts and their entries, all or none."""
        ids: list[str] = []
        settled = [one for _, one in part if one is not None]

        def draft(number: int) -> Callable[[Office, str], Proposal]:
            def make(office: Office, before: str) -> Proposal:
                if number:
                    ids.append(before)
                values = {**settled[number].values, "base": [], "occasion": ""}
                return Proposal("draft.revised", values, pieces=settled[number].pieces)

            return make

        def entries(office: Office, before: str) -> Proposal:
            if settled:
                ids.append(before)
            drafts = iter(ids)
            said: dict[str, Any] = {}
            kept: dict[str, bytes] = {}
            for one, made in part:
                fields, more = _fields(one, next(drafts) if made is not None else "")
                said[one.identity] = fields
                kept |= more
            return Proposal("plan.added", {"entries": said}, plan.id, pieces=kept)

        self._desk.act_all(*(draft(n) for n in range(len(settled))), entries)
        drafts = iter(ids)
        return [
            {"row": one.number, "message": next(drafts) if made is not None else None, "entry": one.identity,
             "at": iso(one.at) if one.at else None,
             "findings": sum(f["level"] == "block" for f in made.findings) if made is not None else 0}
            for one, made in part
        ]  # fmt: skip

    def _take(self, plan: Plan, one: Wanted) -> dict[str, Any]:
        """What a file says otherwise of something that is known: its time in the plan, its words in the draft as long as it is
        one."""
        desk, entry = self._desk, plan.entries[one.entry]
        if one.standing == CANCELLED:
            desk.act("plan.dropped", {"entries": [entry.id], "why": None}, plan.id)
            return {"row": one.number, "entry": entry.id, "taken": ["cancelled"], "left": ""}
        left, taken = "", [name for name in one.changes if name == "time"]
        if "words" in one.changes and entry.kind == "message":
            try:
                self._revise(entry.of, one)
                taken.append("words")
            except Refused as no:
                left = no.message
        elif "words" in one.changes:
            taken.append("words")
        fields, kept = _fields(one, "")
        fields = {name: value for name, value in fields.items() if name != "what" and not (left and name == "source")}
        if one.own:
            fields, kept = {"at": one.at, "minutes": one.minutes}, {}
        elif entry.kind == "message":
            fields.pop("title")
        desk.act("plan.changed", {"entries": {entry.id: fields}}, plan.id, pieces=kept)
        return {"row": one.number, "entry": entry.id, "taken": taken, "left": left}

    def _revise(self, message: str, one: Wanted) -> None:
        desk = self._desk
        if desk.messages.get(message).message.submission:
            raise Refused("submitted-already", "It is submitted: revise it by hand.", "")
        content, office = desk.messages.content(message), desk.office
        for lang, text in one.texts.items():
            content = content.with_text(Text(lang, tuple(posts(text))))
        desk.messages.revise(message, replace(
            content, to=tuple(office.accounts[id].name for id in one.accounts), topic=one.topic, kind=one.kind,
            not_before=one.embargo,
        ))  # fmt: skip


def _fields(one: Wanted, draft: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    """An entry's fields, and the piece of its title."""
    what = f"message:{draft}" if draft else f"line:{one.line}" if one.line else ""
    title = one.title.encode() if one.title and not one.texts else b""
    ref = pieces.refer(title) if title else None
    fields = {
        "at": one.at, "minutes": one.minutes, "what": what, "title": ref, "accounts": list(one.accounts),
        "langs": list(one.langs), "topic": one.topic, "not_before": one.embargo, "group": one.group, "source": one.source,
    }  # fmt: skip
    return fields, {ref["piece"]: title} if ref else {}


def refused(look: Look) -> Usage:
    """Why a file is not imported: each fault with its row and column, or its event."""
    faults = look.faults
    asked = [one for one in faults if one.code == "ambiguous-date"]
    first = (asked or faults)[0]
    shown = "\n".join(f"{_where(look.form, one)}: {one.message} {one.help}".strip() for one in faults[:20])
    more = f"\nand {len(faults) - 20} more." if len(faults) > 20 else ""
    codes = {one.code for one in faults}
    code = "ambiguous-date" if asked else first.code if len(codes) == 1 else "faults"
    return Usage(code, f"Nothing was imported.\n{shown}{more}", first.help, faults=[one.as_json() for one in faults])


def _where(form: str, one: Fault) -> str:
    if form == "ics":
        return f"Event {one.row} “{one.letters}”, {one.column}"
    return f"Row {one.row}, column {one.letters} “{one.column}”"


def told(look: Look) -> dict[str, Any]:
    """What is said of a file in any case: what was read off it, and how its rows stand."""
    counts = {name: len(look.of(name)) for name in (NEW, KNOWN, DROPPED)}
    return {
        "file": look.file, "form": look.form, **look.facts, "zone": look.zone,
        "plan": look.plan.id if look.plan else None, "plan_name": look.plan.name if look.plan else look.name, **counts,
        "changed": [{"row": one.number, "entry": one.entry, "title": one.label[:80], "changes": list(one.changes),
                     "cancelled": one.standing == CANCELLED, "at": iso(one.at) if one.at else None}
                    for one in look.of(CHANGED, CANCELLED)],
    }  # fmt: skip
