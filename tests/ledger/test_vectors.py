"""The format stays: files of vectors are made anew and compared, and the page that fixes it names all that is in use."""

from __future__ import annotations

import json
import re
from dataclasses import fields

import pytest

from g20desk.ledger import canonical, chain, envelope, event, sealing
from tests.ledger import record, vectors

PAGE = (record.ROOT / "docs" / "ledger.md").read_text(encoding="utf-8")


def test_vectors_are_made_again_byte_for_byte():
    made = vectors.files()
    assert {path.name for path in vectors.FOLDER.iterdir()} == set(made)
    for name, data in made.items():
        assert (vectors.FOLDER / name).read_bytes() == data, name


def test_the_checker_takes_the_exported_vector():
    fault, seen = record.checker.check(vectors.FOLDER / "export.jsonl")
    assert (fault, seen.events, seen.remarks) == ("", 8, [])


def test_the_same_content_has_the_same_digest_again():
    digests = [e["content_digest"] for e in json.loads((vectors.FOLDER / "events.json").read_text())["events"][3:6]]
    assert digests[0] == digests[2] != digests[1]


def test_the_events_of_the_vectors_are_proved():
    for one in json.loads((vectors.FOLDER / "events.json").read_text())["events"]:
        found = chain.proved(one["header"].encode(), bytes.fromhex(one["signature"]), one["body"].encode())
        assert found.id == one["id"]


def test_the_envelopes_of_the_vectors_open():
    for one in json.loads((vectors.FOLDER / "events.json").read_text())["events"]:
        said = one["envelope"]
        found = envelope.Envelope(
            said["head"].encode(),
            bytes.fromhex(said["signature"]),
            bytes.fromhex(said["sealed"]),
            said["clear"].encode(),
        )
        head = envelope.check(found)
        epoch = sealing.Epoch(bytes.fromhex(said["epoch_key"]))
        opened = sealing.opened(found, epoch)
        assert (head.event, head.epoch, found.digest) == (one["id"], epoch.id, said["digest"])
        assert (opened.header.decode(), opened.signature.hex(), opened.body.decode()) == (
            one["header"], one["signature"], one["body"],
        )  # fmt: skip
        for device, wrapped in envelope.read_clear(found.clear)["wraps"].items():
            assert sealing.unwrap(wrapped, head.office, head.epoch, device, vectors.HEAD) == epoch


@pytest.mark.parametrize("text", json.loads((vectors.FOLDER / "canonical.json").read_text())["refused"])
def test_what_the_vectors_refuse_is_refused(text: str):
    with pytest.raises(canonical.NotCanonical):
        canonical.loads(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(record.checker.Broken):
        record.checker.read(text.encode("utf-8", "surrogatepass"), "line")


def tags_in_use() -> set[str]:
    """Purposes as the code writes them: first argument of digest, tagged and sign, second of verify."""
    found: set[str] = set()
    for path in [*record.ROOT.glob("g20desk/**/*.py"), record.ROOT / "tools" / "check_export.py"]:
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"(?:\bdigest|\btagged|\.sign)\(\s*\"([a-z ]+)\"", text))
        found |= set(re.findall(r"\bverify\([^\"()]+,\s*\"([a-z ]+)\"", text))
    return found


def test_the_page_names_every_tag_and_no_other():
    tags = tags_in_use()
    assert {"event", "receipt", "joining", "piece"} <= tags
    assert set(re.findall(r"^\| `([a-z ]+)` \|.*\|.*\|$", section("Tags"), re.M)) == tags


def test_the_page_names_every_field_of_the_header_in_its_order():
    named = re.findall(r"^\| `(\w+)` \|", section("Header"), re.M)
    assert named == [f.name for f in fields(event.Header)]


def test_the_page_names_every_name_in_an_export():
    lines = (vectors.FOLDER / "export.jsonl").read_text(encoding="utf-8").splitlines()
    names = set(json.loads(lines[0])) | set(json.loads(lines[1])) | set(json.loads(lines[-1]))
    assert not {name for name in names if f"`{name}`" not in PAGE and f'"{name}"' not in section("Export")}
    assert f"Format {canonical.FORMAT}." in PAGE


def section(name: str) -> str:
    return PAGE.split(f"\n## {name}\n")[1].split("\n## ")[0]
