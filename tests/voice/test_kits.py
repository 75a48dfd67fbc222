"""A line's media kit: a folder that is there whole or not at all, whose texts are the agreed bytes and whose proof holds."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from g20desk.desk import redacting
from g20desk.errors import Usage
from g20desk.network import text_rules
from g20desk.office.content import Text
from g20desk.record import kit_files
from g20desk.record.report import report
from g20desk.record.verify import verify
from tests.desks.world import world
from tests.signoff.conftest import HOUR, SILENT, refused
from tests.voice.lines import AR, EN, FR, LOCK, agreed, submitted, whole

SIX = ("Media kit", "Dossier de presse", "Carpeta de prensa", "ملف إعلامي", "媒体资料包", "Материалы для прессы")


def held(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def test_a_kit_holds_the_agreed_bytes_posts_pictures_advice_and_the_proof(told, tmp_path):
    line = agreed(told, whole(tmp_path))
    made = told["Liaison India"].lines.kit(line, tmp_path / "kit")
    files = held(tmp_path / "kit")
    assert list(files) != [] and sorted(files) == sorted(made["files"]) and made["state"] == "agreed"
    assert (files["text/en.txt"], files["text/ar.txt"]) == (EN.encode(), AR.encode())
    assert files["posts/x-fr.txt"].decode() == f"{FR}\n\n#G20SouthAfrica #DetteG20"
    counts = files["posts/COUNTS.txt"].decode()
    for network in ("x", "bluesky", "mastodon"):
        rules = text_rules(network)
        counted = rules.count(files[f"posts/{network}-ar.txt"].decode())
        row = next(one for one in counts.splitlines() if one.startswith(f"{network}-ar.txt"))
        assert row.split(maxsplit=1)[1] == f"{counted} of {rules.LIMITS.characters}"
    assert files["do-and-dont.en.txt"].decode().splitlines() == [
        "Do", "- Say who benefits.", "- Link to the declaration.", "", "Do not", "- Do not name single lenders.",
    ]  # fmt: skip
    assert "fr: #G20SouthAfrica #DetteG20" in files["hashtags.txt"].decode()
    assert files["pictures/1.alt.fr.txt"].decode() == "Quarante pays sur une carte."
    assert files["pictures/1.png"].startswith(b"\x89PNG")
    readme = files["README.txt"].decode()
    assert all(
        word in readme for word in (*SIX, "debt", LOCK, made["digest"], "Brésil", "巴西", "Johannesburg Declaration")
    )
    rows = [one.split("  ") for one in files["SHA256SUMS"].decode().splitlines()]
    assert {name: digest for digest, name in rows} == {
        name: hashlib.sha256(data).hexdigest() for name, data in files.items() if name != "SHA256SUMS"
    }
    proof = report(verify(files["proof.json"]))
    assert (proof["message"]["digest"], proof["message"]["state"]) == (made["digest"], "approved")
    names = [one.name.encode() for one in told["Head"].office.people.values() if " " in one.name]
    assert names and not [name for name in names for data in files.values() if name in data], "nobody's name goes out"


def test_the_same_line_makes_the_same_bytes(told, tmp_path):
    line = agreed(told, whole(tmp_path))
    head, india = told["Head"], told["Liaison India"]
    head.lines.kit(line, tmp_path / "a")
    head.lines.kit(line, tmp_path / "b")
    told.after(3)
    assert held(tmp_path / "a") == held(tmp_path / "b")
    submitted(told, whole(tmp_path, topic="trade"))
    india.lines.kit(line, tmp_path / "c")
    a, c = held(tmp_path / "a"), held(tmp_path / "c")
    assert {name for name in a if a[name] != c[name]} == {"proof.json", "SHA256SUMS"}, "the proof is as of its day"


def test_only_what_stands_agreed_has_a_kit(told, tmp_path):
    officer = told["Officer"]
    draft = officer.lines.begin(whole(tmp_path))["line"]
    waiting, _ = submitted(told, whole(tmp_path))
    old = agreed(told, whole(tmp_path))
    content = whole(tmp_path)
    new = agreed(told, replace(content, line=replace(content.line, supersedes=old)))
    assert (officer.lines.show(old)["superseded_by"], officer.lines.show(new)["supersedes"]) == (new, old)
    short = agreed(told, replace(content, line=replace(content.line, until=told.clock.now_ms() + HOUR)))
    back = agreed(told, content)
    officer.messages.withdraw(back, "A figure is wrong.")
    told.after(2)
    states = {draft: "draft", waiting: "submitted", old: "superseded", short: "expired", back: "withdrawn"}
    for line, state in states.items():
        with refused("superseded" if state == "superseded" else "not-agreed"):
            officer.lines.kit(line, tmp_path / "kit")
        assert not (tmp_path / "kit").exists()
        made = officer.lines.kit(line, tmp_path / state, draft=True)
        files = held(tmp_path / state)
        assert made["state"] == state and "proof.json" not in files
        for name, data in files.items():
            if name.endswith((".txt", ".html")):
                assert b"NOT AGREED" in data or name.rpartition(".txt")[0][-2:] in ("fr", "ar", "zh"), name
        assert files["text/fr.txt"].decode().startswith("*** NON AGRÉÉ ***\n") and FR in files["text/fr.txt"].decode()
        assert "غير متفق عليها" in files["posts/x-ar.txt"].decode()
    officer.lines.kit(agreed(told, content), tmp_path / "good")
    assert held(tmp_path / "good")["pictures/1.png"] != files["pictures/1.png"], "the picture says so, too"


def test_a_folder_that_is_something_else_is_left_as_it_is(told, tmp_path):
    line = agreed(told, whole(tmp_path))
    head = told["Head"]
    folder = tmp_path / "kit"
    folder.mkdir()
    head.lines.kit(line, folder)
    was = held(folder)
    head.lines.kit(line, folder, langs=("en",))
    assert "text/en.txt" in held(folder) and "text/fr.txt" not in held(folder), "a kit takes the place of a kit"
    head.lines.kit(line, folder)
    assert held(folder) == was
    (folder / "text" / "en.txt").write_text("Somebody wrote here.")
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "mine.txt").write_text("Keep me.")
    (tmp_path / "file").write_text("Keep me.")
    for taken in ("kit", "notes", "file"):
        before = held(tmp_path)
        with pytest.raises(Usage) as caught:
            head.lines.kit(line, tmp_path / taken)
        assert caught.value.code == "folder-taken" and held(tmp_path) == before
    with pytest.raises(Usage) as caught:
        head.lines.kit(line, tmp_path / "nowhere" / "kit")
    assert caught.value.code == "export-failed"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_a_disk_that_is_full_leaves_what_was_there(told, tmp_path, monkeypatch):
    line = agreed(told, whole(tmp_path))
    head = told["Head"]
    head.lines.kit(line, tmp_path / "kit")
    was = held(tmp_path)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(Usage) as caught:
        head.lines.kit(line, tmp_path / "kit", langs=("en",))
    monkeypatch.undo()
    assert "No space left" in caught.value.message and held(tmp_path) == was
    real = head.lines.kit

    def moved(old: object, new: object) -> None:
        raise OSError(13, "Permission denied")

    monkeypatch.setattr("os.rename", moved)
    with pytest.raises(Usage):
        real(line, tmp_path / "kit", langs=("en",))
    monkeypatch.undo()
    assert held(tmp_path) == was


def test_some_languages_alone_and_nothing_of_the_others_in_the_proof(told, tmp_path):
    line = agreed(told, whole(tmp_path))
    told["Head"].lines.kit(line, tmp_path / "kit", langs=("ar", "en"))
    files = held(tmp_path / "kit")
    assert sorted(name for name in files if name.startswith("text/")) == ["text/ar.txt", "text/en.txt"]
    assert verify(files["proof.json"]).pack.claims["state"] == "approved"
    for words in (FR, "alléger la dette", "DetteG20"):
        assert words.encode() not in files["proof.json"] + files["kit.html"] + files["README.txt"]
    with pytest.raises(Usage) as caught:
        told["Head"].lines.kit(line, tmp_path / "other", langs=("ru",))
    assert caught.value.code == "bad-language"


def test_what_is_too_long_for_a_network_has_no_file_there_and_a_thread_has_several_posts(told, tmp_path):
    long = "We agreed on debt relief for forty countries by 2027. " * 7
    content = replace(whole(tmp_path, pictures=()), texts=(Text("en", (EN, long)),))
    line = agreed(told, replace(content, line=replace(content.line, locks={}, do={}, dont={})))
    told["Head"].lines.kit(line, tmp_path / "kit")
    files = held(tmp_path / "kit")
    assert (files["text/en.1.txt"].decode(), files["text/en.2.txt"].decode()) == (EN, long)
    assert "posts/x-en.txt" not in files and "posts/mastodon-en.txt" in files
    assert files["posts/mastodon-en.txt"].decode() == f"{EN}\n---\n{long}\n\n#G20SouthAfrica"
    assert "too long" in files["posts/COUNTS.txt"].decode() and "do-and-dont.en.txt" not in files


def test_a_silence_is_told_as_one(told, tmp_path):
    told["Head"].routes.adopt({**SILENT, "name": "Lines", "kinds": ["line"]})
    line, _ = submitted(told, whole(tmp_path))
    told.after(25)
    told["Officer"].signoffs.close_over()
    told["Officer"].lines.kit(line, tmp_path / "kit")
    readme = held(tmp_path / "kit")["README.txt"].decode()
    assert "Members: adopted by silence; nobody objected until " in readme and "accord tacite" in readme


def test_an_embargo_stands_on_top_and_a_hold_lets_nothing_out(told, tmp_path):
    at = told.clock.now_ms() + 5 * HOUR
    line = agreed(told, whole(tmp_path, not_before=at))
    head, presidency = told["Head"], told["Presidency"]
    head.lines.kit(line, tmp_path / "kit")
    files = held(tmp_path / "kit")
    for name in ("README.txt", "kit.html", "posts/COUNTS.txt"):
        assert "UNDER EMBARGO until " in files[name].decode(), name
    assert files["text/en.txt"].decode() == EN and head.lines.show(line)["not_before"]
    (asked,) = told["Officer"].relays.ask(line, ["ZA Presidency X"])
    presidency.relays.adopt(asked["relay"])
    with refused("embargoed"):
        presidency.messages.schedule(asked["relay"], told.clock.now_ms())
    presidency.messages.schedule(asked["relay"], at)
    head.holds.place("A rumour.", topic="debt")
    with refused("held"):
        head.lines.kit(line, tmp_path / "kit")
    assert held(tmp_path / "kit") == files
    for who in ("Head", "Officer"):
        told[who].holds.lift("", "It was answered.")
    head.lines.kit(line, tmp_path / "kit")


def test_what_was_taken_out_of_the_record_has_no_kit(told, tmp_path):
    line = agreed(told, whole(tmp_path))
    redacting.redact(told["Head"], line, "A name.", langs=("fr",))
    with refused("taken-out"):
        told["Head"].lines.kit(line, tmp_path / "kit")
    assert not (tmp_path / "kit").exists()


def test_an_agreement_that_is_not_in_the_record_yet_makes_no_kit(tmp_path):
    with world(tmp_path / "office", "otto", "lia") as office:
        otto, lia = office.desk("otto"), office.desk("lia")
        made = otto.lines.begin(whole(tmp_path))
        otto.messages.submit(made["line"])
        office.sync("otto", "head", "lia")
        lia.messages.decide(made["line"], "approve", made["digest"])
        with refused("not-in-record"):
            lia.lines.kit(made["line"], tmp_path / "kit")
        office.sync("lia", "head", "otto")
        assert lia.lines.kit(made["line"], tmp_path / "kit")["agreed_at"]


def test_names_of_files_are_such_as_every_system_takes():
    assert kit_files.names(["en", "aux", "zh-Hans", "zh-hans", "con"]) == [
        "en",
        "lang-aux",
        "zh-Hans",
        "zh-hans_",
        "lang-con",
    ]
