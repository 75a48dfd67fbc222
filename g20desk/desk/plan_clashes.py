"""What clashes in a plan, and with what else is scheduled: see `office.coordination`. In sentences, each with its way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from g20desk.clock import from_iso, iso
from g20desk.desk.clashing import apart
from g20desk.desk.plan_rows import OVER, Rows, Shown
from g20desk.ledger import views
from g20desk.office.coordination import ALIKE, NEAR_MS, Clash, Fact, Saying, Texts, unlike
from g20desk.office.coordination import clashes as found
from g20desk.office.drift import words
from g20desk.office.plan import Plan
from g20desk.office.quiet import NOT_BEFORE
from g20desk.office.state import Account

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk

SAYS = {
    "superseded": "“{a}” carries a line that another took the place of.",
    "line-over": "“{a}” carries a line that does not stand any more at that time.",
    "not-agreed": "“{a}” carries a line that is not agreed yet.",
    "embargo": "“{a}” is planned before the end of an embargo, {until}.",
    "mourning": "“{a}” falls on a day of mourning, until {until}.",
    "other-version": "“{a}” and “{b}” carry two versions of one line.",
    "other-words": "“{a}” and “{b}” say the same thing in other words or figures.",
    "too-close": "“{a}” and “{b}” are too near to each other on {account}.",
}
WAYS = {
    "move": "Move “{one}” to {to}.", "line": "Let “{one}” carry the newer line.", "look": "Look at “{one}”.",
}  # fmt: skip


def clashes(desk: Desk, plan: Plan, shown: Sequence[Shown]) -> list[dict[str, Any]]:
    """Each clash of a plan: {"kind", "at", "entries", "with", "account", "message", "way": {"how", "entry", "to", "line",
    "message"}}; `with`: what it clashes with outside of the plan."""
    rows, accounts = Rows(desk), desk.office.accounts
    inside = [_saying(desk, rows, one, accounts) for one in shown if one.at]
    if not inside:
        return []
    sayings = [*inside, *_outside(desk, shown, accounts, min(s.at for s in inside), max(s.at for s in inside))]
    distances = {one.id: apart(one) for one in accounts.values()}
    titles, times = {one.id: one.title or "…" for one in sayings}, {one.id: one.at for one in sayings}
    own = {one.id for one in inside}
    made = found(desk.office, sayings, facts(rows.lines), distances, _Otherwise(desk))
    return [
        _told(clash, titles, own) | {"at": iso(min(times[id] for id in clash.ids))}
        for clash in made
        if own & set(clash.ids)
    ]


class _Otherwise:
    """Whether two texts say something else of the same: other figures in nearly the same words, or a contradiction."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, str, str], bool] = {}

    def __call__(self, first: Texts, second: Texts) -> bool:
        both = first.keys() & second.keys()
        return unlike(first, second) or any(self._contradicts(lang, first[lang], second[lang]) for lang in sorted(both))

    def _contradicts(self, lang: str, first: str, second: str) -> bool:
        key = (lang, first, second)
        if key not in self._known:
            self._known[key] = self._near(first, second) and self._judged(lang, first, second)
        return self._known[key]

    def _near(self, first: str, second: str) -> bool:
        """Whether so many words are the same that it is worth a closer look."""
        one, other = set(words(first)), set(words(second))
        return one != other and len(one & other) >= ALIKE * min(len(one), len(other))

    def _judged(self, lang: str, first: str, second: str) -> bool:
        from g20desk.desk.likening import lexicon
        from g20desk.rulebook.likeness.judging import CONTRADICTS, Agreed, Read, judge

        known = lexicon(tuple(self._desk.rulebook.current().facts.members.items()))
        one, other = Read(first, lang, known), Read(second, lang, known)
        return judge(Agreed("", lang, first), one, other).verdict == CONTRADICTS


def facts(lines: Mapping[str, Mapping[str, Any]]) -> dict[str, Fact]:
    """What stands about each line."""
    return {
        id: Fact(row["state"], from_iso(row["until"]) if row["until"] else 0, row["superseded_by"] or "",
                 _root(lines, id), row["texts"])
        for id, row in lines.items()
    }  # fmt: skip


def _root(lines: Mapping[str, Mapping[str, Any]], id: str) -> str:
    seen = [id]
    while (row := lines.get(seen[-1])) is not None and (earlier := row["supersedes"]) and earlier not in seen:
        seen.append(earlier)
    return seen[-1]


def _accounts(known: Mapping[str, Account], ids: Iterable[str]) -> tuple[Account, ...]:
    return tuple(known[id] for id in ids if id in known)


def _saying(desk: Desk, rows: Rows, one: Shown, accounts: Mapping[str, Account]) -> Saying:
    entry, content, despite = one.entry, {}, frozenset[str]()
    if entry.kind == "message" and views.get(desk.store, "message", entry.of) is not None:
        message = desk.messages.get(entry.of).message
        content, despite = message.content, message.despite
    elif entry.kind == "relay" and (found := rows.relay(entry.of)) is not None:
        content, despite = found[0].content, found[0].despite
    said = _texts(desk, content)
    if not said and one.line in rows.lines:
        said = dict(rows.lines[one.line]["texts"])
    return Saying(
        entry.id, one.at, one.title, _accounts(accounts, one.accounts), one.topic, one.line, said,
        max(entry.not_before, int(content.get(NOT_BEFORE, 0))), str(content.get("c.kind", "news")), despite, one.over,
    )  # fmt: skip


def _texts(desk: Desk, content: Mapping[str, Any]) -> dict[str, str]:
    words = desk.messages.words
    return {name.removeprefix("c.text."): " ".join(words(ref) for ref in refs)
            for name, refs in content.items() if name.startswith("c.text.") and name.count(".") == 2}  # fmt: skip


def _outside(
    desk: Desk, shown: Sequence[Shown], accounts: Mapping[str, Account], first: int, last: int
) -> list[Saying]:
    """What is scheduled near, and stands in no entry of the plan."""
    inside = {one.entry.of for one in shown}
    made = []
    for row in views.planned(desk.store, "message", first - NEAR_MS, last + NEAR_MS):
        if row.id in inside or row.state in OVER:
            continue
        message = desk.ledger.folds.stream("message", row.stream)[0]
        line = message.relay.line if message.relay is not None else ""
        made.append(Saying(
            row.id, row.value["planned"], row.value["title"], _accounts(accounts, row.value["accounts"]), row.value["topic"],
            line, _texts(desk, message.content), int(message.content.get(NOT_BEFORE, 0)), row.value["kind"],
            message.despite,
        ))  # fmt: skip
    return made


def _told(clash: Clash, titles: Mapping[str, str], own: set[str]) -> dict[str, Any]:
    names = [titles[one] for one in clash.ids]
    way = clash.way
    says = SAYS[clash.kind].format(a=names[0], b=names[-1], account=clash.account, until=iso(clash.until))
    goes = WAYS[way.how].format(one=titles[way.id], to=iso(way.to))
    return {
        "kind": clash.kind, "entries": [one for one in clash.ids if one in own],
        "with": [one for one in clash.ids if one not in own], "account": clash.account, "message": says,
        "until": iso(clash.until) if clash.until else None,
        "way": {"how": way.how, "entry": way.id if way.id in own else None, "message_id": None if way.id in own else way.id,
                "to": iso(way.to) if way.to else None, "line": way.line or None, "message": goes},
    }  # fmt: skip
