"""The support bundle: everything that may not be in it is planted, everywhere that it looks, and looked for in its bytes."""

from __future__ import annotations

import json
import logging
import zipfile

import pytest
from PIL import Image

from g20desk import logs, redact
from g20desk.cli import main as command_line
from g20desk.crashes import report
from g20desk.desk import Desk
from g20desk.errors import DeskError, Usage
from g20desk.network import Rejected
from g20desk.office.content import Content, PictureFile, Text
from g20desk.support import bundle, computer, office
from tests.hub import hunting

TEXT = "Leaders commend the Quibberford compact before it is out"
PLANTED = {
    "the office": "Secretariat of Vandelmark", "the head": "Adelheid Kirschbaum", "an officer": "Bartholomew Quist",
    "an account": "Vandelmark Official", "a handle": "vandelmark_g20_official", "a text": TEXT, "a title": "Quibberford compact",
    "a reason": "Because of the Zanzibrook affair", "a topic": "zanzibrook", "a hub": "hub.vandelmark-ministry.example",
    "a proxy": "http://proxyuser:Pr0xyS3cretWord@proxy.vandelmark.example:3128", "a token": "tok-4411aabbccddeeff0099",
    "an app password": "abcd-efgh-ijkl-mnop", "a passphrase": "correct horse battery vandelmark", "a mail": "kirschbaum@vandelmark.example",
    "a user": "adelheid.kirschbaum", "a government": "Brazil", "an alt text": "Ministers round the Vandelmark table", "an error": "Quibberford text quoted by an exception",
}  # fmt: skip


@pytest.fixture
def planted(tmp_path, logging_here, monkeypatch, caplog):
    """A desk in a folder of a person's name, with all of that in it, in its settings, its environment, its log and its crashes."""
    home = tmp_path / PLANTED["a user"]
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("HTTPS_PROXY", PLANTED["a proxy"])
    (home / "policy.toml").parent.mkdir(parents=True)
    (home / "policy.toml").write_text(f'[support]\ncontact = "{PLANTED["a mail"]}"\n["{TEXT}"]\nx = 1\n')
    monkeypatch.setenv("G20DESK_POLICY", str(home / "policy.toml"))
    monkeypatch.setenv("LANG", PLANTED["the head"])
    monkeypatch.setenv("TZ", PLANTED["the office"])
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", PLANTED["an officer"])
    folder = home / "desk"
    head = Desk.found(folder, PLANTED["the office"], PLANTED["the head"], rehearsal=True)
    head.accounts.add(
        "rehearsal", name=PLANTED["an account"], owner="official", handle=PLANTED["a handle"], secret=PLANTED["a token"]
    )
    head.store.set_meta("hub", f"https://{PLANTED['a hub']}")
    head.store.set_meta("proxy", PLANTED["a proxy"])
    officer = Desk.open(folder, "Officer")
    Image.new("RGB", (60, 40), "navy").save(home / "hall.png")
    shown = PictureFile(str(home / "hall.png"), {"en": PLANTED["an alt text"]})
    made = officer.messages.new(
        Content(
            "news",
            (PLANTED["an account"],),
            (Text("en", (TEXT,)),),
            (shown,),
            note=PLANTED["a title"],
            topic=PLANTED["a topic"],
        )
    )
    officer.messages.submit(made["message"])
    head.holds.place(PLANTED["a reason"])
    redact.remember(PLANTED["an app password"])
    (home / "config" / "g20desk").mkdir(parents=True)
    (home / "config" / "g20desk" / "window.json").write_text(
        json.dumps({"language": PLANTED["the head"], "scheme": "dark", "quiet": [TEXT]})
    )
    for word in PLANTED.values():
        logging.getLogger("httpx").error("%s", word)
        logs.note("refused", code=word, words=word)
        for kind in (lambda word: DeskError(word, word, word), ValueError, lambda word: Rejected(word)):
            try:
                raise kind(word)
            except Exception as problem:
                report.keep(problem, "window", ended=True)
    (logging_here / "2026-11-29.1.jsonl").write_text("\n".join(PLANTED.values()) + json.dumps({"event": TEXT}))
    (logging_here / "notes.txt").write_text(TEXT)
    (logging_here / "crashes" / "20200101-00.json").write_text(
        json.dumps({"at": "2020-01-01T00:00:00Z", "kind": TEXT, "last": [TEXT]})
    )
    caplog.clear()
    return folder


def hunted(data: bytes) -> list[object]:
    """What of it is there, whole or by the words of it that stand nowhere else."""
    words = {
        word
        for planted in PLANTED.values()
        for word in planted.replace("/", " ").replace("@", " ").split()
        if len(word) > 7
    }
    common = {"Secretariat", "Because", "correct", "battery", "Official", "exception", "Ministers"}
    return hunting.found([*PLANTED.values(), *(words - common)], data)


def test_nothing_of_what_was_planted_is_in_it(planted, tmp_path):
    path = tmp_path / "out.zip"
    for person in (PLANTED["the head"], "Officer", "Nobody of this name"):
        path.unlink(missing_ok=True)
        pieces = bundle.gather(planted, person)
        bundle.write(path, pieces)
        with zipfile.ZipFile(path) as packed:
            inside = b"\n".join(info.filename.encode() + b"\n" + packed.read(info) for info in packed.infolist())
        assert hunted(inside) == [] and hunted(path.read_bytes()) == []
        assert str(tmp_path).encode() not in inside
    # The search would find it: it is in the record, which is open here.
    assert hunted(json.dumps(Desk.open(planted, "Officer").messages.rows()[0].title).encode())


def test_it_tells_what_whoever_helps_asks_first(planted):
    told = {piece.name: piece.content for piece in bundle.gather(planted, "Officer")}
    facts = json.loads(told["office.json"])
    assert facts["opens"] and facts["rehearsal"] and facts["hub"] and facts["tentative"] == 0
    assert (
        facts["acts"]["message.submitted"] == 1
        and facts["acts"]["hold.placed"] == 1
        and facts["accounts"] == {"rehearsal": 5}
    )
    assert facts["bytes"] >= facts["sizes"]["record"] > 100_000 and facts["last_place"] == sum(facts["acts"].values())
    assert {"keyring", "store", "disk"} <= {one["name"] for one in json.loads(told["checks.json"])}
    assert (
        json.loads(told["settings.json"])["scheme"] == "dark"
        and json.loads(told["settings.json"])["language"] == "other"
    )
    policy = json.loads(told["policy.json"])
    assert policy["files"] == 1 and policy["set"] == ["support.contact"] and policy["faults"] >= 1
    system = json.loads(told["system.json"])
    assert "HTTPS_PROXY" in system["set"] and system["zone"] == "other" and system["language"] == "other"
    assert len([name for name in told if name.startswith("crashes/")]) == 11  # ten are kept; one was put there
    log = next(
        content for name, content in told.items() if name.startswith("logs/") and b'"event":"started"' in content
    )
    assert b'"act":"message.submitted"' in log and b'"library":"httpx"' in log
    for name in told.keys() - {"README.txt"}:
        assert name.encode() in told["README.txt"]


def test_the_same_is_packed_into_the_same_bytes(planted, tmp_path):
    pieces = bundle.gather(planted, "Officer")
    for name in ("a.zip", "b.zip"):
        bundle.write(tmp_path / name, pieces)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with pytest.raises(Usage) as no:
        bundle.write(tmp_path / "a.zip", pieces)
    assert no.value.code == "bundle-there"


def test_where_there_is_no_desk_and_where_it_does_not_open(tmp_path, place):
    assert office.facts(tmp_path / "none", None) == {"there": False}
    Desk.rehearse(tmp_path / "o")
    (tmp_path / "o" / "ledger.db").write_bytes(b"no database" * 1000)
    found = office.facts(tmp_path / "o", None)
    assert not found["opens"] and found["code"] != "other" and found["sizes"]["record"] == 11_000


def test_by_command_line(planted, tmp_path, capsys):
    words = ["--office", str(planted), "--as", "Officer", "support"]
    assert command_line.main([*words, "bundle", str(tmp_path / "x.zip"), "--json"]) == 0
    told, progress = capsys.readouterr()
    value = json.loads(told)
    assert (
        value["bytes"] == (tmp_path / "x.zip").stat().st_size
        and value["parts"][0]["name"] == "README.txt"
        and "checks.json" in progress
    )
    assert command_line.main([*words, "bundle", str(tmp_path / "x.zip")]) == 2
    assert command_line.main([*words, "crashes", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert len(found) == 11 and found[0]["at"] >= found[-1]["at"]
    assert command_line.main([*words, "crashes"]) == 0
    assert "nobody foresaw it and ended it" in capsys.readouterr().out


def test_versions_are_numbers_and_what_a_system_is_called_is_of_a_list(monkeypatch):
    monkeypatch.setattr(computer.platform, "release", lambda: "6.1.0-adelheid-laptop")
    monkeypatch.setattr(
        computer.platform, "freedesktop_os_release", lambda: {"ID": "vandelmark-linux", "VERSION_ID": "12 (Kirschbaum)"}
    )
    told = computer.system()
    assert (told["kernel"], told["is"], told["release"]) == ("6.1.0", "other", "12")
