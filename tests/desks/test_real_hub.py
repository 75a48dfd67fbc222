"""What whoever runs a hub can do to its database, against desks by the command line: old copies, another history, rubbish."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import psycopg
import pytest

from g20desk.ledger import envelope, keys
from g20desk.ledger.keys import DeviceKey
from tests.journeys.test_many_desks import Desks
from tests.servers.hub import HubProcess, running_hub
from tests.servers.postgres import Postgres


class Room:
    """A machine room: the hub may be stopped, its database changed, and started again at the same address."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.hub = HubProcess(database, "--open")
        self.listen = self.hub.url.removeprefix("http://")

    def changed(self, *statements: tuple[str, tuple[Any, ...]]) -> None:
        """By the owner of the database, while the hub stands still."""
        self.hub.stop()
        with psycopg.connect(self.database) as owner:
            for statement, values in statements:
                assert owner.execute(statement.encode(), values).rowcount > 0
        self.hub = HubProcess(self.database, "--open", "--listen", self.listen)

    def asked(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database) as owner:
            return owner.execute(question.encode(), values).fetchall()


@pytest.fixture
def room(database: str):
    one = Room(database)
    yield one
    one.hub.stop()


@pytest.fixture
def desks(tmp_path: Path, room: Room) -> Desks:
    """A head and an officer whose newest acts the hub has, and both desks too."""
    made = Desks(tmp_path)
    made.found(room.hub)
    made.join("officer", "Otto Officer", "--role", "officer")
    for number in range(3):
        new(made, f"Ministers agreed on point {number}.")
    for who in ("officer", "head"):
        made.run(who, "sync", "--json")
    return made


def new(desks: Desks, text: str) -> str:
    told = desks.run("officer", "message", "new", "--text", "-", "--to", "G20 Bluesky", "--json", text=text)
    return str(told["message"])


def place(desks: Desks, who: str) -> tuple[int, str]:
    told = desks.run(who, "sync", "--json")
    return told["place"], told["head"]


def test_a_hub_from_an_old_copy_gets_back_what_it_signed_before_anything_new(desks: Desks, room: Room) -> None:
    last, head = place(desks, "officer")
    room.changed(("delete from hub.entries where n > %s", (last - 3,)))
    new(desks, "After the loss.")
    assert place(desks, "officer")[0] == last + 1
    assert room.asked("select encode(hash, 'hex') from hub.entries where n = %s", last) == [(head,)]
    assert room.asked("select count(*) from hub.entries where sealed is null")[0] == (0,)
    assert place(desks, "head") == place(desks, "officer")


def test_another_history_signed_with_the_hubs_key_is_found_and_proved(desks: Desks, room: Room, tmp_path: Path) -> None:
    last, head = place(desks, "head")
    ((seed,),) = room.asked("select seed from hub.keeper where salt is null")
    key = DeviceKey(seed, bytes(32))
    ((office, stamp, digest, before),) = room.asked(
        "select encode(e.office, 'hex'), e.stamp, encode(e.digest, 'hex'), encode(b.hash, 'hex') from hub.entries e "
        "join hub.entries b on b.office = e.office and b.n = e.n - 1 where e.n = %s", last,
    )  # fmt: skip
    other = envelope.next_hash(office, last, before, digest, stamp + 1)
    receipt = key.sign("receipt", envelope.receipt_bytes(office, last, other, stamp + 1))
    room.changed((
        "update hub.entries set stamp = stamp + 1, hash = %s, receipt = %s where n = %s", (bytes.fromhex(other), receipt, last)
    ))  # fmt: skip
    told = desks.run("head", "sync", "--json", code=1)
    assert told["error"]["code"] == "two-histories" and f"place {last}" in told["error"]["message"]
    assert "two histories" in desks.run("head", "hub", "status", "--json")["fault"]
    found = desks.run("head", "ledger", "verify", "--json", code=1)
    assert not found["verified"] and "two histories" in found["faults"][0]
    assert "two histories" in desks.run("head", "doctor", code=1)
    proof = tmp_path / "proof.json"
    listed = desks.run("head", "ledger", "evidence", str(proof), "--json")
    assert [one["proof"] for one in listed["found"]] == [True]
    value = json.loads(proof.read_bytes())
    shown = value["found"][0]["shown"]
    assert {one["hash"] for one in shown if one["place"] == last} == {head, other}
    for one in shown:
        said = envelope.receipt_bytes(value["office"], one["place"], one["hash"], one["stamp"])
        keys.verify(key.device, "receipt", said, bytes.fromhex(one["receipt"]))
    line = desks.run("head", "ledger", "head", "--json")["head"]
    assert desks.run("officer", "ledger", "compare", line, "--json") == {"place": last, "same": True}


def test_rubbish_in_the_database_is_named_and_the_rest_goes_on(desks: Desks, room: Room) -> None:
    last, _ = place(desks, "head")
    new(desks, "Not yet seen by the head.")
    desks.run("officer", "sync", "--json")
    ((whole,),) = room.asked("select receipt from hub.entries where n = %s", last + 1)
    room.changed(("update hub.entries set receipt = %s where n = %s", (bytes(64), last + 1)))
    told = desks.run("head", "sync", "--json", code=1)
    assert told["error"]["code"] == "bad-order" and told["error"]["help"]
    assert desks.run("head", "ledger", "verify", "--json")["verified"], "nothing of it came in"
    room.changed(("update hub.entries set receipt = %s where n = %s", (whole, last + 1)))
    assert place(desks, "head")[0] == last + 1
    assert not desks.run("head", "hub", "status", "--json")["fault"]
    listed = desks.run("head", "ledger", "evidence", "--json")
    assert [one["code"] for one in listed["found"]] == ["bad-order"] and not listed["standing"]


def test_desks_compare_heads_by_a_line(desks: Desks, room: Room) -> None:
    new(desks, "Not yet seen by the head.")
    desks.run("officer", "sync", "--json")
    line = desks.run("officer", "ledger", "head", "--json")
    told = desks.run("head", "ledger", "compare", "-", "--json", text=line["head"] + "\n")
    assert told == {"place": line["place"], "same": None}
    desks.run("head", "sync", "--json")
    assert desks.run("head", "ledger", "head", "--json") == line
    assert len(line["words"].split()) == 6
    assert desks.run("head", "ledger", "compare", "rubbish", "--json", code=2)["error"]["code"] == "no-head"


def test_a_lost_hub_is_rebuilt_by_the_desks(desks: Desks, room: Room, postgres: Postgres) -> None:
    new(desks, "Only the officer and the lost hub know this.")
    last, head = place(desks, "officer")
    receipts = room.asked("select n, receipt from hub.entries order by n")
    room.hub.stop()
    elsewhere = postgres.fresh()
    with running_hub(elsewhere, "--open") as other:
        command = ("hub", "move", other.url, "--json")
        assert "every other desk" in desks.run("head", *command)["next"]
        told = desks.run("officer", *command)
        assert (told["place"], told["head"]) == (last, head)
        assert "second person" in desks.run("head", *command, "--finish")["next"]
        assert desks.run("head", "sync", "--json", code=1)["error"]["code"] == "half-handed-over"
        assert "keeps the order" in desks.run("officer", *command)["next"]
        new(desks, "Written after the move.")
        assert place(desks, "officer")[0] == last + 3
        assert place(desks, "head") == place(desks, "officer")
        found = desks.run("head", "ledger", "verify", "--json")
        assert found["verified"] and not found["refused"]
        with psycopg.connect(elsewhere) as owner:
            assert (
                owner.execute("select n, receipt from hub.entries where n <= %s order by n", (last,)).fetchall()
                == receipts
            )
