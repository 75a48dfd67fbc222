"""A desk put back from its backup among others: it goes on from what it did since, sends nothing twice, and forks nothing."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import Desk, copying, evidence, restoring
from g20desk.desk.backing_up import back_up
from g20desk.desk.moving import move
from g20desk.desk.verifying import verify
from g20desk.errors import Refused, Unreachable
from g20desk.ledger import sealed_file
from tests.desks.memory import URL
from tests.desks.world import HEAD, World, apart, world
from tests.story import content

PHRASE = b"correct horse battery"


@pytest.fixture(autouse=True)
def derived_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed_file, "_key", functools.cache(sealed_file._key))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, "otto", "lia") as one:
        one.desk("head").accounts.add("rehearsal", name="Practice", owner="official", like="x")
        one.sync("head", "otto", "lia")
        yield one


def backed_up(office: World, who: str) -> Path:
    back_up(office.folder / who, office.folder / f"{who}.backup", PHRASE, office.clock(who))
    return office.folder / f"{who}.backup"


def put_back(office: World, who: str, backup: Path) -> dict[str, Any]:
    """On another machine: the old one is gone."""
    office.away(who)
    (office.folder / who).rename(office.folder / f"{who}.old{len(list(office.folder.iterdir()))}")
    return restoring.restore(office.folder / who, backup, PHRASE, office.clock(who))


def chain(office: World, who: str) -> str:
    desk = office.desk(who)
    return desk.store.meta(f"chain/{desk.device}")


def scheduled(office: World, text: str, at: int) -> str:
    """Signed off by Lia, scheduled by Otto."""
    otto, lia = office.desk("otto"), office.desk("lia")
    made = otto.messages.new(content(text, to=("Practice",)))
    otto.messages.submit(made["message"])
    office.sync("otto", "lia")
    lia.messages.decide(made["message"], "approve", made["digest"])
    office.sync("lia", "otto")
    otto.messages.schedule(made["message"], at)
    return str(made["message"])


def test_it_draws_a_new_chain_and_goes_on_from_its_own_later_acts(office: World) -> None:
    first = office.draft("otto")
    backup = backed_up(office, "otto")  # `first` waits here, and is handed in afterwards
    later = office.draft("otto")
    office.sync("otto")
    old = chain(office, "otto")
    said = put_back(office, "otto", backup)
    assert not said["waits"] and "g20desk sync" in said["next"]
    assert chain(office, "otto") != old
    mine = office.draft("otto", "Written before it could sync.")
    done = office.desk("otto").sync()
    assert not done.again and not copying.undone(office.desk("otto").store)
    office.sync("head")
    office.alike("otto", "head")
    assert {row.id for row in office.desk("head").messages.rows()} == {first, later, mine}
    assert restoring.next_steps(office.desk("otto").store) == ""


def test_a_publisher_put_back_sends_nothing_again(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    now = office.clock("otto").now_ms()
    message = scheduled(office, "Sent after the backup was made.", now + 60_000)
    backup = backed_up(office, "otto")
    office.clock("otto").on += 61_000
    office.clock("lia").on += 61_000
    office.hub.now = office.clock("otto").now_ms
    assert office.desk("otto").publish.once()["sent"] == 1
    office.sync("otto")
    sent: list[Any] = []
    put_back(office, "otto", backup)
    otto = office.desk("otto")
    (post,) = otto.messages.show(message)["posts"]
    assert post["state"] == "planned" and "put back from a backup" in post["why"]
    from connectors.rehearsal.client import RehearsalClient

    monkeypatch.setattr(RehearsalClient, "send", lambda *words: sent.append(words))
    with pytest.MonkeyPatch.context() as patch:

        def away() -> None:
            raise Unreachable("hub", "The hub can't be reached.", "Try again.")

        patch.setattr(otto, "sync", away)
        otto.publish.once()
        assert not sent and otto.messages.show(message)["posts"][0]["state"] == "planned"
    otto.__dict__.pop("keeper")  # some seconds later it asks again
    otto.publish.once()  # the hub is there again: it learns first
    assert not sent and otto.messages.show(message)["posts"][0]["state"] == "sent"
    assert not evidence.standing(otto.store)


def test_the_backup_of_a_desk_that_waits_to_be_admitted(office: World) -> None:
    from g20desk.desk import joining

    head = office.desk("head")
    request, _ = joining.join(office.folder / "new", joining.invite(head, "Nia New", "officer"), office.clock("new"))
    backup = backed_up(office, "new")
    put_back(office, "new", backup)
    joining.admit(head, request)
    head.sync()
    office.first_sync("new")
    office.alike("head", "new")


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """An office without a hub yet: its founding desk keeps the order."""
    from g20desk.ledger import hub_client
    from tests.desks.memory import MemoryHub
    from tests.story import Hands

    made = World(tmp_path, {URL: MemoryHub(Hands().now_ms)})
    monkeypatch.setattr(hub_client, "Hub", made.made)
    made.opened["head"] = Desk.found(tmp_path / "head", "G20", HEAD, rehearsal=True, clock=made.clock("head"))
    return made


def test_a_keeper_put_back_finds_that_a_hub_took_over_since(alone: World) -> None:
    from g20desk.desk.handing_over import hand_over

    backup = backed_up(alone, "head")
    alone.draft("head")
    hand_over(alone.desk("head"), URL, lambda words: None)
    alone.join("otto", "Otto Officer", "officer", "")
    assert put_back(alone, "head", backup)["waits"]
    head = alone.desk("head")
    with pytest.raises(Refused) as caught:
        hand_over(head, URL, lambda words: None)
    assert caught.value.code in ("restored-keeper", "handed-over")
    move(head, URL, False, lambda words: None)
    assert not restoring.waits(head.store)
    alone.draft("head", "Goes on behind what was done since.")
    alone.sync("head", "otto")
    assert not evidence.standing(head.store)
    alone.alike("head", "otto")


def test_a_keeper_that_signs_a_place_again_is_found_out(alone: World) -> None:
    """The head says that nobody has later places, and somebody has."""
    backup = backed_up(alone, "head")
    alone.desk("head").holds.place("A place that another desk has seen.")
    shown = evidence.head_line(alone.desk("head").store)
    put_back(alone, "head", backup)
    head = alone.desk("head")
    restoring.go_on(head)
    assert verify(head)["verified"]
    with pytest.raises(Refused) as caught:
        evidence.compare(head.ledger, shown, head.clock.now_ms())
    assert caught.value.code == evidence.TWO
    assert evidence.found(head.store)[0].proof and not verify(head)["verified"]
    back_up(alone.folder / "head", alone.folder / "again", PHRASE)  # what was proved is no damage


def test_a_keeper_put_back_places_nothing_that_is_carried_to_it_until_the_head_goes_on(tmp_path: Path) -> None:
    with apart(tmp_path, "otto", "lia") as office:
        office.carry("head", "otto", "lia")
        backup = backed_up(office, "head")
        known = office.draft("otto")
        office.carry("otto", "head")
        office.carry("head", "otto")  # whose place otto has seen
        waits = office.draft("otto", "Carried to a desk that was put back.")
        seen = office.desk("otto").store.last_place()
        put_back(office, "head", backup)
        head = office.desk("head")
        last = head.store.last_place()[0]
        assert last < seen[0] and restoring.waits(head.store)
        done = office.bring("head", office.stick("otto", since=last))
        assert head.store.last_place() == seen and not done.placed, (
            "it takes back what it signed, and signs nothing new"
        )
        hold = restoring.go_on(head)
        assert head.store.get(hold).place == seen[0] + 1 and head.store.get(waits).place == seen[0] + 2
        office.carry("head", "otto")
        office.alike("head", "otto")
        assert {row.id for row in head.messages.rows()} == {known, waits}


def test_a_keeper_put_back_takes_its_later_places_from_another_desk(alone: World) -> None:
    from g20desk.desk.carrying import entries
    from g20desk.desk.intake import Intake

    backup = backed_up(alone, "head")
    alone.draft("head")
    alone.copied("head", "other")
    put_back(alone, "head", backup)
    head, other = alone.desk("head"), alone.desk("other")
    last, ends = head.store.last_place()[0], other.store.last_place()[0]
    Intake(head.ledger).take(entries(other.store, last, ends))
    assert restoring.waits(head.store)
    restoring.go_on(head)
    shown = evidence.head_line(other.store)
    assert evidence.compare(head.ledger, shown, head.clock.now_ms()) == (ends, True)
