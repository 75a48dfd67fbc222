"""The fold: an act is a small class with its fields and its `apply`; a stream's state is its acts applied in order.

An act that does not count raises `Refused`, and that is its verdict. Bodies that do not parse get one too. Anything
else that comes up is a bug of ours.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from typing import Any, Protocol, TypeVar

from g20desk.errors import Refused
from g20desk.ledger import body, canonical, pieces
from g20desk.ledger.event import Event
from g20desk.office import form

# The newest version of these rules; this program knows it and all before it, and judges each event by the one in force at
# its place. A release that changes what counts, or brings a kind or a field, raises it, and keeps the classes of before.
NEWEST = 3
FOUNDING = "office.founded"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Author:
    """Who signed, as the office stood at the event's place. `person` is empty for an unknown device."""

    device: str
    person: str = ""
    name: str = ""
    role: str = ""
    government: str = ""


def _reads_nothing(stream: str) -> Any:
    """Where no other stream is at hand."""
    return None


@dataclass(frozen=True, slots=True)
class Then:
    """What an act may look at besides its own fields: its event, its content digest, the office at its place; by `read` another
    stream of lower rank as it stood there, a line's, or None where there is none."""

    event: Event
    digest: str
    parts: body.Parts
    office: Any
    read: Callable[[str], Any] = _reads_nothing

    @property
    def at(self) -> int:
        """When it was placed, in milliseconds; by its author's clock while it is tentative."""
        return self.event.header.at if self.event.stamp is None else self.event.stamp


class Act(Protocol):
    """One kind of event."""

    def apply(self, state: Any, by: Author, then: Then) -> Any:
        """The state after this act, or Refused."""
        ...


ACTS: dict[str, type[Any]] = {}  # as the newest version has them
_VERSIONS: dict[str, list[tuple[int, type[Any]]]] = {}  # the newest first
NOUNS = {
    "office": "office", "member": "office", "device": "office", "role": "office", "proposal": "office",
    "guardians": "office", "roster": "office",
    "account": "office", "hold": "office",
    "embargo": "office", "mourning": "office", "slot": "office", "recurring": "office", "handle": "office", "address": "office",
    "rulebook": "office", "agreed": "office", "word": "office", "piece": "office", "epoch": "office", "order": "office",
    "route": "office", "silence": "office", "presidency": "office", "custody": "office",
    "handover": "office", "archive": "office", "deputy": "office", "template": "office",
    "draft": "draft", "message": "message", "signoff": "message", "comment": "message", "post": "message", "relay": "message",
    "likeness": "message",
    "plan": "plan",
}  # fmt: skip


@typing.dataclass_transform(eq_default=False, frozen_default=True)
def act(kind: str, since: int = 1) -> Callable[[type[T]], type[T]]:
    """Make a class the act of a kind from a version of the rules on; its fields are the parts of the body. It gets a
    constructor and no more: an act is read, applied and let go, and a program's start makes all of them."""

    def register(cls: type[T]) -> type[T]:
        made = dataclass(eq=False, repr=False, slots=True)(cls)
        found = _VERSIONS.setdefault(kind, [])
        found.append((since, made))
        found.sort(key=lambda one: -one[0])
        ACTS[kind] = found[0][1]
        return made

    return register


def act_of(kind: str, version: int) -> Any:
    """The class of a kind as a version of the rules has it; None where it knows none."""
    return next((cls for since, cls in _VERSIONS.get(kind, ()) if since <= version), None)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an event counts, and why not."""

    event: Event
    by: Author
    counts: bool
    code: str = ""
    why: str = ""
    act: Any = None
    help: str = ""

    @property
    def refusal(self) -> Refused:
        """Why it does not count."""
        return Refused(self.code, self.why, self.help)


def _fits(value: Any, wanted: Any) -> bool:
    origin = typing.get_origin(wanted)
    if wanted is Any:
        return True
    if origin in (types.UnionType, typing.Union):
        return any(_fits(value, option) for option in typing.get_args(wanted))
    if wanted is pieces.Ref:
        return pieces.is_ref(value)
    if wanted is int:
        return type(value) is int
    if origin is list:
        return isinstance(value, list) and all(_fits(v, typing.get_args(wanted)[0]) for v in value)
    if origin is dict:
        return isinstance(value, dict) and all(_fits(v, typing.get_args(wanted)[1]) for v in value.values())
    return isinstance(value, origin or wanted)


@functools.cache
def _fields(cls: type[Any]) -> tuple[dict[str, Any], list[str]]:
    """The types of an act's fields, and their names in order."""
    return typing.get_type_hints(cls), [f.name for f in fields(cls)]


def parse(kind: str, parts: body.Parts, version: int = NEWEST) -> Any:
    """The act in a body, by a version of the rules. Raises Refused for an unknown kind, a missing, further or misshapen
    part."""
    cls = act_of(kind, version)
    if cls is None:
        raise Refused("unknown-kind", f"This version knows no act “{kind}”.")
    hints, known = _fields(cls)
    takes_content = "content" in known
    given: dict[str, Any] = {}
    content: dict[str, Any] = {}
    for name, part in parts.items():
        if takes_content and name.startswith(body.CONTENT):
            content[name] = part.value
        elif name in known and name != "content":
            if not _fits(part.value, hints[name]):
                raise Refused("malformed", f"The field “{name}” is not of the right form.")
            given[name] = part.value
        else:
            raise Refused("unknown-field", f"This version knows no field “{name}” in “{kind}”.")
    if takes_content:
        form.check(content, version)
        given["content"] = content
    missing = [name for name in known if name not in given]
    if missing:
        raise Refused("missing-field", f"The field “{missing[0]}” is missing.")
    return cls(**given)


def in_force(event: Event, office: Any) -> int:
    """The version of the rules that judges an event; a founding brings its own."""
    return int(event.header.v if office is None else office.fold)


def _belongs(event: Event, office: Any, stream_noun: str) -> None:
    """Refuse what is of another version, office, stream or ring."""
    head = event.header
    version = in_force(event, office)
    if not 1 <= version <= NEWEST:
        raise Refused("needs-version", f"This needs a program that knows version {version} of the rules.")
    if not 1 <= head.v <= version:
        raise Refused("unknown-version", "This event is of a version that was not in force.")
    if NOUNS.get(head.kind.split(".")[0]) != stream_noun:
        raise Refused("wrong-stream", "This act does not belong here.")
    if office is None:
        if head.kind != FOUNDING:
            raise Refused("not-founded", "An office begins with its founding.")
        return
    if head.office != office.id:
        raise Refused("wrong-office", "This act is of another office.")
    if stream_noun == "office" and head.stream != office.id:
        raise Refused("wrong-stream", "An act on the office stands in the office's own stream.")
    if head.ring != (office.office_ring if stream_noun == "draft" else office.members_ring):
        raise Refused("wrong-ring", "This act is sealed for others than its stream.")


def step(
    state: Any,
    event: Event,
    office: Any,
    stream_noun: str,
    shown: body.Parts | None = None,
    read: Callable[[str], Any] = _reads_nothing,
) -> tuple[Any, Verdict]:
    """One event onto a state: the new state and the verdict. `shown`: its parts, where its body is not at hand as a whole."""
    by = office.author(event.header.device) if office is not None else Author(event.header.device)
    found: Any = None
    try:
        _belongs(event, office, stream_noun)
        parts = body.decode(event.body) if shown is None else shown
        found = parse(event.header.kind, parts, in_force(event, office))
        if office is not None and not by.person and not getattr(found, "by_guardians_key", False):
            raise Refused("unknown-device", "The device that signed this was not in the office at that place.")
        then = Then(event, body.content_digest(parts), parts, office, read)
        return found.apply(state, by, then), Verdict(event, by, True, act=found)
    except canonical.NotCanonical as error:
        return state, Verdict(event, by, False, "malformed", str(error))
    except Refused as refusal:
        return state, Verdict(event, by, False, refusal.code, refusal.message, found, refusal.help)


def fold(
    start: Any,
    events: Iterable[Event],
    office_at: Callable[[Event], Any],
    noun: str,
    read_at: Callable[[Event], Callable[[str], Any]] = lambda event: _reads_nothing,
) -> tuple[Any, list[Verdict]]:
    """A stream's state and the verdict on each of its events. `read_at`: what an event may read of other streams."""
    state, verdicts = start, []
    for event in events:
        state, verdict = step(state, event, office_at(event), noun, read=read_at(event))
        verdicts.append(verdict)
    return state, verdicts
