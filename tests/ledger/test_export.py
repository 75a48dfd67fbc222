"""An export can be checked without this program, and every damage to it is named."""

from __future__ import annotations

import ast
import contextlib
import itertools
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from g20desk.desk import Desk
from g20desk.desk.exporting import check_pieces, digest, export, export_store, ring_digests
from g20desk.desk.verifying import verify, verify_folder
from g20desk.errors import Refused, Usage
from g20desk.ledger import pieces
from tests.ledger import record


@pytest.fixture(scope="module")
def exported(kept: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("export") / "record.jsonl"
    export(Desk.open(kept), path)
    return path.read_bytes()


def fault_of(data: bytes, folder: Path) -> str:
    path = folder / "damaged.jsonl"
    path.write_bytes(data)
    return str(record.checker.check(path)[0])


def line_of(fault: str) -> int:
    return int(fault.removeprefix("line ").split(":")[0].split(",")[0])


def test_verify_and_the_checker_agree_on_a_whole_record(kept: Path, tmp_path: Path) -> None:
    desk = Desk.open(kept)
    verified = verify(desk)
    said = export(desk, tmp_path / "record.jsonl")
    fault, seen = record.checker.check(tmp_path / "record.jsonl")
    assert verified["verified"] and fault == ""
    assert seen.events == said["events"] == verified["events"]
    assert seen.events - seen.places == verified["tentative"] == 1
    assert len(seen.missing) == check_pieces(desk.store)[0] == 2
    assert seen.remarks == [] and check_pieces(desk.store)[1] == []


def test_an_export_shows_texts_and_pictures_once_and_says_what_was_dropped(exported: bytes) -> None:
    lines = [json.loads(line) for line in exported.splitlines()]
    shown = [item for line in lines[1:-1] for item in line["pieces"].values()]
    texts = [item["text"] for item in shown if item and "text" in item]
    assert texts.count("我们在罗马会晤。") == 1 and record.ALT["ar"] in texts
    assert any(item and "base64" in item for item in shown)
    assert shown.count(None) == 2
    assert lines[-1] == {"end": True, "lines": len(lines) - 1, "sha256": lines[-1]["sha256"]}


def test_the_checker_runs_alone_and_imports_nothing_of_ours(exported: bytes, tmp_path: Path) -> None:
    source = record.ROOT / "tools" / "check_export.py"
    text = source.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 300
    for node in ast.walk(ast.parse(text)):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        assert all(name.split(".")[0] in {*sys.stdlib_module_names, "nacl"} for name in names)
    for name, data, code in (("good", exported, 0), ("short", exported[:-1], 1)):
        (tmp_path / name).write_bytes(data)
        answer = subprocess.run(
            [sys.executable, str(source), str(tmp_path / name)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (answer.returncode, answer.stderr) == (code, "")
        assert ("Holds" in answer.stdout) is (code == 0)


def test_one_flipped_byte_anywhere_is_found_and_its_line_named(exported: bytes, tmp_path: Path) -> None:
    chance = random.Random(20)
    starts = [0, *(i + 1 for i, byte in enumerate(exported) if byte == 10)]
    places = {chance.randrange(a, b) for a, b in itertools.pairwise(starts) for _ in range(12)}
    places |= set(range(starts[1])) | set(range(starts[-2], len(exported)))
    for place in sorted(places):
        damaged = bytearray(exported)
        damaged[place] ^= chance.randrange(1, 256)
        fault = fault_of(bytes(damaged), tmp_path)
        assert fault, f"byte {place}"
        assert line_of(fault) == sum(start <= place for start in starts), (place, fault)


def test_white_space_and_other_spellings_are_found(exported: bytes, tmp_path: Path) -> None:
    lines = exported.splitlines(keepends=True)
    spaced = json.dumps(json.loads(lines[1]), sort_keys=True).encode() + b"\n"
    escaped = lines[1].replace(b"Ada", b"\\u0041da")
    assert escaped != lines[1]
    for other in (spaced, escaped, lines[1][:-1] + b"\r\n", b"\n" + lines[1], lines[1] + b"\n"):
        fault = fault_of(b"".join([lines[0], other, *lines[2:]]), tmp_path)
        assert line_of(fault) in (2, 3), fault


def test_lines_cut_swapped_doubled_and_left_out_are_found(exported: bytes, tmp_path: Path) -> None:
    lines = exported.splitlines(keepends=True)
    for n in range(1, len(lines)):
        assert line_of(fault_of(b"".join(lines[:n]), tmp_path)) == n + 1
        assert line_of(fault_of(b"".join(lines[:n])[:-1], tmp_path)) == n
        assert line_of(fault_of(b"".join([*lines[:n], lines[n - 1], *lines[n:]]), tmp_path)) == n + 1
        swapped = fault_of(b"".join([*lines[: n - 1], lines[n], lines[n - 1], *lines[n + 1 :]]), tmp_path)
        left_out = fault_of(b"".join([*lines[: n - 1], *lines[n:]]), tmp_path)
        # A tentative event, the last, is whole wherever it stands: there the next line does not hold.
        assert line_of(swapped) == line_of(left_out) == n + (n == len(lines) - 2)
    assert line_of(fault_of(exported + lines[-1], tmp_path)) == len(lines) + 1
    assert fault_of(b"", tmp_path) == "line 1: the export ends too early"


COLUMNS = [
    ("events", "header"), ("events", "signature"), ("events", "body"), ("events", "id"),
    ("places", "head"), ("places", "head_signature"), ("places", "clear"), ("places", "named"),
    ("places", "hash"), ("places", "stamp"), ("places", "signature"), ("places", "n"), ("events", "place"),
    ("pieces", "data"),
]  # fmt: skip


@pytest.mark.parametrize("table, column", [pytest.param(t, c, id=f"{c} of {t}") for t, c in COLUMNS])
def test_verify_and_the_checker_agree_on_a_damaged_store(kept: Path, tmp_path: Path, table: str, column: str) -> None:
    chance = random.Random(f"{table} {column}")
    for number in range(6):
        folder = record.copy(kept, tmp_path / str(number))
        store = record.opened(folder)
        damage(store, table, column, chance)
        export_store(store, tmp_path / "damaged.jsonl")
        fault, _ = record.checker.check(tmp_path / "damaged.jsonl")
        assert fault, (number, column)
        assert found_by_us(folder), fault


def damage(store, table: str, column: str, chance: random.Random) -> None:
    """One flipped bit in one value."""
    store.db.execute("pragma foreign_keys = off")
    key = {"events": "rowid", "places": "n", "pieces": "id"}[table]
    rows = store.db.execute(f"select {key}, {column} from {table} where {column} <> x'' order by {key}").fetchall()
    row, value = chance.choice(rows)
    if isinstance(value, int):
        changed = value ^ (1 << chance.randrange(6, 40))
    elif isinstance(value, str):
        at = chance.randrange(len(value))
        changed = value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
    else:
        at = chance.randrange(len(value))
        changed = value[:at] + bytes([value[at] ^ (1 << chance.randrange(8))]) + value[at + 1 :]
    store.db.execute(f"update {table} set {column} = ? where {key} = ?", (changed, row))


def found_by_us(folder: Path) -> bool:
    """Whether this desk says so too: it does not open, or its record does not verify."""
    try:
        desk = Desk.open(folder)
        found = verify(desk)
    except Usage as error:
        # Where the founding event is damaged, nobody of it is found any more.
        return error.code in ("store-damaged", "unknown-person")
    return not found["verified"]


ROWS = [("events", name) for name in ("stream", "kind", "device", "chain", "seq")]
ROWS += [("places", name) for name in ("device", "chain", "seq")]


@pytest.mark.parametrize("table, column", ROWS)
def test_a_row_that_says_other_than_its_header_is_found(kept: Path, tmp_path: Path, table: str, column: str) -> None:
    folder = record.copy(kept, tmp_path / "desk")
    store = record.opened(folder)
    assert verify_folder(folder)["faults"] == []
    damage(store, table, column, random.Random(column))
    assert "its row says other" in verify_folder(folder)["faults"][0]


def test_a_piece_is_not_spoilt_by_an_event_that_refers_to_it_wrongly(kept: Path, tmp_path: Path) -> None:
    desk = Desk.open(record.copy(kept, tmp_path / "desk"), "Officer")
    name = next(r["piece"] for s in stored_pieces(desk) for r in s if pieces.get(desk.store, r))
    other = {"piece": name, "key": "0" * 64, "size": 5}
    for wrong in (other, {**other, "key": "key" * 21 + "k"}, {**other, "size": -1}, {**other, "piece": other}):
        with contextlib.suppress(Refused):
            desk.act("hold.placed", {"why": wrong, "topic": "", "account": ""}, keep_refusal=True)
    export(desk, tmp_path / "record.jsonl")
    assert record.checker.check(tmp_path / "record.jsonl")[0] == ""
    assert check_pieces(desk.store)[1] == []


def stored_pieces(desk: Desk):
    from g20desk.desk.exporting import references, stored

    return [references(one.body) for one in stored(desk.store)]


def test_the_digest_is_that_of_the_placed_events_whoever_holds_them(kept: Path, tmp_path: Path) -> None:
    folder = record.copy(kept, tmp_path / "desk")
    desk = Desk.open(folder)
    before = digest(desk)
    desk.store.db.execute("delete from pieces")
    desk.store.db.execute("delete from events where place is null")
    desk.ledger.rows.rebuild()
    assert digest(Desk.open(folder, "Analyst")) == before
    office = desk.office
    assert set(ring_digests(desk)) == {"", office.office_ring, office.members_ring}
    rings = ring_digests(desk)
    desk.holds.place("Another.")
    changed = {ring for ring, value in ring_digests(desk).items() if value != rings[ring]}
    assert changed == {"", office.members_ring}


def test_an_export_that_fails_leaves_what_stood_there(kept: Path, tmp_path: Path) -> None:
    desk = Desk.open(kept)
    with pytest.raises(Usage) as caught:
        export(desk, tmp_path / "no" / "such.jsonl")
    assert caught.value.code == "export-failed" and caught.value.help
    (tmp_path / "folder").mkdir()
    with pytest.raises(Usage):
        export(desk, tmp_path / "folder")
    assert [p.name for p in tmp_path.iterdir()] == ["folder"]
    path = tmp_path / "record.jsonl"
    path.write_text("older")
    export(desk, path)
    assert path.read_bytes().startswith(b'{"events"') and path.stat().st_mode & 0o077 == 0
