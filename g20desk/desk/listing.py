"""Messages as rows of a list: what a view's row says, to whom it may be said, in pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.desk import seen
from g20desk.desk.seen import NOTHING, News
from g20desk.ledger import views
from g20desk.office.deputies import deputy_of
from g20desk.office.stages import own_voice
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk


OPEN = (
    "draft", "submitted", "objected", "approved", "scheduled", "sending", "unknown", "refused", "missed", "partly-sent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MessageRow:
    """A message in a list. `planned_ms`: None without a time. `waiting_for_me`: this person's decision is open. `said`:
    what each government answered on the text as it stands. `meant_ms`: when a recurring message's draft is meant for.
    `released`: what stopped it was lifted, and a person decides whether it goes out. `due_ms`: when the stage that is open
    ends; `silence_ms`: the same of a silence that nobody broke; `broken`: who broke one, by letters or name, and when; `stage`:
    its name, and `asked` the voices in it, by letters or name, each with whether it has spoken.
    `news`: what of it this person has not seen."""

    id: str
    title: str
    state: str
    kind: str
    updated_ms: int
    planned_ms: int | None
    langs: tuple[str, ...]
    accounts: tuple[str, ...]
    waiting_for_me: bool
    why: str
    said: tuple[tuple[str, str], ...] = ()
    meant_ms: int | None = None
    released: bool = False
    due_ms: int | None = None
    silence_ms: int | None = None
    broken: tuple[str, int] | None = None
    stage: str = ""
    asked: tuple[tuple[str, bool], ...] = ()
    news: News = NOTHING

    @property
    def open_voices(self) -> tuple[str, ...]:
        """Those of the open stage that have not spoken."""
        return tuple(voice for voice, spoke in self.asked if not spoke)


def rows(
    desk: Desk,
    state: str | None = None,
    search: str = "",
    limit: int = -1,
    before: int | None = None,
    open_only: bool = False,
) -> list[MessageRow]:
    """Messages as rows, the newest first; drafts only for staff. `open_only`: those that somebody has work with."""
    store, office, staff = desk.store, desk.office, desk.messages.staff
    states = ("scheduled",) if state == "held" else (state,) if state else OPEN if open_only else ()

    def listed(kind: str, states: tuple[str, ...]) -> list[views.Row]:
        if search.strip():
            return views.search(store, kind, search, states, limit, before)
        return list(views.newest(store, kind, states, limit, before))

    drafts = listed("draft", ("draft",)) if staff and (not states or "draft" in states) else []
    found = listed("message", states) if states != ("draft",) else []
    withdrawn = [row.id for row in found if row.value["withdrawn"]] if staff else []
    newer = {id for id in withdrawn if (draft := views.get(store, "draft", id)) is not None and draft.state == "draft"}
    made = _rows(desk, office, [*drafts, *(row for row in found if row.id not in newer)])
    chosen = sorted((row for row in made if state in (None, row.state)), key=lambda row: -row.updated_ms)
    return chosen if limit < 0 else chosen[:limit]


def count(desk: Desk, search: str = "") -> int:
    """How many rows a search has, or how many messages there are."""
    store, found = desk.store, views.count(desk.store, "message", search)
    if not desk.messages.staff:
        return found
    return found + views.count(store, "draft", search, ("draft",)) - views.replaced(store, search)


def found(desk: Desk, search: str, state: str, limit: int) -> tuple[list[MessageRow], int]:
    """The newest messages with these words or, where one is named, in this state; and how many there are."""
    by_words, total = rows(desk, None, search, limit), count(desk, search)
    if not state:
        return by_words, total
    # The record knows both as scheduled: which of them a hold stops is found by looking at each.
    mixed = state in ("held", "scheduled")
    by_state = rows(desk, state, "", -1 if mixed else limit)
    if mixed:
        number, both = len(by_state), len({r.id for r in by_state} & {r.id for r in rows(desk, None, search)})
    else:
        number, both = _in_state(desk, state, ""), _in_state(desk, state, search)
    merged = sorted({row.id: row for row in (*by_words, *by_state)}.values(), key=lambda row: -row.updated_ms)
    return merged[:limit], total + number - both


def _in_state(desk: Desk, state: str, search: str) -> int:
    """How many messages of a state have these words."""
    kind = "draft" if state == "draft" else "message"
    if kind == "draft" and not desk.messages.staff:
        return 0
    number = views.count(desk.store, kind, search, (state,))
    return number - views.replaced(desk.store, search) if state == "withdrawn" and desk.messages.staff else number


def decided(desk: Desk, since: int) -> list[tuple[MessageRow, str, int]]:
    """The messages that this person decided on since a time: each with the last answer and its time, the newest
    first."""
    office, me, made = desk.office, desk.person.id, []
    for row in views.newest(desk.store, "message", since=since):
        answer, at = row.value.get("decided", {}).get(me, ("", 0))
        if answer and at >= since:
            made.append((_row(desk, office, row), answer, at))
    return sorted(made, key=lambda one: -one[2])


def planned(desk: Desk, since: int, until: int) -> list[MessageRow]:
    """Messages that are planned for a time from `since` to before `until`, the earliest first."""
    office = desk.office
    return _rows(desk, office, views.planned(desk.store, "message", since, until))


def some(desk: Desk, ids: Iterable[str]) -> list[MessageRow]:
    """The submitted messages of these ids, in that order."""
    office = desk.office
    found = [views.get(desk.store, "message", id) for id in ids]
    return _rows(desk, office, [row for row in found if row is not None])


def _rows(desk: Desk, office: Office, found: list[views.Row]) -> list[MessageRow]:
    news = seen.of_rows(desk, found)
    return [_row(desk, office, row, news[row.id]) for row in found]


def _row(desk: Desk, office: Office, row: views.Row, news: News = NOTHING) -> MessageRow:
    value, word, planned, ids = row.value, row.state, row.value.get("planned"), row.value.get("accounts", [])
    holds = [office.held(a, value.get("topic", ""), value.get("cleared", ())) for a in ids]
    passed = any(
        office.passing.lapsed(post[0], value["cleared"])
        for post in value.get("posts", {}).values()
        if post[1] in ("planned", "claimed")
    )
    if word == "scheduled" and (any(holds) or passed):
        word = "held"
    waiting = word in ("submitted", "objected") and _asked(desk, office, value)
    return MessageRow(
        row.id, value["title"], word, value["kind"], row.updated, planned, tuple(value["langs"]),
        tuple(office.accounts[a].name for a in ids), waiting, _why(value),
        tuple((land, answer) for land, answer in value.get("said", ())), value.get("meant"),
        word == "held" and planned is not None and not passed and all(hold is None or hold.lifted for hold in holds),
        value.get("due"),
        value.get("silence_due"),
        (value["broken"][0], value["broken"][1]) if value.get("broken") else None,
        value.get("stage", ""),
        _voices(office, value),
        news,
    )  # fmt: skip


def _asked(desk: Desk, office: Office, value: dict[str, Any]) -> bool:
    """Whether this person's voice is asked for and has not spoken."""
    me, now, said = desk.person, desk.clock.now_ms(), value.get("voices", ())
    if value.get("relay") or me.id in value.get("authors", ()) or (value.get("silence_due") or now) < now:
        return False
    if value.get("asked") is None:
        voice = own_voice(office, office.author(desk.device), now)
        return bool(voice) and voice not in said and me.id not in said
    return any(
        voice not in said and (me.id in people or any(deputy_of(office, one, now) == me.id for one in people))
        for voice, *people in value["asked"]
    )


def _voices(office: Office, value: dict[str, Any]) -> tuple[tuple[str, bool], ...]:
    """The voices of the stage that is open, and whether each has spoken."""
    said = value.get("voices", ())
    return tuple(
        (office.people[voice].name if voice in office.people else voice, voice in said)
        for voice, *_ in value.get("asked") or ()
    )


def _why(value: dict[str, Any]) -> str:
    states = [state for _, state, *_ in value.get("posts", {}).values()]
    return ", ".join(f"{states.count(s)} {s}" for s in dict.fromkeys(states)) if states else ""
