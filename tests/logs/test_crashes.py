"""Reports of what nobody foresaw, and marks of runs that ended otherwise than they should."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import click
import pytest

from g20desk import locking
from g20desk.cli import main as command_line
from g20desk.crashes import report, running
from g20desk.crashes.running import Running, take_up
from tests.logs.conftest import told

CONTENT = "the unpublished communiqué of the leaders"
CHILD = """
import faulthandler, os, signal, sys, threading
from pathlib import Path
from g20desk import logs
from g20desk.crashes.running import Running
logs.begin("window")
one = Running("window")
one.begin()
def by_the_fault_of_somebody():
    exec(sys.argv[1])
logs.note("watching")
by_the_fault_of_somebody()
"""


def child(code):
    """A process that is marked, and does this; its exit code."""
    return subprocess.run([sys.executable, "-c", CHILD, code], capture_output=True, timeout=60).returncode


def test_a_report_says_kind_and_places_and_nothing_of_what_it_said(logging_here):
    try:
        raise KeyError(CONTENT)
    except KeyError as problem:
        report.keep(problem, "window", ended=True)
    (found,) = report.kept()
    assert found["how"] == "exception" and found["kind"] == "KeyError" and found["ended"]
    assert found["places"][-1].startswith("tests/logs/test_crashes.py:") and found["places"][-1].endswith(
        f" in {sys._getframe().f_code.co_name}"
    )
    assert [one["event"] for one in found["last"]] == ["started", "failed"]
    assert found["threads"][0] == "MainThread" and found["python"].startswith("3.")
    assert CONTENT not in json.dumps(found, ensure_ascii=False)


def test_the_last_ten_are_kept(place):
    for n in range(13):
        report.write({**report.made("exception", "window", True), "at": f"2026-11-{n + 1:02d}T00:00:00.000Z"})
    assert [one["at"][8:10] for one in report.kept()] == [f"{n:02d}" for n in range(4, 14)]


def test_what_ends_the_window_or_a_publisher_is_told_until_it_is_put_away(place):
    for role, ended in (("window", True), ("window", False), ("command", True), ("publisher", True)):
        report.write(report.made("exception", role, ended))
    assert [one["role"] for one in report.untold()] == ["window", "publisher"]
    report.put_away()
    assert report.untold() == []
    report.write({**report.made("fault", "window", True), "at": "2020-01-01T00:00:00.000Z"})  # it crashed before those
    assert len(report.untold()) == 1


def test_a_report_that_somebody_wrote_into_is_read_without_it(place):
    made = report.write(report.made("exception", "window", True))
    told_ = json.loads(made.read_text()) | {
        "kind": CONTENT,
        "text": CONTENT,
        "places": [CONTENT],
        "last": [{"event": CONTENT}],
    }
    made.write_text(json.dumps(told_))
    (found,) = report.kept()
    assert CONTENT not in json.dumps(found, ensure_ascii=False) and found["places"] == ["other"] and found["last"] == []
    made.write_text("{")
    assert report.kept() == []


@pytest.mark.parametrize(
    ("code", "how", "kind"),
    [
        pytest.param("faulthandler._sigsegv()", "fault", "SegmentationFault", id="a bad address"),
        pytest.param("os.abort()", "fault", "Aborted", id="an abort, as Qt's"),
        pytest.param("os.kill(os.getpid(), signal.SIGKILL)", "unclean", None, id="killed"),
    ],
)
def test_the_next_start_tells_how_it_ended(place, code, how, kind):
    assert child(code) != 0
    (found,) = take_up()
    assert (found["how"], found.get("kind"), found["role"], found["ended"]) == (how, kind, "window", True)
    if kind:
        assert found["places"][-2].endswith(" in by_the_fault_of_somebody") and found["places"][-1].endswith(
            " in <module>"
        )
    assert [one["event"] for one in found["last"]] == ["started", "watching"]
    assert report.untold() == report.kept() and len(report.kept()) == 1
    assert take_up() == [] and not list((place / "running").iterdir())


def test_a_run_that_ends_as_it_should_leaves_no_mark(place):
    assert child("one.end()") == 0
    assert take_up() == [] and not list((place / "running").iterdir())


def test_one_that_runs_is_let_alone(place):
    with Running("window") as one:
        assert take_up() == [] and len(list((place / "running").iterdir())) == 3
        assert one._mark.exists()
    assert not list((place / "running").iterdir())


def test_two_starts_at_once_tell_of_it_once(place):
    child("os.kill(os.getpid(), signal.SIGKILL)")
    (lock,) = (place / "running").glob("*.lock")
    with locking.held(lock):  # the other start is at it
        assert take_up() == []
    assert len(take_up()) == 1


def test_a_mark_that_the_power_cut_off_is_told_of_too(place):
    child("os.kill(os.getpid(), signal.SIGKILL)")
    (mark,) = (place / "running").glob("*.json")
    mark.write_text("")
    (found,) = take_up()
    assert found["how"] == "unclean" and found["role"] == "other"


def test_where_the_disk_takes_no_mark_the_program_runs_all_the_same(place):
    place.write_text("a file where the folder should be")
    with Running("window") as one:
        assert one._mark is None
    assert take_up() == [] and report.write(report.made("fault", "window", True)) is None and report.untold() == []


def test_words_of_the_system_are_read_for_kind_and_places_alone():
    said = (
        f'Fatal Python error: {CONTENT}\n\nThread 0x01 (most recent call first):\n  File "/x/a.py", line 1 in other\n\n'
    )
    said += f'Current thread 0x02 (most recent call first):\n  File "/home/{CONTENT}/b.py", line 3 in leaf\n  File "{report.__file__}", line 9 in root\n'
    said += f"Extension modules: {CONTENT}"
    assert running.parsed(said) == {
        "kind": "other",
        "places": ["g20desk/crashes/report.py:9 in root", "elsewhere:3 in leaf"],
    }


def test_a_command_that_fails_says_where_and_not_what(logging_here, capsys, monkeypatch):
    @click.command()
    def boom():
        raise KeyError(CONTENT)

    monkeypatch.setattr(command_line.Program, "get_command", lambda *_: boom)
    assert command_line.main(["doctor"]) == 2
    out, err = capsys.readouterr()
    assert (
        out == ""
        and CONTENT not in err
        and "KeyError, tests/logs/test_crashes.py:" in err
        and "g20desk support crashes" in err
    )
    assert report.kept()[-1]["kind"] == "KeyError"
    assert told(logging_here)[-1] == told(logging_here)[-1] | {
        "event": "command",
        "command": "doctor",
        "exit": 2,
        "code": "unforeseen",
    }


def test_what_ends_a_publisher_is_reported_as_its_end_and_leaves_no_mark(office, logging_here, capsys, monkeypatch):
    def watch(*_):
        assert len(list((logging_here / "running").iterdir())) == 3
        raise KeyError(CONTENT)

    monkeypatch.setattr("g20desk.desk.watching.watch", watch)
    assert command_line.main(["--office", str(office.folder), "--as", "Officer", "publish", "--watch"]) == 2
    assert CONTENT not in capsys.readouterr().err
    (found,) = report.untold()
    assert (found["role"], found["how"], found["kind"]) == ("publisher", "exception", "KeyError")
    assert take_up() == [] and not list((logging_here / "running").iterdir())


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGTERM that a program could hear")
def test_a_publisher_that_is_stopped_leaves_no_mark_and_one_that_is_killed_does(office, place):
    words = [
        sys.executable,
        "-P",
        "-m",
        "g20desk",
        "--office",
        str(office.folder),
        "--as",
        "Officer",
        "publish",
        "--watch",
    ]
    for number, left in ((signal.SIGTERM, []), (signal.SIGKILL, ["publisher"])):
        with subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as one:
            assert "watching" in one.stderr.readline()
            assert list((place / "running").glob("*.json"))
            one.send_signal(number)
            one.stderr.read()
        assert [found["role"] for found in take_up()] == left
    assert {"watching", "ended"} <= {one["event"] for one in told(place)}


def test_an_old_lock_that_marks_nothing_is_cleared_away(place):
    (place / "running").mkdir(parents=True)
    lock = place / "running" / "1-1.lock"
    lock.touch()
    assert take_up() == [] and lock.exists()  # somebody may be about to begin
    os.utime(lock, (time.time() - 7200,) * 2)
    assert take_up() == [] and not lock.exists()
