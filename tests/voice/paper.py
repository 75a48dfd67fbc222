"""An office with lines and relays on paper: real events on a shelf in memory, folded as a desk folds its store
(`g20desk/desk/folding.py`) and told to the model, one after the other."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from g20desk.desk.folding import Folds
from g20desk.ledger import body
from g20desk.ledger.event import Event, Header, event_id
from g20desk.office import acts
from g20desk.office.fold import Verdict
from g20desk.office.message import Message
from g20desk.office.relays import agreed
from tests.signoff.model_office import Fact
from tests.signoff.paper import BOXES, DEVICES, START, Paper, parts, revision
from tests.voice.model_posts import Voice

VERSION = 3
NOTHING = "7" * 64
# Of the office's acts; who may let whom in, or place a hold, is for other tests.
COMPARED = ("route.adopted", "deputy.named", "deputy.ended")


class Shelf:
    """In the place of a desk's store: its streams."""

    def __init__(self) -> None:
        self.streams: dict[str, list[Event]] = {}

    def put(self, item: Event) -> None:
        self.streams.setdefault(item.header.stream or item.id, []).append(item)

    def stream(self, stream: str, since: int = 0) -> list[Event]:
        found = self.streams.get(stream, [])
        placed = sorted((one for one in found if (one.place or 0) > since), key=lambda one: one.place or 0)
        return [*placed, *(one for one in found if one.place is None)]

    def meta(self, name: str) -> str:
        return next(iter(self.streams))

    def placed(self) -> list[Event]:
        return sorted(
            (one for all in self.streams.values() for one in all if one.place is not None),
            key=lambda one: one.place or 0,
        )


class VoicePaper(Paper):
    """What is on the shelf so far, and the model beside it. A number stands for each device."""

    model: Voice  # type: ignore[assignment]

    def __init__(self) -> None:
        self.shelf, self.model = Shelf(), Voice()
        self.folds = Folds(self.shelf)  # type: ignore[arg-type]
        self.now, self.place, self.placed = START, 0, True
        self._office: tuple[int, Any] = (-1, None)
        self.happened: list[list[Any]] = []
        self.counted: Counter[str] = Counter()
        self.verdicts: dict[str, tuple[str, str, str]] = {}  # what was said of each placed act: its noun, stream, code
        self.said: dict[str, dict[str, Any]] = {}  # what each act says, as the model is told
        self.number = itertools.count(1)
        self.acts("office.founded", 0, name="G20", head="Person 0", box=BOXES[0], rehearsal=False,
                  office_ring="a" * 64, members_ring="b" * 64)  # fmt: skip

    @property
    def office(self) -> Any:  # type: ignore[override]
        """As it stands, folded once for each act."""
        number = len(self.happened)
        if self._office[0] != number:
            self._office = number, self.folds.office() if self.shelf.streams else acts.START["office"]
        return self._office[1]

    def state(self, stream: str) -> Message:
        found: Message = self.folds.stream("message", stream)[0]
        return found

    def made(self, kind: str, device: int, values: dict[str, Any], stream: str, off: int = 0) -> Event:
        office, before = self.office, self.shelf.streams.get(stream, [])
        body_parts = parts(values)
        head = Header(
            VERSION, office.id, office.members_ring, stream, kind, self.now + off, DEVICES[device], "c" * 64, next(self.number),
            before[-1].id if before else "", (), "", body.body_digest(body_parts),
        )  # fmt: skip
        raw = head.encode()
        return Event(event_id(raw), head, raw, b"", body.encode(body_parts))

    def acts(  # type: ignore[override]
        self,
        kind: str,
        device: int,
        /,
        off: int = 0,
        said: dict[str, Any] | None = None,
        stream: str = "",
        **values: Any,
    ) -> Verdict:
        """Somebody does something, in a stream or as what opens one."""
        noun = acts.NOUNS[kind.split(".")[0]]
        item = self.made(kind, device, values, stream or (self.office.id if noun == "office" else ""), off)
        self.said[item.id] = {**values, **(said or {})}
        return self.takes(item)

    def takes(self, item: Event) -> Verdict:
        """An act at the next place, or as the last of what has none."""
        if self.placed:
            self.place += 1
            item = replace(item, place=self.place, stamp=self.now)
        self.shelf.put(item)
        kind, head, said = item.header.kind, item.header, self.said[item.id]
        noun, stream = acts.NOUNS[kind.split(".")[0]], head.stream or item.id
        verdicts = self.folds.office_verdicts() if noun == "office" else self.folds.stream(noun, stream)[1]
        verdict = next(one for one in verdicts if one.event.id == item.id)
        fact = Fact(item.id, kind, head.device, head.at, item.stamp, said)
        self.happened.append([fact, stream, verdict.code, ""])
        if noun == "office" and kind not in COMPARED:
            if verdict.counts and self.done(fact):
                assert not (no := self.model.on_office(fact)), no
        else:
            no = self.model.on_office(fact) if noun == "office" else self.model.on_stream(stream, fact)
            self.happened[-1][3] = no
            assert verdict.counts == (not no), (
                f"the fold: {verdict.code or 'counts'} ({verdict.why}); the model: {no or 'counts'}"
            )
        self.counted[f"{kind} {verdict.code or 'counts'}"] += 1
        self.counted["tentative"] += not self.placed
        if self.placed:
            self.verdicts[item.id] = noun, stream, verdict.code
        return verdict

    def line(
        self,
        by: int,
        drafter: int,
        draft: int,
        content: dict[str, Any],
        stream: str = "",
        route: str = "",
        off: int = 0,
    ) -> Verdict:
        """Somebody submits a line, or something that is no good line, of the draft with this number."""
        office = self.office.id
        first, header = revision(drafter, office, draft)
        report = {"piece": "1" * 64, "key": "2" * 64, "size": 3}
        return self.acts(
            "message.submitted", by, off, stream=stream, draft=first, route=route, rulebook={"version": 0, "digest": "d" * 64},
            report=report, findings=[], overrides=[], headers=[header], **content,
            said={"digest": body.content_digest(parts(content)), "content": content["c.kind"], "values": content, "text": "",
                  "blocking": [], "overrides": [], "revisions": [DEVICES[drafter]]},
        )  # fmt: skip

    @contextmanager
    def tentative(self) -> Iterator[list[Event]]:
        """What happens in here has no place, and binds nobody. It is given to whoever wants to hand it in afterwards."""
        before, kept, now = self.model, {name: list(all) for name, all in self.shelf.streams.items()}, self.now
        self.placed, self.model = False, before.copy()
        made: list[Event] = []
        yield made
        made += [one for all in self.shelf.streams.values() for one in all if one.place is None]
        self.placed, self.model, self.now, self.shelf.streams = True, before, now, kept
        self._office = (-1, None)

    def story(self) -> str:
        """All that happened, for a person to read."""
        made = []
        for fact, stream, code, no in self.happened:
            said = {
                name: value for name, value in fact.said.items() if not name.startswith(("c.to", "c.post", "values"))
            }
            when = f"{fact.when - START:,}{'' if fact.stamp else ' tentative'}"
            who = self.who(DEVICES.index(fact.device))
            made.append(
                f"{fact.kind} by {who} at {when} in {stream[:6]}: {self.short(said)} -> {code or 'counts'}  [{fact.id[:6]}] {no}"
            )
        return "\n".join(made)

    # How fold and model are compared.

    def same(self) -> None:
        """Lines and relays as the model has them, against what the fold comes to."""
        model = self.model
        for stream, judge in model.messages.items():
            state, n = self.state(stream), len(judge.facts)
            digest = judge.digest(n) if judge.submission(n) is not None else ""
            assert (state.digest if state.submission and not state.withdrawn else "") == digest
            assert agreed(state, self.now) == model.agreed(stream, digest, self.now), f"line {stream[:6]}"
        for stream, relay in model.relays.items():
            state, asked = self.state(stream), relay[0].said
            assert state.relay is not None
            if model.passed(asked["account"]) >= relay[0].note["office"]:
                continue  # what then stands of it is asked by what somebody does with it
            last, found = model.answer(relay), state.relay
            assert (found.stream, found.digest, found.account) == (asked["line"], asked["digest"], asked["account"])
            times = [one.said["until"] for one in relay if one.kind in ("relay.asked", "relay.moved")]
            assert found.until == times[-1], f"relay {stream[:6]} until"
            answered = (last.kind, last.id) if last else ("", "")
            theirs = next(
                (
                    (f"relay.{kind}", id)
                    for kind in ("withdrawn", "declined", "adopted")
                    if (id := getattr(found, kind))
                ),
                ("", ""),
            )
            assert theirs == answered, f"relay {stream[:6]}: {theirs} in the fold, {answered} in the model"
            if (adopted := model.adopted(relay)) is not None:
                assert found.words == adopted.said["words"]
            assert state.planned_at == model.scheduled(relay), f"relay {stream[:6]} planned"
            mine = {key: one["state"] for key, one in model.posts(relay).items()}
            assert {key: post.state for key, post in state.posts.items()} == mine, f"posts of {stream[:6]}"

    def again(self, order: list[int]) -> None:
        """A desk that holds the same and asks in another order says the same of every act."""
        folds, all = Folds(self.shelf), list(self.verdicts.items())  # type: ignore[arg-type]
        for number in order:
            id, (noun, stream, code) = all[number % len(all)]
            verdicts = folds.office_verdicts() if noun == "office" else folds.stream(noun, stream)[1]
            assert next(one.code for one in verdicts if one.event.id == id) == code, id
