"""Lists of many messages: asked for in pages, nothing cut off in silence, all of it to be had with the keyboard."""

import gc
import re
import subprocess
import sys
import time

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from g20desk.clock import SystemClock
from g20desk.desk import Desk
from g20desk.desk.messages import Messages
from tests.bench import stores, texts
from tests.ui.conftest import content
from ui import texts as texts_of
from ui.app import App, settle
from ui.bus import Bus, Ctx, facts
from ui.messages import presenter as messages
from ui.places import VIEWS
from ui.rows import MORE, Row, RowModel, page
from ui.signoff import presenter as signoff
from ui.widgets.time_strip import TimeStrip
from ui.window import Window
from ui.worker import InlineWorker

MANY = 450
NEWEST = stores.BEGUN + MANY * stores.BETWEEN


class Then(SystemClock):
    """A clock that stands where the office's last message was written."""

    def now_ms(self):
        return NEWEST


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    """An office with that many messages."""
    return stores.fill(tmp_path_factory.mktemp("many") / "office", MANY)


@pytest.fixture
def opened(qtbot, crowd):
    """A window on it for a person; every answer comes at once."""

    def make(person="Officer"):
        desk, worker, bus = Desk.open(crowd, person, Then()), InlineWorker(), Bus()
        window = Window(Ctx(desk, facts(desk), worker, bus, Then()))
        worker.setParent(window)
        bus.setParent(window)
        window.sender.stop()
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
        return window

    return make


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    """A key where the focus is."""
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def ids(model):
    """The messages in a list."""
    return [row.id for row in model.rows() if not row.id.startswith(MORE)]


# -- asked for


def test_no_screen_asks_for_all_rows(opened, monkeypatch):
    asked = []
    rows = Messages.rows

    def noted(self, state=None, search="", limit=-1, before=None, open_only=False):
        found = rows(self, state, search, limit, before, open_only)
        asked.append((state, search, limit, open_only, len(found)))
        return found

    monkeypatch.setattr(Messages, "rows", noted)
    window = opened()
    assert asked
    assert len(window.screens) == 1
    for screen in VIEWS:
        window.go(screen, "")
    window.palette_.open()
    window.palette_.field.setText("growth")
    assert all(limit > 0 or open_only or state in ("submitted", "objected") for state, _, limit, open_only, _ in asked)
    assert max(found for *_, found in asked) <= messages.PAGE


def test_a_screen_is_made_when_it_is_gone_to_and_shows_no_window_of_its_own(opened, qapp):
    class Watch(QObject):
        def __init__(self):
            super().__init__()
            self.windows = []

        def eventFilter(self, watched, event):
            if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
                self.windows.append(watched)
            return False

    window, watch = opened(), Watch()
    assert list(window.screens) == ["today"]
    qapp.installEventFilter(watch)
    for screen in VIEWS:
        window.go(screen, "")
        assert window.here() is window.screens[screen]
    qapp.removeEventFilter(watch)
    assert watch.windows == []
    assert window.isActiveWindow()


def test_a_screen_made_in_a_small_window_is_narrow(opened):
    window = opened()
    window.resize(1024, 700)
    window.go("messages", "")
    assert not window.here().end.isVisible()


# -- messages


def test_the_list_goes_on_page_by_page_with_the_keyboard(qtbot, opened):
    window = opened()
    window.go("messages", "")
    screen, desk = window.here(), window.ctx.desk
    everything = [r.id for r in desk.messages.rows()]
    assert len(everything) == MANY
    assert screen.header.sub.text() == f"{MANY} in all"
    assert ids(screen.model) == everything[:200]
    assert screen.model.rows()[-1].title == "Show 200 more of 250"
    press(qtbot, window, Qt.Key.Key_End)
    before = screen.present.id
    assert screen.list.current_id() == ""
    assert screen.shown.data["id"] == before
    press(qtbot, window, Qt.Key.Key_Return)
    assert ids(screen.model) == everything[:400]
    assert screen.list.current_id() == everything[200] == screen.present.id
    assert screen.model.rows()[-1].title == "Show 50 more of 50"
    press(qtbot, window, Qt.Key.Key_End)
    press(qtbot, window, Qt.Key.Key_J)
    assert ids(screen.model) == everything
    assert screen.list.current_id() == everything[400]
    press(qtbot, window, Qt.Key.Key_End)
    assert screen.list.current_id() == everything[-1]
    window.ctx.bus.changed.emit(frozenset({("message", everything[0])}))
    assert ids(screen.model) == everything
    assert screen.list.current_id() == everything[-1]


def test_the_mouse_goes_on_too(qtbot, opened):
    window = opened()
    window.go("messages", "")
    here = window.here()
    last = here.model.index(200)
    here.list.scrollTo(last)
    qtbot.mouseClick(here.list.viewport(), Qt.MouseButton.LeftButton, pos=here.list.visualRect(last).center())
    assert len(ids(here.model)) == 400


@pytest.mark.parametrize("words", ["message", "growth", "infl", "EU", "气候", "المناخ", texts.RARE["en"], "zzyzx"])
def test_the_filter_finds_all(qtbot, opened, words):
    window = opened()
    window.go("messages", "")
    screen = window.here()
    all_of_them = [r.id for r in window.ctx.desk.messages.rows(search=words)]
    screen.filter.setText(words)
    assert screen.header.sub.text() == (f"{len(all_of_them)} in all" if all_of_them else "")
    while ids(screen.model) != all_of_them:
        before = len(ids(screen.model))
        screen.list.setFocus()
        press(qtbot, window, Qt.Key.Key_End)
        press(qtbot, window, Qt.Key.Key_Space)
        assert len(ids(screen.model)) > before
    screen.filter.setText("")
    assert len(ids(screen.model)) == messages.PAGE


def test_an_old_message_is_opened_though_it_is_on_no_page_yet(opened):
    window = opened()
    old = window.ctx.desk.messages.rows()[-1].id
    window.go("messages", old)
    screen = window.here()
    assert screen.present.id == old
    assert screen.shown.data["id"] == old
    assert screen.list.current_id() == ""


# -- the others


def test_the_palette_finds_by_the_desk_and_hands_the_rest_to_messages(qtbot, opened):
    window = opened()
    press(qtbot, window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    found = window.palette_
    qtbot.keyClicks(found.field, "message 7:")
    expected = [r.id for r in window.ctx.desk.messages.rows(search="message 7:", limit=40)]
    assert [r.id for r in found.model.rows()][:40] == [f"at:{id}" for id in expected]
    found.field.setText("growth")
    total = window.ctx.desk.messages.count("growth")
    assert total > 40
    assert len(found.model.rows()) == 41
    assert found.model.rows()[-1].title == f"Show all {total} in Messages"
    qtbot.keyClick(found.field, Qt.Key.Key_Up)
    for _ in range(41):
        qtbot.keyClick(found.field, Qt.Key.Key_Down)
    qtbot.keyClick(found.field, Qt.Key.Key_Return)
    assert window.here() is window.screens["messages"]
    assert window.here().filter.text() == "growth"
    assert window.here().header.sub.text() == f"{total} in all"


def test_the_calendar_shows_every_post_of_its_page(opened):
    window = opened()
    window.go("calendar", "")
    screen = window.here()
    everything = [r for r in window.ctx.desk.messages.rows() if r.planned_ms]
    shown = []
    screen.present.loaded.connect(shown.append)
    for view in ("day", "week", "month"):
        screen.present.show(view)
        for step in (0, -1, -1):
            screen.present.move(step)
            now = shown[-1]
            end = now.start + now.count * 86_400_000
            assert {c.id for c in now.chips} == {r.id for r in everything if now.start <= r.planned_ms < end}
            assert now.chips or step


def test_sign_off_shows_what_waits_and_the_week_in_pages(qtbot, opened, monkeypatch):
    monkeypatch.setattr(signoff, "PAGE", 2)
    window = opened("Liaison India")
    desk = window.ctx.desk
    waiting = [r.id for r in desk.messages.rows() if r.waiting_for_me and r.state == "submitted"]
    assert len(waiting) == 5
    assert window.rail.items["sign-off"].count == 5
    window.go("sign-off", "")
    screen = window.here()
    assert screen.count.text() == "5"
    assert len(ids(screen.model)) == 2
    for seen in (4, 5):
        press(qtbot, window, Qt.Key.Key_J)
        press(qtbot, window, Qt.Key.Key_J)
        press(qtbot, window, Qt.Key.Key_J)
        assert len(ids(screen.model)) == seen
    assert set(ids(screen.model)) == set(waiting)
    assert ids(screen.past) == [], "India decided nothing"


def test_sign_off_shows_what_one_decided_in_the_week_in_pages(opened, monkeypatch):
    monkeypatch.setattr(signoff, "PAGE", 2)
    window = opened("Liaison Brazil")
    desk = window.ctx.desk
    window.go("sign-off", "")
    screen = window.here()
    week = [r for r in desk.messages.rows() if r.updated_ms >= NEWEST - signoff.WEEK]
    done = [r.id for r in week if dict(r.said).get("BR") == "approve"]
    assert 4 < len(done) < MANY
    assert screen.decided.text() == str(len(done))
    assert ids(screen.past) == done[:2]
    assert screen.past.rows()[0].icon == "circle-check"
    assert re.fullmatch(rf"Show 2 more of {len(done) - 2}", screen.past.rows()[-1].title)
    for _ in range(len(done) // 2 + 1):
        screen.present.more("done")
    assert ids(screen.past) == done


@pytest.mark.parametrize(("lang", "word"), [("en", "Scheduled"), ("ar", "مجدول")])
def test_a_state_is_found_by_its_word(qtbot, opened, lang, word):
    texts_of.use(lang)
    window = opened()
    wanted = [r.id for r in window.ctx.desk.messages.rows() if r.state == "scheduled"]
    window.palette_.open()
    window.palette_.field.setText(word)
    found = [row.id.removeprefix("at:") for row in window.palette_.model.rows() if row.id.startswith("at:")]
    assert found
    assert set(found) == set(wanted)
    window.go("messages", "")
    window.here().filter.setText(word)
    assert ids(window.here().model) == wanted


def test_today_shows_all_that_is_open(opened):
    window = opened()
    screen, rows = window.here(), window.ctx.desk.messages.rows()
    assert set(ids(screen.waiting)) == {r.id for r in rows if r.state == "submitted"}
    assert set(ids(screen.needs)) == {r.id for r in rows if r.state == "draft" or r.waiting_for_me}
    start = screen.strip.start()
    assert {d.id for d in screen.strip.dots} >= {
        r.id for r in rows if r.planned_ms and start <= r.planned_ms < start + 86_400_000
    }
    assert len(screen.strip.dots) < MANY / 2


# -- the model


def test_a_page_says_what_is_left():
    rows = [Row("a", "A"), Row("b", "B")]
    assert page(rows, 2, 5) == rows
    assert [r.title for r in page(rows, 9, 5)] == ["A", "B", "Show 5 more of 7"]
    assert [r.title for r in page(rows, 3, 5)] == ["A", "B", "Show 1 more of 1"]


def test_a_long_list_changes_quickly(qtbot):
    model = RowModel()
    rows = [Row(str(n), f"Row {n}") for n in range(20_000)]
    begun = time.perf_counter()
    model.put(rows)
    model.put([Row("new", "New"), *rows[:-1]])
    model.put(rows[10_000:])
    assert list(model.rows()) == rows[10_000:]
    assert time.perf_counter() - begun < 2
    QApplication.processEvents()


# -- the start

# PySide goes on using the method that it once found, also when another stands in its place.
METHODS = []
LATE = (
    "regex", "difflib", "http.client", "html.parser", "PIL", "g20desk.rulebook", "g20desk.desk.settling",
    "g20desk.desk.showing", "g20desk.desk.publish", "ui.composer.view", "ui.messages.view", "ui.first_run.view",
    "ui.palette",
)  # fmt: skip


def test_what_the_first_screen_does_not_need_is_not_loaded(folder):
    code = (
        "import sys\nfrom tests.bench import child\n"
        f"child.ready = lambda: print('late:', *(name for name in {LATE!r} if name in sys.modules))\n"
        "child.window(sys.argv[1])"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(folder)], cwd=stores.ROOT, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == ["late:"]


def test_a_window_that_stands_has_been_painted_once(qtbot, folder, monkeypatch):
    painted, paint = [], TimeStrip.paintEvent

    def noted(self, event):
        painted.append(self.dots)
        paint(self, event)

    METHODS.append(noted)
    monkeypatch.setattr(TimeStrip, "paintEvent", noted)
    app = App(folder, "Officer")
    qtbot.waitUntil(lambda: bool(painted), timeout=10_000)
    app.window.sender.stop()
    qtbot.waitUntil(app.worker.idle, timeout=10_000)
    assert painted[0]
    assert len(painted) == 1
    app.close()


def test_garbage_is_looked_for_once_the_start_is_over():
    gc.disable()
    settle()
    assert gc.isenabled()
    gc.unfreeze()


def test_messages_of_one_moment_are_all_there_page_by_page(qtbot, tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "PAGE", 3)
    folder = tmp_path / "office"
    Desk.rehearse(folder)
    desk = Desk.open(folder, "Officer")
    for number in range(10):
        desk.messages.new(content(f"Draft {number}."))
    desk.store.db.execute("update rows set updated = 7 where rowid % 4 != 0")
    wanted = {row.id for row in desk.messages.rows()}
    present = messages.MessagesPresenter(Ctx(desk, facts(desk), InlineWorker(), Bus()))
    shown = []
    present.listed.connect(lambda rows: shown.append([row.id for row in rows if not row.id.startswith(MORE)]))
    present.load()
    while len(shown[-1]) < 10:
        before = len(shown[-1])
        present.more()
        assert before < len(shown[-1]) <= before + 3
    assert len(shown[-1]) == len(wanted)
    assert set(shown[-1]) == wanted


@pytest.mark.parametrize("words", ["", "message"])
def test_a_further_page_is_asked_for_alone(opened, monkeypatch, words):
    """However far one has gone down, the next step costs a page."""
    window = opened()
    window.go("messages", "")
    screen = window.here()
    screen.filter.setText(words)
    asked = []
    rows = Messages.rows

    def noted(self, *about, **more):
        found = rows(self, *about, **more)
        asked.append(len(found))
        return found

    monkeypatch.setattr(Messages, "rows", noted)
    monkeypatch.setattr(messages, "PAGE", 50)
    here = len(ids(screen.model))
    in_all = screen.present.total
    assert in_all > here
    screen.present.more()
    assert max(asked) <= 51
    assert len(ids(screen.model)) == min(in_all, here + 50)
    assert ids(screen.model) == [row.id for row in rows(window.ctx.desk.messages, search=words)][: here + 50]
