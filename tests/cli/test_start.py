"""What is not loaded at the start: an SDK costs more than all the rest together (STACK 11)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.story import Office

SLOW = ("atproto", "atproto_client", "tweepy", "mastodon", "psycopg", "PIL", "requests", "httpx", "PySide6")


def loaded(code: str, *words: str) -> set[str]:
    """Which of the slow modules a process has loaded at its end."""
    tell = f"import sys\n{code}\nprint(*(name for name in {SLOW!r} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", tell, *words], capture_output=True, text=True, check=True, timeout=60)
    return set(done.stdout.splitlines()[-1].split()) if done.stdout.splitlines() else set()


LINE = "from g20desk.cli.main import main\n"
DESK = "from g20desk.desk import Desk\ndesk = Desk.open(sys.argv[1], 'Officer')\n"


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    return str(Office(tmp_path_factory.mktemp("start") / "o").folder)


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import g20desk.cli.main", id="the command line"),
        pytest.param(LINE + "main(['--help'])", id="its help"),
        pytest.param(LINE + "main(['message', '--help'])", id="the help of a group"),
        pytest.param(LINE + "main(['--office', sys.argv[1], 'message', 'list'])", id="a list"),
        pytest.param(LINE + "main(['--office', sys.argv[1], 'account', 'list'])", id="the accounts"),
        pytest.param(DESK + "desk.messages.rows()\ndesk.messages.rows(search='debt')\ndesk.holds.rows()", id="a desk"),
    ],
)
def test_no_sdk_is_loaded_at_the_start(office, code):
    assert loaded(code, office) == set()


def test_the_window_starts_without_an_sdk(office):
    code = (
        "import ui.app\nfrom ui.bus import facts\n" + DESK + "facts(desk)\n"
        "desk.messages.rows(), desk.holds.rows(), desk.accounts.rows()"
    )
    assert loaded(code, office) <= {"PySide6"}
