"""Fonts and dictionaries: which scripts can be shown and which languages can be spelt here."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import NOTE, OK, WARNING, WRONG, Fact, Saying, teller
from g20desk.desk.spelling import Spelling

SPELT = ("en", "fr", "es", "ar", "ru")
SHIPPED = {"Latin and Cyrillic": "Inter-Regular", "Arabic": "NotoSansArabic-Regular"}
# What fonts that hold a script are called, as files; the package that brings one on Debian.
FROM_SYSTEM = {
    "emoji": (re.compile(r"notocoloremoji|noto-coloremoji|apple color emoji|seguiemj|twemoji|twittercoloremoji|joypixels"), "fonts-noto-color-emoji"),
    "Chinese, Japanese and Korean": (
        re.compile(r"notos(ans|erif)(mono)?cjk|notosans(sc|tc|jp|kr|hk)|sourcehans|wqy|wenquanyi|droidsansfallback|uming|ukai|msyh|msjh|simsun|"
                   r"malgun|meiryo|yugoth|pingfang|hiragino|stheiti|applesdgothicneo"), "fonts-noto-cjk"),
    "Devanagari": (
        re.compile(r"notos(ans|erif)devanagari|lohit-devanagari|lohit_hi|nirmala|mangal|kohinoor|devanagari|annapurna|gargi|sarai|nakula"), "fonts-noto-core"),
}  # fmt: skip
SAYINGS = {
    "fonts-shipped": Saying(OK, "{names}: shipped with the program"),
    "fonts-missing": Saying(WRONG, "the program's own fonts are missing: {names}", "Ask your administrator to install g20desk again."),
    "fonts-system": Saying(OK, "{name}: the system's {font}"),
    "fonts-none": Saying(
        WARNING, "no font for {name}: such signs are shown as boxes", "Ask your administrator to install one.", "apt install {package}"),
    "spelling-well": Saying(OK, "{names}"),
    "spelling-lacks": Saying(NOTE, "none for {langs}"),
    "spelling-chinese": Saying(OK, "there is none for Chinese"),
    "spelling-none": Saying(WRONG, "no spelling dictionaries", "{why}"),
}  # fmt: skip
fact = teller(SAYINGS)


def fonts(see: See) -> Iterator[Fact]:
    """Each script that the office's languages need, from the program or from the system."""
    here = {one.name.rpartition(".")[0] for one in resources.files("resources").joinpath("fonts").iterdir()}
    gone = [script for script, name in SHIPPED.items() if name not in here]
    if gone:
        yield fact("fonts-missing", names=", ".join(gone))
    yield fact("fonts-shipped", names=", ".join(script for script in SHIPPED if script not in gone))
    found = installed(font_places())
    for script, (names, package) in FROM_SYSTEM.items():
        font = next((one for one in found if names.search(one.casefold())), "")
        yield fact("fonts-system", name=script, font=font) if font else fact("fonts-none", name=script, package=package)


def font_places(platform: str = sys.platform) -> list[Path]:
    """Where this system keeps fonts."""
    home = Path.home()
    if platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home / "AppData" / "Local"))
        return [Path(os.environ.get("WINDIR", r"C:\Windows"), "Fonts"), Path(local, "Microsoft", "Windows", "Fonts")]
    if platform == "darwin":
        return [
            Path("/System/Library/Fonts"),
            Path("/System/Library/AssetsV2"),
            Path("/Library/Fonts"),
            home / "Library" / "Fonts",
        ]
    data = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), data / "fonts", home / ".fonts"]


def installed(places: list[Path]) -> list[str]:
    """The font files' names in these folders and below, in order."""
    names = {name for place in places for _, _, files in os.walk(place) for name in files}
    return sorted(name for name in names if name.casefold().endswith((".ttf", ".otf", ".ttc", ".otc")))


def spelling(see: See) -> Iterator[Fact]:
    """Which dictionaries are here, and that one of them answers."""
    mine = Spelling(see.folder)
    here = {lang: now for lang in SPELT if (now := mine.standing(lang)).dictionary}
    if not here:
        yield fact("spelling-none", why=mine.standing(SPELT[0]).help)
        return
    try:
        mine.load(next(iter(here)))
    finally:
        mine.stop()
    yield fact("spelling-well", names=", ".join(now.dictionary for now in here.values()))
    if lacking := [lang for lang in SPELT if lang not in here]:
        yield fact("spelling-lacks", langs=", ".join(lacking))
    yield fact("spelling-chinese")
