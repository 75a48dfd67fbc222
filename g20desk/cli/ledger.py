"""`ledger`: the record checked, summed up, and taken out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from g20desk.cli.output import JSON, Where, say


@click.group()
def ledger() -> None:
    """The record."""


@ledger.command("verify")
@JSON
@click.pass_obj
def ledger_verify(where: Where, as_json: bool) -> int:
    """Check the whole record again, from its bytes."""
    from g20desk.desk.verifying import verify_folder

    found = verify_folder(where.folder)
    words = f"{found['events']} acts, all of them verified." if found["verified"] else "; ".join(found["faults"])
    say(found, as_json, words)
    return 0 if found["verified"] else 1


@ledger.command("digest")
@JSON
@click.pass_obj
def ledger_digest(where: Where, as_json: bool) -> None:
    """One SHA-256 over the record: equal on every desk that holds the same acts."""
    from g20desk.desk.exporting import digest

    found = digest(where.desk())
    say({"digest": found}, as_json, found)


@ledger.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@JSON
@click.pass_obj
def ledger_export(where: Where, file: Path, as_json: bool) -> None:
    """Write every act, readable, with what is needed to check it without this program."""
    from g20desk.desk.exporting import export

    told = export(where.desk(), file)
    say({"file": str(file), **told}, as_json, f"Wrote {told['events']} acts to {file}.")


@ledger.command("head")
@JSON
@click.pass_obj
def ledger_head(where: Where, as_json: bool) -> None:
    """This desk's newest place as one line, to be sent to another desk by any channel; its words are read aloud."""
    from g20desk.desk import evidence
    from g20desk.desk.unlocking import ledger_of

    store = ledger_of(where.folder)[0].store
    line, words = evidence.head_line(store), evidence.head_words(store)
    say({"head": line, "place": store.last_place()[0], "words": words}, as_json, f"{line}\n{words}")


@ledger.command("compare")
@click.argument("line")
@JSON
@click.pass_obj
def ledger_compare(where: Where, line: str, as_json: bool) -> None:
    """Hold another desk's head line (- reads it from standard input) to this desk's record."""
    from g20desk.desk import evidence
    from g20desk.desk.unlocking import ledger_of

    found, clock = ledger_of(where.folder)
    text = sys.stdin.read(4096) if line == "-" else line
    place, here = evidence.compare(found, text, clock.now_ms())
    words = (
        f"One history up to place {place}." if here else
        f"That desk is further: place {place}. At the next sync the hub has to show just that."
    )  # fmt: skip
    say({"place": place, "same": True if here else None}, as_json, words)


@ledger.command("evidence")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), required=False)
@click.option("--settled", is_flag=True, help="The office has dealt with it: this desk goes on.")
@JSON
@click.pass_obj
def ledger_evidence(where: Where, file: Path | None, settled: bool, as_json: bool) -> None:
    """What the hub signed or showed that does not hold; into a FILE that anybody can check."""
    from g20desk.clock import iso
    from g20desk.desk import evidence
    from g20desk.desk.unlocking import ledger_of

    store = ledger_of(where.folder)[0].store
    if file is not None:
        evidence.export(store, file)
    if settled:
        evidence.settle(store)
    found = evidence.found(store)
    listed = [
        {"at": iso(one.at), "code": one.code, "why": one.why, "proof": one.proof, "settled": one.settled}
        for one in found
    ]  # fmt: skip
    say({"found": listed, "standing": evidence.standing(store)}, as_json,
        "\n".join(one.sentence() for one in found) or "Nothing was found.")  # fmt: skip


@ledger.command("again")
@click.option("--done", is_flag=True, help="They were done again, or are not wanted.")
@JSON
@click.pass_obj
def ledger_again(where: Where, done: bool, as_json: bool) -> None:
    """Acts that have to be done again, since another copy of this desk wrote on where they stood."""
    from g20desk.clock import iso
    from g20desk.desk import copying
    from g20desk.desk.unlocking import ledger_of

    store = ledger_of(where.folder)[0].store
    listed = copying.undone(store)
    if done:
        copying.forget(store)
    words = "\n".join(f"{iso(one.at)[:16]}Z  {one.kind}  {one.stream[:12]}" for one in listed)
    say({"again": [one.as_json() for one in listed]}, as_json, words or "Nothing has to be done again.")
