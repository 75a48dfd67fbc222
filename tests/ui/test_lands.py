"""Governments by their names: in full where they are named, in the interface's language, codes only in small marks."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel

from ui import texts
from ui.accounts.presenter import owner_word
from ui.signoff.marks import Members
from ui.today.presenter import waits


@pytest.mark.parametrize(("code", "lang", "name"), [
    ("BR", "en", "Brazil"), ("BR", "ar", "البرازيل"), ("ZA", "ar", "جنوب أفريقيا"), ("AfU", "en", "African Union"),
    ("EU", "ar", "الاتحاد الأوروبي"), ("NZ", "en", "NZ"),
])  # fmt: skip
def test_a_government_is_named_in_the_interfaces_language(code, lang, name):
    texts.use(lang)
    assert texts.land(code) == name
    assert texts.role(SimpleNamespace(role="liaison", government=code)).endswith(name)
    assert owner_word(f"presidency:{code}").endswith(name)


def shown(window):
    """All words in sight, those for screen readers too."""
    QApplication.processEvents()
    labels = [one for one in window.findChildren(QLabel) if one.isVisible()]
    return "\n".join([*(one.text() for one in labels), *(one.accessibleName() for one in labels)])


@pytest.mark.parametrize(("lang", "name"), [("en", "Brazil"), ("ar", "البرازيل")])
def test_the_one_who_signs_off_reads_no_code(qtbot, qapp, open_window, lang, name):
    texts.use(lang)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if lang == "ar" else Qt.LayoutDirection.LeftToRight)
    window = open_window("Liaison Brazil")
    window.go("sign-off", "")
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_A)
    said = shown(window)
    assert window.here().bar.isVisible()
    assert name in window.here().bar.words.text()
    assert name in said
    assert "BR" not in said.replace("\u2066", "").split()
    assert not [line for line in said.split("\n") if line.endswith((", BR", "، BR"))]


def test_a_small_mark_says_its_name_to_who_points_at_it_and_to_screen_readers(qtbot):
    given = {"AfU": "approve", "BR": "approve", "IN": "object", "IT": "no-objection"}
    members = Members(list(given.items()))
    qtbot.addWidget(members)
    members.resize(300, 80)
    members.show()
    assert members.accessibleDescription().startswith("African Union: Approved. Brazil: Approved. India: Objects")
    assert members.pointed(members._box(2).center()) == "India: Objects"
    assert members.pointed(QPoint(299, 79)) == ""


def test_the_marks_of_a_row_are_told_by_name():
    row = SimpleNamespace(
        id="1", title="T", kind="news", said=(("BR", "approve"),), planned_ms=None, updated_ms=0, due_ms=None,
        silence_ms=None, stage="", asked=(), open_voices=(), news=None,
    )  # fmt: skip
    told = waits(row, ["BR", "IN"], 3_600_000)
    assert told.spoken == "Brazil: Approved. India: No word yet"
    assert told.marks == (("BR", "approve"), ("IN", ""))
