"""Releases: a manifest that the makers sign, and what a program makes of one that an administrator put down."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from g20desk import folders, releases
from g20desk.cli.main import main
from g20desk.errors import Usage
from tools.installer import release, sums
from tools.installer.notmade import NotMade

EPOCH = 1_767_225_600


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder as a build leaves it."""
    folder = tmp_path / "dist"
    folder.mkdir()
    for name in ("g20desk_9.1.0_amd64.deb", "g20desk-9.1.0.cdx.json"):
        (folder / name).write_bytes(name.encode() * 100)
    sums.write(folder)
    (tmp_path / "notes.toml").write_text('en = "Faster."\nar = "أسرع."\n', encoding="utf-8")
    return folder


@pytest.fixture
def public(tmp_path: Path) -> str:
    return release.make_key(tmp_path / "private")


@pytest.fixture
def manifest(built: Path, public: str) -> Path:
    return release.write(built, built.parent / "private", built.parent / "notes.toml", "9.1.0", EPOCH)


@pytest.fixture
def offering(tmp_path: Path, manifest: Path, public: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The manifest where an administrator puts it; this build takes releases from its makers."""
    put = tmp_path / "policy"
    put.mkdir()
    monkeypatch.setattr(folders, "policy", lambda: put)
    monkeypatch.setattr(releases, "public_key", lambda: public)
    (put / releases.FILE).write_bytes(manifest.read_bytes())
    return put / releases.FILE


def test_a_key_is_its_owners_alone_and_is_never_written_over(tmp_path: Path):
    public = release.make_key(tmp_path / "private")
    assert len(bytes.fromhex(public)) == 32 and public not in (tmp_path / "private").read_text()
    assert (tmp_path / "private").stat().st_mode & 0o077 == 0
    with pytest.raises(FileExistsError):
        release.make_key(tmp_path / "private")


def test_a_signed_manifest_says_what_came_out_and_the_same_each_time(built: Path, manifest: Path, public: str):
    told = releases.read(manifest.read_bytes(), public)
    assert (told.version, told.date, told.notes["ar"]) == ("9.1.0", "2026-01-01", "أسرع.")
    assert [one.name for one in told.files] == ["g20desk-9.1.0.cdx.json", "g20desk_9.1.0_amd64.deb"]
    first = manifest.read_bytes()
    assert (
        release.write(built, built.parent / "private", built.parent / "notes.toml", "9.1.0", EPOCH).read_bytes()
        == first
    )


def test_the_two_commands_of_a_release(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    assert release.main(["key", str(tmp_path / "stick")]) == 0
    public = capsys.readouterr().out.strip()
    assert release.main(["sign", str(built), str(tmp_path / "stick"), str(tmp_path / "notes.toml")]) == 0
    told = releases.read((built / releases.FILE).read_bytes(), public)
    assert (told.version, told.date) == (releases.here(), "2026-01-01")
    assert release.main(["sign"]) == 2
    capsys.readouterr()
    assert release.main(["sign", str(tmp_path), str(tmp_path / "stick"), str(tmp_path / "notes.toml")]) == 1
    assert "SHA256SUMS" in capsys.readouterr().err


def test_what_changed_since_it_was_summed_is_not_signed(built: Path, public: str):
    (built / "g20desk_9.1.0_amd64.deb").write_bytes(b"another")
    with pytest.raises(NotMade, match="amd64"):
        release.write(built, built.parent / "private", built.parent / "notes.toml", "9.1.0", EPOCH)


@pytest.mark.parametrize("field", ["version", "date", "files", "notes", "form"])
def test_nothing_in_it_can_be_changed(manifest: Path, public: str, field: str):
    told = json.loads(manifest.read_bytes())
    told[field] = {"version": "9.2.0", "date": "2026-02-02", "files": [], "notes": {"en": "Harmless."}, "form": "x"}[
        field
    ]
    with pytest.raises(Usage) as problem:
        releases.read(json.dumps(told).encode(), public)
    assert problem.value.code in ("release-signature", "release-unreadable")


def test_another_key_is_not_the_makers(manifest: Path, tmp_path: Path):
    with pytest.raises(Usage) as problem:
        releases.read(manifest.read_bytes(), release.make_key(tmp_path / "other"))
    assert problem.value.code == "release-signature"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"[]",
        b"nonsense",
        b'{"signature": 1}',
        b'{"signature": "00"}',
        b"\xff\xfe",
        b"[" * 5000,
        b"{" + b" " * (300 << 10),
    ],
)
def test_what_is_no_manifest_is_said_to_be_none(data: bytes, public: str):
    with pytest.raises(Usage) as problem:
        releases.read(data, public)
    assert problem.value.code == "release-unreadable" and problem.value.help


def test_a_file_name_leads_nowhere_else(tmp_path: Path, public: str):
    seed = bytes.fromhex((tmp_path / "private").read_text())
    for name in ("../x.deb", "a/b.deb", "a\\b.deb", "/etc/x"):
        made = releases.Release("9.1.0", "2026-01-01", (releases.Shipped(name, "0" * 64, 1),), {})
        with pytest.raises(Usage):
            releases.read(releases.signed(made, seed), public)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.0.1", "1.0.0"), ("1.10.0", "1.9.9"), ("2.0", "1.99.99"), ("1.0.0", "1.0.0rc2"), ("1.0.0rc10", "1.0.0rc9")],
)
def test_versions_are_compared_as_numbers(one: str, other: str):
    assert releases.newer(one, other) and not releases.newer(other, one) and not releases.newer(one, one)


def test_a_newer_release_is_known_where_the_administrator_put_it_down(offering: Path):
    told = releases.offered()
    assert told is not None and told.version == "9.1.0"


def test_the_release_that_is_here_or_an_older_one_is_no_news(offering: Path, monkeypatch: pytest.MonkeyPatch):
    for version in ("9.1.0", "9.1.1"):
        monkeypatch.setattr(releases, "here", lambda version=version: version)
        assert releases.offered() is None


def test_no_manifest_is_no_news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(folders, "policy", lambda: tmp_path / "none")
    assert releases.offered() is None


def test_one_that_can_t_be_trusted_is_never_passed_over(offering: Path, monkeypatch: pytest.MonkeyPatch):
    offering.write_bytes(offering.read_bytes().replace(b"9.1.0", b"9.1.1"))
    with pytest.raises(Usage) as problem:
        releases.offered()
    assert problem.value.code == "release-signature"
    monkeypatch.setattr(releases, "public_key", lambda: "")
    with pytest.raises(Usage) as problem:
        releases.offered()
    assert problem.value.code == "release-no-key"


def test_the_doctor_says_so_too(offering: Path, monkeypatch: pytest.MonkeyPatch):
    from g20desk.desk import doctor

    def said() -> dict[str, str]:
        (found,) = doctor.examine(offering.parent / "no desk", None, ["versions"])
        return {one.code: one.state for one in found.facts if one.code.startswith("release")}

    assert said() == {"release-newer": "note"}
    offering.write_bytes(offering.read_bytes().replace(b"9.1.0", b"9.1.1"))
    assert said() == {"release-doubtful": "wrong"}
    offering.unlink()
    assert said() == {}


def test_the_command_tells_of_it_and_proves_files(offering: Path, built: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["releases", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["release"]["version"] == "9.1.0"
    assert main(["releases", str(offering), "--folder", str(built)]) == 0
    assert "as they should be" in capsys.readouterr().out
    (built / "g20desk_9.1.0_amd64.deb").write_bytes(b"another")
    assert main(["releases", str(offering), "--folder", str(built)]) == 1
    assert "g20desk_9.1.0_amd64.deb" in capsys.readouterr().err
    assert main(["releases", str(offering), "--key", "0" * 64]) == 2
