"""After an end that was none a strip tells of it; a sheet shows the report and what is in the file for whoever helps."""

import os
import signal
import subprocess
import sys
import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from g20desk import logs
from g20desk.crashes import report
from g20desk.crashes.running import take_up
from ui import texts, witness
from ui.support.sheet import sheet as sheet_of
from ui.support.strip import Strip

CONTENT = "the unpublished text of a message"


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Where the program keeps its logs; this process logs while the test runs."""
    monkeypatch.setenv("G20DESK_LOGS", str(tmp_path / "logs"))
    logs.begin("window")
    yield tmp_path / "logs"
    logs.end()


def ended(how="fault", role="window"):
    """A report of such an end."""
    report.write(report.made(how, role, True, 1_764_500_000_000))


def strips(window):
    """Those that stand above the screens."""
    return [one for one in window.findChildren(Strip) if not one.isHidden()]


def words(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


@pytest.mark.parametrize(
    ("how", "role", "said"),
    [
        ("fault", "window", "G20 Desk ended unexpectedly: Sun 30 November 10:53 UTC."),
        ("exception", "window", "G20 Desk ended unexpectedly: Sun 30 November 10:53 UTC."),
        ("unclean", "window", "The last time, G20 Desk was not closed: the power went, or it was ended from outside."),
        ("fault", "publisher", "The publisher on this computer ended unexpectedly: Sun 30 November 10:53 UTC."),
        ("unclean", "publisher", "The publisher on this computer ended without being stopped."),
    ],
)
def test_it_says_what_happened(place, open_window, how, role, said):
    ended(how, role)
    window = open_window()
    focus = window.focusWidget()
    witness.tell_of_ends(window)
    (one,) = strips(window)
    assert one.words.text() == said and window.focusWidget() is focus
    assert one.accessibleName().startswith(said) and one.see.accessibleDescription() == said


def test_in_arabic(place, open_window):
    texts.use("ar")
    ended()
    window = open_window()
    witness.tell_of_ends(window)
    assert "على غير توقع" in strips(window)[0].words.text()


def test_it_is_told_of_until_it_is_put_away(place, open_window):
    ended()
    window = open_window()
    for _ in range(2):  # as after the language was changed, or at another start
        witness.tell_of_ends(window)
    first, second = strips(window)
    first.away.click()
    assert strips(window) == [second] and report.untold() == []
    second.away.click()
    witness.tell_of_ends(window)
    assert strips(window) == []


def test_a_start_after_a_good_end_tells_nothing_and_loads_nothing(place, open_window, monkeypatch):
    for name in [name for name in sys.modules if name.startswith("ui.support")]:
        monkeypatch.delitem(sys.modules, name)
    witness.tell_of_ends(open_window())
    assert "ui.support.strip" not in sys.modules


def test_the_report_and_what_is_in_the_file(place, open_window, qtbot, tmp_path):
    ended()
    window = open_window()
    witness.tell_of_ends(window)
    strips(window)[0].see.click()
    sheet = sheet_of(window)
    assert sheet.isVisible() and sheet.save.hasFocus()
    assert "how: fault" in words(sheet) and "README.txt" in words(sheet) and "window.json" in words(sheet)
    sheet.keep(tmp_path / "out.zip")
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        assert packed.namelist() == [piece.name for piece in sheet._pieces]
        inside = b"".join(packed.read(name) for name in packed.namelist())
    assert b"Liaison" not in inside and str(tmp_path).encode() not in inside
    assert "out.zip" in sheet.says.text()
    sheet.keep(tmp_path / "nowhere" / "out.zip")
    assert "can’t be written" in sheet.says.text() or "can't be written" in sheet.says.text()
    qtbot.keyClick(sheet.save, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_by_key_and_from_the_menu(place, open_window, qtbot):
    window = open_window()
    qtbot.keyClick(window, "G", Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert sheet_of(window).isVisible() and "how:" not in words(sheet_of(window))
    qtbot.keyClick(sheet_of(window).away, Qt.Key.Key_Escape)
    window.ask("settings")
    (entry,) = (a for a in QApplication.activePopupWidget().actions() if a.text() == "Save a support bundle…")
    QApplication.activePopupWidget().close()
    entry.trigger()
    assert sheet_of(window).isVisible()


def test_what_nobody_caught_is_reported_once_a_place_and_while_it_runs_not_told_again(place, open_window, caplog):
    window = open_window()

    def fails():
        raise KeyError(CONTENT)

    for _ in range(3):
        window.ctx.worker.ask(fails, failed=lambda _: None)
    (found,) = report.kept()
    assert found["kind"] == "KeyError" and found["ended"] is False and found["role"] == "window"
    assert report.untold() == [] and CONTENT not in "".join(path.read_text() for path in place.rglob("*.json*"))
    caplog.clear()


WINDOW = """
import sys
from PySide6.QtCore import QTimer
from ui import app
real = app.App.open
def opened(self, person):
    real(self, person)
    QTimer.singleShot(0, lambda: print("open", flush=True))
app.App.open = opened
sys.exit(app.main(sys.argv[1], "Officer"))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM that a program could hear")
def test_a_window_that_is_told_to_leave_closes_and_one_that_is_killed_is_told_of(place, folder):
    left = []
    for number in (signal.SIGTERM, signal.SIGKILL):
        with subprocess.Popen(
            [sys.executable, "-c", WINDOW, str(folder)],
            stdout=subprocess.PIPE,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            text=True,
        ) as one:
            assert one.stdout.readline() == "open\n"
            one.send_signal(number)
        left.append([found["how"] for found in take_up()])
        assert one.returncode == (0 if number == signal.SIGTERM else -signal.SIGKILL)
    assert left == [[], ["unclean"]]
    log = "".join(path.read_text() for path in place.glob("*.jsonl"))
    assert log.count('"event":"ended"') == 1 and '"code":0' in log
