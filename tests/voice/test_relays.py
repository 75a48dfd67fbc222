"""Lines and relays: agreed wording, carried by a government's account under its own control."""

from __future__ import annotations

import pytest

from g20desk.errors import Refused, Usage
from tests.signoff.conftest import HOUR, Told, refused

LINE = "We agreed on debt relief for forty countries by 2027."
LOCK = "debt relief for forty countries"


def agreed(told: Told, text: str = LINE, lock: tuple[str, ...] = (LOCK,), **more: object) -> str:
    """A line that is signed off; its id."""
    officer = told["Officer"]
    made = officer.lines.new({"en": text}, "debt", {"en": lock} if lock else {}, **more)
    officer.messages.submit(made["line"])
    told["Liaison Brazil"].messages.decide(made["line"], "approve", made["digest"])
    return str(made["line"])


def asked(told: Told, line: str, until: int = 0) -> str:
    (one,) = told["Officer"].relays.ask(line, ["ZA Presidency X"], until)
    return one["relay"]


def test_a_line_is_agreed_relayed_adopted_and_carried(told):
    line = agreed(told)
    (row,) = told["Liaison India"].lines.rows()
    assert (row["state"], row["text"], row["locked"], row["topic"]) == ("agreed", LINE, [LOCK], "debt")
    relay = asked(told, line)
    presidency = told["Presidency"]
    assert presidency.relays.show(relay)["state"] == "asked"
    text = f"President Ramos: {LINE} Read more soon."
    presidency.relays.adopt(relay, text, when_ms=presidency.clock.now_ms())
    assert presidency.publish.once()["sent"] == 1
    shown = told["Officer"].relays.show(relay)
    assert (shown["state"], shown["locked_kept"]) == ("carried", True)
    assert shown["drift"] == 0.5 and shown["url"]
    assert ("added", "President Ramos:") in shown["diff"]["en"]


def test_as_it_is_means_word_for_word(told):
    relay = asked(told, agreed(told))
    presidency = told["Presidency"]
    presidency.relays.adopt(relay, when_ms=presidency.clock.now_ms())
    presidency.publish.once()
    shown = presidency.relays.show(relay)
    assert (shown["state"], shown["drift"], shown["texts"]) == ("carried", 0.0, {"en": [LINE]})


@pytest.mark.parametrize(
    "text",
    [
        "We agreed on debt relief for fifty countries by 2027.",
        "We agreed on Debt Relief for forty countries by 2027.",
        "We agreed on debt relief for forty  lands by 2027.",
        "Nothing of it.",
    ],
)
def test_a_locked_phrase_that_is_missing_is_refused(told, text):
    relay = asked(told, agreed(told))
    with refused("locked-phrase"):
        told["Presidency"].relays.adopt(relay, text)
    assert told["Officer"].relays.show(relay)["state"] == "asked"


def test_words_that_change_the_line_around_what_is_locked_are_drift(told):
    relay = asked(told, agreed(told))
    presidency = told["Presidency"]
    presidency.relays.adopt(relay, "We spoke about debt relief for forty countries.", when_ms=presidency.clock.now_ms())
    presidency.publish.once()
    shown = presidency.relays.show(relay)
    assert (shown["state"], shown["locked_kept"]) == ("drifted", True) and 0 < shown["drift"] < 1


def test_the_office_can_neither_adopt_nor_publish_on_a_government_s_account(told):
    relay = asked(told, agreed(told))
    for who in ("Head", "Officer", "Liaison Brazil", "Analyst"):
        with refused("no-right"):
            told[who].relays.adopt(relay)
        with refused("no-right"):
            told[who].relays.decline(relay, "No.")
    told["Presidency"].relays.adopt(relay)
    officer = told["Officer"]
    with refused("no-right"):
        officer.act(
            "message.scheduled",
            {"when": officer.clock.now_ms(), "zone": "UTC", "together": False, "despite": [], "why": None},
            relay,
        )
    told["Presidency"].messages.schedule(relay, officer.clock.now_ms())
    assert officer.publish.once()["sent"] == 0
    assert told["Presidency"].publish.once()["sent"] == 1


def test_the_shared_code_is_told_and_not_enforced_on_a_government_s_own_words(told):
    relay = asked(told, agreed(told))
    made = told["Presidency"].relays.adopt(relay, f"Trade &amp; jobs. {LINE}")
    assert "block" in {one["level"] for one in made["findings"]} and made["state"] == "adopted"
    with refused("blocking-finding"):
        told["Presidency"].relays.adopt(relay, LINE + " more" * 100)
    assert told["Officer"].relays.show(relay)["texts"] == {"en": [f"Trade &amp; jobs. {LINE}"]}


def test_it_is_declined_with_a_reason(told):
    relay = asked(told, agreed(told))
    with pytest.raises(Usage):
        told["Presidency"].relays.decline(relay, " ")
    told["Presidency"].relays.decline(relay, "Our minister speaks tomorrow.")
    shown = told["Officer"].relays.show(relay)
    assert (shown["state"], shown["why"]) == ("declined", "Our minister speaks tomorrow.")
    told["Presidency"].relays.adopt(relay)
    assert told["Officer"].relays.show(relay)["state"] == "adopted", "they may think again"


def test_only_what_is_agreed_now_is_relayed(told):
    officer = told["Officer"]
    made = officer.lines.new({"en": LINE}, "debt", {})
    with refused("not-agreed"):
        asked(told, made["line"])
    officer.messages.submit(made["line"])
    with refused("not-agreed"):
        asked(told, made["line"])
    short = agreed(told, until_ms=told.clock.now_ms() + HOUR)
    relay = asked(told, short)
    told.after(1.1)
    assert [one["state"] for one in officer.lines.rows() if one["id"] == short] == ["expired"]
    with refused("not-agreed"):
        asked(told, short)
    with refused("not-agreed"):
        told["Presidency"].relays.adopt(relay)


def test_a_line_that_was_withdrawn_is_not_adopted_any_more(told):
    line = agreed(told)
    relay = asked(told, line)
    told["Officer"].messages.withdraw(line, "A figure is wrong.")
    with refused("not-agreed"):
        told["Presidency"].relays.adopt(relay)


def test_a_line_in_the_place_of_another(told):
    first = agreed(told)
    second = agreed(told, "We agreed on debt relief for forty-one countries by 2027.", (), supersedes=first)
    with refused("superseded"):
        asked(told, first)
    asked(told, second)
    rows = {one["id"]: one for one in told["Head"].lines.rows()}
    assert rows[first]["superseded_by"] == second


def test_overdue_and_only_for_accounts_of_governments(told):
    line = agreed(told)
    relay = asked(told, line, told.clock.now_ms() + HOUR)
    told.after(2)
    assert told["Officer"].relays.show(relay)["state"] == "overdue"
    with refused("own-account"):
        told["Officer"].relays.ask(line, ["G20 X"])
    with refused("no-right"):
        told["Analyst"].relays.ask(line, ["ZA Presidency X"])


def test_a_line_is_no_message_for_accounts(told):
    officer = told["Officer"]
    with pytest.raises(Usage):
        officer.lines.new({"en": LINE}, "", {})
    with pytest.raises(Usage):
        officer.lines.new({"en": LINE}, "debt", {"en": ("something else",)})
    line = agreed(told)
    with pytest.raises(Refused):
        officer.messages.schedule(line, officer.clock.now_ms())


def test_a_relay_needs_no_sign_off_and_takes_none(told):
    relay = asked(told, agreed(told))
    told["Presidency"].relays.adopt(relay)
    digest = told["Officer"].messages.get(relay).message.digest
    with refused("no-sign-off"):
        told["Liaison India"].messages.decide(relay, "object", digest, "No.")
    with pytest.raises(Refused):
        told["Head"].messages.withdraw(relay, "Ours?")


def test_a_program_of_the_government_s_own_gets_no_further(told):
    """The fold decides on what is said, not the verb."""
    relay = asked(told, agreed(told))
    presidency = told["Presidency"]
    presidency.relays.adopt(relay)
    kept = presidency.messages.get(relay).message
    good = {**kept.content, "words": kept.relay.words}
    for change in (
        {"words": {"en": ["Nothing of it."]}},
        {"words": {"en": [LINE], "fr": ["Rien."]}},
        {"words": {}},
        {"c.kind": "news"},
        {"c.to": []},
    ):
        with pytest.raises(Refused):
            presidency.act("relay.adopted", {**good, **change}, relay)
    presidency.act("relay.adopted", good, relay)
