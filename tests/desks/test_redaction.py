"""A piece taken out of the record: gone on every desk and at the hub, for good, and everything still verifies."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from g20desk.desk import Desk, redacting
from g20desk.desk.exporting import export
from g20desk.desk.moving import move
from g20desk.desk.verifying import verify
from g20desk.errors import Refused, Usage
from g20desk.ledger import bundle
from g20desk.ledger.bundle import Reader
from g20desk.office.content import Content, PictureFile, Text
from tests.desks import pages
from tests.desks.memory import MemoryHub
from tests.desks.world import World, apart, world
from tests.ledger.record import checker
from tests.story import Hands, content

LEAK = "Oliveira-Quintela telephones from 555-0199-4711."
AR = "اتفق الوزراء اليوم على خفض الديون."
WHY = "A private number."


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, "otto", "lia", "mia") as one:
        one.desk("head").accounts.add("rehearsal", name="Practice", owner="official", like="x", langs=("en", "ar"))
        one.sync("head", "otto", "lia", "mia")
        yield one


def leaked(office: World, **more: Any) -> str:
    """A submitted message with the leak in its English text."""
    otto = office.desk("otto")
    made = otto.messages.new(Content("news", ("Practice",), (Text("en", (LEAK,)), Text("ar", (AR,))), **more))
    otto.messages.submit(made["message"], "", {f["rule"]: "Said." for f in made["findings"] if f["level"] == "block"})
    office.sync("otto", "head", "lia", "mia")
    return str(made["message"])


def held(desk: Desk, text: str = LEAK) -> bool:
    """Whether a desk holds a text anywhere, pages that are free and the log included."""
    data = pages.opened(desk)
    words = [one for one in text.split() if len(one) > 5]  # a page may end in the middle of a text
    return any(form.encode() in data for word in words for form in (word, word.casefold(), word.strip(".,“”")))


def test_it_is_gone_everywhere_and_all_still_verifies(office: World, tmp_path: Path) -> None:
    message = leaked(office)
    otto, head, lia = (office.desk(who) for who in ("otto", "head", "lia"))
    otto.messages.keep(message, content(f"{LEAK} And more.", to=("Practice",)))
    lia.messages.decide(message, "comment", lia.messages.show(message)["digest"], f"“{LEAK}” has to go!")
    office.sync("lia", "head", "otto")
    assert all(held(desk) for desk in (otto, head, lia)) and len(head.messages.rows(search="quintela")) == 1
    at_the_hub = set(office.hub.order.pieces)
    told = redacting.redact(head, message, WHY, ["en"])
    assert told["pieces"] >= 4 and told["message"] == message
    assert held(head), "until it has its place it may yet not count"
    (waits,) = [one for one in head.messages.show(message)["history"] if one["kind"] == "piece.redacted"]
    assert waits["tentative"]
    office.sync("head", "otto", "lia")
    for desk in (head, otto, lia):
        assert not held(desk), desk.person.name
        assert desk.messages.rows(search="quintela") == [] and verify(desk)["verified"]
        shown = desk.messages.show(message)
        (row,) = [one for one in shown["history"] if one["kind"] == "piece.redacted"]
        assert (row["person"], row["said"], row["tentative"]) == (head.person.name, WHY, False)
        assert set(row) == set(shown["history"][0])
        assert shown["taken_out"][0]["why"] == WHY
        texts = {one["lang"]: one["parts"] for one in shown["texts"]}
        assert texts == {"en": [""], "ar": [AR]}, "the other language stands"
        export(desk, tmp_path / "e.jsonl")
        written = (tmp_path / "e.jsonl").read_bytes()
        assert b"Quintela" not in written and base64.b64encode(LEAK.encode())[:20] not in written
        assert checker.check(tmp_path / "e.jsonl")[0] == ""
    assert otto.messages.kept(message).texts[0].parts == (" And more.",)
    gone = at_the_hub - set(office.hub.order.pieces)
    assert len(gone) == told["pieces"] == len(office.hub.order.dropped & gone)
    office.alike("head", "otto")
    for desk in (head, otto):
        desk.ledger.rows.rebuild()
        assert desk.messages.rows(search="quintela") == []


def test_a_desk_that_was_away_and_one_that_joins_later_do_not_bring_it_back(office: World) -> None:
    message = leaked(office)
    mia, otto = office.desk("mia"), office.desk("otto")
    otto.messages.revise(message, Content("news", ("Practice",), (Text("en", (LEAK,)), Text("ar", (f"{AR} 2",)))))
    assert otto.tentative and held(mia)
    redacting.redact(office.desk("head"), message, WHY, ["en"])
    office.sync("head")
    office.join("ben", "Ben Officer", "officer", "")
    assert not held(office.desk("ben")) and office.desk("ben").messages.show(message)["taken_out"]
    office.sync("otto", "mia", "ben", "head")
    for who in ("otto", "mia", "ben", "head"):
        assert not held(office.desk(who)), who
    office.alike("otto", "ben", "head")
    assert otto.messages.show(message)["revision"] == 2, "what was revised meanwhile is not lost"
    with pytest.raises(Refused) as caught:
        otto.messages.submit(message, "", {})
    assert caught.value.code == "taken-out"


def test_a_hub_that_is_rebuilt_from_desks_does_not_get_it(office: World) -> None:
    message = leaked(office)
    redacting.redact(office.desk("head"), message, WHY, ["en"])
    office.sync("head", "otto")  # lia and mia were away
    gone = set(office.hub.order.dropped)
    url = "https://new.test"
    office.hubs[url] = MemoryHub(Hands().now_ms)
    for who in ("head", "otto", "lia", "mia"):
        move(office.desk(who), url, False, lambda words: None)
    move(office.desk("head"), url, True, lambda words: None)
    move(office.desk("otto"), url, False, lambda words: None)
    for who in ("lia", "mia"):
        move(office.desk(who), url, False, lambda words: None)
    office.sync("head", "otto", "lia", "mia", "head")
    there = office.hubs[url].order
    assert gone and not gone & set(there.pieces) and gone <= there.dropped
    for who in ("head", "otto", "lia", "mia"):
        assert not held(office.desk(who)), who
    office.alike("head", "otto")


def test_only_the_head_takes_something_out(office: World) -> None:
    message = leaked(office)
    with pytest.raises(Refused) as caught:
        redacting.redact(office.desk("otto"), message, WHY, ["en"])
    assert caught.value.code == "no-right" and held(office.desk("otto"))
    head = office.desk("head")
    for words, code in (
        ({}, "redact-what"), ({"langs": ["fr"]}, "unknown-text"), ({"pictures": [1]}, "unknown-picture"),
    ):  # fmt: skip
        with pytest.raises(Usage) as wrong:
            redacting.redact(head, message, WHY, **words)
        assert wrong.value.code == code and wrong.value.help
    for prefix in ("zzzzzz", "abc", "f" * 64):
        with pytest.raises(Refused) as caught:
            redacting.redact(head, prefix, WHY)
        assert caught.value.code == "unknown-id"
    with pytest.raises(Usage):
        redacting.redact(head, message, " ", ["en"])


def test_what_is_not_whole_is_neither_approved_nor_scheduled_nor_sent(office: World) -> None:
    """And that holds in the fold: whatever a desk believes, the record has it so."""
    otto, head, lia = (office.desk(who) for who in ("otto", "head", "lia"))
    first, second, third = (leaked(office) for _ in range(3))
    for message in (second, third):
        lia.messages.decide(message, "approve", lia.messages.show(message)["digest"])
    office.sync("lia", "otto", "head")
    otto.messages.schedule(third, otto.clock.now_ms())
    office.sync("otto", "head")
    for message in (first, second, third):
        redacting.redact(head, message, WHY, ["en"])
    office.sync("head", "otto", "lia")
    with pytest.raises(Refused) as caught:
        lia.messages.decide(first, "approve", lia.messages.show(first)["digest"])
    assert caught.value.code in ("taken-out", "withheld")
    with pytest.raises(Refused) as caught:
        lia.act("signoff.decided", {"digest": lia.messages.show(first)["digest"], "answer": "approve", "why": None, "amendment": None},
                lia.messages.get(first).stream)  # fmt: skip
    assert caught.value.code == "taken-out"
    with pytest.raises(Refused) as caught:
        otto.messages.schedule(second, otto.clock.now_ms())
    assert caught.value.code == "taken-out"
    otto.publish.once()
    (post, *_) = otto.messages.show(third)["posts"]
    assert post["state"] == "planned" and "taken out of the record" in post["why"]
    stream = otto.messages.get(third).stream
    key = post["id"].partition(".")[2]
    process = "1-test"
    otto.act("post.claimed", {"post": key, "process": process, "until": otto.clock.now_ms() + 60_000}, stream)
    with pytest.raises(Refused) as caught:
        otto.act("post.sending", {"post": key, "process": process, "first": 0, "keys": ["k"],
                                  "created_at": "2030-01-01T00:00:00Z", "since": 0}, stream)  # fmt: skip
    assert caught.value.code == "taken-out"
    office.clock("otto").on += 3_600_000
    office.hub.now = office.clock("otto").now_ms
    otto.publish.once()
    assert {one["state"] for one in otto.messages.show(third)["posts"]} <= {"missed", "planned"}


def test_a_picture_with_its_original_and_its_words(office: World, tmp_path: Path) -> None:
    file = tmp_path / "face.png"
    Image.effect_noise((90, 60), 80).save(file)
    message = leaked(office, pictures=(PictureFile(str(file), {"en": "Rosamunde Fitzwilliam", "ar": "صورة"}),))
    head, otto = office.desk("head"), office.desk("otto")
    data = file.read_bytes()
    assert data[100:300] in pages.opened(otto) or otto.messages.show(message)["pictures"]
    redacting.redact(head, message, WHY, (), [1])
    office.sync("head", "otto", "lia")
    for desk in (head, otto, office.desk("lia")):
        assert data[100:200] not in pages.opened(desk) and not held(desk, "Rosamunde Fitzwilliam")
        assert verify(desk)["verified"]
        (picture,) = desk.messages.show(message)["pictures"]
        assert picture["alt"] == {"en": "", "ar": ""}
        with pytest.raises(Refused):
            desk.messages.picture_bytes(picture["piece"])
    with pytest.raises(Refused) as caught:
        redacting.redact(head, message, WHY, (), [1])
    assert caught.value.code in ("withheld", "redacted-already")


def test_a_comment_by_the_act_that_holds_it_and_all_of_a_message(office: World) -> None:
    message = leaked(office)
    lia, head = office.desk("lia"), office.desk("head")
    lia.messages.decide(message, "comment", lia.messages.show(message)["digest"], "Bartholomew-Featherstone")
    office.sync("lia", "head")
    (row,) = [one for one in head.messages.show(message)["history"] if one["said"].startswith("Bartholomew")]
    assert redacting.redact(head, row["event"][:10], "A name.")["pieces"] == 1
    office.sync("head", "lia")
    assert not held(lia, "Bartholomew-Featherstone") and held(lia)
    redacting.redact(head, message, "All of it.", whole=True)
    office.sync("head", "lia", "otto")
    for who in ("lia", "otto", "head"):
        assert not held(office.desk(who)) and not held(office.desk(who), AR)
        assert office.desk(who).messages.show(message)["title"] == ""
    office.alike("otto", "head")
    assert [one["why"] for one in redacting.rows(head)] == ["A name.", "All of it."]


def test_the_same_text_elsewhere_is_told(office: World) -> None:
    one, two = leaked(office), leaked(office)
    assert redacting.redact(office.desk("head"), one, WHY, ["en"])["also"] == [two]


def test_the_act_and_the_dropping_are_one(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    message = leaked(office)
    head, lia = office.desk("head"), office.desk("lia")
    redacting.redact(head, message, WHY, ["en"])
    with monkeypatch.context() as patch:
        patch.setattr(redacting, "tidy", lambda store: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            office.sync("head")
    head.sync()
    lia.sync()
    assert not held(head) and not held(lia) and verify(head)["verified"]


@pytest.fixture
def sticks(tmp_path: Path) -> Iterator[World]:
    """An office without a hub, of a head, an officer and two liaisons."""
    with apart(tmp_path, "otto", "lia", "mia") as one:
        one.desk("head").accounts.add("rehearsal", name="Practice", owner="official", like="x", langs=("en", "ar"))
        one.carry("head", "otto", "lia", "mia")
        yield one


def digests(file: Path, desk: Desk) -> set[str]:
    """Of the sealed pieces on a stick."""
    reader = Reader(file)
    assert reader.unwrap(desk.device, desk.ledger.key(desk.device))
    found = {reader.read(at, 32).hex() for kind, at, _ in reader.open() if kind == bundle.PIECE}
    reader.close()
    return found


def test_it_leaves_on_no_stick_and_comes_back_on_no_old_one(sticks: World) -> None:
    otto, head, lia = (sticks.desk(who) for who in ("otto", "head", "lia"))
    made = otto.messages.new(Content("news", ("Practice",), (Text("en", (LEAK,)), Text("ar", (AR,)))))
    otto.messages.submit(made["message"], "", {f["rule"]: "Said." for f in made["findings"] if f["level"] == "block"})
    old = sticks.stick("otto", since=1)
    sticks.bring("head", old)
    sticks.bring("lia", old)
    assert held(head) and held(lia)
    told = redacting.redact(head, made["message"], WHY, ["en"])
    gone = set(head.office.redacted.values())
    assert not held(head) and len(gone) == told["pieces"]
    new = sticks.stick("head", since=1)
    assert gone & digests(old, lia) and not gone & digests(new, lia)
    for who in ("lia", "otto", "mia"):
        sticks.bring(who, new)
        assert not held(sticks.desk(who)), who
    for who in ("head", "lia", "otto", "mia"):
        sticks.bring(who, old)
        assert not held(sticks.desk(who)), who
    sticks.alike("head", "otto")


def test_a_piece_of_an_act_that_is_carried_unread_goes_too(sticks: World) -> None:
    """Lia carries Otto's draft for the staff, which she can't read: its sealed pieces are on her desk."""
    otto, head, lia = (sticks.desk(who) for who in ("otto", "head", "lia"))
    message = otto.messages.new(Content("news", ("Practice",), (Text("en", (LEAK,)), Text("ar", (AR,)))))["message"]
    sticks.carry("otto", "lia")
    sticks.carry("otto", "head")
    pieces_of = "select digest from carried_pieces"
    carried = {str(row[0]) for row in lia.store.db.execute(pieces_of).fetchall()}
    redacting.redact(head, message, WHY, ["en"])
    gone = set(head.office.redacted.values())
    assert gone and gone <= carried
    sticks.carry("head", "lia")
    assert not gone & {str(row[0]) for row in lia.store.db.execute(pieces_of).fetchall()}
    old = sticks.stick("otto", since=1)
    sticks.bring("lia", old)
    sticks.bring("mia", sticks.stick("lia", since=1))
    for who in ("lia", "mia"):
        assert not gone & {str(row[0]) for row in sticks.desk(who).store.db.execute(pieces_of).fetchall()}, who


def test_a_hub_that_can_drop_nothing_is_said(office: World) -> None:
    message = leaked(office)
    head = office.desk("head")
    redacting.redact(head, message, WHY, ["en"])
    line = office.line("head")

    def no(digest: str) -> None:
        raise Refused("no-dropping", "This hub was not given the access that drops pieces.", "Start it with it.")

    line.drop_piece = no  # type: ignore[method-assign]
    assert "did not drop" in head.sync().why and not held(head)
    del line.drop_piece
    assert head.sync().why == "" and office.hub.order.dropped


def test_the_files_of_a_rulebook_stay(office: World) -> None:
    head, otto = office.desk("head"), office.desk("otto")
    from tests.ledger.record import RULE

    head.rulebook.propose(head.rulebook.edited({}, "HOUSE-01", RULE), "A rule.")
    office.sync("head", "otto")
    otto.rulebook.adopt(otto.office.rulebook_proposed.event)
    office.sync("otto", "head")
    event = next(v.event.id for v in head.ledger.folds.office_verdicts() if v.event.header.kind == "rulebook.adopted")
    with pytest.raises(Refused) as caught:
        redacting.redact(head, event, "No.")
    assert caught.value.code == "rulebook-piece"
