"""Words from outside are words: no tooltip, label, list or menu takes them for markup; addresses open in the browser alone."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QTextDocument
from PySide6.QtGui import Qt as Gui
from PySide6.QtWidgets import QAbstractItemView, QLabel, QMenu, QTableView, QWidget

from g20desk.desk import Desk, demo, demo_texts
from g20desk.office.content import Content, Text, Wording
from g20desk.office.form import LINE
from tests.ui.conftest import shown
from ui import texts
from ui.places import VIEWS
from ui.texts import caption, tip
from ui.widgets.button import KeyButton
from ui.widgets.link import Link, visit
from ui.window import Window
from ui.worker import InlineWorker

SHORT = "<b>Zq</b>"
LONG = f'{SHORT} &lt;i&gt; <img src="file:///Zq.png"> \u202eZq'
SAID = (*demo.ANSWERS, "comment", "withdraw", "hold", "amend")
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The demonstration office, with markup in every text, reason, comment, topic, and in names."""
    told, content = demo_texts.told, demo_texts.content

    def spoilt(now: int) -> demo_texts.Told:
        was = told(now)
        steps = [replace(one, said=one.said + LONG) if one.verb in SAID and one.said else one for one in was.steps]
        return replace(was, steps=steps, accounts=[*was.accounts, {"name": f"X {LONG}", "like": "x", "langs": ["en"]}])

    def marked(*args: Any, **more: Any) -> Content:
        was = content(*args, **more)
        return replace(was, note=was.note + LONG if was.note else "")

    folder = tmp_path_factory.mktemp("hostile") / "office"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo_texts, "told", spoilt)
        patch.setattr(demo_texts, "content", marked)
        patch.setattr(demo, "OFFICE", f"G20 {SHORT}")
        head = demo.make(folder)
    head.people.invite(f"Liaison {SHORT}", "liaison", "MX")
    head.store.close()
    officer = Desk.open(folder, "Officer")
    for lang in ("en", "ar"):  # the rules keep markup in a text from being submitted: a draft is as far as it comes
        officer.messages.new(
            Content("news", ("G20 X", f"X {LONG}"), (Text(lang, (f"Debt needs {SHORT} now.",)),), topic=f"Debt {SHORT}")
        )
    officer.lines.begin(
        Content(LINE, (), (Text("en", (f"Debt needs {SHORT} now.",)),), topic=f"Debt {SHORT}", line=Wording({}))
    )
    officer.store.close()
    yield folder


def spoken(said: str, rich: bool) -> str:
    """What a person sees of it."""
    if not rich:
        return said
    made = QTextDocument()
    made.setHtml(said)
    return made.toPlainText()


def wrong(said: str, rich: bool) -> bool:
    """Whether planted markup became markup."""
    seen = spoken(said, rich)
    return "Zq" in said and (seen.count("Zq") != said.count("Zq") or "\ufffc" in seen or "<b>Zq" not in seen)


def faults(root: QWidget) -> tuple[list[str], int]:
    """What takes words for markup, and how many places hold planted words."""
    found, places = [], 0
    for one in [root, *root.findChildren(QWidget)]:
        tried = [("tooltip", one.toolTip(), Gui.mightBeRichText(one.toolTip()))]
        if isinstance(one, QLabel):
            form = one.textFormat()
            assert form in (Qt.TextFormat.PlainText, Qt.TextFormat.RichText), one.text()
            tried.append(("label", one.text(), form == Qt.TextFormat.RichText))
        if isinstance(one, QAbstractItemView) and (model := one.model()) is not None:
            for row in range(model.rowCount(QModelIndex())):
                for column in range(model.columnCount(QModelIndex()) if isinstance(one, QTableView) else 1):
                    told = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
                    tried.append(("row", str(told or ""), Gui.mightBeRichText(str(told or ""))))
        places += sum("Zq" in said for _, said, _ in tried)
        found += [f"{type(one).__name__} {kind}: {said}" for kind, said, rich in tried if wrong(said, rich)]
    return found, places


def ids(window: Window, screen: str) -> list[str]:
    """What may be shown on a screen."""
    desk = window.ctx.desk
    if screen in ("messages", "composer", "sign-off"):
        return [row.id for row in desk.messages.rows()][: 8 if screen == "messages" else 3]
    if screen in ("one-voice", "line"):
        return [row["id"] for row in desk.lines.rows()][:3]
    if screen == "office":
        return ["", "routes", "templates", "deputies"]
    return [""]


@pytest.mark.parametrize(
    ("person", "screens"), [("Officer", tuple(VIEWS)), ("Liaison Brazil", ("today", "sign-off", "messages"))]
)
def test_no_screen_takes_words_for_markup(qtbot: Any, hostile: Path, person: str, screens: tuple[str, ...]) -> None:
    window = shown(qtbot, Desk.open(hostile, person), InlineWorker())
    found, places = set(), 0
    for screen in screens:
        for id in ids(window, screen):
            window.go(screen, id)
            bad, held = faults(window)
            found |= {f"{screen}: {one}" for one in bad}
            places += held
    window.ctx.desk.store.close()
    assert places > 20
    assert found == set()


@pytest.mark.parametrize(
    "words", [SHORT, LONG, "a < b & c", "&lt;b&gt;", "Tom & Ada", "two\n<b>lines</b>", "  <b>  two spaces"]
)
def test_a_tip_shows_its_words_as_they_are(qtbot: Any, words: str) -> None:
    assert spoken(tip(words), Gui.mightBeRichText(tip(words))) == words


def test_a_plain_tip_stays_plain() -> None:
    assert tip("The line word for word") == "The line word for word"


def test_every_tooltip_of_the_window_goes_through_it() -> None:
    missed = []
    for file in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "setToolTip":
                (said,) = node.args
                if not (isinstance(said, ast.Call) and isinstance(said.func, ast.Name) and said.func.id == "tip"):
                    missed.append(f"{file.name}:{node.lineno}")
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("QLabel", "QMessageBox")
            ):
                missed.append(f"{file.name}:{node.lineno}")
    assert missed == []


def test_an_ampersand_in_a_name_makes_no_key(qtbot: Any) -> None:
    button = KeyButton("Trade && &Debt")
    qtbot.addWidget(button)
    assert button.shortcut().isEmpty()
    button.setText("&Send all")
    assert button.shortcut().isEmpty() and button.text() == "&Send all"
    menu = QMenu()
    qtbot.addWidget(menu)
    action = QAction(caption("Trade & Debt"), menu)
    assert action.text() == "Trade && Debt"


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the system was asked to open."""
    asked: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url.toString()) or True)
    return asked


OTHERS = (
    "file:///usr/bin/true", "javascript:alert(1)", "/usr/bin/true", "smb://host/share", "mailto:a@b.example", "data:text/html,x",
    "https://", "https://x.com@evil.example/", "https://ev\u202eil.example", "https://a.example/\nb", "ms-settings:", "", "https://[::1",
)  # fmt: skip


@pytest.mark.parametrize("url", OTHERS)
def test_what_is_no_page_of_the_web_is_not_opened(qtbot: Any, opened: list[str], url: str) -> None:
    assert not visit(url)
    link = Link(url)
    qtbot.addWidget(link)
    link.click()
    assert opened == [] and not link.isEnabled()
    assert texts.t("This is no page of the web, so it is not opened.") in spoken(
        link.toolTip(), Gui.mightBeRichText(link.toolTip())
    )


@pytest.mark.parametrize("url", ["https://x.com/g20org/status/1", "http://127.0.0.1:8080/@g20/1"])
def test_a_page_of_the_web_is_opened_by_the_system(qtbot: Any, opened: list[str], url: str) -> None:
    link = Link(url)
    qtbot.addWidget(link)
    link.click()
    assert opened == [QUrl(url).toString()]


def test_nothing_else_of_the_window_opens_addresses() -> None:
    openers = [file.name for file in (ROOT / "ui").rglob("*.py") if "openUrl(" in file.read_text("utf-8")]
    assert openers == ["link.py"]
