"""What went wrong for people at their own desk, each with the right outcome: words lost, no keyring. Numbers as in the
reports."""

from __future__ import annotations

import json
import os
import threading

import keyring
import keyring.errors
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from g20desk.desk import Desk
from g20desk.desk.doctor import examine
from g20desk.errors import Usage
from g20desk.ledger.secretstore import SystemKeyring
from tests.story import content
from tests.ui.conftest import dressed  # noqa: F401
from ui.app import App

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LETTERS = ("Finance ministers met today. " * 7)[:200]
TOKEN = "app-password-that-nobody-must-read"


@pytest.fixture
def folder(office):
    """The desk's folder."""
    return office.folder


@pytest.fixture
def opened(qtbot, folder):
    """The program on that desk, at a new message; closed with the test."""
    made = []

    def make():
        app = App(folder, "Officer")
        made.append(app)
        qtbot.waitUntil(lambda: app.window is not None and hasattr(app.window, "ctx"), timeout=20_000)
        app.window.sender.stop()
        app.window.go("composer", "")
        qtbot.waitUntil(lambda: app.worker.idle() and bool(app.window.here().present.accounts), timeout=20_000)
        return app

    yield make
    for app in made:
        if app.window is not None:
            app.close()


def text(app):
    return app.window.here().editor.toPlainText()


# -- H13: words lost


def test_h13_closing_at_once_keeps_every_word_and_picture(qtbot, opened, folder, tmp_path):
    app = opened()
    screen = app.window.here()
    for n in range(2):
        Image.new("RGB", (40 + n, 30)).save(tmp_path / f"{n}.png")
        screen.present.add_picture(str(tmp_path / f"{n}.png"))
    qtbot.waitUntil(lambda: len(screen.present.draft.pictures) == 2, timeout=10_000)
    screen.present.describe(0, "Hills.")
    screen.present.describe(1, "A hall.")
    held, go_on = threading.Event(), threading.Event()
    app.worker.ask(lambda: (held.set(), go_on.wait(30)))
    held.wait(10)
    qtbot.keyClicks(screen.editor, LETTERS)
    threading.Timer(0.2, go_on.set).start()
    app.close()
    again = opened()
    assert text(again) == LETTERS
    assert [p.alt["en"] for p in again.window.here().present.draft.pictures] == ["Hills.", "A hall."]


def test_h13_stop_takes_nothing_back_that_was_written(qtbot, opened):
    app = opened()
    held, go_on = threading.Event(), threading.Event()
    app.worker.ask(lambda: (held.set(), go_on.wait(30)))
    held.wait(10)
    qtbot.keyClicks(app.window.here().editor, LETTERS)
    app.window.go("today", "")
    app.worker.stop()
    go_on.set()
    qtbot.waitUntil(lambda: app.window.ctx.desk.messages.kept("") is not None, timeout=10_000)
    assert app.window.ctx.desk.messages.kept("").texts[0].parts == (LETTERS,)


def test_h13_who_types_on_and_on_is_kept_all_the_same(qtbot, opened):
    app = opened()
    editor, kept = app.window.here().editor, None
    for letter in LETTERS * 3:
        QTest.keyClicks(editor, letter)
        QTest.qWait(15)
        kept = app.window.ctx.desk.messages.kept("")
        if kept is not None:
            break
    assert kept is not None
    assert LETTERS.startswith(kept.texts[0].parts[0][:10])


def test_h13_escape_and_a_network_that_hangs_cost_no_word(qtbot, opened, office, mastodon):
    office.add_standin("mastodon", mastodon, "M")
    real, asked, go_on = mastodon.face.handle, threading.Event(), threading.Event()

    def handle(request):
        if request.method == "POST":
            asked.set()
            go_on.wait(60)
        return real(request)

    mastodon.face.handle = handle
    office.due(content("Ministers met.", to=("M",)))
    app = opened()
    sender = app.window.sender
    sender.send(lambda _: None, lambda _: None)
    assert asked.wait(20)
    editor = app.window.here().editor
    qtbot.keyClicks(editor, LETTERS)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: app.window.ctx.desk.messages.kept("") is not None, timeout=10_000)
    app.window.go("composer", "")
    qtbot.waitUntil(lambda: text(app) == LETTERS, timeout=10_000)
    go_on.set()
    qtbot.waitUntil(lambda: not sender.running(), timeout=20_000)


def test_h13_a_full_disk_is_said_at_once_and_the_text_stays(qtbot, opened, folder):
    app = opened()
    screen, store = app.window.here(), app.window.ctx.desk.store
    pages: list[int] = []

    def full(on):
        if on:
            pages.append(store.db.execute("pragma page_count").fetchone()[0])
        store.db.execute(f"pragma max_page_count = {pages[0] if on else 1_000_000}")

    app.worker.ask(lambda: full(True))
    qtbot.waitUntil(app.worker.idle, timeout=10_000)
    qtbot.keyClicks(screen.editor, LETTERS * 20)
    qtbot.waitUntil(lambda: screen.notice.isVisible(), timeout=10_000)
    assert "disk is full" in screen.notice.accessibleName()
    assert text(app) == LETTERS * 20
    assert app.window.close() is False, "who closes is told what is lost by it"
    assert "Close the window once more" in screen.notice.accessibleName()
    app.worker.ask(lambda: full(False))
    qtbot.keyClicks(screen.editor, "!")
    qtbot.waitUntil(lambda: screen.present.unkept is None, timeout=10_000)
    app.close()
    assert text(opened()).strip("!") == LETTERS * 20


# -- H17: no keyring


class Locked:
    """A keyring that answers some times, and is locked then."""

    def __init__(self, answers):
        self.left, self.kept = answers, {}

    def _may(self):
        self.left -= 1
        if self.left < 0:
            raise keyring.errors.KeyringLocked("the user dismissed the prompt")

    def get_password(self, service, name):
        self._may()
        return self.kept.get(name)

    def set_password(self, service, name, value):
        self._may()
        self.kept[name] = value

    def delete_password(self, service, name):
        self._may()
        self.kept.pop(name, None)


@pytest.fixture
def locked(monkeypatch):
    """The system's keyring is one that will be locked."""
    made = Locked(10_000)
    monkeypatch.setattr("g20desk.ledger.secretstore._system", lambda: made)
    return made


@pytest.mark.parametrize("after", range(5))
def test_h17_locked_half_way_it_says_so_and_offers_the_other_way(tmp_path, locked, after):
    locked.left = after
    folder = tmp_path / "o"
    try:
        Desk.found(folder, "G20", "Ada Head", rehearsal=False)
    except Usage as problem:
        assert "KeyringLocked" in problem.message
        assert "G20DESK_PASSPHRASE_FILE" in problem.help
    locked.left = 10_000
    if (folder / "desk.json").exists():
        assert Desk.open(folder).person.name == "Ada Head"
    else:
        assert not folder.exists() or not any(folder.iterdir()), "what could not be made whole leaves nothing behind"
        assert Desk.found(folder, "G20", "Ada Head", rehearsal=False).person.name == "Ada Head"


def test_h17_locked_while_at_work_the_account_waits_and_no_token_is_lost_or_written(tmp_path, locked, mastodon, caplog):
    caplog.set_level("DEBUG")
    folder = tmp_path / "o"
    desk = Desk.found(folder, "G20", "Ada Head", rehearsal=False)
    mastodon.face.token = TOKEN
    desk.accounts.add("mastodon", name="M", owner="official", server=mastodon.url, secret=TOKEN)
    locked.left = 0
    with pytest.raises(Usage, match="keyring did not answer"):
        desk.accounts.rows()
    told = {check.name: check for check in examine(folder, None)}
    assert not told["keyring"].ok
    assert "G20DESK_PASSPHRASE_FILE" in told["keyring"].help
    locked.left = 10_000
    assert [row.state for row in desk.accounts.rows()] == ["ready"]
    assert json.dumps(sorted(locked.kept)).count("account/") == 1
    read = [file.read_bytes() for root, _, names in os.walk(tmp_path) for file in (tmp_path / root / n for n in names)]
    assert not any(TOKEN.encode() in data for data in read)
    assert TOKEN not in caplog.text


def test_h17_without_a_bus_doctor_says_what_is_missing(tmp_path, monkeypatch):
    from keyring.backends import fail

    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
    try:
        (check,) = [c for c in examine(tmp_path / "none", None) if c.name == "keyring"]
        with pytest.raises(Usage):
            SystemKeyring("desk")
    finally:
        keyring.set_keyring(before)
    assert (check.ok, "no keyring" in check.says, "PASSPHRASE_FILE" in check.help) == (False, True, True)
