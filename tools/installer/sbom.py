"""The bill of materials: CycloneDX 1.6 as JSON, the same bytes for the same parts and the same epoch."""

from __future__ import annotations

import hashlib
import json
import sys
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from g20desk.shipped import Part, plain
from tools.installer import notices

KINDS = {"distribution": "library", "library": "library", "material": "data"}
# The names by which the database of weaknesses (CPE 2.3) knows libraries that no package registry names: vendor, product.
CPE = {
    "Python": ("python", "python"), "Qt": ("qt", "qt"), "SQLite": ("sqlite", "sqlite"), "libpq": ("postgresql", "postgresql"),
    "OpenSSL (store)": ("openssl", "openssl"), "OpenSSL (cryptography)": ("openssl", "openssl"),
    "OpenSSL (hub's database client)": ("openssl", "openssl"), "OpenSSL (Python)": ("openssl", "openssl"),
    "MIT Kerberos": ("mit", "kerberos_5"), "LibYAML": ("pyyaml", "libyaml"), "zlib": ("zlib", "zlib"), "FreeType": ("freetype", "freetype"),
    "libwebp": ("webmproject", "libwebp"), "HarfBuzz": ("harfbuzz_project", "harfbuzz"), "libtiff": ("libtiff", "libtiff"),
    "libjpeg-turbo": ("libjpeg-turbo", "libjpeg-turbo"), "OpenJPEG": ("uclouvain", "openjpeg"),
}  # fmt: skip


def write(path: Path, version: str, epoch: int) -> None:
    """Of what goes out with this version. `epoch`: seconds since 1970, for the time that it names."""
    made = document(notices.parts(), version, epoch)
    path.write_text(
        json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8", newline="\n"
    )


def document(parts: list[Part], version: str, epoch: int) -> dict[str, Any]:
    """The same as a value. Its serial number comes from what stands in it."""
    components = [_component(part) for part in sorted(parts, key=lambda p: (p.kind, p.name.lower(), _ref(p)))]
    of = {plain(part.name): _ref(part) for part in parts if part.kind == "distribution"}
    inside: dict[str, list[str]] = {}
    for part in parts:
        if part.within:
            inside.setdefault(of.get(plain(part.within), "library:Python"), []).append(_ref(part))
    program = f"pkg:generic/g20desk@{version}"
    direct = sorted(_ref(part) for part in parts if not part.within)
    words = json.dumps([components, version, epoch], sort_keys=True).encode()
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.UUID(bytes=hashlib.sha256(words).digest()[:16], version=4)}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application", "bom-ref": program, "name": "g20desk", "version": version, "purl": program,
                "licenses": [{"expression": "Apache-2.0"}],
            },
            "properties": [{"name": "g20desk:system", "value": sys.platform}],
        },
        "components": components,
        "dependencies": [
            {"ref": program, "dependsOn": direct},
            *({"ref": ref, "dependsOn": sorted(held)} for ref, held in sorted(inside.items())),
        ],
    }  # fmt: skip


def _ref(part: Part) -> str:
    # A crate may be in several distributions; each carries its own.
    return f"{plain(part.within)}/{part.purl}" if part.purl and part.within else part.purl or f"{part.kind}:{part.name}"


def _component(part: Part) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": KINDS[part.kind], "bom-ref": _ref(part), "name": part.name, "version": part.version,
        "description": _about(part), "purl": part.purl, "cpe": _cpe(part), "licenses": _licences(part),
    }  # fmt: skip
    if part.kind == "material":
        made["data"] = [{"type": "other", "description": part.use}]
    if part.source.startswith("http"):
        made["externalReferences"] = [{"type": "vcs" if "git" in part.source else "website", "url": part.source}]
    if part.files:
        made["components"] = [
            {"type": "file", "name": name, "hashes": [{"alg": "SHA-256", "content": digest}]}
            for name, digest in part.files
        ]
    return {name: value for name, value in made.items() if value}


def _licences(part: Part) -> list[dict[str, Any]]:
    """As one expression of SPDX."""
    return [{"expression": part.licence}] if part.licence else []


def _about(part: Part) -> str:
    if part.within and not part.version:
        return f"Carried by {part.within}; the library does not tell its release."
    return f"Carried by {part.within}." if part.within else part.use


def _cpe(part: Part) -> str:
    if part.name not in CPE or not part.version:
        return ""
    vendor, product = CPE[part.name]
    return f"cpe:2.3:a:{vendor}:{product}:{part.version}:*:*:*:*:*:*:*"
