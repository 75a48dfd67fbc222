"""What is not proposed yet: kept on the desk rule by rule, compared, taken over; who may do what; what a rule comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import Desk
from g20desk.desk.rule_drafts import RuleDraft
from g20desk.desk.rule_files import program_files
from g20desk.errors import Refused, Usage
from g20desk.rulebook.editing import USUAL, row
from tests.desk.test_rulebooks import adopted, with_rule
from tests.ledger.record import RULE
from tests.story import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office")


def entry(desk: Desk, draft: RuleDraft, id: str) -> Any:
    return next(one for one in desk.rulebook.entries(draft) if one.id == id)


def changed(desk: Desk, draft: RuleDraft, id: str, **keys: Any) -> RuleDraft:
    return desk.rulebook.wanted(draft, id, {**entry(desk, draft, id).row, **keys})


def test_a_change_is_kept_for_its_person_and_holds_only_what_differs(office: Office):
    desk = office.desk()
    draft = changed(desk, desk.rulebook.draft(), "TERM-02", level="block")
    assert draft.edits == {"TERM-02": {"level": "block"}}
    desk.rulebook.keep_draft(draft)
    assert office.desk().rulebook.draft() == draft
    assert not office.head.rulebook.draft()
    shown = entry(desk, draft, "TERM-02")
    assert shown.changed and shown.row["level"] == "block" and shown.before.level == "warn"
    assert not entry(desk, draft, "TERM-03").changed
    back = changed(desk, draft, "TERM-02", level="warn")
    assert not back
    desk.rulebook.keep_draft(back)
    assert not office.desk().rulebook.draft()


def test_what_is_kept_goes_with_whatever_is_in_force_by_then(office: Office):
    desk = office.desk()
    draft = changed(desk, RuleDraft(), "TERM-02", level="block")
    adopted(office, desk.rulebook.edited(desk.rulebook.files(), "TERM-02", {"why": "Another reason."}))
    files = desk.rulebook.draft_files(draft)
    rule = next(r for r in desk.rulebook.built(files).rules if r.id == "TERM-02")
    assert (rule.level, rule.why) == ("block", "Another reason.")


def test_a_new_rule_gets_an_id_a_home_and_no_more_words_than_it_needs(office: Office):
    desk = office.desk()
    mine = desk.rulebook
    id, blank = mine.begun(RuleDraft(), "TONE", "fr")
    assert (blank["lang"], blank["bad"], blank["source"]) == (["fr"], [], "office practice")
    assert id == f"TONE-{max(int(r.id[5:]) for r in mine.rules('TONE')) + 1}"
    draft = mine.wanted(RuleDraft(), "HOUSE-01", {**USUAL, **RULE})
    assert mine.begun(draft, "HOUSE")[0] == "HOUSE-02"
    files = mine.draft_files(draft)
    assert [r.id for r in mine.built(files).rules if r.family == "HOUSE"] == ["HOUSE-01"]
    said = files["rulebooks/house.toml"]
    assert "fix =" not in said and "case =" not in said and 'level = "warn"' in said
    assert entry(desk, draft, "HOUSE-01").before is None
    # a file that says something of all its rules is contradicted in so many words
    other = {**USUAL, **RULE, "lang": [], "not_this": ["conclave"], "bad": ["A conclave."], "except_when": {}}
    draft = mine.wanted(RuleDraft(), "PLAIN-99", other)
    rule = next(r for r in mine.built(mine.draft_files(draft)).rules if r.id == "PLAIN-99")
    assert row(rule) == {**other}
    for bad in ("house", "", "X"):
        with pytest.raises(Usage, match="family"):
            mine.begun(draft, bad)
    with pytest.raises(Usage, match="All numbers of FULL"):
        mine.next_id({"rulebooks/full.toml": " ".join(f"FULL-{n:02}" for n in range(1, 100))}, "FULL")


def test_a_table_of_substitutions_stays_a_table(office: Office):
    desk = office.desk()
    before = entry(desk, RuleDraft(), "TERM-32").row
    pairs = dict(zip(before["not_this"], before["say_this"], strict=True))
    pairs.pop("covid")
    pairs |= {"Covid": "the disease", "Covid—19": "COVID-19"}
    draft = changed(
        desk, RuleDraft(), "TERM-32", not_this=list(pairs), say_this=list(pairs.values()), bad=["Covid-19."]
    )
    name = entry(desk, draft, "TERM-32").file
    files = desk.rulebook.draft_files(draft)
    was, now = (set(one[name].splitlines()) for one in (desk.rulebook.files(), files))
    assert was - now == {'"covid" = "COVID-19"', '"Covid" = "COVID-19"', 'bad = ["Schools closed during Covid-19."]'}
    assert now - was == {'"Covid—19" = "COVID-19"', '"Covid" = "the disease"', 'bad = ["Covid-19."]'}
    one = changed(desk, RuleDraft(), "TERM-32", say_this=["COVID-19"])
    rule = next(r for r in desk.rulebook.built(desk.rulebook.draft_files(one)).rules if r.id == "TERM-32")
    assert rule.not_this == tuple(before["not_this"]) and rule.say_this == ("COVID-19",)


def test_a_rule_that_does_not_load_yet_is_shown_as_far_as_it_can_be(office: Office):
    desk = office.desk()
    draft = changed(desk, RuleDraft(), "TERM-02", level="loud", why=None)
    assert entry(desk, draft, "TERM-02").row["level"] == "loud"
    with pytest.raises(Usage, match="TERM-02: level is one of"):
        desk.rulebook.built(desk.rulebook.draft_files(draft))


def test_a_fix_that_does_not_help_is_told_beside_its_example(office: Office):
    desk = office.desk()
    files = with_rule(desk, say_this=["gathering of people"], good=["The meeting is over."])
    (bad, good) = desk.rulebook.examples(files, "HOUSE-01")
    assert not bad["holds"] and "leaves the finding as it is" in bad["why"] and bad["findings"]
    assert good["holds"] and good["why"] == ""


def test_a_proposal_is_compared_rule_by_rule(office: Office):
    desk = office.desk()
    files = desk.rulebook.edited(with_rule(desk), "TERM-02", {"level": "block"})
    files["facts/acronyms.toml"] = 'known = ["ABC"]\n'
    desk.rulebook.propose(files, "Ours.")
    found = office.head.rulebook.compare("proposed")
    assert [(c.id, c.keys) for c in found.rules if c.before] == [("TERM-02", ("level",))]
    (new,) = [c for c in found.rules if c.before is None]
    assert new.id == "HOUSE-01" and {"why", "not_this", "bad"} <= set(new.keys)
    assert [c.name for c in found.files] == ["facts/acronyms.toml"]
    office.head.rulebook.adopt("")
    assert desk.rulebook.compare("1") == found
    assert {c.id for c in desk.rulebook.compare("program").rules} == {"TERM-02", "HOUSE-01"}
    with pytest.raises(Refused, match="no rulebook"):
        desk.rulebook.compare("proposed")
    with pytest.raises(Refused, match="no rulebook"):
        desk.rulebook.compare("2")


def test_a_rule_that_only_moved_to_another_file_is_no_change(office: Office):
    desk = office.desk()
    files = desk.rulebook.files()
    files["rulebooks/moved.toml"] = files.pop("rulebooks/voice.toml")
    found = desk.rulebook.taken_over(RuleDraft(), files)
    assert not found and desk.rulebook.draft_files(found) == desk.rulebook.files()


def test_what_is_proposed_or_newer_in_the_program_is_taken_over_rule_by_rule(office: Office):
    desk = office.desk()
    proposal = desk.rulebook.propose(with_rule(desk, on=False), "Ours.")
    draft = office.head.rulebook.taken_over(RuleDraft(), office.head.rulebook.files_of("proposed"))
    assert list(draft.files) == ["rulebooks/house.toml"] and not draft.edits
    draft = changed(office.head, draft, "HOUSE-01", on=True)
    assert draft.edits == {"HOUSE-01": {"on": True}}
    office.head.rulebook.withdraw(proposal, "It was off.")
    assert office.desk().rulebook.compare("taken-back").rules[0].id == "HOUSE-01"
    adopted(office, office.head.rulebook.draft_files(draft))
    # the program's own lacks the office's rule: taken over, it is switched off, and an older edit stays
    again = desk.rulebook.taken_over(changed(desk, RuleDraft(), "TERM-02", level="block"), program_files())
    assert again.edits == {"TERM-02": {"level": "block"}, "HOUSE-01": {"on": False}}


def test_an_imported_file_is_taken_in_once(office: Office):
    desk = office.desk()
    text = with_rule(desk)["rulebooks/house.toml"]
    draft = desk.rulebook.taken_in(RuleDraft(), "house", text)
    assert entry(desk, draft, "HOUSE-01").changed
    assert desk.rulebook.taken_in(draft, "house", text) == draft
    with pytest.raises(Usage, match="a file voice in force"):
        desk.rulebook.taken_in(draft, "voice", text)
    with pytest.raises(Usage, match="is taken in"):
        desk.rulebook.taken_in(RuleDraft(), "twice", desk.rulebook.files()["rulebooks/voice.toml"])


def test_who_may_do_what_is_asked_of_the_acts(office: Office):
    officer, head, brazil = office.desk(), office.head, office.desk("Liaison Brazil")
    assert officer.rulebook.can() == {
        "edit": "", "propose": "", "adopt": "Nothing is proposed.", "withdraw": "Nothing is proposed.",
    }  # fmt: skip
    assert brazil.rulebook.can()["edit"] == brazil.rulebook.can()["propose"] == "This act is for: head, officer."
    head.rulebook.propose(with_rule(head), "Ours.")
    assert head.rulebook.can()["adopt"] == "A second person adopts a rulebook."
    assert head.rulebook.can()["withdraw"] == head.rulebook.can()["propose"] == ""
    assert officer.rulebook.can()["adopt"] == officer.rulebook.can()["edit"] == ""
    assert officer.rulebook.can()["propose"].startswith("Ada Head has proposed other rules")
    assert officer.rulebook.can()["withdraw"].startswith("Ada Head proposed this")


def test_a_rule_says_since_when_it_has_stood_so(office: Office):
    desk = office.desk()
    assert desk.rulebook.since("TERM-02") == 0
    adopted(office, with_rule(desk))
    adopted(office, desk.rulebook.edited(desk.rulebook.files(), "TERM-02", {"level": "block"}))
    adopted(office, desk.rulebook.edited(desk.rulebook.files(), "TERM-03", {"level": "block"}))
    desk = office.desk()
    assert [desk.rulebook.since(id) for id in ("TERM-01", "HOUSE-01", "TERM-02", "TERM-03")] == [0, 1, 2, 3]


def test_the_code_leads_to_its_rules(office: Office):
    desk = office.desk()
    code = desk.rulebook.code()
    assert [one.number for one in code.principles] == list(range(1, 16)) and code.who
    ids = [id for one in code.principles for id in one.rules]
    assert sorted(ids) == sorted(rule.id for rule in desk.rulebook.rules())
    first = code.principles[0]
    assert first.title == "Clarity" and "PLAIN-01" in first.rules
    broken = {**desk.rulebook.files(), "facts/code.toml": "who = 1"}
    adopted(office, broken)
    with pytest.raises(Usage, match="not the code as it is written"):
        desk.rulebook.code()
