"""What goes into the frozen program, and what of its parts stays out. Pure: what PyInstaller finds is asked about by name."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

SPEC = "tools/installer/g20desk.spec"
# Found by name while the program runs, so that no import tells of them.
WHOLE = (
    "g20desk", "connectors", "ui", "resources",
    "holidays", "keyring.backends", "psycopg", "psycopg_binary", "psycopg_pool", "uvicorn",
)  # fmt: skip
# Looked into by name while it runs.
FILES = ("holidays", "tzdata")
# The rulebook's compiled form is kept under a fingerprint of the code that made it.
# What is under the LGPL lies in files of its own, so that whoever has the program can put another version there.
AS_FILES = {
    "g20desk.rulebook": "pyz+py",
    **dict.fromkeys(("PySide6", "shiboken6", "psycopg", "psycopg_binary", "psycopg_pool"), "pyc"),
}
LEFT_OUT = [
    "tkinter", "_tkinter", "turtle", "idlelib", "lib2to3", "ensurepip", "pydoc_data",
    "pytest", "_pytest", "hypothesis", "coverage", "mypy", "setuptools", "pkg_resources", "pip", "PyInstaller",
    "IPython", "numpy", "PIL.ImageTk", "PIL.ImageQt", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtPdf",
    "keyrings", "rich", "pygments", "markdown_it",  # only httpx's own command line wants these three
]  # fmt: skip
# Of what is collected: plug-ins that nothing here loads, and the libraries that only they need.
OUT = (
    "*/plugins/designer/*", "*/plugins/egldeviceintegrations/*", "*/plugins/generic/*", "*/plugins/printsupport/*",
    "*/plugins/qml*/*", "*/plugins/sqldrivers/*", "*/plugins/vectorimageformats/*",
    "*/plugins/wayland-graphics-integration-server/*", "*/plugins/networkinformation/*",
    "*/plugins/imageformats/*qpdf.*", "*/plugins/imageformats/*qicns.*", "*/plugins/imageformats/*qtga.*",
    "*/plugins/imageformats/*qtiff.*", "*/plugins/imageformats/*qwbmp.*",
    "*/plugins/platforminputcontexts/*qtvirtualkeyboard*",
    "*/plugins/platforms/*qeglfs.*", "*/plugins/platforms/*qlinuxfb.*", "*/plugins/platforms/*qminimal*",
    "*/plugins/platforms/*qvkkhrdisplay.*", "*/plugins/platforms/*qvnc.*",
    "*/plugins/platformthemes/*qgtk3.*",
    "*/hunspell/dictionaries/*", "*Qt6Pdf*", "*Qt6Qml*", "*Qt6Quick*", "*Qt6VirtualKeyboard*", "*Qt6EglFS*", "*Qt6EglFs*", "*/qml/*",
)  # fmt: skip
SYSTEM = ("/lib/", "/lib64/", "/usr/lib/", "/usr/lib64/")
# Of a distribution's metadata: what the program looks up. The rest names the computer that it was installed on.
METADATA = ("METADATA", "entry_points.txt")


def files(root: Path) -> list[tuple[str, str]]:
    """The files of ours that are no code: where each is, and the folder inside the program it goes to."""
    found = [
        path
        for path in sorted((root / "resources").rglob("*"))
        if path.is_file() and path.suffix not in (".py", ".pyc")
    ]
    for package in ("g20desk", "connectors", "ui"):
        found += sorted((root / package).rglob("*.sql"))
    return [(str(path), path.parent.relative_to(root).as_posix()) for path in found]


def wanted(name: str, source: str = "") -> bool:
    """Whether a collected file, named by its place in the program, goes in. `source`: where it was found. A library of the
    system stays the system's, which mends it: the package asks for it instead."""
    if source.startswith(SYSTEM):
        return False
    place = "/" + name.replace("\\", "/")
    folder, _, last = place.rpartition("/")
    if ".dist-info/" in place:
        return folder.endswith(".dist-info") and last in METADATA
    return not any(fnmatch(place, pattern) for pattern in OUT)
