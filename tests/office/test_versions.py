"""Versions of the rules: each event is judged by the one in force at its place, for good, whatever later programs know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from g20desk.desk import Desk
from g20desk.desk.verifying import verify
from g20desk.errors import Refused
from g20desk.office import fold
from g20desk.office.fold import act
from g20desk.office.state import need
from tests.story import Office as Story

NEXT = fold.NEWEST + 1


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A later program: the next version of the rules has one more kind, and another form of a known one."""
    kept, newest = {kind: list(found) for kind, found in fold._VERSIONS.items()}, dict(fold.ACTS)

    @act("word.praised", since=NEXT)
    class Praised:
        word: str

        def apply(self, state, by, then):
            need(by, "officer")
            return state

    @act("word.removed", since=NEXT)
    class Removed:
        words: list[str]
        lang: str
        regret: str

        def apply(self, state, by, then):
            return state

    monkeypatch.setattr(fold, "NEWEST", NEXT)
    yield
    fold._VERSIONS.clear()
    fold._VERSIONS.update(kept)
    fold.ACTS.clear()
    fold.ACTS.update(newest)


def adopt(office: Story) -> None:
    for person in ("Ada Head", "Officer"):
        office.desk(person).act("office.fold_adopted", {"version": NEXT})


def test_a_new_kind_counts_only_from_its_version_on(office, later):
    officer = office.desk()
    with pytest.raises(Refused) as caught:
        officer.act("word.praised", {"word": "peace"})
    assert caught.value.code == "unknown-kind"
    officer.spelling.add(["demarche"])
    officer.act("word.removed", {"words": ["demarche"], "lang": ""})
    adopt(office)
    officer.act("word.praised", {"word": "peace"})
    with pytest.raises(Refused) as caught:
        officer.act("word.removed", {"words": ["demarche"], "lang": ""})
    assert caught.value.code == "missing-field"
    officer.act("word.removed", {"words": ["demarche"], "lang": "", "regret": "none"})
    assert [e.header.v for e in officer.store.all()][-1] == NEXT
    assert verify(officer)["verified"] and verify(officer)["refused"] == []


def test_a_verdict_of_an_earlier_version_stands(office, later):
    officer = office.desk()
    with pytest.raises(Refused):
        officer.act("word.praised", {"word": "peace"}, keep_refusal=True)
    adopt(office)
    (refused,) = [one for one in verify(officer)["refused"] if one["kind"] == "word.praised"]
    assert "knows no act" in refused["why"]


def test_two_people_raise_the_version_and_the_head_is_one_of_them(office, later):
    office.desk().act("office.fold_adopted", {"version": NEXT})
    with pytest.raises(Refused) as caught:
        office.desk().act("office.fold_adopted", {"version": NEXT})
    assert caught.value.code == "second-person"
    assert office.desk().office.fold == NEXT - 1
    with pytest.raises(Refused):
        office.desk("Ada Head").act("office.fold_adopted", {"version": NEXT + 1})
    office.desk("Ada Head").act("office.fold_adopted", {"version": NEXT})
    assert office.desk().office.fold == NEXT


def test_a_program_that_lacks_the_version_reads_and_does_nothing(office):
    """Fails closed, and says which version it needs."""
    adopt(office)
    desk = office.desk()
    assert desk.office.fold == NEXT > fold.NEWEST
    for doing in (lambda: desk.holds.place("A rumour"), lambda: desk.spelling.add(["demarche"])):
        with pytest.raises(Refused) as caught:
            doing()
        assert caught.value.code == "needs-version" and f"version {NEXT}" in caught.value.message
    assert desk.messages.rows() == []
    assert verify(desk)["verified"]
    assert [(one.code, one.n) for one in desk.attending.troubles()] == [("needs-version", NEXT)]


def test_an_office_is_founded_by_the_newest_rules(tmp_path: Path, later):
    desk = Desk.found(tmp_path / "new", "G20", "Ada Head", rehearsal=True)
    assert desk.office.fold == NEXT
    desk.people.admit_here("Otto Officer", "officer", "")
    Desk.open(tmp_path / "new", "Otto Officer").act("word.praised", {"word": "peace"})


@pytest.mark.parametrize("version", [0, NEXT, 2**53 - 1])
def test_an_event_of_a_version_that_is_not_in_force_does_not_count(office, version):
    """Nobody brings a version by writing for it."""
    desk = office.desk()
    before = desk.office
    desk.spelling.add(["demarche"])
    item = desk.store.stream(before.id)[-1]
    assert fold.step(before, item, before, "office")[1].counts
    other = replace(item, header=replace(item.header, v=version))
    state, verdict = fold.step(before, other, before, "office")
    assert (verdict.counts, verdict.code, state) == (False, "unknown-version", before)
