"""Deputies: who speaks for a government in its liaison's place, for some days."""

from __future__ import annotations

from dataclasses import replace

from g20desk.errors import Refused
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import VOICES, Deputy, Office, need

LONGEST = 366 * 86_400_000


@act("deputy.named", since=2)
class DeputyNamed:
    """A liaison names who speaks for their government besides them, from a time to a time; a later one takes the place of
    an earlier one. Nobody is the voice of two governments."""

    person: str
    since: int
    until: int

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "liaison")
        if not by.government:
            raise Refused("no-right", "You speak for no government.")
        found = state.people.get(self.person)
        if found is None or found.retired:
            raise Refused("unknown-person", "This person is not in the office.", "See: g20desk office show")
        if found.id == by.person:
            raise Refused("own-deputy", "A deputy is somebody else.")
        if found.role in ("publisher", "observer"):
            raise Refused(
                "no-right", f"{found.name} decides nothing in this office: {found.role}.", "Name another person."
            )
        speaks = [found.government] if found.role in VOICES else []
        speaks += [
            state.people[liaison].government for liaison, one in state.deputies.items()
            if one.person == found.id and one.since <= self.until and self.since <= one.until
            and not state.people[liaison].retired
        ]  # fmt: skip
        if other := next((one for one in speaks if one not in ("", by.government)), ""):
            raise Refused("other-voice", f"{found.name} speaks for {other}.", "Name another person.")
        if not 0 < self.since <= self.until or self.until - self.since > LONGEST:
            raise Refused("malformed", "A deputy stands in from a time to a later one, for a year at most.")
        if self.until < then.at:
            raise Refused("past", "That time is over.", "Name a later one.")
        made = Deputy(then.event.id, found.id, self.since, self.until)
        return replace(state, deputies={**state.deputies, by.person: made})


@act("deputy.ended", since=2)
class DeputyEnded:
    """A liaison has no deputy any more; the head may end it too."""

    liaison: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        if by.person != self.liaison:
            need(by, "head")
        if self.liaison not in state.deputies:
            raise Refused("no-deputy", "No deputy is named.")
        return replace(state, deputies={who: one for who, one in state.deputies.items() if who != self.liaison})


def deputy_of(office: Office, liaison: str, at: int) -> str:
    """The person who stands in for a liaison at a time; empty for none. A deputy falls with the liaison."""
    found, person = office.deputies.get(liaison), office.people.get(liaison)
    if found is None or person is None or person.retired or person.role != "liaison":
        return ""
    deputy = office.people[found.person]
    # Their own role may have become another one since they were named.
    free = not deputy.retired and deputy.role not in ("publisher", "observer")
    own = deputy.role in VOICES and deputy.government not in ("", person.government)
    return deputy.id if free and not own and found.since <= at <= found.until else ""


def stands_in_for(office: Office, person: str, at: int) -> str:
    """The government that a person speaks for at a time as a liaison's deputy; empty for none."""
    found = (one for one in office.deputies if deputy_of(office, one, at) == person)
    return next((office.people[one].government for one in found), "")
