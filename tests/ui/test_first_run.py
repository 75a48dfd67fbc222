"""First run: the harmless way, an office of one's own, and what is said where there is no keyring."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from tests.ui.test_screens import nameless
from ui.app import App
from ui.first_run.presenter import FirstRunPresenter
from ui.first_run.view import FirstRunView
from ui.widgets.choosing import Choices
from ui.worker import InlineWorker


@pytest.fixture
def phrase(tmp_path, monkeypatch):
    """The passphrase way."""
    file = tmp_path / "phrase"
    file.write_text("correct horse battery\n")
    file.chmod(0o600)
    monkeypatch.setenv("G20DESK_PASSPHRASE_FILE", str(file))


@pytest.fixture
def no_keyring(monkeypatch):
    """A system without a keyring."""
    import keyring
    from keyring.backends import fail

    monkeypatch.delenv("G20DESK_PASSPHRASE_FILE", raising=False)
    before = keyring.get_keyring()
    keyring.set_keyring(fail.Keyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def view(qtbot, tmp_path):
    """First run, with answers at once; what it made is in `view.made`."""
    made = []
    present = FirstRunPresenter(InlineWorker(), lambda folder: made.append(folder) or object())
    view = FirstRunView(present, tmp_path / "desk", Choices(), lambda **_: None)
    present.setParent(view)
    view.made, view.opened = made, []
    present.opened.connect(view.opened.append)
    qtbot.addWidget(view)
    with qtbot.waitActive(view):
        view.show()
    return view


def words(view):
    """All that is said."""
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def test_names_and_keys(qtbot, view, phrase):
    assert nameless(view) == []
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Return)
    assert view.made == [view.folder]
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_2)
    assert view.focusWidget() is view.form.office
    assert nameless(view) == []
    qtbot.keyClick(view.form.office, Qt.Key.Key_Escape)
    assert view.focusWidget() is view.ways[0]


def test_only_ways_that_work_are_offered(view):
    assert len(view.ways) == 2
    assert "invitation" not in words(view)
    assert "command line" not in words(view)


def test_an_office_is_founded_by_its_head(qtbot, view, phrase):
    view.create()
    assert not view.form.safe.isVisible()
    qtbot.keyClick(view.form.office, Qt.Key.Key_Return)
    assert view.form.fields["office"].error.isVisible()
    qtbot.keyClicks(view.form.office, "G20 office")
    qtbot.keyClick(view.form.office, Qt.Key.Key_Return)
    assert view.form.fields["head"].error.text() == "Write your full name."
    assert view.focusWidget() is view.form.head
    qtbot.keyClicks(view.form.head, "Ada Lovelace")
    qtbot.keyClick(view.form.head, Qt.Key.Key_Return)
    (desk,) = view.opened
    assert (desk.office_name, desk.person.name, desk.rehearsal) == ("G20 office", "Ada Lovelace", False)


def test_without_a_keyring_the_other_way_is_said(qtbot, view, no_keyring):
    view.create()
    assert view.form.safe.isVisible()
    said = words(view)
    assert "no keyring" in said
    assert "G20DESK_PASSPHRASE_FILE" in said
    assert "A rehearsal office needs neither." in said
    view.form.office.setText("G20 office")
    view.form.head.setText("Ada Lovelace")
    view.form.go.click()
    assert view.opened == []
    assert not (view.folder / "ledger.db").exists()


def test_the_program_founds_an_office_and_opens_it(qtbot, tmp_path, phrase):
    app = App(tmp_path / "new", None)
    qtbot.waitUntil(lambda: app.window.isActiveWindow())
    qtbot.keyClick(app.window.ways[0], Qt.Key.Key_2)
    qtbot.keyClicks(app.window.form.office, "G20 office")
    qtbot.keyClicks(app.window.form.head, "Ada Lovelace")
    qtbot.keyClick(app.window.form.head, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: hasattr(app.window, "ctx"), timeout=20_000)
    assert app.window.ctx.facts.office == "G20 office"
    qtbot.waitUntil(app.worker.idle, timeout=10_000)
    app.close()
