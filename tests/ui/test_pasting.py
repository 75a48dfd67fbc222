"""What is pasted or dropped into the window: words stay words, pictures are pictures, nothing is fetched, no path is typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLineEdit, QTextEdit

from g20desk.desk import pictures
from g20desk.errors import Usage
from tests.desk.test_from_outside import EPS, SVG, bomb, bytes_of
from ui.composer.pictures import decoded, encoded
from ui.places import VIEWS

HTML = '<p style="font-size:40px">Debt <b>is</b> <a href="https://evil.example">here</a><img src="https://evil.example/pixel.png"></p>'


def test_pasted_markup_becomes_its_plain_words(typed: Callable[[str], Any]) -> None:
    composer = typed("")
    paste = QMimeData()
    paste.setHtml(HTML)
    paste.setText("Debt is here")
    paste.setData("text/rtf", QByteArray(b"{\\rtf1 {\\b Debt} is here}"))
    composer.editor.insertFromMimeData(paste)
    assert composer.editor.toPlainText() == "Debt is here"
    assert "<img" not in composer.editor.toHtml() and "evil.example" not in composer.editor.toHtml()


@pytest.mark.parametrize("form", ["text/html", "text/rtf", "application/x-qrichtext"])
def test_markup_without_words_is_not_taken_in(typed: Callable[[str], Any], form: str) -> None:
    composer = typed("")
    paste = QMimeData()
    paste.setData(form, QByteArray(HTML.encode()))
    assert not composer.editor.canInsertFromMimeData(paste)
    composer.editor.insertFromMimeData(paste)
    assert composer.editor.toPlainText() == "" and composer.present.draft.pictures == []


def test_signs_that_turn_a_text_round_are_found_where_they_were_pasted(qtbot: Any, typed: Callable[[str], Any]) -> None:
    composer = typed("")
    paste = QMimeData()
    paste.setText("Debt is \u202eereh\u202c")
    composer.editor.insertFromMimeData(paste)
    qtbot.waitUntil(lambda: composer.present.blocking() > 0)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.docx", b"PK\x03\x04"),
        ("shot.png", SVG),
        ("drawing.svg", SVG),
        ("page.eps", EPS),
        ("big.png", bomb(30_000)),
    ],
)
def test_a_dropped_file_that_is_no_picture_is_refused_and_its_path_not_typed(
    typed: Callable[[str], Any], tmp_path: Path, name: str, data: bytes
) -> None:
    composer = typed("")
    (tmp_path / name).write_bytes(data)
    drop = QMimeData()
    drop.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
    drop.setText(str(tmp_path / name))
    composer.editor.insertFromMimeData(drop)
    assert composer.notice.isVisible() and composer.present.draft.pictures == []
    assert composer.editor.toPlainText() == ""


def test_a_dropped_address_is_typed_and_not_fetched(typed: Callable[[str], Any]) -> None:
    composer = typed("")
    drop = QMimeData()
    drop.setUrls([QUrl("https://evil.example/picture.png")])
    drop.setText("https://evil.example/picture.png")
    composer.editor.insertFromMimeData(drop)
    assert composer.editor.toPlainText() == "https://evil.example/picture.png"
    assert composer.present.draft.pictures == []


def test_a_pasted_drawing_is_no_picture(typed: Callable[[str], Any]) -> None:
    composer = typed("")
    paste = QMimeData()
    paste.setData("image/svg+xml", QByteArray(SVG))
    paste.setImageData(QImage(4, 3, QImage.Format.Format_RGB32))
    composer.editor.insertFromMimeData(paste)
    assert composer.present.draft.pictures == []


@pytest.mark.parametrize(
    "data",
    [SVG, EPS, b"", bomb(10_001), bytes_of("BMP"), bytes_of("TIFF")],
    ids=["svg", "eps", "nothing", "bomb", "bmp", "tiff"],
)
def test_bytes_become_a_picture_by_their_own_reader_or_not_at_all(qtbot: Any, data: bytes) -> None:
    with pytest.raises(Usage) as no:
        decoded(data)
    assert no.value.code == "bad-picture"


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_the_four_kinds_are_shown(qtbot: Any, form: str) -> None:
    assert decoded(bytes_of(form)).width() == 4


def test_a_pasted_picture_without_end_is_refused(qtbot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 10)
    with pytest.raises(Usage):
        encoded(QImage(4, 3, QImage.Format.Format_RGB32))
    with pytest.raises(Usage):
        encoded(QImage())


def test_the_window_has_no_way_to_the_network_of_its_own() -> None:
    for file in (Path(__file__).parents[2] / "ui").rglob("*.py"):
        assert not re.search(
            r"QNetworkAccess|QTcpSocket|QtWebEngine|^\s*(import|from) (httpx|requests|urllib.request|socket)\b",
            file.read_text("utf-8"),
            re.M,
        ), file.name


def test_no_field_of_the_window_takes_markup_and_every_secret_is_hidden(open_window: Callable[[str], Any]) -> None:
    window = open_window("Officer")
    fields = 0
    for screen in VIEWS:
        window.go(screen, "")
        for one in window.findChildren(QTextEdit):
            fields += 1
            assert not one.acceptRichText() or one.isReadOnly(), f"{screen}: {one.accessibleName()}"
        for line in window.findChildren(QLineEdit):
            says = line.accessibleName().lower()
            if any(word in says for word in ("password", "secret", "token", "passphrase")):
                assert line.echoMode() == QLineEdit.EchoMode.Password, f"{screen}: {says}"
    assert fields > 3
