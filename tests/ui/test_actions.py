"""The table of keys: none twice, none that types a letter where text is typed."""

from collections import Counter

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QLineEdit

from ui import actions


def test_no_key_twice_in_a_scope():
    for scope in {a.scope for a in actions.TABLE}:
        held = [a for a in actions.TABLE if a.scope in (scope, "anywhere")]
        counts = Counter(QKeySequence(a.keys).toString() for a in held)
        assert [k for k, n in counts.items() if n > 1] == []


def test_no_key_is_how_a_longer_one_begins():
    """A screen's `G` would take `G T` away: Qt waits for neither once one of them is whole."""
    for scope in {a.scope for a in actions.TABLE}:
        held = [a for a in actions.TABLE if a.scope in (scope, "anywhere")]
        begins = {a.keys.split(", ")[0]: a.id for a in held if ", " in a.keys}
        assert [(scope, a.id, begins[a.keys]) for a in held if a.keys in begins] == []


def test_every_key_is_understood():
    for action in actions.TABLE:
        assert not QKeySequence(action.keys).isEmpty(), action.id


def test_bare_letters_are_told_apart():
    for action in actions.TABLE:
        bare = "+" not in action.keys and len(action.keys.split(",")[0]) == 1
        assert action.letter == bare, action.id


def test_typing_does_not_act(qtbot, open_window):
    window = open_window()
    window.go("messages", "")
    field = window.screens["messages"].filter
    field.setFocus()
    qtbot.keyClicks(field, "gsewp")
    assert field.text() == "gsewp"
    assert window.here() is window.screens["messages"]
    assert isinstance(window.focusWidget(), QLineEdit)
