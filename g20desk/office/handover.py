"""What the yearly handover needs, read off the office: each item with the act that proves it, or whose turn it is. Nothing is ticked by
hand; what is left as it is on purpose says so, with the head's act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from g20desk.office.passing import Custody, Handover, Proof
from g20desk.office.state import Office, Person

DONE, OPEN, LEFT = "done", "open", "left"
HEAD, OFFICE = "head", "office"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a desk knows besides the office's stream: messages that the handover stopped, relays that wait to be adopted anew, people whose
    desks have not been heard from since, and whether the backup on record is of this record."""

    stopped: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    unheard: tuple[str, ...] = ()
    same_record: bool = True


@dataclass(frozen=True, slots=True)
class Item:
    """`what`: its kind; `of`: the account's or the government's name that it is about, or what is lacking; `who` it waits for: head,
    office, or the government whose communicator; `act`: what proves it, or leaves it as it is."""

    item: str
    what: str
    state: str
    of: str = ""
    who: str = ""
    act: str = ""
    lacks: str = ""


def checklist(office: Office, seen: Seen = Seen()) -> list[Item]:
    """All items of the last handover, in the order in which they are best done; none where there was none."""
    last = office.passing.last
    if last is None:
        return []
    found = [Item("presidency", "presidency", DONE, last.government, act=last.id), *_people(office, last)]
    for id in last.passed:
        found += _passed(office, last, id)
    for id, custody in office.passing.custody.items():
        if id not in last.passed and not office.accounts[id].removed:
            found.append(_rotated(office, id, custody))
    found += [*_rest(office, last), *_beyond(office, last, seen)]
    return [_left(office, one) for one in found]


def _left(office: Office, one: Item) -> Item:
    noted = office.passing.noted.get(one.item)
    if noted is None or one.state == DONE:
        return one
    return Item(one.item, one.what, LEFT, one.of, "", noted.event, one.lacks)


def speaking(office: Office, government: str) -> list[Person]:
    """The communicators of a government's Presidency that are in the office."""
    found = office.people.values()
    return [one for one in found if one.role == "presidency" and one.government == government and not one.retired]


def _people(office: Office, last: Handover) -> Iterator[Item]:
    new = speaking(office, last.government)
    yield Item("communicator", "communicator", DONE if new else OPEN, last.government, HEAD, new[0].id if new else "")
    old = speaking(office, last.before) if last.before else []
    own = any(one.owner == f"member:{last.before}" and not one.removed for one in office.accounts.values())
    named = "" if own else ", ".join(one.name for one in old)
    yield Item("people", "people", OPEN if named else DONE, last.before, HEAD, "" if named else last.id, named)


def _passed(office: Office, last: Handover, id: str) -> list[Item]:
    account, custody = office.accounts[id], office.passing.custody[id]
    if account.removed:
        return []
    given, taken = custody.released[-1] if custody.released else None, custody.taken
    whole = taken is not None and not custody.same
    return [
        Item(f"release:{id}", "release", _state(given), account.name, last.before, _act(given)),
        Item(f"take:{id}", "take", DONE if whole else OPEN, account.name, last.government, _act(taken) if whole else "",
             "another" if custody.same else ""),
    ]  # fmt: skip


def _rotated(office: Office, id: str, custody: Custody) -> Item:
    """One of the office's own: a new sign-in, and the earlier one refused."""
    done = custody.taken is not None and bool(custody.released) and not custody.same
    lacks = "" if done else "both" if custody.taken is None else "another" if custody.same else "release"
    return Item(
        f"rotate:{id}", "rotate", DONE if done else OPEN, office.accounts[id].name, OFFICE, _act(custody.taken) if done else "", lacks
    )  # fmt: skip


def _rest(office: Office, last: Handover) -> Iterator[Item]:
    """What else of the office may change hands."""
    heads = {one.id: one for one in office.people.values() if one.role == "head" and not one.retired}
    fresh = [one for one in heads if one not in last.heads]
    gone = last.heads - heads.keys()
    yield Item(
        "head", "head", DONE if fresh and gone else OPEN, "", HEAD, fresh[0] if fresh else "", "old" if fresh else ""
    )
    sealed = {ring: epoch for ring, epoch in office.epochs.items() if not epoch.devices <= office.entitled(ring)}
    newest = list(office.epochs.values())[-1].opened if office.epochs else ""
    yield Item("keys", "keys", OPEN if sealed else DONE, "", HEAD, "" if sealed else newest)
    moved = office.keeper != last.keeper
    yield Item("hub", "hub", DONE if moved else OPEN, office.keeper_address, HEAD)
    fixed = [name for name, route in office.routes.items() if any(_names(stage.who, last) for stage in route.stages)]
    yield Item(
        "routes", "routes", OPEN if fixed else DONE, last.before, HEAD, "" if fixed else last.id, ", ".join(fixed)
    )


def _names(who: str, last: Handover) -> bool:
    """Whether a stage names the government of before; the troika changed by itself."""
    kind, _, rest = who.partition(":")
    return (kind == "governments" and last.before in rest.split(",")) or who == "role:presidency"


def _beyond(office: Office, last: Handover, seen: Seen) -> Iterator[Item]:
    new = last.government
    yield Item(
        "posts",
        "posts",
        OPEN if seen.stopped else DONE,
        new,
        new,
        "" if seen.stopped else last.id,
        str(len(seen.stopped) or ""),
    )
    yield Item(
        "relays",
        "relays",
        OPEN if seen.relays else DONE,
        new,
        new,
        "" if seen.relays else last.id,
        str(len(seen.relays) or ""),
    )
    kept = office.passing.kept
    good = kept is not None and seen.same_record
    yield Item(
        "archive",
        "archive",
        DONE if good else OPEN,
        kept.digest if kept and good else "",
        HEAD,
        kept.event if kept and good else "",
    )
    yield Item(
        "desks",
        "desks",
        OPEN if seen.unheard else DONE,
        "",
        OFFICE,
        "" if seen.unheard else last.id,
        ", ".join(seen.unheard),
    )


def _state(proof: Proof | None) -> str:
    return OPEN if proof is None else DONE


def _act(proof: Proof | None) -> str:
    return "" if proof is None else proof.event
