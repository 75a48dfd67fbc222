"""What of newer releases an administrator lets people know: a manifest in the policy folder, signed by those who made this program.
Nothing is asked for over a network, and nothing is ever installed from here."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from g20desk import __version__, folders
from g20desk.errors import Usage
from g20desk.ledger import canonical, keys

FILE = "releases.json"
KEY = "release-key.pub"
FORM, PURPOSE = "g20desk-release-1", "release-manifest"
MOST = 256 << 10
_VERSION = re.compile(r"\d+(\.\d+){0,3}(rc\d+)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Shipped:
    """A file of a release: `size` in bytes, `sha256` in hex."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Release:
    """A version, the day (YYYY-MM-DD) it came out, its files, and what is new, by language."""

    version: str
    date: str
    files: tuple[Shipped, ...]
    notes: dict[str, str]


def here() -> str:
    """The version of this program."""
    return __version__


def public_key() -> str:
    """The key that this build takes releases from, in hex; empty where it carries none."""
    found = resources.files("resources") / KEY
    return found.read_text(encoding="ascii").strip() if found.is_file() else ""


def offered() -> Release | None:
    """The newer release that the administrator lets people know of, if there is one. Raises Usage for a manifest that can't be
    read or trusted: that somebody put one there is never passed over."""
    path = folders.policy() / FILE
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Usage(
            "release-unreadable", f"The note on a newer release can't be read: {error.strerror}.", _ASK
        ) from error
    told = read(data, public_key())
    return told if newer(told.version, here()) else None


_ASK = "Tell your administrator; install nothing because of it. To look at it: g20desk releases"


def read(data: bytes, public: str) -> Release:
    """A manifest's release, once its signature by this key is proved. Raises Usage."""
    if not public:
        raise Usage("release-no-key", "This build carries no key to check a newer release by.", _ASK)
    try:
        if len(data) > MOST:
            raise ValueError("too large")
        told = json.loads(data)
        signature = bytes.fromhex(told.pop("signature"))
        signed = canonical.dumps(told)
        made = _release(told)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Usage("release-unreadable", "The note on a newer release is no manifest of g20desk.", _ASK) from error
    if not keys.holds(public, PURPOSE, signed, signature):
        raise Usage(
            "release-signature", "The note on a newer release is not signed by those who made this program.", _ASK
        )
    return made


def signed(release: Release, seed: bytes) -> bytes:
    """The manifest's bytes, signed by the key of this seed (32 bytes)."""
    value = {"form": FORM, **asdict(release)}
    signature = keys.DeviceKey(seed, bytes(32)).sign(PURPOSE, canonical.dumps(value))
    return (json.dumps({**value, "signature": signature.hex()}, ensure_ascii=False, indent=1) + "\n").encode()


def newer(one: str, other: str) -> bool:
    """Whether one version comes after another; 1.0.0rc1 comes before 1.0.0."""
    return _order(one) > _order(other)


def faults(release: Release, folder: Path) -> list[str]:
    """The release's files that are not in the folder, or are others, by name."""
    return [one.name for one in release.files if not _is(folder / one.name, one)]


def _is(path: Path, one: Shipped) -> bool:
    if not path.is_file() or path.stat().st_size != one.size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == one.sha256


def _order(version: str) -> tuple[tuple[int, ...], int, int]:
    bare, _, candidate = version.partition("rc")
    parts = [int(part) for part in re.findall(r"\d+", bare)]
    return (*parts, *[0] * (4 - len(parts))), 0 if candidate else 1, int(candidate or 0)


def _release(told: dict[str, Any]) -> Release:
    files = tuple(Shipped(str(f["name"]), str(f["sha256"]), int(f["size"])) for f in told["files"])
    made = Release(str(told["version"]), str(told["date"]), files, {str(k): str(v) for k, v in told["notes"].items()})
    plain = all(_DIGEST.fullmatch(f.sha256) and f.name == Path(f.name).name and "\\" not in f.name for f in files)
    if told["form"] != FORM or not plain or not _VERSION.fullmatch(made.version) or not _DAY.fullmatch(made.date):
        raise ValueError("not of this form")
    return made
