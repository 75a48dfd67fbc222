"""The library over desks at a hub: a set that one proposes and another adopts; what is taken out of the record is taken out of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from g20desk.desk import redacting
from tests.desks.world import World, world
from tests.voice.test_relays import LINE

PHRASE = "a just transition for all who work"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    """A head, an officer and a liaison, each at a desk of their own."""
    with world(tmp_path, "otto", "lia") as one:
        yield one


def offered(office: World, who: str, typed: str) -> list[str]:
    return [one.entry.text for one in office.desk(who).library.offers(typed, len(typed), "en")]


def adopted(office: World, folder: Path) -> str:
    file = folder / "set.tsv"
    file.write_text(f"phrase\n{PHRASE}\n", encoding="utf-8")
    made = office.desk("otto").library.propose(file, "Belém", "Adopted by Leaders.")
    office.sync("otto", "head")
    office.desk("head").library.adopt(made["proposal"])
    return str(made["proposal"])


def test_a_set_reaches_every_desk_once_two_adopted_it(office: World, tmp_path: Path):
    assert PHRASE not in offered(office, "lia", "a just trans")
    one = adopted(office, tmp_path)
    office.sync("lia", "otto")
    assert PHRASE not in offered(office, "lia", "a just trans"), "proposed is not adopted"
    office.sync("head", "otto", "lia")
    for who in ("head", "otto", "lia"):
        assert offered(office, who, "a just trans")[0] == PHRASE
    office.desk("head").library.withdraw(one, "It was a draft.")
    office.sync("head", "lia")
    assert PHRASE not in offered(office, "lia", "a just trans")
    office.sync("otto")
    office.alike("head", "otto")


def test_two_who_propose_the_same_apart_have_one_set(office: World, tmp_path: Path):
    """Each has her own words for it: who comes second in the order is told that it is proposed."""
    one = adopted(office, tmp_path)
    file = tmp_path / "set.tsv"
    office.desk("lia")
    other = office.desk("otto").library
    with pytest.raises(Exception) as caught:
        other.propose(file, "Ours", "Again.")
    assert getattr(caught.value, "code", "") == "proposed-already"
    office.sync("head", "otto")
    assert [row["id"] for row in office.desk("otto").library.sets()] == [one]


def test_what_is_taken_out_of_the_record_is_taken_out_of_the_library(office: World, tmp_path: Path):
    head = office.desk("head")
    made = head.lines.new({"en": LINE}, "debt", {})
    head.messages.submit(made["line"])
    office.sync("head", "otto")
    office.desk("otto").messages.decide(made["line"], "approve", made["digest"])
    one = adopted(office, tmp_path)
    office.sync("otto", "head", "lia")
    assert offered(office, "lia", "We agreed on deb") == [LINE] and offered(office, "lia", "a just trans")[0] == PHRASE
    redacting.redact(head, made["line"], "A name was in it.", ["en"])
    assert offered(office, "head", "We agreed on deb") == [LINE], "it counts once it is placed"
    office.sync("head", "lia")
    assert offered(office, "head", "We agreed on deb") == []
    assert offered(office, "lia", "We agreed on deb") == [] and not office.desk("lia").library.here(LINE, "en")
    redacting.redact(head, one, "A name was in it.")
    office.sync("head", "lia")
    assert PHRASE not in offered(office, "lia", "a just trans")
    assert office.desk("lia").library.sets()[0]["texts"] is None
