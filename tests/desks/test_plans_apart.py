"""A plan over several desks and a hub: two people who write in it apart, a file imported twice apart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from g20desk.clock import iso
from g20desk.desk.import_csv import Said
from tests.desks.memory import MemoryHub
from tests.desks.world import World, world
from tests.signoff.conftest import HOUR, refused
from tests.story import Hands

ROWS = "id,at,text,to\n1,2999-04-03T09:00Z,Ministers meet. #G20,G20 X\n2,2999-04-03T10:00Z,They leave. #G20,G20 X\n"


@pytest.fixture
def summit(tmp_path: Path) -> Iterator[World]:
    """Head, an officer and Mexico's communicator at desks of their own, with a plan that all have."""
    clock = Hands()
    with world(tmp_path, "otto", hub=MemoryHub(clock.now_ms)) as one:
        head = one.desk("head")
        head.accounts.add("rehearsal", name="MX X", owner="member:MX", like="x")
        one.join("bia", "Bia Communicator", "presidency", "MX")
        day = iso(head.clock.now_ms() + 24 * HOUR)[:10]
        head.plans.new("Day 1", day, "UTC")
        one.sync("head", "otto", "bia")
        yield one


def entries(summit: World, who: str) -> dict[str, dict]:
    return {one["title"]: one for one in summit.desk(who).plans.show("Day 1")["entries"]}


def together(summit: World) -> None:
    summit.sync("head", "otto", "bia", "head", "otto", "bia")
    summit.alike("head", "otto")


def test_two_who_change_one_entry_apart_both_have_their_way_and_of_one_field_the_later_stands(summit):
    head, otto = summit.desk("head"), summit.desk("otto")
    at = head.clock.now_ms() // 60_000 * 60_000 + 5 * HOUR
    one = head.plans.put("Day 1", {"at": at}, title="Doors")
    summit.sync("head", "otto", "bia")
    head.plans.put("Day 1", {"at": at + HOUR, "minutes": 10}, one)
    otto.plans.put("Day 1", {"topic": "press", "minutes": 20}, one)
    summit.sync("head")
    together(summit)
    for who in ("head", "otto", "bia"):
        row = entries(summit, who)["Doors"]
        assert (row["at"], row["topic"], row["minutes"]) == (iso(at + HOUR), "press", 20), who


def test_an_entry_that_was_dropped_meanwhile_is_not_changed_any_more(summit):
    head, otto = summit.desk("head"), summit.desk("otto")
    at = head.clock.now_ms() + 5 * HOUR
    one = head.plans.put("Day 1", {"at": at}, title="Doors")
    summit.sync("head", "otto")
    head.plans.drop("Day 1", [one])
    summit.sync("head")
    otto.plans.put("Day 1", {"at": at + HOUR}, one)
    together(summit)
    assert entries(summit, "otto") == {}
    with refused("unknown-id"):
        otto.plans.put("Day 1", {"minutes": 1}, one)


def test_one_file_imported_at_two_desks_that_did_not_see_each_other_is_in_the_plan_once(summit):
    head, otto = summit.desk("head"), summit.desk("otto")
    said = Said(plan="Day 1")
    for desk in (head, otto):
        made = desk.importing.make(desk.importing.looked("day.csv", ROWS.encode(), said))
        assert made["entries"] == 2
    together(summit)
    for who in ("head", "otto"):
        found = summit.desk(who).plans.show("Day 1")["entries"]
        assert [one["title"] for one in found] == ["Ministers meet. #G20", "They leave. #G20"]
        look = summit.desk(who).importing.looked("day.csv", ROWS.encode(), said)
        assert [one.standing for one in look.wanted] == ["known", "known"]
    first = [one["message"] for one in summit.desk("head").plans.show("Day 1")["entries"]]
    assert first == [one["message"] for one in summit.desk("otto").plans.show("Day 1")["entries"]]


def test_a_government_s_entry_is_its_own_and_the_office_s_the_office_s_on_every_desk(summit):
    bia, otto = summit.desk("bia"), summit.desk("otto")
    at = bia.clock.now_ms() + 5 * HOUR
    bia.plans.put("Day 1", {"at": at, "accounts": ["MX X"]}, title="The President arrives")
    ours = otto.plans.put("Day 1", {"at": at, "accounts": ["G20 X"]}, title="Doors")
    together(summit)
    assert set(entries(summit, "head")) == set(entries(summit, "bia")) == {"The President arrives", "Doors"}
    with refused("no-right"):
        bia.plans.put("Day 1", {"at": at + HOUR}, ours)
