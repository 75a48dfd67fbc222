"""The office's word list: who may change it, and what is a word."""

from __future__ import annotations

import pytest

from g20desk.errors import Refused
from g20desk.ledger.event import Event, Header
from g20desk.office.fold import Then
from g20desk.office.state import Office, Person
from g20desk.office.wordlist import Added, Removed
from tests.office.samples import ID

ROLES = ("head", "officer", "liaison", "presidency", "expert", "analyst", "observer", "publisher")
START = Office(
    ID, "G20", people={r: Person(r, r.title(), r, "", "", (r,)) for r in ROLES}, devices={r: r for r in ROLES}
)


def signed(office: Office, who: str, act: Added | Removed) -> Office:
    """The office after a person's act. Raises Refused."""
    head = Header(1, ID, ID, ID, "word.added", 7, who, ID, 1, "", (), "", ID)
    return act.apply(office, office.author(who), Then(Event(ID, head, b"", b"", b"", 1, 7), "", {}, office))


def listed(office: Office) -> list[tuple[str, str, str, int]]:
    return [(w.word, w.lang, w.by, w.at) for w in office.words]


def refusal(act: Added | Removed, who: str = "head", office: Office = START) -> str:
    with pytest.raises(Refused) as caught:
        signed(office, who, act)
    return caught.value.code


def test_head_and_officer_add_and_take_off():
    office = signed(START, "officer", Added(["Mbombela", "upskilling"], ""))
    office = signed(office, "head", Added(["upskilling"], "en"))
    assert listed(office) == [("Mbombela", "", "officer", 7), ("upskilling", "", "officer", 7), ("upskilling", "en", "head", 7)]  # fmt: skip
    office = signed(office, "officer", Removed(["upskilling"], ""))
    assert [(w.word, w.lang) for w in office.words] == [("Mbombela", ""), ("upskilling", "en")]


@pytest.mark.parametrize("who", [r for r in ROLES if r not in ("head", "officer")])
def test_nobody_else_changes_the_list(who: str):
    assert refusal(Added(["Mbombela"], ""), who) == "no-right"
    office = signed(START, "head", Added(["Mbombela"], ""))
    assert refusal(Removed(["Mbombela"], ""), who, office) == "no-right"


def test_two_desks_that_add_the_same_word_list_it_once():
    office = signed(signed(START, "officer", Added(["Mbombela"], "")), "head", Added(["Mbombela", "Mbombela"], ""))
    assert listed(office) == [("Mbombela", "", "officer", 7)]


def test_what_is_not_on_the_list_is_not_taken_off():
    office = signed(START, "head", Added(["Mbombela"], "en"))
    assert refusal(Removed(["Mbombela"], ""), office=office) == "unknown-word"


@pytest.mark.parametrize(
    "word",
    [
        "Mbombela",
        "Okonjo-Iweala",
        "l’économie",
        "O'Neill",
        "الوُرقة",
        "می‌شود",
        "Ёлка",
        "日本",
        "N'Djamena",
        "G20",
        "Ångström",
        "e\u0301tat",
    ],
)
def test_words_of_every_script_are_words(word: str):
    assert [w.word for w in signed(START, "head", Added([word], "")).words] == [word]


@pytest.mark.parametrize(
    "word",
    ["", "a", "two words", "tab\there", "end.\n", "comma,", "2030", "-'", "a" * 61, "#G20", "@UN", "a\u202eb", "no\u00a0break",
     "🌍🌍", "a\ue000b", "نعم؟", "a/b", "zero\u200bwidth"],
)  # fmt: skip
def test_what_is_no_word_is_refused(word: str):
    assert refusal(Added([word], "")) == "malformed"


@pytest.mark.parametrize(
    ("words", "lang"), [([], ""), (["word"] * 501, ""), (["word"], "EN"), (["word"], "klingonese")]
)
def test_a_list_is_bounded_and_for_a_language(words: list[str], lang: str):
    assert refusal(Added(words, lang)) == "malformed"
