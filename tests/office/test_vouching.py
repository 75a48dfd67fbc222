"""Who may let whom in: every way round it is refused, and stands in the record as refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from g20desk.desk.joining import answer
from g20desk.errors import Refused
from g20desk.ledger import body, canonical, shamir, shares
from g20desk.ledger.event import Event, Header, event_id
from g20desk.ledger.keys import DeviceKey
from g20desk.office import acts, fold
from g20desk.office.state import Office
from g20desk.office.vouching import LASTS, renewal

REF = {"piece": "1" * 64, "key": "2" * 64, "size": 3}
DAY = 86_400_000


@dataclass
class Story:
    """An office's stream, act by act; names stand for devices."""

    office: Office = field(default_factory=Office)
    keys: dict[str, DeviceKey] = field(default_factory=dict)
    last: str = ""
    now: int = 1_900_000_000_000
    place: int = 0

    def key(self, name: str) -> DeviceKey:
        return self.keys.setdefault(name, DeviceKey.fresh())

    def says(self, by: str, kind: str, *, placed: bool = True, **values: Any) -> str:
        """An act; its id. Raises Refused where it does not count."""
        self.place += 1
        self.now += 1000
        parts = body.salted(values)
        first = not self.office.id
        ring = "" if first else self.office.members_ring
        head = Header(
            canonical.FORMAT, self.office.id, ring, self.office.id, kind, self.now, self.key(by).device, "c" * 64,
            self.place, "", (), "", body.body_digest(parts),
        )  # fmt: skip
        raw = head.encode()
        place = (self.place, self.now) if placed else (None, None)
        made = Event(event_id(raw), head, raw, b"", body.encode(parts), *place)
        self.office, verdict = fold.step(self.office, made, None if first else self.office, "office")
        if not verdict.counts:
            raise Refused(verdict.code, verdict.why, verdict.help)
        self.last = made.id
        return made.id

    def founded(self) -> Story:
        self.says("ada", "office.founded", name="G20", head="Ada", box=self.key("ada").box, rehearsal=False,
                  office_ring="a" * 64, members_ring="b" * 64)  # fmt: skip
        return self

    def admits(self, by: str, name: str, role: str, government: str = "", nonce: str = "", **more: Any) -> str:
        said = answer(self.key(name), self.office.id, nonce)
        values = {
            "name": name.title(),
            "role": role,
            "government": government,
            "topic": "",
            "nonce": nonce,
            "until": self.now + DAY,
        }
        return self.says(by, "member.admitted", **{**values, **said, **more})

    def adds(self, by: str, device: str, whose: str, **more: Any) -> str:
        said = {
            **answer(self.key(device), self.office.id, ""),
            "nonce": "",
            "until": 0,
            "share": "",
            "person": self.person(whose),
            **more,
        }
        return self.says(by, "device.added", **said)

    def person(self, name: str) -> str:
        return self.office.devices[self.key(name).device]

    def names(self, by: str, people: str, need: int = 2, **more: Any) -> str:
        found = people.split()
        secret = b"s" * 31 + bytes([len(self.office.guardian_keys) + bool(self.office.guardians)])
        key = shares.key_of(secret)
        self.keys["the key"] = key
        split = shamir.split(secret, 2, max(2, len(found)))
        sealed = {
            device: shares.seal(share, self.office.id, key.device, device, self.office.boxes[device])
            for name, share in zip(found, split, strict=False)
            for device in self.office.people[self.person(name)].devices
            if device not in self.office.gone
        }
        values = {
            "people": [self.person(one) for one in found],
            "need": need,
            "shares": sealed,
            **answer(key, self.office.id, ""),
        }
        return self.says(by, "guardians.named", **{**values, **more})

    def seconds(self, by: str, proposal: str, **more: Any) -> str:
        return self.says(by, "proposal.seconded", proposal=proposal, **more)

    def revokes(self, by: str, device: str) -> None:
        self.says(by, "device.revoked", device=self.key(device).device, why=REF)

    def retires(self, by: str, name: str) -> None:
        self.says(by, "member.retired", person=self.person(name), why=REF)

    def role(self, name: str) -> str:
        found = self.office.named(name.title())
        return found.role if found else ""


@pytest.fixture
def story() -> Story:
    """A head, an officer, voices of Brazil, Japan and South Africa."""
    made = Story().founded()
    made.admits("ada", "otto", "officer")
    made.admits("ada", "bea", "liaison", "BR")
    made.admits("ada", "jun", "liaison", "JP")
    made.admits("ada", "zola", "presidency", "ZA")
    return made


def refused(code: str, do: Any, *words: Any, **more: Any) -> None:
    with pytest.raises(Refused) as caught:
        do(*words, **more)
    assert caught.value.code == code, caught.value


# Both keys


def test_a_newcomer_shows_that_they_hold_both_keys(story: Story) -> None:
    other = answer(story.key("other"), story.office.id, "")
    refused("bad-key", story.admits, "ada", "nia", "expert", proof=other["proof"])
    refused("bad-key", story.admits, "ada", "nia", "expert", box_proof=other["box_proof"])
    refused("bad-key", story.admits, "ada", "nia", "expert", box=other["box"], box_proof=other["box_proof"])
    refused("bad-key", story.admits, "ada", "nia", "expert", box_proof="", proof="zz")
    story.admits("ada", "nia", "expert")


def test_a_proof_is_for_one_office_and_one_invitation(story: Story) -> None:
    for said in (answer(story.key("nia"), "e" * 64, ""), answer(story.key("nia"), story.office.id, "9" * 32)):
        refused("bad-key", story.admits, "ada", "nia", "expert", **said)


def test_an_invitation_is_used_once_by_devices_too(story: Story) -> None:
    nonce = "7" * 32
    said = answer(story.key("otto 2"), story.office.id, nonce)
    story.adds("otto", "otto 2", "otto", nonce=nonce, until=story.now + DAY, **said)
    refused("invitation-used", story.admits, "ada", "nia", "expert", nonce=nonce)
    late = answer(story.key("otto 3"), story.office.id, "6" * 32)
    refused("invitation-over", story.adds, "otto", "otto 3", "otto", nonce="6" * 32, until=story.now - 1, **late)


# A person's devices


def test_a_further_device_is_the_same_person(story: Story) -> None:
    story.adds("otto", "otto 2", "otto")
    assert story.person("otto 2") == story.person("otto")
    refused("device-taken", story.adds, "otto", "otto 2", "otto")
    refused("no-right", story.adds, "ada", "otto 3", "otto")
    refused("no-right", story.adds, "otto", "ada 2", "ada")
    refused("no-right", story.adds, "bea", "jun 2", "jun")


def test_a_share_comes_with_a_guardians_own_device_alone(story: Story) -> None:
    share = "a" * 162
    refused("malformed", story.adds, "otto", "otto 2", "otto", share=share)
    story.names("ada", "otto jun")
    refused("malformed", story.adds, "bea", "bea 2", "bea", share=share)
    refused("no-right", story.adds, "jun", "ada 2", "ada", share=share)
    story.adds("otto", "otto 2", "otto", share=share)
    assert story.office.guardians and story.office.guardians.shares[story.key("otto 2").device] == share


def test_one_revokes_ones_own_lost_device_from_another(story: Story) -> None:
    story.adds("otto", "otto 2", "otto")
    story.revokes("otto 2", "otto")
    refused("unknown-device", story.adds, "otto", "otto 3", "otto")
    refused("unknown-device", story.revokes, "ada", "otto")
    refused("no-right", story.revokes, "bea", "otto 2")
    story.adds("otto 2", "otto 3", "otto")


def test_the_last_head_stays(story: Story) -> None:
    refused("last-head", story.revokes, "ada", "ada")
    refused("last-head", story.retires, "ada", "ada")
    story.adds("ada", "ada 2", "ada")
    story.revokes("ada 2", "ada")
    refused("last-head", story.revokes, "ada 2", "ada 2")
    refused("last-head", given_role, story, "ada 2", "ada", "officer")
    story.admits("ada 2", "hal", "head")
    story.retires("hal", "ada 2")


# A voice


def test_the_head_gives_a_first_voice_and_never_passes_one_on(story: Story) -> None:
    waits = story.admits("ada", "ben", "liaison", "BR")
    assert not story.role("ben")
    refused("no-right", story.seconds, "otto", waits)
    refused("no-right", story.seconds, "jun", waits)
    story.seconds("bea", waits)
    assert story.role("ben") == "liaison"
    ben = story.office.named("Ben")
    assert ben and ben.vouched == (story.person("ada"), story.person("bea"))


def test_a_government_takes_in_its_own(story: Story) -> None:
    story.admits("bea", "ben", "liaison", "BR")
    assert story.role("ben") == "liaison"
    for role, government in (("liaison", "JP"), ("officer", ""), ("head", ""), ("observer", "BR"), ("liaison", "")):
        refused("no-right", story.admits, "bea", f"x{role}{government}", role, government)
    refused("no-right", story.admits, "otto", "nia", "liaison", "BR")


def test_a_government_has_one_spelling(story: Story) -> None:
    for other in ("br", "BRA", "ВR", "B", "B R"):
        refused("bad-government", story.admits, "ada", "ben", "liaison", other)


def test_a_voice_whose_people_are_gone_needs_a_guardian(story: Story) -> None:
    story.retires("ada", "bea")
    waits = story.admits("ada", "ben", "liaison", "BR")
    for who in ("otto", "jun"):
        refused("no-right", story.seconds, who, waits)
    refused("second-person", story.seconds, "ada", waits)
    story.names("ada", "otto jun")
    waits = story.admits("ada", "ben", "liaison", "BR")
    story.seconds("jun", waits)
    assert story.role("ben") == "liaison"


def test_a_retired_voice_vouches_for_nobody(story: Story) -> None:
    waits = story.admits("ada", "ben", "liaison", "BR")
    story.retires("ada", "bea")
    refused("unknown-device", story.seconds, "bea", waits)


def test_two_devices_are_one_person(story: Story) -> None:
    story.adds("ada", "ada 2", "ada")
    story.names("ada", "otto jun")
    waits = story.admits("ada", "ben", "liaison", "BR")
    refused("second-person", story.seconds, "ada 2", waits)
    story.adds("otto", "otto 2", "otto")
    story.retires("ada", "zola")
    waits = story.admits("otto", "hal", "head")
    refused("second-person", story.seconds, "otto 2", waits)
    story.seconds("jun", waits)
    assert story.role("hal") == "head"


def test_a_word_from_a_device_that_was_lost_counts_no_more(story: Story) -> None:
    story.names("ada", "otto jun")
    story.adds("ada", "ada 2", "ada")
    waits = story.admits("ada 2", "thief", "head")
    story.revokes("ada", "ada 2")
    story.seconds("jun", waits)
    assert not story.role("thief")
    story.seconds("ada", waits)
    assert story.role("thief") == "head"


def test_a_proposal_of_who_was_let_go_lacks_their_word(story: Story) -> None:
    story.admits("ada", "hal", "head")
    story.names("ada", "otto jun")
    waits = story.admits("hal", "ida", "head")
    story.retires("ada", "hal")
    story.seconds("jun", waits)
    assert not story.role("ida")
    story.seconds("otto", waits)
    assert story.role("ida") == "head"
    assert story.office.named("Ida").vouched == (story.person("jun"), story.person("otto"))  # type: ignore[union-attr]


def test_what_waits_too_long_is_over(story: Story) -> None:
    waits = story.admits("ada", "ben", "liaison", "BR")
    story.now += LASTS
    refused("proposal-over", story.seconds, "bea", waits)


def test_what_was_withdrawn_or_done_waits_no_more(story: Story) -> None:
    waits = story.admits("ada", "ben", "liaison", "BR")
    refused("no-right", story.says, "jun", "proposal.withdrawn", proposal=waits, why=REF)
    story.says("ada", "proposal.withdrawn", proposal=waits, why=REF)
    refused("unknown-id", story.seconds, "bea", waits)
    waits = story.admits("ada", "ben", "liaison", "BR")
    story.seconds("bea", waits)
    refused("unknown-id", story.seconds, "bea", waits)


def test_a_name_taken_meanwhile_is_taken(story: Story) -> None:
    waits = story.admits("ada", "ben", "liaison", "BR")
    story.keys.pop("ben")
    story.admits("ada", "ben", "expert")
    refused("name-taken", story.seconds, "bea", waits)


def test_tentative_acts_are_judged_like_placed_ones(story: Story) -> None:
    waits = story.says("ada", "member.admitted", placed=False, name="Ben", role="liaison", government="BR", topic="",
                       nonce="", until=0, **answer(story.key("ben"), story.office.id, ""))  # fmt: skip
    refused("no-right", story.seconds, "jun", waits, placed=False)
    story.seconds("bea", waits, placed=False)
    assert story.role("ben") == "liaison"


# Roles


def given_role(story: Story, by: str, name: str, role: str, government: str = "", topic: str = "") -> str:
    return story.says(
        by, "role.given", person=story.person(name), role=role, government=government, topic=topic, why=REF
    )


def test_another_role_is_no_way_round(story: Story) -> None:
    refused("no-right", given_role, story, "otto", "otto", "head")
    given_role(story, "ada", "otto", "expert", topic="debt")
    assert story.role("otto") == "expert"
    waits = given_role(story, "ada", "otto", "liaison", "BR")
    assert story.role("otto") == "expert"
    refused("no-right", story.seconds, "otto", waits)
    story.seconds("bea", waits)
    assert story.role("otto") == "liaison"
    waits = given_role(story, "ada", "jun", "presidency", "BR")
    refused("no-right", story.seconds, "jun", waits)
    refused("same-role", given_role, story, "ada", "jun", "liaison", "JP")
    refused("bad-government", given_role, story, "ada", "jun", "liaison", "za")


def test_a_topic_alone_is_the_heads_to_give(story: Story) -> None:
    given_role(story, "ada", "bea", "liaison", "BR", "debt")
    assert story.office.named("Bea").topic == "debt"  # type: ignore[union-attr]


def test_a_further_head_by_role_needs_a_guardian_too(story: Story) -> None:
    story.names("ada", "bea jun")
    waits = given_role(story, "ada", "otto", "head")
    assert story.role("otto") == "officer"
    story.seconds("jun", waits)
    assert story.role("otto") == "head"


# Guardians


def test_the_head_alone_admits_a_head_as_long_as_there_are_no_guardians(story: Story) -> None:
    story.admits("ada", "hal", "head")
    story.names("ada", "otto jun")
    waits = story.admits("ada", "ida", "head")
    assert not story.role("ida")
    refused("no-right", story.seconds, "hal", waits)
    story.seconds("otto", waits)
    assert story.role("ida") == "head"


def test_guardians_together_admit_a_head_or_a_heads_device(story: Story) -> None:
    story.names("ada", "otto bea jun", need=3)
    waits = story.admits("otto", "hal", "head")
    story.seconds("bea", waits)
    assert not story.role("hal")
    refused("no-right", story.seconds, "zola", waits)
    story.seconds("jun", waits)
    assert story.role("hal") == "head"
    waits = story.adds("jun", "ada 2", "ada")
    story.seconds("otto", waits)
    story.seconds("bea", waits)
    assert story.person("ada 2") == story.person("ada")
    new = story.key("ada 2").device
    assert story.office.vouched == {new: tuple(story.person(one) for one in ("jun", "otto", "bea"))}


def test_a_head_who_is_there_keeps_guardians_from_it(story: Story) -> None:
    story.names("ada", "otto jun")
    waits = story.admits("otto", "hal", "head")
    story.says("ada", "proposal.withdrawn", proposal=waits, why=REF)
    refused("unknown-id", story.seconds, "jun", waits)


def test_shares_that_were_passed_on_are_to_be_renewed(story: Story) -> None:
    story.names("ada", "otto jun")
    waits = story.admits("otto", "hal", "head")
    new, share = story.key("hal").device, "a" * 162
    story.says("otto", "guardians.share_given", device=new, share=share)
    assert renewal(story.office) == ""
    story.seconds("jun", waits)
    story.says("jun", "guardians.share_given", device=new, share=share)
    assert "passed on" in renewal(story.office)
    story.says("the key", "guardians.key_used", device=new)
    assert "put together" in renewal(story.office)


TWICE: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
    ("hold.placed", {"why": REF, "topic": "", "account": ""}, "hold.lifted", {"hold": "first", "why": REF}),
    ("embargo.placed", {"why": REF, "topic": "", "account": "", "until": 2_000_000_000_000}, "embargo.lifted",
     {"embargo": "first", "why": REF}),
    ("", {}, "rulebook.adopted", {"version": 1, "digest": "a" * 64, "note": REF, "files": REF}),
    ("", {}, "office.fold_adopted", {"version": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("begins", "first", "kind", "values"), TWICE, ids=[one[2] for one in TWICE])
def test_what_takes_two_people_is_not_done_by_two_devices(
    story: Story, begins: str, first: dict[str, Any], kind: str, values: dict[str, Any]
) -> None:
    story.adds("ada", "ada 2", "ada")
    id = story.says("ada", begins, **first) if begins else ""
    values = {name: id if value == "first" else value for name, value in values.items()}
    if kind == "office.fold_adopted":
        values = {"version": story.office.fold + 1}
    story.says("ada", kind, **values)
    refused("second-person", story.says, "ada 2", kind, **values)
    story.says("otto", kind, **values)


def test_a_guardian_has_no_other_right(story: Story) -> None:
    story.names("ada", "otto jun")
    refused("no-right", story.admits, "jun", "nia", "officer")
    refused("no-right", story.admits, "jun", "nia", "liaison", "BR")
    refused("no-right", story.adds, "jun", "bea 2", "bea")
    refused("no-right", story.names, "jun", "otto bea")
    refused("no-right", story.admits, "zola", "hal", "head")


@pytest.mark.parametrize(("people", "need", "code"), [
    ("otto", 2, "malformed"), ("otto jun", 1, "malformed"), ("otto jun", 3, "malformed"), ("otto otto", 2, "malformed"),
    ("ada otto", 2, "no-guardian"), ("otto press", 2, "no-guardian"), ("otto gone", 2, "unknown-person"),
])  # fmt: skip
def test_who_can_be_no_guardians(story: Story, people: str, need: int, code: str) -> None:
    story.admits("ada", "press", "publisher")
    story.admits("ada", "gone", "officer")
    story.retires("ada", "gone")
    refused(code, story.names, "ada", people, need)


def test_each_device_of_a_guardian_has_a_share(story: Story) -> None:
    story.adds("otto", "otto 2", "otto")
    own = {story.key("otto").device: "a" * 162, story.key("jun").device: "a" * 162}
    refused("malformed", story.names, "ada", "otto jun", shares=own)
    refused("malformed", story.names, "ada", "otto jun", shares={**own, story.key("otto 2").device: "a"})
    story.names("ada", "otto jun")


def test_the_head_does_not_replace_guardians_alone(story: Story) -> None:
    story.names("ada", "otto bea jun", need=3)
    first = story.office.guardians
    waits = story.names("ada", "otto zola")
    assert story.office.guardians == first
    story.seconds("bea", waits)
    refused("no-right", story.seconds, "zola", waits)
    assert story.office.guardians == first
    story.seconds("jun", waits)
    assert story.office.guardians and story.office.guardians.people == (story.person("otto"), story.person("zola"))
    assert first and first.key in story.office.guardian_keys


def test_nor_by_letting_them_go(story: Story) -> None:
    story.names("ada", "otto jun", need=2)
    story.retires("ada", "jun")
    refused("last-guardians", story.retires, "ada", "otto")
    refused("last-guardians", story.revokes, "ada", "otto")
    refused("last-guardians", given_role, story, "ada", "otto", "publisher")
    waits = story.names("ada", "bea zola")
    assert story.office.guardians and story.person("otto") in story.office.guardians.people
    story.seconds("otto", waits)
    assert story.office.guardians.people == (story.person("bea"), story.person("zola"))
    story.retires("ada", "otto")


def test_a_guardian_who_was_let_go_or_replaced_counts_no_more(story: Story) -> None:
    story.names("ada", "otto bea jun")
    waits = story.admits("otto", "hal", "head")
    story.revokes("ada", "otto")
    story.seconds("jun", waits)
    assert not story.role("hal")
    story.seconds("bea", waits)
    assert story.role("hal") == "head"


def test_what_waits_falls_when_the_guardians_change(story: Story) -> None:
    story.names("ada", "otto jun")
    head = story.admits("otto", "hal", "head")
    voice = story.admits("ada", "ben", "liaison", "BR")
    story.seconds("jun", story.names("ada", "bea zola"))
    for waits in (head, voice):
        for who in ("jun", "bea", "zola"):
            refused("unknown-id", story.seconds, who, waits)


def test_what_waits_falls_when_the_rules_change(story: Story) -> None:
    story.admits("ada", "ben", "liaison", "BR")
    for who in ("ada", "otto"):
        assert story.office.proposals
        story.says(who, "office.fold_adopted", version=story.office.fold + 1)
    assert not story.office.proposals


def test_the_guardians_key_signs_one_thing_alone(story: Story) -> None:
    story.names("ada", "otto jun")
    used = {"device": story.key("otto").device}
    refused("no-right", story.says, "the key", "guardians.key_used", **used)
    refused("no-right", story.says, "ada", "guardians.key_used", device=story.key("ada").device)
    refused("unknown-device", story.admits, "the key", "hal", "head")
    refused("unknown-device", story.adds, "the key", "ada 2", "ada")
    waits = story.admits("otto", "hal", "head")
    refused("unknown-device", story.seconds, "the key", waits)
    assert story.keys["the key"].device in story.office.entitled("a" * 64)
    story.says("the key", "guardians.key_used", device=story.key("ada").device)
    assert story.keys["the key"].device not in story.office.entitled("a" * 64)
    refused("no-right", story.says, "the key", "guardians.key_used", device=story.key("ada").device)
    refused("device-taken", story.admits, "ada", "the key", "expert")


def test_a_share_goes_to_a_heads_device_alone(story: Story) -> None:
    story.names("ada", "otto jun")
    share = {"share": "a" * 162}
    refused("no-right", story.says, "otto", "guardians.share_given", device=story.key("bea").device, **share)
    refused("no-right", story.says, "bea", "guardians.share_given", device=story.key("ada").device, **share)
    story.admits("otto", "hal", "head")
    story.says("otto", "guardians.share_given", device=story.key("hal").device, **share)
    refused("no-right", story.says, "jun", "guardians.share_given", device=story.key("hal").device, **share)


def test_word_to_a_hub_says_what_the_office_is(story: Story) -> None:
    ada, otto, new = (story.key(one).device for one in ("ada", "otto", "new"))
    nothing: dict[str, list[str]] = {"enter": [], "managing": [], "leave": []}
    story.says("ada", "roster.corrected", enter=[otto], managing=[ada], leave=[new])
    for wrong in ({"enter": [ada]}, {"enter": [new]}, {"managing": [otto]}, {"leave": [otto]}):
        refused("wrong-devices", story.says, "ada", "roster.corrected", **{**nothing, **wrong})
    refused("no-right", story.says, "otto", "roster.corrected", **{**nothing, "leave": [new]})


WHO = st.sampled_from(["ada", "ada 2", "otto", "bea", "bea 2", "jun", "zola", "hal", "ben"])
ACT = st.tuples(
    st.sampled_from(["head", "voice", "second", "second", "second", "names", "retire", "revoke", "role"]), WHO, WHO
)


@settings(max_examples=120, deadline=None)
@given(st.lists(ACT, max_size=25))
def test_whatever_is_tried_nobody_comes_in_without_those_who_have_to_be_for_it(
    tried: list[tuple[str, str, str]],
) -> None:
    story = Story().founded()
    story.admits("ada", "otto", "officer")
    story.admits("ada", "bea", "liaison", "BR")
    story.admits("ada", "jun", "liaison", "JP")
    story.admits("ada", "zola", "presidency", "ZA")
    story.adds("ada", "ada 2", "ada")
    story.adds("bea", "bea 2", "bea")
    story.names("ada", "otto jun zola")
    open_: list[str] = []
    for n, (what, by, other) in enumerate(tried):
        before = story.office
        try:
            if what == "head":
                open_.append(story.admits(by, f"head{n}", "head"))
            elif what == "voice":
                open_.append(story.admits(by, f"voice{n}", "liaison", "BR"))
            elif what == "second" and open_:
                story.seconds(by, open_[-1])
            elif what == "names":
                open_.append(story.names(by, f"{other} jun" if other != "jun" else "otto jun"))
            elif what == "retire":
                story.retires(by, other)
            elif what == "revoke":
                story.revokes(by, other)
            elif what == "role":
                open_.append(given_role(story, by, other, "head"))
        except (Refused, KeyError):
            assert story.office == before
            continue
        hold_up(before, story.office)


def hold_up(before: Office, after: Office) -> None:
    """What came in, came in by those who have to be for it, as the office was before."""
    assert before.guardians and after.guardians
    assert any(p.role == "head" and not p.retired and set(p.devices) - after.gone for p in after.people.values())
    able = {
        p
        for p in before.guardians.people
        if not before.people[p].retired and set(before.people[p].devices) - before.gone
    }
    for person in after.people.values():
        was = before.people.get(person.id)
        if was is not None and replace(was, retired=person.retired, devices=person.devices) == person:
            continue
        heads = {p for p in person.vouched if before.people[p].role == "head" and not before.people[p].retired}
        guards = set(person.vouched) & able
        own = {
            p
            for p in person.vouched
            if before.people[p].government == person.government and not before.people[p].retired
        }
        if person.role == "head":
            assert (heads and guards) or len(guards) >= before.guardians.need
        else:
            assert own or (heads and guards)


def test_the_kinds_are_acts_of_the_offices_stream() -> None:
    for kind in ("role.given", "proposal.seconded", "proposal.withdrawn", "guardians.named", "roster.corrected"):
        assert acts.NOUNS[kind.split(".")[0]] == "office"
