"""People and their devices on a desk: who is in the office, who came in how, and what waits for others."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from g20desk.desk import Desk, bringing, joining, seals
from g20desk.desk.acting import Proposal
from g20desk.desk.joining import Admitted
from g20desk.desk.roll import Roll
from g20desk.desk.unlocking import ledger_of
from g20desk.errors import Refused
from g20desk.ledger import shares
from g20desk.ledger.sealing import Epoch
from tests.desks.world import World, apart, world


def test_the_roll_names_people_devices_and_invitations(tmp_path: Path) -> None:
    with world(tmp_path, "otto") as office:
        head = office.desk("head")
        joining.invite(head, "Nia New", "expert", topic="debt")
        roll = head.people.roll()
        ada, otto = (next(one for one in roll.people if one.name == name) for name in ("Ada Head", "Otto Officer"))
        assert (ada.name, ada.role, ada.state, ada.you) == ("Ada Head", "head", "active", True)
        assert (otto.name, otto.you, len(otto.devices)) == ("Otto Officer", False, 1)
        assert [(d.state, d.here, d.placed) for d in ada.devices] == [("active", True, True)]
        assert [(d.state, d.here, d.placed) for d in otto.devices] == [("active", False, True)]
        assert [(one.person, one.topic, one.state) for one in roll.invitations] == [
            ("Otto Officer", "", "used"), ("Nia New", "debt", "open"),
        ]  # fmt: skip
        head.people.revoke("Otto Officer", otto.devices[0].id, "Lost on a train.")
        assert next(p for p in head.people.roll().people if p.id == otto.id).devices[0].state == "revoked"
        office.clock("head").on = joining.LASTS + 1
        assert [one.state for one in head.people.roll().invitations] == ["used", "over"]


def joined(office: World, who: str, invitation: str, by: str) -> Admitted:
    """A new desk answers an invitation, and is admitted, or proposed, on the desk of `by`."""
    request, words = joining.join(office.folder / who, invitation, office.clock(who))
    made = office.desk(by).people.admit(request, words)
    assert made.words == words == office.desk(by).people.words_of(request)[1]
    return made


def names(roll: Roll) -> list[str]:
    return [one.name for one in roll.people if one.state == "active"]


def roster(office: World) -> dict[str, bool]:
    return {one["device"]: one["manages"] for one in office.line("head").roster()}


def test_a_further_device_reads_and_counts_as_the_same_person(tmp_path: Path) -> None:
    with world(tmp_path, "otto") as office:
        draft = office.draft("otto")
        office.sync("otto", "head")
        made = joined(office, "otto2", office.desk("otto").people.invite_device(), "otto")
        assert (made.name, made.waits_for) == ("Otto Officer", "")
        office.sync("otto")
        office.first_sync("otto2")
        two = office.desk("otto2")
        assert two.person.id == office.desk("otto").person.id and two.device != office.desk("otto").device
        assert two.messages.show(draft)["state"] == "draft"
        two.messages.submit(draft)
        office.sync("otto2", "otto", "head", "otto2", "otto")
        office.alike("head", "otto", "otto2")
        with pytest.raises(Refused, match="does not sign it off"):
            office.desk("otto").messages.decide(draft, "approve", two.messages.show(draft)["digest"])


def test_two_devices_of_one_person_lift_no_hold_together(tmp_path: Path) -> None:
    with world(tmp_path, "otto") as office:
        joined(office, "otto2", office.desk("otto").people.invite_device(), "otto")
        office.sync("otto")
        office.first_sync("otto2")
        hold = office.desk("otto").holds.place("Wait.")
        office.desk("otto").holds.lift(hold, "It is over.")
        office.sync("otto", "otto2")
        with pytest.raises(Refused, match="second person"):
            office.desk("otto2").holds.lift(hold, "It is over.")


def test_a_lost_laptop_is_taken_out_from_the_other_one(tmp_path: Path) -> None:
    """The further device may not take the first one out at the hub; it says so in the record, and the head's desk tells the
    hub and opens new keys."""
    with world(tmp_path, "otto", "lia") as office:
        joined(office, "lia2", office.desk("lia").people.invite_device(), "lia")
        office.sync("lia")
        office.first_sync("lia2")
        lost = office.desk("lia").device
        before = office.desk("head").office.epochs
        office.desk("lia2").people.revoke("Lia Liaison", lost[:12], "Left on a train.")
        office.sync("lia2")
        assert lost in roster(office)
        office.sync("head")
        assert lost not in roster(office)
        now = office.desk("head").office
        assert now.author(lost).person == "" and lost not in now.epochs[now.members_ring].devices
        assert now.epochs[now.members_ring].id != before[now.members_ring].id
        assert now.epochs[now.office_ring].id == before[now.office_ring].id  # she never read the staff's
        office.sync("lia2", "otto", "head")
        office.alike("head", "otto", "lia2")
        with pytest.raises(Refused) as caught:
            office.sync("lia")
        assert caught.value.code == "device-out"


def test_who_is_let_go_reads_nothing_that_comes_after(tmp_path: Path) -> None:
    with world(tmp_path, "otto", "ben") as office:
        head = office.desk("head")
        gone = office.desk("ben")
        before = dict(head.office.epochs)
        head.people.retire("Ben Officer", "The summit is over.")
        office.sync("head", "otto")
        now = head.office
        for ring, epoch in now.epochs.items():
            assert (
                epoch.id != before[ring].id and gone.device not in epoch.devices and gone.store.epoch(epoch.id) is None
            )
        assert "Ben Officer" not in names(head.people.roll())
        office.draft("otto")
        office.sync("otto", "head")
        office.alike("head", "otto")


def test_a_voice_waits_for_its_government_and_all_see_who_vouched(tmp_path: Path) -> None:
    with world(tmp_path, "otto", "lia") as office:
        head = office.desk("head")
        made = joined(office, "mia", head.people.invite("Mia Second", "liaison", "JP"), "head")
        assert "JP" in made.waits_for and made.proposal
        office.sync("head", "lia", "otto")
        (waits,) = office.desk("lia").people.roll().proposals
        assert (waits.person, waits.by, waits.can_second, waits.words) == ("Mia Second", "Ada Head", True, made.words)
        assert not office.desk("otto").people.roll().proposals[0].can_second
        with pytest.raises(Refused, match="differ"):
            office.desk("lia").people.second(made.proposal[:12], "acorn acorn")
        with pytest.raises(Refused, match="changes nothing"):
            office.desk("otto").people.second(made.proposal[:12])
        assert office.desk("lia").people.second("Mia Second", made.words) == ""
        office.sync("lia", "head", "otto")
        office.first_sync("mia")
        for who in ("head", "otto", "lia", "mia"):
            row = next(one for one in office.desk(who).people.roll().people if one.name == "Mia Second")
            assert (row.role, row.vouched_by) == ("liaison", ("Ada Head", "Lia Liaison"))
            assert not office.desk(who).people.roll().proposals
        office.sync("lia", "otto", "mia")
        office.alike("head", "otto", "lia", "mia")


def test_a_government_takes_in_its_own_from_its_own_desk(tmp_path: Path) -> None:
    with world(tmp_path, "lia") as office:
        made = joined(office, "mia", office.desk("lia").people.invite("Mia Second", "liaison", "JP"), "lia")
        assert not made.waits_for
        office.sync("lia")
        office.first_sync("mia")
        office.sync("mia", "head", "mia", "lia")
        office.alike("head", "lia", "mia")
        for _ in range(5):  # more than a device may bring in at a hub by itself: the head's desk does
            name = f"Mia {_}"
            joined(office, name, office.desk("lia").people.invite(name, "liaison", "JP"), "lia")
        office.sync("lia", "head")
        office.first_sync("Mia 4")
        office.sync("lia", "head")
        office.alike("head", "lia", "Mia 4")
        # The head's desk has vouched for them at the hub: she may bring in more by herself.
        joined(office, "mia9", office.desk("lia").people.invite("Mia Ninth", "liaison", "JP"), "lia")
        office.sync("lia")
        office.first_sync("mia9")


def test_a_liaison_who_becomes_an_officer_reads_what_was_drafted_before(tmp_path: Path) -> None:
    with world(tmp_path, "otto", "lia") as office:
        draft = office.draft("otto")
        office.sync("otto", "head", "lia")
        with pytest.raises(Refused):
            office.desk("lia").messages.show(draft)
        assert office.desk("head").people.give_role("Lia Liaison", "officer", "", "", "She joins the staff.") == ""
        office.sync("head", "lia")
        assert office.desk("lia").messages.show(draft)["state"] == "draft"
        assert office.desk("lia").messages.found("debt", "", 10)[0]
        office.alike("head", "lia")
        office.desk("head").people.give_role("Lia Liaison", "observer", "", "", "She leaves the staff.")
        office.sync("head", "lia", "otto")
        secret = office.draft("otto", "What she may not read.")
        office.sync("otto", "head", "lia")
        with pytest.raises(Refused):
            office.desk("lia").messages.show(secret)
        office.desk("head").people.give_role("Lia Liaison", "officer", "", "", "She is back.")
        office.sync("head", "lia")
        assert office.desk("lia").messages.show(secret)["state"] == "draft"
        office.alike("head", "lia")


def guarded(office: World) -> None:
    """Two liaisons and an officer are guardians, two of whom act together; the head's laptop is gone."""
    assert office.desk("head").guardians.name(["Lia Liaison", "Mia Liaison", "Ben Officer"], 2) == ""
    office.sync("head", "otto", "lia", "mia", "ben", "head")
    row = office.desk("lia").people.roll().guardians
    assert row and (row.need, row.ready, row.renew) == (2, True, "")
    key = office.desk("head").office.guardians.key
    assert roster(office)[key] is True


def lost(office: World) -> str:
    """The only head's laptop is gone; which device that was."""
    device = office.desk("head").device
    office.away("head")
    shutil.rmtree(office.folder / "head")
    return device


def test_two_guardians_take_in_a_new_head_who_reads_what_was_written_before(tmp_path: Path) -> None:
    with world(tmp_path, "otto", "lia", "mia", "ben") as office:
        guarded(office)
        draft = office.draft("otto")
        office.sync("otto", "head")
        gone = lost(office)
        made = joined(office, "new", office.desk("lia").people.invite("Nia New", "head"), "lia")
        assert "1 more guardian" in made.waits_for
        with pytest.raises(Refused, match="second person"):
            office.desk("lia").people.second("Nia New")
        office.sync("lia", "mia")
        with pytest.raises(Refused) as caught:
            office.first_sync("new")
        assert caught.value.code == "not-admitted"
        # One share opens nothing.
        for one in ("lia", "mia"):
            now = office.desk(one).office
            assert office.desk(one).store.epoch(now.epochs[now.office_ring].id) is None
        assert office.desk("mia").people.second("Nia New", made.words) == ""
        office.sync("mia", "otto", "lia")
        office.draft("otto", "Written before the new head has come in.")
        office.sync("otto")
        office.first_sync("new")
        new = office.desk("new")
        assert (new.person.name, new.person.role) == ("Nia New", "head")
        assert new.messages.show(draft)["state"] == "draft"
        assert len(new.messages.rows("draft")) == 2
        new.people.revoke("Ada Head", gone[:12], "The laptop was stolen.")
        joined(office, "zoe", new.people.invite("Zoe Officer", "officer"), "new")
        office.sync("new")
        office.first_sync("zoe")
        office.sync("otto", "lia", "mia", "ben", "zoe", "new")
        office.alike("new", "otto", "ben", "zoe")
        assert {one: m for one, m in roster_of(office, "new").items() if m} == {new.device: True}
        row = new.people.roll().guardians
        assert row and not row.ready and row.renew
        assert "guardian" in new.guardians.name(["Lia Liaison", "Mia Liaison", "Ben Officer"], 2)
        office.sync("new", "mia")
        (waits,) = office.desk("mia").people.roll().proposals
        assert office.desk("mia").people.second(waits.id) == ""
        office.sync("mia", "new", "otto", "mia")
        row = new.people.roll().guardians
        assert row and row.ready and not row.renew
        office.alike("new", "otto")


def roster_of(office: World, who: str) -> dict[str, bool]:
    return {one["device"]: one["manages"] for one in office.line(who).roster()}


def test_two_guardians_give_the_head_a_new_laptop(tmp_path: Path) -> None:
    with world(tmp_path, "otto", "lia", "mia", "ben") as office:
        guarded(office)
        draft = office.draft("otto")
        office.sync("otto", "head")
        gone = lost(office)
        made = joined(office, "ada2", office.desk("ben").people.invite_device("Ada Head"), "ben")
        office.sync("ben", "lia")
        assert office.desk("lia").people.second("Ada Head", made.words) == ""
        office.sync("lia")
        office.first_sync("ada2")
        ada = office.desk("ada2")
        ada.people.revoke("Ada Head", gone[:12], "Gone with the bag.")
        assert ada.messages.show(draft)["state"] == "draft"
        office.sync("ada2", "otto", "lia", "mia", "ben", "ada2")
        office.alike("ada2", "otto", "ben")
        assert len(names(ada.people.roll())) == len(ada.office.people)


def test_a_wrong_share_does_no_harm_where_enough_are_right(tmp_path: Path) -> None:
    with world(tmp_path, "otto", "lia", "mia", "ben") as office:
        guarded(office)
        draft = office.draft("otto")
        office.sync("otto", "head")
        lost(office)
        made = joined(office, "new", office.desk("lia").people.invite("Nia New", "head"), "lia")
        office.sync("lia", "mia", "ben")
        request = next(iter(office.desk("lia").office.proposals.values())).act
        mia = office.desk("mia")
        wrong = shares.seal(b"\x02" + bytes(32), mia.office.id, mia.office.guardians.key, request.sign, request.box)
        mia.act_all(Proposal("proposal.seconded", {"proposal": made.proposal}, clear=seals.clear([(request.sign, False)])),
                    Proposal("guardians.share_given", {"device": request.sign, "share": wrong}))  # fmt: skip
        mia.act_all(*mia.people.wraps(request.sign))
        office.sync("mia", "ben")
        office.draft("otto", "While the new head waits.")
        office.sync("otto")
        office.first_sync("new")
        assert "not given the key" in office.desk("new").sync().why
        assert not office.desk("new").messages.rows("draft")
        ben = office.desk("ben")
        ben.act_all(*ben.guardians.passing(request.sign, request.box))
        office.sync("ben", "new")
        assert office.desk("new").messages.show(draft)["state"] == "draft"
        assert len(office.desk("new").messages.rows("draft")) == 2


def test_a_new_head_by_the_head_and_a_guardian(tmp_path: Path) -> None:
    with world(tmp_path, "otto", "lia", "mia", "ben") as office:
        guarded(office)
        draft = office.draft("otto")
        office.sync("otto", "head")
        made = joined(office, "new", office.desk("head").people.invite("Nia New", "head"), "head")
        office.sync("head", "lia")
        assert office.desk("lia").people.second("Nia New", made.words) == ""
        office.sync("lia", "head")
        office.first_sync("new")
        assert office.desk("new").messages.show(draft)["state"] == "draft"
        assert office.desk("new").office.guardians.given == {}  # with a head there, nobody gave a share
        assert roster(office)[office.desk("new").device] is True
        office.sync("new", "otto", "lia", "head")
        office.alike("head", "new", "otto")


def test_a_guardians_second_laptop_holds_the_share_too(tmp_path: Path) -> None:
    with world(tmp_path, "otto", "lia", "mia", "ben") as office:
        guarded(office)
        joined(office, "lia2", office.desk("lia").people.invite_device(), "lia")
        office.sync("lia")
        office.first_sync("lia2")
        office.desk("lia2").people.revoke("Lia Liaison", office.desk("lia").device[:12], "Broken.")
        office.sync("lia2", "head", "mia", "lia2")
        assert "lost" in office.desk("head").people.roll().guardians.renew
        lost(office)
        made = joined(office, "new", office.desk("lia2").people.invite("Nia New", "head"), "lia2")
        office.sync("lia2", "mia")
        office.desk("mia").people.second("Nia New", made.words)
        office.sync("mia")
        office.first_sync("new")
        now = office.desk("new").office
        assert office.desk("new").store.epoch(now.epochs[now.office_ring].id) is not None


def test_whom_a_hostile_member_lets_in_at_the_hub_the_heads_desk_takes_out(tmp_path: Path) -> None:
    with world(tmp_path, "otto") as office:
        otto, stranger = office.desk("otto"), "5" * 64
        refused = Proposal(
            "proposal.seconded", {"proposal": "0" * 64}, clear=seals.clear([(stranger, False)]), keep_refusal=True
        )
        with pytest.raises(Refused):
            otto.act_all(refused)
        office.sync("otto")
        assert stranger in roster(office)
        office.sync("head")
        assert stranger not in roster(office)


def test_a_lost_laptop_is_taken_out_by_stick(tmp_path: Path) -> None:
    with world(tmp_path, "otto", "lia") as office:
        joined(office, "lia2", office.desk("lia").people.invite_device(), "lia")
        office.sync("lia", "head")
        office.first_sync("lia2")
        office.sync("otto", "lia2")
        stolen = office.desk("lia").device
        office.desk("lia2").people.revoke("Lia Liaison", stolen[:12], "Left on a train.")
        office.carry("lia2", "otto")
        office.sync("otto", "head")
        assert not office.desk("head").office.author(stolen).person and stolen not in roster(office)


def test_a_new_head_comes_in_by_sticks_alone(tmp_path: Path) -> None:
    """The head proposes, a guardian who reads no drafts joins, the head's desk gives the keys; no hub anywhere."""
    with apart(tmp_path, "otto", "lia") as office:
        office.carry("head", "otto", "lia")
        head = office.desk("head")
        draft = office.draft("otto")
        office.carry("otto", "head")
        assert head.guardians.name(["Lia Liaison", "Otto Officer"], 2) == ""
        made = joined(office, "new", head.people.invite("Nia New", "head"), "head")
        office.carry("head", "lia")
        assert office.desk("lia").people.second("Nia New", made.words) == ""
        office.carry("lia", "head")
        assert not head.people.roll().proposals
        ledger, clock = ledger_of(office.folder / "new", office.clock("new"))
        bringing.bring(ledger, clock, office.folder / "new", office.stick("head"))
        ledger.store.close()
        new = office.desk("new")
        assert new.person.role == "head" and new.messages.show(draft)["state"] == "draft"
        new.holds.place("Wait.")
        office.carry("new", "head")
        assert not head.tentative and len(head.holds.rows()) == 1
        office.carry("head", "otto", "lia", "new")
        office.alike("head", "otto", "new")


def test_who_was_given_no_key_though_the_record_says_so_stops_and_names_who_did_it(tmp_path: Path) -> None:
    """Waiting for a key is no reason to stop; a key that is said to be wrapped for this desk, and is not, is."""
    with world(tmp_path, "otto") as office:
        head = office.desk("head")
        request, _ = joining.join(office.folder / "nia", head.people.invite("Nia New", "officer"), office.clock("nia"))
        with pytest.MonkeyPatch.context() as patch:
            real = seals.sealing.wrap
            patch.setattr(seals.sealing, "wrap", lambda epoch, *about: real(_other(head, epoch), *about))
            head.people.admit(request)
        office.sync("head")
        office.draft("otto")
        office.sync("otto")
        with pytest.raises(Refused) as caught:
            office.first_sync("nia")
        assert caught.value.code == "closed"


def _other(head: Desk, epoch: Epoch) -> Epoch:
    """Another key in the place of the staff's."""
    now = head.office.epochs[head.office.office_ring]
    return Epoch.fresh() if epoch.id == now.id else epoch
