"""How a message of a kind of its own is shown where messages are: a line that is signed off is agreed, a relay is asked or taken on."""

from __future__ import annotations

from g20desk.office.form import LINE, RELAY
from ui.texts import State, state
from ui.voice.relay_states import RELAYS

AGREED = State("Agreed", "lock", "lockText")
OWN = {
    (RELAY, "submitted"): RELAYS["asked"],
    (RELAY, "approved"): RELAYS["adopted"],
    (LINE, "approved"): AGREED,
}


def look(kind: str, code: str) -> State:
    """The state of a message as a word, a shape and a colour."""
    return OWN.get((kind, code)) or state(code)
