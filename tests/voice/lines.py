"""A line with all that it can hold, for tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PIL import Image

from g20desk.office.content import Content, PictureFile, Text, Wording
from g20desk.office.form import LINE
from tests.signoff.conftest import Told

EN = "We agreed on debt relief for forty countries by 2027."
FR = "Nous avons convenu d'alléger la dette de quarante pays d'ici à 2027."
AR = "اتفقنا على تخفيف ديون أربعين بلداً بحلول عام 2027."
ZH = "我们商定到2027年为四十个国家减免债务。"
LOCK, LOCK_FR = "debt relief for forty countries", "alléger la dette de quarante pays"


def chart(folder: Path, name: str = "chart.png", size: tuple[int, int] = (640, 400)) -> Path:
    """A picture, with a place and a camera in its file."""
    path = folder / name
    picture = Image.new("RGB", size, (40, 80, 184))
    about = Image.Exif()
    about[0x010F] = "Spy Camera 3000"
    picture.save(path, exif=about)
    return path


def whole(folder: Path, **more: Any) -> Content:
    """In four languages, with everything."""
    wording = Wording(
        {"en": (LOCK,), "fr": (LOCK_FR,)}, source="Johannesburg Declaration 2025, paragraph 12",
        tags={"": ("G20SouthAfrica",), "fr": ("DetteG20",)},
        do={"en": ("Say who benefits.", "Link to the declaration.")}, dont={"en": ("Do not name single lenders.",)},
    )  # fmt: skip
    texts = tuple(Text(lang, (text,)) for lang, text in (("en", EN), ("fr", FR), ("ar", AR), ("zh", ZH)))
    alt = {"en": "Forty countries on a map.", "fr": "Quarante pays sur une carte.", "ar": "أربعون بلداً على خريطة.",
           "zh": "地图上的四十个国家。"}  # fmt: skip
    made = Content(LINE, (), texts, (PictureFile(str(chart(folder)), alt),), "Mind the date.", "debt", line=wording)
    return replace(made, **more)


def submitted(told: Told, content: Content) -> tuple[str, str]:
    """A line before its people: its id and digest."""
    officer = told["Officer"]
    made = officer.lines.begin(content)
    assert [f for f in made["findings"] if f["level"] == "block"] == []
    officer.messages.submit(made["line"])
    return str(made["line"]), str(made["digest"])


def agreed(told: Told, content: Content) -> str:
    """A line that is signed off; its id."""
    line, digest = submitted(told, content)
    told["Liaison Brazil"].messages.decide(line, "approve", digest)
    return line
