"""Look-alikes of agreed wording, wherever a desk checks a text."""

from __future__ import annotations

import pytest

from g20desk.office.content import Content, Text
from tests.signoff.conftest import HOUR, Told
from tests.voice.test_relays import LINE, agreed, asked

NEAR, OTHER = "LIKE-01", "LIKE-02"


def found(told: Told, text: str, lang: str = "en", who: str = "Officer") -> list[dict[str, object]]:
    """What the desk says of a text about lines."""
    made = told[who].check.text(text, "mastodon", lang)["findings"]
    return [one for one in made if one["rule"] in (NEAR, OTHER)]


def test_word_for_word_is_said_to_nobody(told):
    agreed(told)
    assert found(told, f"👏 President Ramos: {LINE} Read more.") == []
    assert found(told, "Finance ministers meet in Cape Town to talk about bonds.") == []


def test_a_near_miss_is_found_with_its_place_and_the_agreed_words(told):
    line = agreed(told, source="Johannesburg 2025, 12")
    text = "👏 نعم: We agreed on debt relief for forty nations by 2027. Read more."
    (one,) = found(told, text)
    assert (one["rule"], one["level"], one["line"]) == (NEAR, "warn", line)
    assert text[one["start"] : one["end"]] == one["text"] == "We agreed on debt relief for forty nations by 2027"
    assert "debt, Johannesburg 2025, 12" in str(one["message"]) and "“nations” where the line says “countries”" in str(
        one["message"]
    )
    mended = text[: one["start"]] + str(one["suggestion"]) + text[one["end"] :]
    assert LINE in mended and found(told, mended) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("We agreed on debt relief for fifty countries by 2027.", "says fifty, the line says forty"),
        ("We may have agreed on debt relief for forty countries by 2027.", "says “may”, the line does not"),
        ("We never agreed on debt relief for forty countries by 2027.", "says “never”, the line does not"),
        ("We agreed on debt relief for forty countries.", "leaves out “2027”"),
    ],
)
def test_what_says_something_else_is_warned_of_and_never_blocked(told, text, why):
    agreed(told)
    listed = found(told, text)
    assert [one["rule"] for one in listed] == [OTHER] and why in str(listed[0]["message"])
    assert {one["level"] for one in listed} == {"warn"}


def test_a_translation_is_held_to_the_figures(told):
    agreed(told)
    assert found(told, "Nous sommes convenus d’un allègement de la dette pour quarante pays d’ici à 2027.", "fr") == []
    (one,) = found(told, "Nous sommes convenus d’un allègement de la dette pour cinquante pays d’ici à 2027.", "fr")
    assert one["rule"] == OTHER and one["suggestion"] is None and "cinquante" in str(one["message"])


def test_only_what_is_agreed_now_counts(told):
    text = "We agreed on debt relief for fifty countries by 2027."
    officer = told["Officer"]
    made = officer.lines.new({"en": LINE}, "debt", {}, told.clock.now_ms() + HOUR)
    assert found(told, text) == []
    officer.messages.submit(made["line"])
    told["Liaison Brazil"].messages.decide(made["line"], "approve", made["digest"])
    assert len(found(told, text)) == len(found(told, text, who="Presidency")) == 1
    told.after(1.1)
    assert found(told, text) == []
    first = agreed(told)
    agreed(told, "We agreed on debt relief for fifty countries by 2027.", (), supersedes=first)
    assert found(told, text) == [], "the line that took its place says so"
    told["Officer"].messages.withdraw(first, "Overtaken.")
    assert found(told, text) == []


def test_a_message_keeps_the_finding_and_can_be_submitted(told):
    agreed(told)
    officer = told["Officer"]
    text = "We agreed on debt relief for fifty countries by 2027."
    made = officer.messages.new(Content("news", ("G20 Mastodon",), (Text("en", (text,)),)))
    assert [(one["rule"], one["level"]) for one in made["findings"] if one["rule"] == OTHER] == [(OTHER, "warn")]
    officer.messages.submit(made["message"])
    assert officer.messages.get(made["message"]).message.submission


def test_words_around_a_line_that_say_otherwise_are_warned_of_at_adoption(told):
    presidency = told["Presidency"]
    relay = asked(told, agreed(told))
    made = presidency.relays.adopt(relay, f"{LINE} Read more soon.")
    assert [one for one in made["findings"] if one["rule"] in (NEAR, OTHER)] == []
    made = presidency.relays.adopt(relay, f"{LINE} We agreed on debt relief for fourteen countries by 2027.")
    assert [one["rule"] for one in made["findings"] if one["rule"] in (NEAR, OTHER)] == [OTHER]
    made = presidency.relays.adopt(relay, "We never agreed on debt relief for forty countries by 2027.")
    assert OTHER in [one["rule"] for one in made["findings"]]


def test_words_of_a_line_are_agreed_language(told):
    """What rules leave alone as agreed they leave alone where a line says it, word for word; nothing else of the text."""
    text = "We will utilise every tool in order to end hunger in our countries."

    def plain(words: str) -> list[str]:
        made = told["Officer"].check.text(words, "mastodon")["findings"]
        return [one["text"] for one in made if one["rule"].startswith("PLAIN-")]

    assert plain(text)
    agreed(told, text, ())
    assert plain(f"🕊️ {text} Read more.") == []
    assert plain(f"{text} We utilise them.") == ["utilise"]
    assert plain("We will utilise every tool in order to end thirst in our countries.")


def test_a_new_line_is_held_against_the_others_but_not_against_the_one_whose_place_it_takes(told):
    first = agreed(told)
    officer = told["Officer"]
    text = "We agreed on debt relief for fifty countries by 2027."
    made = officer.lines.new({"en": text}, "debt", {})
    assert [(one["rule"], one["line"]) for one in made["findings"] if one["rule"] == OTHER] == [(OTHER, first)]
    made = officer.lines.new({"en": text}, "debt", {}, supersedes=first)
    assert [one for one in made["findings"] if one["rule"] in (NEAR, OTHER)] == []


def test_each_sentence_of_a_line_counts_by_itself(told):
    agreed(told, f"{LINE} All creditors will share the burden of it on equal terms.", ())
    assert found(told, f"{LINE} That is a promise.") == []
    (one,) = found(told, f"{LINE} Some creditors will share the burden of it on equal terms.")
    assert one["text"] == "Some creditors will share the burden of it on equal terms" and one["rule"] == OTHER
    assert one["suggestion"] == "All creditors will share the burden of it on equal terms"


def test_a_long_text_is_searched_to_its_end(told):
    agreed(told)
    before = "Ministers met mayors, farmers and pupils, and listened to what they had to say about rivers. " * 40
    text = f"{before}We agreed on debt relief for fifty countries by 2027."
    (one,) = found(told, text)
    assert text[one["start"] : one["end"]] == "We agreed on debt relief for fifty countries by 2027"
