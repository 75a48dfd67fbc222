"""From draft to receipt by the command line alone, on a real PDS."""

from __future__ import annotations

import json
import subprocess
import sys

from PIL import Image

TEXT = "Finance ministers met in Pretoria today. القمة 二十国集团 https://g20.example.org/déclaration #G20"


def run(office, *args, stdin="", person=None, code=0):
    who = ["--as", person] if person else []
    words = [sys.executable, "-m", "g20desk", "--office", str(office), *who, *args]
    done = subprocess.run(words, input=stdin, capture_output=True, text=True, timeout=60)
    assert done.returncode == code, done.stderr
    return json.loads(done.stdout)


def test_from_draft_to_receipt(tmp_path, pds):
    office = tmp_path / "office"
    did, handle, password = pds.account()
    run(office, "office", "new", "G20", "--head", "Ada Head", "--rehearsal", "--json")
    run(office, "account", "add", "bluesky", "--name", "B", "--owner", "official", "--server", pds.url, "--handle", handle,
        "--json", stdin=password)  # fmt: skip
    (listed,) = [a for a in run(office, "account", "list", "--json") if a["name"] == "B"]
    assert (listed["state"], listed["handle"], listed["network"]) == ("ready", handle, "bluesky")

    Image.effect_noise((900, 700), 60).save(tmp_path / "hall.png")
    made = run(office, "message", "new", "--text", "-", "--image", str(tmp_path / "hall.png"), "--alt", "A hall.",
               "--to", "B", "--to", "G20 X", "--json", stdin=TEXT, person="Officer")  # fmt: skip
    assert [f for f in made["findings"] if f["level"] == "block"] == []
    one, digest = made["message"], made["digest"]
    run(office, "message", "submit", one[:12], "--json", person="Officer")
    assert run(office, "message", "list", "--state", "submitted", "--json", person="Liaison Italy")[0]["id"] == one
    run(office, "message", "approve", one, "--digest", digest, "--json", person="Liaison Italy")
    run(office, "message", "schedule", one, "--at", "now", "--json", person="Officer")
    assert run(office, "message", "show", one, "--json")["state"] == "scheduled"
    assert run(office, "publish", "--once", "--json", person="Officer")["sent"] == 2

    shown = run(office, "message", "show", one, "--json")
    assert shown["state"] == "sent"
    (post,) = [p for p in shown["posts"] if p["account"] == "B"]
    (record,) = pds.records(did)
    assert (post["state"], post["remote_ids"]) == ("sent", [record["uri"]])
    assert post["url"].endswith(record["uri"].rsplit("/", 1)[1])
    assert record["value"]["text"] == TEXT
    assert record["value"]["embed"]["images"][0]["alt"] == "A hall."
    kinds = [h["kind"] for h in shown["history"] if h["counts"]]
    assert kinds[:4] == ["draft.revised", "message.submitted", "signoff.decided", "message.scheduled"]
    assert run(office, "ledger", "verify", "--json")["verified"]
    assert run(office, "post", "remove", post["id"], "--why", "A test.", "--json") == {"outcome": "removed"}
    assert pds.records(did) == []
