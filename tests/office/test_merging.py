"""Three versions become one: word by word, part by part, nothing in silence."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from g20desk.office import merging
from g20desk.office.content import Content, PictureFile, Poll, Text
from g20desk.office.merging import Place, assembled, begin, flat, runs


def content(*texts: Text, to: tuple[str, ...] = ("G20 X",), **more: object) -> Content:
    return Content("news", to, texts, **more)  # type: ignore[arg-type]


EN = ("text", "en", "")
WORDS = st.lists(
    st.sampled_from(["debt", "relief", "الديون", "债", "务", "for", "40", "\n---\n", " ", "."]), max_size=12
)


def test_places_stand_between_words_that_all_three_have() -> None:
    assert runs("a b c d", "a x c d", "a b c y") == ["a ", Place("b", "x", "b"), " c ", Place("d", "d", "y")]
    assert runs("a b", "a b", "a b") == ["a b"]
    both = runs("one two", "one 2", "one zwei")
    assert both == ["one ", Place("two", "2", "zwei")] and isinstance(both[1], Place) and both[1].by == 3
    agreed = runs("one two", "one 2", "one 2")[1]
    assert isinstance(agreed, Place) and agreed.agreed and not agreed.open and agreed.words() == "2"


def test_what_one_person_changed_in_a_row_is_one_place() -> None:
    assert runs("a b c d", "a x y d", "a b c d") == ["a ", Place("b c", "x y", "b c"), " d"]
    assert runs("two three", "2 three", "two 3") == [Place("two", "2", "two"), " ", Place("three", "three", "3")]


def test_chinese_goes_sign_by_sign_and_arabic_word_by_word() -> None:
    assert runs("部长们商定债务减免", "部长们今天商定债务减免", "部长们商定了债务减免") == [
        "部长们", Place("", "今天", ""), "商定", Place("", "", "了"), "债务减免",
    ]  # fmt: skip
    assert runs("اتفق الوزراء اليوم", "اتفق الوزراء أمس", "وافق الوزراء اليوم") == [
        Place("اتفق", "اتفق", "وافق"), " الوزراء ", Place("اليوم", "أمس", "اليوم"),
    ]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(was=WORDS, one=WORDS, two=WORDS)
def test_each_side_can_be_read_off_a_merge(was: list[str], one: list[str], two: list[str]) -> None:
    old, first, second = ("".join(words) for words in (was, one, two))
    found = runs(old, first, second)
    for side, whole in (("was", old), ("first", first), ("second", second)):
        assert "".join(run if isinstance(run, str) else getattr(run, side) for run in found) == whole
    assert all(run.first != run.was or run.second != run.was for run in found if isinstance(run, Place))
    assert not any(isinstance(a, str) and isinstance(b, str) for a, b in pairwise(found))


def test_one_sided_changes_are_taken_and_conflicts_are_not() -> None:
    now = begin(content(Text("en", ("a b c",))), content(Text("en", ("a x c",))), content(Text("en", ("a b y",))))
    assert len(now.open()) == 2 and not now.conflicts()
    assert now.take_single() == [EN] and not now.open()
    assert now.content().texts[0].parts == ("a x y",)
    now = begin(content(Text("en", ("a b",))), content(Text("en", ("a x",))), content(Text("en", ("a y",))))
    assert now.take_single() == [] and now.conflicts() == [EN]
    now.take(EN, 2)
    assert not now.open() and now.content().texts[0].parts == ("a y",)
    now.put(EN, "anew")
    assert now.content().texts[0].parts == ("anew",)


def test_every_part_of_a_message_is_merged() -> None:
    picture = PictureFile("piece:aa", {"en": "A chart of debt", "fr": "Un graphique"}, 1)
    was = content(
        Text("en", ("One.", "Two.")), Text("fr", ("Un.",)), pictures=(picture,), note="For all.", topic="debt"
    )
    one = content(
        Text("en", ("One.", "Two.")), Text("en", ("Short.",), "x"), to=("G20 X", "G20 Bluesky"), note="For you.",
        pictures=(PictureFile("piece:aa", {"en": "A chart of old debt", "fr": "Un graphique"}, 2),), topic="debt",
        poll=Poll({"en": ("Yes", "No")}),
    )  # fmt: skip
    two = Content(
        "statement", ("G20 Mastodon",), (Text("en", ("One.", "Two!"), "", "War", "unlisted"), Text("fr", ("Un, deux.",))),
        (PictureFile("piece:aa", {"en": "A chart of debts"}, 1), PictureFile("piece:bb", {"en": "Another"}, 1)),
        "For me.", "", 5_000, corrects="c" * 64,
    )  # fmt: skip
    now = begin(was, one, two)
    assert {merging.called(name) for name in now.conflicts()} == {"fr", "note", "alt.aa.en"}
    now.take_single()
    for name in now.conflicts():
        now.take(name, 2)
    made = now.content()
    assert (made.kind, set(made.to), made.topic, made.not_before, made.corrects) == (
        "statement", {"G20 Bluesky", "G20 Mastodon"}, "", 5_000, "c" * 64,
    )  # fmt: skip
    assert {(t.lang, t.network): t.parts for t in made.texts} == {
        ("en", ""): ("One.", "Two!"), ("en", "x"): ("Short.",), ("fr", ""): ("Un, deux.",),
    }  # fmt: skip
    assert (made.texts[0].warning, made.texts[0].visibility) == ("War", "unlisted")
    assert made.pictures == (
        PictureFile("piece:aa", {"en": "A chart of debts"}, 2),
        PictureFile("piece:bb", {"en": "Another"}, 1),
    )
    assert made.note == "For me." and made.poll == Poll({"en": ("Yes", "No")})


def test_a_message_is_what_its_parts_say() -> None:
    pictures = (PictureFile("piece:bb", {"en": "B"}, 2), PictureFile("piece:aa", {"en": "A", "fr": "Á"}, 1))
    whole = Content(
        "statement", ("G20 X", "ZA"), (Text("ar", ("أ",)), Text("en", ("A", "B"), "", "W", "private"), Text("en", ("C",), "x")),
        pictures, "Note", "topic", 7, "a" * 64, "b" * 64, "c" * 64, Poll({"en": ("Yes", "No")}, 60, True, 2),
    )  # fmt: skip
    assert assembled(flat(whole)) == whole


def test_the_order_of_pictures_is_a_choice() -> None:
    one, two = PictureFile("piece:aa", {}, 1), PictureFile("piece:bb", {}, 1)
    now = begin(content(pictures=(one, two)), content(pictures=(one, two)), content(pictures=(two, one)))
    assert [merging.called(name) for name in now.parts] == ["order"]
    now.take_single()
    assert now.content().pictures == (two, one)


def test_the_ancestor_is_the_newest_that_both_go_on_from() -> None:
    bases = {"a": [], "b": ["a"], "c": ["b"], "d": ["b"], "e": ["c"], "f": ["a"]}
    assert merging.ancestor(bases, "e", "d") == "b"
    assert merging.ancestor(bases, "f", "e") == "a"
    assert merging.ancestor(bases, "c", "e") == "c"
    assert merging.ancestor({"x": [], "y": []}, "x", "y") == ""
