"""Lines and relays over several desks and a hub: what was done without having heard of the rest counts where it is placed, alike on
every desk."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from g20desk.errors import Refused
from tests.desks.memory import MemoryHub, lost
from tests.desks.world import World, world
from tests.signoff.conftest import HOUR
from tests.story import Hands

NAME, LINE = "Presidency X", "We agreed on debt relief for forty countries by 2027."
LOCK = "debt relief for forty countries"
EVERYBODY = ("head", "otto", "old", "two")
DEEDS = ("adopt", "decline", "move", "withdraw", "submit", "approve", "hold", "publish")


class Apart:
    """The head and an officer; two communicators of Mexico's Presidency, each at a desk; a line that its account is asked to carry."""

    def __init__(self, made: World, hub: Hands) -> None:
        self.world, self.hub = made, hub
        made.desk("head").accounts.add("rehearsal", name=NAME, owner="presidency:MX", like="x")
        made.join("old", "Olga Communicator", "presidency", "MX")
        guest(made, "two", "Tito Communicator")
        self.line, self.relay = self.asked(LINE)

    def asked(self, text: str) -> tuple[str, str]:
        """A line that is agreed, and the relay of it."""
        otto = self.world.desk("otto")
        made = otto.lines.new({"en": text}, "debt", {"en": (LOCK,)})
        otto.messages.submit(made["line"])
        self.world.sync("otto", "head")
        self.world.desk("head").messages.decide(made["line"], "approve", made["digest"])
        self.world.sync("head", "otto")
        (one,) = otto.relays.ask(made["line"], [NAME])
        self.world.sync("otto", *EVERYBODY)
        return str(made["line"]), str(one["relay"])

    def lost(self, *who: str) -> None:
        for one in who:
            self.world.line(one).meet = lost

    def back(self, *who: str) -> None:
        for one in who:
            self.world.line(one).meet = lambda name, when: None
            self.world.sync(one)

    def after(self, hours: float) -> None:
        for clock in (self.hub, *(self.world.clock(who) for who in EVERYBODY)):
            clock.on += round(hours * HOUR)

    def out(self, who: str) -> list[Any]:
        desk = self.world.desk(who)
        return list(desk.accounts.client(desk.accounts.get(NAME)).posts())

    def does(self, what: str, who: str, line: str, relay: str, later: int) -> None:
        """Somebody does something with a line or a relay, or tries to."""
        desk = self.world.desk(who)
        soon = desk.clock.now_ms() + later
        if what == "adopt":
            desk.relays.adopt(relay, f"Today: {LINE}", when_ms=soon)
        elif what == "decline":
            desk.relays.decline(relay, "No.")
        elif what == "move":
            desk.act("relay.moved", {"until": soon + HOUR, "why": None}, relay)
        elif what == "withdraw":
            desk.messages.withdraw(line, "A figure is wrong.")
        elif what == "submit":
            desk.messages.submit(line)
        elif what == "approve":
            desk.messages.decide(line, "approve", desk.messages.get(line).message.digest)
        elif what == "hold":
            desk.holds.place("A rumour", "debt")
        else:
            desk.publish.once()

    def verdicts(self, who: str, relay: str = "") -> list[tuple[str, str, str]]:
        found = self.world.desk(who).ledger.folds.stream("message", relay or self.relay)[1]
        return [(one.event.id, one.event.header.kind, one.code) for one in found]

    def whys(self, who: str) -> dict[str, str]:
        return {kind: code for _, kind, code in self.verdicts(who) if code}

    def alike(self, *relays: str) -> None:
        self.world.sync(*EVERYBODY, *EVERYBODY)
        self.world.alike("head", "otto")
        self.world.alike("old", "two")
        for relay in (self.relay, *relays):
            assert len({tuple(self.verdicts(who, relay)) for who in EVERYBODY}) == 1


def guest(made: World, who: str, name: str) -> None:
    """A second voice of Mexico, let in by its first."""
    from g20desk.desk import joining

    host = made.desk("old")
    request, _ = joining.join(made.folder / who, joining.invite(host, name, "presidency", "MX"), made.clock(who))
    joining.admit(host, request)
    made.sync("old", "head", "old")
    made.first_sync(who)


@pytest.fixture
def apart(tmp_path: Path) -> Iterator[Apart]:
    clock = Hands()
    with world(tmp_path, "otto", hub=MemoryHub(clock.now_ms)) as made:
        yield Apart(made, clock)


def test_a_line_that_another_desk_took_back_meanwhile_is_not_adopted(apart):
    old = apart.world.desk("old")
    apart.lost("old")
    old.relays.adopt(apart.relay, when_ms=old.clock.now_ms() + HOUR)
    assert old.relays.show(apart.relay)["state"] == "adopted", "on its own desk alone, as not yet in the record"
    apart.world.desk("otto").messages.withdraw(apart.line, "A figure is wrong.")
    apart.world.sync("otto")
    apart.back("old")
    apart.alike()
    for who in EVERYBODY:
        assert apart.whys(who) == {"relay.adopted": "not-agreed", "message.scheduled": "not-submitted"}, who
        assert apart.world.desk(who).relays.show(apart.relay)["state"] == "asked"
    apart.after(1.05)
    assert old.publish.once()["sent"] == 0 and not apart.out("old")


def test_an_intent_behind_the_line_s_withdrawal_is_not_sent(apart):
    """The desk has not heard of it and believes the keeper to be there: its intent gets a place first, and does not count there."""
    old = apart.world.desk("old")
    old.relays.adopt(apart.relay, when_ms=old.clock.now_ms() + HOUR)
    apart.world.sync("old", *EVERYBODY)
    apart.after(1.05)
    assert old.keeper.in_reach()
    apart.world.desk("otto").messages.withdraw(apart.line, "A figure is wrong.")
    apart.world.sync("otto")
    assert old.publish.once()["sent"] == 0 and not apart.out("old")
    assert apart.whys("old").get("post.sending") == "not-agreed"
    apart.alike()


def test_what_was_taken_back_meanwhile_is_not_adopted_and_what_was_adopted_first_can_be_taken_back(apart):
    apart.lost("old")
    old = apart.world.desk("old")
    old.relays.adopt(apart.relay)
    apart.world.desk("otto").relays.withdraw(apart.relay, "Another line says it better.")
    apart.world.sync("otto")
    apart.back("old")
    apart.alike()
    assert {apart.world.desk(who).relays.show(apart.relay)["state"] for who in EVERYBODY} == {"withdrawn"}
    assert apart.whys("head") == {"relay.adopted": "taken-back"}


def test_two_communicators_who_answered_apart_the_later_in_the_order_stands(apart):
    apart.lost("old", "two")
    apart.world.desk("old").relays.adopt(apart.relay, f"The President: {LINE}")
    apart.world.desk("two").relays.decline(apart.relay, "Our minister speaks tomorrow.")
    apart.back("two")
    apart.back("old")
    apart.alike()
    shown = [apart.world.desk(who).relays.show(apart.relay) for who in EVERYBODY]
    assert {one["state"] for one in shown} == {"adopted"} and not apart.whys("head")
    assert {str(one["texts"]) for one in shown} == {str({"en": [f"The President: {LINE}"]})}


def test_what_a_revoked_communicator_had_not_handed_in_does_not_count(apart):
    old = apart.world.desk("old")
    apart.lost("old")
    old.relays.adopt(apart.relay, when_ms=old.clock.now_ms())
    apart.world.desk("head").people.revoke("Olga Communicator", old.device, "Left on a train")
    apart.world.sync("head", "otto", "two")
    apart.world.line("old").meet = lambda name, when: None
    with pytest.raises(Refused):
        apart.world.sync("old")
    assert old.publish.once()["sent"] == 0 and not apart.out("old")
    for who in ("head", "otto", "two"):
        assert apart.world.desk(who).relays.show(apart.relay)["state"] == "asked", who


def test_the_office_s_own_program_gets_its_acts_into_the_record_and_nothing_by_it(apart):
    two, otto = apart.world.desk("two"), apart.world.desk("otto")
    two.relays.adopt(apart.relay)
    apart.world.sync("two", "otto")
    kept = otto.messages.get(apart.relay).message
    later = {"when": otto.clock.now_ms(), "zone": "UTC", "together": False, "despite": [], "why": None}
    for kind, values in (
        ("relay.adopted", {**kept.content, "words": kept.relay.words}), ("message.scheduled", later), ("relay.declined", {"why": None}),
        ("post.claimed", {"post": next(iter(kept.posts)), "process": "otto/1", "until": otto.clock.now_ms() + HOUR}),
    ):  # fmt: skip
        with pytest.raises(Refused):
            otto.act(kind, values, apart.relay, keep_refusal=True)
    apart.alike()
    assert apart.whys("two") == {"relay.adopted": "no-right", "message.scheduled": "no-right", "post.claimed": "no-right",
                                 "relay.declined": "malformed"}  # fmt: skip
    assert apart.world.desk("two").relays.show(apart.relay)["state"] == "adopted" and otto.publish.once()["sent"] == 0


def test_whatever_order_desks_get_things_in_they_come_to_the_same(apart):
    """Desks that come and go, act without having heard, and meet the hub when they do."""
    chance = random.Random(3)
    other, relay = apart.asked(f"{LINE} So we said.")
    lines, relays, away = [apart.line, other], [apart.relay, relay], {"old"}
    apart.lost("old")
    apart.does("adopt", "old", apart.line, apart.relay, HOUR)
    apart.does("withdraw", "otto", apart.line, apart.relay, 0)
    apart.world.sync("otto")
    for _ in range(60):
        who = chance.choice(EVERYBODY)
        do = chance.choice((*DEEDS, "adopt", "adopt", "approve", "publish", "come or go", "come or go", "sync", "sync"))
        if do == "come or go":
            apart.back(who) if who in away else apart.lost(who)
            away ^= {who}
        elif do == "sync":
            apart.world.sync(*(set(EVERYBODY) - away))
        else:
            with suppress(Refused):
                apart.does(do, who, chance.choice(lines), chance.choice(relays), chance.choice((0, HOUR)))
        if chance.randrange(9) == 0:
            apart.after(0.3)
    apart.back(*away)
    apart.alike(*relays)
    codes = {code for one in relays for _, _, code in apart.verdicts("head", one)}
    assert {"", "not-agreed"} <= codes
    assert len(apart.out("old")) + len(apart.out("two")) <= 2
