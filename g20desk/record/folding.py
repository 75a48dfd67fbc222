"""What the acts of a pack come to by the office's own rules: the office at each place, the message, and the line that a relay
carries, which its verdicts read."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from g20desk.ledger import body, canonical
from g20desk.ledger.event import HEX, Event
from g20desk.office import acts, fold
from g20desk.office.fold import Verdict
from g20desk.office.message import Message
from g20desk.office.state import Office

# Who is in the office, what they may do, who keeps the order: no pack is without these, and none shows but their headers.
PEOPLE = ("office", "member", "device", "role", "proposal", "guardians", "order")
# What no verdict on a message goes by, and what only stops one.
HARMLESS = ("epoch", "roster", "slot", "recurring", "handle", "word", "address", "handover", "archive")
STOPS = ("hold", "embargo", "mourning")
# What is in a pack. Where that is not enough for its verdicts, it holds what stops too, or all acts of the office.
NEEDED = tuple(one for one, of in acts.NOUNS.items() if of == "office" and one not in (*HARMLESS, *STOPS))
DECIDED = "signoff.decided"
ASKED, ADOPTED = "relay.asked", "relay.adopted"


def noun(kind: str) -> str:
    """What an act is on: the first word of its kind."""
    return kind.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Proved:
    """An act whose bytes hold, with the parts of its body as they are shown."""

    event: Event
    parts: body.Parts


@dataclass(slots=True)
class Folded:
    """The office after each of its acts, the message as it stands, and the verdict on each act by its event's id; of a relay the
    line that it carries, after each of its acts."""

    message: Message = field(default_factory=Message)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    of_message: list[Verdict] = field(default_factory=list)
    of_line: list[Verdict] = field(default_factory=list)
    _places: list[int] = field(default_factory=list)
    _offices: list[Office] = field(default_factory=list)
    _lines: list[Message] = field(default_factory=list)

    def office(self, before: int) -> Office:
        """The office as it stood just before a place."""
        number = bisect.bisect_left(self._places, before)
        return self._offices[number - 1] if number else Office()

    def line(self, before: int) -> Message:
        """The line as it stood just before a place."""
        number = bisect.bisect_left(self.of_line, before, key=lambda one: one.event.place or 0)
        return self._lines[number - 1] if number else Message()

    def _reader(self, line: str, place: int) -> Callable[[str], Message]:
        """What an act of a relay may read of other messages: its line, as it stood just before the act's place."""
        return lambda stream: self.line(place) if line and stream == line else Message()

    @property
    def the_line(self) -> Folded:
        """The line that a relay carries, as a message of its own: as it stood just before it was taken on, else as it stands."""
        relay = self.message.relay
        taken = next(
            (v.event.place or 0 for v in self.of_message if relay and v.event.id == relay.adopted), canonical.MAX_INT
        )
        acts_ = [one for one in self.of_line if (one.event.place or 0) < taken]
        return replace(self, message=self.line(taken), of_message=acts_)

    @property
    def now(self) -> Office:
        """The office after all of its acts that are shown."""
        return self._offices[-1] if self._offices else Office()


def line_of(opening: Event | None, parts: body.Parts) -> str:
    """The stream of the line that a relay carries, by the act that the relay began with; empty for another message."""
    said = parts["line"].value if opening is not None and opening.header.kind == ASKED and "line" in parts else ""
    return said if isinstance(said, str) and HEX.match(said) else ""


def fold_again(proved: Iterable[Proved], stream: str) -> Folded:
    """The acts of the office's stream and of a message's, in the order of their places; of a relay's line too, which goes first."""
    made, acts_ = Folded(), list(proved)
    opening = next((one for one in acts_ if one.event.id == stream), None)
    line = line_of(opening.event, opening.parts) if opening else ""
    of_message, of_line = list[Proved](), list[Proved]()
    for one in acts_:
        named = (one.event.header.stream, one.event.id)
        if stream in named or (line and line in named):
            (of_message if stream in named else of_line).append(one)
            continue
        state, verdict = fold.step(made.now, one.event, made.now if made.now.id else None, "office", one.parts)
        made.verdicts[one.event.id] = verdict
        made._places.append(one.event.place or 0)
        made._offices.append(state)
    state = acts.START["message"]
    for one in of_line:
        state, verdict = fold.step(state, one.event, made.office(one.event.place or 0), "message", one.parts)
        made.verdicts[one.event.id] = verdict
        made.of_line.append(verdict)
        made._lines.append(state)
    state = acts.START["message"]
    for one in of_message:
        place = one.event.place or 0
        state, verdict = fold.step(
            state, one.event, made.office(place), "message", one.parts, made._reader(line, place)
        )
        made.verdicts[one.event.id] = verdict
        made.of_message.append(verdict)
    made.message = state
    return made


def standing(folded: Folded, parts: Mapping[str, body.Parts]) -> body.Parts:
    """The parts of the submission that stands; none where there is none."""
    return parts.get(folded.message.submission, {})
