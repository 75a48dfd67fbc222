"""Alarms in the window and beside it: told once, leading to where something can be done, without a word of a text."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import asdict

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon

from connectors.rehearsal import faults
from g20desk.desk import Desk
from g20desk.desk.alarm import ASKED, KINDS, SAYS, Alarm
from tests.servers.notifications import Shown, session_bus
from tests.ui.conftest import content
from tests.ui.test_outcomes import buttons, due, said
from ui import texts
from ui.alarms.notices import Notices, open_bus
from ui.alarms.tray import Tray
from ui.alarms.watcher import loud
from ui.alarms.words import QUIET, Notice, id_words, look, many, notice, sentence
from ui.app import App
from ui.widgets.choosing import Choices, choices_path, read_choices, write_choices
from ui.worker import InlineWorker, Worker

# The offscreen platform can't bring a window to the front, and says so.
fronts = pytest.mark.qt_log_ignore("does not support", "propagateSizeHints")
SECRET = "summit opens on Monday"
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def refused(folder):
    """A message that X refused; its id."""
    return due(folder, "refuse")


# -- in the window


def test_the_strip_says_what_happened_until_somebody_looks(qtbot, open_window, refused):
    window = open_window()
    window.alarms.look()
    bar = window.alarms.bar
    assert not bar.isVisible(), "Today lists it itself"
    assert (window.rail.items["today"].count, window.windowTitle()[:4]) == (1, "(1) ")
    window.go("calendar", "")
    assert bar.isVisible()
    assert texts.isolated("G20 X") in bar.words.text()
    assert SECRET in bar.about.text()
    qtbot.keyClick(window, Qt.Key.Key_A, CTRL_SHIFT)
    assert window.here() is window.screens["messages"]
    assert window.here().present.id == refused
    assert not bar.isVisible()
    assert (window.rail.items["today"].count, "(" in window.windowTitle()) == (0, False)
    again = open_window()
    again.alarms.look()
    again.go("calendar", "")
    assert not again.alarms.bar.isVisible(), "seen is kept on the desk"


def test_put_away_is_not_done_with_and_the_rest_is_counted(qtbot, open_window, folder, refused):
    due(folder, "unknown-not-stored")
    window = open_window()
    window.go("calendar", "")
    window.alarms.look()
    bar = window.alarms.bar
    assert (bar.matter[0].kind, bar.more.text(), bar.more.isVisible()) == ("unknown", "1 more", True)
    bar.put_away.click()
    assert (bar.matter[0].kind, bar.more.isVisible()) == ("refused", False)
    bar.put_away.click()
    assert not bar.isVisible()
    window.go("today", "")
    assert [row.id for row in window.here().needs.rows()][1] == refused


def test_one_matter_is_counted_and_told_once_on_however_many_accounts(open_window, folder):
    for account in ("G20 X", "G20 Bluesky"):
        faults.plan(str(folder), account, "refuse")
    id = due(folder, "")
    window = open_window()
    window.go("calendar", "")
    window.alarms.look()
    assert "G20 Bluesky" in window.alarms.bar.words.text()
    assert "G20 X" in window.alarms.bar.words.text()
    assert window.rail.items["today"].count == 1
    assert not window.alarms.bar.more.isVisible()
    window.go("messages", id)
    assert window.rail.items["today"].count == 0
    assert all(alarm.seen for alarm in window.ctx.desk.alarms.standing())


def test_f6_reaches_the_strip(qtbot, open_window, refused):
    window = open_window()
    window.go("calendar", "")
    window.alarms.look()
    for _ in range(4):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_F6)
        if window.alarms.bar.isAncestorOf(window.focusWidget()):
            break
    assert window.focusWidget() in (window.alarms.bar.go, window.alarms.bar.put_away)
    assert window.focusWidget().accessibleName()


def test_today_lists_it_until_it_is_left_as_it_is(qtbot, open_window, refused):
    window = open_window()
    (first, *_) = window.here().needs.rows()
    assert (first.id, first.spoken) == (refused, "Refused by the network")
    assert "G20 X" in first.line
    window.go("messages", refused)
    screen = window.here()
    (button,) = buttons(screen, "Leave it as it is")
    button.click()
    assert buttons(screen, "Leave it as it is") == []
    assert "left as it is" in said(screen.work.parentWidget())
    window.go("today", "")
    assert refused not in [row.id for row in window.here().needs.rows()]


def test_an_unknown_post_cannot_be_left(open_window, folder):
    id = due(folder, "unknown-not-stored")
    window = open_window()
    window.go("messages", id)
    assert buttons(window.here(), "Leave it as it is") == []


def test_who_can_do_nothing_about_it_is_not_asked(open_window, refused):
    window = open_window("Liaison Brazil")
    window.alarms.look()
    assert window.rail.items["today"].count == 0
    assert refused not in [row.id for row in window.here().needs.rows()]


def test_a_hold_leads_to_today_and_an_account_to_accounts(open_window, folder):
    Desk.open(folder, "Liaison India").holds.place("Two members dispute it.")
    window = open_window()
    window.go("calendar", "")
    window.alarms.look()
    assert window.alarms.bar.words.text() == "A hold was placed on everything."
    window.alarms.first()
    assert window.here() is window.screens["today"]
    window.go("calendar", "")
    window.alarms.look_at(Alarm("a" * 16, "sign-in", 0, account="G20 X"))
    assert window.here() is window.screens["accounts"]
    assert window.here().list.current_id() == "G20 X"


# -- what the system shows


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_notice_says_account_id_and_what_happened_and_no_more(kind, lang):
    texts.use(lang)
    message = "00ff" * 16 if kind in KINDS[:5] else ""
    alarm = Alarm("a" * 16, kind, 1_790_000_000_000, message, "", "G20 X", why="The text about the coup is too long.")
    told = notice([alarm], True)
    assert ("G20 X" in told.title) == ("{account}" in SAYS[alarm.says])
    assert "coup" not in told.title + told.body
    assert id_words(message) in told.body
    assert bool(told.body) == bool(message)
    assert look(alarm).icon
    burst = many([[alarm]] * 5, False)
    assert "5" in burst.title
    assert texts.t(look(alarm).word) in burst.body


def test_all_kinds_but_two_can_be_kept_quiet():
    offered = [kind for kinds, _ in QUIET for kind in kinds]
    assert sorted([*offered, "unknown", "refused"]) == sorted((*KINDS, *ASKED))
    alarms = [Alarm("a" * 16, kind, 0) for kind in (*KINDS, *ASKED)]
    assert [a.kind for a in loud(alarms, (*KINDS, *ASKED))] == ["unknown", "refused"]


@fronts
def test_the_settings_keep_kinds_quiet(qtbot, open_window):
    window = open_window()
    chosen = []
    window.chosen.connect(lambda name, value: chosen.append((name, value)))
    window.ask("settings")
    menu = next(m for m in window.findChildren(QMenu) if m.accessibleName() == "Settings")
    acts = {a.text(): a for a in menu.findChildren(QAction)}
    assert all(acts[words].isChecked() for _, words in QUIET)
    assert not acts["Unknown and refused posts always give notice"].isEnabled()
    acts["Holds"].trigger()
    acts["With a sound"].trigger()
    menu.close()
    assert chosen == [("quiet", ("hold",)), ("sound", False)]
    kept = Choices(quiet=("hold",), sound=False)
    write_choices(choices_path(), asdict(kept))
    assert read_choices(choices_path()) == kept
    for wrong in ('{"quiet": "hold"}', '{"quiet": [1]}', '{"quiet": 3}', '{"sound": 1}'):
        choices_path().write_text(wrong)
        assert read_choices(choices_path()).sound is True
        assert 1 not in read_choices(choices_path()).quiet


@pytest.fixture
def bus(monkeypatch):
    """A session bus of the test's own."""
    if not sys.platform.startswith("linux") or shutil.which("dbus-daemon") is None:
        pytest.skip("there is no D-Bus here")
    with session_bus() as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address


@pytest.fixture
def notices(bus):
    """Somebody who shows notices there."""
    made = Shown(bus)
    yield made
    made.close()


def opened(qtbot, folder, person="Officer"):
    """The program as it starts, on that desk."""
    app = App(folder, person)
    qtbot.waitUntil(lambda: app.window is not None and hasattr(app.window, "ctx"), timeout=10_000)
    return app


def ended(qtbot, app):
    """Closed, with nothing left under way."""
    qtbot.waitUntil(lambda: app.worker.idle() and not app.window.sender.running(), timeout=10_000)
    app.close()


@fronts
def test_the_systems_notice_holds_no_text_and_leads_to_the_message(qtbot, folder, notices, refused):
    app = opened(qtbot, folder)
    qtbot.waitUntil(lambda: bool(notices.notices), timeout=10_000)
    name, replaces, _, title, body, actions, hints, _ = notices.notices[1]
    assert (name, replaces, actions, hints["urgency"][1]) == ("G20 Desk", 0, ["default", "Look"], 2)
    assert "G20 X" in title
    assert id_words(refused) in body
    assert not [word for word in SECRET.split() if word in title + body and len(word) > 3]
    assert "sound-name" in hints
    app.window.go("calendar", "")
    app.window.showMinimized()
    notices.act(1)
    qtbot.waitUntil(lambda: app.window.here() is app.window.screens.get("messages"), timeout=10_000)
    assert app.window.here().present.id == refused
    assert not app.window.isMinimized()
    qtbot.waitUntil(lambda: notices.closed == [1], timeout=10_000)
    ended(qtbot, app)
    again = opened(qtbot, folder)
    qtbot.waitUntil(lambda: again.beside is not None, timeout=10_000)
    qtbot.waitUntil(lambda: bool(again.window.alarms.standing.alarms), timeout=10_000)
    ended(qtbot, again)
    assert len(notices.notices) == 1, "once on a desk"


def test_an_answer_that_comes_after_the_end_is_left_alone(qtbot, folder, notices):
    app = opened(qtbot, folder)
    qtbot.waitUntil(lambda: app.beside is not None, timeout=10_000)
    beside, standing = app.beside, app.window.alarms.standing
    ended(qtbot, app)
    if shiboken6.isValid(beside.tray.menu):
        shiboken6.delete(beside.tray.menu)
    beside._stands(standing)


def test_what_another_process_did_raises_it_too(qtbot, folder, notices):
    app = opened(qtbot, folder, "Head of office")
    qtbot.waitUntil(lambda: app.beside is not None, timeout=10_000)
    app.window.sender.stop()
    officer, brazil = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    made = officer.messages.new(content("Ministers met."))
    officer.messages.submit(made["message"])
    brazil.messages.decide(made["message"], "approve", made["digest"])
    officer.messages.schedule(made["message"], officer.clock.now_ms())
    faults.plan(str(folder), "G20 Bluesky", "refuse")
    words = [sys.executable, "-m", "g20desk", "--office", str(folder), "--as", "Officer", "publish", "--once", "--json"]
    assert json.loads(subprocess.run(words, capture_output=True, timeout=60).stdout)["refused"] == 1
    qtbot.waitUntil(lambda: any("G20 Bluesky" in one[3] for one in notices.notices.values()), timeout=15_000)
    ended(qtbot, app)


def test_a_burst_is_one_notice(qtbot, folder, notices):
    for _ in range(4):
        due(folder, "refuse")
    app = opened(qtbot, folder)
    qtbot.waitUntil(lambda: bool(notices.notices), timeout=10_000)
    ended(qtbot, app)
    assert [n[3] for n in notices.notices.values()] == ["4 things to look at"]


def test_where_nobody_shows_notices_the_window_asks_for_a_look(qtbot, bus, open_window, monkeypatch):
    assert open_bus() is None
    asked = []
    monkeypatch.setattr(QApplication, "alert", lambda window: asked.append(window))
    monkeypatch.setattr(QApplication, "beep", lambda: asked.append("beep"))
    worker = Worker()
    given = Notices(worker, Tray())
    window = open_window()
    given.give(Notice("a", "G20 X", sound=True), window)
    given.give(Notice("b", "G20 X"), window)
    qtbot.waitUntil(lambda: len(asked) == 3)
    assert asked == [window, "beep", window]
    worker.close()


def test_a_bus_that_goes_away_is_noticed_and_nothing_breaks(qtbot, notices, open_window, monkeypatch):
    asked = []
    monkeypatch.setattr(QApplication, "alert", lambda window: asked.append(window))
    given = Notices(InlineWorker(), Tray())
    window = open_window()
    given.give(Notice("a", "One <b>&</b>", "Body <i>"), window)
    qtbot.waitUntil(lambda: bool(notices.notices))
    assert notices.notices[1][3:5] == ("One <b>&</b>", "Body &lt;i&gt;")
    given._bus.link.sock.shutdown(2)
    qtbot.waitUntil(lambda: given._bus is None)
    given.keep(set())
    notices.notices.clear()
    given.give(Notice("b", "Two"), window)
    qtbot.waitUntil(lambda: bool(notices.notices))
    given._bus.link.sock.shutdown(2)
    given.give(Notice("c", "Three"), window)
    assert asked == [window]
    given.close()


def test_a_sign_in_the_tray_tells_what_waits(qtbot):
    tray = Tray()
    assert tray.icon.toolTip() == "G20 Desk: Nothing needs you."
    alarms = [Alarm(f"{n:016x}", "refused", 0, "00ff" * 16, account=f"Account {n}") for n in range(10)]
    plain = tray.icon.icon().pixmap(32, 32).toImage()
    tray.put([[alarm] for alarm in alarms])
    assert tray.icon.icon().pixmap(32, 32).toImage() != plain
    assert tray.icon.toolTip() == "G20 Desk: 10 things to look at"
    acts = [a for a in tray.menu.actions() if a.text()]
    assert (len(acts), acts[8].text(), acts[9].text()) == (10, "2 more", "Open G20 Desk")
    assert sentence([alarms[0]]) in acts[0].text()
    heard = []
    tray.clicked.connect(heard.append)
    tray.opened.connect(lambda: heard.append("window"))
    for n in (1, 8, 9):
        acts[n].trigger()
    tray._activated(QSystemTrayIcon.ActivationReason.Trigger)
    assert heard == [alarms[1].id, "", "window", "window"]
    assert tray.tell(Notice("x", "y")) == (QSystemTrayIcon.isSystemTrayAvailable() and tray.icon.isVisible())
    tray.close()


@fronts
def test_a_notice_of_what_is_over_leads_to_today(qtbot, folder, refused, monkeypatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    app = opened(qtbot, folder)
    qtbot.waitUntil(lambda: app.beside is not None, timeout=10_000)
    app.window.go("calendar", "")
    app.beside.look("0" * 16)
    assert app.window.here() is app.window.screens["today"]
    ended(qtbot, app)
    app.beside.look("0" * 16)
    assert app.beside.window is None
