"""What all tests may ask for."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from g20desk import folders, policy_file
from tests.servers.pds import Pds, running_pds
from tests.servers.postgres import Postgres, running_postgres
from tests.servers.standin import StandIn
from tests.story import Office, standin

# How fast a machine draws examples, or runs one, says nothing of the code.
settings.register_profile("run", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("run")


@pytest.fixture(scope="session", autouse=True)
def logs_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What programs that tests start write down is nobody's own log."""
    before, os.environ["G20DESK_LOGS"] = os.environ.get("G20DESK_LOGS"), str(tmp_path_factory.getbasetemp() / "logs")
    yield
    if before is None:
        del os.environ["G20DESK_LOGS"]
    else:
        os.environ["G20DESK_LOGS"] = before


@pytest.fixture(scope="session")
def pds() -> Iterator[Pds]:
    """The reference PDS, one for the run."""
    with running_pds() as one:
        yield one


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL, one for the run."""
    with running_postgres() as one:
        yield one


@pytest.fixture
def database(postgres: Postgres) -> str:
    """A fresh database: the address of its owner."""
    return postgres.fresh()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A fresh rehearsal office."""
    return Office(tmp_path / "o")


@pytest.fixture(params=["x", "mastodon"])
def network(request: pytest.FixtureRequest) -> str:
    """Each network that has a stand-in."""
    return str(request.param)


@pytest.fixture
def server(network: str) -> Iterator[StandIn]:
    """The stand-in of that network."""
    with standing_in(network) as one:
        yield one


@pytest.fixture
def mastodon() -> Iterator[StandIn]:
    """A stand-in for Mastodon."""
    with standing_in("mastodon") as one:
        yield one


@pytest.fixture
def policy_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The administrator's folder, empty and this process's own; the user's own folders are the test's too."""
    folder = tmp_path / "etc"
    folder.mkdir(mode=0o755)
    monkeypatch.setattr(folders, "policy", lambda: folder)
    if os.name == "posix":
        monkeypatch.setattr(policy_file, "OWNER", os.geteuid())
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    for name in ("G20DESK_POLICY", "G20DESK_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


@pytest.fixture
def put_policy(policy_folder: Path) -> Callable[..., Path]:
    """Write a file of that policy; its path."""

    def write(text: str, name: str = "policy.toml") -> Path:
        path = policy_folder / name
        path.parent.mkdir(exist_ok=True, mode=0o755)
        path.write_text(text, "utf-8")
        path.chmod(0o644)
        return path

    return write


@contextmanager
def standing_in(network: str) -> Iterator[StandIn]:
    one = standin(network)
    yield one
    one.stop()


@pytest.fixture(autouse=True)
def quiet_logs(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A warning in our own logs or the timer's fails the test that let it happen."""
    yield
    ours = ("g20desk", "connectors", "ui", "apscheduler")
    loud = [r for r in caplog.get_records("call") if r.levelname in ("WARNING", "ERROR", "CRITICAL")]
    assert not [r.getMessage() for r in loud if r.name.split(".")[0] in ours]


@pytest.fixture
def figures(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Lines that a test measured, shown at the end of the run."""
    return lambda lines: record_property("figures", lines)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What was measured, and what the fault runs came to all together."""
    ended = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    told = [pair for one in ended for pair in one.user_properties]
    for lines in (value for name, value in told if name == "figures"):
        terminalreporter.write_line(f"\n{lines}")
    days = sum((Counter(value) for name, value in told if name == "days"), Counter())
    if days:
        seeds = days.pop("seeds")
        states = ", ".join(f"{n} {state}" for state, n in days.most_common())
        terminalreporter.write_line(f"\n{seeds} seeds, {days.total()} posts: {states}")
        terminalreporter.write_line("doubled: 0, lost in silence: 0, a state that contradicts the network: 0")
