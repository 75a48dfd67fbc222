"""What holds over a whole message: attested with a submission, stopped or overridden, checked again by each desk."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from g20desk.desk import Desk, rechecking
from g20desk.desk.checking import Checking
from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.content import Content, PictureFile, Text
from tests.ledger.record import RULE
from tests.story import Office

EN, FR = "The fund pays for 20 wells from 5 May.", "Le fonds paiera 30 puits à partir du 5 mai."
RIGHT = FR.replace("30", "20")


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office whose Bluesky account carries two languages."""
    made = Office(tmp_path / "office")
    made.head.accounts.add("rehearsal", name="Two", owner="official", like="bluesky", langs=("en", "fr"))
    return made


def two(en: str = EN, fr: str = FR, *own: Text, to: tuple[str, ...] = ("Two",), **more: Any) -> Content:
    return Content("news", to, (Text("en", (en,)), Text("fr", (fr,)), *own), **more)


def parity(found: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return [
        (f["rule"], f["lang"], f.get("network", ""), f["part"], f["text"], f["against"].get("text"))
        for f in found if f["rule"].startswith("PARITY")
    ]  # fmt: skip


WRONG = ("PARITY-01", "fr", "", 1, "30", "20")


def test_a_number_that_differs_stops_a_submission_and_stands_only_with_a_reason(office: Office):
    officer = office.desk()
    made = officer.messages.new(two())
    assert parity(made["findings"]) == [WRONG]
    assert officer.messages.show(made["message"])["can"]["submit"] == "1 finding must be fixed"
    with pytest.raises(Refused, match="PARITY-01"):
        officer.messages.submit(made["message"])
    told = officer.messages.submit(made["message"], overrides={"PARITY-01": "France pays for ten more."})
    assert parity(told["findings"]) == [WRONG]
    message = officer.messages.get(made["message"]).message
    assert {"rule": "PARITY-01", "level": "block", "firm": False} in list(message.findings)
    shown = office.desk("Liaison Brazil").messages.show(made["message"], anew=True)
    assert parity(shown["findings"]) == [WRONG] and shown["differences"] == []
    assert shown["overrides"] == [{"rule": "PARITY-01", "why": "France pays for ten more."}]


def test_what_says_the_same_goes_on_to_be_sent_without_a_remark(office: Office):
    office.due(two(EN, RIGHT))
    officer = office.desk()
    assert officer.publish.once()["sent"] == 2
    assert officer.publish.remarks() == []


def test_an_own_text_of_a_network_is_held_against_what_stands_beside_it_there(office: Office):
    desk = office.desk()
    own = Text("en", ("The fund pays for 25 wells from 5 May.",), "bluesky")
    # On X nobody reads French, so what differs there is between the texts that do go out.
    found = desk.messages.new(two(EN, RIGHT, own, to=("Two", "G20 X")))["findings"]
    assert parity(found) == [("PARITY-01", "fr", "bluesky", 1, "20", "25")]
    # The common text goes out nowhere: what it says is held against nothing.
    found = desk.messages.new(two("The fund pays for 99 wells.", RIGHT, Text("en", (EN,), "bluesky")))["findings"]
    assert parity(found) == []


def test_a_language_that_an_account_carries_and_nobody_wrote_is_missing(office: Office):
    made = office.desk().messages.new(Content("news", ("Two", "G20 X"), (Text("en", (EN,)),)))
    assert parity(made["findings"]) == [("PARITY-12", "fr", "", 1, "", None)]
    only = Text("fr", (RIGHT,), "x")
    made = office.desk().messages.new(Content("news", ("Two",), (Text("en", (EN,)), only)))
    assert parity(made["findings"]) == [("PARITY-12", "fr", "", 1, "", None)]
    office.head.accounts.add("rehearsal", name="X fr", owner="official", like="x", langs=("fr",))
    made = office.desk().messages.new(Content("news", ("Two", "X fr"), (Text("en", (EN,)), only)))
    assert parity(made["findings"]) == [("PARITY-12", "fr", "bluesky", 1, "", None)]


def test_languages_that_no_network_carries_together_are_compared_all_the_same(office: Office):
    for name, like, langs in (("X fr", "x", ("fr",)), ("M es", "mastodon", ("es",))):
        office.head.accounts.add("rehearsal", name=name, owner="official", like=like, langs=langs)
    texts = (Text("en", (EN,)), Text("fr", (FR,), "x"), Text("es", ("El fondo paga 20 pozos desde el 5 de mayo.",)))
    found = office.desk().messages.new(Content("news", ("G20 Bluesky", "X fr", "M es"), texts))["findings"]
    assert parity(found) == [("PARITY-01", "fr", "x", 1, "30", "20")]


def test_a_text_that_goes_out_nowhere_stops_nothing(office: Office):
    made = office.desk().messages.new(two(to=("G20 X",)))
    assert parity(made["findings"]) == []
    office.desk().messages.submit(made["message"])


def test_a_picture_without_words_in_one_language_is_found(office: Office, tmp_path: Path):
    Image.new("RGB", (640, 360), "teal").save(tmp_path / "a.png")
    shown = (PictureFile(str(tmp_path / "a.png"), {"en": "A well beside a road."}),)
    rules = [f[0] for f in parity(office.desk().messages.new(two(EN, RIGHT, pictures=shown))["findings"])]
    assert rules == ["PARITY-13"]


def test_threads_are_checked_language_by_language(office: Office):
    texts = (Text("en", ("One port opens. 1/2", "A second follows. 2/2")),
             Text("fr", ("Un port ouvre. 1/3", "Un deuxième suit. 2/2")))  # fmt: skip
    found = office.desk().messages.new(Content("news", ("Two",), texts))["findings"]
    assert [(f["rule"], f["lang"], f["part"], f["text"]) for f in found if f["rule"].startswith("THREAD")] == [
        ("THREAD-02", "fr", 1, "1/3")
    ]


def test_the_original_is_the_same_whatever_order_texts_come_in(office: Office):
    officer = office.desk()
    office.head.accounts.add("rehearsal", name="More", owner="official", like="bluesky", langs=("es", "fr"))
    texts = (Text("fr", ("30 puits",)), Text("es", ("20 pozos",)))
    for order in (texts, texts[::-1]):
        made = officer.messages.new(Content("news", ("More",), order))
        assert parity(made["findings"]) == [("PARITY-01", "es", "", 1, "20", "30")]
        again = officer.messages.submit(made["message"], overrides={"PARITY-01": "Two funds."})
        assert again["findings"] == made["findings"]


class Blind(Checking):
    """The checker of a program that compares no languages."""

    def whole(self, message: Any, today: str = "") -> list[dict[str, Any]]:
        return []


def blind(office: Office) -> Desk:
    """The officer's desk with such a program."""
    desk = office.desk()
    desk.check.__class__ = Blind
    return desk


def test_what_an_older_program_did_not_see_is_found_when_it_is_submitted(office: Office):
    made = blind(office).messages.new(two())
    assert parity(made["findings"]) == []
    with pytest.raises(Refused, match="PARITY-01"):
        office.desk().messages.submit(made["message"])


def test_what_a_submission_does_not_attest_is_shown_before_approving_and_at_sending(office: Office):
    old = blind(office)
    made = old.messages.new(two())
    old.messages.submit(made["message"])
    brazil = office.desk("Liaison Brazil")
    assert parity(brazil.messages.show(made["message"], anew=True)["differences"]) == [WRONG]
    told = brazil.messages.decide(made["message"], "approve", made["digest"])
    assert told["state"] == "approved" and parity(told["differences"]) == [WRONG]
    officer = office.desk()
    assert parity(officer.messages.schedule(made["message"], officer.clock.now_ms())) == [WRONG]
    assert officer.publish.once()["sent"] == 2
    (remark,) = officer.publish.remarks()
    assert remark.endswith("now also: PARITY-01")
    assert officer.publish.once()["sent"] == 0 and officer.publish.remarks() == []


def test_a_report_that_leaves_a_language_out_hides_nothing(office: Office):
    office.head.accounts.add("rehearsal", name="Three", owner="official", like="bluesky", langs=("en", "fr", "es"))
    officer = office.desk()
    texts = (Text("en", (EN,)), Text("fr", (FR,)), Text("es", ("El fondo paga 40 pozos desde el 5 de mayo.",)))
    made = officer.messages.new(Content("news", ("Three",), texts))
    officer.messages.submit(made["message"], overrides={"PARITY-01": "Known."})
    message = officer.messages.get(made["message"]).message
    kept = json.dumps([f for f in officer.messages.report(message.report) if f.get("lang") != "es"]).encode()
    ref, india = pieces.refer(kept), office.desk("Liaison India")
    pieces.put(india.store, ref, kept)
    assert parity(rechecking.unattested(india, message)) == []
    assert parity(rechecking.unattested(india, replace(message, report=ref))) == [
        ("PARITY-01", "es", "", 1, "40", "20")
    ]


def test_a_rule_between_languages_is_tried_on_the_last_messages(office: Office):
    officer = office.desk()
    made = officer.messages.new(two(EN, RIGHT.replace("puits", "puits, #Eau")))
    files = officer.rulebook.edited(officer.rulebook.files(), "PARITY-09", {"on": False})
    told = officer.rulebook.would_say(files)
    assert [(f["message_id"], f["rule"], f["lang"], f["networks"]) for f in told["gone"]] == [
        (made["message"], "PARITY-09", "fr", [])
    ]
    files = officer.rulebook.edited(officer.rulebook.files(), "HOUSE-01", RULE)
    assert officer.rulebook.would_say(files)["gone"] == []


def test_a_correction_says_so_in_the_first_part_of_its_thread_and_each_desk_agrees(office: Office):
    def told(*parts: str) -> list[int]:
        made = office.desk().messages.new(Content("correction", ("Two",), (Text("en", parts),)))
        draft = office.desk().messages.get(made["message"]).draft
        content = draft.revisions[draft.heads[0]].content
        found = [f["part"] for f in made["findings"] if f["rule"] == "CORRECT-01"]
        again = [f["part"] for f in rechecking.said(office.desk(), content) if f["rule"] == "CORRECT-01"]
        assert again == found
        return found

    first, second = "Correction: we said 4.1%. The correct figure is 3.1%. 1/2", "The table has all countries. 2/2"
    assert told(first, second) == []
    assert told(second, first) == [1]
