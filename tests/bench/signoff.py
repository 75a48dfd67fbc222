"""Folding a message that twenty governments have talked about, and Today over many open sign-offs; each beside reading the same
rows plainly from the store."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from g20desk.desk import Desk
from g20desk.ledger import views
from g20desk.office.content import Content, Text
from tests.bench.measuring import Figure, clocked, interleaved
from ui.today import presenter

LANDS = "AR AU BR CA CN DE FR GB ID IN IT JP KR MX RU SA TR US ZA EU".split()  # noqa: SIM905
OPEN = 500
EVENTS = 200
ROUTE = {
    "name": "Statement", "kinds": ["statement"],
    "stage": [
        {"name": "Editors", "who": "role:head", "need": "any", "within": "PT2H"},
        {"name": "Members", "who": "governments:all", "need": "all", "within": "PT24H"},
    ],
}  # fmt: skip


def office(folder: Path) -> Desk:
    """A rehearsal office with twenty liaisons and a route of two stages."""
    head = Desk.found(folder, "G20", "Ada Head", rehearsal=True)
    here = {p.government for p in head.office.people.values() if p.role == "liaison"}
    for land in LANDS:
        if land not in here:
            head.people.admit_here(f"Liaison {land}", "liaison", land)
    head.routes.adopt(ROUTE)
    return head


def submitted(desk: Desk, number: int) -> tuple[str, str]:
    """A statement before its people."""
    text = f"Ministers agreed on paragraph {number} of the statement on debt. #G20"
    made = desk.messages.new(Content("statement", ("G20 Bluesky",), (Text("en", (text,)),)))
    return made["message"], desk.messages.submit(made["message"])["digest"]


def talked_about(folder: Path, head: Desk, events: int) -> str:
    """The stream of a message with so many events: every government answers, again and again, and comments."""
    message, digest = submitted(Desk.open(folder, "Officer"), 0)
    head.messages.decide(message, "approve", digest)
    people = [p.name for p in head.office.people.values() if p.role == "liaison"]
    desks = [Desk.open(folder, name) for name in people]
    stream = head.messages.get(message).stream
    while True:
        for number, desk in enumerate(desks):
            if len(head.store.stream(stream)) >= events:
                return str(stream)
            answer = ("approve", "comment", "object", "comment")[number % 4]
            desk.messages.decide(message, answer, digest, "So we think.")


def run(rounds: int = 9, messages: int = OPEN, events: int = EVENTS) -> list[Figure]:
    """In a fresh office of its own."""
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept) / "desk"
        head = office(folder)
        stream = talked_about(folder, head, events)
        officer = Desk.open(folder, "Officer")
        for number in range(1, messages + 1):
            message, digest = submitted(officer, number)
            if number % 2:
                head.messages.decide(message, "approve", digest)
        desk = Desk.open(folder, "Liaison Brazil")
        return [_fold(rounds, desk, stream), _today(rounds, desk)]


def _fold(rounds: int, desk: Desk, stream: str) -> Figure:
    folds = desk.ledger.folds

    def folded() -> Any:
        folds._streams.clear()
        return folds.stream("message", stream)

    folded()
    read = partial(desk.store.stream, stream)
    ours, plain = interleaved(rounds, lambda: clocked(folded), lambda: clocked(read))
    count, lands = len(read()), len(folds.stream("message", stream)[0].stages[-1].seats)
    return Figure(
        "signoff", "a message folded, from the store", ours, plain, note=f"{count} events, {lands} governments"
    )


def _today(rounds: int, desk: Desk) -> Figure:
    def today() -> Any:
        told = presenter.gather(desk, desk.clock.now_ms())
        return [make() for make in presenter.needed(told, desk.clock.now_ms())[: presenter.PAGE]]

    def plain() -> Any:
        return list(views.newest(desk.store, "message", ("submitted",)))

    ours, baseline = interleaved(rounds, lambda: clocked(today), lambda: clocked(plain))
    return Figure(
        "signoff", "Today over open sign-offs", ours, baseline, note=f"{len(plain())} open, {len(today())} rows made"
    )
