"""What the comparison with the model found, each by name."""

from __future__ import annotations

import pytest

from g20desk.clock import iso
from g20desk.errors import Usage
from g20desk.office.content import Content, Text
from g20desk.office.relays import stands
from tests.signoff.conftest import HOUR, lying, refused
from tests.voice.test_relays import LINE, agreed, asked


@pytest.mark.parametrize(
    ("phrase", "text", "whole"),
    [
        ("agreed", "We agreed on it.", True),
        ("agreed", "We disagreed on it.", False),
        ("agreed", "We disagreed; then we agreed.", True),
        ("100 billion", "They pledged 100 billion.", True),
        ("100 billion", "They pledged 2100 billion.", False),
        ("100 billion", "They pledged 2,100 billion.", False),
        ("at most 100", "It is at most 100,000.", False),
        ("at most 100", "It is at most 100.", True),
        ("by 2027", "They pay by 2027, as agreed.", True),
        ("forty countries", "forty countries\u0338 in all", False),
        ("forty countries", "\u202eforty countries\u202c", False),
        ("forty countries", "\u2068forty countries\u2069", True),
        ("forty countries", "forty\u00a0countries", True),
        ("forty countries", "forty\u200bcountries", False),
        ("减免债务", "我们同意减免债务。", True),
        ("اتفقنا", "واتفقنا على ذلك", True),
        ("", "Anything.", True),
    ],
)
def test_a_locked_phrase_stands_whole(phrase, text, whole):
    """The half of another word or number says something else."""
    assert stands(phrase, text) == whole


def test_a_phrase_that_stands_in_no_one_post_of_a_thread_is_missing(told):
    relay = asked(told, agreed(told))
    with refused("locked-phrase"):
        told["Presidency"].relays.adopt(relay, "We agreed on debt relief\n---\nfor forty countries by 2027.")


def test_what_is_locked_in_a_line_stands_in_it_whole(told):
    with pytest.raises(Usage):
        told["Officer"].lines.new({"en": "We agreed on debt relief."}, "debt", {"en": ("agree",)})


def test_who_adopts_the_right_words_and_posts_others_is_not_said_to_have_carried_the_line(told):
    """The fold holds the words of the act to the line; each desk looks at what the finished post says."""
    relay = asked(told, agreed(told))
    presidency = told["Presidency"]
    with lying("Buy bonds."):
        presidency.relays.adopt(relay, when_ms=presidency.clock.now_ms())
    assert presidency.publish.once()["sent"] == 1
    shown = told["Officer"].relays.show(relay)
    assert (shown["state"], shown["locked_kept"]) == ("drifted", False) and "another" in shown["why"]


def test_a_network_s_own_handle_in_a_relay_is_no_other_text(told):
    told["Head"].handles.put("United Nations", {"x": "UN", "bluesky": "un.org"})
    presidency, relay = told["Presidency"], asked(told, agreed(told))
    presidency.relays.adopt(relay, f"With @un.org: {LINE}", when_ms=presidency.clock.now_ms())
    presidency.publish.once()
    shown = told["Officer"].relays.show(relay)
    assert (shown["state"], shown["locked_kept"], shown["why"]) == ("carried", True, "")


def test_a_government_says_itself_that_its_relay_goes_out_on_a_day_of_mourning(told):
    """Nobody else schedules it."""
    presidency, relay = told["Presidency"], asked(told, agreed(told))
    today = iso(told.clock.now_ms() + 2 * HOUR)[:10]  # in Pretoria
    told["Head"].mournings.declare(today, "The floods", "ZA")
    presidency.relays.adopt(relay)
    presidency.messages.schedule(relay, presidency.clock.now_ms())
    assert presidency.publish.once()["sent"] == 0
    with refused("no-right"):
        told["Officer"].messages.schedule(relay, presidency.clock.now_ms(), despite="The line is on the floods.")
    presidency.messages.schedule(relay, presidency.clock.now_ms(), despite="The line is on the floods.")
    assert presidency.publish.once()["sent"] == 1


def test_a_line_whose_place_another_one_took_is_not_taken_on_and_what_is_no_line_any_more_neither(told):
    first = agreed(told)
    relay, other = (
        asked(told, first),
        asked(told, gone := agreed(told, LINE.replace("forty countries", "forty countries now"), ())),
    )
    agreed(told, "We agreed on debt relief for forty-one countries by 2027.", (), supersedes=first)
    with refused("superseded"):
        told["Presidency"].relays.adopt(relay)
    officer = told["Officer"]
    officer.messages.withdraw(gone, "It was a mere post.")
    officer.messages.revise(gone, Content("news", ("G20 Bluesky",), (Text("en", ("A mere post.",)),)))
    officer.messages.submit(gone)
    with refused("not-agreed"):
        told["Presidency"].relays.adopt(other, "Whatever they say.")
