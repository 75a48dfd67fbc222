"""Whatever is done to a proof pack is found and named in plain words: by a stranger, and by the member who made it."""

from __future__ import annotations

import base64
import copy
import json
import random
from pathlib import Path
from typing import Any

import pytest

from g20desk.ledger import canonical, envelope
from g20desk.ledger.keys import DeviceKey
from g20desk.record import pack, verify
from tests.record.story import Story, fault, reported, told

SEEDS = range(8)


@pytest.fixture(scope="module")
def whole(story: Story) -> bytes:
    return story.pack(complete=True)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """Another office with the same names in it."""
    return told(tmp_path_factory.mktemp("other") / "desk")


@pytest.mark.parametrize("seed", SEEDS)
def test_any_byte_that_is_changed_is_found(whole: bytes, seed: int) -> None:
    by = random.Random(seed)
    for _ in range(60):
        at = by.randrange(len(whole))
        change = by.choice((
            whole[:at] + bytes([by.choice([b for b in range(256) if b != whole[at]])]) + whole[at + 1 :],
            whole[:at] + whole[at + 1 :], whole[:at] + bytes([by.randrange(256)]) + whole[at:],
            whole[:at], whole + whole[at:], whole[:at] + whole[at : at + 9][::-1] + whole[at + 9 :],
        ))  # fmt: skip
        assert change == whole or fault(change)


def leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The ways to every single thing in a pack, but for what its maker only tells."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return [way for name, one in items if name != "told" for way in leaves(one, (*path, name))] or [path]
    return [path]


def changed(value: Any, by: random.Random) -> Any:
    if isinstance(value, bool) or value is None:
        return value is not True
    if isinstance(value, int):
        return value + by.choice((-1, 1))
    if isinstance(value, str) and value:
        at = by.randrange(len(value))
        return value[:at] + ("1" if value[at] != "1" else "2") + value[at + 1 :]
    return "x"


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_in_a_pack_is_its_makers_to_change(story: Story, whole: bytes, seed: int) -> None:
    by, value = random.Random(seed), json.loads(whole)
    ways = leaves({name: one for name, one in value.items() if name != "signature"})
    for way in by.sample(ways, 40):

        def spoil(found: Any, way: tuple[Any, ...] = way) -> None:
            for name in way[:-1]:
                found = found[name]
            found[way[-1]] = changed(found[way[-1]], by)

        assert fault(story.spoilt(spoil, complete=True)), way


def acts_of(value: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in value["entries"] if one["event"] and f'"kind":"{kind}"' in one["event"]["header"]]


def drop(value: dict[str, Any]) -> None:
    value["entries"].remove(acts_of(value, "signoff.decided")[0])


def swap(value: dict[str, Any]) -> None:
    first, second = acts_of(value, "signoff.decided")[:2]
    first["event"], second["event"] = second["event"], first["event"]


def swap_places(value: dict[str, Any]) -> None:
    first, second = acts_of(value, "signoff.decided")[:2]
    for name in first:
        if name not in ("place", "stamp", "between"):
            first[name], second[name] = second[name], first[name]


def rename(value: dict[str, Any]) -> None:
    parts = acts_of(value, "member.admitted")[1]["event"]["parts"]
    parts["name"] = parts["name"].replace("Liaison Brazil", "Liaison Benin")


def other_verdict(value: dict[str, Any]) -> None:
    verdict = acts_of(value, "signoff.decided")[1]["event"]["verdict"]
    verdict.update(counts=True, code="")


def other_claim(value: dict[str, Any]) -> None:
    value["claims"]["state"] = "approved"


def one_more_voice(value: dict[str, Any]) -> None:
    value["claims"]["decisions"] = dict.fromkeys(value["claims"]["decisions"], True)


def forget(value: dict[str, Any], gone: dict[str, Any]) -> None:
    """No claim on an act any more."""
    for claimed in (value["claims"]["decisions"], value["claims"]["by"]):
        claimed.pop(next(one for one in claimed if f'"event":"{one}"' in gone["head"]))


def hide_body(value: dict[str, Any]) -> None:
    acts_of(value, "signoff.decided")[0]["event"].update(parts=None, verdict=None)


def hide_person(value: dict[str, Any]) -> None:
    acts_of(value, "member.retired")[0]["event"].update(parts=None, verdict=None)


def hide_part(value: dict[str, Any]) -> None:
    parts = acts_of(value, "signoff.decided")[0]["event"]["parts"]
    parts["answer"] = {"digest": "0" * 64, "told": '"approve"'}


def other_told(value: dict[str, Any]) -> None:
    """The digest is right and what is told of the part is not."""
    from g20desk.ledger.body import PartOfBody

    parts = acts_of(value, "signoff.decided")[0]["event"]["parts"]
    salt, said = json.loads(parts["answer"])
    parts["answer"] = {"digest": PartOfBody(salt, said).digest("answer"), "told": '"approve"'}


def malformed_told(value: dict[str, Any]) -> None:
    """An objection that would not count if its reason were what is told of it."""
    shown = acts_of(value, "signoff.decided")[0]["event"]
    shown["parts"]["why"]["told"] = f"[{shown['parts']['why']['told']}]"
    shown["verdict"].update(counts=False, code="malformed")


def other_text(value: dict[str, Any]) -> None:
    name = next(name for name, one in value["pieces"].items() if "Nous nous" in one.get("text", ""))
    value["pieces"][name] = {"text": "Nous ne nous sommes pas réunis."}


def no_text(value: dict[str, Any]) -> None:
    value["pieces"].pop(next(iter(value["pieces"])))


def further_text(value: dict[str, Any]) -> None:
    value["pieces"]["0" * 64] = {"text": "And they agreed to everything."}


def other_base64(value: dict[str, Any]) -> None:
    name = next(name for name, one in value["pieces"].items() if "text" in one)
    value["pieces"][name] = {"base64": base64.b64encode(value["pieces"][name]["text"].encode()).decode()}


def guess(value: dict[str, Any]) -> None:
    """A withheld reason, guessed with another salt."""
    parts = acts_of(value, "signoff.decided")[0]["event"]["parts"]
    assert "told" in parts["why"]
    parts["why"] = '["' + "0" * 32 + '",null]'


def later_time(value: dict[str, Any]) -> None:
    value["entries"][-1]["stamp"] += 60_000


def cut_short(value: dict[str, Any]) -> None:
    del value["entries"][6:]


def foreign_event(value: dict[str, Any]) -> None:
    value["stream"] = value["office"]


@pytest.mark.parametrize(("change", "says"), [
    (drop, "is missing"), (swap, "another act stands there"), (swap_places, "order in which"), (rename, "was changed"),
    (other_verdict, "by the office's rules"), (other_claim, "comes to"), (one_more_voice, "comes to"),
    (hide_body, "is not shown"), (hide_person, "is not shown"), (hide_part, "can't be withheld"), (other_told, "can't be withheld"), (malformed_told, "can't rest on"),
    (other_text, "not the one that was signed"), (no_text, "is missing"), (further_text, "belongs to nothing"),
    (other_base64, "not of the form"), (guess, "was changed"), (later_time, "did not sign"), (cut_short, "does not show"),
    (foreign_event, "is not shown"),
], ids=lambda one: getattr(one, "__name__", ""))  # fmt: skip
def test_what_its_own_maker_changes_is_named(story: Story, change, says: str) -> None:
    said = fault(story.spoilt(change, complete=True))
    assert says.casefold() in said.casefold(), said


def test_the_founding_of_another_office_is_found(story: Story, other: Story) -> None:
    theirs = json.loads(other.pack())

    def founding(value: dict[str, Any]) -> None:
        value["entries"][0] = theirs["entries"][0]

    assert "another office" in fault(story.spoilt(founding))

    def whole(value: dict[str, Any]) -> None:
        founding(value)
        value["office"] = theirs["office"]

    assert fault(story.spoilt(whole))


def test_a_pack_of_another_office_with_the_same_names_has_other_safety_words(story: Story, other: Story) -> None:
    mine, theirs = reported(story.pack()), reported(other.pack())
    assert mine["office"]["name"] == theirs["office"]["name"]
    assert mine["office"]["safety_words"] != theirs["office"]["safety_words"]
    assert any(theirs["office"]["safety_words"] in one for one in theirs["not_proved"])


def test_the_signature_of_another_keeper_is_found(story: Story) -> None:
    stranger = DeviceKey.fresh()

    def receipts(value: dict[str, Any]) -> None:
        place, running = 0, envelope.first_hash(value["office"])
        for one in value["entries"]:
            place, head = one["place"], one["head"].encode()
            signed = envelope.digest(head, bytes.fromhex(one["head_signature"]))
            running = envelope.next_hash(value["office"], place, running, signed, one["stamp"])
            said = envelope.receipt_bytes(value["office"], place, running, one["stamp"])
            one["receipt"] = stranger.sign("receipt", said).hex()

    assert "did not sign" in fault(story.spoilt(receipts, complete=True))


def test_a_pack_that_somebody_outside_made_is_not_taken(story: Story) -> None:
    value = json.loads(story.pack())
    del value["signature"]
    stranger = DeviceKey.fresh()
    value["by"] = stranger.device
    data = pack.signed(value, stranger.sign("proof pack", canonical.dumps(value)))
    assert "not in the office" in fault(data)


def test_an_objection_that_its_maker_hides_is_not_shown_to_be_absent(story: Story) -> None:
    """The limit of a pack that is not complete, and that it says so."""

    def hidden(value: dict[str, Any]) -> None:
        gone = acts_of(value, "signoff.decided")[0]
        after = value["entries"][value["entries"].index(gone) + 1]
        signed = envelope.digest(gone["head"].encode(), bytes.fromhex(gone["head_signature"]))
        link = bytes.fromhex(signed) + gone["stamp"].to_bytes(8)
        after["between"] = base64.b64encode(
            base64.b64decode(gone["between"]) + link + base64.b64decode(after["between"])
        ).decode()
        value["entries"].remove(gone)
        forget(value, gone)

    found = reported(story.spoilt(hidden, complete=True))
    assert not found["complete"] and any("1 of" in one and "not shown" in one for one in found["rests_on_word"])
    assert any("--complete" in one for one in found["not_proved"])

    def bare(value: dict[str, Any]) -> None:
        gone = acts_of(value, "signoff.decided")[0]
        forget(value, gone)
        gone["event"] = None

    assert not reported(story.spoilt(bare, complete=True))["complete"]


def rewritten(story: Story, change: Any) -> bytes:
    """What the head, who keeps the order, can do alone: any order of what others signed, and all its receipts anew."""
    keeper = story.key("Ada Head")

    def rewrite(value: dict[str, Any]) -> None:
        change(value["entries"])
        running = envelope.first_hash(value["office"])
        for place, one in enumerate(value["entries"], 1):
            signed = envelope.digest(one["head"].encode(), bytes.fromhex(one["head_signature"]))
            running = envelope.next_hash(value["office"], place, running, signed, one["stamp"])
            said = envelope.receipt_bytes(value["office"], place, running, one["stamp"])
            one |= {"place": place, "receipt": keeper.sign("receipt", said).hex()}

    return story.spoilt(rewrite, "Ada Head", complete=True)


def test_a_history_that_its_keeper_rewrote_is_contradicted_by_what_others_had_seen(story: Story) -> None:
    assert reported(rewritten(story, lambda entries: None))["accused"] == [], "the same history again"

    def later(entries: list[dict[str, Any]]) -> None:
        # Another time for something long before: nobody's signature is on it but the keeper's.
        entries[8]["stamp"] = entries[9]["stamp"]

    found = reported(rewritten(story, later))
    assert any("signoff.decided by Liaison Brazil" in one for one in found["accused"])
    assert not reported(story.pack(complete=True))["accused"]


def test_what_one_device_did_is_not_put_in_another_order_nor_twice_by_the_keeper(story: Story) -> None:
    def turned(entries: list[dict[str, Any]]) -> None:
        first, second = acts_of({"entries": entries}, "post.sending")[:2]
        one, other = entries.index(first), entries.index(second)
        entries[one], entries[other] = {**second, "stamp": first["stamp"]}, {**first, "stamp": second["stamp"]}

    def twice(entries: list[dict[str, Any]]) -> None:
        entries.append({**acts_of({"entries": entries}, "signoff.decided")[0], "stamp": entries[-1]["stamp"]})

    assert "order in which it was done" in fault(rewritten(story, turned))
    assert "order in which it was done" in fault(rewritten(story, twice))


@pytest.mark.parametrize("rubbish", [
    b"", b"{}", b"null", b"[]", b"\xff\xfe", b"{" * 100_000, b"[" * 100_000 + b"]" * 100_000,
    b'{"format":"g20desk proof pack","v":1}', b'{"format":"g20desk proof pack","v":2}',
    b'{"v":' + b"9" * 10_000 + b"}", b'{"v":1e400}', b'{"v":NaN}', b'"\\ud800"', b"<!doctype html>", b"<!DOCTYPE html>\n<html>",
    b'{"format":"g20desk proof pack","format":"g20desk proof pack","v":1}',
], ids=range(16))  # fmt: skip
def test_rubbish_is_no_pack(rubbish: bytes) -> None:
    assert fault(rubbish)


def test_a_key_that_stands_twice_is_found(whole: bytes) -> None:
    assert fault(whole.replace(b'{"by":', b'{"by":"' + b"0" * 64 + b'","by":', 1))
    assert fault(whole.replace(b'"counts":false', b'"counts":true,"counts":false', 1))


@pytest.mark.parametrize("told", [
    '{"a":' * 31 + "1" + "}" * 31, "9007199254740991", '"' + "x" * 100_000 + '"', "null", "[]", "{}", "true",
    '{"key":"' + "0" * 64 + '","piece":"' + "0" * 64 + '","size":1000000000}',
], ids=["deep", "huge", "long", "null", "list", "object", "true", "a gigabyte"])  # fmt: skip
def test_whatever_a_maker_tells_of_a_withheld_part_is_judged_by_the_rules(story: Story, told: str) -> None:
    def tell(value: dict[str, Any]) -> None:
        for entry in value["entries"]:
            for name, part in ((entry["event"] or {}).get("parts") or {}).items():
                if isinstance(part, dict) and name != "c.text.fr":
                    part["told"] = told

    value = story.spoilt(tell, parts=("c.text.fr",))
    said = fault(value)
    assert said or not reported(value)["faults"]


def test_a_file_beyond_all_measure_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.json"
    with path.open("wb") as file:
        file.truncate(2**30)
    if Path("/dev/zero").exists():
        with pytest.raises(pack.BadPack, match="larger"):
            verify.load(Path("/dev/zero"))
    with pytest.raises(pack.BadPack, match="larger"):
        verify.load(path)


def test_every_field_is_held_to_its_form(story: Story) -> None:
    """Each value of a pack as something of another kind: a fault, never an exception of ours."""
    value = json.loads(story.pack())
    ways = [*leaves(value), ("entries", 0, "event"), ("entries", 2), ("pieces",), ("claims",), ("entries",)]
    by = random.Random(1)
    for way in [*by.sample(ways[:-5], 60), *ways[-5:]]:
        for other in (None, 7, -1, "", "zz", [], {}, [[]], {"digest": 1, "told": 2}, True):
            spoilt = copy.deepcopy(value)
            found = spoilt
            for name in way[:-1]:
                found = found[name]
            if found[way[-1]] == other:
                continue
            found[way[-1]] = other
            assert fault(canonical.dumps(spoilt)), (way, other)
