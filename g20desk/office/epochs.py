"""Epochs: a ring's key for a time, and the devices that it was wrapped for."""

from __future__ import annotations

import re
from dataclasses import replace

from g20desk.errors import Refused
from g20desk.ledger.event import HEX
from g20desk.office.fold import Author, Then, act
from g20desk.office.state import Epoch, Office, need


@act("epoch.opened")
class Opened:
    """A new key for a ring. `epoch` is its name, `parent` that of the epoch in force, whose key is `previous`, sealed under
    the new one, so that one wrap opens all that came before. `devices`: for whom it was wrapped, exactly those entitled.
    `wraps`: the digest of the wraps, which travel in the clear."""

    ring: str
    epoch: str
    parent: str
    previous: str
    devices: list[str]
    wraps: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        need(by, "head", "officer")
        if self.ring not in (state.office_ring, state.members_ring):
            raise Refused("unknown-ring", "There is no such ring.")
        if not HEX.match(self.epoch) or not HEX.match(self.wraps):
            raise Refused("malformed", "An epoch is named by a hash.")
        now = state.epochs.get(self.ring)
        if self.parent != (now.id if now else ""):
            raise Refused("stale-epoch", "This key was made beside another one, which came first.", "Open a new one.")
        if not re.fullmatch("[0-9a-f]{96}" if now else "", self.previous):
            raise Refused("malformed", "A key comes with the one before it, the first one alone.")
        if self.devices != sorted(state.entitled(self.ring)):
            raise Refused("wrong-devices", "A key is wrapped for exactly the devices that may read.", "Open a new one.")
        if now is not None and self.epoch in (now.id, *now.earlier):
            raise Refused("stale-epoch", "This key was in force before.", "Open a new one.")
        earlier = now.earlier | {now.id} if now else frozenset()
        made = Epoch(self.epoch, then.event.id, frozenset(self.devices), earlier)
        return replace(state, epochs={**state.epochs, self.ring: made})


@act("epoch.wrapped")
class Wrapped:
    """The key in force of a ring, for one more device that may read it."""

    ring: str
    epoch: str
    device: str
    wraps: str

    def apply(self, state: Office, by: Author, then: Then) -> Office:
        now = state.epochs.get(self.ring)
        if now is None or now.id != self.epoch:
            raise Refused("stale-epoch", "This key is not the one in force.", "Wrap the newer one.")
        if by.device not in now.devices:
            raise Refused("no-right", "Only who has a key can pass it on.")
        if self.device not in state.entitled(self.ring):
            raise Refused("wrong-devices", "This device may not read that ring.")
        if self.device in now.devices:
            raise Refused("wrapped-already", "This device has the key.")
        if not HEX.match(self.wraps):
            raise Refused("malformed", "The wraps are named by a hash.")
        made = replace(now, devices=now.devices | {self.device})
        return replace(state, epochs={**state.epochs, self.ring: made})
