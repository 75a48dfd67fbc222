"""The office's screen: people, invitations, requests, what waits for a second person; real desks, by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk, joining
from g20desk.desk.people import People
from g20desk.ledger import hub_client
from tests.desks.memory import URL, MemoryHub
from tests.desks.test_attending import Cut, gone
from tests.desks.world import World
from tests.story import Hands
from ui.office.rows import GUARDIANS, INVITATION, PERSON, PROPOSAL
from ui.widgets.base import Label
from ui.widgets.button import KeyButton


@pytest.fixture
def screen(open_window: Any) -> Any:
    window = open_window("Head of office")
    window.go("office", "")
    return window.here()


def labels(page: Any) -> list[str]:
    QApplication.processEvents()
    return [label.text() for label in page.findChildren(Label) if label.isVisibleTo(page)]


def titles(view: Any) -> list[str]:
    return [row.title.strip("\u2068\u2069") for row in view.model.rows()]


def pick(view: Any, title: str) -> None:
    row = next(row for row in view.model.rows() if title in row.title)
    view.list.pick(row.id)


def invited(qtbot: Any, view: Any, name: str, role: str = "officer", government: str = "") -> str:
    """An invitation, made by keys; its text."""
    qtbot.keyClick(view.list, Qt.Key.Key_N)
    assert view.window().focusWidget() is view.invite.name
    qtbot.keyClicks(view.invite.name, name)
    view.invite.about.put(role, government, "")
    qtbot.keyClick(view.invite.name, Qt.Key.Key_Return)
    assert view.pages.currentWidget() is view.invitation_page
    return str(view.invitation.text.toPlainText())


def test_people_are_listed_by_role_with_their_devices_and_the_guardians(screen: Any) -> None:
    assert titles(screen)[:2] == ["Head of office", "Officer"]
    assert titles(screen)[-1] == "No guardians named"
    assert screen.model.rows()[0].under == "You"
    said = labels(screen.detail_page)
    assert "Devices" in said and any("This desk" in one for one in said)
    assert "The office's own words" in said


def test_an_invitation_is_copied_and_saved(qtbot: Any, screen: Any, tmp_path: Path) -> None:
    text = invited(qtbot, screen, "Nia New")
    screen.invitation.copy.click()
    assert QGuiApplication.clipboard().text() == text
    screen.present.save(tmp_path / "x.g20desk", text)
    assert (tmp_path / "x.g20desk").read_text("utf-8") == text
    qtbot.keyClick(screen.invitation.copy, Qt.Key.Key_Escape)
    assert screen.pages.currentWidget() is screen.detail_page
    row = next(row for row in screen.model.rows() if row.id.startswith(INVITATION))
    assert "Nia New" in row.title and row.line == "Invited · Communication officer"


def test_what_is_missing_stands_at_its_field(qtbot: Any, screen: Any) -> None:
    qtbot.keyClick(screen.list, Qt.Key.Key_N)
    qtbot.keyClick(screen.invite.name, Qt.Key.Key_Return)
    assert screen.invite.fields["name"].error.text() == "Write the full name."
    qtbot.keyClicks(screen.invite.name, "Nia New")
    screen.invite.about.put("liaison", "", "")
    assert not screen.invite.fields["government"].isHidden()
    screen.invite.send()
    assert screen.invite.fields["government"].error.text() == "Say for which government."
    screen.invite.about.put("officer", "", "")
    screen.invite.name.setText("Officer")
    screen.invite.send()
    assert "already in the office" in screen.invite.fields["name"].error.text()


def test_a_request_is_taken_once_the_words_were_compared(qtbot: Any, screen: Any, tmp_path: Path) -> None:
    text = invited(qtbot, screen, "Nia New", "liaison", "MX")
    request, words = joining.join(tmp_path / "nia", text)
    screen.back()
    qtbot.keyClick(screen.list, Qt.Key.Key_T)
    screen.request.text.setPlainText(request)
    screen.request.look.click()
    assert screen.request.shown.accessibleName() == words
    assert "Liaison, Mexico" in screen.request.what.text()
    assert screen.window().focusWidget() is screen.request.typed
    assert not screen.request.go.isEnabled()
    qtbot.keyClicks(screen.request.typed, "other words than these are said")
    qtbot.keyClick(screen.request.typed, Qt.Key.Key_Return)
    assert "differ" in screen.request.trouble.text()
    assert screen.ctx.desk.office.named("Nia New") is None
    screen.request.typed.setText(words.upper())
    qtbot.keyClick(screen.request.typed, Qt.Key.Key_Return)
    assert screen.ctx.desk.office.named("Nia New") is not None
    assert screen.pages.currentWidget() is screen.detail_page
    assert "Nia New" in titles(screen)
    assert not [row for row in screen.model.rows() if row.id.startswith(INVITATION)]


def test_words_compared_by_ear_are_ticked_and_differing_ones_refused(qtbot: Any, screen: Any, tmp_path: Path) -> None:
    request, _ = joining.join(tmp_path / "nia", invited(qtbot, screen, "Nia New"))
    (tmp_path / "request").write_text(request, "utf-8")
    screen._request()
    screen.present.read(tmp_path / "request")
    screen.request.differ.click()
    assert "Nobody was taken in." in screen.request.trouble.text()
    assert screen.ctx.desk.office.named("Nia New") is None
    screen.present.read(tmp_path / "request")
    screen.request.heard.setChecked(True)
    screen.request.go.click()
    assert screen.ctx.desk.office.named("Nia New") is not None


def test_rubbish_is_no_request(qtbot: Any, screen: Any) -> None:
    screen._request()
    screen.request.look.click()
    assert screen.request.trouble.text() == "Paste the request first."
    screen.request.text.setPlainText("hello")
    screen.request.look.click()
    assert screen.request.trouble.text()


def test_somebody_leaves_with_a_reason(qtbot: Any, screen: Any) -> None:
    pick(screen, "Analyst")
    qtbot.keyClick(screen.list, Qt.Key.Key_L)
    assert screen.bar.isVisible()
    assert not screen.bar.sign.isEnabled()
    qtbot.keyClicks(screen.bar.reason, "Her term is over.")
    qtbot.keyClick(screen.bar.reason, Qt.Key.Key_Return)
    assert screen.ctx.desk.office.named("Analyst") is None
    assert titles(screen)[-1] == "Analyst"
    assert screen.model.rows()[-1].under == "Has left"


def test_a_lost_laptop_is_taken_out(qtbot: Any, screen: Any) -> None:
    pick(screen, "Liaison Italy")
    QApplication.processEvents()
    out = next(
        one for one in screen.detail_page.findChildren(KeyButton) if one.text() == "Take out" and one.isVisible()
    )
    assert "Take out the device" in out.accessibleName()
    out.click()
    qtbot.keyClicks(screen.bar.reason, "Left in a taxi.")
    qtbot.keyClick(screen.bar.reason, Qt.Key.Key_Return)
    office = screen.ctx.desk.office
    assert set(office.named("Liaison Italy").devices) <= office.gone
    assert "Taken out" in " ".join(labels(screen.detail_page))


def test_another_role_wants_a_reason(qtbot: Any, screen: Any) -> None:
    pick(screen, "Analyst")
    qtbot.keyClick(screen.list, Qt.Key.Key_E)
    screen.role.about.put("officer", "", "")
    screen.role.send()
    assert screen.role.fields["why"].error.text()
    qtbot.keyClicks(screen.role.why, "She drafts now.")
    qtbot.keyClick(screen.role.why, Qt.Key.Key_Return)
    assert screen.ctx.desk.office.named("Analyst").role == "officer"


def test_guardians_are_named_and_stand_in_the_list(qtbot: Any, screen: Any) -> None:
    qtbot.keyClick(screen.list, Qt.Key.Key_U)
    screen.guardians.send()
    assert screen.guardians.fields["name"].error.text() == "Choose two people at least."
    for name in ("Officer", "Liaison Brazil", "Liaison India"):
        screen.guardians.boxes[name].setChecked(True)
    screen.guardians.send()
    row = next(row for row in screen.model.rows() if row.id == GUARDIANS)
    assert row.right == "2 of 3 act together"
    screen.list.pick(GUARDIANS)
    assert "Act together" in labels(screen.detail_page)


def test_a_second_person_joins_with_the_words(
    qtbot: Any, screen: Any, open_window: Any, folder: Path, tmp_path: Path
) -> None:
    screen.ctx.desk.guardians.name(["Officer", "Liaison Brazil", "Liaison India"], 2)
    request, words = joining.join(tmp_path / "new", screen.ctx.desk.people.invite("Hana Head", "head"))
    screen._request()
    screen.present.look_at(request)
    screen.request.typed.setText(words)
    screen.request.go.click()
    assert "waits for" in screen.notice.accessibleName()
    assert screen.model.rows()[0].id.startswith(PROPOSAL)
    assert not screen.model.rows()[0].act
    other = open_window("Liaison Brazil")
    other.go("office", "")
    view = other.here()
    assert view.model.rows()[0].right == "Waits for you"
    view.list.pick(view.model.rows()[0].id)
    qtbot.keyClick(view.list, Qt.Key.Key_A)
    qtbot.keyClicks(view.bar.reason, words)
    qtbot.keyClick(view.bar.reason, Qt.Key.Key_Return)
    assert Desk.open(folder, "Head of office").office.named("Hana Head").role == "head"
    assert not [row for row in view.model.rows() if row.id.startswith(PROPOSAL)]


def test_a_further_device_of_ones_own(qtbot: Any, screen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    qtbot.keyClick(screen.list, Qt.Key.Key_D)
    assert screen.pages.currentWidget() is screen.invitation_page
    row = next(row for row in screen.model.rows() if row.id.startswith(INVITATION))
    assert row.line == "Invited · With a further device"


def test_who_may_not_is_told_why(qtbot: Any, open_window: Any) -> None:
    window = open_window("Analyst")
    window.go("office", "")
    view = window.here()
    view.list.pick(next(row.id for row in view.model.rows() if "Officer" in row.title))
    qtbot.keyClick(view.list, Qt.Key.Key_L)
    assert not view.bar.isVisible()
    assert "head of the office" in view.notice.accessibleName()
    view.notice.hide()
    qtbot.keyClick(view.list, Qt.Key.Key_N)
    assert view.notice.isVisible() and view.pages.currentWidget() is view.detail_page


def test_what_comes_in_leaves_a_form_and_the_selection(qtbot: Any, screen: Any, folder: Path) -> None:
    pick(screen, "Presidency")
    screen._invite()
    qtbot.keyClicks(screen.invite.name, "Nia")
    People(Desk.open(folder, "Head of office")).retire("Analyst", "Gone.")
    screen.present.load()
    assert screen.invite.name.text() == "Nia"
    assert screen.window().focusWidget() is screen.invite.name
    assert screen.list.current_id().startswith(PERSON) and "Presidency" in screen.list.currentIndex().data()


def test_the_order_is_handed_to_a_machine_of_the_office(
    qtbot: Any, screen: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(screen, "Officer")
    qtbot.keyClick(screen.list, Qt.Key.Key_H)
    qtbot.keyClick(screen.over.address, Qt.Key.Key_Return)
    assert screen.over.fields["address"].error.text() == "Write the address."
    made = World(tmp_path, {URL: MemoryHub(Hands().now_ms)})
    monkeypatch.setattr(hub_client, "Hub", made.made)
    qtbot.keyClicks(screen.over.address, URL)
    qtbot.keyClick(screen.over.address, Qt.Key.Key_Return)
    assert screen.pages.currentWidget() is screen.detail_page
    assert not screen.ctx.desk.keeps_order()
    said = " ".join(labels(screen.detail_page))
    assert URL in said
    assert "Hand the order over" not in [
        one.text() for one in screen.detail_page.findChildren(KeyButton) if one.isVisible()
    ]


def test_an_address_where_nothing_answers_is_said_at_its_field(
    qtbot: Any, screen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_client, "Hub", lambda *_, **__: Cut(gone()))
    screen._hand_over()
    qtbot.keyClicks(screen.over.address, URL)
    screen.over.send()
    assert "Nothing answers there" in screen.over.fields["address"].error.text()
    assert screen.over.go.isEnabled()
    assert screen.ctx.desk.keeps_order()
