"""What a folder lies on: a drive of another computer, or a folder that some service copies about. SQLite's log beside the file needs
memory that all writers share, which drives of other computers do not give (sqlite.org/wal.html)."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NETWORKED = re.compile(r"nfs\d?|cifs|smb\d?|smbfs|smb2|afpfs|afs|webdav|davfs\d?|fuse\.sshfs|fuse\.davfs\d?|fuse\.rclone|fuse\.s3fs|"
                       r"fuse\.gvfsd-fuse|fuse\.glusterfs|glusterfs|ceph|lustre|9p|ncpfs|beegfs|gpfs|macfuse|osxfuse")  # fmt: skip
# A folder's name on the way down, as the service's own program makes it.
SYNCED = (
    (re.compile(r"onedrive( - .+)?|sharepoint"), "OneDrive"), (re.compile(r"dropbox( \(.+\))?"), "Dropbox"),
    (re.compile(r"mobile documents|icloud ?drive"), "iCloud"), (re.compile(r"google ?drive|googledrive(-.+)?|my drive"), "Google Drive"),
    (re.compile(r"box( sync)?|box-box"), "Box"), (re.compile(r"nextcloud\d*|owncloud"), "Nextcloud"), (re.compile(r"pcloud ?drive"), "pCloud"),
    (re.compile(r"syncthing"), "Syncthing"), (re.compile(r"seafile"), "Seafile"), (re.compile(r"cloudstorage"), "a cloud service"),
)  # fmt: skip
_MARKS = (
    (".stfolder", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".sync_journal.db", "Nextcloud"),
    (".owncloudsync.log", "Nextcloud"),
)


def network_drive(folder: Path, platform: str = sys.platform) -> str:
    """The kind of a network drive that a folder lies on; empty for a disk of this computer, or where the system does not say."""
    here = folder.resolve()
    if platform == "win32":
        return _on_windows(here)
    kind = kind_of(str(here), mounts_of_mac(_mount()) if platform == "darwin" else mounts_of_linux(_mountinfo()))
    return kind if NETWORKED.fullmatch(kind) else ""


def kind_of(path: str, mounts: Sequence[tuple[str, str]]) -> str:
    """The kind of the file system at a path, of mounts as (point, kind); the deepest point counts, of equal ones the last."""
    inside = [
        (len(point), n, kind)
        for n, (point, kind) in enumerate(mounts)
        if path == point or path.startswith(point.rstrip("/") + "/")
    ]
    return max(inside, default=(0, 0, ""))[2]


def mounts_of_linux(mountinfo: str) -> list[tuple[str, str]]:
    """What stands in /proc/self/mountinfo: the fifth field is the point, the first after the dash the kind."""
    made = []
    for one in mountinfo.splitlines():
        before, dash, after = one.partition(" - ")
        if dash and len(fields := before.split(" ")) > 4:
            point = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4])
            made.append((point, after.split(" ")[0]))
    return made


def mounts_of_mac(said: str) -> list[tuple[str, str]]:
    """What `mount` says: `//who@server/share on /Volumes/share (smbfs, nodev)`."""
    return [(found[1], found[2]) for found in re.finditer(r"^.+? on (.+) \((\w+)", said, re.MULTILINE)]


def synced_by(folder: Path) -> str:
    """The service that copies a folder about, by the names and marks on the way to it; empty for none that is known."""
    here = folder.resolve()
    for part in here.parts:
        for names, service in SYNCED:
            if names.fullmatch(part.casefold()):
                return service
    for above in (here, *here.parents):
        for mark, service in _MARKS:
            if (above / mark).exists() and above != Path.home():
                return service
    return ""


def _mountinfo() -> str:
    try:
        return Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def _mount() -> str:
    try:
        return subprocess.run(["/sbin/mount"], capture_output=True, text=True, timeout=5, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return ""


def _on_windows(folder: Path) -> str:
    import ctypes

    if str(folder).startswith("\\\\"):
        return "a share"
    # GetDriveTypeW: 4 is DRIVE_REMOTE.
    kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
    return "a share" if kernel.GetDriveTypeW(folder.anchor) == 4 else ""
