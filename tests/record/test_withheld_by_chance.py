"""Offices and sign-offs by chance: whatever of them is withheld, the same acts count and it comes to the same."""

from __future__ import annotations

from typing import Any

import pytest

from g20desk.ledger import body, pieces
from g20desk.ledger.event import Event
from g20desk.record import folding, withholding
from g20desk.record.claims import claims
from g20desk.record.folding import Folded, Proved
from g20desk.record.withholding import Wish
from tests.signoff.paper import DEVICES, Paper
from tests.signoff.test_against_model import Day

NAMED = ("by", "maker", "authors", "stages")


def happened(seed: int, monkeypatch: pytest.MonkeyPatch) -> list[Event]:
    """All acts of a day that have a place, right ones and wrong ones."""
    kept: list[Event] = []
    made = Paper.event

    def event(self: Paper, *about: Any) -> Event:
        one = made(self, *about)
        if one.place is not None:
            kept.append(one)
        return one

    with monkeypatch.context() as patched:
        patched.setattr(Paper, "event", event)
        Day(seed).run()
    return kept


def released(events: list[Event]) -> frozenset[str]:
    """The texts that an emergency release was asked for; a pack shows them in any case."""
    bodies = [(one.header.kind, body.decode(one.body)) for one in events]
    asked = {parts["digest"].value for kind, parts in bodies if kind == "message.released"}
    return frozenset(
        ref["piece"] for kind, parts in bodies if kind == "message.submitted" and body.content_digest(parts) in asked
        for name, part in parts.items() if name.startswith("c.text.") for ref in pieces.refs(part.value)
    )  # fmt: skip


def as_shown(events: list[Event], stream: str, wish: Wish, opened: frozenset[str]) -> Folded:
    """What a reader works out who is shown no text but these, no reason and, where that is wished, no name."""
    made = []
    for number, one in enumerate(events):
        parts = body.decode(one.body)
        hidden = withholding.content_withheld(parts, wish)
        alias = f"Name withheld {number}" if wish.names else ""
        shown = withholding.shown(one.header.kind, parts, opened, hidden, alias)
        for name, part in shown.items():
            assert part is parts[name] or withholding.may(one.header.kind, name, part.value)
            assert part.digest(name) == parts[name].digest(name)
        made.append(Proved(one, shown))
    return folding.fold_again(made, stream)


@pytest.mark.parametrize("block", range(4))
def test_what_is_withheld_changes_no_verdict(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    counted = 0
    for seed in range(block * 10, block * 10 + 10):
        events = happened(seed, monkeypatch)
        submitted = [one for one in events if one.header.kind == "message.submitted" and not one.header.stream]
        # Before one counts, each opens a stream of its own; the paper goes on with the one that did.
        stream = next((one.header.stream for one in events if one.header.stream in {s.id for s in submitted}), "")
        if not stream:
            continue
        mine = [one for one in events if folding.acts.NOUNS[folding.noun(one.header.kind)] == "office"
                or stream in (one.id, one.header.stream)]  # fmt: skip
        whole = folding.fold_again([Proved(one, body.decode(one.body)) for one in mine], stream)
        opened = released(mine)
        for wish in (
            (Wish(), Wish(names=True)) if opened else (Wish(), Wish(contents=True), Wish(names=True, contents=True))
        ):
            said = as_shown(mine, stream, wish, opened)
            for event, verdict in whole.verdicts.items():
                other = said.verdicts[event]
                assert (verdict.counts, verdict.code) == (other.counts, other.code), (seed, verdict, other)
            assert said.message.stages == whole.message.stages
            for name, claim in claims(whole, DEVICES[0]).items():
                assert name in NAMED or claims(said, DEVICES[0])[name] == claim, (seed, name)
        counted += sum(verdict.counts for verdict in whole.of_message)
    assert counted > 100
