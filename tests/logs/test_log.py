"""The log: records of fixed events, several processes at once, bounds of age and size, no harm from a disk that takes nothing."""

from __future__ import annotations

import os
import stat
import subprocess
import sys

import pytest

from g20desk import logs, policy
from g20desk.logs.files import Files, Keeping, clear
from g20desk.logs.journal import Journal, line, sound
from g20desk.logs.words import EVENTS, LEVELS, fitted
from tests.logs.conftest import told

WRITER = """
import sys
from pathlib import Path
from g20desk.logs.journal import Journal
one = Journal(lambda: Path(sys.argv[1]))
for n in range(300):
    one.note("synced", {"came": n})
"""


def test_a_record_says_when_how_grave_where_and_what(logging_here):
    logs.note("not-synced", code="sync-busy", seconds=1.23456)
    first, second = told(logging_here)
    assert first["event"] == "started" and first["role"] == "command"
    assert second.pop("at").endswith("Z") and second.pop("process") == os.getpid()
    assert second == {"level": "warning", "part": "hub", "event": "not-synced", "code": "sync-busy", "seconds": 1.235}


def test_nobody_else_may_read_it(logging_here):
    logs.note("watching")
    (file,) = logging_here.glob("*.jsonl")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and stat.S_IMODE(logging_here.stat().st_mode) == 0o700


def test_before_it_begins_and_after_it_ends_nothing_is_written(place):
    logs.note("watching")
    logs.begin("command")
    logs.end()
    logs.note("watching")
    assert not place.exists()


def test_several_processes_write_at_once_and_no_record_is_lost_or_torn(place):
    together = [subprocess.Popen([sys.executable, "-c", WRITER, str(place)]) for _ in range(3)]
    assert [one.wait(60) for one in together] == [0, 0, 0]
    found = told(place)
    assert len(found) == 900 and {one["event"] for one in found} == {"synced"}
    assert all(sorted(r["came"] for r in found if r["process"] == one.pid) == list(range(300)) for one in together)


def test_a_full_file_is_followed_by_the_next_number_and_a_day_by_its_own(tmp_path):
    out = Files(tmp_path, Keeping(), lambda: 0.0, full=100)
    for day in ("2026-11-29", "2026-11-29", "2026-11-29", "2026-11-30"):
        assert out.write(day, b"x" * 79 + b"\n")
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "2026-11-29.1.jsonl",
        "2026-11-29.2.jsonl",
        "2026-11-30.1.jsonl",
    ]


def test_the_oldest_go_by_age_and_by_the_size_of_all(tmp_path):
    for name in ("2026-11-20.1", "2026-11-28.1", "2026-11-28.2", "2026-11-28.10", "2026-11-30.1"):
        (tmp_path / f"{name}.jsonl").write_bytes(b"x" * 900_000)
    (tmp_path / "somebody's own.jsonl").write_bytes(b"x" * 900_000)
    clear(tmp_path, "2026-11-30", Keeping(days=7, megabytes=3))
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "2026-11-28.10.jsonl",
        "2026-11-30.1.jsonl",
        "somebody's own.jsonl",
    ]


@pytest.mark.parametrize(("level", "written"), [("error", 0), ("warning", 1), ("info", 2), ("debug", 3), ("off", 0)])
def test_from_the_level_on_that_was_chosen(tmp_path, level, written):
    one = Journal(lambda: tmp_path, lambda: Keeping(level))
    for event in ("in-touch", "watching", "log"):
        one.note(event, {})
    assert len(told(tmp_path)) == written and len(one.last) == 3


def test_the_level_comes_from_the_environment(monkeypatch):
    for named, level in (("debug", "debug"), ("OFF", "off"), ("nonsense", "info"), ("", "info")):
        monkeypatch.setenv("G20DESK_LOG_LEVEL", named)
        assert logs.keeping().level == level


def test_a_locked_policy_counts_more_than_the_environment(monkeypatch):
    monkeypatch.setattr(
        policy, "now", lambda: policy.Policy({"logs.level": "error", "logs.days": 30}, frozenset({"logs.level"}))
    )
    monkeypatch.setenv("G20DESK_LOG_LEVEL", "debug")
    assert logs.keeping() == Keeping("error", 30, 20)
    monkeypatch.setattr(policy, "now", lambda: policy.Policy({"logs.level": "error"}))
    assert logs.keeping().level == "debug"


def test_a_folder_that_takes_nothing_does_no_harm_and_is_told(tmp_path):
    now = 0.0
    (tmp_path / "taken").write_text("a file where the folder should be")
    out = Files(tmp_path / "taken" / "logs", Keeping(), lambda: now)
    assert not out.write("2026-11-30", b"1\n") and out.trouble == "ENOTDIR"
    (tmp_path / "taken").unlink()
    assert not out.write("2026-11-30", b"2\n")  # it is not tried at each record
    now = 31.0
    assert out.write("2026-11-30", b"3\n") and not out.trouble and out.lost == 2


def test_a_full_disk_tears_one_record_and_no_other(tmp_path, monkeypatch):
    now, real = 0.0, os.write
    out = Files(tmp_path, Keeping(), lambda: now)
    assert out.write("2026-11-30", b'{"a":1}\n')
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda number, data: real(number, data[:4]))
        assert not out.write("2026-11-30", b'{"b":2}\n') and out.trouble == "ENOSPC"
    now = 31.0
    assert out.write("2026-11-30", b'{"c":3}\n')
    assert (tmp_path / "2026-11-30.1.jsonl").read_bytes().splitlines() == [b'{"a":1}', b'{"b"', b'{"c":3}']


def test_what_was_lost_meanwhile_is_told(tmp_path):
    one = Journal(lambda: tmp_path)
    one.note("watching", {})
    one._files.lost = 7  # as after half a minute on a full disk
    one.note("watching", {})
    assert [r.get("lost") for r in told(tmp_path)] == [None, None, 7]


def test_only_what_this_program_could_have_written_is_read_back():
    good = {
        "at": "2026-11-30T23:00:00.000Z",
        "level": "info",
        "part": "store",
        "event": "act",
        "process": 7,
        "act": "post.sent",
    }
    assert sound(line(good)) == good
    assert sound(line(good | {"act": "Adelheid", "level": "Adelheid", "text": "Adelheid", "counts": "Adelheid"})) == good | {
        "act": "other", "counts": "other",
    }  # fmt: skip
    for bad in (
        b"",
        b"\xff",
        b"[]",
        b"7",
        line(good | {"event": "Adelheid"}),
        line(good | {"at": "x"}),
        line(good | {"process": "x"}),
    ):
        assert sound(bad) is None


def test_every_event_has_a_level_and_every_field_refuses_a_text():
    for name, event in EVENTS.items():
        assert event.level in LEVELS
        for field in event.fields:
            for text in (
                "Adelheid Kirschbaum",
                "https://g20.example/",
                ["Adelheid"],
                {"a": "Adelheid"},
                None,
                b"Adelheid",
                10**20,
            ):
                for kept in (False, True):
                    said = fitted(name, {field: text}, kept)[field]
                    assert said in ("other", ["other"]) or (kept and field in ("causes",) and said == ["Adelheid"]), (
                        name,
                        field,
                        said,
                    )
