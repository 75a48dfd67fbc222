"""The record's screen: real acts of a real office, by keys."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk, evidence
from g20desk.errors import Refused
from g20desk.office.fold import ACTS
from tests.desks.world import world
from ui import shots
from ui.record import carrying
from ui.record import presenter as presenting
from ui.record.words import CURES, KINDS, fault, kinds_of
from ui.rows import MORE
from ui.widgets.base import Label
from ui.worker import InlineWorker


@pytest.fixture
def record(open_window):
    """The screen, in front."""
    window = open_window()
    window.go("record", "")
    return window.here()


def titles(view):
    return [(row.title, row.line) for row in view.model.rows()]


def labels(page):
    """What is shown on it."""
    QApplication.processEvents()
    return [label.text() for label in page.findChildren(Label) if label.isVisibleTo(page)]


def facts(view):
    """What the side panel says."""
    return labels(view.detail)


def test_every_kind_of_act_has_its_words_and_is_in_one_group():
    assert set(ACTS) <= set(KINDS)
    found = [
        kind
        for group in ("texts", "decisions", "plan", "posts", "stops", "people", "office")
        for kind in kinds_of(group)
    ]
    assert sorted(found) == sorted(KINDS)


def test_the_newest_act_is_first_and_in_the_side_panel(record):
    row = record.model.rows()[0]
    assert (row.title, row.right) == ("Scheduled", "Officer")
    assert row.line.startswith("\u2068Trade ministers open")
    assert record.list.current_id() == row.id
    said = facts(record)
    assert "It counts" in said
    assert any("Communication officer" in one for one in said)
    assert any("UTC" in one for one in said)


def test_keys_move_open_and_come_back(qtbot, record):
    window = record.window()
    qtbot.keyClick(record.list, Qt.Key.Key_J)
    assert record.list.current_id() == record.model.rows()[1].id
    assert "Approved" in facts(record)
    qtbot.keyClick(record.list, Qt.Key.Key_Return)
    assert window.here() is window.screens["messages"]
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert window.here() is record


def test_words_narrow_the_list_in_the_readers_language(record):
    record.filter.setText("press centre")
    assert [title for title, _ in titles(record)] == ["Revised"]
    record.filter.setText("submitted")
    assert {title for title, _ in titles(record)} == {"Submitted for sign-off"}
    record.filter.setText("nothing like it")
    assert not record.model.rows()
    assert record.nothing.text() == "No act is like that."
    record.show_all.click()
    assert len(record.model.rows()) > 10
    assert not record.filter.text()


def test_person_kind_and_refused(record, folder):
    officer = Desk.open(folder, "Officer")
    made = officer.messages.rows(state="submitted")[0]
    with pytest.raises(Refused):
        officer.messages.decide(made.id, "approve", officer.messages.show(made.id)["digest"])
    record.present.load()
    record.boxes[0].setCurrentText("Liaison Brazil")
    record.boxes[0].activated.emit(record.boxes[0].currentIndex())
    assert [title for title, _ in titles(record)] == ["Approved"]
    record.all()
    record.turn(presenting.REFUSED)
    assert [(row.title, row.spoken, row.mark) for row in record.model.rows()] == [
        ("Approved", "It does not count", "circle-x")
    ]
    said = " ".join(facts(record))
    assert "Who wrote or submitted a text does not sign it off." in said
    assert CURES["author"] in said


def test_pages_are_asked_for_one_by_one(qtbot, monkeypatch, record):
    monkeypatch.setattr(presenting, "PAGE", 5)
    record.all()
    assert [row.id for row in record.model.rows()][-1] == f"{MORE}5"
    while record.model.rows()[-1].id.startswith(MORE):
        at = record.model.rowCount() - 1
        record.list.setCurrentIndex(record.model.index(at))
        qtbot.keyClick(record.list, Qt.Key.Key_Return)
    ids = [row.id for row in record.model.rows()]
    assert len(ids) == len(set(ids)) == record.ctx.desk.record.total()


def test_what_arrives_leaves_selection_and_scroll_where_they_are(record, folder):
    record.list.pick(record.model.rows()[8].id)
    picked, said = record.list.current_id(), facts(record)
    record.ctx.desk.holds.place("A leak.")
    assert record.model.rows()[0].title == "Placed a hold"
    assert record.list.current_id() == picked
    assert facts(record) == said


def test_the_whole_record_is_checked_and_a_fault_is_named(qtbot, record):
    record.check()
    assert "The whole record holds." in labels(record.check_page)
    store = record.ctx.desk.store
    store.db.execute("update events set body = replace(body, 'press', 'PRESS') where place = 12")
    store.db.execute("update events set body = cast(body || ' ' as blob) where place = 12")
    record.check()
    said = " ".join(labels(record.check_page))
    assert "The record does not hold. At place 12" in said


def test_a_check_can_be_stopped(record, monkeypatch):
    from g20desk.desk import verifying

    monkeypatch.setattr(verifying, "BATCH", 2)
    seen = []

    def going(done, total):
        seen.append(done)
        if done:
            record.check_page.halt.click()

    record.present.going.connect(going)
    record.check()
    assert seen == [0, 2]
    assert any(one.startswith("Stopped.") for one in labels(record.check_page))
    assert record.check_page.again.isVisibleTo(record.check_page)


def test_two_desks_compare_their_newest_places(record, folder):
    desk = record.ctx.desk
    record.check()
    record.check_page.copy.click()
    line = QGuiApplication.clipboard().text()
    assert line == evidence.head_line(desk.store)
    assert evidence.head_words(desk.store) in record.check_page.words.text()
    record.check_page.other.setText(line)
    record.check_page.other.returnPressed.emit()
    assert any("One history" in one for one in labels(record.check_page))
    record.check_page.other.setText("rubbish")
    record.check_page.other.returnPressed.emit()
    assert any("no line" in one for one in labels(record.check_page))


def test_a_copy_for_others_is_written(record, tmp_path):
    file = tmp_path / "copy.jsonl"
    record.present.export(file)
    assert json.loads(file.read_text().splitlines()[0])["events"] == record.ctx.desk.record.total()
    assert record.notice.isVisibleTo(record)


def test_only_the_acts_of_one_message_by_key_and_back(qtbot, record):
    total = record.model.rowCount()
    qtbot.keyClick(record.list, Qt.Key.Key_O)
    assert {line for _, line in titles(record)} >= {"\u2068Trade ministers open their meeting today.\u2069"}
    assert all("Trade ministers" in line for _, line in titles(record))
    assert record.narrowed.isVisibleTo(record)
    qtbot.keyClick(record.list, Qt.Key.Key_Escape)
    assert record.model.rowCount() == total
    assert not record.narrowed.isVisibleTo(record)


def test_who_may_not_read_drafts_sees_that_they_are_there(open_window):
    window = open_window("Liaison Brazil")
    window.go("record", "")
    row = next(row for row in window.here().model.rows() if row.title == "Sealed for the office's staff")
    window.here().list.pick(row.id)
    assert "This desk checks that it is in its place" in " ".join(facts(window.here()))
    assert not row.line


def test_faults_are_told_in_words_and_what_is_not_known_stays_as_it_is():
    assert fault("place 7: running hash") == ("At place 7", "the chain of places does not go on here")
    assert fault("event 0123456789ab: signature")[1] == "the signature on it does not hold"
    assert fault("place 3: piece 0123456789ab") == ("At place 3", "a text or picture was changed afterwards")
    assert fault("place 3: form: something")[1] == "form: something"


def test_the_record_goes_on_a_stick_and_comes_in_from_one(qtbot, tmp_path):
    with world(tmp_path, "otto") as office:
        office.draft("otto", "Ministers meet.")
        window = shots.opened(office.desk("otto"), InlineWorker())
        qtbot.addWidget(window)
        window.go("record", "tentative")
        view = window.here()
        assert view.model.rowCount() == 1
        view.present.do(carrying.carry(view.ctx, tmp_path / "stick"))
        assert "1 acts not yet in the record" in view.notice.accessibleName()
        other = shots.opened(office.desk("head"), InlineWorker())
        qtbot.addWidget(other)
        other.go("record", "")
        other.here().present.do(carrying.bring(other.ctx, tmp_path / "stick"))
        assert "1 acts" in other.here().notice.accessibleName()
        assert other.here().model.rows()[0].line.strip("\u2068\u2069") == "Ministers meet."
        (tmp_path / "rubbish").write_text("rubbish")
        other.here().present.do(carrying.bring(other.ctx, tmp_path / "rubbish"))
        assert "no bundle" in other.here().notice.accessibleName()
        for one in (window, other):
            one.close()
