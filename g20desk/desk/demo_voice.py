"""The demonstration's one voice: agreed lines, and what governments made of them, as acts at their times."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from importlib import resources
from pathlib import Path
from typing import Any

from g20desk.clock import Clock
from g20desk.desk.demo_texts import MINUTE, moment
from g20desk.desk.desk import Desk
from g20desk.network import Part

Act = tuple[int, Callable[[], object]]
PRESIDENCY, ROLE = "Presidency", "presidency"
SECOND = 1_000


class Voice:
    """Opens a desk for each communicator; `acts` are to be done in the order of their times."""

    def __init__(self, folder: Path, desks: Mapping[str, Desk], clock: Clock, now: int) -> None:
        self._folder, self._desks, self._clock, self._now = folder, desks, clock, now
        told = resources.files("resources").joinpath("demo", "voice.toml").read_text("utf-8")
        self._told: dict[str, Any] = tomllib.loads(told)
        self._ids: dict[str, str] = {}
        self._theirs: dict[str, Desk] = {}

    @cached_property
    def _governments(self) -> dict[str, str]:
        return {one["name"]: one["government"] for one in self._told["account"]}

    def begin(self, head: Desk) -> None:
        """The governments' communicators and their accounts."""
        for one in self._told["account"]:
            land = one["government"]
            head.people.admit_here(f"Communicator {land}", ROLE, land)
            head.accounts.add(
                "rehearsal", name=one["name"], owner=f"member:{land}", like=one["like"], langs=tuple(one["langs"])
            )

    def acts(self) -> Iterator[Act]:
        """All of them, with the times they are done at."""
        for one in self._told["line"]:
            begun = self._at(one["begun"])
            yield begun, partial(self._begin, one)
            if one.get("signed") or one.get("route") or one.get("submitted"):
                yield begun + 30 * MINUTE, partial(self._submit, one)
            if "signed" in one:
                yield begun + 90 * MINUTE, partial(self._approve, one, one["signed"])
            if "route" in one:
                yield begun + 60 * MINUTE, partial(self._approve, one, "officer")
                yield begun + 26 * 60 * MINUTE, self._desks["officer"].signoffs.close_over
            for relay in one.get("relay", ()):
                yield from self._relay(one, relay)
            for post in one.get("post", ()):
                yield self._at(post["at"]), partial(self._post, post)
                yield self._at(post["at"]) + 30 * MINUTE, self._desks["officer"].overheard.listen

    def close(self) -> None:
        """Close the desks that were opened."""
        for desk in self._theirs.values():
            desk.store.close()

    def _at(self, told: str) -> int:
        return moment(told, self._now)

    def _begin(self, one: Mapping[str, Any]) -> None:
        until = self._at(one["until"]) if "until" in one else 0
        locks = {lang: tuple(said) for lang, said in one.get("locks", {}).items()}
        made = self._desks[self._author(one)].lines.new(one["text"], one["topic"], locks, until, one.get("source", ""))
        self._ids[one["name"]] = made["line"]

    @staticmethod
    def _author(one: Mapping[str, Any]) -> str:
        return "head" if "route" in one else "officer"

    def _submit(self, one: Mapping[str, Any]) -> None:
        desk = self._desks[self._author(one)]
        desk.messages.submit(self._ids[one["name"]], one.get("route", ""), one.get("overrides"))

    def _approve(self, one: Mapping[str, Any], who: str) -> None:
        desk, id = self._desks[who], self._ids[one["name"]]
        desk.messages.decide(id, "approve", desk.messages.get(id).message.digest)

    def _relay(self, one: Mapping[str, Any], relay: Mapping[str, Any]) -> Iterator[Act]:
        """Asked an hour before anything else happens with it, or a day and two hours after its line was begun."""
        ready = self._at(one["begun"]) + (27 * 60 if "route" in one else 120) * MINUTE
        name = f"{one['name']}/{relay['account']}"
        until = self._at(relay["until"]) if "until" in relay else 0
        yield (
            ready,
            lambda: self._ids.__setitem__(
                name, self._desks["officer"].relays.ask(self._ids[one["name"]], [relay["account"]], until)[0]["relay"]
            ),
        )
        if "declined" in relay:
            yield (
                self._at(relay["declined"]),
                lambda: self._communicator(relay).relays.decline(self._ids[name], relay["why"]),
            )
        if "sent" in relay:
            at = self._at(relay["sent"])
            yield (
                at,
                lambda: self._communicator(relay).relays.adopt(self._ids[name], relay.get("text"), "", at + SECOND),
            )
            yield at + 2 * SECOND, lambda: self._communicator(relay).publish.once()
        if "left" in relay:
            yield (
                self._at(relay["sent"]) + 120 * MINUTE,
                lambda: self._desks["head"].relays.leave(self._ids[name], relay["left"]),
            )

    def _post(self, post: Mapping[str, Any]) -> None:
        """What an account posts of itself, past the office."""
        desk = self._communicator(post)
        client = desk.accounts.client(desk.accounts.get(post["account"]))
        client.send([Part(post["text"], "", {"text": post["text"]})], None, None)

    def _communicator(self, one: Mapping[str, Any]) -> Desk:
        land = self._governments.get(one["account"])
        name = f"Communicator {land}" if land else PRESIDENCY
        if name not in self._theirs:
            self._theirs[name] = Desk.open(self._folder, name, self._clock)
        return self._theirs[name]
