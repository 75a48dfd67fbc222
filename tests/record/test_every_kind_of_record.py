"""Packs out of records in which something happened: a lost hub, a redaction, a revoked device, rubbish, a day of mourning."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from g20desk.clock import iso
from g20desk.desk import Desk, packing, redacting
from g20desk.desk.moving import move
from g20desk.errors import Refused
from g20desk.ledger import pieces
from g20desk.office.content import Content, Text
from g20desk.office.fold import NEWEST
from g20desk.record.withholding import Wish
from tests.desks.memory import URL, MemoryHub
from tests.desks.world import World, world
from tests.ledger import vectors
from tests.record.story import reported
from tests.record.test_pages import opened, written
from tests.story import Hands, Office

NEW = "https://new.test"
EN, FR = "Ministers met today in Rome.", "Les ministres se sont réunis à Rome."


def proved(desk: Desk, message: str, folder: Path, **wish: Any) -> dict[str, Any]:
    """What a pack of it says, which its page finds to hold too."""
    data = packing.pack_message(desk, message, Wish(**wish)).data
    (shown,) = opened(*written(folder, data))
    found = reported(data)
    assert shown["state"] == ("warn" if found["accused"] else "ok"), shown["said"]
    return found


def content() -> Content:
    return Content("news", ("G20 Bluesky",), (Text("en", (EN,)), Text("fr", (FR,))))


def approved(office: Office) -> str:
    made = office.desk().messages.new(content())
    office.desk().messages.submit(made["message"])
    office.desk("Liaison Brazil").messages.decide(made["message"], "approve", made["digest"])
    return str(made["message"])


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[World]:
    with world(tmp_path, "otto", "lia") as one:
        one.sync("otto", "lia")
        yield one


def test_a_keeper_that_was_lost_and_the_two_who_named_the_next_one(desks: World, tmp_path: Path) -> None:
    made = desks.desk("otto").messages.new(content())
    desks.desk("otto").messages.submit(made["message"])
    desks.sync("otto", "lia", "head")
    del desks.hubs[URL]
    desks.hubs[NEW] = MemoryHub(Hands().now_ms)
    for who, finish in (
        ("head", False),
        ("lia", False),
        ("otto", False),
        ("head", True),
        ("otto", False),
        ("lia", False),
    ):
        move(desks.desk(who), NEW, finish, lambda words: None)
    desks.sync("otto", "head", "lia")
    desks.desk("lia").messages.decide(made["message"], "approve", made["digest"])
    desks.sync("lia", "head", "otto")
    for complete in (False, True):
        found = proved(desks.desk("otto"), made["message"], tmp_path, complete=complete)
        assert [(d["person"], d["counts"]) for d in found["decisions"]] == [("Lia Liaison", True)]
        assert found["accused"] == []


def test_a_text_that_was_redacted_is_withheld_and_who_approved_after_it_is_refused(
    office: Office, tmp_path: Path
) -> None:
    message = approved(office)
    redacting.redact(office.head, message, "A private number.", ["fr"])
    with pytest.raises(Refused):
        digest = office.head.messages.show(message)["digest"]
        office.desk("Liaison India").messages.decide(message, "approve", digest)
    found = proved(office.desk(), message, tmp_path)
    assert {t["lang"]: t["withheld"] for t in found["texts"]} == {"en": False, "fr": True}
    assert [d["counts"] for d in found["decisions"]][:1] == [True]
    assert FR not in packing.pack_message(office.desk(), message, Wish(complete=True)).data.decode()


def test_a_device_that_was_revoked_after_it_decided(office: Office, tmp_path: Path) -> None:
    message = approved(office)
    brazil = office.desk("Liaison Brazil").device
    office.head.people.revoke("Liaison Brazil", brazil, "Left in a taxi.")
    found = proved(office.desk(), message, tmp_path, complete=True)
    (decision,) = found["decisions"]
    assert decision["counts"] and decision["government"] == "BR" and decision["device"] == brazil


def test_an_act_of_no_right_form_is_shown_as_it_is(office: Office, tmp_path: Path) -> None:
    message = approved(office)
    desk = office.desk("Liaison India")
    stream, digest = desk.messages.submitted(message).stream, desk.messages.show(message)["digest"]
    ref = pieces.refer(b"Whatever.")
    with pytest.raises(Refused) as no:
        desk.act("signoff.decided", {"digest": digest, "answer": "object", "why": [ref]}, stream, pieces={ref["piece"]: b"Whatever."},
                 keep_refusal=True)  # fmt: skip
    assert no.value.code == "malformed"
    found = proved(office.desk(), message, tmp_path)
    assert [a["counts"] for a in found["acts"]] == [True, True, False]
    assert found["message"]["state"] == "approved"


def test_where_verdicts_go_by_more_of_the_offices_acts_these_go_along(office: Office, tmp_path: Path) -> None:
    message = approved(office)
    desk = office.desk()
    now = desk.clock.now_ms()
    assert '"kind":"mourning.declared"' not in packing.pack_message(desk, message, Wish()).data.decode()
    office.head.mournings.declare(iso(now)[:10], "The floods in Maranga.", zones=("UTC",))
    desk.messages.schedule(message, now, despite="It says that we mourn.")
    found = proved(desk, message, tmp_path)
    assert [a["kind"] for a in found["acts"] if a["counts"]][-1] == "message.scheduled"
    data = packing.pack_message(desk, message, Wish()).data.decode()
    assert "mourning.declared" in data and "The floods in Maranga." not in data


def test_rules_that_this_program_does_not_know_are_named(office: Office) -> None:
    message = approved(office)
    for desk in (office.desk(), office.head):
        desk.act("office.fold_adopted", {"version": NEWEST + 1})
    with pytest.raises(Refused) as no:
        packing.pack_message(office.desk(), message, Wish())
    assert no.value.code == "pack-failed" and f"version {NEWEST + 1} of its rules" in no.value.message


def test_the_pack_among_the_vectors_holds_for_the_program_and_for_its_page(tmp_path: Path) -> None:
    data = (vectors.FOLDER / "proof-pack.json").read_bytes()
    (shown,) = opened(*written(tmp_path, data))
    assert shown["state"] == "ok" and "为四十个国家减债。🕊️" in shown["body"]
    found = reported(data)
    assert [(d["person"], d["counts"]) for d in found["decisions"]] == [("Liaison Brazil", True)]


def test_sealed_shares_of_the_guardians_key_are_never_shown(desks: World, tmp_path: Path) -> None:
    head = desks.desk("head")
    head.guardians.name(["Lia Liaison", "Liaison Brazil"], 2)
    desks.sync("head", "otto", "lia")
    made = desks.desk("otto").messages.new(content())
    desks.desk("otto").messages.submit(made["message"])
    desks.sync("otto", "lia", "head")
    found = proved(head, made["message"], tmp_path, complete=True)
    assert ("guardians.named", "shares") in {(one["kind"], one["part"]) for one in found["withheld"]}
    assert not any("shares" in one for one in found["rests_on_word"])
    data = packing.pack_message(head, made["message"], Wish()).data.decode()
    shares = head.office.guardians.shares
    assert len(shares) == 2 and not [one for one in shares.values() if one in data]
