"""What packages carry inside them as machine code, with versions as read off the libraries themselves on the machine that builds."""

from __future__ import annotations

import platform
import re
import ssl
import sys
from collections.abc import Callable
from importlib import import_module, metadata
from pathlib import Path

from g20desk import shipped
from g20desk.shipped import Part
from tools.installer import inside

# What Pillow calls a library, what its makers call it, its licence, and where its source is had. The texts are in Pillow's own file.
PICTURES = {
    "freetype2": ("FreeType", "FTL OR GPL-2.0-or-later", "https://freetype.org"),
    "littlecms2": ("Little CMS", "MIT", "https://github.com/mm2/Little-CMS"),
    "webp": ("libwebp", "BSD-3-Clause", "https://chromium.googlesource.com/webm/libwebp"),
    "avif": ("libavif", "BSD-2-Clause", "https://github.com/AOMediaCodec/libavif"),
    "raqm": ("Raqm", "MIT", "https://github.com/HOST-Oman/libraqm"),
    "harfbuzz": ("HarfBuzz", "MIT-Modern-Variant", "https://github.com/harfbuzz/harfbuzz"),
    "libjpeg_turbo": ("libjpeg-turbo", "IJG AND BSD-3-Clause", "https://github.com/libjpeg-turbo/libjpeg-turbo"),
    "jpg_2000": ("OpenJPEG", "BSD-2-Clause", "https://github.com/uclouvain/openjpeg"),
    "libtiff": ("libtiff", "libtiff", "https://gitlab.com/libtiff/libtiff"),
    "zlib_ng": ("zlib-ng", "Zlib", "https://github.com/zlib-ng/zlib-ng"),
}
# Beside Pillow's own, where its wheel has them as files: their makers' name, the file, what of its name or bytes is the version, licence,
# source.
BESIDE = (
    ("libpng", "libpng16*", r"libpng version (\d+\.\d+\.\d+)", "libpng-2.0", "https://github.com/pnggroup/libpng"),
    ("XZ Utils", "liblzma*", r"\0(\d+\.\d+\.\d+)\0", "0BSD", "https://github.com/tukaani-project/xz"),
    ("Zstandard", "libzstd*", r"\0(\d+\.\d+\.\d+)\0", "BSD-3-Clause", "https://github.com/facebook/zstd"),
    ("Brotli", "libbrotlicommon*", "", "MIT", "https://github.com/google/brotli"),
    ("libxcb", "libxcb*", "", "X11", "https://gitlab.freedesktop.org/xorg/lib/libxcb"),
    ("libXau", "libXau*", "", "MIT", "https://gitlab.freedesktop.org/xorg/lib/libxau"),
)


def libraries() -> list[Part]:
    """Every library of resources/shipped.toml that is there on this system, and those of Pillow."""
    made = []
    for one in shipped.table()["library"]:
        if sys.platform in one.get("systems", [sys.platform]):
            name, within = one["name"], one.get("within", "")
            version = VERSIONS[name]()
            texts = shipped.kept(one["texts"])
            made.append(Part(name, version, one["licence"], "library", one["source"], texts, within))
    return made + _pictures() + _beside_pictures() + inside.crates() + _bootloader()


def _pictures() -> list[Part]:
    from PIL import features

    made = []
    for code, (name, licence, source) in PICTURES.items():
        check = features.check_feature if code in features.features else features.check
        if check(code):
            made.append(Part(name, features.version(code) or "", licence, "library", source, (), "pillow"))
    return made


def _beside_pictures() -> list[Part]:
    made = []
    for name, file, pattern, licence, source in BESIDE:
        if list(_packages().glob(f"pillow.libs/{file}")):
            version = _in_file("pillow.libs", file, pattern) if pattern else inside.taken("pillow", name)
            made.append(Part(name, version, licence, "library", source, (), "pillow"))
    return made


def _bootloader() -> list[Part]:
    """The start of the built program is PyInstaller's; its licence lets the result have any."""
    try:
        one = metadata.distribution("pyinstaller")
    except metadata.PackageNotFoundError:
        return []
    texts = [(f.name, str(f.locate().read_text("utf-8"))) for f in one.files or [] if f.name.startswith("COPYING")]
    words = "GPL-2.0-or-later WITH Bootloader-exception"
    source = "https://github.com/pyinstaller/pyinstaller"
    return [Part("PyInstaller's bootloader", one.version, words, "library", source, tuple(texts))]


def _in_file(folder: str, name: str, pattern: str) -> str:
    """What the pattern's group finds in the first file of that name in the folder of the packages; empty where nothing."""
    for path in sorted(_packages().glob(f"{folder}/{name}")):
        if found := re.search(pattern.encode(), path.read_bytes()):
            return found[1].decode()
    return ""


def _packages() -> Path:
    return Path(str(metadata.distribution("PyNaCl").locate_file("")))


def _named(folder: str, name: str, pattern: str) -> str:
    """The same from the names of the files, where the library itself does not say."""
    for path in sorted(_packages().glob(f"{folder}/{name}")):
        if found := re.search(pattern, path.name):
            return found[1]
    return ""


def _cipher(pragma: str) -> str:
    one = import_module("sqlcipher3").connect(":memory:")
    try:
        return str(one.execute(f"pragma {pragma}").fetchone()[0]).split()[0]
    finally:
        one.close()


def _libpq() -> str:
    number = int(import_module("psycopg").pq.version())
    return f"{number // 10000}.{number % 10000}"


def _backend() -> str:
    told = import_module("cryptography.hazmat.backends.openssl").backend.openssl_version_text()
    return str(told).split()[1]


def _untold() -> str:
    """For a library that has no release's number in it: its package's version stands for it."""
    return ""


OPENSSL = r"OpenSSL (\d+\.\d+\.\d+[a-z]*) "
VERSIONS: dict[str, Callable[[], str]] = {
    "Python": platform.python_version,
    "Qt": lambda: str(import_module("PySide6.QtCore").qVersion()),
    "ICU": lambda: _named("PySide6/Qt/lib", "libicudata.so.*", r"\.so\.(\d+)$"),
    "SQLite": lambda: str(import_module("sqlcipher3").sqlite_version),
    "SQLCipher": lambda: _cipher("cipher_version"),
    "OpenSSL (store)": lambda: _in_file("sqlcipher3", "_sqlite3.*", OPENSSL),
    "OpenSSL (cryptography)": _backend,
    "OpenSSL (hub's database client)": lambda: _in_file("psycopg_binary.libs", "libcrypto*", OPENSSL),
    "OpenSSL (Python)": lambda: ssl.OPENSSL_VERSION.split()[1],
    "libpq": _libpq,
    "MIT Kerberos": lambda: _in_file("psycopg_binary.libs", "libkrb5-*", r"KRB5_BRAND: krb5-([0-9.]+)"),
    "OpenLDAP": _untold,
    "Cyrus SASL": lambda: _in_file("psycopg_binary.libs", "libsasl2-*", r"Cyrus SASL\0(\d+\.\d+\.\d+)"),
    "keyutils": lambda: inside.taken("psycopg-binary", "keyutils-libs"),
    "libcrypt": _untold,
    "com_err": lambda: inside.taken("psycopg-binary", "libcom_err"),
    "libsodium": lambda: _in_file("nacl", "_sodium*", r"\0(1\.0\.\d+)\0"),
    "Hunspell": lambda: _named("hunspell", "libhunspell*", r"libhunspell-([0-9.]+)\.so"),
    "LibYAML": lambda: str(import_module("yaml._yaml").get_version_string()),
    "libffi": _untold,
    "zlib": lambda: str(import_module("zlib").ZLIB_RUNTIME_VERSION),
}
