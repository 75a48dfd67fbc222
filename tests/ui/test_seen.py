"""What was not seen yet is marked in lists, said to screen readers, and no longer once it was shown."""

from __future__ import annotations

from PySide6.QtCore import Qt

from g20desk.desk import Desk
from tests.ui.conftest import content
from ui import theme
from ui.rows import Row, RowModel
from ui.widgets.rowlist import RowList


def fresh(model):
    return [row.title for row in model.rows() if row.fresh]


def test_a_text_is_marked_until_it_was_read_and_again_when_somebody_said_something(open_window, folder):
    window = open_window("Liaison India")
    window.go("messages", "")
    messages = window.here()
    first = messages.list.current_id()
    assert len(fresh(messages.model)) == 1, "one is open beside the list, the other was never looked at"
    assert first not in fresh(messages.model)
    other = next(row.id for row in messages.model.rows() if row.fresh)
    acted = []
    window.ctx.bus.acted.connect(lambda: acted.append(1))
    messages.list.pick(other)
    assert fresh(messages.model) == []
    assert acted == [], "looking is no act: nothing is sent or exchanged for it"
    digest = Desk.open(folder, "Officer").messages.show(other)["digest"]
    brazil = Desk.open(folder, "Liaison Brazil")
    messages.list.pick(first)
    brazil.messages.decide(other, "comment", digest, "A word.")
    window.ctx.bus.changed.emit(frozenset({("message", other)}))
    (row,) = [row for row in messages.model.rows() if row.fresh]
    assert row.id == other and "Not seen yet" in row.sentence()


def test_sign_off_marks_what_waits_and_was_not_read(open_window, folder):
    officer = Desk.open(folder, "Officer")
    for n in range(2):
        officer.messages.submit(officer.messages.new(content(f"Word number {n} of ministers."))["message"])
    window = open_window("Liaison Brazil")
    window.go("sign-off", "")
    screen = window.here()
    assert len(screen.model.rows()) == 3
    assert len(fresh(screen.model)) == 2, "the first is being read"
    for id in [row.id for row in screen.model.rows()]:
        screen.list.pick(id)
    assert fresh(screen.model) == []


def test_today_marks_it_too(open_window):
    window = open_window("Liaison India")
    assert any(row.fresh for row in window.screens["today"].waiting.rows())


def test_the_mark_is_painted_at_the_start_of_the_row(qtbot):
    for narrow in (True, False):
        for way in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
            shades = []
            for new in (False, True):
                model = RowModel()
                model.put([Row("a", "Title", "line", third="x", fresh=new)])
                view = RowList(model, "List", narrow=narrow)
                view.setLayoutDirection(way)
                qtbot.addWidget(view)
                view.resize(400, 100)
                view.show()
                view.clearSelection()
                image = view.grab().toImage()
                width = image.width()
                edge = range(4, 22) if way == Qt.LayoutDirection.LeftToRight else range(width - 22, width - 4)
                accent = theme.color("accentText").rgb()
                shades.append(sum(image.pixel(x, y) == accent for x in edge for y in range(6, 30)))
            assert shades[0] == 0 and shades[1] > 8, (narrow, way, shades)
