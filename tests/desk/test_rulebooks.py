"""The rulebook at the desk: tried by one, adopted by two; what was checked with an older one says so."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from g20desk.desk import Desk, checking
from g20desk.desk.rule_files import program_files
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces
from g20desk.office.rulebooks import digest
from tests.ledger.record import RULE
from tests.story import Office, content

TEXT = "The gathering of ministers opened in Rome."


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "office")


def with_rule(desk: Desk, level: str = "warn", **more: Any) -> dict[str, str]:
    return desk.rulebook.edited(desk.rulebook.files(), "HOUSE-01", {**RULE, "level": level, **more})


def adopted(office: Office, files: dict[str, str]) -> dict[str, Any]:
    return office.head.rulebook.adopt(office.desk().rulebook.propose(files, "A rule of our own."))


def found(office: Office, text: str = TEXT) -> list[str]:
    return [f["rule"] for f in office.desk().check.text(text)["findings"] if f["rule"].startswith("HOUSE")]


def test_without_an_adopted_one_the_programs_is_in_force(office: Office):
    now = office.desk().rulebook.in_force()
    assert (now.version, now.digest, now.trouble) == (0, digest(program_files()), "")
    told = office.desk().rulebook.summary()
    assert told["program"]["same"] and told["proposal"] is None and told["versions"] == []
    assert sum(told["families"].values()) == told["rules"] > 0


def test_a_proposal_changes_nothing_and_a_second_person_puts_it_in_force(office: Office):
    officer = office.desk()
    files = with_rule(officer)
    proposal = officer.rulebook.propose(files, "A rule of our own.")
    assert found(office) == []
    told = officer.rulebook.summary()["proposal"]
    assert (told["id"], told["version"], told["by"], told["note"]) == (proposal, 1, "Officer", "A rule of our own.")
    with pytest.raises(Refused, match="second person"):
        officer.rulebook.adopt(proposal)
    assert office.head.rulebook.adopt(proposal[:8]) == {"version": 1, "digest": digest(files)}
    assert found(office) == ["HOUSE-01"]
    for desk in (officer, office.head, office.desk("Liaison Italy")):
        assert desk.rulebook.in_force().pin == {"version": 1, "digest": digest(files)}
        assert desk.rulebook.files() == files
    (version,) = officer.rulebook.summary()["versions"]
    assert (version["by"], version["adopted_by"]) == ("Officer", "Ada Head")
    assert not officer.rulebook.summary()["program"]["same"]


def test_an_adopted_rulebook_is_compiled_once(office: Office, monkeypatch: pytest.MonkeyPatch):
    adopted(office, with_rule(office.desk()))
    monkeypatch.setattr("g20desk.desk.checking.built_of", lambda files: pytest.fail("built anew"))
    assert office.desk().rulebook.rule("house-01").say_this == ("meeting",)


def test_a_text_is_pinned_to_what_it_was_checked_with(office: Office):
    officer = office.desk()
    before = officer.rulebook.in_force().pin
    made = officer.messages.new(content(TEXT, to=("G20 X",)))
    early = office.approved(content(TEXT, to=("G20 Bluesky",)))
    pin = adopted(office, with_rule(officer))
    shown = officer.messages.show(made["message"])
    assert shown["rulebook"] == before and shown["rulebook_now"] == pin
    assert [f["rule"] for f in shown["differences"]] == ["HOUSE-01"]
    told = officer.messages.submit(made["message"])
    assert [f["rule"] for f in told["findings"] if f["rule"].startswith("HOUSE")] == ["HOUSE-01"]
    shown = officer.messages.show(made["message"])
    assert shown["rulebook"] == pin and shown["differences"] == []
    assert office.desk("Liaison Brazil").messages.show(early)["rulebook"] == before
    assert [f["rule"] for f in officer.messages.schedule(early, officer.clock.now_ms())] == ["HOUSE-01"]
    assert officer.publish.once()["sent"] == 1
    (remark,) = officer.publish.remarks()
    assert remark == f"{early[:12]} was checked otherwise when it was submitted; now also: HOUSE-01"
    shown = officer.messages.show(early)
    assert shown["rulebook"] == before and shown["differences"] == []


def test_a_rule_that_blocks_by_now_stops_a_draft_that_was_clean(office: Office):
    officer = office.desk()
    made = officer.messages.new(content(TEXT, to=("G20 X",)))
    assert officer.messages.show(made["message"])["can"]["submit"] == ""
    adopted(office, with_rule(officer, "block"))
    assert officer.messages.show(made["message"])["can"]["submit"] == "1 finding must be fixed"
    with pytest.raises(Refused, match="HOUSE-01"):
        officer.messages.submit(made["message"])
    officer.messages.submit(made["message"], overrides={"HOUSE-01": "It is the title of the painting."})


def test_approval_shows_what_was_not_attested(office: Office):
    officer = office.desk()
    made = officer.messages.new(content(TEXT, to=("G20 X",)))
    officer.messages.submit(made["message"])
    adopted(office, with_rule(officer))
    told = office.desk("Liaison Italy").messages.decide(made["message"], "approve", made["digest"])
    assert [f["rule"] for f in told["differences"]] == ["HOUSE-01"] and told["state"] == "approved"


def test_a_submission_may_name_an_older_version_but_none_that_never_was(office: Office):
    officer = office.desk()
    first = adopted(office, with_rule(officer))
    adopted(office, with_rule(officer, "advise"))
    made = officer.messages.new(content(TEXT, to=("G20 X",)))
    draft = officer.messages.get(made["message"]).draft_verdicts[0].event
    from g20desk.ledger import body

    values = {name: part.value for name, part in body.decode(draft.body).items()}
    officer.act("draft.revised", {**values, "rulebook": first, "base": []})
    for pin in ({**first, "version": 2}, {**first, "version": 3}):
        with pytest.raises(Refused, match="had not adopted"):
            officer.act("draft.revised", {**values, "rulebook": pin, "base": []})


@pytest.mark.parametrize(("changes", "why"), [
    ({"bad": ["Nothing here."]}, "the bad example is not found: Nothing here."),
    ({"good": ["A gathering."]}, "the good example still triggers the rule"),
    ({"kind": "pattern", "not_this": [r"\bg(?:a+)+"], "say_this": None}, "no upper bound"),
    ({"kind": "pattern", "not_this": [r"(?<=a{1,3})b"], "say_this": None}, "look-behind"),
    ({"kind": "pattern", "not_this": ["(g)athering"], "say_this": None, "fix": r"\2"}, "the fix does not go"),
    ({"why": None}, "why is missing"), ({"colour": "red"}, "there is no key “colour”"),
])  # fmt: skip
def test_a_bad_rule_is_told_with_its_file_its_line_and_why(office: Office, changes: dict[str, Any], why: str):
    desk = office.desk()
    files = with_rule(desk, **changes)
    for attempt in (lambda: desk.rulebook.propose(files, "Bad."), lambda: desk.rulebook.trial(files, TEXT)):
        with pytest.raises(Usage) as caught:
            attempt()
        assert caught.value.code == "bad-rule" and why in caught.value.message
        line = caught.value.params["line"]
        assert files["rulebooks/house.toml"].splitlines()[line - 1] == 'id = "HOUSE-01"'
        assert (caught.value.params["file"], caught.value.params["rule"]) == ("rulebooks/house.toml", "HOUSE-01")


def test_toml_that_is_none_is_told_with_its_line(office: Office):
    desk = office.desk()
    with pytest.raises(Usage, match=r"rulebooks/house\.toml, line 2: this is not TOML"):
        desk.rulebook.built({**desk.rulebook.files(), "rulebooks/house.toml": 'title = "x"\nrule = ['})


@pytest.mark.parametrize(("files", "code"), [
    ({"house.toml": ""}, "bad-file"), ({"rulebooks/../x.toml": ""}, "bad-file"), ({"facts/members.toml": ""}, "bad-file"),
    ({"rulebooks/é.toml": ""}, "bad-file"), ({"rulebooks/x.toml": "\ud800"}, "bad-file"), ({}, "bad-file"),
    ({"rulebooks/x.toml": "#" * 9_000_000}, "too-large"),
])  # fmt: skip
def test_what_is_no_rulebook_is_not_proposed(office: Office, files: dict[str, str], code: str):
    with pytest.raises(Usage) as caught:
        office.desk().rulebook.propose(files, "Other files.")
    assert caught.value.code == code


def test_a_proposal_needs_a_change_and_a_note(office: Office):
    desk = office.desk()
    with pytest.raises(Usage, match="rules in force"):
        desk.rulebook.propose(desk.rulebook.files(), "The same.")
    with pytest.raises(Usage, match="what changes"):
        desk.rulebook.propose(with_rule(desk), " ")
    with pytest.raises(Refused, match="no open proposal"):
        office.head.rulebook.adopt("0" * 12)


def test_a_proposal_is_taken_back_with_a_reason_and_stays_on_record(office: Office):
    officer = office.desk()
    proposal = officer.rulebook.propose(with_rule(officer), "A rule of our own.")
    with pytest.raises(Usage, match="reason"):
        officer.rulebook.withdraw(proposal, " ")
    with pytest.raises(Refused, match="no open proposal"):
        officer.rulebook.withdraw("0" * 12, "Too early.")
    officer.rulebook.withdraw(proposal[:8], "Too early.")
    told = office.head.rulebook.summary()
    assert told["proposal"] is None and told["versions"] == []
    gone = told["taken_back"]
    assert (gone["id"], gone["by"], gone["taken_back_by"], gone["why"]) == (
        proposal,
        "Officer",
        "Officer",
        "Too early.",
    )
    with pytest.raises(Refused, match="no open proposal"):
        office.head.rulebook.adopt(proposal)
    second = officer.rulebook.propose(with_rule(officer), "Once more.")
    assert officer.rulebook.summary()["taken_back"] is None
    office.head.rulebook.withdraw(second, "Not ours to say.")
    assert officer.rulebook.summary()["taken_back"]["taken_back_by"] == "Ada Head"
    assert found(office) == []


def test_files_that_are_not_those_that_were_signed_are_never_used(office: Office):
    officer = office.desk()
    files = with_rule(officer)
    proposal = officer.rulebook.propose(files, "Ours.")
    ref = officer.office.rulebook_proposed.files
    whole = pieces.get(officer.store, ref)
    other = whole.replace(b"gathering", b"xathering")
    officer.store.db.execute("update pieces set data = ? where id = ?", (other, ref["piece"]))
    with pytest.raises(Refused, match="not those that were signed"):
        office.head.rulebook.adopt(proposal)
    officer.store.db.execute("update pieces set data = ? where id = ?", (whole, ref["piece"]))
    office.head.rulebook.adopt(proposal)
    officer.store.db.execute("update pieces set data = ? where id = ?", (other, ref["piece"]))
    officer.store.set_meta("rulebook", "")
    now = office.desk().rulebook.in_force()
    assert now.version == 0 and "not those that were signed" in now.trouble
    made = office.desk().messages.new(content(TEXT, to=("G20 X",)))
    shown = office.desk().messages.show(made["message"])
    assert shown["rulebook"]["version"] == 0 and shown["rulebook_now"]["version"] == 0
    assert office.desk().rulebook.summary()["adopted"] == 1


def test_what_is_kept_compiled_may_be_damaged(office: Office):
    pin = adopted(office, with_rule(office.desk()))
    for rubbish in ("{", "[]", '{"fingerprint": "x"}'):
        office.desk().store.set_meta("rulebook", rubbish)
        assert office.desk().rulebook.in_force().pin == pin


def test_a_rule_is_tried_on_a_text_and_on_its_examples(office: Office):
    desk = office.desk()
    files = with_rule(desk)
    (one,) = [f for f in desk.rulebook.trial(files, TEXT) if f["rule"] == "HOUSE-01"]
    assert (one["text"], one["suggestion"]) == ("gathering", "meeting")
    off = desk.rulebook.edited(files, "HOUSE-01", {"on": False})
    assert not [f for f in desk.rulebook.trial(off, TEXT) if f["rule"] == "HOUSE-01"]
    assert [f["rule"] for f in desk.rulebook.trial(off, TEXT, only="HOUSE-01")] == ["HOUSE-01"]
    spoilt = with_rule(desk, bad=["The gathering.", "The meeting."])
    assert [(e["text"], e["bad"], e["holds"]) for e in desk.rulebook.examples(spoilt, "HOUSE-01")] == [
        ("The gathering.", True, True), ("The meeting.", True, False), ("The meeting is over.", False, True),
    ]  # fmt: skip
    with pytest.raises(Refused, match="no rule"):
        desk.rulebook.trial(files, TEXT, only="HOUSE-99")


def test_what_a_proposal_would_say_of_the_last_messages(office: Office):
    desk = office.desk()
    first = desk.messages.new(content(TEXT, "And on.", to=("G20 X", "G20 Bluesky")))
    desk.messages.new(content("Ministers met in Rome.", to=("G20 X",)))
    told = desk.rulebook.would_say(with_rule(desk))
    (new,) = told["new"]
    assert told["messages"] == 2 and told["gone"] == [] and not told["cancelled"]
    assert (new["message_id"], new["rule"], new["part"], new["lang"]) == (first["message"], "HOUSE-01", 1, "en")
    assert new["networks"] == ["bluesky", "x"] and new["title"] == TEXT
    adopted(office, with_rule(desk))
    told = desk.rulebook.would_say(desk.rulebook.edited(desk.rulebook.files(), "HOUSE-01", {"on": False}), last=5)
    assert [f["rule"] for f in told["gone"]] == ["HOUSE-01"] and told["new"] == []
    looked: list[int] = []
    told = desk.rulebook.would_say(
        program_files(), cancelled=lambda: len(looked) == 1, progress=lambda done, of: looked.append(done)
    )
    assert told["cancelled"] and told["messages"] == 1


def test_an_edit_leaves_everything_else_as_it_is(office: Office):
    desk = office.desk()
    files = with_rule(desk)
    files["rulebooks/house.toml"] = "# Ours.\n" + files["rulebooks/house.toml"].replace(
        "[[rule]]", "[[rule]]\n# why not"
    )
    changed = desk.rulebook.edited(files, "HOUSE-01", {"level": "block", "not_this": ["gathering", "get-together"]})
    apart = set(files["rulebooks/house.toml"].splitlines()) ^ set(changed["rulebooks/house.toml"].splitlines())
    assert apart == {
        'level = "warn"', 'level = "block"', 'not_this = ["gathering"]', 'not_this = ["gathering", "get-together"]',
    }  # fmt: skip
    assert {n: t for n, t in files.items() if n != "rulebooks/house.toml"} == {
        n: t for n, t in changed.items() if n != "rulebooks/house.toml"
    }
    assert desk.rulebook.next_id(changed, "HOUSE") == "HOUSE-02" and desk.rulebook.next_id(changed, "NEW") == "NEW-01"
    more = desk.rulebook.edited(changed, "HOUSE-02", {**RULE, "not_this": ["conclave"], "bad": ["A conclave."]})
    assert [r.id for r in desk.rulebook.built(more).rules if r.family == "HOUSE"] == ["HOUSE-01", "HOUSE-02"]
    assert more["rulebooks/house.toml"].startswith(changed["rulebooks/house.toml"].rstrip())


def test_rules_are_found_by_family_language_and_words(office: Office):
    desk = office.desk()
    adopted(office, with_rule(desk))
    mine = desk.rulebook
    assert [r.id for r in mine.rules(family="HOUSE")] == ["HOUSE-01"]
    assert [r.id for r in mine.rules(search="GATHERING") if r.family == "HOUSE"] == ["HOUSE-01"]
    assert mine.rules(family="HOUSE", lang="fr") == []
    with pytest.raises(Refused, match="no rule"):
        mine.rule("HOUSE-99")


def test_another_versions_compiled_rulebook_is_left_to_it(monkeypatch, tmp_path):
    """Two versions on one computer would else compile anew at each start, each deleting what the other made."""
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_: tmp_path)
    theirs, old = tmp_path / "rulebook-another.json", tmp_path / "rulebook-old.json"
    for file in (theirs, old):
        file.write_text("{}")
    os.utime(old, (0, 0))
    checking.rulebook.cache_clear()
    checking.rulebook()
    assert theirs.exists()
    assert not old.exists()
    assert len(list(tmp_path.iterdir())) == 2
    checking.rulebook.cache_clear()
