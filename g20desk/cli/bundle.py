"""`bundle`: the record on a stick, for desks that don't see the hub."""

from __future__ import annotations

from pathlib import Path

import click

from g20desk.cli.output import JSON, Where, say, tell
from g20desk.cli.syncing import also


@click.group()
def bundle() -> None:
    """Carry the record on a stick, between desks without a network."""


@bundle.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--for", "person", default="", metavar="NAME", help="Only what this person's desks may lack.")
@click.option("--since", type=click.IntRange(min=0), metavar="PLACE", help="Everything after this place; 0: all.")
@JSON
@click.pass_obj
def bundle_export(where: Where, file: Path, person: str, since: int | None, as_json: bool) -> None:
    """Write what other desks may lack, sealed for the office's desks: what has its place in the record, what waits for
    one, texts and pictures. Without --for and --since: as much as the desk needs that was heard from longest ago."""
    from g20desk.desk import bundles
    from g20desk.desk.unlocking import ledger_of

    ledger, _ = ledger_of(where.folder)
    made = bundles.write(ledger, file, since, person)
    for one in made.left:
        tell(f"{one.event[:12]} did not go along: {one.why}", err=True)
    words = (
        f"{file}: places {made.since + 1} to {made.place}, {made.acts} acts not yet in the record, "
        f"{made.pieces} texts and pictures; {made.size} bytes."
    )
    say(made.as_json(), as_json, words)


@bundle.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@JSON
@click.pass_obj
def bundle_import(where: Where, file: Path, as_json: bool) -> None:
    """Take in a bundle. What is in it is proved as what comes from the hub is; the same one again does nothing."""
    from g20desk.desk import bringing, copying
    from g20desk.desk.acting import ADDRESS
    from g20desk.desk.unlocking import ledger_of

    ledger, clock = ledger_of(where.folder)
    done = bringing.bring(ledger, clock, where.folder, file, lambda words: tell(words, err=True))
    for one in done.left:
        tell(f"{one.event[:12]} was left out: {one.why}", err=True)
    if told := copying.sentence(done.again):
        tell(told, err=True)
    place, head, _ = ledger.store.last_place()
    words = f"{done.places} places in, {done.acts} acts not yet in the record; place {place}."
    if done.placed:
        words += f" {done.placed} acts got their place here: carry a bundle back."
    elif (count := ledger.store.tentative_count()) and ledger.store.meta(ADDRESS):
        words += f" {count} wait here: g20desk sync"
    say({**done.as_json(), "place": place, "head": head, **also(ledger, where.person)}, as_json, words)
