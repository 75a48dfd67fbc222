"""A correction from the sent message to its sign-off: what it corrects is shown all the way."""

from PySide6.QtCore import QDate, Qt, QTime

from g20desk.clock import iso
from g20desk.desk import Desk
from tests.ui.test_main_job import press
from tests.ui.test_scheduling import approved, said

DAY = 86_400_000


def test_a_correction_is_begun_from_what_it_corrects(qtbot, open_window, sent):
    window = open_window("Officer")
    window.go("messages", sent)
    here = window.here()
    assert here.buttons["correct"].isVisible()
    here.list.setFocus()
    press(qtbot, window, Qt.Key.Key_C)
    composer = window.here()
    draft = composer.present.draft
    assert (draft.kind, draft.corrects, draft.to) == ("correction", sent, ["G20 X", "G20 Bluesky"])
    assert composer.editor.toPlainText() == "Correction:"
    assert composer.work.goes_with["corrects"].isVisible()
    assert any("Corrects" in words and "Growth is 3.1%." in words for words in said(composer))
    url = window.ctx.desk.messages.show(sent)["posts"][0]["url"]
    assert any(url in words for words in said(composer.end))
    qtbot.keyClicks(composer.editor, "")
    window.go("messages", sent)
    assert any("Corrected by" in words for words in said(window.here()))


def test_a_message_that_is_not_out_is_not_corrected(open_window, folder):
    id = approved(folder)
    window = open_window("Officer")
    window.go("messages", id)
    assert not window.here().buttons["correct"].isVisible()
    window.here()._go_with("corrects")
    assert any("Nothing of that is out." in words for words in said(window.here().notice))


def test_it_can_be_made_a_message_of_its_own(qtbot, open_window, sent):
    window = open_window("Officer")
    id = window.ctx.desk.messages.go_with(sent, "corrects")["message"]
    window.go("composer", id)
    composer = window.here()
    composer.work.goes_with["corrects"].away.click()
    assert composer.present.draft.corrects == ""
    assert not composer.work.goes_with["corrects"].isVisible()
    composer.present.keep()
    window.go("messages", "")
    window.go("composer", id)
    assert composer.present.draft.corrects == ""


def test_where_nothing_is_replied_to_the_composer_says_so(qtbot, open_window, sent):
    window = open_window("Officer")
    window.go("composer", window.ctx.desk.messages.go_with(sent, "corrects")["message"])
    composer = window.here()
    composer.present.goes_to("G20 Mastodon", True)
    composer.present.check()
    found = "What this corrects is not on G20 Mastodon, so nothing there links to it."
    qtbot.waitUntil(lambda: found in [f["message"] for f in composer.present.all_findings()])


def test_those_who_sign_off_see_what_it_corrects_and_before_when_it_stays(open_window, folder, sent):
    desk = Desk.open(folder, "Officer")
    made = desk.messages.go_with(sent, "corrects")["message"]
    content = desk.messages.content(made)
    at = (desk.clock.now_ms() // DAY + 2) * DAY
    text = type(content.texts[0])("en", ("Correction: growth is 3.2%, not 3.1%.",))
    from dataclasses import replace

    desk.messages.revise(made, replace(content, texts=(text,), not_before=at))
    desk.messages.submit(made)
    window = open_window("Liaison Brazil")
    window.go("sign-off", made)
    told = said(window.here())
    assert any("Corrects “Growth is 3.1%.”" in words and "G20 X" in words for words in told)
    assert any(words.startswith("Goes out ") and words.endswith("UTC or later") for words in told)


def test_not_before_is_typed_in_the_composer_and_kept(qtbot, open_window, folder):
    window = open_window("Officer")
    desk = Desk.open(folder, "Officer")
    row = next(r for r in desk.messages.rows("draft"))
    window.go("composer", row.id)
    bound = window.here().work.not_before
    assert not bound.field.isVisible()
    bound.on.setFocus()
    press(qtbot, window, Qt.Key.Key_Space)
    assert bound.field.isVisible()
    bound.field.date.setDate(QDate(2036, 7, 1))
    bound.field.time.setTime(QTime(18, 0))
    assert iso(window.here().present.draft.not_before)[:16] == "2036-07-01T18:00"
    window.here().present.keep()
    assert iso(desk.messages.kept(row.id).not_before)[:16] == "2036-07-01T18:00"
    bound.on.setFocus()
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.here().present.draft.not_before == 0
