"""`bundle` as scripts see it: one value, exit codes, and nothing but words on standard error."""

from __future__ import annotations

from tests.cli.test_commands import run


def test_a_bundle_goes_out_and_the_same_desk_has_it_all(office, tmp_path):
    file = tmp_path / "room.g20"
    code, told, _ = run(office, "bundle", "export", str(file), "--since", "0", "--json")
    assert code == 0 and told["size"] == file.stat().st_size and told["places"] == told["place"]
    code, told, _ = run(office, "bundle", "import", str(file), "--json")
    assert code == 0
    assert (told["places"], told["acts"], told["left_out"], told["placed"]) == (0, 0, [], 0)
    code, out, err = run(office, "bundle", "export", str(file))
    assert code == 0 and "not yet in the record" in out and not err


def test_what_is_no_bundle_is_refused_with_what_to_do(office, tmp_path):
    other = tmp_path / "note.txt"
    other.write_text("A note.")
    for path, expected in ((other, "bundle-no-bundle"), (tmp_path / "none", "no-file"), (tmp_path, "no-file")):
        code, told, err = run(office, "bundle", "import", str(path), "--json")
        assert (code, told["error"]["code"]) == (2, expected)
        assert told["error"]["help"] and told["error"]["message"] in err
    code, told, _ = run(office, "bundle", "export", str(tmp_path / "no" / "room.g20"), "--json")
    assert (code, told["error"]["code"]) == (2, "bundle-unwritten")
    code, told, _ = run(office, "bundle", "export", str(other), "--for", "Nobody", "--json")
    assert (code, told["error"]["code"]) == (1, "unknown-person")
    assert other.read_text() == "A note.", "what stood there stays"
