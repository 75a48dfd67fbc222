"""Where people get mail: each says their own, and it can be taken out of the record. Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from g20desk.ledger import pieces
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import Office

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_LOCAL}@(?:{_LABEL}\.)+[A-Za-z](?:[A-Za-z0-9-]{{0,61}}[A-Za-z0-9])?\Z")
LONGEST = 254


@act("address.set", since=2)
class Set:
    """Where its author wants notices by mail; null: nowhere. All members can read it."""

    mail: pieces.Ref | None

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        others = {person: ref for person, ref in state.addresses.items() if person != by.person}
        return replace(state, addresses=others if self.mail is None else {**others, by.person: self.mail})


def is_address(text: str) -> bool:
    """Whether it is one plain address (RFC 5321, in ASCII), and nothing besides: what stands in a piece may be anything."""
    return len(text) <= LONGEST and text.partition("@")[0][64:] == "" and bool(_ADDRESS.match(text))
