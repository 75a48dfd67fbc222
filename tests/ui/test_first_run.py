"""First run: the harmless way, an office of one's own, and what is said where there is no keyring."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from g20desk.desk import bundles, joining, newcomer
from tests.desks.test_attending import Cut, gone
from tests.desks.world import world
from tests.ui.test_screens import nameless
from ui.app import App
from ui.first_run import presenter as presenting
from ui.first_run.presenter import FirstRunPresenter
from ui.first_run.view import FirstRunView
from ui.widgets.choosing import Choices
from ui.window import Window
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
    assert view.focusWidget() is view.joining.text
    assert nameless(view) == []
    qtbot.keyClick(view.joining.text, Qt.Key.Key_Escape)
    qtbot.keyClick(view.focusWidget(), Qt.Key.Key_3)
    assert view.focusWidget() is view.form.office
    assert nameless(view) == []
    qtbot.keyClick(view.form.office, Qt.Key.Key_Escape)
    assert view.focusWidget() is view.ways[0]


def test_only_ways_that_work_are_offered(view):
    assert len(view.ways) == 3
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


@pytest.fixture
def office(tmp_path):
    """A head whose office's order a hub keeps."""
    with world(tmp_path / "world") as made:
        yield made


def test_a_newcomer_joins_says_the_words_and_is_let_in(qtbot, view, office, monkeypatch):
    monkeypatch.setattr(presenting, "FIRST_MS", 10)
    monkeypatch.setattr(presenting, "LOOK_MS", 10)
    head = office.desk("head")
    view.join()
    view.joining.text.setPlainText(joining.invite(head, "Nia New", "liaison", "MX"))
    assert "Nia New" in view.joining.says.text() and "Mexico" in view.joining.says.text()
    qtbot.keyClick(view.joining.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert view.pages.currentWidget() is view.waiting_page
    assert nameless(view) == []
    request, said = view.waiting.text.toPlainText(), view.waiting.words.accessibleName()
    assert len(said.split()) == 6
    assert "Waiting to be let in" in view.waiting.state.text()
    qtbot.keyClick(view.waiting.copy, Qt.Key.Key_Escape)
    assert view.pages.currentWidget() is view.waiting_page
    view.present.look()
    assert not view.opened
    joining.admit(head, request, said)
    head.sync()
    qtbot.waitUntil(lambda: len(view.opened) == 1)
    assert view.opened[0].person.name == "Nia New"


def test_a_desk_that_waits_shows_it_again_at_the_next_start(qtbot, office, tmp_path, monkeypatch):
    made = newcomer.ask(tmp_path / "desk", joining.invite(office.desk("head"), "Nia New", "officer"))
    running = App(tmp_path / "desk", None)
    qtbot.waitUntil(lambda: isinstance(running.window, FirstRunView))
    view = running.window
    qtbot.waitUntil(lambda: view.waiting.words.accessibleName() == made.words)
    assert view.waiting.text.toPlainText() == made.request
    joining.admit(office.desk("head"), made.request)
    office.desk("head").sync()
    view.waiting.look.click()
    qtbot.waitUntil(lambda: isinstance(running.window, Window), timeout=20_000)
    assert running.window.ctx.facts.person.name == "Nia New"
    running.close()


def test_what_is_no_invitation_is_said_at_the_field(qtbot, view, office, tmp_path):
    view.join()
    view.joining.send()
    assert view.joining.fields["invitation"].error.text() == "Paste the invitation first."
    view.joining.text.setPlainText("hello")
    assert not view.joining.says.isVisible()
    view.joining.send()
    assert view.joining.fields["invitation"].error.text()
    text = joining.invite(office.desk("head"), "Nia New", "officer")
    view.joining.text.setPlainText(text.replace("Nia New", "Nia Nev"))
    view.joining.send()
    assert "changed on its way" in view.joining.fields["invitation"].error.text()
    view.present.open_file(tmp_path / "none", print)
    assert view.joining.fields["invitation"].error.text() == "This file can't be used."


def test_an_office_out_of_reach_is_said_while_waiting(qtbot, view, office):
    view.join()
    view.joining.text.setPlainText(joining.invite(office.desk("head"), "Nia New", "officer"))
    view.joining.send()
    office.wrap = lambda line: Cut(gone("something-else"))
    view.present.look()
    assert "wants a sign-in" in view.waiting.state.text()
    office.wrap = lambda line: Cut(gone())
    view.present.look()
    assert "tried again by itself" in view.waiting.state.text()


def test_a_stick_lets_a_newcomer_in(qtbot, view, office, tmp_path):
    head = office.desk("head")
    view.join()
    view.joining.text.setPlainText(joining.invite(head, "Nia New", "officer"))
    view.joining.send()
    office.wrap = lambda line: Cut(gone())
    view.present.bring(tmp_path / "none")
    assert view.waiting.state.property("tone") == "warn"
    bundles.write(head.ledger, tmp_path / "before", 0)
    view.present.bring(tmp_path / "before")
    assert not view.opened
    office.wrap = lambda line: line
    joining.admit(head, view.waiting.text.toPlainText())
    head.sync()
    office.wrap = lambda line: Cut(gone())
    bundles.write(head.ledger, tmp_path / "stick", 0)
    view.present.bring(tmp_path / "stick")
    assert [desk.person.name for desk in view.opened] == ["Nia New"]
