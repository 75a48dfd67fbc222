"""What an administrator decided, in the window: shown, shut where it is locked, and a fault of it said at once."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu

from tests.ui.test_screens import nameless
from ui import app as starting
from ui import menus
from ui.alarms.settings import notices
from ui.first_run.presenter import FirstRunPresenter
from ui.first_run.view import FirstRunView
from ui.widgets.choosing import Choices, choices_path, languages, read_choices, write_choices
from ui.worker import InlineWorker

FAULT = "[hub]\nadress = 'x'\n"


@pytest.fixture
def first_run(qtbot, tmp_path):
    """First run, shown."""

    def show():
        present = FirstRunPresenter(InlineWorker(), lambda folder: pytest.fail("made"))
        view = FirstRunView(present, tmp_path / "desk", Choices(), lambda **_: None)
        present.setParent(view)
        qtbot.addWidget(view)
        with qtbot.waitActive(view):
            view.show()
        return view

    return show


def words(view):
    """All that is said."""
    return "\n".join(label.text() for label in view.findChildren(QLabel) if label.isVisibleTo(view))


def options(menu):
    """What can be chosen and what can't, by words."""
    return {action.text(): action.isEnabled() for action in menu.actions() if action.isCheckable()}


def test_a_preset_is_where_a_person_starts_and_a_lock_where_they_stay(put_policy):
    put_policy('locked = ["interface.colours"]\n[interface]\nlanguage = "ar"\ncolours = "dark"\ntext = 125\n')
    assert read_choices(choices_path()) == Choices("ar", "dark", 125)
    write_choices(choices_path(), {"text": 100, "scheme": "light"})
    assert read_choices(choices_path()) == Choices("ar", "dark", 100)
    assert json.loads(choices_path().read_text()) == {"text": 100, "scheme": "light"}


def test_only_languages_that_are_offered_are_shown(put_policy):
    put_policy('[interface]\nlanguages = ["ar"]\n')
    assert [code for code, _ in languages()] == ["ar"]
    write_choices(choices_path(), {"language": "en"})
    assert read_choices(choices_path()).language == "ar"


def test_what_is_locked_is_shown_and_can_not_be_chosen(qtbot, open_window, put_policy, monkeypatch):
    put_policy('locked = ["interface.colours", "alarms.sound", "alarms.quiet"]\n[interface]\ncolours = "dark"\n'
        '[alarms]\nsound = false\nquiet = ["mail"]\n')  # fmt: skip
    window = open_window("Officer")
    shown = []
    monkeypatch.setattr(menus, "pop", lambda menu, beside: shown.append(menu))
    menus.settings(window)
    (menu,) = shown
    said = options(menu)
    assert (said["Dark"], said["Light"], said["English"]) == (False, False, True)
    assert any("Set by your administrator" in action.text() for action in menu.actions())
    told = notices(QMenu(window), read_choices(choices_path()), lambda *_: None)
    assert not any(options(told).values())
    assert [action.isChecked() for action in told.actions() if action.text() == "With a sound"] == [False]
    assert "Set by your administrator" in [action.text() for action in told.actions()]


def test_where_the_hub_is_preset_only_the_invitation_is_asked_for(first_run, put_policy):
    put_policy('locked = ["hub.address"]\n[hub]\naddress = "https://hub.g20.example"\n')
    view = first_run()
    assert view.focusWidget() is view.joining.text
    assert "https://hub.g20.example" in words(view) and nameless(view) == []
    view.leave()
    assert view.focusWidget() is view.ways[0]


def test_ways_that_the_administrator_shut_are_shut(qtbot, first_run, put_policy):
    put_policy("[office]\ncreate = false\nrehearse = false\n")
    view = first_run()
    assert [way.isEnabled() for way in view.ways] == [False, True, False]
    assert view.focusWidget() is view.ways[1]
    assert words(view).count("Set by your administrator: not on this computer.") == 2
    for key in (Qt.Key.Key_1, Qt.Key.Key_3):
        qtbot.keyClick(view.focusWidget(), key)
        assert view.pages.currentWidget() is view.ways_page
    assert nameless(view) == []


def test_a_fault_is_said_in_the_window_and_at_first_run(open_window, first_run, put_policy):
    assert "policy" not in words(first_run())
    put_policy(FAULT + "[support]\ncontact = 'IT, room 3'\n")
    for view in (first_run(), open_window("Officer")):
        said = words(view)
        assert "Nothing leaves this computer" in said and "line 2: hub.adress" in said and "IT, room 3" in said
    put_policy("[interface]\ntxt = 1\n")
    assert "The rest of it counts." in words(first_run())


def test_only_networks_that_are_allowed_are_offered(open_window, put_policy):
    put_policy('[networks]\nallowed = ["mastodon"]\nservers = ["social.g20.example"]\n')
    window = open_window("Head of office")
    window.go("accounts", "")
    form = window.here().form
    assert [form.network.itemData(n) for n in range(form.network.count())] == ["rehearsal", "mastodon"]
    said = [label.text() for label in form.findChildren(QLabel)]
    assert sum("Set by your administrator" in text for text in said) == 2


def test_a_desk_elsewhere_is_not_opened_and_the_window_says_so(qtbot, put_policy, tmp_path):
    put_policy(f"locked = ['desk.folder']\n[desk]\nfolder = '{tmp_path / 'desks'}'\n")
    at, problem = starting.placed(str(tmp_path / "elsewhere"))
    assert at == tmp_path / "desks" and problem.code == "locked-by-policy"
    running = starting.App(at, None, problem)
    assert "the folder in which desks lie" in words(running.window)
    running.close()
