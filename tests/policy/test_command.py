"""The commands of a policy, and what others say where it holds; the program with no command opens its window."""

import json
import sys

import pytest

from g20desk import __main__ as program
from g20desk.cli.main import main

GOOD = 'locked = ["hub.address"]\n[hub]\naddress = "https://hub.g20.example"\n[interface]\ntext = 125\n[office]\ncreate = false\n'


@pytest.fixture
def run(capsys):
    """The exit code, standard output and standard error."""

    def call(*words):
        code = main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_it_shows_what_holds_and_where_things_lie(run, put_policy, tmp_path):
    put_policy(GOOD)
    code, out, _ = run("policy", "show", "--json")
    value = json.loads(out)
    assert code == 0 and value["closed"] is False and value["faults"] == []
    assert value["set"]["hub.address"] == {"value": "https://hub.g20.example", "how": "locked"}
    assert value["set"]["interface.text"]["how"] == "preset" and value["set"]["office.create"]["how"] == "limit"
    assert set(value["folders"]) == {"desk", "settings", "cache", "logs", "policy"}
    assert value["folders"]["policy"] == str(put_policy("").parent)
    assert "no policy in" not in run("policy", "show")[1]


def test_it_shows_that_there_is_none(run, policy_folder):
    assert f"no policy in {policy_folder}" in run("policy", "show")[1]


def test_a_policy_is_looked_at_before_it_is_put_in_its_place(run, policy_folder, tmp_path):
    file = tmp_path / "new.toml"
    file.write_text(GOOD + "[proxy]\n\nadress = 'x'\n")
    code, out, err = run("policy", "check", str(file), "--json")
    (fault,) = json.loads(out)["error"]["faults"]
    assert (code, fault["line"], fault["name"], fault["closes"]) == (1, 10, "proxy.adress", True)
    assert "line 10: proxy.adress" in err
    file.write_text(GOOD)
    assert run("policy", "check", str(file))[0] == 0
    (tmp_path / "policy.toml").write_text(GOOD)
    (tmp_path / "policy.d").mkdir()
    (tmp_path / "policy.d" / "1.toml").write_text("[interface]\ntext = 200\n")
    assert json.loads(run("policy", "check", str(tmp_path), "--json")[1])["set"]["interface.text"]["value"] == 200
    assert run("policy", "check", str(tmp_path / "none"))[0] == 2


def test_a_command_that_is_not_allowed_says_by_whom_and_whom_to_ask(run, put_policy, tmp_path):
    put_policy(GOOD + "[support]\ncontact = 'IT, room 3'\n")
    folder = str(tmp_path / "o")
    code, out, err = run("--office", folder, "office", "new", "G20", "--head", "Ada", "--json")
    assert (code, json.loads(out)["error"]["code"]) == (1, "locked-by-policy")
    assert "Set by your administrator" in err and "IT, room 3" in err


def test_a_preset_hub_is_the_one_that_an_office_is_handed_to(run, put_policy, tmp_path):
    folder = str(tmp_path / "o")
    assert run("--office", folder, "office", "new", "G20", "--head", "Ada", "--rehearsal")[0] == 0
    assert run("--office", folder, "hub", "init")[0] == 2
    put_policy(GOOD)
    assert run("--office", folder, "hub", "init", "https://other.example")[0] == 1
    code, out, _ = run("--office", folder, "hub", "proxy", "--json")
    assert code == 0 and json.loads(out)["locked"] is False


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ([], (None, None)),
        (["--office", "o"], ("o", None)),
        (["--office=o", "--as", "Ada Head"], ("o", "Ada Head")),
        (["--as=Ada"], (None, "Ada")),
        (["--office"], None),
        (["--office", "--as"], None),
        (["--office", "o", "doctor"], None),
        (["--help"], None),
        (["--version"], None),
    ],
)
def test_without_a_command_the_window_opens_on_the_desk_that_was_named(monkeypatch, words, wanted):
    opened = []
    monkeypatch.setattr(program, "window", lambda *told: opened.append(told) or 0)
    monkeypatch.setattr("g20desk.cli.main.main", lambda: 7)
    monkeypatch.setattr(sys, "argv", ["g20desk", *words])
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert program.main() == (0 if wanted else 7)
    assert opened == ([wanted] if wanted else [])
