"""Sign-off of a line: what it has besides its texts is read, and what changed of it since is marked."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication, QLabel

from g20desk.desk import Desk
from tests.voice.lines import whole


def told(screen):
    """All words of the reading pane."""
    QApplication.processEvents()
    return [label.text() for label in screen.pane.findChildren(QLabel) if label.isVisibleTo(screen.pane)]


def test_a_liaison_reads_locks_advice_and_hashtags_and_what_changed(open_window, folder, tmp_path):
    officer, brazil = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    made = officer.lines.begin(whole(tmp_path))
    officer.messages.submit(made["line"])
    brazil.messages.decide(made["line"], "comment", made["digest"], "Read.")
    window = open_window("Liaison Brazil")
    window.go("sign-off", made["line"])
    screen = window.here()
    said = "\n".join(told(screen))
    for words in (
        "Locked phrases",
        "Say who benefits.",
        "Do not name single lenders.",
        "#G20SouthAfrica",
        "Johannesburg Declaration",
    ):
        assert words in said, words
    assert "taken out" not in said and "Goes to" not in said
    was = officer.lines.content(made["line"])
    officer.lines.revise(
        made["line"], replace(was, line=replace(was.line, dont={}, do={"en": ("Say it first.",)}, source="Rome"))
    )
    officer.messages.submit(made["line"])
    window.go("today", "")
    window.go("sign-off", made["line"])
    said = told(window.here())
    assert said.count("taken out") == 3 and said.count("new") == 1 and "changed" in said


def test_the_communicator_who_takes_it_on_reads_advice_hashtags_and_the_embargo(open_window, folder, tmp_path):
    officer, brazil = Desk.open(folder, "Officer"), Desk.open(folder, "Liaison Brazil")
    made = officer.lines.begin(whole(tmp_path, not_before=officer.clock.now_ms() + 86_400_000))
    officer.messages.submit(made["line"])
    brazil.messages.decide(made["line"], "approve", made["digest"])
    (asked,) = officer.relays.ask(made["line"], ["ZA Presidency X"])
    window = open_window("Presidency")
    window.go("relay", asked["relay"])
    QApplication.processEvents()
    labels = [one for one in window.here().findChildren(QLabel) if one.isVisibleTo(window)]
    said = "\n".join(one.text() for one in labels)
    for words in (
        "Say who benefits.",
        "Do not name single lenders.",
        "#DetteG20",
        "\u2068#G20SouthAfrica\u2069",
        "or later",
    ):
        assert words in said, words
    assert "Do not: Do not name single lenders." in [one.accessibleName() for one in labels]


def test_one_voice_shows_what_a_line_has_besides_in_the_language_that_is_read(open_window, folder, tmp_path):
    officer = Desk.open(folder, "Officer")
    made = officer.lines.begin(whole(tmp_path, not_before=officer.clock.now_ms() + 86_400_000))
    window = open_window("Officer")
    window.go("one-voice", made["line"])
    screen = window.here()

    def shown() -> list[str]:
        QApplication.processEvents()
        labels = [one for one in screen.pane.findChildren(QLabel) if one.isVisibleTo(screen.pane)]
        return [one.accessibleName() or one.text() for one in labels]

    names = shown()
    for words in ("Do: Say who benefits.", "Do not: Do not name single lenders.", "Hashtags: #G20SouthAfrica"):
        assert words in names, names
    assert any("or later" in one for one in names)
    screen.speak("fr")
    names = shown()
    assert "Hashtags: #G20SouthAfrica #DetteG20" in names and "Do: Say who benefits." not in names
