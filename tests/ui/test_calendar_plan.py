"""Plans of days in the calendar: entries stand there, linked ones move together, clashes over members have a way out."""

import pytest
from PySide6.QtCore import QPoint, Qt

from g20desk.clock import iso
from g20desk.desk import Desk
from tests.ui.test_calendar import ALT, calendar, pick, planned, press  # noqa: F401
from tests.ui.test_screens import nameless

HOUR = 3_600_000


@pytest.fixture
def plan(calendar, folder):  # noqa: F811
    """A plan of tomorrow: the first and the third post, which are linked with an entry that has a title alone."""
    officer = Desk.open(folder, "Officer")
    id = officer.plans.new("Summit, day 1", iso(calendar.two)[:10], "UTC")
    messages = [pick(calendar, "Number 0"), pick(calendar, "Number 2")]
    entries = [officer.plans.put(id, {"what": f"message:{one}", "at": calendar.two}) for one in messages]
    entries.append(officer.plans.put(id, {"at": calendar.two + HOUR, "topic": "photo"}, title="Family photo"))
    officer.plans.link(id, entries)
    calendar.present.load()
    calendar.plan, calendar.messages, calendar.entries, calendar.officer = id, messages, entries, officer
    return calendar


def chip(screen, title):
    return next(c for c in screen.board().page.chips if c.title.startswith(title))


def at(screen, entry):
    """When an entry is planned."""
    return next(one["at"] for one in screen.officer.plans.show(screen.plan)["entries"] if one["entry"] == entry)


def test_entries_stand_among_the_posts_and_say_what_moves_with_them(plan):
    photo = chip(plan, "Family photo")
    assert (photo.state, photo.linked, photo.plan) == ("in-plan", 2, "Summit, day 1")
    assert "2 linked posts move with it" in photo.sentence() and "In the plan" in photo.sentence()
    assert [c.title for c in plan.board().page.chips].count("Number 0 of three.") == 1
    assert chip(plan, "Number 1").linked == 0
    assert nameless(plan) == []


@pytest.mark.parametrize("title", ["Family photo", "Number 0"])
def test_linked_posts_move_together_by_keys_and_are_shown_where_they_would_go(qtbot, plan, title):
    pick(plan, title)
    press(qtbot, plan, Qt.Key.Key_Down, ALT)
    assert plan.bar.isVisible() and "2 linked posts move with it." in plan.bar.words.text()
    moving = {c.title: c.at for c in plan.board().page.chips if c.moving}
    assert moving == {"Number 0 of three.": plan.two + HOUR // 4, "Number 2 of three.": plan.two + HOUR // 4,
                      "Family photo": plan.two + HOUR + HOUR // 4}  # fmt: skip
    assert [planned(plan, one) for one in plan.messages] == [plan.two, plan.two], "nothing is signed yet"
    press(qtbot, plan, Qt.Key.Key_Return)
    assert [planned(plan, one) for one in plan.messages] == [plan.two + HOUR // 4] * 2
    assert at(plan, plan.entries[2]) == iso(plan.two + HOUR + HOUR // 4)
    press(qtbot, plan, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    press(qtbot, plan, Qt.Key.Key_Return)
    assert [planned(plan, one) for one in plan.messages] == [plan.two] * 2


def test_dragging_one_moves_all(qtbot, plan):
    board = plan.board()
    board.repaint()
    box = next(box for box, one in board.boxes if one.title == "Family photo")
    start = box.center()
    qtbot.mousePress(board, Qt.MouseButton.LeftButton, pos=start)
    step = QPoint(0, board.y(2 * HOUR) - board.y(HOUR))
    qtbot.mouseMove(board, start + step)
    qtbot.mouseRelease(board, Qt.MouseButton.LeftButton, pos=start + step)
    assert plan.present.pending is not None and plan.present.pending.along.goes == 2
    moved = plan.present.pending.to - plan.present.pending.was
    plan.present.sign(plan.present.pending)
    assert [planned(plan, one) - plan.two for one in plan.messages] == [moved] * 2


def test_what_stays_is_said_before_anything_is_signed(qtbot, plan):
    plan.officer.embargoes.place(plan.two + 4 * HOUR, "Until the communiqué.", account="G20 Bluesky")
    pick(plan, "Family photo")
    press(qtbot, plan, Qt.Key.Key_Down, ALT)
    said = plan.bar.words.text()
    assert "1 linked post moves with it." in said and "“Number 2 of three.” stays:" in said
    press(qtbot, plan, Qt.Key.Key_Return)
    assert [planned(plan, one) - plan.two for one in plan.messages] == [HOUR // 4, 0]


def test_two_posts_are_linked_by_a_key_and_let_go_by_another(qtbot, plan):
    pick(plan, "Number 1")
    press(qtbot, plan, Qt.Key.Key_B)
    assert plan.notice.isVisible()
    pick(plan, "Number 0")
    press(qtbot, plan, Qt.Key.Key_B)
    assert chip(plan, "Number 1").linked == 3 and chip(plan, "Number 0").linked == 3
    press(qtbot, plan, Qt.Key.Key_U)
    assert chip(plan, "Number 0").linked == 0 and chip(plan, "Number 1").linked == 2


def test_a_plan_is_opened_for_two_posts_of_a_day_that_has_none(qtbot, calendar, folder):  # noqa: F811
    for title in ("Number 0", "Number 2"):
        pick(calendar, title)
        press(qtbot, calendar, Qt.Key.Key_B)
    (plan,) = Desk.open(folder, "Officer").plans.rows()
    assert plan["entries"] == 2 and chip(calendar, "Number 0").linked == 1


def test_an_embargo_that_another_entry_breaks_is_a_clash_with_one_way_out(qtbot, plan):
    until = plan.two + 3 * HOUR
    plan.officer.plans.put(plan.plan, {"at": until, "topic": "photo", "not_before": until}, title="All leaders")
    plan.present.load()
    page = plan.board().page
    (clash,) = [one for one in page.contradictions if one.to]
    assert set(clash.titles) == {"Family photo", "All leaders"} and clash.to == until
    assert chip(plan, "Family photo").clash and chip(plan, "All leaders").clash
    assert any(band.end == until and not band.lifts for band in page.bands)
    plan.present.propose(chip(plan, "Family photo"), clash.to)
    press(qtbot, plan, Qt.Key.Key_Return)
    assert not [one for one in plan.board().page.contradictions if one.to == until]


def test_what_somebody_else_plans_is_seen_and_not_moved_by_those_who_may_not(qtbot, plan, folder):
    liaison = Desk.open(folder, "Liaison Brazil")
    plan.present.ctx.desk = liaison
    plan.present.load()
    pick(plan, "Family photo")
    press(qtbot, plan, Qt.Key.Key_Down, ALT)
    assert plan.notice.isVisible() and not plan.bar.isVisible()


def test_something_is_put_into_the_plan_by_keys_and_taken_out(qtbot, plan):
    pick(plan, "Family photo")
    press(qtbot, plan, Qt.Key.Key_N)
    bar = plan.entry
    assert bar.isVisible() and not bar.sign.isEnabled() and nameless(plan) == []
    qtbot.keyClicks(bar.title, "Leaders leave")
    bar.plan.setCurrentIndex(bar.plan.findText("Summit, day 1"))
    bar.accounts.options["G20 X"].trigger()
    bar.embargo.setChecked(True)
    press(qtbot, plan, Qt.Key.Key_Return)
    row = next(one for one in plan.officer.plans.show(plan.plan)["entries"] if one["title"] == "Leaders leave")
    assert (row["at"], row["embargo"], row["accounts"]) == (iso(plan.two + HOUR), iso(plan.two + HOUR), ["G20 X"])
    pick(plan, "Leaders leave")
    plan.board().setFocus()
    press(qtbot, plan, Qt.Key.Key_X)
    assert "Leaders leave" not in [c.title for c in plan.board().page.chips]
    pick(plan, "Number 1")
    press(qtbot, plan, Qt.Key.Key_X)
    assert plan.notice.isVisible()


@pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)", "grabbing the keyboard")
def test_what_an_entry_says_is_changed_by_keys(qtbot, plan):
    pick(plan, "Family photo")
    press(qtbot, plan, Qt.Key.Key_C)
    bar = plan.entry
    assert (bar.title.text(), bar.topic.text(), bar.when.isVisible()) == ("Family photo", "photo", False)
    assert not bar.sign.isEnabled() and bar.sign.toolTip() == "Nothing is changed yet" and nameless(plan) == []
    bar.accounts.click()
    for _ in range(2):  # the first two, and Escape leaves the menu alone
        qtbot.keyClick(bar.accounts.menu, Qt.Key.Key_Space)
        qtbot.keyClick(bar.accounts.menu, Qt.Key.Key_Down)
    qtbot.keyClick(bar.accounts.menu, Qt.Key.Key_Escape)
    assert bar.isVisible() and bar.accounts.text().count("G20") == 2
    bar.langs.options["fr"].trigger()
    bar.topic.setText("family photo")
    bar.title.setFocus()
    press(qtbot, plan, Qt.Key.Key_Return)
    row = next(one for one in plan.officer.plans.show(plan.plan)["entries"] if one["title"] == "Family photo")
    assert (sorted(row["accounts"]), row["langs"], row["topic"]) == (
        sorted(list(plan.present.accounts)[:2]),
        ["fr"],
        "family photo",
    )
    assert (row["at"], row["embargo"]) == (iso(plan.two + HOUR), None)


def test_what_a_message_in_the_plan_says_is_written_in_the_message(qtbot, plan):
    pick(plan, "Number 0")
    press(qtbot, plan, Qt.Key.Key_C)
    assert plan.notice.isVisible() and not plan.entry.isVisible()
