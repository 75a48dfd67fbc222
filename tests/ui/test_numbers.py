"""How far a post went, beside the post; where reading it costs, the price is seen first."""

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk
from tests.ui.test_scheduling import approved, said
from ui.widgets.button import KeyButton


@pytest.fixture
def sent(folder):
    id = approved(folder, "Growth is 3.1%.", to=("G20 X", "G20 Mastodon"))
    desk = Desk.open(folder, "Officer")
    desk.messages.schedule(id, desk.clock.now_ms())
    assert desk.publish.once()["sent"] == 2
    return id


def button(window, account):
    name = f"Read the numbers of the post on {account}"
    return next(b for b in window.here().end.findChildren(KeyButton) if b.accessibleName() == name)


def test_where_it_is_free_they_are_read_at_once(open_window, sent):
    window = open_window("Officer")
    window.go("messages", sent)
    assert not any("0 likes" in words for words in said(window.here()))
    button(window, "G20 Mastodon").click()
    told = said(window.here())
    assert any("0 likes · 0 reposts · 0 answers" in words for words in told)
    assert any(words.startswith("as of ") for words in told)


def test_where_it_costs_the_price_is_seen_first(qtbot, open_window, sent):
    window = open_window("Officer")
    window.go("messages", sent)
    here = window.here()
    button(window, "G20 X").click()
    assert here.bar.isVisible()
    assert any("It costs 0.001 US$" in words for words in said(here.bar))
    assert not any("0 likes" in words for words in said(here))
    qtbot.keyClick(here.bar.sign, Qt.Key.Key_Return)
    assert any("0 likes" in words for words in said(window.here()))
