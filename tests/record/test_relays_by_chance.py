"""Relays of offices by chance, right acts and wrong ones: a reader of a pack comes to each verdict that the desks came to, whatever
is withheld."""

from __future__ import annotations

from collections import Counter
from typing import Any

from g20desk.ledger import body, pieces
from g20desk.ledger.event import Event
from g20desk.record import folding, withholding
from g20desk.record.claims import claims
from g20desk.record.folding import Folded, Proved
from g20desk.record.withholding import Wish
from tests.signoff.paper import DEVICES
from tests.voice.day import Day

NAMED = ("by", "maker", "authors", "stages")


def unnamed(said: dict[str, Any]) -> dict[str, Any]:
    """What is claimed, but for names; of the line too."""
    kept = {name: value for name, value in said.items() if name not in NAMED}
    return {**kept, "relay": {**kept["relay"], "line": unnamed(kept["relay"]["line"])}} if "relay" in kept else kept


def as_shown(events: list[Event], stream: str, wish: Wish, whole: Folded) -> Folded:
    """What a reader works out who is shown no piece but the texts that were taken on and, where that is wished, no name."""
    made = []
    taken = (part.value for one in events if one.header.kind == folding.ADOPTED
             for name, part in body.decode(one.body).items() if name.startswith("c.text."))  # fmt: skip
    opened = frozenset(ref["piece"] for value in taken for ref in pieces.refs(value))
    for number, one in enumerate(events):
        parts = body.decode(one.body)
        if whole.verdicts[one.id].code != "malformed":
            hidden = withholding.content_withheld(parts, wish)
            alias = f"Name withheld {number}" if wish.names else ""
            parts = withholding.shown(one.header.kind, parts, opened, hidden, alias)
        made.append(Proved(one, parts))
    return folding.fold_again(made, stream)


def test_a_reader_comes_to_every_verdict_on_a_relay() -> None:
    told: Counter[str] = Counter()
    for seed in range(8):
        day = Day(seed)
        day.run()
        paper, placed = day.paper, day.paper.shelf.placed()
        for stream in list(paper.model.relays)[:8]:
            asked = next(one for one in placed if one.id == stream)
            line = folding.line_of(asked, body.decode(asked.body))
            mine = [one for one in placed if paper.verdicts[one.id][0] == "office"
                    or {stream, line} & {one.id, one.header.stream}]  # fmt: skip
            whole = folding.fold_again([Proved(one, body.decode(one.body)) for one in mine], stream)
            for event, verdict in whole.verdicts.items():
                assert verdict.code == paper.verdicts[event][2], (seed, verdict)
                told[f"{verdict.event.header.kind} {verdict.code or 'counts'}"] += 1
            assert whole.message == paper.state(stream), seed
            langs = {lang for one in whole.of_message if hasattr(one.act, "words") for lang in one.act.words}
            others = tuple(f"c.text.{lang}" for lang in ("en", "fr", "ar", "zh") if lang not in langs)
            for wish in (Wish(), Wish(names=True), Wish(parts=others)):
                said = as_shown(mine, stream, wish, whole)
                codes = {event: (v.counts, v.code) for event, v in said.verdicts.items()}
                assert codes == {event: (v.counts, v.code) for event, v in whole.verdicts.items()}, (seed, wish)
                one, other = (unnamed(claims(x, DEVICES[0])) for x in (whole, said))
                assert one == other and said.message.stages == whole.message.stages, (seed, wish)
    assert told["relay.adopted counts"] > 20 and told["relay.adopted locked-phrase"] and told["post.sending counts"], (
        told
    )
