"""A message's history says that a part of it was taken out, by whom and why, in the interface's language."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from g20desk.desk import redacting
from tests.story import content
from ui.messages import side
from ui.texts import ACTS
from ui.translations import ar_networks


def test_the_history_says_that_a_part_was_taken_out(qtbot, office):
    message = office.approved(content("Ministers met in Pretoria.", to=("G20 Bluesky",)))
    redacting.redact(office.head, message, "A private number.", ["en"])
    (row,) = [one for one in office.desk().messages.show(message)["history"] if one["kind"] == redacting.KIND]
    panel = QWidget()
    qtbot.addWidget(panel)
    side._event(QVBoxLayout(panel), row, "")
    said = " ".join(one.text() for one in panel.findChildren(QLabel))
    assert "A part was taken out of the record" in said and "Ada Head" in said and "A private number." in said
    assert ACTS[redacting.KIND] in ar_networks.NETWORKS
