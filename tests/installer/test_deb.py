"""The package on a computer that has never seen it: installed, used for the main job without a network, removed."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path

import pytest

import g20desk
from tests.installer.clean_root import Root

pytestmark = pytest.mark.timeout(1800)
WARN_ONLY = {"keyring", "spelling", "emoji"}
JOB = """
set -e
export LC_ALL=C.UTF-8
mkdir answers
g20desk office new G20 --head "Ada Head" --rehearsal --json >answers/office
printf 'Trade ministers met today. القمة #G20' | g20desk message new --text - --to "G20 X" --to "G20 Mastodon" --as Officer --json >answers/new
id=$(sed 's/.*"message": "\\([0-9a-f]*\\)".*/\\1/' answers/new)
digest=$(sed 's/.*"digest": "\\([0-9a-f]*\\)".*/\\1/' answers/new)
g20desk message submit $id --as Officer --json >answers/submit
g20desk message approve $id --digest $digest --as "Liaison Brazil" --json >answers/approve
g20desk message schedule $id --at now --as Officer --json >answers/schedule
g20desk publish --once --as Officer --json >answers/publish
g20desk message show $id --json >answers/show
g20desk ledger verify --json >answers/verify
"""


def answer(root: Root, name: str) -> dict:
    return json.loads((root.place / "home" / "nia" / "answers" / name).read_text(encoding="utf-8"))


def test_installed_it_does_the_main_job_and_removed_it_leaves_the_people_s_data_alone(
    root: Root, package: Path
) -> None:
    """Costs some forty seconds of one core, besides making the package."""
    before = root.files()
    root.install(package)
    there, own = root.files(), {line.lstrip("/") for line in root.run("dpkg", "-L", "g20desk").splitlines()}
    assert "usr/bin/g20desk" in there and "usr/share/applications/g20desk.desktop" in there
    assert root.run("dpkg", "--verify", "g20desk") == ""

    assert root.person("g20desk --version").strip() == f"g20desk, version {g20desk.__version__}"
    told = json.loads(root.person("g20desk --self-test --json"))
    assert {one["check"] for one in told["checks"] if one["state"] != "ok"} <= WARN_ONLY, told
    assert json.loads(root.person("g20desk rehearse --json"))["ledger"]["verified"]
    root.person(JOB)
    shown = answer(root, "show")
    assert shown["state"] == "sent" and {post["state"] for post in shown["posts"]} == {"sent"}
    assert answer(root, "publish")["sent"] == 2 and answer(root, "verify")["verified"]
    assert root.person("g20desk --self-test --start ~/.local/share/g20desk/desk Officer").strip() == "ready"
    assert root.files() == there, "what the program writes is among the people's own"

    root.run("dpkg", "--purge", "g20desk")
    after = root.files()
    assert after <= there and there - after <= own
    assert not (after - before) & {place for place in own if "g20desk" in place}
    assert not [place for place in after if "g20desk" in place]
    assert (root.place / "home" / "nia" / ".local" / "share" / "g20desk" / "desk" / "desk.json").exists()


def test_what_goes_with_the_package_is_there_and_summed(made: Path) -> None:
    listed = dict(reversed(line.split("  ", 1)) for line in (made / "SHA256SUMS").read_text("utf-8").splitlines())
    assert {name.rsplit(".", 1)[-1] for name in listed} >= {"deb", "json", "txt"}
    for name, digest in listed.items():
        assert hashlib.sha256((made / name).read_bytes()).hexdigest() == digest
    assert (made / "windows" / "setup.iss").exists() and (made / "macos" / "make_dmg.sh").exists()
    assert (made / "g20desk" / "THIRD-PARTY-NOTICES.txt").exists()


def test_the_package_has_no_script_and_nothing_of_this_computer(made: Path, package: Path) -> None:
    control = subprocess.run(["dpkg-deb", "--ctrl-tarfile", str(package)], capture_output=True, check=True).stdout
    assert {name for name in (b"postinst", b"prerm", b"conffiles") if name in control} == set()
    here = str(Path(g20desk.__file__).parents[1]).encode()
    named = [path for path in (made / "g20desk").rglob("*") if path.is_file() and here in path.read_bytes()]
    assert named == []
    assert not [
        path for path in (made / "g20desk").rglob("*") if path.name in ("direct_url.json", "RECORD", "INSTALLER")
    ]
