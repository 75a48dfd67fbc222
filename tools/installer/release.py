"""The makers' side of a release: their key, and the signed manifest.

    python -m tools.installer.release key PRIVATE                   a new key; its public half is to be kept as resources/release-key.pub
    python -m tools.installer.release sign FOLDER PRIVATE NOTES     FOLDER/releases.json over its SHA256SUMS; NOTES is TOML: en = "…", ar = "…"

PRIVATE is a file that only its owner reads. It belongs on a stick in a safe, not on a computer that builds."""

from __future__ import annotations

import os
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from g20desk import releases
from g20desk.ledger.keys import DeviceKey
from tools.installer import sums
from tools.installer.building import epoch
from tools.installer.notmade import NotMade


def make_key(private: Path) -> str:
    """A new key in a new file; the public half in hex. Raises FileExistsError rather than write over one."""
    key = DeviceKey.fresh()
    with os.fdopen(os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(key.sign_seed.hex() + "\n")
    return key.device


def write(folder: Path, private: Path, notes: Path, version: str, when: int) -> Path:
    """The manifest of the files that SHA256SUMS in the folder lists; they are summed again first. Raises NotMade."""
    listed = dict(reversed(line.split("  ", 1)) for line in (folder / sums.FILE).read_text("utf-8").splitlines())
    listed.pop(releases.FILE, None)
    off = [
        name for name, digest in listed.items() if not (folder / name).is_file() or sums.digest(folder / name) != digest
    ]
    if off:
        raise NotMade(f"Not as {sums.FILE} says: {', '.join(off)}. Build again.")
    files = tuple(releases.Shipped(name, listed[name], (folder / name).stat().st_size) for name in sorted(listed))
    words = {str(lang): str(text) for lang, text in tomllib.loads(notes.read_text("utf-8")).items()}
    day = datetime.fromtimestamp(when, UTC).strftime("%Y-%m-%d")
    data = releases.signed(releases.Release(version, day, files, words), bytes.fromhex(private.read_text().strip()))
    releases.read(data, DeviceKey(bytes.fromhex(private.read_text().strip()), bytes(32)).device)
    made = folder / releases.FILE
    made.write_bytes(data)
    return made


def main(words: list[str]) -> int:
    """One of the two commands; 1 where it can't be done, which is said, 2 for wrong usage."""
    try:
        match words:
            case ["key", private]:
                print(make_key(Path(private)))
            case ["sign", folder, private, notes]:
                print(write(Path(folder), Path(private), Path(notes), releases.here(), epoch()))
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except (NotMade, OSError, ValueError) as problem:
        print(f"release: {problem}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
