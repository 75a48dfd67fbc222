"""A decision that has not reached the office, and one that turned out not to count: what its author sees."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from g20desk.desk import own_acts
from tests.desks.world import World, apart
from tests.ui.conftest import shown
from ui.messages.apart import PendingBox, UncountedBox
from ui.window import Window
from ui.worker import InlineWorker

MINUTE = 60_000


@pytest.fixture
def office(tmp_path: Path) -> Iterator[World]:
    with apart(tmp_path, "otto", "lia") as made:
        made.carry("head", "otto")
        yield made


@pytest.fixture
def open_on(qtbot: Any, office: World) -> Iterator[Callable[[str], Window]]:
    workers: list[InlineWorker] = []

    def make(who: str) -> Window:
        workers.append(InlineWorker())
        return shown(qtbot, office.desk(who), workers[-1])

    yield make
    for worker in workers:
        worker.close()


def submitted(office: World) -> tuple[str, str]:
    message = office.draft("otto")
    digest = str(office.desk("otto").messages.submit(message)["digest"])
    office.carry("otto", "lia", "head")
    return message, digest


def boxes(window: Window, kind: type[QWidget]) -> list[QWidget]:
    QApplication.processEvents()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return window.here().findChildren(kind)


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def test_a_decision_that_has_not_reached_the_office_says_so_where_it_was_made(office: World, open_on: Any) -> None:
    message, _ = submitted(office)
    window = open_on("lia")
    window.go("sign-off", message)
    screen = window.here()
    screen.choose("approve")
    screen.bar.sign.click()
    assert "It has not reached the office yet." in words(screen.notice)
    assert office.desk("lia").tentative
    (row,) = screen.past.rows()
    assert (
        (row.icon, row.tone) == ("cloud-off", "warn")
        and "has not reached the office" in row.spoken
        and row.right == "not yet in"
    )
    window.here().open(message)
    (box,) = boxes(window, PendingBox)
    assert "Nobody there knows of it" in words(box) and "has not reached" in box.accessibleName()
    assert "not yet in the record" in words(screen.end)
    window.go("messages", message)
    assert boxes(window, PendingBox)
    assert "not yet in the record" in words(window.here())
    office.clock("lia").on += 2 * MINUTE
    window.go("today", "")
    assert any(row.icon == "cloud-off" and "has not reached" in row.line for row in rows(window))
    office.carry("lia", "head")
    office.carry("head", "lia")
    window.go("messages", message)
    assert not boxes(window, PendingBox)
    assert "not yet in the record" not in words(window.here())
    window.go("today", "")
    assert not any(row.icon == "cloud-off" for row in rows(window))


def rows(window: Window) -> list[Any]:
    QApplication.processEvents()
    return list(window.here().needs.rows())


def test_a_decision_that_turned_out_not_to_count_is_told_until_it_was_read(office: World, open_on: Any) -> None:
    message, digest = submitted(office)
    lia = office.desk("lia")
    lia.messages.decide(message, "approve", digest)
    office.carry("head", "otto")
    office.desk("otto").messages.withdraw(message, "A figure is wrong.")
    office.carry("otto", "head")
    office.carry("lia", "head")
    office.carry("head", "lia")
    assert own_acts.uncounted(lia.ledger, lia.person.name)
    window = open_on("lia")
    (alarm,) = [one for one in lia.alarms.standing() if one.kind == "uncounted"]
    assert alarm.message == message
    assert [row.icon for row in rows(window)] == ["circle-x"]
    window.go("messages", message)
    (box,) = boxes(window, UncountedBox)
    assert "does not count: Approved" in words(box) and "This message was withdrawn." in words(box)
    box.read.click()
    assert not boxes(window, UncountedBox)
    assert not lia.alarms.standing()
    window.go("today", "")
    assert not rows(window)
