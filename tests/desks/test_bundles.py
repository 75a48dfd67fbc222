"""The record on a stick: between desks that never see a hub, and beside one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from g20desk.desk import bringing, bundles, copying, evidence
from g20desk.desk.exporting import export
from g20desk.desk.verifying import verify
from g20desk.errors import DeskError, Refused, Usage
from g20desk.ledger import bundle
from g20desk.ledger.bundle import Reader
from g20desk.ledger.canonical import FORMAT
from g20desk.ledger.sealing import CHUNK
from tests.desks.memory import lost
from tests.desks.world import World, apart, world


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with apart(tmp_path, "otto", "lia") as one:
        one.carry("head", "otto")  # who hears of lia
        yield one


@pytest.fixture
def summit(tmp_path: Path) -> Iterator[World]:
    """Desks of an office with a hub, of which otto and lia see none of it for hours."""
    with world(tmp_path, "otto", "lia", "mia") as one:
        one.sync("otto", "lia", "mia", "head")
        for who in ("otto", "lia"):
            one.line(who).meet = lost
        yield one


def checked(office: World, who: str) -> None:
    """The desk's export holds by itself."""
    file = office.folder / f"{who}.jsonl"
    export(office.desk(who), file)
    done = subprocess.run(
        [sys.executable, "tools/check_export.py", str(file)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def state(office: World, who: str, message: str) -> str:
    return str(office.desk(who).messages.show(message)["state"])


def submitted(office: World, who: str = "otto") -> tuple[str, str]:
    message = office.draft(who)
    return message, str(office.desk(who).messages.submit(message)["digest"])


def test_an_office_without_a_hub_works_by_sticks_alone(office: World) -> None:
    message, digest = submitted(office)
    office.carry("otto", "lia")
    assert state(office, "lia", message) == "submitted"
    office.desk("lia").messages.decide(message, "approve", digest)
    office.carry("lia", "head")
    assert state(office, "head", message) == "approved"
    assert not office.desk("head").tentative
    assert office.desk("otto").tentative == 2 and office.desk("lia").tentative == 2
    found = verify(office.desk("lia"))
    assert found["verified"] and found["tentative"] == 3, "with the draft that she carries unread"
    checked(office, "lia")
    office.carry("head", "otto", "lia")
    assert not office.desk("otto").tentative and not office.desk("lia").tentative
    assert state(office, "otto", message) == state(office, "lia", message) == "approved"
    office.alike("head", "otto")
    for who in ("otto", "lia", "head"):
        assert verify(office.desk(who))["verified"] and not verify(office.desk(who))["refused"]


def test_a_stick_again_old_or_the_other_way_round_does_nothing(office: World) -> None:
    message, digest = submitted(office)
    old = office.stick("otto")
    office.bring("lia", old)
    office.desk("lia").messages.decide(message, "approve", digest)
    both = office.stick("lia")
    office.bring("head", both)
    place = office.desk("head").store.last_place()
    for file in (old, both, old):
        done = office.bring("head", file)
        assert (done.places, done.acts, done.placed, done.left) == (0, 0, 0, [])
    assert office.desk("head").store.last_place() == place
    back = office.stick("head")
    for who in ("lia", "otto"):
        for file in (back, old, both, back):
            office.bring(who, file)
        assert not office.desk(who).tentative
    office.alike("head", "otto")


def test_whoever_carries_a_draft_can_not_read_it(office: World) -> None:
    secret = "Nobody but the staff reads of gallium."
    message = office.draft("otto", secret)
    office.carry("otto", "lia")
    lia = office.desk("lia")
    with pytest.raises(Refused):
        lia.messages.show(message)
    assert not lia.messages.rows()
    dumped = "\n".join(
        str(row) for (table,) in lia.store.db.execute("select name from sqlite_master where type = 'table'").fetchall()
        if not table.startswith("words") for row in lia.store.db.execute(f"select * from {table}").fetchall()
    )  # fmt: skip
    assert "gallium" not in dumped
    assert verify(lia)["verified"]
    office.carry("lia", "head")
    assert office.desk("head").messages.show(message)["texts"][0]["parts"] == [secret]
    office.carry("head", "lia", "otto")
    assert not lia.tentative
    assert not lia.store.db.execute("select * from carried").fetchall()
    assert not lia.store.db.execute("select * from carried_pieces").fetchall()


def test_whoever_reaches_the_hub_first_hands_in_what_others_did(summit: World) -> None:
    message, digest = submitted(summit)
    summit.carry("otto", "lia")
    summit.desk("lia").messages.decide(message, "approve", digest)
    summit.carry("lia", "mia")
    summit.sync("mia", "head")
    assert state(summit, "head", message) == "approved"
    for who in ("otto", "lia"):
        summit.line(who).meet = lambda name, when: None
    summit.sync("otto", "lia", "mia", "head")
    assert not any(summit.desk(who).tentative for who in ("otto", "lia", "mia", "head"))
    summit.alike("head", "otto")
    summit.alike("lia", "mia")


def test_an_author_and_a_carrier_hand_in_the_same_act(summit: World) -> None:
    message, _ = submitted(summit)
    summit.carry("otto", "mia", "lia")
    summit.line("otto").meet = lambda name, when: None
    summit.sync("otto", "mia", "otto", "head")
    assert state(summit, "head", message) == "submitted"
    assert not summit.desk("mia").tentative
    summit.carry("mia", "lia")
    assert not summit.desk("lia").tentative
    assert verify(summit.desk("lia"))["verified"]


def test_a_file_that_was_damaged_or_cut_off_changes_nothing(office: World, tmp_path: Path) -> None:
    submitted(office)
    whole = office.stick("otto").read_bytes()
    lia = office.desk("lia")
    before = lia.store.last_place(), lia.tentative
    broken = tmp_path / "broken.stick"
    head = len(bundle.MAGIC) + 4 + int.from_bytes(whole[len(bundle.MAGIC) : len(bundle.MAGIC) + 4])
    spoiled = [
        0,
        len(bundle.MAGIC),
        head - 3,
        head,
        head + CHUNK // 2,
        head + CHUNK + 16,
        len(whole) - 65,
        len(whole) - 1,
    ]
    cases = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in spoiled]
    cases += [whole[:at] for at in (0, 5, 17, head - 1, head, head + 100, len(whole) - 64, len(whole) - 1)]
    cases += [whole + b"x", whole + bytes(CHUNK + 16), b"\0" * 100_000, bundle.MAGIC + b"\xff" * 100]
    for data in cases:
        broken.write_bytes(data)
        with pytest.raises(Usage) as no:
            office.bring("lia", broken)
        assert no.value.code in ("bundle-damaged", "bundle-cut-off", "bundle-no-bundle", "bundle-version"), (
            no.value.code
        )
        assert no.value.message and no.value.help
        assert (lia.store.last_place(), lia.tentative) == before
    for path in (tmp_path, tmp_path / "nowhere.stick"):
        with pytest.raises(Usage) as no:
            office.bring("lia", path)
        assert no.value.code == "no-file"


def test_what_is_not_for_this_office_or_program_is_said(office: World, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with apart(tmp_path / "other") as other, pytest.raises(Usage) as no:
        office.bring("lia", other.stick("head"))
    assert no.value.code == "bundle-other-office"
    newer = tmp_path / "newer.stick"
    data = office.stick("otto").read_bytes()
    for version in (FORMAT - 1, FORMAT + 1):
        newer.write_bytes(data.replace(b'"v":%d' % FORMAT, b'"v":%d' % version, 1))
        with pytest.raises(Usage) as no:
            office.bring("lia", newer)
        assert no.value.code == "bundle-version" and f"version {version}" in no.value.message


def test_a_record_that_claims_to_be_gigantic_is_refused(office: World, tmp_path: Path) -> None:
    """Nothing is as large as it says before it was read, and nothing is packed."""
    otto = office.desk("otto")
    file = tmp_path / "bomb.stick"
    boxes = {one: otto.office.boxes[one] for one in otto.office.entitled(otto.office.members_ring)}
    for kind, size in ((bundle.PIECE, 1 << 60), (bundle.ACT, 1 << 40), (b"q", 5), (bundle.PLACE, 100_000)):
        with file.open("wb") as out:
            writer = bundle.Writer(out, otto.office.id, otto.ledger.key(otto.device), boxes)
            writer._open += kind + size.to_bytes(8) + b"x"
            writer.size = len(writer._open)
            writer.close()
        with pytest.raises(Usage) as no:
            office.bring("lia", file)
        assert no.value.code == "bundle-damaged"


def test_a_gap_says_what_to_ask_for(office: World) -> None:
    for _ in range(3):
        submitted(office, "head")
    last = office.desk("head").store.last_place()[0]
    file = office.stick("head", since=last)
    have = office.desk("lia").store.last_place()[0]
    with pytest.raises(Refused) as no:
        office.bring("lia", file)
    assert no.value.code == "bundle-gap" and f"--since {have}" in no.value.help
    assert office.desk("lia").store.last_place()[0] == have
    office.bring("lia", office.stick("head", since=have))
    assert office.desk("lia").store.last_place()[0] == last
    with pytest.raises(Usage):
        office.stick("head", since=last + 1)


def test_a_stick_for_somebody_begins_where_their_acts_show_them(office: World) -> None:
    submitted(office)
    office.carry("otto", "head")
    office.carry("head", "otto")
    submitted(office)
    file = office.stick("otto")
    office.bring("head", file)
    head = office.desk("head")
    assert bundles._known(head.ledger, head.office, "Otto Officer") == Reader_place(office, file)
    assert bundles._known(head.ledger, head.office, "") == 0, "lia's desk has never been heard of"
    office.bring("otto", office.stick("head", person="Otto Officer"))
    office.alike("head", "otto")
    with pytest.raises(Refused):
        office.stick("head", person="Nobody")


def Reader_place(office: World, file: Path) -> int:
    otto = office.desk("otto")
    reader = Reader(file)
    assert reader.unwrap(otto.device, otto.ledger.key(otto.device))
    made = bringing.Carrier(reader).place
    reader.close()
    return made


def test_a_device_that_was_taken_out_brings_nothing(office: World) -> None:
    message, _ = submitted(office)
    early = office.stick("otto")
    head = office.desk("head")
    head.people.revoke("Otto Officer", office.desk("otto").device, "Lost.")
    office.carry("head", "lia")
    for who in ("head", "lia"):
        with pytest.raises(Refused) as no:
            office.bring(who, early)
        assert no.value.code == "bundle-device-out"
        with pytest.raises(Refused):
            office.desk(who).messages.show(message)
    with pytest.raises(Refused) as no:
        office.bring("otto", office.stick("head"))
    assert no.value.code == "bundle-not-for-us"


def test_acts_of_who_was_taken_out_are_left_out_whoever_carries_them(office: World) -> None:
    message, _ = submitted(office)
    office.carry("otto", "lia")
    head = office.desk("head")
    head.people.revoke("Otto Officer", office.desk("otto").device, "Lost.")
    submitted(office, "head")
    done = office.bring("head", office.stick("lia"))
    assert done.placed == 0 and {one.why[:20] for one in done.left} == {"It was signed on a d"}
    with pytest.raises(Refused):
        head.messages.show(message)


def test_two_histories_of_the_keeper_are_found_by_a_stick(office: World) -> None:
    office.copied("head", "head.copy")
    submitted(office, "head")
    office.carry("head", "lia")
    file = office.stick("lia")
    office.put_back("head", "head.copy")
    office.desk("head").holds.place("Another history.")
    office.carry("head", "otto")
    with pytest.raises(Refused) as no:
        office.bring("otto", file)
    assert no.value.code == "two-histories"
    assert evidence.found(office.desk("otto").store)[0].proof


def test_a_keeper_put_back_gets_its_places_from_a_stick(office: World) -> None:
    office.copied("head", "head.copy")
    message, _ = submitted(office, "head")
    office.carry("head", "otto")
    office.put_back("head", "head.copy")
    office.bring("head", office.stick("otto", since=0))
    assert state(office, "head", message) == "submitted"
    office.desk("head").holds.place("It goes on.")
    office.carry("head", "otto")
    office.alike("head", "otto")


def test_a_desk_put_back_finds_its_own_acts_on_a_stick(office: World) -> None:
    office.draft("otto", "The first.")
    office.copied("otto", "otto.copy")
    message, _ = submitted(office)
    office.carry("otto", "lia")
    office.put_back("otto", "otto.copy")
    before = office.desk("otto").store.meta(f"chain/{office.desk('otto').device}")
    office.carry("lia", "otto")
    otto = office.desk("otto")
    assert state(office, "otto", message) == "submitted"
    assert otto.store.meta(f"chain/{otto.device}") != before
    later = office.draft("otto", "Written after.")
    office.carry("otto", "head")
    assert state(office, "head", message) == "submitted" and state(office, "head", later) == "draft"
    office.carry("head", "otto")
    assert not otto.tentative and not copying.undone(otto.store)
    office.alike("head", "otto")


def test_two_copies_of_a_desk_on_two_sticks(office: World) -> None:
    """Only one act can have a place in a chain: the other is done again, and nobody else is kept from anything."""
    office.draft("otto", "The first.")
    office.copied("otto", "otto.copy")
    office.draft("otto", "Written on the one.")
    office.carry("otto", "lia")
    office.put_back("otto", "otto.copy")
    office.draft("otto", "Written on the other.")
    office.carry("otto", "head")
    done = office.bring("head", office.stick("lia"))
    assert [one.why for one in done.left] == ["Another act of its author stands in its place."]
    office.carry("head", "otto", "lia")
    assert (
        not office.desk("lia").tentative and not office.desk("lia").store.db.execute("select * from carried").fetchall()
    )
    office.alike("head", "otto")
    for who in ("head", "otto", "lia"):
        assert verify(office.desk(who))["verified"]


def test_sizes_tell_little(office: World) -> None:
    sizes = set()
    for words in ("Short.", "A longer one. " * 20, "A much longer one, of a good many words. " * 25):
        office.draft("otto", words)
        sizes.add(office.stick("otto", since=0).stat().st_size)
    assert len(sizes) == 1
    assert all(
        bundle.padded(n) % CHUNK == 0 and n <= bundle.padded(n) < n * 1.07 + CHUNK for n in range(1, 9_000_000, 77_777)
    )


def test_the_clear_part_of_a_stick_shows_what_a_hub_sees(office: World) -> None:
    office.draft("otto", "Nobody but the staff reads of gallium.")
    otto = office.desk("otto")
    file = office.stick("otto")
    reader = Reader(file)
    assert reader.head.office == otto.office.id and reader.head.device == otto.device
    assert set(reader.head.wraps) == otto.office.entitled(otto.office.members_ring)
    reader.close()
    data = file.read_bytes()
    for word in ("gallium", "Otto", "G20 ", "draft.revised"):
        assert word.encode() not in data


def test_a_killed_import_goes_on(office: World, monkeypatch: pytest.MonkeyPatch) -> None:
    message, _ = submitted(office)
    file = office.stick("otto")
    lia = office.desk("lia")
    real, count = lia.store.add, 0

    def add(*about: object) -> None:
        nonlocal count
        count += 1
        if count == 1:
            raise KeyboardInterrupt
        real(*about)  # type: ignore[arg-type]

    monkeypatch.setattr(lia.store, "add", add)
    with pytest.raises(KeyboardInterrupt):
        office.bring("lia", file)
    assert not lia.tentative
    office.bring("lia", file)
    assert state(office, "lia", message) == "submitted"


def test_a_piece_that_was_taken_out_leaves_on_no_stick_and_comes_back_with_none(office: World) -> None:
    from g20desk.desk import redacting

    message, _ = submitted(office)
    old = office.stick("otto")
    office.carry("otto", "lia")
    held = {str(one) for (one,) in office.desk("lia").store.db.execute("select digest from carried_pieces").fetchall()}
    assert held, "lia carries the draft's texts unread"
    office.bring("head", old)
    redacting.redact(office.desk("head"), message, "A name that is nobody's business.", whole=True)
    assert office.desk("head").messages.show(message)["texts"][0]["parts"] == [""]
    office.carry("head", "lia")
    new = office.stick("head", since=0)
    for file in (old, new, old):
        for who in ("lia", "otto", "head"):
            office.bring(who, file)
    for who in ("lia", "otto", "head"):
        assert office.desk(who).messages.show(message)["texts"][0]["parts"] == [""], who
        assert not office.desk(who).tentative and verify(office.desk(who))["verified"]
    lia = office.desk("lia").store
    assert not lia.db.execute("select 1 from carried_pieces").fetchall()
    office.alike("head", "otto")


def test_what_is_carried_unread_loses_what_was_taken_out_meanwhile(office: World) -> None:
    from g20desk.desk import redacting

    message = office.draft("otto", "Nobody but the staff reads of gallium.")
    office.carry("otto", "lia")
    store = office.desk("lia").store
    assert store.db.execute("select count(*) from carried_pieces").fetchone()[0]
    head, otto = office.desk("head"), office.stick("otto")
    office.bring("head", otto)
    redacting.redact(head, message, "A name.", whole=True)
    office.carry("head", "lia")
    assert not store.db.execute("select count(*) from carried_pieces").fetchone()[0]
    assert not office.desk("lia").tentative and verify(office.desk("lia"))["verified"]


def test_the_guardians_key_is_no_desk_that_waits_for_a_stick(office: World) -> None:
    submitted(office)
    office.desk("lia").holds.place("A rumour.")
    office.carry("otto", "head")
    office.carry("lia", "head")
    office.carry("head", "otto", "lia")
    office.draft("otto")
    office.desk("lia").holds.place("Another.")
    office.carry("otto", "head")
    office.carry("lia", "head")
    head = office.desk("head")
    assert bundles._known(head.ledger, head.office, "") > 0
    head.guardians.name(["Otto Officer", "Lia Liaison"], 2)
    assert bundles._known(head.ledger, head.office, "") > 0
    file = office.stick("head")
    reader = Reader(file)
    assert set(reader.head.wraps) == set(head.office.devices)
    reader.close()
    office.bring("otto", file)
    office.alike("head", "otto")


def test_what_waits_behind_a_new_key_is_named_and_keeps_nothing_else_back(summit: World) -> None:
    """Somebody was let go offline: what their teller did since is sealed under the next key, once that stands."""
    message, _ = submitted(summit)
    head = summit.desk("head")
    summit.bring("head", summit.stick("otto"))
    summit.line("head").meet = lost
    head.people.retire("Mia Liaison", "Left.")
    head.holds.place("After it.")
    file = summit.folder / "head.stick"
    made = bundles.write(head.ledger, file)
    assert {head.store.get(one.event).header.kind for one in made.left} <= {"epoch.opened", "hold.placed"}
    assert "hold.placed" in {head.store.get(one.event).header.kind for one in made.left}
    summit.bring("lia", file)
    assert state(summit, "lia", message) == "submitted", "others' acts go along"
    assert summit.desk("lia").office.named("Mia Liaison") is None
    for who in ("head", "otto", "lia"):
        summit.line(who).meet = lambda name, when: None
    summit.sync("lia", "head", "otto", "lia", "head")
    assert not head.tentative
    summit.alike("head", "otto")


def test_errors_are_the_desks_own(office: World, tmp_path: Path) -> None:
    with pytest.raises(DeskError) as no:
        bundles.write(office.desk("otto").ledger, tmp_path / "no" / "folder.stick")
    assert no.value.code == "bundle-unwritten"
