"""What an act of the record is about, for a list of them: a title or a name, and the values that its words need."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from g20desk.desk import indexing
from g20desk.errors import Refused
from g20desk.ledger import body, canonical, pieces, views
from g20desk.ledger.event import Event
from g20desk.office import fold
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.ledger.store import Store

# What is taken over from an act as it stands, by name.
_VALUES = (
    "answer", "state", "when", "role", "government", "version", "until", "outcome", "standing", "lang", "address",
)  # fmt: skip
_NAMES = ("name", "of", "head", "topic")


def parsed(item: Event) -> Any:
    """The act in an event; None where its body is none that this version knows."""
    try:
        return fold.parse(item.header.kind, body.decode(item.body), item.header.v)
    except (canonical.NotCanonical, Refused):
        return None


class Abouts:
    """What acts are about, in one office and store."""

    def __init__(self, store: Store, office: Office) -> None:
        self._store, self._office = store, office
        self._titles: dict[str, str] = {}

    def of(self, item: Event, found: Any) -> tuple[str, str, dict[str, Any]]:
        """The title or name that an act is about, the message that it belongs to, and further values. `found`: what
        `parsed` gave."""
        noun = fold.NOUNS.get(item.header.kind.split(".")[0], "")
        stream = item.header.stream or item.id
        values = {name: getattr(found, name) for name in _VALUES if hasattr(found, name)}
        if noun in ("draft", "message"):
            row = views.of_stream(self._store, stream)
            message = row.id if row is not None else stream if noun == "draft" else str(getattr(found, "draft", ""))
            content = getattr(found, "content", None)
            about = indexing.title(self._store, content) if content else row.value["title"] if row is not None else ""
            if post := getattr(found, "post", ""):
                values["account"] = self._account_of(message, post)
            return about, message, values
        if noun == "plan":
            plan = views.get(self._store, "plan", stream)
            return plan.value["name"] if plan is not None else "", "", values
        return self._in_office(found), self._message(found), values

    def _account_of(self, message: str, post: str) -> str:
        account = next((p.account for p in views.posts_of(self._store, message) if p.key == post), "")
        return self._account(account)

    def _account(self, id: str) -> str:
        found = self._office.accounts.get(id)
        return found.name if found else ""

    def _message(self, found: Any) -> str:
        return str(getattr(found, "message", "") or "")

    def _in_office(self, found: Any) -> str:
        """What an act of the office's own stream names."""
        for field, named in self._named():
            if value := getattr(found, field, None):
                return named(value)
        return next((str(said) for name in _NAMES if (said := getattr(found, name, None))), "")

    def _named(self) -> tuple[tuple[str, Callable[[Any], str]], ...]:
        office = self._office

        def person(id: str) -> str:
            return office.people[id].name if id in office.people else ""

        def stopped(id: str) -> str:
            hold = office.holds.get(id)
            return (self._account(hold.account) or hold.topic) if hold else ""

        def kept_back(id: str) -> str:
            one = office.embargoes.get(id)
            return (self._account(one.account) or one.topic) if one else ""

        def title(id: str) -> str:
            row = views.get(self._store, "message", id) or views.get(self._store, "draft", id)
            return str(row.value["title"]) if row else ""

        def again(id: str) -> str:
            one = office.recurrings.get(id)
            return title(one.message) if one else ""

        def proposed(id: str) -> str:
            item = self._store.get(id)
            return self._in_office(parsed(item)) if item is not None else ""

        return (
            ("person", person), ("proposal", proposed), ("people", lambda ids: ", ".join(map(person, ids))), ("account", self._account), ("hold", stopped), ("embargo", kept_back),
            ("message", title), ("recurring", again), ("words", ", ".join),
            ("item", lambda item: item.partition(":")[0] + (f": {self._account(item.partition(':')[2])}" if ":" in item else "")),
            ("device", lambda id: person(office.devices.get(id, ""))),
        )  # fmt: skip


def reason(store: Store, found: Any) -> str:
    """The sentence that an author gave; empty where there is none, or it was dropped."""
    for name in ("why", "reason", "note"):
        said: Any = getattr(found, name, None)
        if pieces.is_ref(said):
            return pieces.text(store, said)
        if isinstance(said, str) and said:
            return said
    return ""
