"""The command line as scripts see it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest

from g20desk.office.content import Content, Text
from tests.story import content


def start(office, *args, person=None, **more):
    who = ["--as", person] if person else []
    words = [sys.executable, "-m", "g20desk", "--office", str(office.folder), *who, *args]
    return subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
    )


def run(office, *args, stdin="", person=None):
    with start(office, *args, person=person) as process:
        out, err = process.communicate(stdin, timeout=60)
    return process.returncode, json.loads(out) if out.strip().startswith(("{", "[")) else out, err


@pytest.mark.parametrize(
    ("words", "code", "name"),
    [
        pytest.param(["message", "show", "abcdef", "--json"], 1, "unknown-id", id="an unknown message"),
        pytest.param(["message", "show", "abc", "--json"], 1, "unknown-id", id="too short an id"),
        pytest.param(["message", "nothing", "--json"], 2, "usage", id="an unknown command"),
        pytest.param(["message", "submit", "--json"], 2, "usage", id="an argument missing"),
        pytest.param(["publish", "--json"], 2, "usage", id="neither once nor watch"),
        pytest.param(["hold", "place", "--json"], 2, "no-reason", id="a hold without a reason"),
        pytest.param(["hold", "lift", "--why", "x", "--json"], 1, "unknown-id", id="no hold to lift"),
        pytest.param(
            ["message", "new", "--text", "nowhere.txt", "--to", "G20 X", "--json"], 2, "no-file", id="no file"
        ),
        pytest.param(
            ["message", "new", "--text", "-", "--to", "Nobody", "--json"], 1, "unknown-account", id="no account"
        ),
        pytest.param(["account", "set", "G20 X", "--grace", "soon", "--json"], 2, "bad-duration", id="no duration"),
    ],
)
def test_wrong_usage_is_said_as_json_too(office, words, code, name):
    done, told, err = run(office, *words, stdin="Text.")
    assert (done, told["error"]["code"]) == (code, name)
    assert err.strip()


def test_a_stranger_has_no_key_here(office):
    code, told, _ = run(office, "office", "show", "--json", person="Nobody")
    assert (code, told["error"]["code"]) == (2, "unknown-person")


def test_desk_and_person_may_be_named_behind_the_command(office):
    words = ["message", "list", "--as", "Officer", "--json", f"--office={office.folder}"]
    done = subprocess.run([sys.executable, "-m", "g20desk", *words], capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])
    stranger = ["message", "list", "--json", "--office", str(office.folder), "--as", "Nobody"]
    done = subprocess.run([sys.executable, "-m", "g20desk", *stranger], capture_output=True, text=True, check=False)
    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (2, "unknown-person")
    nobody = [sys.executable, "-m", "g20desk", "message", "list", "--json", "--as"]
    done = subprocess.run(nobody, capture_output=True, check=False)
    assert done.returncode == 2 and b"requires an argument" in done.stderr
    behind = [sys.executable, "-m", "g20desk", "message", "list", "--", "--as", "Nobody"]
    assert b"unexpected extra argument" in subprocess.run(behind, capture_output=True, check=False).stderr


def test_no_desk_in_a_folder(tmp_path):
    class Nowhere:
        folder = tmp_path / "none"

    code, told, _ = run(Nowhere, "office", "show", "--json")
    assert (code, told["error"]["code"]) == (2, "store-missing")


def test_a_message_file_holds_languages_threads_and_pictures(office, tmp_path):
    from PIL import Image

    Image.new("RGB", (40, 30), "teal").save(tmp_path / "chart.png")
    file = tmp_path / "m.toml"
    file.write_text(
        'kind = "statement"\nto = ["G20 X", "G20 Bluesky"]\n'
        '[[text]]\nlang = "en"\nparts = ["First part.", "Second part."]\n'
        '[[text]]\nlang = "en"\nnetwork = "x"\ntext = "Only on X."\n'
        '[[picture]]\nfile = "chart.png"\npart = 1\nalt = { en = "A chart." }\n'
    )
    code, made, err = run(office, "message", "new", "--from", str(file), "--json", person="Officer")
    assert code == 0, err
    shown = run(office, "message", "show", made["message"], "--json")[1]
    assert {(t["network"], len(t["parts"])) for t in shown["texts"]} == {("", 2), ("x", 1)}
    assert shown["pictures"][0]["alt"] == {"en": "A chart."}
    file.write_text('kind = "news"\ncolour = 1\n')
    code, told, _ = run(office, "message", "new", "--from", str(file), "--json", person="Officer")
    assert (code, told["error"]["code"]) == (2, "bad-file")


def test_search_finds_words_in_every_script(office):
    desk = office.desk()
    texts = {
        "en": "The EU and the AU discussed climate finance.",
        "zh": "二十国集团讨论气候融资。",
        "ar": "ناقشَ القادةُ تمويل المُناخ.",
        "ru": "Лидеры обсудили финансирование.",
    }
    for lang, text in texts.items():
        desk.messages.new(content(text, to=("G20 X",), lang=lang))
    for words, lang in (
        ("EU", "en"),
        ("clima", "en"),
        ("气候", "zh"),
        ("集团讨论", "zh"),
        ("المناخ", "ar"),
        ("ЛИДЕРЫ", "ru"),
    ):
        rows = run(office, "message", "list", "--search", words, "--json")[1]
        assert [r["langs"] for r in rows] == [[lang]], words
    assert run(office, "message", "list", "--search", "nothing-of-it", "--json")[1] == []


def test_what_a_lifted_hold_stopped_is_resumed_by_a_person(office):
    message = office.due(content("Ministers met.", to=("G20 X",)))
    hold = run(office, "hold", "place", "--why", "A figure is disputed.", "--json")[1]["hold"]
    for person in ("Officer", "Ada Head"):
        run(office, "hold", "lift", hold, "--why", "Settled.", person=person)
    (row,) = run(office, "hold", "stopped", "--json")[1]
    assert (row["message"], row["accounts"], row["past"]) == (message, ["G20 X"], True)
    code, told, _ = run(office, "hold", "resume", message[:12], "abcdef", "--json", person="Officer")
    assert (code, [one["code"] for one in told["refused"]]) == (1, ["past-time", "unknown-id"])
    code, told, _ = run(office, "hold", "resume", message[:12], "--at", "now", "--json", person="Officer")
    assert (code, [one["message"] for one in told["scheduled"]]) == (0, [message])
    assert run(office, "hold", "stopped", "--json")[1] == []


def test_lifting_a_hold_takes_two_people_and_releases_nothing(office):
    message = office.due(content("Ministers met.", to=("G20 X",)))
    hold = run(office, "hold", "place", "--why", "A figure is disputed.", "--json", person="Liaison Italy")[1]["hold"]
    assert run(office, "publish", "--once", "--json")[1]["sent"] == 0
    assert run(office, "message", "show", message, "--json")[1]["state"] == "held"
    assert run(office, "hold", "lift", hold, "--why", "Settled.", "--json")[1]["lifted"] is False
    code, told, _ = run(office, "hold", "lift", hold, "--why", "Settled.", "--json")
    assert (code, told["error"]["code"]) == (1, "second-person")
    assert run(office, "hold", "lift", hold, "--why", "Settled.", "--json", person="Officer")[1]["lifted"] is True
    assert run(office, "hold", "list", "--json")[1] == []


def test_an_unknown_post_is_settled_by_a_person_and_sends_nothing(office):
    from connectors.rehearsal.faults import plan

    plan(str(office.folder), "G20 X", "unknown-not-stored")
    message = office.due(content("Ministers met.", to=("G20 X",)))
    assert run(office, "publish", "--once", "--json")[1]["unknown"] == 1
    (post,) = run(office, "message", "show", message, "--json")[1]["posts"]
    assert post["state"] == "unknown"
    assert run(office, "post", "settle", post["id"], "--not-sent", "--why", "I looked.", "--json")[0] == 0
    assert run(office, "publish", "--once", "--json")[1] == {"sent": 0, "refused": 0, "unknown": 0, "waiting": 0}
    assert run(office, "message", "schedule", message, "--at", "now", "--json")[0] == 0
    assert run(office, "publish", "--once", "--json")[1]["sent"] == 1


def test_a_post_is_taken_down_on_record(office):
    message = office.due(content("Ministers met.", to=("G20 Bluesky",)))
    office.desk().publish.once()
    (post,) = run(office, "message", "show", message, "--json")[1]["posts"]
    assert run(office, "post", "remove", post["id"], "--why", "A wrong figure.", "--json")[1] == {"outcome": "removed"}
    shown = run(office, "message", "show", message, "--json")[1]
    assert shown["posts"][0]["state"] == "withdrawn"
    assert [h["said"] for h in shown["history"] if h["kind"] == "post.removed"] == ["A wrong figure."]


def test_a_watching_publisher_sends_on_time_and_shuts_down_cleanly(office):
    with start(office, "publish", "--watch", "--json", person="Officer") as process:
        message = office.due(content("Ministers met.", to=("G20 X",)))
        end = time.monotonic() + 30
        while office.posts(message)["G20 X"]["state"] != "sent" and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130, err
    assert json.loads(out)["sent"] == 1


def test_two_commands_at_once_on_one_desk(office):
    running = [
        start(office, "message", "new", "--text", "-", "--to", "G20 X", "--json", person="Officer") for _ in range(4)
    ]
    for number, process in enumerate(running):
        process.communicate(f"Text {number}.", timeout=60)
    assert [p.returncode for p in running] == [0] * 4
    assert run(office, "ledger", "verify", "--json")[1]["verified"]
    assert len(run(office, "message", "list", "--json")[1]) == 4


def test_two_versions_written_apart_are_merged_before_submitting(office):
    desk = office.desk()
    made = desk.messages.new(content("One.", to=("G20 X",)))
    folded = desk.messages.get(made["message"])
    for text in ("One, two.", "One, three."):
        desk.messages._go_on(folded, content(text, to=("G20 X",)))
    code, told, _ = run(office, "message", "submit", made["message"], "--json", person="Officer")
    assert (code, told["error"]["code"]) == (1, "two-heads")
    assert run(office, "message", "merge", made["message"], "--text", "-", stdin="All.", person="Officer")[0] == 0
    shown = run(office, "message", "show", made["message"], "--json")[1]
    assert (shown["heads"], shown["texts"][0]["parts"]) == (1, ["All."])


def apart(office, was, one, two):
    """A draft with two versions; its id, and theirs."""
    desk = office.desk()
    made = desk.messages.new(was)
    folded = desk.messages.get(made["message"])
    heads = [
        office.desk(who).messages._go_on(folded, it)["revision"] for who, it in (("Officer", one), ("Analyst", two))
    ]
    return made["message"], made["revision"], heads


def test_a_merge_is_shown_word_by_word_and_says_what_is_to_be_decided(office):
    texts = ("We met today in Rome.", "We met yesterday in Rome at last.", "We met on Monday in Rome.")
    message, base, (one, two) = apart(office, *(content(text, to=("G20 X",)) for text in texts))
    code, out, _ = run(office, "message", "merge", message, person="Officer")
    assert code == 1
    assert "en: We met <<1: yesterday | 2: on Monday | before: today>> in Rome{+ at last+} (1)." in out
    assert "To be decided: en." in out and base[:8] in out and one[:8] in out and two[:8] in out
    code, told, _ = run(office, "message", "merge", message, "--json", person="Officer")
    assert (code, told["decide"], told["left"]) == (1, ["en"], 0)
    assert [v["person"] for v in told["versions"]] == ["Officer", "Analyst"] and told["was"]["revision"] == base
    code, told, _ = run(office, "message", "merge", message, "--take", f"en={two[:8]}", "--json", person="Officer")
    assert code == 0
    shown = run(office, "message", "show", message, "--json")[1]
    assert (shown["heads"], shown["texts"][0]["parts"]) == (1, ["We met on Monday in Rome."])
    changes = run(office, "message", "diff", message, one[:8], two[:8], "--json")[1]
    assert ["added", "on Monday"] in [*map(list, changes["en"])]


def test_nothing_that_both_changed_is_merged_in_silence(office):
    texts = [(Text("en", ("One.",)), Text("fr", (f"Un{n}.",))) for n in ("", ", deux", ", trois")]
    versions = [
        Content(kind, ("G20 X",), pair) for kind, pair in zip(("news", "news", "statement"), texts, strict=True)
    ]
    message, _, (one, _) = apart(office, *versions)
    code, told, _ = run(office, "message", "merge", message, "--text", "-", "--json", stdin="All.", person="Officer")
    assert (code, told["error"]["code"]) == (1, "undecided")
    assert "fr" in told["error"]["message"] and f"--take fr={one[:8]}" in told["error"]["help"]
    assert run(office, "message", "show", message, "--json")[1]["heads"] == 2
    code, told, _ = run(office, "message", "merge", message, "--text", "-", "--take", f"fr={one[:8]}", "--json",
                        stdin="All.", person="Officer")  # fmt: skip
    assert (code, told["taken"]) == (0, ["kind"])
    shown = run(office, "message", "show", message, "--json")[1]
    assert {t["lang"]: t["parts"] for t in shown["texts"]} == {"en": ["All."], "fr": ["Un, deux."]}
    assert shown["kind"] == "statement"
    code, told, _ = run(office, "message", "merge", message, "--json", person="Officer")
    assert (code, told["error"]["code"]) == (1, "one-version")


def test_a_merge_of_what_each_changed_elsewhere_needs_no_decision(office):
    message, _, _ = apart(office, *(content(text, to=("G20 X",)) for text in ("a b c", "a x c", "a b y")))
    code, out, _ = run(office, "message", "merge", message, person="Officer")
    assert code == 0 and "Nothing is to be decided." in out
    assert run(office, "message", "merge", message, "--take", "en=zzzzzz", person="Officer")[0] == 2


def test_a_version_that_comes_in_while_two_are_merged_is_not_lost(office):
    message, _, _ = apart(office, *(content(text, to=("G20 X",)) for text in ("a", "b", "c")))
    desk = office.desk()
    found = desk.messages.apart(message)
    first = desk.messages.get(message).draft.revisions[message]
    folded = desk.messages.get(message)
    late = desk.messages._go_on(
        replace(folded, draft=replace(folded.draft, heads=(first.id,))), content("late", to=("G20 X",))
    )
    desk.messages.merge(message, content("both", to=("G20 X",)), found.heads)
    assert desk.messages.show(message)["heads"] == 2
    again = desk.messages.apart(message)
    assert {again.merging.places()[0].first, again.merging.places()[0].second} == {"late", "both"}
    assert late["revision"] in again.heads


def test_help_names_every_command(office):
    out = run(office, "--help")[1]
    for name in ("office", "account", "message", "publish", "post", "hold", "ledger", "check", "doctor", "rehearse"):
        assert name in out


def test_check_reads_on_after_a_line_that_cannot_be_read():
    lines = [b'{"text": "G20 countries met.", "network": "x"}', b"\xff\xfe", b"[" * 5000, b"{}", b"x" * 2_000_000,
             b'{"text": "\\ud800"}', b'{"text": "ok", "network": "fax"}', '{"text": "峰"}'.encode()]  # fmt: skip
    env = {**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}
    done = subprocess.run([sys.executable, "-m", "g20desk", "check", "--jsonl"], input=b"\n".join(lines),
                          capture_output=True, timeout=60, env=env)  # fmt: skip
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [("error" in a) for a in answers] == [False, True, True, True, True, True, True, False]
    assert answers[0]["findings"][0]["rule"] == "TERM-18"
    assert answers[-1]["length"] == 2


def test_accounts_handles_and_costs_are_told(office):
    code, rows, _ = run(office, "account", "list", "--json")
    assert code == 0
    assert {"name", "network", "owner", "state", "server", "handle", "ends", "why"} <= set(rows[0])
    assert run(office, "handle", "set", "United Nations", "--x", "@UN", "--bluesky", "un.example.org")[0] == 0
    known = {row["of"]: row for row in run(office, "handle", "list", "--json")[1]}
    assert known["United Nations"] == {
        "of": "United Nations", "x": "UN", "bluesky": "un.example.org", "mastodon": ""
    }  # fmt: skip
    message = office.approved(content("Read: https://g20.org", to=("G20 X", "G20 Bluesky")))
    code, told, _ = run(office, "message", "schedule", message, "--at", "now", "--json")
    assert (code, told["cost"]["total"], told["findings"]) == (0, "0.200", [])
    assert run(office, "message", "show", message, "--json")[1]["cost"]["total"] == "0.200"
