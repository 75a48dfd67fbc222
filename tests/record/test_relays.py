"""A relay's pack: it holds its line too, and proves that this was agreed, what it locks, who took it on, and what was posted."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import Desk, packing
from g20desk.errors import Refused
from g20desk.ledger import canonical
from g20desk.office.content import Content, Text, Wording
from g20desk.office.form import LINE
from g20desk.record import pack, verify
from g20desk.record.withholding import Wish
from tests.record.story import fault, reported
from tests.record.test_pages import opened, written

EN, FR, LOCK = (
    "We agreed on debt relief for forty countries.",
    "Nous allégeons la dette de quarante pays.",
    "debt relief for forty countries",
)
SAID, WHY = f"President Ramos: {EN}", "Our minister speaks tomorrow."


@dataclass
class Carried:
    folder: Path
    line: str
    relay: str

    def desk(self, person: str = "Officer") -> Desk:
        return Desk.open(self.folder, person)

    def pack(self, person: str = "Officer", **wish: Any) -> bytes:
        return packing.pack_message(self.desk(person), self.relay, Wish(**wish)).data

    def spoilt(self, change: Callable[[dict[str, Any]], Any], **wish: Any) -> bytes:
        """A pack that its own maker changed and signed again."""
        value = json.loads(self.pack(**wish))
        del value["signature"]
        change(value)
        desk = self.desk()
        return pack.signed(value, desk.ledger.key(desk.device).sign("proof pack", canonical.dumps(value)))


@pytest.fixture(scope="module")
def carried(tmp_path_factory: pytest.TempPathFactory) -> Carried:
    """A line was agreed and taken on by a Presidency, with words around it, and posted; not to be written to."""
    folder = tmp_path_factory.mktemp("relay") / "desk"
    Desk.found(folder, "G20", "Ada Head", rehearsal=True)
    officer, brazil, presidency = (Desk.open(folder, who) for who in ("Officer", "Liaison Brazil", "Presidency"))
    line = begun(officer, brazil)
    (asked,) = officer.relays.ask(line, ["ZA Presidency X"], why=WHY)
    presidency.relays.adopt(asked["relay"], SAID, when_ms=presidency.clock.now_ms())
    assert presidency.publish.once()["sent"] == 1
    return Carried(folder, line, asked["relay"])


def begun(officer: Desk, brazil: Desk) -> str:
    wording = Wording(
        {"en": (LOCK,), "fr": ("la dette de quarante pays",)},
        source="Johannesburg 2025",
        dont={"fr": ("Ne nommer personne.",)},
    )
    made = officer.lines.begin(Content(LINE, (), (Text("en", (EN,)), Text("fr", (FR,))), topic="debt", line=wording))
    officer.messages.submit(made["line"])
    brazil.messages.decide(made["line"], "approve", made["digest"])
    return str(made["line"])


def test_it_proves_the_line_who_took_it_on_what_stands_and_where(carried: Carried) -> None:
    found = reported(carried.pack())
    relay = found["relay"]
    assert (relay["account"], relay["network"], relay["owner"]) == ("ZA Presidency X", "rehearsal", "presidency:ZA")
    assert (relay["adopted"]["person"], relay["adopted"]["government"], relay["declined"]) == ("Presidency", "ZA", None)
    assert relay["locked"] == {"en": [LOCK]}
    line = carried.desk().lines.show(carried.line)
    assert (relay["line"]["id"], relay["line"]["digest"], relay["line"]["state"]) == (
        carried.line,
        line["digest"],
        "approved",
    )
    assert {text["lang"]: text["parts"] for text in relay["line"]["texts"]} == {"en": [EN], "fr": [FR]}
    assert [(d["person"], d["decision"], d["counts"]) for d in relay["line"]["decisions"]] == [
        ("Liaison Brazil", "approve", True)
    ]
    assert [text["parts"] for text in found["texts"]] == [[SAID]] and found["message"]["state"] == "sent"
    assert [(post["account"], post["state"], len(post["urls"])) for post in found["posts"]] == [
        ("ZA Presidency X", "sent", 1)
    ]
    assert WHY.encode() not in carried.pack() and WHY.encode() in carried.pack(reasons=True)


@pytest.mark.parametrize(
    "wish", [{}, {"complete": True}, {"names": True}, {"reasons": True}, {"parts": ("c.text.fr",)}], ids=str
)
def test_its_page_holds_and_shows_both(carried: Carried, tmp_path: Path, wish: dict[str, Any]) -> None:
    data = carried.pack(**wish)
    (shown,) = opened(*written(tmp_path, data))
    assert shown["state"] == "ok", shown["said"]
    assert (
        SAID in shown["body"] and EN in shown["body"] and LOCK in shown["body"] and "ZA Presidency X" in shown["body"]
    )
    assert ("Liaison Brazil" in shown["body"]) == ("names" not in wish) and (FR in shown["body"]) == (
        "parts" not in wish
    )
    if "parts" in wish:
        assert FR.encode() not in data and b"la dette de quarante" not in data


def test_a_relay_that_was_declined_proves_that(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    Desk.found(folder, "G20", "Ada Head", rehearsal=True)
    officer, brazil, presidency = (Desk.open(folder, who) for who in ("Officer", "Liaison Brazil", "Presidency"))
    (asked,) = officer.relays.ask(begun(officer, brazil), ["ZA Presidency X"])
    open_ = reported(packing.pack_message(officer, asked["relay"], Wish()).data)
    assert (open_["relay"]["adopted"], open_["relay"]["declined"], open_["texts"]) == (None, None, [])
    presidency.relays.decline(asked["relay"], WHY)
    data = packing.pack_message(officer, asked["relay"], Wish(reasons=True)).data
    found = reported(data)
    assert (found["relay"]["declined"]["person"], found["relay"]["declined"]["reason"]) == ("Presidency", WHY)
    (shown,) = opened(*written(tmp_path, data))
    assert shown["state"] == "ok" and WHY in shown["body"] and "Declined" in shown["body"]


def test_a_line_that_was_withdrawn_since_says_so_and_the_adoption_stands(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    Desk.found(folder, "G20", "Ada Head", rehearsal=True)
    officer, brazil, presidency = (Desk.open(folder, who) for who in ("Officer", "Liaison Brazil", "Presidency"))
    line = begun(officer, brazil)
    (asked,) = officer.relays.ask(line, ["ZA Presidency X"])
    presidency.relays.adopt(asked["relay"], SAID)
    officer.messages.withdraw(line, "A figure is wrong.")
    with pytest.raises(Refused):
        presidency.messages.schedule(asked["relay"], presidency.clock.now_ms())
    found = reported(packing.pack_message(presidency, asked["relay"], Wish()).data)
    told = found["relay"]["line"]
    assert (told["state"], told["now"], found["relay"]["adopted"]["person"]) == ("approved", "withdrawn", "Presidency")
    assert [(d["person"], d["counts"]) for d in told["decisions"]] == [("Liaison Brazil", True)]
    assert [(act["kind"], act["counts"]) for act in found["acts"]] == [("relay.asked", True), ("relay.adopted", True)]


def test_one_who_thought_again_and_took_it_on_in_other_words(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    Desk.found(folder, "G20", "Ada Head", rehearsal=True)
    officer, brazil, presidency = (Desk.open(folder, who) for who in ("Officer", "Liaison Brazil", "Presidency"))
    (asked,) = officer.relays.ask(begun(officer, brazil), ["ZA Presidency X"])
    presidency.relays.adopt(asked["relay"], f"At last: {EN}")
    presidency.relays.decline(asked["relay"], WHY)
    presidency.relays.adopt(asked["relay"], SAID)
    data = packing.pack_message(officer, asked["relay"], Wish()).data
    found = reported(data)
    assert [text["parts"] for text in found["texts"]] == [[SAID]] and found["relay"]["declined"] is None
    assert [act["kind"] for act in found["acts"] if act["counts"]] == [
        "relay.asked", "relay.adopted", "relay.declined", "relay.adopted",
    ]  # fmt: skip
    (shown,) = opened(*written(tmp_path, data))
    assert shown["state"] == "ok", shown["said"]


@pytest.mark.parametrize("wish", [{"parts": ("c.text.en",)}, {"parts": ("c.lock.en",)}, {"contents": True}], ids=str)
def test_what_was_taken_on_and_what_it_goes_by_is_never_withheld(carried: Carried, wish: dict[str, Any]) -> None:
    with pytest.raises(Refused) as caught:
        carried.pack(**wish)
    assert caught.value.code == "part-needed"


def test_a_maker_leaves_nothing_of_the_line_out_and_changes_nothing(carried: Carried) -> None:
    def acts(value: dict[str, Any], kind: str) -> list[dict[str, Any]]:
        return [one for one in value["entries"] if one["event"] and f'"kind":"{kind}"' in one["event"]["header"]]

    def bare(value: dict[str, Any]) -> None:
        acts(value, "signoff.decided")[0]["event"] |= {"parts": None, "verdict": None}

    def hidden(value: dict[str, Any]) -> None:
        """The phrases are told, and nobody can tell whether as they are."""
        submitted = acts(value, "message.submitted")[0]["event"]["parts"]
        part = verify.pack.PartOfBody("0" * 32, [LOCK], submitted["c.lock.en"].encode())
        submitted["c.lock.en"] = {"digest": part.digest("c.lock.en"), "told": json.dumps([LOCK])}

    def other(value: dict[str, Any]) -> None:
        value["claims"]["relay"]["locked"] = {"en": ["relief"]}

    def state(value: dict[str, Any]) -> None:
        value["claims"]["relay"]["line_now"] = "withdrawn"

    said = [fault(carried.spoilt(change)) for change in (bare, hidden, other, state)]
    assert "is not shown" in said[0] and "can't be withheld" in said[1]
    assert all("is not what the office's rules make of it" in one for one in said[2:])


def test_a_page_sees_a_claim_on_the_line_that_it_does_not_show(carried: Carried, tmp_path: Path) -> None:
    def other(value: dict[str, Any]) -> None:
        value["claims"]["relay"]["digest"] = "0" * 64

    def locked(value: dict[str, Any]) -> None:
        value["claims"]["relay"]["locked"]["en"] = ["debt relief for fifty countries"]

    for shown in opened(*written(tmp_path, carried.spoilt(other), carried.spoilt(locked))):
        assert shown["state"] == "block", shown["said"]
