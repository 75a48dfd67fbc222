"""Adopting a rulebook takes two people, the head among them; what was checked with names a version that there was."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from g20desk.errors import Refused
from g20desk.ledger.event import Event, Header
from g20desk.office.fold import Then
from g20desk.office.rulebooks import RulebookAdopted, RulebookWithdrawn, check_pin, digest
from g20desk.office.state import Office, Person
from tests.office.samples import ID, REF

ONE, TWO = "a" * 64, "b" * 64
ROLES = {"ada": "head", "ben": "head", "olu": "officer", "oya": "officer", "lia": "liaison"}
START = Office(
    ID, "G20", people={n: Person(n, n.title(), role, "", "", (n,)) for n, role in ROLES.items()},
    devices={name: name for name in ROLES},
)  # fmt: skip


def signed(office: Office, who: str, version: int = 1, digest: str = ONE, **more: Any) -> Office:
    """The office after a person's act. Raises Refused."""
    act = RulebookAdopted(version, digest, more.get("note", REF), more.get("files", REF))
    return done(office, who, act, f"{who} {version} {digest[:2]}")


def done(office: Office, who: str, act: Any, id: str = "x") -> Office:
    head = Header(1, ID, ID, ID, "rulebook.adopted", 7, who, ID, 1, "", (), "", ID)
    return act.apply(office, office.author(who), Then(Event(id, head, b"", b"", b"", 1, 7), "", {}, office))


def taken_back(office: Office, who: str, proposal: str = "") -> Office:
    found = office.rulebook_proposed
    return done(office, who, RulebookWithdrawn(proposal or (found.event if found else ID), REF))


def refusal(office: Office, *what: Any, **more: Any) -> str:
    with pytest.raises(Refused) as caught:
        signed(office, *what, **more)
    return caught.value.code


@pytest.mark.parametrize(("first", "second"), [("olu", "ada"), ("ada", "olu"), ("ada", "ben")])
def test_one_proposes_and_a_second_puts_it_in_force(first: str, second: str):
    proposed = signed(START, first)
    assert proposed.rulebooks == () and proposed.rulebook_proposed is not None
    assert proposed.rulebook_proposed.by == first
    adopted = signed(proposed, second)
    assert adopted.rulebook_proposed is None
    (now,) = adopted.rulebooks
    assert (now.version, now.digest, now.files, now.by, now.adopted_by) == (1, ONE, REF, first, second)
    assert now.event == proposed.rulebook_proposed.event


def test_two_without_the_head_do_not_adopt():
    assert refusal(signed(START, "olu"), "oya") == "no-right"


def test_the_same_person_twice_does_not_adopt():
    assert refusal(signed(START, "ada"), "ada") == "second-person"


@pytest.mark.parametrize("version", [0, 2, -1, 2**53 - 1])
def test_versions_come_one_after_the_other(version: int):
    assert refusal(START, "ada", version) == "stale-version"


def test_who_else_signs_other_rules_adopts_nothing():
    proposed = signed(START, "olu")
    assert refusal(proposed, "oya", 1, TWO) == "other-digest"
    assert refusal(proposed, "oya", note={**REF, "piece": TWO}) == "other-digest"
    assert refusal(proposed, "oya", files={**REF, "piece": TWO}) == "other-digest"


def test_its_author_and_the_head_propose_anew():
    for who in ("olu", "ada"):
        anew = signed(signed(START, "olu"), who, 1, TWO)
        assert anew.rulebooks == () and anew.rulebook_proposed is not None
        assert (anew.rulebook_proposed.by, anew.rulebook_proposed.digest) == (who, TWO)


def test_a_proposal_of_someone_who_left_is_nobodys():
    proposed = signed(START, "olu")
    left = replace(proposed, people={**proposed.people, "olu": replace(proposed.people["olu"], retired=True)})
    anew = signed(left, "ada")
    assert anew.rulebooks == () and anew.rulebook_proposed is not None and anew.rulebook_proposed.by == "ada"


@pytest.mark.parametrize(("first", "who"), [("olu", "olu"), ("olu", "ada"), ("ada", "ada"), ("ada", "ben")])
def test_its_author_withdraws_a_proposal_and_the_head_declines_it(first: str, who: str):
    proposed = signed(START, first)
    office = taken_back(proposed, who)
    assert office.rulebooks == () and office.rulebook_proposed is None
    gone = office.rulebook_taken_back
    assert gone is not None and (gone.proposal, gone.by, gone.why) == (proposed.rulebook_proposed, who, REF)
    again = signed(office, "oya")
    assert again.rulebook_taken_back is None and again.rulebook_proposed.by == "oya"
    assert signed(again, "ada").rulebooks[0].version == 1


def test_nobody_else_takes_a_proposal_off_the_table():
    proposed = signed(START, "olu")
    for who in ("oya", "lia"):
        with pytest.raises(Refused) as caught:
            taken_back(proposed, who)
        assert caught.value.code == "no-right"
    with pytest.raises(Refused, match="no such open proposal"):
        taken_back(proposed, "olu", "another")
    for nothing in (START, signed(proposed, "ada"), taken_back(proposed, "olu")):
        with pytest.raises(Refused, match="no such open proposal"):
            taken_back(nothing, "ada", proposed.rulebook_proposed.event)


def test_others_have_no_say():
    assert refusal(START, "lia") == "no-right"
    assert refusal(START, "ada", 1, "no digest") == "malformed"


def test_versions_follow_and_the_earlier_ones_stay_known():
    office = signed(signed(START, "olu"), "ada")
    assert refusal(office, "olu") == "stale-version"
    office = signed(signed(office, "olu", 2, TWO), "ada", 2, TWO)
    assert [(v.version, v.digest) for v in office.rulebooks] == [(1, ONE), (2, TWO)]
    check_pin({"version": 1, "digest": ONE}, office)
    check_pin({"version": 2, "digest": TWO}, office)
    check_pin({"version": 0, "digest": "c" * 64}, office)
    for version, names in ((1, TWO), (3, TWO), (2, ONE)):
        with pytest.raises(Refused, match="had not adopted"):
            check_pin({"version": version, "digest": names}, office)


@pytest.mark.parametrize("pin", [
    {}, {"version": 0}, {"version": 0, "digest": "x"}, {"version": -1, "digest": ONE}, {"version": True, "digest": ONE},
    {"version": "0", "digest": ONE}, {"version": 0, "digest": 7}, {"version": 0, "digest": ONE, "more": 1},
])  # fmt: skip
def test_a_pin_of_another_form_is_refused(pin: dict[str, Any]):
    with pytest.raises(Refused) as caught:
        check_pin(pin, START)
    assert caught.value.code == "malformed"


def test_the_digest_is_over_names_and_texts():
    files = {"rulebooks/a.toml": "é", "facts/b.toml": ""}
    assert digest(files) == digest(dict(reversed(files.items())))
    assert digest(files) != digest({**files, "facts/b.toml": " "})
    assert digest(files) != digest({"rulebooks/a.toml": "é", "facts/c.toml": ""})
