"""Promises that the repository makes about itself."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", ["requirements.lock", "tests/servers/pds/package-lock.json"])
def test_a_lock_holds_no_address(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_every_locked_package_has_a_hash() -> None:
    entries = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    pins = [line for line in entries if line and not line.lstrip().startswith("#")]
    assert len(pins) > 50
    assert all("==" in line and "--hash=sha256:" in line for line in pins)


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    locked = {
        line.split("==")[0].split("[")[0].lower()
        for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith((" ", "#"))
    }
    groups = project["dependency-groups"]
    for text in project["project"]["dependencies"] + groups["dev"] + groups["build"]:
        name = text.split(">")[0].split("[")[0].lower().replace(".", "-").replace("_", "-")
        assert name in locked, text


def test_the_program_says_the_version_that_it_is_packed_under() -> None:
    import g20desk

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == g20desk.__version__


# Not imported by us, and needed all the same: by what, stands there.
FOR_OTHERS = {"tzdata": "zoneinfo", "jeepney": "keyring", "httptools": "uvicorn"}


def test_every_dependency_is_used() -> None:
    from importlib.metadata import distribution

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = [
        p.read_text(encoding="utf-8")
        for folder in ("g20desk", "ui", "connectors")
        for p in (ROOT / folder).rglob("*.py")
    ]
    imported = {
        name for text in code for name in re.findall(r"(?:import|from|import_module\(\"|find_spec\(\") ?(\w+)", text)
    }
    for wanted in project["dependencies"]:
        name = re.match(r"[\w.-]+", wanted)[0]
        modules = {
            f.parts[0].partition(".")[0] for f in distribution(name).files or [] if ".dist-info" not in f.parts[0]
        }
        assert name in FOR_OTHERS or modules & imported, f"{name}: nothing imports it"


@pytest.mark.parametrize("file", ["dev.py", "tools/setting_up.py"])
def test_set_up_needs_the_standard_library_only(file: str) -> None:
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            names = [node.module or ""]
        else:
            continue
        for name in names:
            assert name.split(".")[0] in sys.stdlib_module_names or name == "tools.setting_up"


def test_continuous_integration_calls_dev_py() -> None:
    script = ROOT / ".ci" / "run"
    assert script.read_text(encoding="utf-8").rstrip().endswith("python3 dev.py test")
    assert os.name == "nt" or os.access(script, os.X_OK)


def test_dev_py_refuses_what_it_does_not_know() -> None:
    answer = subprocess.run(
        [sys.executable, str(ROOT / "dev.py"), "nonsense"], capture_output=True, text=True, check=False
    )
    assert answer.returncode != 0
    assert answer.stdout == ""
    assert "dev.py run" in answer.stderr


def test_the_licence_is_there_in_full() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text


def test_connectors_are_found() -> None:
    from importlib.metadata import entry_points

    assert set(entry_points(group="g20desk.connectors").names) >= {"x", "bluesky", "mastodon", "rehearsal"}


def test_an_absent_focus_widget_may_be_asked_for_often(qapp: object) -> None:
    """PySide6 6.12.0 loses a reference to None at each such call on Python 3.11, and aborts."""
    from PySide6.QtWidgets import QApplication

    for _ in range(200_000):
        QApplication.focusWidget()


def test_lint_types_and_contracts_hold():
    assert os.environ.get("G20DESK_GATES", "") == "", "see above, before the tests"
