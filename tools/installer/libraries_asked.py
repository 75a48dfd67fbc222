"""What the program's folder wants from the system: libraries by name, and the packages of Debian and Ubuntu that have them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from tools.installer.notmade import NotMade

# A package that was renamed for 64-bit times (`t64`) is asked for by both names.
PACKAGES = {
    "libEGL.so.1": "libegl1", "libGL.so.1": "libgl1", "libGLX.so.0": "libglx0", "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1", "libX11.so.6": "libx11-6", "libXau.so.6": "libxau6", "libXext.so.6": "libxext6",
    "libbrotlicommon.so.1": "libbrotli1", "libbrotlidec.so.1": "libbrotli1", "libbrotlienc.so.1": "libbrotli1",
    "libzstd.so.1": "libzstd1", "libbz2.so.1.0": "libbz2-1.0", "libcom_err.so.2": "libcom-err2", "libdbus-1.so.3": "libdbus-1-3", "libexpat.so.1": "libexpat1",
    "libffi.so.8": "libffi8", "libfontconfig.so.1": "libfontconfig1", "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1", "libglib-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgio-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0", "libgobject-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0t64 | libglib2.0-0", "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "liblzma.so.5": "liblzma5", "libncursesw.so.6": "libncursesw6", "libpanelw.so.6": "libncursesw6",
    "libreadline.so.8": "libreadline8t64 | libreadline8", "libsqlite3.so.0": "libsqlite3-0", "libstdc++.so.6": "libstdc++6",
    "libssl.so.3": "libssl3t64 | libssl3", "libcrypto.so.3": "libssl3t64 | libssl3", "libtinfo.so.6": "libtinfo6",
    "libuuid.so.1": "libuuid1", "libwayland-client.so.0": "libwayland-client0", "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1", "libdrm.so.2": "libdrm2", "libz.so.1": "zlib1g", "libcrypt.so.1": "libcrypt1",
    "libxcb-cursor.so.0": "libxcb-cursor0", "libxcb-glx.so.0": "libxcb-glx0", "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0", "libxcb-keysyms.so.1": "libxcb-keysyms1", "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0", "libxcb-render.so.0": "libxcb-render0", "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0", "libxcb-sync.so.1": "libxcb-sync1", "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0", "libxcb-xkb.so.1": "libxcb-xkb1", "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0", "libxkbcommon.so.0": "libxkbcommon0",
}  # fmt: skip
C_LIBRARY = re.compile(r"^(ld-linux.*|lib(c|m|dl|rt|pthread|util|resolv|nsl|anl)\.so\.\d+)$")
_C_VERSION = re.compile(rb"GLIBC_2\.(\d+)\x00")
_FILE = re.compile(r"^(\S.*):\s+file format ")
_PATHS = re.compile(r"^\s+(?:RUNPATH|RPATH)\s+(\S+)")
_NEEDED = re.compile(r"^\s+NEEDED\s+(\S+)")


def code(frozen: Path) -> list[Path]:
    """The files of machine code in a folder, each once."""
    found = (path for path in sorted(frozen.rglob("*")) if path.is_file() and not path.is_symlink())
    return [path for path in found if _begins(path) == b"\x7fELF"]


def depends(frozen: Path) -> list[str]:
    """The packages that the folder's machine code wants, as a control file names them. Raises NotMade for a library of a package
    that is not known here."""
    files = code(frozen)
    return asked({name for _, name in needed(files)}, {path.name for path in frozen.rglob("*.so*")}, c_version(files))


def asked(wanted: Iterable[str], own: Iterable[str], c_minor: int) -> list[str]:
    """The packages of the libraries that are not the program's own; the C library from 2.`c_minor` on. Raises NotMade."""
    outside = {name for name in set(wanted) - set(own) if not C_LIBRARY.match(name)}
    if unknown := sorted(outside - PACKAGES.keys()):
        raise NotMade(f"No package is known for {', '.join(unknown)}: add it in tools/installer/libraries_asked.py.")
    return [f"libc6 (>= 2.{c_minor})", *sorted({PACKAGES[name] for name in outside})]


def needed(files: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """File and library, for each library that a file is linked with. Raises NotMade without objdump."""
    yield from _told(files, _NEEDED)


def search_paths(files: Iterable[Path]) -> list[tuple[Path, str]]:
    """The files that name folders in which their libraries are looked for, and those. Raises NotMade without objdump."""
    return [(Path(file), places) for file, places in _told(files, _PATHS)]


def _told(files: Iterable[Path], wanted: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    tool = shutil.which("objdump")
    if tool is None:
        raise NotMade("objdump is not here: install binutils.")
    said = subprocess.run([tool, "-p", *map(str, files)], capture_output=True, text=True, check=False).stdout
    file = ""
    for line in said.splitlines():
        if found := _FILE.match(line):
            file = found[1]
        elif found := wanted.match(line):
            yield file, found[1]


def c_version(files: Iterable[Path]) -> int:
    """The oldest C library 2.N that has all that the files call."""
    return max((int(one) for path in files for one in _C_VERSION.findall(path.read_bytes())), default=0)


def _begins(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(4)
