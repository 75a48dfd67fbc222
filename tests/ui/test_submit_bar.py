"""Before a message is submitted: by which route, who is asked first, who is not there, what time a silence has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk
from tests.ui.conftest import TEXT
from tests.ui.test_routes_page import CTRL, SENTENCE, SILENT, bare, said

HEAD = "Head of office"
TWO = {"name": "Two", "kinds": ["statement"], "stage": [{"name": "Head", "who": "role:head"}]}


@pytest.fixture
def head(folder: Path) -> Desk:
    return Desk.open(folder, HEAD)


def statement(qtbot: Any, open_window: Any, kind: str = "statement") -> Any:
    """A text of a kind in the composer, ready to be submitted."""
    window = open_window("Officer")
    window.go("composer", "")
    composer = window.here()
    composer.present.is_kind(kind)
    qtbot.keyClicks(composer.editor, TEXT)
    qtbot.waitUntil(composer.submit.isEnabled)
    return composer


def press(qtbot: Any, composer: Any, key: Qt.Key = Qt.Key.Key_Return, modifier: Any = CTRL) -> None:
    qtbot.keyClick(composer.window().focusWidget() or composer, key, modifier)


def state(composer: Any) -> str:
    return str(composer.ctx.desk.messages.show(composer.present.draft.id)["state"]) if composer.present.draft.id else ""


def test_a_statement_shows_its_route_before_it_takes_it(qtbot, head, open_window):
    head.people.admit_here("Second Officer", "officer", "")
    head.routes.adopt(SILENT)
    composer = statement(qtbot, open_window)
    must = [bare(one) for one in said(composer.start)]
    assert "1 of 1 · within 2 h" in must and "silence · 24 h" in must
    press(qtbot, composer)
    shown = said(composer.ahead)
    assert "Submit for sign-off by the route Statement?" in shown
    assert SENTENCE in shown
    assert "Asked first: Second Officer" in shown
    assert any(one.startswith("Members: a silence of 24 h, from ") for one in shown)
    assert {"Brazil", "India", "Italy"} <= set(shown)
    assert sum("Working hours in" in one for one in shown) == 3
    assert state(composer) != "submitted"
    press(qtbot, composer)
    assert not composer.ahead.isVisible()
    assert state(composer) == "submitted"
    assert composer.ctx.desk.messages.show(composer.present.draft.id)["signoff"]["route"] == "Statement"


def test_who_turns_back_has_submitted_nothing(qtbot, head, open_window):
    composer = statement(qtbot, open_window, "news")
    press(qtbot, composer)
    assert any("One head, officer or liaison" in one for one in said(composer.ahead))
    press(qtbot, composer, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    assert not composer.ahead.isVisible()
    assert composer.window().focusWidget() is composer.editor
    assert state(composer) in ("", "draft")


def test_what_nobody_could_sign_off_is_not_submitted_and_says_why(qtbot, head, open_window):
    head.routes.adopt(
        {**SILENT, "stage": [*SILENT["stage"], {"name": "Far", "who": "governments:BR,MX", "within": "PT1H"}]}
    )
    composer = statement(qtbot, open_window)
    press(qtbot, composer)
    shown = said(composer.ahead)
    assert any("Only authors of the text could decide in the stage “Editors”" in one for one in shown)
    assert "Far: nobody speaks for Mexico now." in shown
    assert not composer.ahead.sign.isEnabled()
    press(qtbot, composer)
    assert state(composer) in ("", "draft")
    assert any("Only authors" in one for one in said(composer.start))


def test_where_several_routes_are_made_for_it_one_is_chosen(qtbot, head, open_window):
    head.people.admit_here("Second Officer", "officer", "")
    head.routes.adopt(SILENT)
    head.routes.adopt(TWO)
    composer = statement(qtbot, open_window)
    press(qtbot, composer)
    route = composer.ahead.route
    assert composer.window().focusWidget() is route
    assert sorted(route.itemData(n) for n in range(route.count())) == ["Statement", "Two"]
    route.setCurrentIndex(route.findData("Two"))
    assert "A statement is approved by the head of the office within 2 days." in said(composer.ahead)
    press(qtbot, composer, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert composer.ctx.desk.messages.show(composer.present.draft.id)["signoff"]["route"] == "Two"


def test_where_none_is_made_for_it_one_may_be_named(qtbot, head, open_window):
    head.routes.adopt({"name": "Named", "stage": [{"name": "Head", "who": "role:head"}]})
    composer = statement(qtbot, open_window, "news")
    press(qtbot, composer)
    route = composer.ahead.route
    assert [route.itemData(n) for n in range(route.count())] == ["", "Named"]
    press(qtbot, composer, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    press(qtbot, composer)
    assert composer.ctx.desk.messages.show(composer.present.draft.id)["signoff"]["route"] == "Named"


def test_another_kind_meanwhile_is_another_way(qtbot, head, open_window):
    head.routes.adopt(TWO)
    composer = statement(qtbot, open_window)
    press(qtbot, composer)
    assert composer.ahead.way().name == "Two"
    composer.present.is_kind("news")
    assert composer.ahead.way().name == ""
    composer.present.is_kind("statement")
    assert "Submit for sign-off by the route Two?" in said(composer.ahead)


def test_the_column_follows_kind_and_topic(qtbot, head, open_window):
    head.routes.adopt({**TWO, "topics": ["debt"]})
    composer = statement(qtbot, open_window)
    assert "Two" not in said(composer.start)
    composer.present.is_about("debt")
    assert "Two" in said(composer.start)
    composer.present.is_kind("news")
    assert "Two" not in said(composer.start)
