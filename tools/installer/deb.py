"""The package for Debian and Ubuntu. It has no script that runs as root: the program's files go there, and go away again."""

from __future__ import annotations

import gzip
import hashlib
import os
import platform
import shutil
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from tools.installer import archive, libraries_asked

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
NAME = "g20desk"
NOTICES = "THIRD-PARTY-NOTICES.txt"
PLACE = "usr/lib/g20desk"
MAINTAINER = "G20 Desk maintainers <g20desk@g20.example.org>"
# By name, since the program asks for them only while it runs.
LOADED = (
    "libegl1", "libgl1", "libfontconfig1", "libfreetype6", "libxkbcommon0", "libdbus-1-3", "libxcb-cursor0", "libxkbcommon-x11-0",
    "hicolor-icon-theme",
)  # fmt: skip
RECOMMENDS = "fonts-noto-core, fonts-noto-cjk, fonts-noto-color-emoji, gnome-keyring | kwalletmanager | plasma-workspace, xdg-utils, ca-certificates"
SUGGESTS = "hunspell-en-gb, hunspell-fr, hunspell-es, hunspell-ru, hunspell-ar, xdg-desktop-portal"
DESCRIPTION = """desk for writing, agreeing and publishing official messages
 An office drafts messages in several languages, checks them against its rules,
 has them signed off by those who have a say, and publishes them on X, Bluesky
 and Mastodon at a set time. Every act is signed and kept in a record that can
 be checked by others."""
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
UNITS = ("g20desk-publisher.service", "g20desk-hub.service")


def architecture() -> str:
    """This computer's, as Debian calls it."""
    return ARCHITECTURES.get(platform.machine(), platform.machine())


def write(frozen: Path, out: Path, work: Path, version: str, epoch: int, papers: list[Path]) -> Path:
    """The package of a frozen folder, in `out`. `papers`: for its documentation; `epoch`: seconds.
    Raises NotMade."""
    staged = work / "deb"
    shutil.rmtree(staged, ignore_errors=True)
    staged.mkdir(parents=True)
    stage(frozen, staged, version, epoch, papers)
    control = work / "control"
    shutil.rmtree(control, ignore_errors=True)
    control.mkdir(parents=True)
    (control / "control").write_text(control_file(staged, version, libraries_asked.depends(frozen)), encoding="utf-8")
    (control / "md5sums").write_text(sums(staged), encoding="utf-8")
    made = out / f"{NAME}_{version}_{architecture()}.deb"
    members = [
        ("debian-binary", b"2.0\n"),
        ("control.tar.xz", archive.packed(control, epoch)),
        ("data.tar.xz", archive.packed(staged, epoch)),
    ]
    made.write_bytes(archive.archive(members, epoch))
    shutil.rmtree(staged)
    return made


def stage(frozen: Path, staged: Path, version: str, epoch: int, papers: list[Path]) -> None:
    """All files of the package, each at its place under `staged`."""
    shutil.copytree(frozen, staged / PLACE, symlinks=True)
    for path in (staged / PLACE).rglob("*.so*"):
        if not path.is_symlink():
            path.chmod(0o644)  # loaded, never run
    (staged / "usr/bin").mkdir(parents=True)
    os.symlink("../lib/g20desk/g20desk", staged / "usr/bin" / NAME)
    doc = staged / "usr/share/doc" / NAME
    put(doc / "copyright", copyright_file())
    put(doc / "changelog.gz", squeezed(changelog(version, epoch)))
    put(doc / "CHANGELOG.md.gz", squeezed((ROOT / "CHANGELOG.md").read_bytes()))
    if (staged / PLACE / NOTICES).exists():
        os.symlink(f"../../../lib/{NAME}/{NOTICES}", doc / NOTICES)
    for paper in papers:
        put(doc / f"{paper.name}.gz", squeezed(paper.read_bytes()))
    for unit in UNITS:
        text = (ROOT / "docs" / unit).read_text(encoding="utf-8")
        put(doc / "examples" / unit, text.replace("/opt/g20desk/bin/g20desk", "/usr/bin/g20desk").encode())
    share = staged / "usr/share"
    put(share / "applications/g20desk.desktop", (HERE / "linux/g20desk.desktop").read_bytes())
    for size, kind in (("256x256", "png"), ("scalable", "svg")):
        put(share / f"icons/hicolor/{size}/apps/g20desk.{kind}", (HERE / f"icons/g20desk.{kind}").read_bytes())
    page = (HERE / "linux/g20desk.1").read_text(encoding="utf-8")
    day = datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%d")
    put(share / "man/man1/g20desk.1.gz", squeezed(page.replace("@DATE@", day).replace("@VERSION@", version).encode()))


def put(path: Path, data: bytes) -> None:
    """A file that everybody may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(0o644)


def squeezed(data: bytes) -> bytes:
    """As gzip, without a date."""
    return gzip.compress(data, 9, mtime=0)


def copyright_file() -> bytes:
    """In the form that Debian reads by machine."""
    return (
        b"Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
        b"Upstream-Name: G20 Desk\n"
        b"Comment: The works of others in it, with their licences, are in THIRD-PARTY-NOTICES.txt beside this file.\n\n"
        b"Files: *\n"
        b"Copyright: 2026 G20 Desk maintainers\n"
        b"License: Apache-2.0\n"
        b" On Debian systems the full text is in /usr/share/common-licenses/Apache-2.0.\n"
    )


def changelog(version: str, epoch: int) -> bytes:
    """In the form that Debian reads; what changed stands in the file beside it."""
    day = format_datetime(datetime.fromtimestamp(epoch, UTC))
    return (
        f"{NAME} ({version}) stable; urgency=medium\n\n  * See CHANGELOG.md.gz.\n\n -- {MAINTAINER}  {day}\n".encode()
    )


def control_file(staged: Path, version: str, libraries: list[str]) -> str:
    """What the package manager reads. The size is that of the installed files, in KiB."""
    size = sum(-(-path.lstat().st_size // 1024) for path in staged.rglob("*") if not path.is_dir())
    asked = ", ".join(dict.fromkeys([*libraries, *LOADED]))
    return (
        f"Package: {NAME}\nVersion: {version}\nArchitecture: {architecture()}\nMaintainer: {MAINTAINER}\n"
        f"Installed-Size: {size}\nDepends: {asked}\nRecommends: {RECOMMENDS}\nSuggests: {SUGGESTS}\n"
        f"Section: net\nPriority: optional\nDescription: {DESCRIPTION}\n"
    )


def sums(staged: Path) -> str:
    """The digests by which the package manager finds a damaged file."""
    files = sorted(path for path in staged.rglob("*") if path.is_file() and not path.is_symlink())
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(staged)}\n"
        for path in files
    )
