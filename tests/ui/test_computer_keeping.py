"""On the page of this computer: a backup of the desk, proved and told; its proxy and the hub's certificate."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from g20desk import policy
from g20desk.desk import Desk, backed_up, doctor, ways
from g20desk.desk.acting import ADDRESS
from g20desk.desk.restoring import restore
from g20desk.ledger import sealed_file
from tests.ui.test_mail import told
from tests.ui.test_routes_page import key
from ui.office import computer_presenter

PHRASE = "four words that nobody guesses"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key of a file is derived once for all that a test does; the doctor looks at one part."""
    monkeypatch.setattr(sealed_file, "_key", functools.cache(sealed_file._key))
    monkeypatch.setattr(computer_presenter, "chosen", lambda names: doctor.chosen(["backup"]))


@pytest.fixture(autouse=True)
def same_ways(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test sets of proxies is gone after it."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        for spelling in (name, name.upper()):
            monkeypatch.setenv(spelling, "x")
            monkeypatch.delenv(spelling)


@pytest.fixture
def page(open_window: Any) -> Any:
    window = open_window("Officer")
    window.runs["computer"]()
    return window.here().here


def typed(page: Any, file: Path | str, phrase: str = PHRASE, again: str = PHRASE) -> None:
    page.backup.file.setText(str(file))
    page.backup.phrase.setText(phrase)
    page.backup.again.setText(again)
    page.backup.send()


def test_a_backup_is_made_by_keys_proved_and_known_to_the_doctor(qtbot, page, folder, tmp_path):
    key(qtbot, page, Qt.Key.Key_B)
    assert page.window().focusWidget() is page.backup.file
    assert page.backup.file.text().startswith(str(Path.home())) and page.backup.file.text().endswith(".backup")
    typed(page, tmp_path / "desk.backup")
    place = page.ctx.desk.store.last_place()[0]
    assert f"holds this desk up to place {place}" in told(page.window().here())
    last = backed_up.last(page.ctx.desk.store)
    assert last is not None and (last.place, last.file) == (place, str(tmp_path / "desk.backup"))
    assert [check.code for check in page.present.checks] == ["backup-well"]
    assert restore(tmp_path / "again", tmp_path / "desk.backup", PHRASE.encode())["place"] == place
    key(qtbot, page, Qt.Key.Key_B)
    assert Path(page.backup.file.text()).parent == tmp_path, "the next goes where the last one went"


@pytest.mark.parametrize(("phrase", "again", "said"), [
    ("", "", "Type a passphrase."), (PHRASE, "another", "The two are not the same."), ("short", "short", "at least"),
], ids=["none", "two", "short"])  # fmt: skip
def test_what_seals_nothing_is_said_at_its_field(qtbot, page, tmp_path, phrase, again, said):
    key(qtbot, page, Qt.Key.Key_B)
    typed(page, tmp_path / "b", phrase, again)
    where = "again" if again == "another" else "phrase"
    assert said in page.backup.fields[where].error.text()
    assert not (tmp_path / "b").exists()


def test_a_file_of_something_else_stays_as_it_is(qtbot, page, tmp_path):
    other = tmp_path / "letters.txt"
    other.write_text("Dear Minister")
    key(qtbot, page, Qt.Key.Key_B)
    typed(page, other)
    assert "is no backup" in page.backup.fields["file"].error.text() and other.read_text() == "Dear Minister"


def test_leaving_keeps_no_passphrase_in_the_window(qtbot, page, tmp_path):
    key(qtbot, page, Qt.Key.Key_B)
    page.backup.phrase.setText(PHRASE)
    key(qtbot, page, Qt.Key.Key_Escape)
    assert not any(PHRASE in field.text() for field in page.window().findChildren(QLineEdit))
    assert page.window().focusWidget() is page.list


def test_a_proxy_is_set_with_its_password_in_the_safe_place(qtbot, page, folder):
    key(qtbot, page, Qt.Key.Key_P)
    form = page.ways
    assert not form.fields["address"].isVisible() and not form.fields["certificate"].isVisible()
    form.way.setCurrentIndex(2)
    form.send()
    assert form.fields["address"].error.text() == "Write the address."
    form.address.setText("proxy")
    form.send()
    assert "is no address of a proxy" in form.fields["address"].error.text()
    form.address.setText("http://proxy.example:8080")
    form.user.setText("ministry")
    form.password.setText("a word")
    form.send()
    desk = page.ctx.desk
    assert (desk.store.meta(ways.PROXY), desk.store.meta(ways.PROXY_USER)) == ("http://proxy.example:8080", "ministry")
    assert (
        desk.secrets.get(ways.PASSWORD) == "a word" and "ministry:a%20word@proxy.example" in os.environ["https_proxy"]
    )
    assert "goes out in this way" in told(page.window().here())
    key(qtbot, page, Qt.Key.Key_P)
    assert (form.address.text(), form.user.text(), form.password.text()) == (
        "http://proxy.example:8080",
        "ministry",
        "",
    )
    form.send()
    assert desk.secrets.get(ways.PASSWORD) == "a word", "what is not typed anew stays"
    key(qtbot, page, Qt.Key.Key_P)
    form.address.setText("http://elsewhere.example:8080")
    form.send()
    assert not desk.secrets.get(ways.PASSWORD), "it was not given for that proxy"


def test_what_the_administrator_locked_is_shown_and_stays(qtbot, page, monkeypatch):
    said = {"proxy.address": "http://proxy.ministry.example:3128", "hub.certificate": "ab" * 32}
    monkeypatch.setattr(policy, "value", said.get)
    monkeypatch.setattr(policy, "locked", lambda name: name in said)
    page.ctx.desk.store.set_meta(ADDRESS, "https://hub.example")
    key(qtbot, page, Qt.Key.Key_P)
    form = page.ways
    assert not form.way.isEnabled() and not form.address.isEnabled() and not form.certificate.isEnabled()
    assert form.address.text() == said["proxy.address"] and form.certificate.text() == said["hub.certificate"]
    assert form.fields["address"].hint.text() == "Set by your administrator"
    form.user.setText("ada")
    form.password.setText("a word")
    form.send()
    desk = page.ctx.desk
    assert (desk.store.meta(ways.PROXY_USER), desk.secrets.get(ways.PASSWORD)) == ("ada", "a word")
    assert desk.store.meta(ways.CERTIFICATE) == ""


def test_sending_what_nobody_chose_chooses_nothing(qtbot, page):
    key(qtbot, page, Qt.Key.Key_P)
    page.ways.send()
    assert page.ctx.desk.store.meta(ways.PROXY) == ""


def test_the_hubs_certificate_is_pinned_and_let_go(qtbot, page):
    page.ctx.desk.store.set_meta(ADDRESS, "https://hub.example")
    key(qtbot, page, Qt.Key.Key_P)
    form = page.ways
    assert form.fields["certificate"].isVisible()
    form.certificate.setText("12:34")
    form.send()
    assert "64 hex digits" in form.fields["certificate"].error.text()
    form.certificate.setText("AB:" * 31 + "AB")
    form.send()
    assert page.ctx.desk.store.meta(ways.CERTIFICATE) == "ab" * 32
    key(qtbot, page, Qt.Key.Key_P)
    form.certificate.clear()
    form.send()
    assert page.ctx.desk.store.meta(ways.CERTIFICATE) == ""


def test_a_certificate_that_is_none_leaves_the_proxy_as_it_was(qtbot, page):
    page.ctx.desk.store.set_meta(ADDRESS, "https://hub.example")
    key(qtbot, page, Qt.Key.Key_P)
    page.ways.way.setCurrentIndex(1)
    page.ways.certificate.setText("nothing")
    page.ways.send()
    assert page.ctx.desk.store.meta(ways.PROXY) == ""


def test_a_real_desk_without_a_backup_is_told_after_a_week(tmp_path, monkeypatch):
    from g20desk.clock import SystemClock

    class Later(SystemClock):
        days = 0

        def now_ms(self) -> int:
            return super().now_ms() + self.days * 86_400_000

    phrase = tmp_path / "phrase"
    phrase.write_text(PHRASE)
    phrase.chmod(0o600)
    monkeypatch.setenv("G20DESK_PASSPHRASE_FILE", str(phrase))
    Desk.found(tmp_path / "o", "G20", "Ada Head", rehearsal=False).store.close()

    def code(days: int) -> str:
        clock = Later()
        clock.days = days
        see = doctor.See(tmp_path / "o", clock=clock)
        return doctor.Examination(see, doctor.chosen(["backup"])).run()[0].code

    assert (code(1), code(8)) == ("backup-not-yet", "backup-none")
    desk = Desk.open(tmp_path / "o")
    backed_up.note(desk.store, backed_up.Last(desk.clock.now_ms(), 1, "b"))
    assert (code(29), code(31)) == ("backup-well", "backup-old")
    backed_up.note(desk.store, backed_up.Last(desk.clock.now_ms(), desk.store.last_place()[0], "b"))
    desk.store.close()
    assert code(31) == "backup-well", "nothing came since"
