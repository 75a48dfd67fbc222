"""The bill of materials: what it holds, that it hangs together, and that it is the same each time."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from g20desk import shipped
from tools.installer import notices, sbom

EPOCH = 1_767_225_600


@pytest.fixture(scope="module")
def parts() -> list[shipped.Part]:
    return notices.parts()


@pytest.fixture(scope="module")
def bill(parts: list[shipped.Part]) -> dict[str, Any]:
    return sbom.document(parts, "1.2.3", EPOCH)


def _named(bill: dict[str, Any], name: str) -> dict[str, Any]:
    (found,) = [one for one in bill["components"] if one["name"] == name]
    return found


def test_it_says_what_it_is(bill: dict[str, Any]):
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    assert bill["metadata"]["timestamp"] == "2026-01-01T00:00:00Z"
    assert bill["metadata"]["component"]["version"] == "1.2.3"


def test_all_that_the_program_needs_is_in_it_and_no_tool_of_its_makers(bill: dict[str, Any]):
    names = {one["name"].lower() for one in bill["components"]}
    assert {
        "pyside6_essentials",
        "sqlcipher3",
        "tweepy",
        "mastodon.py",
        "atproto",
        "psycopg-binary",
        "holidays",
    } <= names
    assert not {"pytest", "ruff", "mypy", "hypothesis", "coverage", "setuptools", "g20desk"} & names


@pytest.mark.parametrize(
    "name", ["Python", "Qt", "SQLCipher", "SQLite", "OpenSSL (store)", "OpenSSL (cryptography)", "libpq", "LibYAML"]
)
def test_what_packages_carry_inside_is_in_it_with_a_version(bill: dict[str, Any], name: str):
    assert re.match(r"\d+\.\d+", _named(bill, name)["version"])


def test_versions_are_those_of_the_libraries_that_are_loaded(bill: dict[str, Any]):
    import platform

    import sqlcipher3
    from PySide6.QtCore import qVersion

    told = {name: _named(bill, name)["version"] for name in ("Python", "Qt", "SQLite")}
    assert told == {"Python": platform.python_version(), "Qt": qVersion(), "SQLite": sqlcipher3.sqlite_version}


def test_every_part_has_a_licence_and_its_own_name(bill: dict[str, Any]):
    refs = [one["bom-ref"] for one in bill["components"]]
    assert len(refs) == len(set(refs))
    assert [one["name"] for one in bill["components"] if not one.get("licenses")] == []


def test_what_depends_on_what_names_parts_that_are_there(bill: dict[str, Any]):
    refs = {one["bom-ref"] for one in bill["components"]}
    hung = {row["ref"]: row["dependsOn"] for row in bill["dependencies"]}
    program = bill["metadata"]["component"]["bom-ref"]
    assert set(hung) - {program} <= refs and {ref for held in hung.values() for ref in held} == refs
    assert "library:Qt" in hung[_named(bill, "PySide6_Essentials")["bom-ref"]]


def test_digests_are_those_of_the_files_that_are_there(bill: dict[str, Any]):
    from hashlib import sha256
    from importlib.metadata import distribution

    (file,) = [f for f in _named(bill, "sqlcipher3")["components"] if "_sqlite3" in f["name"]]
    code = distribution("sqlcipher3").locate_file(file["name"])
    with open(str(code), "rb") as opened:
        assert file["hashes"] == [{"alg": "SHA-256", "content": sha256(opened.read()).hexdigest()}]


def test_the_same_parts_make_the_same_bytes_and_others_another_number(parts: list[shipped.Part], bill: dict[str, Any]):
    again = sbom.document(list(reversed(parts)), "1.2.3", EPOCH)
    assert json.dumps(again, sort_keys=True) == json.dumps(bill, sort_keys=True)
    assert sbom.document(parts, "1.2.4", EPOCH)["serialNumber"] != bill["serialNumber"]


def test_no_path_of_this_machine_is_in_it(bill: dict[str, Any]):
    from importlib.metadata import distribution

    assert str(distribution("PyNaCl").locate_file("")) not in json.dumps(bill)
