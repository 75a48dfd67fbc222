"""A quote or an answer is begun from the sent message, shown as each network shows it, and seen by those who sign off."""

import pytest
from PySide6.QtCore import Qt

from g20desk.desk import Desk
from tests.ui.test_main_job import press
from tests.ui.test_scheduling import said


@pytest.mark.parametrize(
    ("key", "how", "words"),
    [
        pytest.param(Qt.Key.Key_Q, "quotes", "Quotes", id="quote"),
        pytest.param(Qt.Key.Key_A, "replies", "Replies to", id="answer"),
    ],
)
def test_it_is_begun_by_a_key_from_what_is_out(qtbot, open_window, sent, key, how, words):
    window = open_window("Officer")
    window.go("messages", sent)
    window.here().list.setFocus()
    press(qtbot, window, key)
    composer = window.here()
    draft = composer.present.draft
    assert (draft.kind, getattr(draft, how), draft.to) == ("news", sent, ["G20 X", "G20 Bluesky"])
    assert composer.work.goes_with[how].isVisible()
    assert any(line.startswith(words) and "Growth is 3.1%." in line for line in said(composer))
    qtbot.keyClicks(composer.editor, "As we said.")
    composer.present.check()
    if how == "quotes":
        assert sum("Growth is 3.1%." in line for line in said(composer.end)) == 2
    composer.work.goes_with[how].away.click()
    assert getattr(composer.present.draft, how) == ""


def test_where_the_address_stands_instead_it_is_shown_and_counted(qtbot, open_window, folder, sent, tmp_path):
    from PIL import Image

    desk = Desk.open(folder, "Officer")
    x = next(p["url"] for p in desk.messages.show(sent)["posts"] if p["account"] == "G20 X")
    window = open_window("Officer")
    window.go("composer", desk.messages.go_with(sent, "quotes")["message"])
    composer = window.here()
    qtbot.keyClicks(composer.editor, "As we said.")
    composer.present.check()
    assert composer.present.answer("en", "x")["length"] == len("As we said.")
    Image.new("RGB", (64, 48)).save(tmp_path / "hall.png")
    composer.present.add_picture(str(tmp_path / "hall.png"))
    composer.present.check()
    assert composer.present.answer("en", "x")["length"] == len(f"As we said.\n\n{x}")
    assert composer.present.address("en", "x", 0) == f"\n\n{x}"
    assert composer.present.address("en", "bluesky", 0) == ""
    assert all(f["end"] <= len("As we said.") for f in composer.present.findings("en", "x") if "picture" not in f)


def test_those_who_sign_off_see_what_it_quotes_and_where(open_window, folder, sent):
    from dataclasses import replace

    desk = Desk.open(folder, "Officer")
    made = desk.messages.go_with(sent, "quotes")["message"]
    content = desk.messages.content(made)
    desk.messages.revise(made, replace(content, texts=(replace(content.texts[0], parts=("As we said.",)),)))
    desk.messages.submit(made)
    window = open_window("Liaison Brazil")
    window.go("sign-off", made)
    assert any("Quotes “Growth is 3.1%.”, on G20 Bluesky, G20 X" in words for words in said(window.here()))
    window.go("messages", sent)
    assert any("Quoted by" in words and "As we said." in words for words in said(window.here()))
