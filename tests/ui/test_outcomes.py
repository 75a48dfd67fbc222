"""Messages and Today: a post of unknown outcome, posts that did not go out, taking one down, lifting a hold."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from connectors.rehearsal import faults
from g20desk.desk import Desk
from tests.ui.conftest import content
from ui import texts
from ui.messages.doubt import doubt
from ui.widgets.button import KeyButton
from ui.widgets.link import Link

ALT = Qt.KeyboardModifier.AltModifier


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key where the focus is."""
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def due(folder, behaviour, account="G20 X", parts=1):
    """A message that went out with a fault on one account; its id."""
    officer, brazil = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    made = officer.messages.new(content("The summit opens on Monday.") if parts == 1 else thread())
    officer.messages.submit(made["message"])
    brazil.messages.decide(made["message"], "approve", made["digest"])
    officer.messages.schedule(made["message"], officer.clock.now_ms())
    if behaviour:
        faults.plan(str(folder), account, behaviour)
    officer.publish.once()
    return made["message"]


def thread():
    """Two posts."""
    from dataclasses import replace

    from g20desk.office.content import Text

    return replace(content("One."), texts=(Text("en", ("One.", "Two.")),))


@pytest.fixture
def unknown(folder):
    """A message whose post on X is of unknown outcome."""
    return due(folder, "unknown-not-stored")


def said(widget):
    """All the words that are shown."""
    return "\n".join(x.text() for x in widget.findChildren(QLabel) if x.isVisibleTo(widget))


def buttons(screen, words):
    """The buttons in sight that say so."""
    QApplication.processEvents()
    return [b for b in screen.findChildren(KeyButton) if words in b.text() and b.isVisibleTo(screen)]


@pytest.mark.parametrize(("key", "state"), [(Qt.Key.Key_Y, "sent"), (Qt.Key.Key_N, "missed")])
def test_a_person_says_what_they_saw(qtbot, open_window, unknown, key, state):
    window = open_window("Officer")
    window.go("messages", unknown)
    screen = window.here()
    assert "Did this go out?" in said(screen.panel)
    assert [f.icon for f in screen.panel.doubt.facts][:2] == ["send", "circle-question-mark"]
    if state == "sent":
        screen.panel.link.setText("https://x.example.org/1")
    press(qtbot, window, key, ALT)
    assert screen.bar.isVisible()
    assert window.ctx.desk.messages.show(unknown)["state"] == "unknown"
    press(qtbot, window, Qt.Key.Key_Return)
    post = next(p for p in window.ctx.desk.messages.show(unknown)["posts"] if p["account"] == "G20 X")
    assert (post["state"], post["url"]) == (state, "https://x.example.org/1" if state == "sent" else None)
    assert screen.panel is None
    assert (state == "missed") == bool(buttons(screen, "Plan it again"))


def test_escape_and_later_say_nothing(qtbot, open_window, unknown):
    window = open_window("Officer")
    window.go("today", "")
    press(qtbot, window, Qt.Key.Key_Return)
    screen = window.here()
    assert screen is window.screens["messages"]
    assert screen.present.id == unknown
    press(qtbot, window, Qt.Key.Key_Y, ALT)
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not screen.bar.isVisible()
    screen.panel.later.emit()
    assert window.here() is window.screens["today"]
    assert window.ctx.desk.messages.show(unknown)["state"] == "unknown"


def test_what_we_know_is_told_in_order(folder, unknown):
    desk = Desk.open(folder, "Officer")
    told = doubt(desk.messages.show(unknown), desk.clock.now_ms())
    assert (told.account, told.network, told.text) == ("G20 X", "X", "The summit opens on Monday.")
    assert [f.time for f in told.facts] == sorted(f.time for f in told.facts)


def test_a_refused_post_is_planned_again(qtbot, open_window, folder):
    id = due(folder, "refuse")
    window = open_window("Officer")
    window.go("messages", id)
    screen = window.here()
    (again,) = buttons(screen, "Plan it again")
    again.click()
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.ctx.desk.messages.show(id)["state"] == "sent")


def test_a_post_is_taken_down_with_a_reason(qtbot, open_window, folder):
    id = due(folder, "")
    window = open_window("Officer")
    window.go("messages", id)
    screen = window.here()
    down = buttons(screen, "Take it down")
    assert len([x for x in screen.findChildren(Link) if x.isVisibleTo(screen)]) == 3
    down[0].click()
    assert not screen.bar.sign.isEnabled()
    qtbot.keyClicks(window.focusWidget(), "The venue changed.")
    press(qtbot, window, Qt.Key.Key_Return)
    states = [p["state"] for p in window.ctx.desk.messages.show(id)["posts"]]
    assert sorted(states) == ["sent", "sent", "withdrawn"]


def test_a_hold_is_lifted_by_two(qtbot, open_window, folder):
    Desk.open(folder, "Liaison India").holds.place("Two members dispute it.")
    for person, left in (("Officer", 1), ("Liaison Brazil", 0)):
        window = open_window(person)
        window.go("today", "")
        screen = window.here()
        (button,) = buttons(screen, "ift it")
        button.click()
        assert "Nothing goes out by that" in screen.bar.under.text()
        qtbot.keyClicks(window.focusWidget(), "Both agree now.")
        press(qtbot, window, Qt.Key.Key_Return)
        assert len(window.ctx.desk.holds.rows()) == left
        assert screen.notice.isVisible()
        window.close()


def test_what_a_lifted_hold_stopped_is_told_and_planned_again_by_a_person(qtbot, open_window, folder):
    officer, brazil = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    made = officer.messages.new(content("A text of its own."))
    officer.messages.submit(made["message"])
    brazil.messages.decide(made["message"], "approve", made["digest"])
    at = officer.clock.now_ms() + 3_600_000
    officer.messages.schedule(made["message"], at)
    officer.holds.place("Two members dispute it.")
    window = open_window("Officer")

    def told():
        window.go("today", "")
        window.here().present.load()
        return next(r for r in window.here().needs.rows() if r.id == made["message"])

    assert "lifted" not in told().line
    for one in (officer, brazil):
        one.holds.lift("", "Both agree now.")
    assert "The hold was lifted; plan it again, or leave it" in told().line
    window.go("messages", made["message"])
    (again,) = buttons(window.here(), "Plan it again")
    assert "goes out only if a person plans it again" in said(window.here())
    again.click()
    press(qtbot, window, Qt.Key.Key_Return)
    shown = officer.messages.show(made["message"])
    assert shown["state"] == "scheduled" and shown["planned_ms"] // 60_000 == at // 60_000
    assert buttons(window.here(), "Plan it again") == []


def test_all_that_is_submitted_waits_on_governments(open_window):
    window = open_window("Liaison Brazil")
    window.go("today", "")
    (row,) = window.here().waiting.rows()
    assert [land for land, _ in row.marks] == ["BR", "IN", "IT"]
    assert row.tally == "3 no word yet"


def test_reasons_are_said_in_the_interfaces_language():
    assert texts.reason("Not submitted") == "Not submitted"
    texts.use("ar")
    for known in ("Not submitted", "This act is for: head, officer.", "2 of 3 parts are out. Not scheduled."):
        assert not any("a" <= letter <= "z" for letter in texts.reason(known).replace("head, officer", ""))
    assert texts.reason("Something a network said.") == "Something a network said."


def test_every_reason_is_translated():
    from ui.messages.presenter import REMOVED
    from ui.messages.side import ENDED
    from ui.signoff.deciding import ASKED
    from ui.translations.ar import WORDS

    said = {*texts.REASONS, *REMOVED.values(), *ASKED.values(), *(word for word, _, _ in ENDED.values())}
    assert sorted(said - set(WORDS)) == []


def test_a_hold_is_placed_on_a_topic_or_an_account_from_anywhere(qtbot, open_window):
    window = open_window("Liaison India")
    desk = window.ctx.desk
    for of, value in (("topic", "energy"), ("account", "G20 X")):
        window.runs["hold"]()
        bar = window.bar
        bar.modes.parts[of].click()
        if of == "account":
            bar.account.setCurrentIndex(bar.account.findData(value))
            assert bar.counts.text() == "It stops 1 message that is planned."
        else:
            assert bar.sign.toolTip() == "A topic first"
            bar.other.setText(value)
            assert bar.counts.text() == "Nothing that it stops is planned now."
        assert not bar.sign.isEnabled()
        bar.why.setFocus()
        qtbot.keyClicks(bar.why, "Two members dispute it.")
        press(qtbot, window, Qt.Key.Key_Return)
        assert window.here().notice.isVisible() and value in window.here().notice.accessibleName()
    assert [(one["topic"], one["account"]) for one in desk.holds.rows()] == [("energy", ""), ("", "G20 X")]
    window.runs["hold"]()
    assert window.bar.isVisible()
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not window.bar.isVisible() and len(desk.holds.rows()) == 2
