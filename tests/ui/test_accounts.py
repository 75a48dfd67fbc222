"""Accounts: adding by the form, signing in again, removing, grace; a secret is nowhere but in its place."""

import json
import logging

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk, account_rights
from g20desk.errors import Refused, Unreachable
from tests.ui.test_screens import nameless
from ui.accounts.presenter import X_KEYS, NewAccount, standing, told
from ui.bus import Bus, Ctx, facts
from ui.widgets.button import KeyButton
from ui.window import Window
from ui.worker import Worker

SECRET = "sesame-7f3a-open"


def press(qtbot, window, key):
    """A key where the focus is."""
    qtbot.keyClick(window.focusWidget() or window, key)


@pytest.fixture
def accounts(open_window):
    """The screen, for the head."""
    window = open_window("Head of office")
    window.go("accounts", "")
    return window.here()


def names(screen):
    """Whose accounts are listed."""
    return [row.title for row in screen.model.rows()]


def choose(box, code):
    """Pick an option of a combo box."""
    box.setCurrentIndex(box.findData(code))


def test_an_account_is_added_with_keys_alone(qtbot, accounts):
    window = accounts.window()
    press(qtbot, window, Qt.Key.Key_N)
    form = accounts.form
    assert window.focusWidget() is form.network
    assert nameless(window) == []
    choose(form.network, "rehearsal")
    choose(form.like, "mastodon")
    form.name.setFocus()
    qtbot.keyClicks(form.name, "G20 practice")
    form.langs.boxes["ar"].setChecked(True)
    press(qtbot, window, Qt.Key.Key_Return)
    assert "G20 practice" in names(accounts)
    made = accounts.present.ctx.desk.accounts.get("G20 practice")
    assert (made.like, made.owner, made.langs) == ("mastodon", "official", ("en", "ar"))
    assert accounts.pages.currentWidget() is accounts.detail_page


def test_what_is_wrong_stands_beside_its_field(qtbot, accounts):
    form = accounts.form
    accounts._add()
    choose(form.network, "rehearsal")
    form.go.click()
    assert form.fields["name"].error.isVisible()
    assert form.fields["name"].error.text() == "Give it a name."
    form.name.setText("G20 X")
    form.go.click()
    assert "G20 X" in form.fields["name"].error.text()
    form.name.setText("Another")
    choose(form.owner.kind, "presidency")
    form.go.click()
    assert form.fields["owner"].error.isVisible()
    assert not form.fields["name"].error.isVisible()
    form.owner.land.setText("za")
    for box in form.langs.boxes.values():
        box.setChecked(False)
    form.go.click()
    assert form.fields["langs"].error.text() == "Choose a language."
    form.langs.boxes["fr"].setChecked(True)
    form.go.click()
    assert accounts.present.ctx.desk.accounts.get("Another").owner == "presidency:ZA"


def test_only_what_a_network_asks_for_is_shown(accounts):
    form = accounts.form
    accounts._add()
    shown = {}
    for net in accounts.present.networks():
        choose(form.network, net)
        shown[net] = {id for id, field in form.fields.items() if not field.isHidden()} - {
            "network", "name", "owner", "langs",
        }  # fmt: skip
    assert shown == {
        "rehearsal": {"like"}, "bluesky": {"server", "handle", "secret"}, "mastodon": {"server", "secret"},
        "x": {"app", *X_KEYS},
    }  # fmt: skip
    assert form.secret["secret"].echoMode() == form.secret["secret"].EchoMode.Password


def offered(screen):
    """What may be done to the account that is picked, by the words of its buttons."""
    QApplication.processEvents()  # what was just made is shown
    found = [one for one in screen.findChildren(KeyButton) if one.isVisible()]
    return {one.text(): one.toolTip() for one in found if not one.isEnabled()}


def test_what_somebody_may_not_do_is_off_and_says_why(qtbot, open_window):
    window = open_window("Analyst")
    window.go("accounts", "")
    screen = window.here()
    screen.list.pick("ZA Presidency X")
    assert offered(screen) == {
        name: "This act is for: head of the office."
        for name in ("Add an account", "Change the grace", "Remove the account")
    }
    for key in (Qt.Key.Key_N, Qt.Key.Key_L, Qt.Key.Key_R):
        screen.list.setFocus()
        screen.notice.hide()
        press(qtbot, window, key)
        assert screen.notice.isVisible() and not screen.bar.isVisible()
    assert screen.pages.currentWidget() is screen.detail_page


def test_who_speaks_for_a_government_adds_its_accounts_and_no_others(qtbot, open_window):
    window = open_window("Liaison Brazil")
    window.go("accounts", "")
    screen = window.here()
    screen.list.pick("ZA Presidency X")
    assert set(offered(screen)) == {"Change the grace", "Remove the account"}
    screen.list.setFocus()
    press(qtbot, window, Qt.Key.Key_N)
    form = screen.form
    assert [form.owner.kind.itemData(n) for n in range(form.owner.kind.count())] == ["presidency", "member"]
    choose(form.owner.kind, "member")
    choose(form.network, "rehearsal")
    form.name.setText("Itamaraty")
    form.go.click()
    assert screen.present.ctx.desk.accounts.get("Itamaraty").owner == "member:BR"
    screen.list.pick("Itamaraty")
    assert set(offered(screen)) == {"Remove the account"}


def test_a_sign_in_is_for_those_who_publish_there(folder):
    """An official account's sign-in is the office's, and a government's its communicator's."""
    for person, there in (("Officer", ["G20 X"]), ("Presidency", ["ZA Presidency X"]), ("Liaison Brazil", [])):
        desk = Desk.open(folder, person)
        may = [
            n for n in ("G20 X", "ZA Presidency X") if not account_rights.verbs(desk, desk.accounts.get(n))["sign-in"]
        ]
        assert may == there


def test_remove_and_grace_ask_first(qtbot, accounts):
    window = accounts.window()
    accounts.list.pick("ZA Presidency X")
    accounts.list.setFocus()
    press(qtbot, window, Qt.Key.Key_L)
    accounts.bar.reason.setText("45")
    press(qtbot, window, Qt.Key.Key_Return)
    assert accounts.present.ctx.desk.accounts.get("ZA Presidency X").grace_ms == 45 * 60_000
    assert "45 min" in dict(accounts.detail.facts)["Grace"]
    accounts.list.setFocus()
    press(qtbot, window, Qt.Key.Key_R)
    assert "ZA Presidency X" in names(accounts)
    press(qtbot, window, Qt.Key.Key_Return)
    assert "ZA Presidency X" not in names(accounts)


def test_every_state_is_colour_shape_and_word():
    looks = [standing(code) for code in ("ready", "needs sign-in", "removed", "refused")]
    assert len({look.word for look in looks}) == len({look.icon for look in looks}) == 4
    assert standing("needs sign-in").tone == "warn"


def test_a_secret_in_an_answer_is_not_shown():
    asked = NewAccount("mastodon", "M", "official", ("en",), secrets={"secret": SECRET})
    place, words = told(Unreachable("network", f"Bearer {SECRET} did not answer"), asked)
    assert place == "server"
    assert SECRET not in words
    assert SECRET not in repr(asked)
    assert told(Refused("sign-in", "No.", "Check the secret."), asked)[0] == "secret"
    four = NewAccount("x", "X", "official", ("en",), secrets=dict.fromkeys(X_KEYS, "k"))
    assert json.loads(four.secret()) == dict.fromkeys(X_KEYS, "k")
    assert told(Refused("sign-in", "No."), four)[0] == X_KEYS[0]


def test_the_secret_goes_to_the_network_thread_and_nowhere_else(qtbot, tmp_path, monkeypatch, caplog, capfd):
    caplog.set_level(logging.DEBUG)
    phrase = tmp_path / "phrase"
    phrase.write_text("correct horse battery\n")
    phrase.chmod(0o600)
    monkeypatch.setenv("G20DESK_PASSPHRASE_FILE", str(phrase))
    from g20desk.desk import accounts as desk_accounts
    from g20desk.network import Identity

    threads = []

    def who(net, setting, clock):
        import threading

        threads.append(threading.current_thread().name)
        if setting.secret != SECRET:
            raise Refused("sign-in", f"The network refused the sign-in: {setting.secret}", "Check the secret.")
        return Identity("109", "g20@m.example.org")

    monkeypatch.setattr(desk_accounts, "_who", who)
    folder = tmp_path / "office"
    Desk.found(folder, "G20", "Ada Head", rehearsal=False)
    desk, worker, bus = Desk.open(folder), Worker(), Bus()
    bus.listen(desk)
    window = Window(Ctx(desk, facts(desk), worker, bus))
    bus.setParent(window)
    window.sender.stop()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.go("accounts", "")
    screen = window.here()
    screen._add()
    form = screen.form
    choose(form.network, "mastodon")
    form.name.setText("G20 Mastodon")
    form.server.setText("https://m.example.org")
    form.secret["secret"].setText("wrong-" + SECRET)
    form.go.click()
    assert not form.go.isEnabled()
    qtbot.waitUntil(lambda: form.fields["secret"].error.isVisible(), timeout=10_000)
    assert SECRET not in form.fields["secret"].error.text()
    form.secret["secret"].setText(SECRET)
    form.go.click()
    qtbot.waitUntil(lambda: "G20 Mastodon" in names(screen), timeout=10_000)
    qtbot.waitUntil(worker.idle, timeout=10_000)
    assert form.secret["secret"].text() == ""
    assert threads and all(name.startswith("network") for name in threads)
    assert screen.detail_page is screen.pages.currentWidget()
    desk.secrets.remove(f"account/{desk.accounts.get('G20 Mastodon').id}")
    screen.present.load()
    qtbot.waitUntil(lambda: screen.model.rows()[0].spoken == "Needs signing in", timeout=10_000)
    assert screen.model.rows()[0].icon == "key-round"
    screen.list.setFocus()
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.keyClicks(screen.secret.secret["secret"], SECRET)
    press(qtbot, window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: screen.model.rows()[0].spoken == "Ready", timeout=10_000)
    worker.close()
    for path in folder.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path
    told_ = capfd.readouterr()
    assert SECRET not in told_.out + told_.err + caplog.text
