"""A hub whose keeper lies, against real desks: each lie is found, named in plain words, and kept as evidence."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import evidence, seals
from g20desk.desk.carried import sealed_pieces
from g20desk.desk.unplaced import waiting
from g20desk.desk.verifying import verify
from g20desk.errors import Refused, Usage
from g20desk.ledger import body, keys
from g20desk.ledger.envelope import receipt_bytes
from g20desk.ledger.keys import DeviceKey
from g20desk.ledger.wire import Entry
from tests.desks.memory import Line
from tests.desks.world import World, world


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, "otto", "lia") as one:
        one.sync("otto", "lia")
        yield one


class Liar:
    """A line on which the hub's answers are others than its own."""

    def __init__(
        self, line: Line, entries: Callable[[list[Entry], int], list[Entry]] | None = None, **more: Any
    ) -> None:
        self._line, self._entries, self._more = line, entries, more

    def __getattr__(self, name: str) -> Any:
        return self._more.get(name) or getattr(self._line, name)

    def entries(self, after: int, limit: int = 500, rings: Any = None) -> list[Entry]:
        found = self._line.entries(after, limit, rings)
        return self._entries(found, after) if self._entries else found


def lie(office: World, who: str, entries: Any = None, **more: Any) -> None:
    """To one desk alone."""
    device = office.desk(who).device
    office.wrap = lambda line: Liar(line, entries, **more) if line.key.device == device else line


def caught(office: World, who: str, code: str) -> Refused:
    """What the desk says at its sync; nothing came in, and it stands in what the desk says of itself."""
    before = office.desk(who).store.last_place()
    with pytest.raises(Refused) as found:
        office.desk(who).sync()
    said = found.value
    assert said.code == code, said.message
    assert said.message.startswith(evidence.SAYS[code]) and said.help == evidence.HELP[code]
    store = office.desk(who).store
    assert store.last_place() == before
    assert evidence.standing(store) and evidence.found(store)[-1].code == code
    return said


def acts(office: World, count: int = 3) -> None:
    """Somebody else's, at the hub."""
    for _ in range(count):
        office.draft("otto")
    office.sync("otto")


def forged(entry: Entry, **more: Any) -> Entry:
    return Entry(replace(entry.placed, **more), entry.envelope)


def other_key(entry: Entry, office: str) -> Entry:
    at = entry.placed
    signature = DeviceKey.fresh().sign("receipt", receipt_bytes(office, at.n, at.hash, at.stamp))
    return forged(entry, receipt=signature)


def flipped(data: bytes) -> bytes:
    return data[:-1] + bytes([data[-1] ^ 1])


def changed(entry: Entry, **more: bytes) -> Entry:
    """Another envelope, the place named for it."""
    made = replace(entry.envelope, **more)
    return Entry(replace(entry.placed, digest=made.digest), made)


LIES: dict[str, tuple[str, Callable[[list[Entry], World], list[Entry]]]] = {
    "dropped": ("bad-order", lambda new, office: [new[0], *new[2:]]),
    "dropped at the beginning": ("bad-order", lambda new, office: new[1:]),
    "reordered": ("bad-order", lambda new, office: [new[1], new[0], *new[2:]]),
    "renumbered": ("bad-order", lambda new, office: [new[0], forged(new[2], n=new[1].placed.n)]),
    "replayed": ("bad-order", lambda new, office: [new[0], new[0], *new[1:]]),
    "forged receipt": ("bad-order", lambda new, office: [other_key(new[0], office.desk("lia").office.id)]),
    "forged hash": ("bad-order", lambda new, office: [forged(new[0], hash="0" * 64)]),
    "forged time": ("bad-order", lambda new, office: [forged(new[0], stamp=new[0].placed.stamp + 1)]),
    "forged signature": ("bad-order", lambda new, office: [changed(new[0], signature=flipped(new[0].envelope.signature))]),
    "forged head": ("bad-order", lambda new, office: [changed(new[0], head_bytes=flipped(new[0].envelope.head_bytes))]),
    "other sealed bytes": ("bad-order", lambda new, office: [changed(new[0], sealed=flipped(new[0].envelope.sealed))]),
    "another thing in the clear": ("bad-order", lambda new, office: [changed(new[0], clear=b"{}")]),
    "nothing that it counts": ("withheld", lambda new, office: []),
    "a part of what it counts": ("withheld", lambda new, office: new[:1]),
}  # fmt: skip


@pytest.mark.parametrize("name", LIES)
def test_a_lie_is_found_and_named_and_nothing_comes_in(office: World, name: str) -> None:
    code, how = LIES[name]
    last = office.desk("lia").store.last_place()[0]
    office.desk("otto").messages.submit(office.draft("otto"))
    acts(office)

    def told(found: list[Entry], after: int) -> list[Entry]:
        known = [one for one in found if one.placed.n <= last]
        return known + how([one for one in found if one.placed.n > last], office)

    # A hub that leaves things out would do so every time it is asked.
    shown: list[Entry] = []

    def stays(found: list[Entry], after: int) -> list[Entry]:
        if not shown:
            shown.extend(told(found, after))
            return shown
        return [one for one in shown if one.placed.n > after]

    lie(office, "lia", stays)
    if name == "a part of what it counts":  # what came in whole stays
        with pytest.raises(Refused) as found:
            office.desk("lia").sync()
        assert found.value.code == code
        assert office.desk("lia").store.last_place()[0] == last + 1
    else:
        caught(office, "lia", code)
    office.wrap = lambda line: line
    office.sync("lia", "otto", "head")
    office.alike("otto", "head")
    assert not evidence.standing(office.desk("lia").store), "it was a lie of the line: the hub itself is in order"
    assert evidence.found(office.desk("lia").store), "and is remembered"


def test_what_a_ring_may_read_is_not_held_back_in_silence(office: World) -> None:
    acts(office)

    def bare(found: list[Entry], after: int) -> list[Entry]:
        return [Entry(one.placed, replace(one.envelope, sealed=b"")) for one in found]

    lie(office, "head", bare)
    said = caught(office, "head", "withheld")
    assert "without its content" in said.message
    office.wrap = lambda line: line
    office.sync("head")
    office.alike("head", "otto")


def test_an_old_page_in_the_place_of_a_new_one(office: World) -> None:
    acts(office)
    lie(office, "lia", lambda found, after: office.hub.entries[:3])
    said = caught(office, "lia", "withheld")
    assert "it does not show place" in said.message


def fork(office: World) -> None:
    """From here on the hub has another history for whoever asks next: its last three places, signed again otherwise."""
    order = office.hub.order
    assert order is not None
    kept = order.entries[:-3]
    for one in (order.entries[-1], order.entries[-2], order.entries[-3]):
        before, n = kept[-1].placed, len(kept) + 1
        kept.append(office.hub.sign(order.state.office, n, before.hash, one.envelope, before.stamp + 1))
    order.entries[:] = kept
    order.state.hash, order.state.stamp = kept[-1].placed.hash, kept[-1].placed.stamp


def three_people(office: World) -> None:
    """Three acts by three devices, so that any order of them is one."""
    office.sync("otto", "lia", "head")
    office.draft("otto")
    office.desk("lia").holds.place("A rumour is going round.")
    office.draft("head")
    office.sync("otto", "lia", "head")


def test_another_history_than_before_is_proved_by_two_signatures(office: World, tmp_path: Path) -> None:
    three_people(office)
    fork(office)
    caught(office, "head", "two-histories")
    store = office.desk("head").store
    (found,) = evidence.found(store)
    assert found.proof
    evidence.export(store, tmp_path / "proof.json")
    proved(tmp_path / "proof.json", office.hub.key.device)
    caught(office, "head", "two-histories")
    assert len(evidence.found(store)) == 1, "the same once"


def proved(file: Path, keeper: str) -> None:
    """As anybody checks it who has the keeper's key."""
    value = json.loads(file.read_bytes())
    (found,) = [one for one in value["found"] if one["proof"]]
    assert found["keeper"] == keeper
    said = {}
    for one in found["shown"]:
        data = receipt_bytes(value["office"], one["place"], one["hash"], one["stamp"])
        keys.verify(keeper, "receipt", data, bytes.fromhex(one["receipt"]))
        said.setdefault(one["place"], set()).add(one["hash"])
    assert any(len(hashes) == 2 for hashes in said.values())


def test_desks_that_were_shown_two_histories_find_out_by_comparing_heads(office: World, tmp_path: Path) -> None:
    office.sync("otto", "lia", "head")
    before = office.copied("head", "head-before")
    three_people(office)
    office.sync("lia")
    fork(office)
    office.put_back("head", before.name)
    office.sync("head")
    head, lia = office.desk("head"), office.desk("lia")
    assert head.store.last_place()[0] == lia.store.last_place()[0], "each is content with what it was shown"
    assert evidence.head_words(head.store) != evidence.head_words(lia.store)
    with pytest.raises(Refused) as said:
        evidence.compare(head.ledger, evidence.head_line(lia.store), 5)
    assert said.value.code == "two-histories"
    (found,) = evidence.found(head.store)
    assert found.proof and evidence.standing(head.store)
    evidence.export(head.store, tmp_path / "proof.json")
    proved(tmp_path / "proof.json", office.hub.key.device)
    assert not verify(head)["verified"], "the record is disputed"


def test_heads_of_one_history_agree_whoever_is_further(office: World) -> None:
    acts(office)
    lia, otto = office.desk("lia"), office.desk("otto")
    line = evidence.head_line(otto.store)
    assert evidence.compare(otto.ledger, evidence.head_line(lia.store), 5) == (lia.store.last_place()[0], True)
    assert evidence.compare(lia.ledger, line, 5) == (otto.store.last_place()[0], False)
    office.sync("lia")
    assert evidence.compare(lia.ledger, line, 5)[1] and not evidence.owed(lia.store)
    assert evidence.head_words(lia.store) == evidence.head_words(otto.store)


def test_what_another_desk_was_shown_is_asked_of_the_hub(office: World) -> None:
    """A hub that holds back from one desk what it gave to another."""
    last = office.desk("lia").store.last_place()[0]
    acts(office)
    evidence.compare(office.desk("lia").ledger, evidence.head_line(office.desk("otto").store), 5)
    real = office.line("lia")
    at = office.hub.entries[last - 1].placed
    lie(office, "lia", lambda found, after: [one for one in found if one.placed.n <= last],
        status=lambda: replace(real._status(), place=last, head=at.hash, stamp=at.stamp))  # fmt: skip
    said = caught(office, "lia", "hub-behind")
    assert f"ends at place {last}" in said.message
    (found,) = evidence.found(office.desk("lia").store)
    assert found.shown[0].holds(office.desk("lia").office.id, office.hub.key.device), "signed, and not shown"
    office.wrap = lambda line: line
    office.sync("lia")
    assert not evidence.standing(office.desk("lia").store)


def test_a_forged_line_accuses_nobody(office: World) -> None:
    acts(office)
    lia = office.desk("lia")
    words = evidence.head_line(office.desk("otto").store).split()
    for number, other in ((2, "1"), (3, "5"), (4, "0" * 64), (5, "00" * 64), (5, "zz")):
        with pytest.raises(Usage) as said:
            evidence.compare(lia.ledger, " ".join([*words[:number], other, *words[number + 1 :]]), 5)
        assert said.value.code == "head-not-signed"
    for line in ("", "head", " ".join(words[:5]), " ".join([words[0], "0" * 64, *words[2:]]), "x" * 100_000):
        with pytest.raises(Usage):
            evidence.compare(lia.ledger, line, 5)
    assert not evidence.found(lia.store) and not evidence.owed(lia.store)


def test_an_act_that_was_acknowledged_is_not_forgotten(office: World) -> None:
    """The hub gave a receipt, then denies the act: it is owed, given back, and never lost."""
    office.sync("lia", "otto", "head")
    before = office.hub.order.copied()
    office.draft("otto")
    office.sync("otto")
    office.hub.back(before)
    office.sync("lia")
    office.sync("otto", "lia", "head")
    office.alike("otto", "head")


def test_a_receipt_that_never_comes_true_is_evidence(office: World) -> None:
    """Others' acts came between, so this desk knows no more than what was signed for its own one."""
    acts(office)
    office.draft("head")

    def gone(name: str, when: str) -> None:
        if name == "entries" and office.hub.entries[-1].envelope.head.device == office.desk("head").device:
            raise KeyboardInterrupt  # the program ends before it sees its act come in

    line = office.line("head")
    real = line.append

    def append(envelopes: Any) -> Any:
        office.draft("otto")
        office.sync("otto")
        made = real(envelopes)
        line.meet = gone
        return made

    lie(office, "head", append=append)
    with pytest.raises(KeyboardInterrupt):
        office.desk("head").sync()
    office.away("head")
    line.meet = lambda name, when: None
    ((_, owed, _),) = evidence.owed(office.desk("head").store)
    order = office.hub.order
    assert order is not None and owed.place == len(order.entries)
    lost, before = order.entries.pop(), order.entries[-1].placed
    order.entries.append(
        office.hub.sign(order.state.office, owed.place, before.hash, lost.envelope, lost.placed.stamp + 9)
    )
    order.state.hash = order.entries[-1].placed.hash
    office.wrap = lambda line: line
    caught(office, "head", "two-histories")
    assert evidence.found(office.desk("head").store)[-1].proof


def test_nothing_is_published_while_the_hub_is_not_in_order(office: World) -> None:
    message = office.draft("otto")
    office.desk("otto").messages.submit(message)
    office.sync("otto", "head")
    head = office.desk("head")
    head.messages.decide(message, "approve", head.messages.show(message)["digest"])
    head.messages.schedule(message, head.clock.now_ms())
    office.sync("head")

    def nothing(found: list[Entry], after: int) -> list[Entry]:
        return []

    lie(office, "head", nothing)
    told = head.publish.once()
    assert (told["sent"], told["waiting"]) == (0, 1)
    post = head.messages.show(message)["posts"][0]
    assert post["state"] == "planned" and evidence.SAYS["withheld"] in post["why"]
    assert head.publish.once()["waiting"] == 1
    office.wrap = lambda line: line
    office.clock("head").on += 20_000
    assert head.publish.once()["sent"] == 1


def test_what_was_proved_stands_until_the_office_has_dealt_with_it(office: World) -> None:
    three_people(office)
    whole = office.hub.order.copied()
    fork(office)
    caught(office, "head", "two-histories")
    office.hub.back(whole)
    office.sync("head")
    store = office.desk("head").store
    assert evidence.standing(store) and not verify(office.desk("head"))["verified"]
    evidence.settle(store)
    office.sync("head")
    assert not evidence.standing(store) and verify(office.desk("head"))["verified"]
    assert evidence.found(store)[0].proof, "what was found stays kept"


def test_a_history_that_another_desk_saw_is_asked_about(office: World) -> None:
    """Lia's act says what she had seen. Where the hub puts it into another history, its readers are told to compare."""
    office.sync("otto", "lia", "head")
    before = office.copied("head", "head-before")
    three_people(office)
    office.sync("lia")
    fork(office)
    lia = office.desk("lia")
    lia.holds.place("Seen in one history, shown in another.")
    (item,) = lia.store.tentative()
    clear, parts = b"", body.decode(item.body)
    with lia.store.write():
        sealed = seals.sealed(lia.store, lia.office, item, lia.ledger.key(lia.device), parts, clear)
    for digest, data in sealed_pieces(lia.store, waiting(lia.store)):
        office.line("lia").put_piece(digest, data)
    office.hub.append(lia.office.id, [sealed])
    office.put_back("head", before.name)
    office.sync("head")
    found = verify(office.desk("head"))
    assert found["verified"], "who is right can't be said"
    assert [one["event"] for one in found["accused"]] == [item.id]
    assert "ledger head" in found["accused"][0]["why"]
