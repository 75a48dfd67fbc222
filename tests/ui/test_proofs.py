"""A proof for others is saved from the message and checked on Record, by keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog

from g20desk.desk import Desk, packing
from g20desk.record import report, verify
from g20desk.record.withholding import Wish
from tests.ledger import vectors
from tests.ui.test_main_job import press
from tests.ui.test_scheduling import said


@pytest.fixture
def dialogs(monkeypatch):
    """The file that a person names, where a dialog asks for one."""
    named: list[Path] = []
    monkeypatch.setattr(QFileDialog, "open", lambda self: self.fileSelected.emit(str(named[-1])))
    return named


@pytest.fixture
def messages(open_window, sent):
    window = open_window("Officer")
    window.go("messages", sent)
    window.here().list.setFocus()
    return window


def test_a_proof_is_saved_by_keys_and_proves_itself(qtbot, messages, sent, dialogs, tmp_path):
    dialogs.append(tmp_path / "proof.html")
    press(qtbot, messages, Qt.Key.Key_F)
    bar = messages.here().proof
    assert bar.isVisible() and not messages.here().acts.isVisible()
    assert [box.text() for box in bar.boxes.values() if box.isChecked()] == ["English", "People's names"]
    press(qtbot, bar.boxes["names"], Qt.Key.Key_Space)
    press(qtbot, bar.boxes["names"], Qt.Key.Key_Return)
    assert not bar.isVisible() and messages.here().acts.isVisible()
    found = report.report(verify.verify(verify.load(tmp_path / "proof.html")))
    assert found["message"]["id"] == sent and found["decisions"][0]["person"].startswith("Name withheld")
    assert found["texts"][0]["parts"] == ["Growth is 3.1%."]
    assert any("proof.html proves it to anybody, as of place" in words for words in said(messages.here()))


def test_what_is_not_ticked_is_not_shown(qtbot, messages, dialogs, tmp_path):
    dialogs.append(tmp_path / "proof.json")
    press(qtbot, messages, Qt.Key.Key_F)
    bar = messages.here().proof
    for name in ("text en", "complete"):
        bar.boxes[name].toggle()
    bar.sign.click()
    found = report.report(verify.verify(verify.load(tmp_path / "proof.json")))
    assert found["texts"][0]["withheld"] and found["complete"]
    assert "Growth" not in (tmp_path / "proof.json").read_text()


def test_a_draft_has_no_proof(qtbot, open_window, folder):
    from g20desk.desk import Desk

    draft = next(r.id for r in Desk.open(folder, "Officer").messages.rows() if r.state == "draft")
    window = open_window("Officer")
    window.go("messages", draft)
    window.here().list.setFocus()
    press(qtbot, window, Qt.Key.Key_F)
    assert not window.here().proof.isVisible()
    assert "Proof for others" not in said(window.here())


def test_a_folder_that_takes_nothing_is_said(qtbot, messages, dialogs, tmp_path):
    dialogs.append(tmp_path / "none" / "proof.html")
    press(qtbot, messages, Qt.Key.Key_F)
    messages.here().proof.sign.click()
    assert any("can't be written" in words for words in said(messages.here()))


def test_a_proof_is_checked_on_record(qtbot, messages, sent, dialogs, tmp_path):
    dialogs.append(tmp_path / "proof.html")
    press(qtbot, messages, Qt.Key.Key_F)
    messages.here().proof.sign.click()
    messages.go("record", "")
    record = messages.here()
    record.list.setFocus()
    press(qtbot, messages, Qt.Key.Key_P)
    shown = said(record.proof_page)
    assert record.pages.currentWidget() is record.proofs
    for words in ("It holds.", "It is of this office.", "Sent"):
        assert words in shown, shown
    assert any("Growth is 3.1%." in one for one in shown)
    assert any("Approved" in one and "Brazil" in one for one in shown), shown
    data = (tmp_path / "proof.html").read_bytes().replace(b"Growth is 3", b"Growth is 4")
    (tmp_path / "proof.html").write_bytes(data)
    record.proof_page.another.emit()
    shown = said(record.proof_page)
    assert "It does not hold. Nothing in it is to be believed." in shown and "It holds." not in shown
    assert "The pack was changed after its maker signed it." in shown
    assert not [one for one in shown if "Growth" in one]
    record.list.setFocus()
    press(qtbot, messages, Qt.Key.Key_Escape)
    assert record.pages.currentWidget() is record.detail


def test_a_proof_of_another_office_is_said_to_be(qtbot, messages, dialogs):
    dialogs.append(vectors.FOLDER / "proof-pack.json")
    messages.go("record", "")
    messages.here().list.setFocus()
    press(qtbot, messages, Qt.Key.Key_P)
    shown = said(messages.here().proof_page)
    assert "It is of another office." in shown and "river fiddle apron jasmine mango blanket" in " ".join(shown)


def test_a_file_that_is_not_there_is_said(qtbot, messages, dialogs, tmp_path):
    dialogs.append(tmp_path / "none.html")
    messages.go("record", "")
    messages.here().list.setFocus()
    press(qtbot, messages, Qt.Key.Key_P)
    assert any("can't be read" in one for one in said(messages.here()))


def test_a_relay_s_proof_names_who_took_the_line_on_and_who_agreed_to_it(qtbot, messages, folder, dialogs, tmp_path):
    officer, brazil, presidency = (Desk.open(folder, who) for who in ("Officer", "Liaison Brazil", "Presidency"))
    made = officer.lines.new({"en": "Debt relief for forty countries."}, "debt", {"en": ("forty countries",)})
    officer.messages.submit(made["line"])
    brazil.messages.decide(made["line"], "approve", made["digest"])
    (asked,) = officer.relays.ask(made["line"], ["ZA Presidency X"])
    presidency.relays.adopt(asked["relay"])
    packing.write(officer, asked["relay"], tmp_path / "relay.json", Wish())
    dialogs.append(tmp_path / "relay.json")
    messages.go("record", "")
    messages.here().list.setFocus()
    press(qtbot, messages, Qt.Key.Key_P)
    shown = said(messages.here().proof_page)
    for words in ("It holds.", "Decisions on the line", "Adopted by", "Locked phrases that stand in it"):
        assert words in shown, shown
    assert any("Presidency" in one and "South Africa" in one for one in shown)
    assert any("Approved" in one and "Brazil" in one for one in shown)
