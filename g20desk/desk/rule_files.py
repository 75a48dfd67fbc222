"""Rule files: those that the program carries; on disk read to be proposed, written out for an editor, imported from other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from g20desk import reading
from g20desk.errors import Refused, Usage

if TYPE_CHECKING:
    from g20desk.rulebook.imported import Imported

FOLDERS = ("rulebooks", "facts", "agreed")
LARGEST = 8_000_000


def sources() -> dict[str, bytes]:
    """The files of the rulebook that the program carries, by folder and name."""
    made = {}
    for folder in FOLDERS:
        for file in resources.files("resources").joinpath(folder).iterdir():
            if file.name.endswith(".toml"):
                made[f"{folder}/{file.name}"] = file.read_bytes()
    return made


def program_files() -> dict[str, str]:
    """The same as texts."""
    return {name: data.decode().replace("\r\n", "\n") for name, data in sources().items()}


def read(paths: Sequence[Path], base: Mapping[str, str]) -> dict[str, str]:
    """The files of a rulebook from a folder as `write` leaves it, or from files that take the place of those of the
    same name in `base`. Raises Usage."""
    if len(paths) == 1 and paths[0].is_dir():
        return _folder(paths[0], base)
    made = dict(base)
    for path in paths:
        folder = path.resolve().parent.name
        made[f"{folder if folder in FOLDERS else FOLDERS[0]}/{path.name}"] = _text(path)
    return made


def _folder(root: Path, base: Mapping[str, str]) -> dict[str, str]:
    """A folder of the three folders is the whole; one of loose files changes those alone."""
    whole = {f"{name}/{file.name}": _text(file) for name in FOLDERS for file in sorted((root / name).glob("*.toml"))}
    if whole:
        return whole
    loose = sorted(root.glob("*.toml"))
    if not loose:
        raise Usage("no-file", f"There are no rule files in {root}.", "Make some with: g20desk rulebook export DIR")
    return read(loose, base)


def write(files: Mapping[str, str], root: Path) -> None:
    """Write files into a new or empty folder. Raises Usage."""
    try:
        if root.exists() and any(root.iterdir()):
            raise Usage("folder-taken", f"{root} is not empty.", "Choose a new folder.")
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Usage("no-file", f"{root} can't be written: {error.strerror}.", "Choose another folder.") from error


def save(text: str, path: Path) -> None:
    """Write one file. Raises Usage."""
    try:
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise Usage("no-file", f"{path} can't be written: {error.strerror}.", "Choose another place.") from error


def switched(file: Path, on: bool, families: Sequence[str] = (), rules: Sequence[str] = ()) -> tuple[str, list[str]]:
    """A rule file's text with rules of it switched on or off, and those that had to be: the rules named and those of the
    families; all of the file where none is named. Raises Usage, and Refused where the file has none that is named so."""
    from g20desk.desk import checking
    from g20desk.rulebook import schema
    from g20desk.rulebook.editing import edited_all

    name = f"{FOLDERS[0]}/{file.name}"
    files = {name: _text(file)}
    found = checking.told(files, lambda: schema.read(name, files[name]))
    some, named = {one.upper() for one in families}, {one.upper() for one in rules}
    if lacking := sorted((some - {rule.family for rule in found}) | (named - {rule.id for rule in found})):
        raise Refused("unknown-id", f"There is no {lacking[0]} in {file}.", "Look into the file for its rules' ids.")
    whole = not some and not named
    ids = [rule.id for rule in found if rule.on != on and (whole or rule.family in some or rule.id in named)]
    return checking.told(files, lambda: edited_all(files, {id: {"on": on} for id in ids}, {}))[name], ids


def from_vale(folder: Path, lang: str = "en", family: str = "") -> Imported:
    """A rule file from a Vale style's folder, every rule off. Raises Usage."""
    from g20desk.rulebook.vale import imported

    names = [path for path in sorted(folder.rglob("*")) if path.suffix in (".yml", ".yaml") and path.is_file()]
    if not names:
        raise Usage("no-file", f"There are no YAML files in {folder}.", "Name the folder of one Vale style.")
    files = {path.relative_to(folder).as_posix(): _text(path) for path in names}
    return imported(folder.resolve().name, files, lang=lang, family=checked_family(family))


def from_terms(file: Path, lang: str = "en", family: str = "") -> Imported:
    """A rule file from a term list (CSV), every rule off. Raises Usage."""
    from g20desk.rulebook.termlist import Unreadable, imported

    try:
        return imported(file.name, _bytes(file), lang=lang, family=checked_family(family))
    except Unreadable as problem:
        raise Usage("bad-file", f"{file.name}: {problem}.", "Columns: not this, say this, why, lang.") from problem


def checked_family(family: str) -> str:
    """A family's name, or an empty string. Raises Usage for what can't be one."""
    if family and not (family.isascii() and family.isupper() and family.isalpha() and 2 <= len(family) <= 10):
        raise Usage("bad-family", f"“{family}” is no family.", "Use 2 to 10 capital letters, for example HOUSE.")
    return family


def _bytes(path: Path) -> bytes:
    return reading.read(path, LARGEST, "Split it.")


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise Usage("bad-text", f"{path} is not UTF-8.", "Save it as UTF-8.") from error
