"""A video or a GIF in the window: what it is, what a network can't do with it, a copy to watch."""

import pytest
from PySide6.QtWidgets import QFileDialog

from g20desk.desk import Desk
from tests.films import FILM, gif, with_place
from tests.ui.test_scheduling import said


@pytest.fixture
def composer(typed):
    return typed("Ministers met.")


def add(composer, tmp_path, data, name):
    (tmp_path / name).write_bytes(data)
    composer.present.add_picture(str(tmp_path / name))
    composer.present.check()


def test_a_video_is_told_with_its_length_and_size(composer, tmp_path):
    add(composer, tmp_path, FILM, "film.mp4")
    told = "".join(said(composer))
    assert "Video" in told
    assert "0:01" in told
    assert "64 × 48" in told
    (row,) = composer.work.rows
    assert row.thumb.moves


def test_what_a_network_can_not_do_with_it_is_said_while_one_writes(qtbot, composer, tmp_path):
    for account in ("G20 X", "G20 Bluesky", "G20 Mastodon"):
        composer.present.goes_to(account, True)
    add(composer, tmp_path, gif(), "a.gif")
    says = "G20 Bluesky shows a GIF as a still picture. Use a short MP4 video instead."
    qtbot.waitUntil(lambda: says in [f["message"] for f in composer.present.all_findings()])
    assert composer.present.blocking()
    composer.present.goes_to("G20 Bluesky", False)
    composer.present.check()
    qtbot.waitUntil(lambda: says not in [f["message"] for f in composer.present.all_findings()])


def test_a_file_that_no_network_takes_is_refused_with_what_to_do(composer, tmp_path):
    add(composer, tmp_path, FILM[:-100], "film.mp4")
    assert composer.present.draft.pictures == []
    assert any("cut off" in words for words in said(composer.notice))


def test_who_signs_off_sees_what_it_is_and_saves_what_goes_out(open_window, folder, tmp_path, composer):
    add(composer, tmp_path, with_place(), "film.mp4")
    present = composer.present
    present.describe(0, "A blue bar that grows.")
    content = present.draft.content()
    desk = Desk.open(folder, "Officer")
    made = desk.messages.new(content)["message"]
    desk.messages.submit(made)
    window = open_window("Liaison Brazil")
    window.go("sign-off", made)
    here = window.here()
    assert "0:01" in "".join(said(here))
    (shown,) = desk.messages.show(made)["pictures"]
    here.pane.copy.emit(shown["piece"], str(tmp_path / "copy.mp4"))
    copy = (tmp_path / "copy.mp4").read_bytes()
    assert copy == desk.messages.picture_bytes(shown["piece"])
    assert b"45.4371" not in copy


def test_the_copy_is_asked_for_by_a_dialog_that_stops_nothing(composer, tmp_path):
    add(composer, tmp_path, FILM, "film.mp4")
    from ui.composer.films import SaveCopy

    composer.work.rows[0].findChild(SaveCopy).click()
    dialog = composer.work.rows[0].findChild(QFileDialog)
    assert dialog.isVisible()
    dialog.fileSelected.emit(str(tmp_path / "copy.mp4"))
    assert (tmp_path / "copy.mp4").read_bytes() == FILM
    dialog.close()
