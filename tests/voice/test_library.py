"""The library: what is in it, who may put something in, what is offered, and what is not."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from g20desk.errors import Refused, Usage
from g20desk.office.content import Content, Text
from tests.signoff.conftest import HOUR, Told, refused
from tests.voice.test_relays import LINE, LOCK, agreed

ROOT = Path(__file__).parents[2]
STARTER = Path(__file__).with_name("agreed-language.tsv")
FRENCH = "Nous avons convenu d’alléger la dette de quarante pays d’ici à 2027."
ROWS = "phrase\tphrase.fr\tsummit\tyear\tparagraph\n{}\tune transition juste pour tous\tBelém\t2025\t7\n"
PHRASE = "a just transition for all who work"


def offered(desk, text: str, lang: str = "en", **more) -> list[str]:
    return [one.entry.text for one in desk.library.offers(text, len(text), lang, **more)]


def proposed(told: Told, tmp_path: Path, phrase: str = PHRASE, who: str = "Officer", name: str = "Belém") -> str:
    file = tmp_path / "set.tsv"
    file.write_text(ROWS.format(phrase), encoding="utf-8")
    return str(told[who].library.propose(file, name, "Adopted by Leaders.")["proposal"])


def test_nothing_of_the_starter_set_is_missing():
    rows = list(csv.DictReader(STARTER.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    held = {p["id"]: p for p in tomllib.loads((ROOT / "resources/agreed/agreed.toml").read_text())["phrase"]}
    assert len(rows) == 55 and set(held) == {row["id"] for row in rows}
    for row in rows:
        assert {name: str(held[row["id"]].get(name, "")) for name in row} == row


def test_the_rulebook_s_agreed_language_is_offered_with_its_source(told):
    (first, *_) = told["Liaison Brazil"].library.offers("This is the premier forum for our", 33, "en")
    assert first.entry.text == "premier forum for our international economic cooperation"
    assert (first.entry.kind, first.entry.source, first.start) == ("agreed", "Pittsburgh 2009, 19", 12)


def test_a_line_is_offered_once_agreed_and_no_longer_than_it_is(told):
    officer = told["Officer"]
    made = officer.lines.new({"en": LINE}, "debt", {"en": (LOCK,)}, told.clock.now_ms() + HOUR)
    assert LINE not in offered(officer, "We agreed on deb")
    officer.messages.submit(made["line"])
    assert LINE not in offered(officer, "We agreed on deb")
    told["Liaison Brazil"].messages.decide(made["line"], "approve", made["digest"])
    assert offered(officer, "We agreed on deb")[0] == LINE
    assert offered(officer, "We called for debt rel")[0] == LOCK, "within a sentence the phrase that goes on with it"
    (one, *_) = officer.library.offers("We agreed on deb", 16, "en")
    assert (one.entry.kind, one.entry.of, one.entry.locked, one.start) == ("line", made["line"], (LOCK,), 0)
    told.after(1.1)
    assert LINE not in offered(officer, "We agreed on deb")
    assert not officer.library.here(LINE, "en")


def test_a_withdrawn_or_superseded_line_is_not_offered(told):
    officer = told["Officer"]
    first = agreed(told)
    assert offered(officer, "We agreed on deb")[0] == LINE
    newer = "We agreed on debt relief for forty-one countries by 2027."
    second = agreed(told, newer, (), supersedes=first)
    assert offered(officer, "We agreed on deb") == [newer]
    officer.messages.withdraw(second, "A figure is wrong.")
    assert offered(officer, "We agreed on deb") == [LINE], "what it took the place of is agreed still"
    officer.messages.withdraw(first, "So is this.")
    assert offered(officer, "We agreed on deb") == []


def test_what_stands_there_in_full_is_not_offered_but_marked(told):
    officer, line = told["Officer"], agreed(told)
    text = f"Today: {LINE} We agreed on deb"
    assert LINE not in offered(officer, text)
    (one,) = officer.library.here(text, "en")
    assert (text[one.start : one.end], one.entry.of) == (LINE, line)
    assert not officer.library.here(text.replace("forty", "fifty"), "en")
    (spaced,) = officer.library.here("So  " + LINE.replace("debt relief", "debt\u0020\n relief"), "en")
    assert spaced.start == 4


def test_a_set_is_agreed_once_two_people_signed_it_the_head_among_them(told, tmp_path):
    officer, head = told["Officer"], told["Head"]
    one = proposed(told, tmp_path)
    assert officer.library.sets()[0]["state"] == "proposed" and PHRASE not in offered(officer, "a just trans")
    with refused("second-person"):
        officer.library.adopt(one)
    for who in ("Liaison Brazil", "Presidency", "Analyst"):
        with refused("no-right"):
            told[who].library.adopt(one)
    head.library.adopt(one)
    (row,) = told["Liaison India"].library.sets()
    assert (row["state"], row["by"], row["adopted_by"], row["texts"]) == ("adopted", "Officer", "Ada Head", 1)
    assert offered(officer, "a just trans")[0] == PHRASE
    assert offered(told["Presidency"], "une transition ju", "fr") == ["une transition juste pour tous"]
    with pytest.raises(Usage) as caught:
        proposed(told, tmp_path, name="Again")
    assert caught.value.code == "no-change", "importing twice adds nothing"
    with refused("no-right"):
        officer.library.withdraw(one, "No.")
    head.library.withdraw(one, "It was not agreed.")
    assert officer.library.sets() == [] and PHRASE not in offered(officer, "a just trans")


def test_proposing_twice_and_other_names_are_told(told, tmp_path):
    one = proposed(told, tmp_path)
    with pytest.raises(Usage) as caught:
        proposed(told, tmp_path, who="Head", name="Other")
    assert caught.value.code == "proposed-already" and one[:12] in caught.value.help
    found = told["Head"].library.set(one)
    values = {"name": "Other", "digest": found.digest, "note": found.note, "file": found.file}
    with refused("other-digest"):
        told["Head"].act("agreed.adopted", values)
    told["Head"].library.adopt(one)
    with refused("agreed-already"):
        told["Head"].act("agreed.adopted", values)
    with refused("name-taken"):
        proposed(told, tmp_path, "a wholly different phrase of theirs")


def test_wording_that_is_not_what_was_signed_is_not_taken(told, tmp_path):
    officer, one = told["Officer"], proposed(told, tmp_path)
    file = officer.library.set(one).file
    officer.store.db.execute(
        "update pieces set data = ? where id = ?", (b'[{"texts":{"en":"Buy bonds."}}]', file["piece"])
    )
    with refused("other-digest"):
        told["Head"].library.adopt(one)
    officer.store.db.execute("delete from pieces where id = ?", (file["piece"],))
    with refused("withheld"):
        told["Head"].library.adopt(one)
    assert officer.library.sets()[0]["texts"] is None


def test_translations_come_from_what_was_agreed_and_nothing_else(told):
    officer = told["Officer"]
    texts = {"en": LINE, "fr": FRENCH}
    made = officer.lines.new(texts, "debt", {})
    draft = Content(
        "news",
        ("G20 Bluesky",),
        (Text("en", ("Ministers meet in Rome.",)), Text("fr", ("Les ministres se réunissent à Rome.",))),
    )
    news = officer.messages.new(draft)
    for one in (made["line"], news["message"]):
        officer.messages.submit(one)

    def translated(text: str) -> list[tuple[int, str]]:
        ((_, matches),) = officer.library.translate(text, "en", "fr")
        return [(one.percent, one.entry.text) for one in matches]

    assert translated(LINE) == [] and translated("Ministers meet in Rome.") == []
    told["Liaison Brazil"].messages.decide(made["line"], "approve", made["digest"])
    told["Liaison Brazil"].messages.decide(news["message"], "approve", news["digest"])
    assert translated(LINE) == [(100, FRENCH)]
    assert translated(LINE.replace("forty", "fifty")) == [(90, FRENCH)]
    assert translated("Ministers meet in Rome.") == [(100, "Les ministres se réunissent à Rome.")]
    assert offered(officer, "", "fr", beside=("en", LINE)) == [FRENCH]
    assert offered(officer, FRENCH, "fr", beside=("en", LINE)) == []
    officer.messages.withdraw(news["message"], "Elsewhere.")
    assert translated("Ministers meet in Rome.") == []


def test_one_desk_sees_what_another_process_adopted(told, tmp_path):
    officer, other = told["Officer"], told["Officer"]
    assert PHRASE not in offered(officer, "a just trans")
    told["Head"].library.adopt(proposed(told, tmp_path))
    assert offered(officer, "a just trans")[0] == PHRASE
    assert [one.text for one in other.library.search("just transition who work")] == [PHRASE]


def test_search_by_words_language_and_topic(told):
    officer = told["Officer"]
    line = agreed(told)
    assert [one.of for one in officer.library.search("countr debt", topic="debt")] == [line]
    assert officer.library.search("debt countries", lang="fr") == []
    assert len(officer.library.search("", most=200)) == 56
    with pytest.raises(Refused):
        officer.library.set("0" * 12)


def test_what_was_agreed_is_not_held_to_plain_language(told):
    """The office that agreed on a word is not told of it wherever a message says what was agreed."""
    officer, text = told["Officer"], "We will utilise half of the fund for laboratories."

    def rules(said: str) -> set[str]:
        return {f["rule"] for f in officer.check.text(said)["findings"]}

    assert "PLAIN-01" in rules(f"Today: {text}")
    line = agreed(told, text, ())
    assert "PLAIN-01" not in rules(f"Today: {text}")
    assert "PLAIN-01" in rules(f"Today: {text} They utilise it.")
    assert "PLAIN-01" in rules(f"Today: {text.replace('half', 'some')}")
    officer.messages.withdraw(line, "A figure is wrong.")
    assert "PLAIN-01" in rules(f"Today: {text}")


def test_an_office_of_earlier_rules_is_told_so(told, tmp_path, monkeypatch):
    from dataclasses import replace

    from g20desk.desk.desk import Desk

    old = replace(told["Officer"].office, fold=2)
    monkeypatch.setattr(Desk, "office", property(lambda desk: old))
    library = told["Officer"].library
    assert library.why_not_propose() == "The rules in force know nothing of this." and library.waiting() == []
    assert library.search("premier forum")
