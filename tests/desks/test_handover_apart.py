"""The Presidency passes over several desks and a hub: whatever a desk has heard, nothing goes out on an account that is no longer its."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.desks.memory import MemoryHub, lost
from tests.desks.world import World, world
from tests.signoff.conftest import HOUR, refused
from tests.story import Hands

NAME, LINE = "Presidency X", "We agreed on debt relief for forty countries by 2027."
EVERYBODY = ("head", "otto", "old", "new")


class Year:
    """Mexico's Presidency at its own desk, Japan's to come at another; a line that Mexico's account has taken on for in an hour."""

    def __init__(self, world: World, hub: Hands) -> None:
        self.world, self.hub = world, hub
        head = world.desk("head")
        head.routes.presidency("MX", "", "JP")
        head.accounts.add("rehearsal", name=NAME, owner="presidency:MX", like="x")
        world.join("old", "Olga Communicator", "presidency", "MX")
        world.join("new", "Nao Communicator", "presidency", "JP")
        self.relay = self.asked(LINE)
        old = world.desk("old")
        old.relays.adopt(self.relay, when_ms=old.clock.now_ms() + HOUR)
        world.sync("old", "head", "otto", "new")

    def asked(self, text: str) -> str:
        otto = self.world.desk("otto")
        made = otto.lines.new({"en": text}, "debt", {})
        otto.messages.submit(made["line"])
        self.world.sync("otto", "head")
        self.world.desk("head").messages.decide(made["line"], "approve", made["digest"])
        self.world.sync("head", "otto")
        (one,) = otto.relays.ask(made["line"], [NAME])
        self.world.sync("otto", *EVERYBODY)
        return str(one["relay"])

    def after(self, hours: float) -> None:
        for clock in (self.hub, *(self.world.clock(who) for who in EVERYBODY)):
            clock.on += round(hours * HOUR)

    def out(self, who: str) -> list[Any]:
        """What a desk's practice network has on the account."""
        desk = self.world.desk(who)
        return list(desk.accounts.client(desk.accounts.get(NAME)).posts())

    def alike(self) -> None:
        self.world.sync(*EVERYBODY, *EVERYBODY)
        self.world.alike("head", "otto")
        self.world.alike("old", "new")


@pytest.fixture
def year(tmp_path: Path) -> Iterator[Year]:
    clock = Hands()
    with world(tmp_path, "otto", hub=MemoryHub(clock.now_ms)) as one:
        yield Year(one, clock)


def test_a_desk_that_was_away_sends_nothing_while_it_is_nor_when_it_is_back(year):
    old, line = year.world.desk("old"), year.world.line("old")
    line.meet = lost
    year.world.desk("head").presidency.hand_over("JP")
    year.world.sync("head")
    year.after(1.05)
    assert old.publish.once()["sent"] == 0 and not year.out("old"), "no keeper in reach"
    line.meet = lambda name, when: None
    year.after(0.05)
    assert old.publish.once()["sent"] == 0 and not year.out("old")
    assert old.office.accounts[old.accounts.get(NAME).id].owner == "presidency:JP"
    with refused("handed-over"):
        old.relays.adopt(year.relay)
    year.alike()


def test_an_intent_of_a_desk_that_has_not_heard_is_placed_behind_the_handover_and_nothing_is_sent(year):
    """It believes the keeper to be there and sends at once: the intent gets a place first, and does not count there."""
    year.after(1.05)
    old = year.world.desk("old")
    assert old.keeper.in_reach()
    year.world.desk("head").presidency.hand_over("JP")
    year.world.sync("head")
    assert old.publish.once()["sent"] == 0 and not year.out("old")
    kinds = {v.event.header.kind: v.code for v in old.messages.get(year.relay).verdicts if not v.counts}
    assert kinds["post.claimed"] == "handed-over" and "post.sending" in kinds
    assert old.relays.show(year.relay)["state"] == "asked"
    year.alike()


def test_an_intent_that_was_placed_first_goes_out_and_its_outcome_counts(year):
    """The head's handover waits on a desk without the hub until the post is out."""
    year.world.line("head").meet = lost
    year.world.desk("head").presidency.hand_over("JP")
    year.after(1.05)
    assert year.world.desk("old").publish.once()["sent"] == 1
    year.world.line("head").meet = lambda name, when: None
    year.world.sync("head", "old", "new", "head")
    assert year.world.desk("head").relays.show(year.relay)["state"] == "carried"
    assert len(year.out("old")) == 1
    year.alike()


def test_the_new_one_takes_over_on_a_desk_of_its_own_and_carries_the_line(year):
    world = year.world
    world.desk("head").presidency.hand_over("JP")
    world.sync("head", "old", "new")
    new, old = world.desk("new"), world.desk("old")
    new.relays.adopt(year.relay, when_ms=new.clock.now_ms())
    assert new.publish.once()["sent"] == 0, "nobody has taken the account over yet"
    assert "taken this account over" in new.messages.show(year.relay)["posts"][0]["why"]
    assert old.custody.release(NAME) == "revoked"
    new.accounts.sign_in(NAME, "a key of Japan's own")
    assert new.publish.once()["sent"] == 1
    world.sync("new", "old", "head", "otto")
    found = {one.item: one for one in world.desk("head").presidency.checklist()}
    assert (found[f"release:{NAME}"].by, found[f"take:{NAME}"].by) == ("Olga Communicator", "Nao Communicator")
    assert world.desk("head").relays.show(year.relay)["state"] == "carried"
    year.alike()


def test_who_has_not_heard_of_it_is_named(year):
    world = year.world
    world.desk("head").presidency.hand_over("JP")
    world.sync("head")

    def unheard() -> str:
        return next(one for one in world.desk("head").presidency.checklist() if one.item == "desks").lacks

    assert {"Olga Communicator", "Nao Communicator", "Otto Officer"} <= set(unheard().split(", "))
    world.sync("otto")
    world.draft("otto")
    world.sync("otto", "head")
    assert "Otto Officer" not in unheard() and "Olga Communicator" in unheard()
    world.desk("old").sync()
    world.desk("old").custody.release(NAME)
    world.sync("old", "head")
    assert "Olga Communicator" not in unheard()
