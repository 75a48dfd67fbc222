"""Lines as rows of a list, each with what became of its relays: read off the views. `desk.lines` hands them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from g20desk.desk import relay_rows, stages, wordings
from g20desk.ledger import line_views, views
from g20desk.office import words
from g20desk.office.route import SILENCE
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.desk.messages import Folded

OVERDUE = "overdue"
OPEN = (relay_rows.ASKED, relay_rows.ADOPTED)
LEFT = "left"  # drifted, and somebody left it as it is
OUT = (relay_rows.CARRIED, relay_rows.DRIFTED, LEFT)
# Of several accounts of one member, what asks for somebody comes first.
GRAVEST = (
    relay_rows.DRIFTED, OVERDUE, relay_rows.ASKED, relay_rows.ADOPTED, LEFT, relay_rows.CARRIED,
    relay_rows.DECLINED, relay_rows.WITHDRAWN,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line in a list. `lang`: of its `text`, English or the first there is. `state`: draft, submitted, agreed, expired or
    withdrawn; `agreed_ms`, `until_ms`: 0 where it is not, or stands until it is taken back. `silence_ms`: when the silence that
    runs is over; `broken`: who broke one; `held`: a hold on its topic stands. `relays`: how many came to what, `overdue` and
    `left` among them."""

    id: str
    topic: str
    state: str
    lang: str
    text: str
    texts: Mapping[str, str]
    locks: Mapping[str, tuple[str, ...]]
    source: str
    until_ms: int
    agreed_ms: int
    updated_ms: int
    silence_ms: int | None
    broken: str
    held: bool
    supersedes: str | None
    superseded_by: str | None
    relays: Mapping[str, int]

    @property
    def carried(self) -> int:
        """By how many accounts."""
        return sum(self.relays.get(state, 0) for state in OUT)


def page(desk: Desk, limit: int = -1, said: str = "") -> tuple[list[LineRow], int]:
    """The newest lines with these words, and how many there are."""
    store, office, now = desk.store, desk.office, desk.clock.now_ms()
    numbers = line_views.lines(store, desk.messages.staff, said)
    found = line_views.read(store, numbers if limit < 0 else numbers[:limit])
    later = {earlier: one.id for earlier, one in line_views.superseded(store).items()}
    tallies: dict[str, Counter[str]] = {}
    for row in line_views.relays(store, [row.id for row in found]):
        tallies.setdefault(row.value["line"], Counter())[_counted(office, row, now)] += 1
    return [_row(office, row, later.get(row.id), tallies.get(row.id, Counter()), now) for row in found], len(numbers)


def row_of(desk: Desk, id: str) -> LineRow | None:
    """One line as its row."""
    store, now = desk.store, desk.clock.now_ms()
    draft = views.get(store, "draft", id) if desk.messages.staff else None
    row = draft if draft is not None and draft.state == "draft" else views.get(store, "message", id)
    if row is None:
        return None
    tally = Counter(_counted(desk.office, one, now) for one in line_views.relays(store, [id]))
    later = line_views.superseded(store).get(id)
    return _row(desk.office, row, later.id if later else None, tally, now)


def relay_state(office: Office, row: views.Row, now: int) -> str:
    """asked, adopted, declined, withdrawn, carried, drifted or, where its time is past, overdue. What was taken on before the
    Presidency passed is asked of the new one."""
    relay = row.value["relay"]
    if relay["state"] in OPEN and relay["until"] and relay["until"] < now:
        return OVERDUE
    lapsed = relay["state"] == relay_rows.ADOPTED and office.passing.lapsed(relay["account"], row.value["cleared"])
    return relay_rows.ASKED if lapsed else str(relay["state"])


def _counted(office: Office, row: views.Row, now: int) -> str:
    """As what a relay is counted: drift that somebody left as it is asks for nobody."""
    state = relay_state(office, row, now)
    return LEFT if state == relay_rows.DRIFTED and row.value["relay"]["left"] else state


def _row(office: Office, row: views.Row, later: str | None, tally: Counter[str], now: int) -> LineRow:
    value, wording = row.value, row.value["wording"]
    texts = wording["texts"]
    lang = "en" if "en" in texts else next(iter(texts), "")
    topic = value["topic"]
    return LineRow(
        row.id, topic, _state(row, now), lang, texts.get(lang, ""), texts,
        {code: tuple(said) for code, said in wording["locks"].items()}, wording["source"], value["until"] or 0,
        value.get("agreed") or 0, row.updated, value.get("silence_due"), (value.get("broken") or [""])[0],
        office.held("", topic) is not None, value.get("supersedes"), later, tally,
    )  # fmt: skip


def _state(row: views.Row, now: int) -> str:
    if row.kind == "draft":
        return "draft"
    if row.value["withdrawn"]:
        return "withdrawn"
    if row.state != "approved" or row.value["late"]:
        return "submitted"
    until = row.value["until"] or 0
    return "agreed" if not until or now < until else "expired"


def read(desk: Desk, found: Folded) -> dict[str, Any]:
    """A line for its reader: its `row`; `digest` and its four `words`; `agreed`: how, {"mode", "at", "voices", "names", "route"}, or
    None; `signoff` as messages have it; `besides` its texts, as `wordings.shown` has it; `notes`: which later line took its place, which it took the place of, by topic."""
    row = row_of(desk, found.id)
    assert row is not None
    message, draft = found.message, found.draft
    newest = draft.revisions[draft.heads[-1]] if draft.heads else None
    digest = newest.digest if newest is not None and found.content is newest.content else message.digest
    signoff = stages.shown(desk, found)
    return {
        "row": row,
        "digest": digest,
        "words": list(words.words(digest)),
        "signoff": signoff,
        "agreed": _agreed(row, signoff),
        "stream": found.stream,
        "besides": wordings.shown(desk, found.content),
    }


def _agreed(row: LineRow, signoff: dict[str, Any]) -> dict[str, Any] | None:
    """By whom and how a line was agreed: by the silence of so many governments, or by those who approved it."""
    if not row.agreed_ms or row.state not in ("agreed", "expired"):
        return None
    silent = [one for one in signoff["stages"] if one.get("mode") == SILENCE and one["state"] == "adopted"]
    names = list(dict.fromkeys(
        one["government"] or one["person"] for stage in signoff["stages"] for one in stage["decisions"]
        if one["counts"] and one["decision"] == "approve"
    ))  # fmt: skip
    return {"mode": SILENCE if silent else "explicit", "at": row.agreed_ms, "names": names, "route": signoff["route"],
            "voices": len(silent[-1]["voices"]) if silent else len(names)}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """What a member's accounts came to with a line: the state that asks for somebody first, of so many accounts; `relay` is the
    one that it is of."""

    state: str
    accounts: int
    relay: str


def grid(desk: Desk, limit: int = -1, said: str = "") -> tuple[list[LineRow], dict[tuple[str, str], Cell]]:
    """The newest lines with these words, and by line and government what became of each. Read off the views alone."""
    lines, now, office = page(desk, limit, said)[0], desk.clock.now_ms(), desk.office
    found: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for row in line_views.relays(desk.store, [one.id for one in lines]):
        government = office.accounts[row.value["relay"]["account"]].owner.partition(":")[2].upper()
        gravest = GRAVEST.index(_counted(office, row, now))
        found.setdefault((row.value["line"], government), []).append((gravest, row.id))
    return lines, {at: Cell(GRAVEST[min(some)[0]], len(some), min(some)[1]) for at, some in found.items()}
