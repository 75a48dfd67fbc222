"""The yearly handover by command line, as CLI.md has it: one call by the head."""

from __future__ import annotations

import pytest

from tests.cli.test_signoff import Line

ZA_X = "ZA Presidency X"


@pytest.fixture
def line(tmp_path) -> Line:
    return Line(tmp_path)


def items(made: dict[str, object]) -> dict[str, str]:
    return {one["item"]: one["state"] for one in made["checklist"]}  # type: ignore[attr-defined]


def test_one_call_hands_over_and_a_rehearsal_of_it_writes_nothing(line):
    assert line("office", "checklist") == {
        "presidency": "ZA", "before": "BR", "after": "US", "accounts": [], "relays": [], "posts": [], "checklist": [],
    }  # fmt: skip
    said = line("office", "hand-over", "--presidency", "br", "--rehearse")
    assert line("office", "checklist")["checklist"] == []
    done = line("office", "hand-over", "--presidency", "BR", "--after", "US", "--why", "The year is over.")
    assert (done["before"], done["presidency"], done["after"]) == ("ZA", "BR", "US")
    assert done["accounts"] == said["accounts"] and items(done) == items(said)
    assert {one["account"]: (one["owner"], one["custody"]) for one in done["accounts"]} == {
        ZA_X: ("presidency:BR", "awaited"), "G20 X": ("official", "to rotate"),
        "G20 Bluesky": ("official", "to rotate"), "G20 Mastodon": ("official", "to rotate"),
    }  # fmt: skip
    (first,) = [one for one in done["checklist"] if one["item"] == "presidency"]
    assert first["by"] == "Head of office" and first["act"] and first["at"]
    line("office", "note", "hub", "--why", "The machine room stays in Geneva.")
    assert items(line("office", "checklist", by="Presidency"))["hub"] == "left"
    assert line("office", "hand-over", "--presidency", "BR", by="Officer", code=1)["error"]["code"] == "no-right"
    assert line("office", "note", f"take:{ZA_X}", "--why", "Later.", code=1)["error"]["code"] == "no-choice"


def test_an_account_that_is_kept(line):
    done = line("office", "hand-over", "--presidency", "US", "--keep", ZA_X)
    assert {"account": ZA_X, "owner": "member:ZA", "custody": "stays"} in done["accounts"]
    assert (done["presidency"], done["after"]) == ("US", "GB")


def test_the_way_through_it_by_command_line(line):
    """Everything that the checklist asks for, with the command that does it."""
    line("office", "hand-over", "--presidency", "US")
    assert line("account", "sign-in", ZA_X, by="Presidency", code=1)["error"]["code"] == "no-right"
    assert line("account", "release", ZA_X, by="Presidency") == {"name": ZA_X, "how": "revoked"}
    for name in ("G20 X", "G20 Bluesky", "G20 Mastodon"):
        assert line("account", "sign-in", name, by="Officer", stdin="a fresh practice key")["left"] == ""
    line("office", "revoke", "Presidency", "--why", "The year is over.")
    for item in ("hub", "head"):
        line("office", "note", item, "--why", "It stays.")
    made = line("office", "backup", str(line.folder / "year.backup"), stdin="a long passphrase of many words\n")
    assert made["on_record"] is True
    found = {one["item"]: one for one in line("office", "checklist")["checklist"]}
    assert found["archive"]["of"] == made["digest"] and found["archive"]["by"] == "Head of office"
    still = [name for name, one in found.items() if one["state"] == "open"]
    assert still == ["communicator", f"take:{ZA_X}"], "the United States have nobody here yet"
    again = line("office", "backup", str(line.folder / "again.backup"), stdin="a long passphrase of many words\n")
    assert again["on_record"] is False, "one is enough"
