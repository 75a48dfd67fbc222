"""In the window: the four-minute liaison; a silence broken in the last minute by a desk that is out of touch; an emergency."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from g20desk.errors import Unreachable
from g20desk.office.words import words
from tests.desks.memory import URL, MemoryHub
from tests.desks.world import World, world
from tests.signoff.conftest import HOUR, SILENT, Told, content
from tests.signoff.test_emergency import QUAKE, TO
from tests.story import Hands, Office
from tests.ui.conftest import shown
from ui import texts, theme
from ui.messages.apart import PendingBox
from ui.widgets.button import KeyButton
from ui.window import Window
from ui.worker import InlineWorker

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

STATEMENT = "Finance ministers met today. Read it: https://g20.example.org/debt #G20"
MEMBERS = {
    "name": "Members", "kinds": ["rebuttal"],
    "stage": [{"name": "Each of them", "who": "governments:all", "need": "all", "within": "PT30H"}],
}  # fmt: skip


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("g20desk.desk.spelling.places", lambda desk: [desk / "dictionaries"])
    texts.use("en")
    theme.wear(qapp, "light")


def window_on(qtbot: Any, desk: Any) -> Window:
    made = shown(qtbot, desk, InlineWorker())
    made.resize(1440, 900)
    return made


def keys(qtbot: Any, window: Window, *pressed: Any) -> None:
    """Keys where the focus is; a text is typed."""
    for one in pressed:
        held, where = Qt.KeyboardModifier.NoModifier, window.focusWidget() or window
        if isinstance(one, str) and len(one) > 1:
            qtbot.keyClicks(where, one)
            continue
        if isinstance(one, tuple):
            held, one = one
        qtbot.keyClick(where, one, held)


def said(part: Any) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in part.findChildren(QLabel) if one.isVisibleTo(part))


def button(part: Any, text: str) -> KeyButton:
    QApplication.processEvents()
    return next(one for one in part.findChildren(KeyButton) if one.text() == text and one.isVisibleTo(part))


KEY, ENTER = Qt.Key, Qt.Key.Key_Return
BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_the_four_minute_liaison(qtbot: Any, office: Office) -> None:
    told = Told(office)
    told["Head"].routes.adopt(SILENT)
    told["Head"].routes.adopt(MEMBERS)
    officer, brazil = told["Officer"], told["Liaison Brazil"]
    news, old = told.submit(content(kind="news", text="The fund pays for 20 wells. #G20"))
    window = window_on(qtbot, brazil)
    window.go("sign-off", news)  # yesterday they read it, and left it
    window.close()
    told.after(20)
    officer.messages.revise(news, content(kind="news", text="The fund pays for 30 wells. #G20"))
    officer.messages.submit(news)
    silent, _ = told.submit(content(text=STATEMENT))
    rebuttal, _ = told.submit(content(kind="rebuttal", text="The G20 plans no levy on transfers. #G20"))

    window = window_on(qtbot, told["Liaison Brazil"])
    assert window.rail.items["sign-off"].accessibleName() and said(window.screens["today"])
    keys(qtbot, window, KEY.Key_G, KEY.Key_S)
    screen: Any = window.here()
    assert screen.present.queue == [silent, rebuttal, news], "the first due first"
    assert screen.count.text() == "3" and window.focusWidget() is screen.list

    keys(qtbot, window, KEY.Key_N, ENTER)  # the silence
    assert screen.present.id == rebuttal and screen.count.text() == "2"

    keys(qtbot, window, KEY.Key_N)
    assert not screen.bar.isVisible(), "each is asked here: nobody is silent"
    keys(qtbot, window, KEY.Key_M)
    screen.amend.editor.selectAll()
    keys(qtbot, window, "The G20 has no such plan. #G20", (BOTH, ENTER), "It says too much.", ENTER)
    assert screen.present.id == news and screen.count.text() == "1"

    before = screen.reading.data["before"]
    assert before["revision"] == 1 and "line-through" in said(screen.pane) and "20" in said(screen.pane)
    keys(qtbot, window, KEY.Key_D)
    assert "line-through" not in said(screen.pane)
    keys(qtbot, window, KEY.Key_A)
    asked = screen.bar.words.text()
    assert all(word in asked for word in words(screen.reading.digest)) and "for Brazil?" in asked
    assert screen.reading.digest != old
    keys(qtbot, window, ENTER)
    assert screen.present.queue == [] and screen.empty.isVisible()
    assert "Nothing waits for you." in screen.empty.text()
    assert [row.id for row in screen.past.rows()] == [news, rebuttal, silent]
    window.close()

    voices = told.show(silent)["signoff"]["stages"][0]["voices"]
    assert {one["voice"]: one["said"] for one in voices}["BR"] == "no-objection"
    assert told.stages(rebuttal) == ["objected"] and told.state(news) == "approved"
    (objection,) = told.show(rebuttal)["signoff"]["stages"][0]["decisions"]
    assert objection["amendment"]["parts"] == ["The G20 has no such plan. #G20"]


class Away:
    """No way to the hub, while it lasts."""

    def __init__(self) -> None:
        self.on = False

    def __call__(self, name: str, when: str) -> None:
        if self.on:
            raise Unreachable("no-hub", "There is no way to the hub.")


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[tuple[World, Hands]]:
    """An officer and a liaison at desks of their own, and a statement before all members; the clock of the hub."""
    at_hub = Hands()
    with world(tmp_path, "otto", "lia", "mia", hub=MemoryHub(at_hub.now_ms)) as made:
        made.desk("head").routes.adopt(SILENT)
        made.sync("head", "otto")
        yield made, at_hub


def before_members(office: World) -> str:
    draft = office.desk("otto").messages.new(content(text=STATEMENT))["message"]
    office.desk("otto").messages.submit(draft)
    office.sync("otto", "lia", "mia", "head")
    return str(draft)


def pass_(office: World, hub: Hands, hours: float) -> None:
    for clock in (hub, *office.clocks.values()):
        clock.on += round(hours * HOUR)


def object_away(qtbot: Any, office: World, message: str) -> tuple[Window, Away]:
    """In the last minute, on a desk that does not reach the office."""
    away = office.line("lia", URL).meet = Away()
    away.on = True
    window = window_on(qtbot, office.desk("lia"))
    keys(qtbot, window, KEY.Key_G, KEY.Key_S)
    screen: Any = window.here()
    assert screen.present.id == message and "0 min left" in screen.model.rows()[0].third
    keys(qtbot, window, KEY.Key_O, "The number is not agreed.", ENTER)
    with pytest.raises(Unreachable):
        office.desk("lia").sync()
    assert "It has not reached the office yet." in said(screen.notice)
    (box,) = [one for one in screen.findChildren(PendingBox) if one.isVisibleTo(screen)]
    assert "counts only once it is there: in time" in said(box)
    assert window.ctx.desk.messages.show(message)["signoff"]["stages"][0]["state"] == "broken", (
        "as far as this desk knows"
    )
    return window, away


def test_a_silence_broken_in_the_last_minute_that_reached_the_office_in_time(
    qtbot: Any, desks: tuple[World, Hands]
) -> None:
    office, hub = desks
    message = before_members(office)
    pass_(office, hub, 24 - 0.5 / 60)
    window, away = object_away(qtbot, office, message)
    away.on = False
    office.sync("lia", "otto", "head", "mia")
    pass_(office, hub, 1)
    assert office.desk("otto").signoffs.close_over() == []
    window.go("sign-off", message)
    assert "Your decision has not reached the office" not in said(window.here())
    assert "Silence broken by Japan" in said(window.here())
    for who in ("otto", "head", "mia"):
        today: Any = window_on(qtbot, office.desk(who)).screens["today"]
        assert "Silence broken by Japan." in today.needs.rows()[0].line, who
    office.sync("head", "otto", "lia", "mia")
    office.alike("head", "otto")


def test_one_that_came_too_late_leaves_what_was_agreed_and_holds_the_message(
    qtbot: Any, desks: tuple[World, Hands]
) -> None:
    office, hub = desks
    message = before_members(office)
    pass_(office, hub, 24 - 0.5 / 60)
    window, away = object_away(qtbot, office, message)
    pass_(office, hub, 2 / 60)
    otto = window_on(qtbot, office.desk("otto"))
    today: Any = otto.screens["today"]
    (over,) = [row for row in today.needs.rows() if row.act == "Close the silence"]
    today.needs_list.opened.emit(over.id)
    office.sync("otto")
    away.on = False
    office.sync("lia", "otto")
    assert office.desk("otto").messages.show(message)["state"] == "held"
    window.go("sign-off", message)
    screen: Any = window.here()
    assert "A late objection holds this message" in said(screen.end)
    assert "came after the end of its stage" in said(screen.end)
    assert "Your decision has not reached the office" not in said(screen)
    otto.go("today", "")
    assert [row for row in today.needs.rows() if "Late objection by Japan holds it" in row.line]


def test_an_emergency_goes_out_by_two_and_is_looked_at_afterwards(qtbot: Any, office: Office) -> None:
    told = Told(office)
    told["Head"].routes.adopt(SILENT)
    told["Head"].templates.adopt(QUAKE)
    (waits,) = told["Head"].office.proposals
    told["Liaison Brazil"].people.second(waits)
    officer = told["Officer"]
    message = officer.templates.fill("Quake", TO, {"": {"place": "Mbombela"}})["message"]
    officer.messages.submit(message)

    for person, verb, why in (
        ("Head", "Release in an emergency", "An earthquake."),
        ("Liaison Italy", "Release it, as the second", "I compared it with the template."),
    ):
        window = window_on(qtbot, told[person])
        window.go("messages", message)
        asked = button(window.here(), verb)
        asked.setFocus()
        keys(qtbot, window, KEY.Key_Space, why, ENTER)
    assert told.state(message) == "approved"

    window = window_on(qtbot, told["Officer"])
    window.go("messages", message)
    keys(qtbot, window, KEY.Key_S, ENTER)
    assert told.state(message) == "sent"

    for person in ("Head", "Officer", "Analyst", "Liaison India"):
        window = window_on(qtbot, told[person])
        first: Any = window.here()
        row = first.needs.rows()[0]
        assert row.spoken == "Open for review" and "Ada Head" in row.line and "Liaison Italy" in row.line
    keys(qtbot, window, ENTER)  # the last of them, India's liaison
    screen: Any = window.here()
    assert screen.scope == "messages" and "It went past sign-off" in said(screen)
    review = button(screen, "Review it")
    review.setFocus()
    keys(qtbot, window, KEY.Key_Space, KEY.Key_Space, "It was needed, and it says no more than the template.", ENTER)
    assert "in order." in said(screen)
    for person in ("Head", "Analyst"):
        today: Any = window_on(qtbot, told[person]).here()
        assert not [row for row in today.needs.rows() if row.spoken == "Open for review"]
