"""The rulebook: which version of the shared code is in force, and how two people adopt the next one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from g20desk.errors import Refused
from g20desk.ledger import canonical, pieces
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import Office, RulebookTakenBack, RulebookVersion, need


def digest(files: dict[str, str]) -> str:
    """The digest of a rulebook's files, by name. Raises NotCanonical for names or texts that can't be signed."""
    return canonical.digest("rulebook", canonical.dumps(files))


def check_pin(pin: dict[str, Any], office: Office) -> None:
    """Refuse what names no rulebook that findings could have been made with: version 0 is what a program carries, and
    programs differ; any other one was adopted before. An older version is fine: a desk may not know of the newest."""
    version, names = pin.get("version"), pin.get("digest")
    if set(pin) != {"version", "digest"} or type(version) is not int or not isinstance(names, str):
        raise Refused("malformed", "A rulebook is named by its version and digest.")
    if not HEX.match(names) or version < 0:
        raise Refused("malformed", "A rulebook is named by its version and digest.")
    if version and (version > len(office.rulebooks) or office.rulebooks[version - 1].digest != names):
        raise Refused("unknown-rulebook", "This was checked with a rulebook that the office had not adopted.")


@act("rulebook.adopted")
class RulebookAdopted:
    """Puts a version of the rulebook in force: one of two people, the head among them, proposes it, the other signs
    the same. `digest` is over `files`, the piece that holds all rule files; `note` says what changes."""

    version: int
    digest: str
    note: pieces.Ref
    files: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        if self.version != len(state.rulebooks) + 1:
            raise Refused(
                "stale-version", f"The next version is {len(state.rulebooks) + 1}, not {self.version}.",
                "Look at the rulebook in force, then propose again.",
            )  # fmt: skip
        if not HEX.match(self.digest):
            raise Refused("malformed", "A rulebook is named by its digest.")
        mine = RulebookVersion(
            then.event.id, self.version, self.digest, self.note, self.files, by.person, then.event.header.at
        )
        found = state.rulebook_proposed
        first = state.people[found.by] if found is not None else None
        if found is None or first is None or first.retired:
            return replace(state, rulebook_proposed=mine, rulebook_taken_back=None)
        same = (self.digest, self.note, self.files) == (found.digest, found.note, found.files)
        if not same and by.person != first.id and by.role != "head":
            raise Refused(
                "other-digest", f"{first.name} has proposed other rules as version {found.version}.",
                "Adopt those, or ask their author or the head to propose anew.",
            )  # fmt: skip
        if not same:
            return replace(state, rulebook_proposed=mine)
        if first.id == by.person:
            raise Refused("second-person", "A second person adopts a rulebook.", "Ask a colleague.")
        if "head" not in (first.role, by.role):
            raise Refused("no-right", "The head is one of the two who adopt a rulebook.", "Ask the head.")
        adopted = replace(found, adopted_by=by.person, adopted_at=then.event.header.at)
        return replace(state, rulebooks=(*state.rulebooks, adopted), rulebook_proposed=None)


@act("rulebook.withdrawn")
class RulebookWithdrawn:
    """Takes an open proposal off the table: its author withdraws it, or the head declines it. `proposal`: its first act."""

    proposal: str
    why: pieces.Ref

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        found = state.rulebook_proposed
        if found is None or found.event != self.proposal:
            raise Refused("unknown-id", "There is no such open proposal.", "See: g20desk rulebook show")
        if by.person != found.by and by.role != "head":
            first = state.people[found.by].name
            raise Refused("no-right", f"{first} proposed this; they withdraw it, or the head declines it.", "Ask them.")
        taken_back = RulebookTakenBack(found, by.person, then.event.header.at, self.why)
        return replace(state, rulebook_proposed=None, rulebook_taken_back=taken_back)
