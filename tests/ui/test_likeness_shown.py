"""A look-alike of agreed wording in the composer: marked, said, mended by its suggestion."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from tests.ui.test_agreed_wording import LINE, agreed
from ui import likeness, texts
from ui.composer.parts import FindingRow

OTHER = "We agreed on debt relief for fifty countries by 2027."


def bare(words: str) -> str:
    """Words without marks of direction."""
    return "".join(c for c in words if c not in "\u2066\u2067\u2068\u2069\u200e\u200f")


def listed(composer) -> list[str]:
    """The rules of the findings that are shown."""
    return [one["rule"] for one in composer.present.findings()]


def test_what_says_something_else_is_shown_and_mended(qtbot, folder, open_window):
    agreed(folder)
    window = open_window("Officer")
    window.go("composer", "")
    composer = window.here()
    composer.editor.insertPlainText(f"🕊️ {OTHER}")
    qtbot.waitUntil(lambda: "LIKE-02" in listed(composer))
    (one,) = [one for one in composer.present.findings() if one["rule"] == "LIKE-02"]
    assert one["text"] == OTHER.rstrip(".") and one["suggestion"] == LINE.rstrip(".")
    (row,) = [row for row in composer.work.findChildren(FindingRow) if row.found["rule"] == "LIKE-02"]
    says = " ".join(label.text() for label in row.findChildren(QLabel))
    assert bare("May say something else than was agreed: “fifty” stands where “forty” was agreed.") in bare(says)
    assert bare(f"Agreed: “{LINE}” (debt)") in bare(says)
    assert "Use the agreed words" in row.button.text()
    composer.work.fix(1)
    qtbot.waitUntil(lambda: "LIKE-02" not in listed(composer))
    assert composer.editor.toPlainText() == f"🕊️ {LINE}"


def test_it_leads_to_the_line(qtbot, folder, open_window):
    line = agreed(folder)
    window = open_window("Officer")
    window.go("composer", "")
    composer = window.here()
    composer.editor.insertPlainText(OTHER)
    qtbot.waitUntil(lambda: "LIKE-02" in listed(composer))
    gone = []
    composer.present.ctx.go = lambda *page: gone.append(page)
    composer.work.explain()
    assert gone == [("one-voice", line)]


@pytest.mark.parametrize(
    ("differs", "says"),
    [
        ({"kind": "figure", "said": "50", "wants": "40"}, "«50» في موضع «40»"),
        ({"kind": "negation", "said": "not", "wants": ""}, "أُضيف «not»"),
        ({"kind": "left-out", "said": "", "wants": "coal"}, "سقط «coal»"),
        ({"kind": "locked", "said": "", "wants": "coal"}, "عُدِّلت العبارة المثبتة «coal»"),
    ],
)
def test_it_is_said_in_the_interfaces_language(differs, says):
    texts.use("ar")
    found = {"rule": "LIKE-01", "line": "set/1/AL-1", "agreed": LINE, "source": "", "differs": [differs]}
    assert bare(says) in bare(likeness.said(found)) and likeness.line(found) == ""
