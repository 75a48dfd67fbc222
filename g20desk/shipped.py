"""What goes out with the program: the distributions of Python, and what lies in resources/. Each with version, licence, where its
source is had, and the text of its licence."""

from __future__ import annotations

import base64
import hashlib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata, resources
from pathlib import Path
from typing import Any

PROGRAM = "g20desk"
# A licence as packages declared it before PEP 639, and what SPDX calls it.
SPDX = {
    "MIT License": "MIT", "Apache 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0", "BSD License": "BSD-3-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "ISC License (ISCL)": "ISC",
    "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only": "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only",
    "BSD-3-Clause and Public-Domain": "BSD-3-Clause",
}  # fmt: skip
# What these say of themselves can't be told by a machine; read off their licence files.
READ = {
    "python-dateutil": "Apache-2.0 OR BSD-3-Clause", "sqlcipher3": "Zlib", "chunspell": "MIT",
    "babel": "BSD-3-Clause AND Unicode-3.0",
}  # fmt: skip
# Licence texts that a wheel lacks, or only points at; kept in resources/licences/. The LGPL is terms on top of the GPL.
LACKING = {
    "pyside6-essentials": ("LGPL-3.txt", "GPL-3.txt"), "shiboken6": ("LGPL-3.txt", "GPL-3.txt"),
    "psycopg": ("GPL-3.txt",), "psycopg-binary": ("GPL-3.txt",), "psycopg-pool": ("GPL-3.txt",), "certifi": ("MPL-2.0.txt",),
    "babel": ("Unicode-3.0.txt",),
}  # fmt: skip
ASKED = re.compile(r"^([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?")
EXTRA = re.compile(r"extra\s*==\s*['\"]([^'\"]+)['\"]")
# Machine code, whose digests the bill of materials names.
CODE = re.compile(r"\.(so|pyd|dll|dylib)(\.\d+)*$")
TEXT = re.compile(r"(licen[cs]e|copying|notice|authors)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One work of others, or our own, that the program carries. `texts`: a title and the text, each. `within`: the distribution that it
    comes in.
    `files`: the name and the SHA-256 of each, as far as they are told: of a distribution those that its RECORD lists as code."""

    name: str
    version: str
    licence: str
    kind: str
    source: str = ""
    texts: tuple[tuple[str, str], ...] = ()
    within: str = ""
    use: str = ""
    purl: str = ""
    files: tuple[tuple[str, str], ...] = ()


def table() -> dict[str, list[dict[str, Any]]]:
    """resources/shipped.toml: `material` and `library`."""
    return tomllib.loads(_resource("shipped.toml"))


def kept(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Texts of resources/licences/ by the names of their files."""
    return tuple((name, _resource(f"licences/{name}")) for name in names)


def materials() -> list[Part]:
    """What lies in resources/, as its table says."""
    return [_material(one) for one in table()["material"]]


def _material(one: dict[str, Any]) -> Part:
    root = Path(str(resources.files("resources")))
    files = sorted(path for pattern in one["files"] for path in root.glob(pattern) if path.is_file())
    digests = tuple(
        (path.relative_to(root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in files
    )
    texts = tuple((name.rpartition("/")[2], _resource(name)) for name in one["texts"])
    return Part(
        one["name"], one["version"], one["licence"], "material", one["source"], texts, "", one["use"], "", digests
    )


def closure(root: str = PROGRAM) -> list[metadata.Distribution]:
    """The distributions that the program needs to run, itself left out, by name. Of a requirement with a marker that is not about an
    extra, being installed is the proof that it holds here."""
    found: dict[str, metadata.Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [(root, frozenset[str]())]
    while waiting:
        name, extras = waiting.pop()
        if (plain(name), extras) in seen:
            continue
        seen.add((plain(name), extras))
        try:
            one = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another system or another Python
        found[plain(name)] = one
        for requirement in one.requires or []:
            wanted, _, marker = requirement.partition(";")
            under = EXTRA.search(marker)
            if under and under[1] not in extras:
                continue
            if asked := ASKED.match(wanted.strip()):
                waiting.append((asked[1], frozenset(e.strip() for e in (asked[2] or "").split(",") if e.strip())))
    found.pop(plain(root), None)
    return [found[name] for name in sorted(found)]


def distributions() -> list[Part]:
    """The same as parts."""
    return [_part(one) for one in closure()]


def plain(name: str) -> str:
    """A distribution's name as all spellings of it are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _part(one: metadata.Distribution) -> Part:
    name = one.metadata["Name"]
    texts = tuple(
        (str(file).rpartition("licenses/")[2].rpartition(".dist-info/")[2], text)
        for file in sorted(one.files or [], key=str)
        if file.parts[0].endswith(".dist-info") and TEXT.search(file.name) and (text := _said(file))
    )
    purl = f"pkg:pypi/{plain(name)}@{one.version}"
    files = tuple((str(f), _hex(f.hash.value)) for f in one.files or [] if f.hash and CODE.search(f.name))
    texts += kept(LACKING.get(plain(name), ()))
    about, home = _field(one, "Summary"), _home(one)
    return Part(name, one.version, licence(one), "distribution", home, texts, use=about, purl=purl, files=files)


def _hex(said: str) -> str:
    """A digest as RECORD writes it (base64 of URLs, unpadded) in hex letters."""
    return base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)).hex()


def _said(file: metadata.PackagePath) -> str:
    return file.locate().read_text(encoding="utf-8", errors="replace")  # type: ignore[attr-defined,no-any-return]


def licence(one: metadata.Distribution) -> str:
    """A distribution's licence as SPDX writes it; empty where it can't be told."""
    said = one.metadata
    if found := READ.get(plain(said["Name"])) or _field(one, "License-Expression"):
        return str(found)
    told = [_field(one, "License").strip()]
    told += [line.rpartition(" :: ")[2] for line in said.get_all("Classifier") or [] if line.startswith("License ::")]
    for words in told:
        if words in SPDX:
            return SPDX[words]
        if re.fullmatch(r"[A-Za-z0-9.+-]+", words) and words not in ("", "Dual"):
            return words
    return ""


def _field(one: metadata.Distribution, name: str) -> str:
    return str((one.metadata.get_all(name) or [""])[0])


def _home(one: metadata.Distribution) -> str:
    named = dict(line.split(", ", 1) for line in one.metadata.get_all("Project-URL") or [] if ", " in line)
    for label in ("Source code", "Source", "Repository", "Code", "Source Code", "Homepage", "Home"):
        if label in named:
            return str(named[label])
    return str(_field(one, "Home-page") or next(iter(named.values()), "")) or f"pkg:pypi/{plain(one.name)}"


def _resource(name: str) -> str:
    return (resources.files("resources") / name).read_text(encoding="utf-8")
