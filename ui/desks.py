"""The desks of this computer that were opened before: a plain list among the user's settings, which no office knows of."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from g20desk import folders
from g20desk.errors import Refused

MOST = 9


@dataclass(frozen=True, slots=True)
class Known:
    """A desk: its folder, and whose office it is of."""

    folder: str
    office: str
    rehearsal: bool


def path() -> Path:
    """Beside what somebody chose for the window."""
    return folders.settings() / "desks.json"


def there(folder: Path) -> bool:
    """Whether a desk lies in a folder."""
    return (folder / "desk.json").exists()


def known(besides: Path | None = None) -> list[Known]:
    """Those that are still there, the last one first, without `besides`."""
    try:
        told = json.loads(path().read_text("utf-8"))
        found = [Known(str(one["folder"]), str(one["office"]), bool(one["rehearsal"])) for one in told]
    except (OSError, ValueError, TypeError, KeyError):
        return []
    return [one for one in found if there(Path(one.folder)) and (besides is None or Path(one.folder) != besides)]


def remember(folder: Path, office: str, rehearsal: bool) -> None:
    """It was opened just now. A disk that takes nothing only means that the list lacks it."""
    made = Known(str(folder.absolute()), office, rehearsal)
    _write([made, *known(Path(made.folder))][:MOST])


def fresh() -> Path:
    """A folder for one more desk, beside the usual one; it is not there yet."""
    usual = folders.desk()
    names = (usual, *(usual.with_name(f"{usual.name}-{n}") for n in range(2, 1000)))
    return next(one for one in names if not one.exists() or not any(one.iterdir()))


def remove(folder: Path) -> None:
    """Delete a practice office with all that is in its folder: its keys lie there too. Raises Refused for any other desk: what is in
    an office's record is not one person's to delete."""
    note = folder / "desk.json"
    if not note.exists() or json.loads(note.read_text("utf-8")).get("rehearsal") is not True:
        raise Refused("not-practice", "Only a practice office is deleted here.", "Let the head take this device out.")
    try:
        shutil.rmtree(folder)
    except OSError as problem:
        raise Refused(
            "not-deleted",
            f"Not all of it could be deleted: {problem}",
            "End the program, and delete the folder by hand.",
        ) from None
    _write(known(folder.absolute()))


def _write(found: list[Known]) -> None:
    try:
        path().parent.mkdir(parents=True, exist_ok=True)
        path().write_text(json.dumps([asdict(one) for one in found], indent=1) + "\n", "utf-8")
    except OSError as problem:
        print(f"The list of desks could not be kept: {problem}", file=sys.stderr)
