"""The library's screen: a file is taken in by one person and adopted by another; what is agreed is searched."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel

from g20desk.desk import Desk
from tests.ui.test_agreed_wording import LINE, agreed
from ui.rows import ROW

ROWS = (
    "phrase\tphrase.fr\tsummit\tyear\na just transition for all who work\tune transition juste pour tous\tBelém\t2025\n"
)


@pytest.fixture
def screen(open_window):
    """The library, as a person sees it."""

    def opened(person):
        window = open_window(person)
        window.go("library", "")
        return window.here()

    return opened


def take_in(screen, qtbot, path):
    """By the key and the dialog for files."""
    qtbot.keyClick(screen.sets, Qt.Key.Key_I)
    dialog = screen.findChild(QFileDialog)
    dialog.close()
    dialog.fileSelected.emit(str(path))


def titles(screen):
    return [screen.rows.index(n).data(ROW).title.strip("\u2068\u2069") for n in range(screen.rows.rowCount())]


def said(screen):
    return " ".join(one.text() for one in screen.work.findChildren(QLabel) if not one.isHidden())


def test_one_takes_a_file_in_and_the_head_adopts_it(qtbot, screen, tmp_path):
    file = tmp_path / "Belém.tsv"
    file.write_text(ROWS, encoding="utf-8")
    mine = screen("Officer")
    mine.sets.setFocus()
    take_in(mine, qtbot, file)
    assert "1 text is new, 0 are in the library" in mine.bar.under.text()
    qtbot.keyClicks(mine.bar.reason, "Adopted by Leaders.")
    qtbot.keyClick(mine.bar.reason, Qt.Key.Key_Return)
    assert titles(mine) == ["a just transition for all who work", "une transition juste pour tous"]
    qtbot.waitUntil(
        lambda: "Adopted by Leaders." in said(mine) and "A second person adopts agreed language." in said(mine)
    )
    theirs = screen("Head of office")
    theirs.window().go("today", "")
    today = theirs.window().here()
    (wanted,) = [row for row in today.needs.rows() if row.id.startswith("agreed/")]
    today.present.open(wanted.id)
    assert theirs.window().here() is theirs and theirs.present.id == mine.present.id
    theirs.sets.setFocus()
    qtbot.keyClick(theirs.sets, Qt.Key.Key_A)
    theirs.bar.sign.click()
    assert Desk.open(theirs.ctx.desk.folder, "Presidency").library.sets()[0]["adopted_by"] == "Head of office"
    qtbot.waitUntil(lambda: "adopted by" in said(theirs))
    qtbot.keyClick(theirs.sets, Qt.Key.Key_W)
    qtbot.keyClicks(theirs.bar.reason, "It was a draft.")
    theirs.bar.sign.click()
    assert theirs.present.now.sets == {} and theirs.present.now.id == ""


def test_a_file_with_faults_is_told_with_its_rows_and_nothing_is_asked(qtbot, screen, tmp_path):
    file = tmp_path / "bad.tsv"
    file.write_text("phrase\tyear\nOne two\t25\n", encoding="utf-8")
    mine = screen("Officer")
    mine.sets.setFocus()
    take_in(mine, qtbot, file)
    assert mine.bar.isHidden() and "row 2, column year" in mine.notice.accessibleName()


def test_what_is_agreed_is_searched_and_a_line_leads_to_its_place(qtbot, screen, folder):
    line = agreed(folder)
    mine = screen("Liaison Brazil")
    assert mine.window().focusWidget() is mine.filter and not mine.take.isEnabled()
    qtbot.keyClicks(mine.filter, "forty countr")
    assert titles(mine) == [LINE]
    mine._opened("0")
    assert mine.window().here().present.id == line
    qtbot.keyClick(mine.window().here().list, Qt.Key.Key_B)
    assert mine.window().here() is mine
    qtbot.keyClick(mine.filter, Qt.Key.Key_Escape)
    assert len(titles(mine)) > 50
    mine.filter.setText("zzzz")
    assert mine.list.isHidden() and not mine.nothing.isHidden()


def test_it_is_saved_as_a_file(qtbot, screen, folder, tmp_path):
    agreed(folder)
    mine = screen("Liaison Brazil")
    mine.sets.setFocus()
    qtbot.keyClick(mine.sets, Qt.Key.Key_F)
    dialog = mine.findChild(QFileDialog)
    dialog.close()
    dialog.fileSelected.emit(str(tmp_path / "agreed.tmx"))
    assert LINE in (tmp_path / "agreed.tmx").read_text(encoding="utf-8")
