"""One voice: the list of lines, the line, who carried it, by keys; against a real desk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QLabel

from connectors.rehearsal.client import RehearsalClient
from g20desk.desk import Desk
from g20desk.network import Part, Setting
from ui import theme
from ui.voice.ticks import Ticks
from ui.widgets.button import KeyButton

LINE = "G20 members will mobilise $300 billion a year by 2035 for climate action, from public and private sources."
LOCKS = ("mobilise $300 billion a year by 2035", "public and private sources")
FRENCH = "Pour le climat, 300 milliards de dollars par an d’ici 2035, de sources publiques et privées."


@pytest.fixture
def voiced(folder: Path) -> dict[str, str]:
    """An agreed line with a relay that drifted, one that declined and one that waits; and a draft."""
    officer, brazil, presidency = (Desk.open(folder, who) for who in ("Officer", "Liaison Brazil", "Presidency"))
    head = Desk.open(folder, "Head of office")
    for name in ("ZA Treasury X", "ZA Climate X", "ZA Trade X"):
        head.accounts.add("rehearsal", name=name, owner="presidency:ZA", like="x")
    made = officer.lines.new({"en": LINE, "fr": FRENCH}, "climate finance", {"en": LOCKS}, source="Johannesburg, 12")
    officer.messages.submit(made["line"])
    brazil.messages.decide(made["line"], "approve", made["digest"])
    ids = {"line": made["line"]}
    for name, account in (("drifted", "ZA Presidency X"), ("declined", "ZA Treasury X"), ("asked", "ZA Climate X")):
        ids[name] = officer.relays.ask(made["line"], [account])[0]["relay"]
    said = LINE.replace("action, from", "action, with a fair share from")
    presidency.relays.adopt(ids["drifted"], said, when_ms=presidency.clock.now_ms())
    presidency.publish.once()
    presidency.relays.decline(ids["declined"], "Our minister speaks tomorrow.")
    ids["draft"] = officer.lines.new({"en": "Debt relief for forty countries."}, "debt", {})["line"]
    return ids


@pytest.fixture
def screen(open_window, voiced):
    """The screen with the agreed line in front, as an officer sees it."""
    window = open_window("Officer")
    window.go("one-voice", voiced["line"])
    return window.here()


def test_the_list_tells_what_became_of_each_line(screen, voiced):
    rows = {row.id: row for row in screen.model.rows()}
    assert screen.count.text() == "2"
    agreed, draft = rows[voiced["line"]], rows[voiced["draft"]]
    assert (agreed.title, agreed.third, agreed.third_right) == ("Climate finance", "drift in 1 of 1", "1 carried")
    assert agreed.line.startswith("Agreed ") and agreed.line.endswith("until taken back")
    assert (draft.line, draft.third) == ("Not agreed yet", "draft")


def test_drafts_are_for_staff(open_window, voiced):
    window = open_window("Liaison Brazil")
    window.go("one-voice", "")
    assert [row.id for row in window.here().model.rows()] == [voiced["line"]]


def test_each_account_is_marked_against_the_line(screen, voiced):
    rows = screen.accounts.rows
    assert list(rows) == [voiced["drifted"], voiced["declined"], voiced["asked"]]
    said = rows[voiced["drifted"]].accessibleName()
    assert "South Africa. ZA Presidency X. Drifted. 4 words added, 0 locked" in said
    assert "“\u2068Our minister speaks tomorrow.\u2069”" in rows[voiced["declined"]].accessibleName()
    (ticks,) = screen.findChildren(Ticks)
    assert ticks.ticks.count("added") == 4 and ticks.accessibleDescription().startswith("4 words added")
    assert screen.many.text() == "1 account"


def test_the_filters_leave_what_they_say(screen, voiced):
    screen.filters.parts["drift"].click()
    assert list(screen.accounts.rows) == [voiced["drifted"]]
    screen.filters.parts["members"].click()
    assert not screen.accounts.rows and screen.accounts.empty.text() == "None of those who were asked."
    screen.filters.parts["presidency"].click()
    assert len(screen.accounts.rows) == 3


def test_keys_go_from_the_list_to_the_accounts_and_back(qtbot, screen, voiced):
    screen.list.setFocus()
    qtbot.keyClick(screen.list, Qt.Key.Key_Return)
    assert screen.accounts.rows[voiced["drifted"]].hasFocus() and screen.accounts.id == voiced["drifted"]
    qtbot.keyClick(screen.focusWidget(), Qt.Key.Key_J)
    assert screen.accounts.id == voiced["declined"]
    qtbot.keyClick(screen.window(), Qt.Key.Key_Escape)
    assert screen.list.hasFocus()


def test_the_language_is_turned_with_one_key(qtbot, screen):
    assert "mobilise" in screen.pane.text.accessibleName()
    qtbot.keyClick(screen.list, Qt.Key.Key_L)
    assert screen.pane.text.accessibleName() == FRENCH
    qtbot.keyClick(screen.list, Qt.Key.Key_L)
    assert screen.pane.lang == "en"


def test_what_others_do_appears_and_the_focus_stays(qtbot, screen, voiced):
    row = screen.accounts.rows[voiced["drifted"]]
    row.setFocus()
    screen.ctx.desk.relays.ask(voiced["line"], ["ZA Trade X"])
    assert len(screen.accounts.rows) == 4
    assert screen.accounts.rows[voiced["drifted"]] is row and row.hasFocus()


def test_a_list_is_narrowed_by_words_of_the_line(screen, voiced):
    screen.filter.setText("mobilise")
    assert [row.id for row in screen.model.rows()] == [voiced["line"]]
    screen.filter.setText("nothing of it")
    assert screen.empty.text() == "No line has these words." and screen.nothing.isVisibleTo(screen)
    assert screen.back() and screen.model.rowCount() == 2


def test_nothing_yet_is_said(open_window):
    window = open_window("Officer")
    window.go("one-voice", "")
    screen = window.here()
    assert screen.empty.text() == "No agreed lines yet." and screen.propose.hasFocus()
    assert screen.none.y() < 140 and screen.none.height() > 300, "it stands at the top"
    screen.propose.click()
    assert window.here().scope == "line"
    window = open_window("Liaison Brazil")
    window.go("one-voice", "")
    assert not window.here().propose.isVisible() and window.here().filter.hasFocus()


def test_a_narrow_window_keeps_the_work_and_calls_the_list(qtbot, screen):
    screen.window().resize(1024, 700)
    assert not screen.end.isVisible() and screen.accounts.isVisible()
    screen.toggle_panel()
    qtbot.waitUntil(lambda: screen.end.isVisible() and screen.end.x() == 0)


def test_drift_is_left_as_it_is_with_a_reason(qtbot, screen, voiced):
    row = screen.accounts.rows[voiced["drifted"]]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_E)
    assert screen.bar.isVisible() and not screen.bar.sign.isEnabled()
    qtbot.keyClicks(screen.bar.reason, "It says the same.")
    qtbot.keyClick(screen.bar.reason, Qt.Key.Key_Return)
    (one,) = [one for one in screen.ctx.desk.relays.carriers(voiced["line"]) if one.state == "drifted"]
    assert one.left == ("Officer", "It says the same.")
    texts = [label.text() for label in screen.accounts.beneath.findChildren(QLabel)]
    assert any("left it as it is: “\u2068It says the same.\u2069”" in text for text in texts)
    assert screen.model.rows()[screen.model.place(voiced["line"])].third == "drift in 1 of 1, left as it is"


def test_help_is_written_where_all_members_read_it(qtbot, screen, voiced):
    row = screen.accounts.rows[voiced["drifted"]]
    row.setFocus()
    qtbot.keyClick(row, Qt.Key.Key_Return)
    button = screen.focusWidget()
    assert button.text() == "Write to South Africa"
    button.click()
    qtbot.keyClicks(screen.bar.reason, "Could the share go?")
    qtbot.keyClick(screen.bar.reason, Qt.Key.Key_Return)
    (thread,) = screen.ctx.desk.messages.show(voiced["drifted"])["threads"]
    assert thread["comments"][0]["text"] == "Could the share go?"
    assert any(label.text() == "Could the share go?" for label in screen.accounts.beneath.findChildren(QLabel))


def test_the_communicator_is_told_why_they_leave_nothing(qtbot, open_window, voiced):
    window = open_window("Presidency")
    window.go("one-voice", voiced["line"])
    screen = window.here()
    screen.accounts.rows[voiced["drifted"]].setFocus()
    assert [b.text() for b in screen.accounts.beneath.findChildren(KeyButton)] == [
        "Write to South Africa",
        "Save a proof",
        "Open it",
    ]
    qtbot.keyClick(screen.focusWidget(), Qt.Key.Key_E)
    assert not screen.bar.isVisible() and screen.notice.isVisible()


def test_the_grid_is_walked_by_keys_and_opens_the_account(qtbot, screen, voiced):
    qtbot.keyClick(screen.list, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    grid, model = screen.grid, screen.grid.model_
    assert grid.isVisible() and (model.rowCount(), model.columnCount()) == (2, 21) and not screen.filters.isVisible()
    assert model.headerData(0, Qt.Orientation.Horizontal) == "AfU"
    at = model.index([one.id for one in model.lines].index(voiced["line"]), model.codes.index("ZA"))
    assert model.sentence(at) == "Climate finance. South Africa: Drifted. 3 accounts"
    grid.setFocus()
    grid.setCurrentIndex(model.index(at.row(), at.column() - 1))
    assert grid.accessibleDescription().endswith("Türkiye: Not asked") or "Not asked" in grid.accessibleDescription()
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert screen.accounts.isVisible() and screen.accounts.rows[voiced["drifted"]].hasFocus()


def test_the_grid_s_model_keeps_its_cells_while_they_change(qtmodeltester, screen, voiced):
    screen.present.turn("grid")
    qtmodeltester.check(screen.grid.model_)
    picked = screen.grid.currentIndex()
    screen.ctx.desk.relays.ask(voiced["line"], ["ZA Trade X"])
    assert screen.grid.currentIndex() == picked


def test_the_picture_over_time_says_when_in_words_and_turns_round(screen, voiced, qapp):
    screen.present.turn("time")
    picture = screen.timeline
    assert picture.isVisible() and picture.accessibleDescription().startswith(
        "South Africa, ZA Presidency X: Drifted, "
    )
    assert "ZA Treasury X: Declined" in picture.accessibleDescription()
    first, last = picture.span()
    assert picture.x_of(first) < picture.x_of(picture.rows[0].sent_ms) < picture.x_of(last) <= picture.width()
    assert all(first <= at <= last for at, _ in picture.labels())
    before = picture.grab().toImage()
    picture.setFocus()
    box = picture.grab(QRect(theme.px(60), 40, 300, 20)).toImage()
    assert len({box.pixel(x, y) for x in range(300) for y in range(20)}) > 3, "the focus does not cover it"
    picture.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert picture.grab().toImage() != before


def test_how_it_is_shown_is_kept_for_the_person_on_this_desk(open_window, voiced):
    window = open_window("Officer")
    window.go("one-voice", voiced["line"])
    window.here().present.turn("time")
    window.close()
    again = open_window("Officer")
    again.go("one-voice", voiced["line"])
    assert again.here().timeline.isVisible() and again.here().pages_.parts["time"].isChecked()


@pytest.fixture
def beside(folder, voiced):
    """The Presidency posted something like the line by its own means."""
    desk = Desk.open(folder, "Presidency")
    account = desk.accounts.get("ZA Presidency X")
    setting = Setting("", account.handle, account.identity, "", lambda _: None, state_dir=str(folder), like="x", name=account.name)  # fmt: skip
    text = LINE.replace("$300 billion", "$100 billion")
    RehearsalClient(setting, desk.clock).send([Part(text, "", {"text": text})], None, None)
    return voiced


def shown_buttons(judging):
    return [b for b in judging.findChildren(KeyButton) if b.isVisibleTo(judging)]


def test_posts_of_governments_are_read_listed_and_judged(qtbot, open_window, beside):
    window = open_window("Officer")
    window.go("one-voice", beside["line"])
    screen = window.here()
    judging = screen.accounts.judging
    assert judging.none.isVisibleTo(judging)
    qtbot.keyClick(screen.list, Qt.Key.Key_U)
    qtbot.waitUntil(lambda: bool(judging.shown))
    (one,) = judging.shown
    assert one.open and one.marks.lost == LOCKS[:1] and judging.many.text() == "1"
    buttons = {b.text(): b for b in judging.findChildren(KeyButton)}
    buttons["It says something else"].click()
    assert not screen.bar.sign.isEnabled(), "a reason is due"
    qtbot.keyClicks(screen.bar.reason, "The figure is the old one.")
    qtbot.keyClick(screen.bar.reason, Qt.Key.Key_Return)
    (one,) = judging.shown
    assert (one.row["answer"], one.row["why"], one.row["judged_by"]) == (
        "differs",
        "The figure is the old one.",
        "Officer",
    )
    assert judging.many.text() == "" and [b.text() for b in shown_buttons(judging)] == ["Read what governments posted"]


def test_who_is_not_of_the_office_reads_and_does_not_judge(qtbot, open_window, beside, folder):
    Desk.open(folder, "Officer").overheard.listen()
    window = open_window("Liaison Brazil")
    window.go("one-voice", beside["line"])
    judging = window.here().accounts.judging
    assert len(judging.shown) == 1 and shown_buttons(judging) == []
