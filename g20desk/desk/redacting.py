"""Taking pieces out of the record: choosing them, the act, and dropping them here, at the hub and on every other desk.

A desk drops them in the transaction in which the act gets its place, and notes which they were, so that by no way they come
back. Nothing else changes: an event names its pieces by digests, and still verifies.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from g20desk.clock import iso
from g20desk.desk import seen
from g20desk.desk.reasons import reason
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, pieces
from g20desk.ledger.event import Event
from g20desk.ledger.file import PATIENCE_MS
from g20desk.ledger.pieces import REDACTED
from g20desk.ledger.store import Store
from g20desk.office.state import Office

if TYPE_CHECKING:
    from g20desk.desk.desk import Desk
    from g20desk.ledger.hub_client import Hub

KIND = "piece.redacted"
_AT_THE_HUB = "redacted-at/"
_LEAST = 8  # letters that tell one text from another


def redact(
    desk: Desk, prefix: str, why: str, langs: Iterable[str] = (), pictures: Iterable[int] = (), whole: bool = False
) -> dict[str, Any]:
    """Take out of a message its texts in these languages, these pictures (as counted from 1) or all of it; or all that an act
    or a single piece holds, by its id. {"event", "message", "pieces", "also"}; `also`: messages where the same text stands
    too. Raises Refused, Usage."""
    ref, kept = reason(why)
    message, found = _chosen(desk, prefix, tuple(langs), tuple(pictures), whole)
    held = {one["piece"]: one for one in found if pieces.get(desk.store, one) is not None}
    if not held:
        raise Refused("withheld", "Nothing of that is on this desk (any more).", "Sync first: g20desk sync")
    also = _also(desk, message, held.values())
    with desk.store.write():
        digests = {name: pieces.sealed_digest(desk.store, one) or "" for name, one in held.items()}
    values = {"dropped": digests, "message": message, "why": ref}
    event = desk.act(KIND, values, pieces=kept)
    empty_log(desk.store)
    return {"event": event, "message": message, "pieces": len(digests), "also": also}


def _chosen(
    desk: Desk, prefix: str, langs: tuple[str, ...], pictures: tuple[int, ...], whole: bool
) -> tuple[str, list[pieces.Ref]]:
    """The message's id, where it is of one, and the references."""
    try:
        found = desk.messages.get(prefix)
    except Refused:
        if langs or pictures:
            raise
        return _of_act(desk, prefix)
    events = [verdict.event for verdict in found.draft_verdicts + found.verdicts]
    if whole:
        return found.id, [ref for item in events for ref in _refs(item)]
    if not langs and not pictures:
        raise Usage("redact-what", "Say what is to be taken out of this message.",
                    "--text LANG, --picture N, or --all; an act or a comment by its own id: message show")  # fmt: skip
    shown = sorted(int(name.split(".")[2]) for name in found.content if name.startswith("c.picture."))
    if any(not 0 < number <= len(shown) for number in pictures):
        raise Usage("unknown-picture", f"This message has {len(shown)} pictures.", "Count from 1.")
    files = {found.content[f"c.picture.{shown[number - 1]}"]["file"]["piece"] for number in pictures}
    chosen: dict[str, pieces.Ref] = {}
    for item in events:
        values = {name: part.value for name, part in body.decode(item.body).items()}
        for one in (*_texts(values, langs), *_pictures(values, files)):
            chosen[one["piece"]] = one
    unknown = [lang for lang in langs if not any(n.split(".")[1:3] == ["text", lang] for n in found.content)]
    if unknown:
        raise Usage("unknown-text", f"This message has no text in {unknown[0]}.", "See: g20desk message show")
    # What quotes it: findings, other versions, comments.
    said = [text for one in chosen.values() if len(text := pieces.text(desk.store, one).strip()) >= _LEAST]
    for item in events:
        for one in _refs(item):
            text = pieces.text(desk.store, one)
            if any(words in text or json.dumps(words, ensure_ascii=False)[1:-1] in text for words in said):
                chosen[one["piece"]] = one
    return found.id, list(chosen.values())


def _texts(values: dict[str, Any], langs: tuple[str, ...]) -> Iterator[pieces.Ref]:
    """Of one act: the texts in these languages, what is sent in them, and what the checker said of all."""
    for name, value in values.items():
        what = name.split(".")[1:3] if name.startswith("c.") else []
        if what[:1] in (["text"], ["warning"], ["do"], ["dont"]) and what[1] in langs:
            yield from pieces.refs(value)
        elif what[:1] == ["post"] and value["lang"] in langs:
            yield from pieces.refs([part["payload"] for part in value["parts"]])
        elif what[:1] == ["poll"]:
            yield from pieces.refs([value["answers"].get(lang, []) for lang in langs])
        elif what[:1] == ["picture"]:
            yield from pieces.refs([value["alt"].get(lang) for lang in langs])
        elif name in ("findings", "report") and langs:
            yield from pieces.refs(value)


def _pictures(values: dict[str, Any], files: set[str]) -> Iterator[pieces.Ref]:
    """Of one act: these pictures, their originals and alt texts, and what is sent with them."""
    for name, value in values.items():
        if name.startswith("c.picture.") and value["file"]["piece"] in files:
            number = int(name.split(".")[2])
            yield from pieces.refs([value, values.get("originals", [])[number : number + 1]])
            for post in (one for key, one in values.items() if key.startswith("c.post.")):
                yield from pieces.refs([part["payload"] for part in post["parts"] if number in part["pictures"]])


def _of_act(desk: Desk, prefix: str) -> tuple[str, list[pieces.Ref]]:
    """All that an act holds, or one piece, by the beginning of its id. Raises Refused."""
    db = desk.store.db
    if len(prefix) >= 6 and prefix.isalnum():
        with desk.store.guard():
            found = db.execute(
                "select id from events where id >= ? and id < ? limit 2", (prefix, prefix + "g")
            ).fetchall()
            if len(found) == 1:
                item = desk.store.get(found[0][0])
                return _message_of(desk.store, item), list(_refs(item)) if item else []
            piece = db.execute(
                "select id from pieces where id >= ? and id < ? limit 2", (prefix, prefix + "g")
            ).fetchall()
        for item in _naming(desk.store, [piece[0][0]]) if len(piece) == 1 else ():
            for one in _refs(item):
                if one["piece"] == piece[0][0]:
                    return _message_of(desk.store, item), [one]
    raise Refused(
        "unknown-id", f"There is no one message, act or piece “{prefix}”.", "See: g20desk message show --json"
    )


def _message_of(store: Store, item: Event | None) -> str:
    stream = (item.header.stream or item.id) if item is not None else ""
    row = store.db.execute("select id from rows where stream = ?", (stream,)).fetchone()
    return str(row[0]) if row else ""


def _refs(item: Event) -> Iterator[pieces.Ref]:
    yield from pieces.refs([part.value for part in body.decode(item.body).values()])


def _also(desk: Desk, message: str, refs: Iterable[pieces.Ref]) -> list[str]:
    """Other messages that hold one of these texts word by word."""
    store, same = desk.store, set[str]()
    for one in refs:
        data = pieces.get(store, one) or b""
        if len(data) >= _LEAST:
            found = store.db.execute("select id from pieces where data = ? and id <> ?", (data, one["piece"]))
            same |= {str(row[0]) for row in found}
    return sorted(
        {of for item in _naming(store, sorted(same)) if (of := _message_of(store, item)) not in ("", message)}
    )


def _naming(store: Store, names: list[str]) -> Iterator[Event]:
    """The events that refer to one of these pieces."""
    for at in range(0, len(names), 50):
        some = [name.encode() for name in names[at : at + 50]]
        query = f"select id from events where {' or '.join(['instr(body, ?)'] * len(some))}"
        for (event,) in store.db.execute(query, some).fetchall():
            item = store.get(event)
            if item is not None:
                yield item


def sweep(store: Store, office: Office) -> set[str]:
    """Drop what was taken out and is noted here as such not yet; the streams that it touched. Inside a write transaction."""
    fresh = {name: digest for name, digest in office.redacted.items() if not store.meta(REDACTED + name)}
    if not fresh:
        return set()
    db = store.db
    for act in office.redactions:
        if act.message and not fresh.keys().isdisjoint(act.pieces):
            seen.forget(store, act.message)
    streams = {item.header.stream or item.id for item in _naming(store, sorted(fresh))}
    data = {bytes(row[0]) for name in fresh for row in db.execute("select data from pieces where id = ?", (name,))}
    for name, digest in fresh.items():
        db.execute("delete from pieces where id = ?", (name,))
        db.execute("delete from wanted where digest = ?", (digest,))
        db.execute("delete from carried_pieces where digest = ?", (digest,))
        store.set_meta(REDACTED + name, digest or "-")
    for one in data:  # what was put beside a draft and never got into an act
        twins = [str(row[0]) for row in db.execute("select id from pieces where data = ?", (one,)).fetchall()]
        for name in twins:
            if not any(True for _ in _naming(store, [name])):
                db.execute("delete from pieces where id = ?", (name,))
    _forget_typed(store, [text for one in data if (text := one.decode("utf-8", "replace").strip())])
    return streams


def tidy(store: Store) -> None:
    """After the rows were made anew: the words that were found by it leave the index for good. Inside a write
    transaction."""
    store.db.execute("insert into words (words) values ('optimize')")


def empty_log(store: Store) -> None:
    """What was written ahead holds the pages as they were: it goes too, as far as nobody reads in it now."""
    with store.guard():
        store.db.execute("pragma busy_timeout = 500")
        store.db.execute("pragma wal_checkpoint(truncate)")
        store.db.execute(f"pragma busy_timeout = {PATIENCE_MS}")


def _forget_typed(store: Store, texts: list[str]) -> None:
    """Out of what is typed on this desk and not yet a revision."""
    for id, person, content in store.db.execute("select id, person, content from kept").fetchall():
        value = _without(json.loads(content), texts)
        row = (json.dumps(value), id, person)
        store.db.execute("update kept set content = ? where id = ? and person = ?", row)


def _without(value: Any, texts: list[str]) -> Any:
    if isinstance(value, str):
        for text in texts:
            value = "" if value.strip() == text else value.replace(text, "") if len(text) >= _LEAST else value
        return value
    if isinstance(value, list):
        return [_without(one, texts) for one in value]
    return {name: _without(one, texts) for name, one in value.items()} if isinstance(value, dict) else value


def drop_at(hub: Hub, store: Store, office: Office, manages: bool) -> str:
    """Have the hub drop what was taken out, each piece once a hub; why that can't be, in words."""
    for digest in filter(None, office.redacted.values()) if manages else ():
        name = f"{_AT_THE_HUB}{office.keeper[:16]}/{digest}"
        if store.meta(name):
            continue
        try:
            hub.drop_piece(digest)
        except Refused as no:
            if no.code not in ("no-dropping", "not-manager"):
                raise
            return f"The hub did not drop what was taken out of the record: {no.message} {no.help}"
        store.set_meta(name, "dropped")
    return ""


def rows(desk: Desk, message: str = "") -> list[dict[str, Any]]:
    """What was taken out, of one message or of all: when, by whom and why."""
    office, store = desk.office, desk.store
    return [
        {"at": iso(one.at), "person": office.people[one.by].name, "why": pieces.text(store, one.why),
         "message": one.message, "pieces": len(one.pieces), "event": one.event}
        for one in office.redactions
        if message in ("", one.message)
    ]  # fmt: skip


def in_history(desk: Desk, message: str) -> list[dict[str, Any]]:
    """The same as lines of a message's history."""
    made = []
    for one in rows(desk, message):
        act = desk.store.get(one["event"])
        place = act.place if act is not None else None
        made.append({
            "at": one["at"], "person": one["person"], "kind": KIND, "counts": True, "why": "", "said": one["why"],
            "event": one["event"], "post": "", "outcome": "", "told": "", "tentative": place is None, "place": place or 2**62,
        })  # fmt: skip
    return made
