"""The calendar's screen: views and keys, both clocks, moving a post and moving it back."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QDate, QPoint, Qt, QTime
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk
from tests.ui.conftest import content
from tests.ui.test_screens import nameless
from ui.bus import Bus, Ctx, facts
from ui.calendar.pages import DAY, NEAR
from ui.window import Window
from ui.worker import InlineWorker

ALT = Qt.KeyboardModifier.AltModifier
NEW_YORK = ZoneInfo("America/New_York")


class Still:
    """A clock that stands."""

    def __init__(self, now):
        self.now = now

    def now_ms(self):
        return self.now

    def monotonic(self):
        return self.now / 1000


@pytest.fixture
def calendar(qtbot, folder):
    """The screen on a desk in New York, with three posts tomorrow at 14:00 UTC: two on X, one on Bluesky."""
    officer, brazil = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    now = officer.clock.now_ms() // 60_000 * 60_000
    two = (now // DAY + 1) * DAY + 14 * 3_600_000
    from dataclasses import replace

    for n, account in enumerate(("G20 X", "G20 X", "G20 Bluesky")):
        made = officer.messages.new(replace(content(f"Number {n} of three."), to=(account,)))
        officer.messages.submit(made["message"])
        brazil.messages.decide(made["message"], "approve", made["digest"])
        officer.messages.schedule(made["message"], two)
    desk, worker, bus = Desk.open(folder, "Officer"), InlineWorker(), Bus()
    bus.listen(desk)
    window = Window(Ctx(desk, facts(desk), worker, bus, Still(now), zone=NEW_YORK))
    for made in (worker, bus):
        made.setParent(window)
    window.sender.stop()
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
    window.go("calendar", "")
    screen = window.here()
    screen.two = two
    screen.present.show("week", two)
    return screen


def press(qtbot, screen, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key where the focus is."""
    qtbot.keyClick(screen.window().focusWidget() or screen, key, modifier)


def pick(screen, title):
    """Pick a post by its title; its id."""
    chip = next(c for c in screen.board().page.chips if c.title.startswith(title))
    screen.board().pick(chip.id)
    return chip.id


def planned(screen, id):
    """Its time on the record."""
    return screen.present.ctx.desk.messages.show(id)["planned_ms"]


def test_views_by_their_letters(qtbot, calendar):
    for key, view, count in ((Qt.Key.Key_D, "day", 1), (Qt.Key.Key_M, "month", 35), (Qt.Key.Key_W, "week", 7)):
        press(qtbot, calendar, key)
        assert calendar.present.view == view
        assert calendar.board().page.count >= count
        assert calendar.window().focusWidget() is calendar.board()
        assert nameless(calendar) == []
    before = calendar.board().page.start
    press(qtbot, calendar, Qt.Key.Key_Right)
    assert calendar.board().page.start == before + 7 * DAY
    press(qtbot, calendar, Qt.Key.Key_T)
    assert calendar.board().page.start <= calendar.present.ctx.clock.now_ms() < calendar.board().page.start + 7 * DAY


def test_both_clocks_stand_side_by_side(calendar):
    pick(calendar, "Number 0")
    chip = calendar.board().current()
    here = datetime.fromtimestamp(calendar.two / 1000, NEW_YORK)
    assert f"{here:%H:%M} New York" in chip.local
    assert "14:00 UTC" in calendar.board().accessibleDescription()
    assert "New York" in calendar.board().accessibleDescription()


def test_a_post_is_moved_by_keys_and_moved_back(qtbot, calendar):
    id = pick(calendar, "Number 2")
    for _ in range(2):
        press(qtbot, calendar, Qt.Key.Key_Down, ALT)
    assert calendar.bar.isVisible()
    assert "14:30 UTC" in calendar.bar.words.text()
    assert planned(calendar, id) == calendar.two
    press(qtbot, calendar, Qt.Key.Key_Right, ALT)
    press(qtbot, calendar, Qt.Key.Key_Return)
    moved = calendar.two + DAY + 1_800_000
    assert planned(calendar, id) == moved
    press(qtbot, calendar, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert planned(calendar, id) == moved
    press(qtbot, calendar, Qt.Key.Key_Return)
    assert planned(calendar, id) == calendar.two


def test_escape_leaves_it_where_it_was(qtbot, calendar):
    id = pick(calendar, "Number 2")
    press(qtbot, calendar, Qt.Key.Key_Up, ALT)
    assert any(c.moving for c in calendar.board().page.chips)
    press(qtbot, calendar, Qt.Key.Key_Escape)
    assert not calendar.bar.isVisible()
    assert planned(calendar, id) == calendar.two
    assert not any(c.moving for c in calendar.board().page.chips)


def test_nothing_is_moved_into_the_past(qtbot, calendar):
    id = pick(calendar, "Number 2")
    for _ in range(4):
        press(qtbot, calendar, Qt.Key.Key_Left, ALT)
        if calendar.notice.isVisible():
            break
    assert calendar.notice.isVisible()
    assert planned(calendar, id) == calendar.two


def test_what_may_not_be_moved_is_said_by_the_desk(qtbot, calendar):
    calendar.present.ctx.desk = Desk.open(calendar.present.ctx.desk.folder, "Liaison Brazil")
    id = pick(calendar, "Number 2")
    press(qtbot, calendar, Qt.Key.Key_Down, ALT)
    assert calendar.notice.isVisible()
    assert not calendar.bar.isVisible()
    assert planned(calendar, id) == calendar.two


def test_dragged_onto_others_it_clashes_and_the_way_out_is_offered(qtbot, calendar):
    calendar.window().resize(1440, 900)
    grid = calendar.grid
    QApplication.processEvents()
    grid.grab()
    id = pick(calendar, "Number 1")
    assert len(calendar.board().page.clashes) == 1
    box = next(box for box, chip in grid.boxes if chip.id == id)
    grid.setFocus()
    start = QPoint(box.center().x(), box.y() + 6)
    far = start + QPoint(0, grid.y(16 * 3_600_000) - box.y())
    qtbot.mousePress(grid, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(grid, start + QPoint(0, 12))
    qtbot.mouseMove(grid, far)
    qtbot.mouseRelease(grid, Qt.MouseButton.LeftButton, pos=far)
    assert calendar.bar.isVisible()
    assert calendar.board().page.clashes == ()
    press(qtbot, calendar, Qt.Key.Key_Return)
    assert planned(calendar, id) == calendar.two + 2 * 3_600_000
    calendar.present.move_back()
    press(qtbot, calendar, Qt.Key.Key_Return)
    assert planned(calendar, id) == calendar.two
    clash = calendar.board().page.clashes[0]
    assert clash.free == calendar.two + NEAR
    calendar.present.propose(clash.pair[1], clash.free)
    press(qtbot, calendar, Qt.Key.Key_Return)
    assert calendar.board().page.clashes == ()


def test_a_time_is_typed_on_the_desks_clock(qtbot, calendar):
    id = pick(calendar, "Number 0")
    press(qtbot, calendar, Qt.Key.Key_P)
    assert calendar.typed.isVisible()
    assert nameless(calendar) == []
    field = calendar.typed.field
    field.where.setCurrentIndex(1)
    there = datetime.fromtimestamp(calendar.two / 1000, NEW_YORK) + timedelta(days=2)
    field.date.setDate(QDate(there.year, there.month, there.day))
    field.time.setTime(QTime(22, 0))
    calendar.typed.take()
    press(qtbot, calendar, Qt.Key.Key_Return)
    wanted = there.replace(hour=22, minute=0)
    assert planned(calendar, id) == round(wanted.timestamp() * 1000)


def test_in_arabic_the_arrows_follow_the_eye(qtbot, calendar, qapp):
    calendar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    before = calendar.board().page.start
    press(qtbot, calendar, Qt.Key.Key_Left)
    assert calendar.board().page.start == before + 7 * DAY
