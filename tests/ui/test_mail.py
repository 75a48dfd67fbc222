"""Notices by mail in the window: one's own address, the server of this desk, a trial, trouble in plain words."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from g20desk.desk import Desk, mailing, smtp
from tests.servers.mail import mail_server
from ui import texts
from ui.office.rows import PERSON
from ui.widgets.base import Label
from ui.widgets.button import KeyButton


@pytest.fixture
def screen(open_window: Any) -> Any:
    window = open_window("Officer")
    window.go("office", "")
    view = window.here()
    view.open(f"{PERSON}{window.ctx.desk.person.id}")
    return view


def said(view: Any) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.end.findChildren(Label) if one.isVisibleTo(view.end))


def told(view: Any) -> str:
    QApplication.processEvents()
    return "\n".join(one.text() for one in view.notice.findChildren(Label) if one.isVisibleTo(view.notice))


def press(view: Any, words: str) -> None:
    QApplication.processEvents()
    next(b for b in view.end.findChildren(KeyButton) if b.text() == words and b.isVisible()).click()


def fill(qtbot: Any, form: Any, port: int, sender: str = "desk@g20.example") -> None:
    form.host.setText("127.0.0.1")
    form.sender.setText(sender)
    form.security.setCurrentIndex(2)
    form.port.setText(str(port))
    qtbot.keyClick(form.port, Qt.Key.Key_Return)


def test_ones_own_address_is_said_changed_and_taken_back(qtbot: Any, screen: Any, folder: Path) -> None:
    assert "No address given" in said(screen)
    for address, shown in (("me@ministry.example", "me@ministry.example"), ("", "No address given")):
        qtbot.keyClick(screen.list, Qt.Key.Key_M)
        screen.bar.reason.setText(address)
        qtbot.keyClick(screen.bar.reason, Qt.Key.Key_Return)
        assert shown in said(screen)
        desk = Desk.open(folder, "Liaison India")
        assert desk.mail.address_of(screen.ctx.desk.person.id) == address
    qtbot.keyClick(screen.list, Qt.Key.Key_M)
    screen.bar.reason.setText("nobody")
    qtbot.keyClick(screen.bar.reason, Qt.Key.Key_Return)
    assert "is no mail address" in told(screen)


def test_a_server_is_set_tried_and_stopped(qtbot: Any, screen: Any) -> None:
    screen.ctx.desk.mail.address("me@ministry.example")
    with mail_server() as box:
        qtbot.keyClick(screen.list, Qt.Key.Key_S)
        fill(qtbot, screen.mail, box.port)
        assert "This desk sends them through \u2066127.0.0.1\u2069." in said(screen)
        press(screen, "Try it")
        assert box.to() == ["me@ministry.example"]
    press(screen, "Try it")
    assert "No connection to the mail server." in told(screen)
    press(screen, "Stop")
    assert "Not sent by this desk." in said(screen)


def test_what_is_wrong_stands_at_its_field(qtbot: Any, screen: Any) -> None:
    qtbot.keyClick(screen.list, Qt.Key.Key_S)
    fill(qtbot, screen.mail, 2525, sender="nobody")
    assert "is no mail address" in screen.mail.fields["sender"].error.text()
    screen.mail.sender.setText("desk@g20.example")
    screen.mail.user.setText("someone")
    qtbot.keyClick(screen.mail.user, Qt.Key.Key_Return)
    assert screen.mail.fields["password"].error.text() == "The mail server's password is missing."
    screen.mail.port.setText("x")
    qtbot.keyClick(screen.mail.port, Qt.Key.Key_Return)
    assert screen.mail.fields["port"].error.text() == "A port is a number."


def test_a_window_on_the_desk_that_sends_sends(qtbot: Any, open_window: Any, folder: Path) -> None:
    Desk.open(folder, "Liaison India").mail.address("in@ministry.example")
    window = open_window("Officer")
    with mail_server() as box:
        window.ctx.desk.mail.use(smtp.Server("127.0.0.1", box.port, "none", "desk@g20.example"), "")
        window.alarms.look()
        assert box.to() == ["in@ministry.example"]


def test_who_does_not_publish_is_not_asked_for_a_server(open_window: Any) -> None:
    window = open_window("Liaison India")
    window.go("office", "")
    assert "Not sent by this desk." not in said(window.here())


def test_all_that_mail_may_say_is_said_in_the_interfaces_language() -> None:
    texts.use("ar")
    sentences = set()
    for module in (smtp, mailing):
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text("utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in ("Outcome", "Usage", "_refused"):
                sentences |= {one for arg in node.args if " " in (one := _filled(arg))}
    sentences |= {
        f"The mail server {does} {what} (550)." for does in ("refuses",) for what in ("this address", "the sender")
    }
    assert len(sentences) > 10
    for one in {
        one.replace("s 7", "s the sender").replace("refuses the sender (7)", "refuses the letter (550)")
        for one in sentences
    } - HELP:
        assert re.search("[\u0600-\u06ff]", texts.reason(one)), one


HELP = {
    "Write for example: name@ministry.example", "It comes on standard input.", "Write for example: desk@g20.example",
    "Write for example: mail server mail.g20.example --sender desk@g20.example", "Use starttls or tls.",
    "Name a server on this computer: 127.0.0.1", "Name an address, or give your own: mail address ADDRESS",
    "Name it: mail server HOST --sender ADDRESS", "this address", "the sender", "the letter",
    # Only from the command line.
    "A mail server has a name, a port and a way to keep letters from being read.", "This desk was told no mail server.",
}  # fmt: skip


def _filled(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "7" for v in node.values)
    return ""
