"""Spelling dictionaries in hunspell's format, where each system keeps them. None is shipped, none is fetched."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from g20desk.rulebook.spellwords import UNSPACED, base

ENV = "G20DESK_DICTIONARIES"
OWN = "dictionaries"
# From here on loading takes seconds on an ordinary machine: such a dictionary is used when someone asks.
SLOW_BYTES = 8_000_000
# Of several for one language the office's usual one, which is British English as the United Nations writes it.
USUAL = {"en": "en_GB", "fr": "fr_FR", "es": "es_ES", "pt": "pt_PT", "de": "de_DE"}
DEBIAN = {"en": "hunspell-en-gb", "fr": "hunspell-fr", "es": "hunspell-es", "ru": "hunspell-ru", "ar": "hunspell-ar"}


@dataclass(frozen=True, slots=True)
class Dictionary:
    """A pair of files: affixes and words."""

    name: str
    aff: Path
    dic: Path

    def slow(self) -> bool:
        """Whether it takes long to load, by its size."""
        return sum(_size(file) for file in (self.aff, self.dic)) > SLOW_BYTES


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def places(desk: Path, env: Mapping[str, str] = os.environ, platform: str = sys.platform) -> list[Path]:
    """The folders to look in, the first goes before the others: those that G20DESK_DICTIONARIES names, the desk's own,
    the person's, the system's, LibreOffice's."""
    named = [Path(one) for one in env.get(ENV, "").split(os.pathsep) if one]
    home = Path(env.get("USERPROFILE" if platform == "win32" else "HOME", "") or Path.home())
    return [*named, desk / OWN, *_usual(home, env, platform)]


def _usual(home: Path, env: Mapping[str, str], platform: str) -> Iterator[Path]:
    if platform == "win32":
        roots = [env.get(name, "") for name in ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)")]
        offices = [Path(root) / "LibreOffice" / "share" / "extensions" for root in dict.fromkeys(roots) if root]
        if env.get("APPDATA"):
            yield Path(env["APPDATA"]) / "hunspell"
    elif platform == "darwin":
        yield from (home / "Library" / "Spelling", Path("/Library/Spelling"))
        yield from (Path("/opt/homebrew/share/hunspell"), Path("/usr/local/share/hunspell"))
        offices = [Path("/Applications/LibreOffice.app/Contents/Resources/extensions")]
    else:
        yield Path(env.get("XDG_DATA_HOME") or home / ".local" / "share") / "hunspell"
        for root in (env.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share").split(":"):
            yield from (Path(root) / name for name in ("hunspell", "myspell", "myspell/dicts") if root)
        offices = [Path(root) / "libreoffice/share/extensions" for root in ("/usr/lib", "/usr/lib64", "/opt", "/snap")]
    for office in offices:
        yield from _inside(office)


def _inside(folder: Path) -> list[Path]:
    """LibreOffice keeps a folder for each language."""
    try:
        return sorted(one for one in folder.iterdir() if one.name.startswith("dict-"))
    except OSError:
        return []


def found(folders: Iterable[Path]) -> dict[str, Dictionary]:
    """All dictionaries by name (`en_GB`, `ar`); a folder that is not there or can't be read holds none."""
    made: dict[str, Dictionary] = {}
    for folder in folders:
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            continue
        there = set(names)
        for name in names:
            stem = name.removesuffix(".aff")
            if stem != name and f"{stem}.dic" in there:
                one = Dictionary(stem.replace("-", "_"), folder / name, folder / f"{stem}.dic")
                made.setdefault(one.name, one)
    return made


def best(lang: str, listed: Mapping[str, Dictionary]) -> Dictionary | None:
    """The dictionary for a language: its country's where it names one, then the usual one, then any of it."""
    tag = lang.replace("-", "_").lower()
    bare = base(lang)
    mine = {name.lower(): one for name, one in sorted(listed.items()) if base(name) == bare}
    wanted = (tag, bare, USUAL.get(bare, "").lower(), f"{bare}_{bare}", *mine)
    return next((mine[name] for name in wanted if name in mine), None)


def advice(lang: str, desk: Path, platform: str = sys.platform) -> tuple[str, str]:
    """Why there is no spelling in a language, and what to do."""
    bare = base(lang)
    if bare in UNSPACED:
        return "This language has no spelling dictionaries.", "Its characters are checked by the rulebook."
    own = desk / OWN
    if platform.startswith("linux"):
        how = f"Install {DEBIAN.get(bare, f'hunspell-{bare}')} (Debian, Ubuntu) or your system's package of that name"
    elif platform == "darwin":
        how = f"Put its two files ({bare}.aff, {bare}.dic) into Library/Spelling"
    else:
        how = "Install LibreOffice with this language"
    return "There is no dictionary for this language here.", f"{how}, or put its files into {own}."
