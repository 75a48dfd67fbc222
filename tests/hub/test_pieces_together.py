"""Small pieces come and go many at a time: as safely as one by one, and with few requests."""

from __future__ import annotations

import secrets
import threading
from collections import Counter

import psycopg
import pytest

from g20desk.errors import Refused, Unreachable
from g20desk.hub import database as databases
from g20desk.ledger import envelope, wire
from g20desk.ledger.hub_session import Session
from g20desk.ledger.wire import ALONE, DROPPED, LACKS, Piece
from tests.hub.office import Office
from tests.hub.test_door import Raw, code
from tests.servers.chaos import BEHAVIOURS, Chaos
from tests.servers.hub import running_hub


def made(count: int, size: int = 272) -> dict[str, bytes]:
    """Sealed pieces by their digests."""
    found = [secrets.token_bytes(size) for _ in range(count)]
    return {envelope.sealed_digest(one): one for one in found}


def packed(pieces: dict[str, bytes]) -> bytes:
    return wire.pack_pieces(Piece(digest, sealed) for digest, sealed in pieces.items())


@pytest.fixture
def asked(monkeypatch) -> Counter:
    """How often each address was asked."""
    count: Counter = Counter()
    before = Session.ask

    def ask(self, method, path, query, body, more):
        count[f"{method} {path.split('/')[4]}"] += 1
        return before(self, method, path, query, body, more)

    monkeypatch.setattr(Session, "ask", ask)
    return count


def test_many_take_few_requests(served, office, asked):
    desk = office.move_to(served.url)
    pieces = {**made(1_500), **made(2, 3 << 20), **made(3, 60_000)}
    asked.clear()
    desk.put_pieces(pieces.items())
    assert asked == {"POST pieces": 2, "PUT pieces": 6}
    asked.clear()
    assert dict(desk.get_pieces([*pieces, "1" * 64])) == pieces
    assert asked == {"POST fetch": 2, "GET pieces": 2}
    desk.put_pieces(pieces.items())
    assert desk.missing_pieces(list(pieces)) == []


def test_an_answer_holds_what_it_may_and_the_rest_is_asked_for_again(database, office, asked):
    with running_hub(database, limits={"page": 100_000, "small": 40_000}) as hub:
        desk = office.move_to(hub.url)
        pieces = {**made(7, 40_000), **made(300, 1_000), **made(1, 40_001)}
        desk.put_pieces(list(pieces.items())[:-1])
        desk.put_piece(*list(pieces.items())[-1])
        asked.clear()
        assert dict(desk.get_pieces(list(pieces))) == pieces
        assert asked["POST fetch"] == 7 and asked["GET pieces"] == 1
        raw = Raw(hub.url, office)
        body = b'{"pieces": ["%s"]}' % list(pieces)[-1].encode()
        assert wire.unpack_pieces(raw.ask("POST", "/fetch", body=body).content)[0].how == ALONE


def test_one_that_does_not_hold_is_named_and_none_is_taken(served, office):
    desk = office.move_to(served.url)
    raw = Raw(served.url, office)
    good, large = made(3), made(1, (64 << 10) + 1)
    first = next(iter(good))
    for bad, expected in (
        (packed(good) + wire.pack_pieces([Piece("1" * 64, b"x" * 272)]), (422, "piece-digest")),
        (packed(good) + packed(large), (413, "piece-size")),
        (packed(good) + wire.pack_pieces([Piece(first, how=LACKS)]), (422, "form")),
        (packed(good) + bytes.fromhex(first) + b"\0" + bytes(4), (422, "form")),
        (packed(good) + bytes.fromhex(first) + b"\7" + bytes(4), (422, "form")),
        (packed(good) + bytes.fromhex(first) + b"\0\xff\xff\xff\xff" + b"x", (422, "form")),
        (packed(good)[:-1], (422, "form")),
        (b"", (422, "batch")),
        (packed(made(1_001, 8)), (422, "batch")),
    ):
        answer = raw.ask("POST", "/pieces", body=bad)
        assert code(answer) == expected
    assert sorted(desk.missing_pieces(list(good))) == sorted(good)
    assert raw.ask("POST", "/pieces", body=packed(good) + packed(good)).json() == {"left": []}
    assert dict(desk.get_pieces(list(good))) == good


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"pieces": 1}', b'{"pieces": ["x"]}', b'{"pieces": [1]}', b"\xff"])
def test_a_question_has_its_form(served, office, body):
    office.move_to(served.url)
    assert code(Raw(served.url, office).ask("POST", "/fetch", body=body)) == (422, "form")
    many = b'{"pieces": [' + b",".join([b'"%s"' % (b"1" * 64)] * 1_001) + b"]}"
    assert code(Raw(served.url, office).ask("POST", "/fetch", body=many)) == (422, "form")


def test_who_may_is_who_may_with_one(served, office):
    desk = office.move_to(served.url)
    pieces = made(2)
    stranger, again = Raw(served.url, office, office.device()), Raw(served.url, office)
    question = b'{"pieces": ["%s"]}' % next(iter(pieces)).encode()
    assert code(stranger.ask("POST", "/pieces", body=packed(pieces))) == (403, "device-out")
    assert code(stranger.ask("POST", "/fetch", body=question)) == (403, "device-out")
    for path, body in (("/pieces", packed(pieces)), ("/fetch", question)):
        headers = again.headers("POST", path, body=body)
        assert again.ask("POST", path, body=body, headers=headers).is_success
        assert code(again.ask("POST", path, body=body, headers=headers)) == (401, "replay")
        assert code(again.ask("POST", path, body=body + b" ", headers=again.headers("POST", path, body=body))) == (
            401,
            "body",
        )
    # What one office put there is not there for another.
    other = Office()
    theirs = other.move_to(served.url)
    assert not list(theirs.get_pieces(list(pieces))) and theirs.missing_pieces(list(pieces))
    assert dict(desk.get_pieces(list(pieces))) == pieces


def test_what_was_dropped_is_passed_over(served, office):
    desk = office.move_to(served.url)
    pieces = made(3)
    dropped = next(iter(pieces))
    desk.put_pieces(pieces.items())
    desk.drop_piece(dropped)
    desk.put_pieces(pieces.items())
    assert dict(desk.get_pieces(list(pieces))) == {**pieces, dropped: None}
    raw = Raw(served.url, office)
    assert raw.ask("POST", "/pieces", body=packed(pieces)).json() == {"left": [dropped]}
    found = wire.unpack_pieces(raw.ask("POST", "/fetch", body=b'{"pieces": ["%s"]}' % dropped.encode()).content)
    assert [one.how for one in found] == [DROPPED]
    assert desk.append([office.head.act("Refers to them", list(pieces))])[0].n == 4


def test_parts_that_are_no_piece_stay_none(served, office):
    """A device that says of rubbish that it is the beginning of a piece does not have it taken for the piece."""
    desk = office.move_to(served.url)
    ana = office.device()
    office.admit(desk, ana)
    pieces = made(2)
    spoilt = next(iter(pieces))
    evil = Raw(served.url, office, ana)
    assert evil.ask("PUT", f"/pieces/{spoilt}", "at=0&size=100000", b"!" * 65_536).is_success
    assert evil.ask("POST", "/pieces", body=packed(pieces)).json() == {"left": [spoilt]}
    assert desk.missing_pieces(list(pieces)) == [spoilt]
    desk.put_pieces(pieces.items())
    assert dict(office.at(served.url, ana).get_pieces(list(pieces))) == pieces


def test_the_same_pieces_from_many_sides_at_once(served, office):
    desk = office.move_to(served.url)
    devices = [office.device() for _ in range(4)]
    office.admit(desk, *devices)
    pieces = list(made(400).items())
    trouble: list[BaseException] = []

    def bring(number: int) -> None:
        hub = office.at(served.url, devices[number % 4])
        try:
            hub.put_pieces(pieces if number < 4 else pieces[::-1])
        except BaseException as error:
            trouble.append(error)

    threads = [threading.Thread(target=bring, args=(number,)) for number in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    assert not trouble and dict(desk.get_pieces([digest for digest, _ in pieces])) == dict(pieces)


def test_tiny_pieces_use_up_room_too(database, office):
    with running_hub(database, limits={"device": 100_000}) as hub:
        desk = office.move_to(hub.url)
        desk.put_pieces(made(200, 10).items())
        with pytest.raises(Refused) as caught:
            desk.put_pieces(made(50, 10).items())
        assert caught.value.code == "room"
        with pytest.raises(Refused, match="device's room for pieces"):
            for digest, sealed in made(50, 10).items():
                desk.put_piece(digest, sealed)


def usage(url: str) -> int:
    with psycopg.connect(url) as owner:
        row = owner.execute("select sum(bytes) from hub.usage").fetchone()
    return int(row[0])


def test_room_is_counted_as_rows_come_and_go(database, monkeypatch):
    scripts = databases._scripts()
    monkeypatch.setattr(databases, "_scripts", lambda: scripts[:2])
    databases.prepare(database)
    row = "insert into hub.parts (office, digest, device, at, data) values ('\\x01', %s, %s, 0, %s)"
    with psycopg.connect(database) as owner:
        for number in range(5):
            owner.execute(row, (bytes([number]), bytes([number % 2]), b"x" * 100))
    assert usage(database) == 500
    monkeypatch.undo()
    databases.prepare(database)
    assert usage(database) == 5 * 500
    with psycopg.connect(database) as owner:
        owner.execute(
            "insert into hub.parts (office, digest, device, at, data) select '\\x01', %s || chr(n)::bytea, '\\x01', 0, 'abc' "
            "from generate_series(65, 74) n", (b"\7",),
        )  # fmt: skip
        assert owner.execute("select bytes from hub.usage where device = '\\x01'").fetchone() == (2 * 500 + 10 * 403,)
        owner.execute("delete from hub.parts where device = '\\x01'")
        assert owner.execute("select device, bytes from hub.usage order by device").fetchall() == [
            (b"\0", 1_500), (b"\1", 0),
        ]  # fmt: skip


@pytest.mark.parametrize("behaviour", [b for b in BEHAVIOURS if b != "late"])
def test_they_come_through_a_bad_line(served, office, behaviour):
    office.move_to(served.url)
    between = Chaos(served.url)
    try:
        desk = office.at(between.url)
        pieces = made(20)
        for path in ("/pieces", "/fetch"):
            between.fault(path, behaviour)
        desk.put_pieces(pieces.items())
        assert dict(desk.get_pieces(list(pieces))) == pieces
        desk.close()
    finally:
        between.close()


def test_a_hub_that_shows_other_pieces_is_found_out(served, office, monkeypatch):
    desk = office.move_to(served.url)
    pieces, others = made(2), made(2)
    digests = list(pieces)
    before = Session.ask
    for shown, expected in (
        (packed(others), "hub-answer"),
        (packed(dict(reversed(list(pieces.items())))), "hub-answer"),
        (b"", "hub-answer"),
        (packed(pieces)[:-1], "hub-answer"),
        (packed(pieces) + packed(others), "hub-answer"),
        (wire.pack_pieces([Piece(digests[0], b"other bytes")]), "piece-digest"),
    ):

        def ask(self, method, path, query, body, more, shown=shown):
            answer = before(self, method, path, query, body, more)
            answer._content = shown
            return answer

        monkeypatch.setattr(Session, "ask", ask)
        with pytest.raises((Refused, Unreachable)) as caught:
            list(desk.get_pieces(digests))
        assert caught.value.code == expected
