"""Screens against stored pictures, a third as wide: a fixed demo, a fixed clock, our own fonts. What differs is kept.

G20DESK_PICTURES=write python3 dev.py test tests/ui/test_pictures.py      takes them anew; look at them
"""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from g20desk.clock import from_iso
from g20desk.desk import Desk, demo
from tests.ui.test_calendar import Still
from ui import texts, theme
from ui.bus import Bus, Ctx, facts
from ui.first_run.presenter import FirstRunPresenter
from ui.first_run.view import FirstRunView
from ui.shots import MODES, RULE, grab
from ui.widgets.choosing import Choices
from ui.window import Window
from ui.worker import InlineWorker
from ui.zones import DAY

GOLDEN = Path(__file__).parents[1] / "golden" / "ui"
KEPT = Path(__file__).parents[2] / ".dev" / "pictures"
WIDE, FAR, SHARE = 480, 48, 0.012
NOW = from_iso("2026-11-25T09:42:00Z")
SCREENS = ("calendar", "month", "accounts", "rules", "changes", "record", "office", "first-run")


@pytest.fixture(scope="module")
def summit(tmp_path_factory):
    """The demo at a fixed time."""
    folder = tmp_path_factory.mktemp("pictures") / "office"
    demo.make(folder, Still(NOW))
    return folder


def picture(screen, folder, qtbot, mode):
    """One screen as it is now, small."""
    if screen == "first-run":
        shown = FirstRunView(FirstRunPresenter(InlineWorker()), folder, Choices(), lambda **_: None)
    else:
        desk, worker, bus = Desk.open(folder, "Officer", Still(NOW)), InlineWorker(), Bus()
        shown = Window(Ctx(desk, facts(desk), worker, bus, Still(NOW), zone=texts.ZoneInfo("Europe/Rome")))
        worker.setParent(shown)
        bus.setParent(shown)
        shown.sender.stop()
        shown.strip.date.hide()
        shown.strip.local.hide()
    qtbot.addWidget(shown)
    shown.resize(1440, 900)
    shown.show()
    if screen != "first-run":
        shown.go({"month": "calendar", "changes": "rules"}.get(screen, screen), RULE if screen == "rules" else "")
        if screen == "month":
            shown.here().present.show("month", NOW + DAY)
        if screen == "changes":
            shown.here().turn("changes")
            shown.here().changes.pick("proposed")
        shown.strip.local.hide()
    image = grab(shown).toImage().convertToFormat(QImage.Format.Format_RGB888)
    return image.scaledToWidth(WIDE, Qt.TransformationMode.SmoothTransformation)


def pixels(image):
    """Row by row, without padding."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    data, line = bytes(image.constBits()), image.bytesPerLine()
    return b"".join(data[y * line : y * line + image.width() * 3] for y in range(image.height()))


def apart(one, other):
    """The share of pixels that differ visibly, and a picture of where."""
    first, second = pixels(one), pixels(other)
    shown = QImage(one.size(), QImage.Format.Format_Grayscale8)
    shown.fill(255)
    hits = 0
    for n in range(len(first) // 3):
        if max(abs(first[3 * n + c] - second[3 * n + c]) for c in range(3)) > FAR:
            hits += 1
            shown.setPixel(n % one.width(), n // one.width(), 0xFF000000)
    return hits / (len(first) // 3), shown


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(("mode", "scheme", "lang"), MODES, ids=[m for m, *_ in MODES])
def test_a_screen_looks_as_it_did(qtbot, qapp, summit, screen, mode, scheme, lang):
    texts.use(lang)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft if lang == "ar" else Qt.LayoutDirection.LeftToRight)
    theme.wear(qapp, scheme)
    now, stored = picture(screen, summit, qtbot, mode), GOLDEN / f"{screen}-{mode}.png"
    if os.environ.get("G20DESK_PICTURES") == "write":
        GOLDEN.mkdir(parents=True, exist_ok=True)
        now.save(str(stored), "PNG", 0)
    before = QImage(str(stored))
    assert before.size() == now.size(), f"no picture {stored}; see this file's head"
    share, where = apart(now, before)
    if share > SHARE:
        KEPT.mkdir(parents=True, exist_ok=True)
        for kind, image in (("now", now), ("before", before), ("apart", where)):
            image.save(str(KEPT / f"{screen}-{mode}-{kind}.png"))
    assert share <= SHARE, f"{share:.1%} differs; look at {KEPT}"


def test_a_difference_is_noticed():
    one = QImage(100, 100, QImage.Format.Format_RGB888)
    one.fill(0xFFFFFFFF)
    other = one.copy()
    for x in range(20):
        for y in range(20):
            other.setPixel(x, y, 0xFF000000)
    assert apart(one, one)[0] == 0
    assert apart(one, other)[0] == pytest.approx(0.04)
