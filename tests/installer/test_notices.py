"""The notices of third parties: whatever goes out has its licence's text, and resources/ holds nothing that the table does not know."""

from __future__ import annotations

import json
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest

from g20desk import licences, shipped
from g20desk.cli.main import main
from tools.installer import contents, inside, notices

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def parts() -> list[shipped.Part]:
    return notices.parts()


@pytest.fixture(scope="module")
def text(parts: list[shipped.Part]) -> str:
    return licences.text(parts)


def test_every_distribution_that_goes_out_has_a_licence_and_its_text(parts: list[shipped.Part]):
    bare = [one.name for one in parts if one.kind == "distribution" and not (one.licence and one.texts)]
    assert bare == [], "give them a licence in READ or a text in resources/licences/ (g20desk/shipped.py)"


SAID = {
    "Little CMS": "lcms", "libjpeg-turbo": "libjpeg", "zlib-ng": "zlib", "XZ Utils": "liblzma", "Zstandard": "zstd", "libxcb": "xcb",
    "libXau": "xau",
}  # fmt: skip
# What wheels carry as files beside their own code, and whose it is.
FILES = {
    "libXau": "libXau", "libavif": "libavif", "libbrotli": "Brotli", "libfreetype": "FreeType", "libharfbuzz": "HarfBuzz",
    "libjpeg": "libjpeg-turbo", "liblcms2": "Little CMS", "liblzma": "XZ Utils", "libopenjp2": "OpenJPEG", "libpng": "libpng",
    "libsharpyuv": "libwebp", "libtiff": "libtiff", "libwebp": "libwebp", "libxcb": "libxcb", "libzstd": "Zstandard",
    "libcom_err": "com_err", "libcrypt-": "libcrypt", "libcrypto": "OpenSSL (hub's database client)",
    "libssl": "OpenSSL (hub's database client)", "libgssapi": "MIT Kerberos", "libk5crypto": "MIT Kerberos", "libkrb5": "MIT Kerberos",
    "libkeyutils": "keyutils", "liblber": "OpenLDAP", "libldap": "OpenLDAP", "libpq": "libpq", "libsasl2": "Cyrus SASL",
    "libhunspell": "Hunspell", "libQt6": "Qt", "libicu": "ICU",
}  # fmt: skip


def test_every_library_has_a_text_or_comes_in_a_package_whose_texts_have_it(parts: list[shipped.Part]):
    texts = {shipped.plain(one.name): "".join(title + words for title, words in one.texts).lower() for one in parts}
    for one in parts:
        if one.kind == "library" and not one.texts:
            assert SAID.get(one.name, one.name.lower()) in texts[shipped.plain(one.within)], one.name


def test_every_file_that_a_wheel_carries_beside_its_own_code_belongs_to_a_named_work(parts: list[shipped.Part]):
    names, packages = {one.name for one in parts}, Path(str(distribution("PyNaCl").locate_file("")))
    folders = [*packages.glob("*.libs"), packages / "hunspell", packages / "PySide6" / "Qt" / "lib"]
    carried = [path.name for folder in folders for path in folder.glob("lib*.so*")]
    known = {file: next((name for start, name in FILES.items() if file.startswith(start)), "") for file in carried}
    assert [file for file, name in known.items() if name not in names] == []


def test_crates_inside_machine_code_are_named_with_whose_they_are(parts: list[shipped.Part]):
    crates = {(one.within, one.name): one for one in parts if one.purl.startswith("pkg:cargo/")}
    assert len(crates) > 100 and crates["pydantic_core", "memchr"].licence == "Unlicense OR MIT"
    assert all(one.licence and one.texts and one.use.startswith("Copyright: ") for one in crates.values())


def test_the_program_needs_what_its_project_file_says(parts: list[shipped.Part]):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    here = {shipped.plain(one.name) for one in parts}
    for wanted in project["dependencies"]:
        assert shipped.plain(shipped.ASKED.match(wanted)[1]) in here, wanted


def test_an_extra_that_nobody_asked_for_brings_nothing():
    here = {shipped.plain(one.name) for one in shipped.closure()}
    assert "psycopg-binary" in here  # psycopg[binary]
    assert not {"pytest", "trio", "watchfiles", "rich"} & here


def test_lgpl_works_are_told_with_the_whole_terms_and_how_to_replace_them(text: str):
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text and "GNU GENERAL PUBLIC LICENSE" in text
    assert "You may replace them" in text
    assert "Source: https://download.qt.io/official_releases/qt/" in text


def test_a_text_that_works_share_stands_once(text: str):
    assert text.count("TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION") < 12
    assert text.count("                    GNU GENERAL PUBLIC LICENSE\n") == 1


def test_each_file_of_resources_belongs_to_one_material():
    root = ROOT / "resources"
    known: dict[str, list[str]] = {}
    for one in shipped.materials():
        for name, _ in one.files:
            known.setdefault(name, []).append(one.name)
    there = {p.relative_to(root).as_posix() for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts}
    assert {name: owners for name, owners in known.items() if len(owners) > 1} == {}
    assert sorted(there - set(known)) == [], "say what it is and whose in resources/shipped.toml"


def test_each_kept_text_is_used_and_each_that_is_used_is_kept():
    used = {name for one in shipped.table()["library"] for name in one["texts"]}
    used |= set(inside.TERMS.values())
    used |= {name for names in shipped.LACKING.values() for name in names}
    used |= {name.removeprefix("licences/") for one in shipped.table()["material"] for name in one["texts"]}
    kept = {path.name for path in (ROOT / "resources" / "licences").iterdir()}
    assert kept - used == set() and (used - kept) <= {"fonts/OFL.txt", "icons/LICENSE"}


def test_each_material_is_on_the_page_of_what_is_shipped():
    page = (ROOT / "docs" / "shipped.md").read_text(encoding="utf-8")
    for one in shipped.table()["material"]:
        row = f"| {one['name']} | {one['version']} | {one['licence']} |"
        assert row in page, row


def test_no_dictionary_and_no_font_is_shipped_that_the_page_does_not_know():
    ends = {path.suffix for path in (ROOT / "resources").rglob("*")}
    assert not {".dic", ".aff", ".bdic", ".woff", ".woff2", ".ttc", ".exe", ".dll", ".so"} & ends


def test_the_command_prints_them_without_an_office(capsys: pytest.CaptureFixture[str]):
    assert main(["licences"]) == 0
    assert capsys.readouterr().out.startswith("NOTICES OF THIRD PARTIES")
    assert main(["licences", "--json"]) == 0
    told = {row["work"].partition(" ")[0]: row["licence"] for row in json.loads(capsys.readouterr().out)}
    assert (told["keyring"], told["Inter"], told["psycopg"]) == ("MIT", "OFL-1.1", "LGPL-3.0-only")


def test_a_built_program_shows_the_file_that_lies_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    notices.write(tmp_path / licences.FILE)
    monkeypatch.setattr("sys.frozen", True, raising=False)
    monkeypatch.setattr("sys.executable", str(tmp_path / "g20desk"))
    assert licences.notices() == (tmp_path / licences.FILE).read_text(encoding="utf-8")
    assert "Qt 6" in licences.notices() and {"work", "licence"} == set(licences.listed()[0])


def test_works_under_the_lgpl_lie_as_files_of_their_own(parts: list[shipped.Part]):
    lgpl = [one.name for one in parts if one.kind == "distribution" and one.licence.startswith("LGPL")]
    assert {"PySide6_Essentials", "shiboken6", "psycopg", "psycopg-binary", "psycopg-pool"} == set(lgpl)
    for name in lgpl:
        packages = {file.parts[0] for file in distribution(name).files or [] if file.name == "__init__.py"}
        top = {package for package in packages if package.isidentifier()}
        assert top and top <= set(contents.AS_FILES), name
