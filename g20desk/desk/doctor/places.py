"""The desk's folder and its disk: whose it is, who may read it, what kind of drive it lies on, how much room there is."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from g20desk import folders
from g20desk.desk.doctor import drives
from g20desk.desk.doctor.examining import See
from g20desk.desk.doctor.finding import NOTE, OK, WARNING, WRONG, Fact, Saying, teller

LEAST_FREE, LEAST_FILES = 500_000_000, 1_000
_ROOM = "Free some space, or ask your administrator for more."
SAYINGS = {
    "folder-private": Saying(OK, "only you can read {folder}"),
    "folder-ordinary": Saying(OK, "{folder}"),
    "folder-none": Saying(NOTE, "there is none at {folder} yet"),
    "folder-open": Saying(
        WARNING, "others on this computer can read {folder}", "Ask your administrator to close it to others.", "chmod -R go-rwx '{folder}'"),
    "folder-others": Saying(
        WARNING, "{folder} belongs to somebody else than who runs this program",
        "Ask your administrator to give it to the person, or to run the program as them."),
    "folder-root": Saying(NOTE, "this program runs as the administrator of the computer, which it never needs"),
    "folder-network": Saying(
        WARNING, "{folder} lies on a network drive ({kind}): two computers that write to it at once can damage the record",
        "Ask your administrator to move it to a disk of this computer while nothing uses it."),
    "folder-synced": Saying(
        WARNING, "{folder} is copied elsewhere by {name}: copies that overtake each other can damage the record, or fork it",
        "Ask your administrator to move it to a folder that is not synced; backups are made with: g20desk office backup."),
    "disk-free": Saying(OK, "{n} MB free, can be written"),
    "disk-full": Saying(WRONG, "{n} MB free", _ROOM),
    "disk-files": Saying(WRONG, "the disk has room for {n} more files only", _ROOM),
    "disk-quota": Saying(WRONG, "your share of the disk is used up", _ROOM),
    "disk-read-only": Saying(
        WRONG, "{folder} can't be written", "Ask your administrator for the right to write there, or for another place for the desk."),
    "disk-unreadable": Saying(WRONG, "{folder} can't be read", "Ask your administrator for the right to read it."),
    "disk-other": Saying(WARNING, "{folder}, where {what}, can't be written", "Ask your administrator for the right to write there."),
}  # fmt: skip
fact = teller(SAYINGS)


def folder(see: See) -> Iterator[Fact]:
    """Who may read it, and that it lies on a disk of this computer that nothing else copies about."""
    here = see.folder
    if os.name == "posix" and os.geteuid() == 0:
        yield fact("folder-root")
    there = _there(here)
    if not there:
        yield fact("folder-none", folder=here)
    elif os.name == "posix":
        about = here.stat()
        if about.st_uid != os.geteuid():
            yield fact("folder-others", folder=here)
        shut = not stat.S_IMODE(about.st_mode) & 0o077 or not _readable(here)
        yield fact("folder-private" if shut else "folder-open", folder=here)
    else:
        yield fact("folder-ordinary", folder=here)
    place = _standing(here)
    if kind := drives.network_drive(place):
        yield fact("folder-network", folder=here, kind=kind)
    if name := drives.synced_by(place):
        yield fact("folder-synced", folder=here, name=name)


def _readable(folder: Path) -> bool:
    """Whether a file of the desk can be read by others, once the folder lets them in."""
    return any(stat.S_IMODE(one.stat().st_mode) & 0o077 for one in folder.iterdir() if one.is_file())


def _there(path: Path) -> bool:
    try:
        return path.exists()
    except PermissionError:
        return False


def _standing(path: Path) -> Path:
    """The nearest folder above that is there."""
    while not _there(path) and path != path.parent:
        path = path.parent
    return path


def disk(see: See) -> Iterator[Fact]:
    """That the desk's folder, and those of settings, cache and logs, can be written, and that there is room."""
    place = _standing(see.folder)
    if not os.access(place, os.R_OK | os.X_OK):
        yield fact("disk-unreadable", folder=place)
        return
    try:
        _write(place)
    except OSError as error:
        yield _unwritten(error, place)
        return
    free = shutil.disk_usage(place).free
    yield fact("disk-free" if free >= LEAST_FREE else "disk-full", n=free // 1_000_000)
    if hasattr(os, "statvfs"):
        counts = os.statvfs(place)
        # Some file systems count no files.
        if counts.f_files and counts.f_favail < LEAST_FILES:
            yield fact("disk-files", n=counts.f_favail)
    others = ((folders.settings(), "your settings are kept"), (folders.cache(), "what can be made again is kept"),
              (folders.logs(), "logs are kept"))  # fmt: skip
    for other, what in others:
        try:
            _write(_standing(other))
        except OSError:
            yield fact("disk-other", folder=other, what=what)


def _write(place: Path) -> None:
    with tempfile.NamedTemporaryFile(dir=place, prefix=".doctor-") as file:
        file.write(b"x")
        file.flush()
        os.fsync(file.fileno())


def _unwritten(error: OSError, place: Path) -> Fact:
    if error.errno == errno.ENOSPC:
        return fact("disk-full", n=0)
    if error.errno == getattr(errno, "EDQUOT", None):
        return fact("disk-quota")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS) or sys.platform == "win32":
        return fact("disk-read-only", folder=place)
    raise error
