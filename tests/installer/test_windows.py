"""What is written for Windows, checked as files: the script of Inno Setup against a folder as PyInstaller builds one."""

from __future__ import annotations

import ast
import re
import uuid
import xml.etree.ElementTree as ElementTree
from pathlib import Path, PureWindowsPath

import pytest

from g20desk import folders, running
from tools.installer import windows
from tools.installer.notmade import NotMade

EPOCH = 1_767_225_600
Entries = dict[str, list[str]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As build_installer.py leaves them: the built folder and the scripts beside each other."""
    out = tmp_path_factory.mktemp("out")
    for name in ("g20desk.exe", "g20desk-window.exe", "THIRD-PARTY-NOTICES.txt", "_internal/PySide6/Qt6Core.dll"):
        (out / "g20desk" / name).parent.mkdir(parents=True, exist_ok=True)
        (out / "g20desk" / name).write_bytes(b"")
    windows.write(out, "1.2.3", EPOCH)
    return out


@pytest.fixture(scope="module")
def script(made: Path) -> str:
    return (made / "windows" / "setup.iss").read_text(encoding="utf-8-sig")


@pytest.fixture(scope="module")
def sections(script: str) -> Entries:
    found: Entries = {}
    for line in script.splitlines():
        if head := re.fullmatch(r"\[(\w+)\]", line):
            rows = found.setdefault(head[1], [])
        elif found and line.strip() and not line.startswith((";", "#")):
            rows.append(line)
    return found


@pytest.fixture(scope="module")
def setup(sections: Entries) -> dict[str, str]:
    return dict(line.split("=", 1) for line in sections["Setup"])


def _said(line: str) -> dict[str, str]:
    """A line of parameters: `Name: "value"; Other: value`."""
    assert re.fullmatch(r'(\w+: ("(?:[^"]|"")*"|[^";]+)(; |$))+', line), line
    return {key: value.strip('"') for key, value in re.findall(r'(\w+): ("(?:[^"]|"")*"|[^";]+)', line)}


def test_every_file_that_it_takes_in_is_there(made: Path, sections: Entries):
    for line in sections["Files"]:
        source = _said(line)["Source"].replace("{#Frozen}", "..\\g20desk")
        place = (made / "windows").joinpath(*PureWindowsPath(source).parts)
        assert list(place.parent.rglob("*")) if place.name == "*" else place.is_file(), source
    taken = {
        name for line in sections["Files"] for name in _said(line)["Source"].split("\\") if "." in name or "_" in name
    }
    assert {path.name for path in (made / "g20desk").iterdir()} <= taken, "and nothing of the folder is left out"


def test_each_line_is_one_that_the_compiler_can_read(sections: Entries):
    for name in ("Languages", "Tasks", "InstallDelete", "Files", "Icons"):
        assert all(_said(line) for line in sections[name])
    assert len({line.split("=")[0] for line in sections["Setup"]}) == len(sections["Setup"]), "each directive once"


def test_windows_knows_it_from_version_to_version_by_a_name_that_does_not_change(setup: dict[str, str]):
    assert setup["AppId"] == "{{6C1F1B5E-6D0B-4A7C-9A55-1B0E0E7A20D5}"
    assert uuid.UUID(setup["AppId"].strip("{}"))
    assert (setup["AppVersion"], setup["VersionInfoVersion"]) == ("1.2.3", "1.2.3.0")


def test_all_users_or_one_and_only_where_it_can_run(setup: dict[str, str]):
    assert setup["PrivilegesRequired"] == "admin"
    assert setup["PrivilegesRequiredOverridesAllowed"].split() == ["commandline", "dialog"]
    assert setup["DefaultDirName"].startswith("{autopf}")
    assert setup["ArchitecturesAllowed"] == "x64compatible" and setup["MinVersion"] == "10.0.17763"


def test_it_waits_for_the_program_to_be_closed_and_closes_nothing_itself(setup: dict[str, str]):
    assert setup["AppMutex"].split(",") == [running.NAME, f"Global\\{running.NAME}"]
    assert setup["CloseApplications"] == setup["RestartApplications"] == "no"


def test_it_starts_nothing_by_itself_and_leaves_the_users_data(sections: Entries, script: str):
    assert not {"Run", "Registry", "UninstallRun", "UninstallDelete", "INI"} & set(sections)
    code = "\n".join(line for line in script.splitlines() if not line.startswith(";"))
    assert not re.search(r"startup|netsh|firewall|schtasks|CurrentVersion\\Run", code, re.IGNORECASE)
    assert "appdata}" not in "".join(sections["InstallDelete"])


def test_the_policy_goes_where_the_program_reads_it(script: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("sys.platform", "win32")
    monkeypatch.setattr(folders, "_program_data", lambda: Path("COMMON"))
    assert folders.policy() == Path("COMMON") / "g20desk"
    assert r"{commonappdata}\g20desk" in script and r"'\policy.toml'" in script and "{param:POLICY|}" in script


def test_the_policys_folder_is_the_administrators_before_anything_is_put_there(script: str):
    code = script.partition("[Code]")[2]
    prepared = code.partition("function PrepareToInstall")[2]
    assert prepared.index("not MadeOurs") < prepared.index("CopyFile")
    steps = ["/setowner *S-1-5-32-544", "/reset", "/inheritance:r /grant:r", "*S-1-5-32-545:(OI)(CI)RX"]
    assert [code.index(step) for step in steps] == sorted(code.index(step) for step in steps)
    assert code.count("begin") == code.count("end;"), "Pascal's blocks are closed"


def test_whatever_it_says_it_says_in_both_languages(sections: Entries, script: str):
    words = dict(line.split("=", 1) for line in sections["CustomMessages"])
    names = {key.partition(".")[2] for key in words}
    languages = {_said(line)["Name"] for line in sections["Languages"]}
    assert set(words) == {f"{language}.{name}" for language in languages for name in names}
    assert set(re.findall(r"CustomMessage\('(\w+)'\)|\{cm:(\w+)\}", script)) == {
        (name, "") if name != "DesktopIcon" else ("", name) for name in names
    }
    for name in names:
        assert len({words[f"{language}.{name}"].count("%1") for language in languages}) == 1, name


def test_no_place_of_the_machine_that_wrote_it_is_in_it(made: Path, script: str):
    assert str(made) not in script and not re.search(r'"[A-Z]:\\|/(root|tmp|home|work)/', script)
    assert not re.search(r"@[A-Z0-9]+@", script)


def test_the_same_version_and_date_make_the_same_bytes(
    made: Path, tmp_path: Path, setup: dict[str, str], sections: Entries
):
    windows.write(tmp_path, "1.2.3", EPOCH)
    for path in (made / "windows").iterdir():
        assert (tmp_path / "windows" / path.name).read_bytes() == path.read_bytes()
    assert all("touch" in _said(line)["Flags"].split() for line in sections["Files"]), "no file's own date goes in"
    assert (setup["TouchDate"], setup["TouchTime"], setup["TimeStampsInUTC"]) == ("2026-01-01", "00:00:00", "yes")


def test_the_programs_are_sharp_take_long_paths_and_ask_for_no_rights():
    root = ElementTree.fromstring(windows.manifest())
    said = {one.tag.rpartition("}")[2]: (one.text or "").strip() for one in root.iter()}
    assert (said["dpiAwareness"], said["longPathAware"], said["activeCodePage"]) == ("PerMonitorV2", "true", "UTF-8")
    (level,) = [one for one in root.iter() if one.tag.endswith("requestedExecutionLevel")]
    assert level.attrib == {"level": "asInvoker", "uiAccess": "false"}


@pytest.mark.parametrize(
    ("version", "numbers"), [("1.2.3", (1, 2, 3, 0)), ("2.0rc1", (2, 0, 0, 0)), ("0.1.0", (0, 1, 0, 0))]
)
def test_the_properties_show_the_version(version: str, numbers: tuple[int, ...]):
    call = ast.parse(windows.version_file(version), mode="eval").body
    assert isinstance(call, ast.Call) and call.func.id == "VSVersionInfo"
    info = {one.arg: one.value for one in call.keywords[0].value.keywords}
    assert ast.literal_eval(info["filevers"]) == ast.literal_eval(info["prodvers"]) == numbers
    told = [one for one in ast.walk(call) if isinstance(one, ast.Call) and one.func.id == "StringStruct"]
    assert dict(tuple(map(ast.literal_eval, one.args)) for one in told)["ProductVersion"] == version


def test_without_inno_setup_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotMade, match="install Inno Setup"):
        windows.build(tmp_path / "g20desk", tmp_path, "1.2.3", EPOCH)


def test_a_certificate_signs_programs_setup_and_uninstaller(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    ran: list[list[str]] = []

    def run(words: list[str], check: bool):
        ran.append(words)
        (made / "windows" / "g20desk_1.2.3_x64_setup.exe").write_bytes(b"")
        return type("Done", (), {"returncode": 0})

    monkeypatch.setattr("shutil.which", lambda name: f"C:\\Some Tools\\{PureWindowsPath(name).name}")
    monkeypatch.setattr("subprocess.run", run)
    monkeypatch.setenv("G20DESK_SIGN_THUMBPRINT", "AB12")
    with pytest.raises(NotMade, match="G20DESK_TIMESTAMP_URL"):
        windows.build(made / "g20desk", made, "1.2.3", EPOCH)
    monkeypatch.setenv("G20DESK_TIMESTAMP_URL", "http://time.example")
    windows.build(made / "g20desk", made, "1.2.3", EPOCH)
    sign, compile_ = ran
    assert sign[1:4] == ["sign", "/sha1", "AB12"] and [Path(one).name for one in sign[-2:]] == [
        "g20desk.exe",
        "g20desk-window.exe",
    ]
    assert "/DSigned" in compile_ and compile_[4].startswith(r"/Sg20desk=$qC:\Some Tools\signtool$q sign /sha1 AB12")
    assert compile_[4].endswith(" $f")


def test_a_program_that_runs_holds_the_names_that_setup_looks_for(monkeypatch: pytest.MonkeyPatch):
    import ctypes
    from types import SimpleNamespace

    held: list[str] = []
    kernel = SimpleNamespace(CreateMutexW=lambda rights, own, name: held.append(name))
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    running.tell()
    assert held == [], "there is no such thing here"
    monkeypatch.setattr("sys.platform", "win32")
    running.tell()
    assert held == ["g20desk-running", "Global\\g20desk-running"]


def test_the_program_holds_them_before_it_does_anything(monkeypatch: pytest.MonkeyPatch):
    from g20desk.__main__ import main

    class Told(Exception):
        pass

    def tell() -> None:
        raise Told

    monkeypatch.setattr(running, "tell", tell)
    monkeypatch.setattr("sys.argv", ["g20desk", "licences", "--help"])
    monkeypatch.setattr("sys.platform", "win32")
    with pytest.raises(Told):
        main()
