"""A poll in the composer: typed per language, shown where a network has polls, signed off with the text."""

import pytest

from g20desk.desk import Desk
from tests.ui.test_scheduling import said


@pytest.fixture
def composer(typed):
    return typed("What matters most?")


def asked(qtbot, composer):
    box = composer.work.poll
    box.add.click()
    assert box.answers[0].hasFocus()
    for field, words in zip(box.answers, ("Debt relief", "Climate finance", "Both"), strict=False):
        qtbot.keyClicks(field, words)
    composer.present.check()
    return box


def test_it_is_typed_and_shown_where_a_network_has_polls(qtbot, composer):
    composer.present.goes_to("G20 Bluesky", False)
    box = asked(qtbot, composer)
    poll = composer.present.draft.poll
    assert poll.answers == {"en": ["Debt relief", "Climate finance", "Both"]}
    assert [field.isVisible() for field in box.answers] == [True, True, True, True]
    box.time.setCurrentIndex(box.time.findData(60))
    box.time.activated.emit(box.time.currentIndex())
    assert poll.minutes == 60
    composer.present.check()
    shown = said(composer.end)
    assert sum("Climate finance" in words for words in shown) == 2
    assert any("open for 1 hour" in words for words in shown)
    assert not composer.present.blocking()


def test_bluesky_stops_the_submission_with_a_reason(qtbot, composer):
    asked(qtbot, composer)
    says = "Bluesky has no polls: leave it out there, or ask in the text."
    qtbot.waitUntil(lambda: says in [f["message"] for f in composer.present.all_findings()])
    assert composer.present.blocking()


def test_what_the_rulebook_says_of_an_answer_is_listed_without_a_place(qtbot, composer):
    composer.present.goes_to("G20 Bluesky", False)
    box = asked(qtbot, composer)
    qtbot.keyClicks(box.answers[2], " [TBC]")
    composer.present.check()
    found = [f for f in composer.present.all_findings() if "poll" in f]
    assert found
    assert all((f["start"], f["end"], f["suggestion"]) == (0, 0, None) for f in found)


def test_it_is_kept_opened_again_and_removed(qtbot, composer, open_window):
    composer.present.goes_to("G20 Bluesky", False)
    box = asked(qtbot, composer)
    box.several.click()
    composer.present.keep()
    window = composer.window()
    window.go("messages", "")
    window.go("composer", "")
    again = window.here()
    assert again.present.draft.poll.several
    assert again.work.poll.answers[1].text() == "Climate finance"
    again.work.poll.away.click()
    assert again.present.draft.poll is None
    assert not again.work.poll.inner.isVisible()


def test_those_who_sign_off_see_it_and_that_it_changed(qtbot, composer, folder, open_window):
    composer.present.goes_to("G20 Bluesky", False)
    asked(qtbot, composer)
    desk = Desk.open(folder, "Officer")
    made = desk.messages.new(composer.present.draft.content())["message"]
    desk.messages.submit(made)
    window = open_window("Liaison Brazil")
    window.go("sign-off", made)
    assert any("Climate finance" in words for words in said(window.here()))
    digest = desk.messages.show(made)["digest"]
    Desk.open(folder, "Liaison Brazil").messages.decide(made, "request-changes", digest, "Ask for one day less.")
    from dataclasses import replace

    content = desk.messages.content(made)
    desk.messages.revise(made, replace(content, poll=replace(content.poll, minutes=360)))
    desk.messages.submit(made)
    window.go("messages", "")
    window.go("sign-off", made)
    told = said(window.here())
    assert any("open for 6 hours" in words for words in told)
    assert "changed" in told
