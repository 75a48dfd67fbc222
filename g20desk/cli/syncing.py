"""`sync`: what the office did comes in, what this desk did goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from g20desk.cli.output import JSON, Where, say, tell

if TYPE_CHECKING:
    from g20desk.clock import Clock
    from g20desk.desk.acting import Ledger

WAIT_SECONDS = 30.0


@click.command()
@click.option("--watch", is_flag=True, help="Go on, until it is stopped.")
@JSON
@click.pass_obj
def sync(where: Where, watch: bool, as_json: bool) -> None:
    """Exchange acts with the office's hub."""
    from g20desk.desk import copying
    from g20desk.desk.acting import ADDRESS
    from g20desk.desk.syncing import Synced, exchange
    from g20desk.desk.unlocking import ledger_of
    from g20desk.errors import Unreachable

    ledger, clock = ledger_of(where.folder)
    while True:
        done = Synced()
        try:
            if ledger.store.meta(ADDRESS):
                done = exchange(ledger, clock, where.folder, _tell)
            if not done.why and _close(where, ledger) and ledger.store.meta(ADDRESS):
                again = exchange(ledger, clock, where.folder, _tell)
                done.pushed, done.pulled, done.why = done.pushed + again.pushed, done.pulled + again.pulled, again.why
        except Unreachable as error:
            if not watch:
                raise
            done.why = f"{error.message} {error.help}"
        place, head, _ = ledger.store.last_place()
        words = f"{done.pushed} acts out, {done.pulled} in; place {place}"
        for told in (done.why, done.waits, copying.sentence(done.again)):
            if told:
                tell(told, err=True)
        more = also(ledger, where.person) if not watch or done.pushed or done.pulled else {}
        if not watch:
            value = {"pushed": done.pushed, "pulled": done.pulled, "place": place, "head": head, **more}
            say({**value, "again": [one.as_json() for one in done.again]} if done.again else value, as_json, words)
            return
        tell(words, err=True)
        _rest(ledger, clock, place)


def _tell(words: str) -> None:
    tell(words, err=True)


def _close(where: Where, ledger: Ledger) -> bool:
    """Close the silences that are over, where this desk's person may; whether there was one."""
    who = where.person or ledger.store.meta("person")
    if ledger.office().named(who) is None or not ledger.store.meta(f"device/{who}"):
        return False  # not admitted yet
    return bool(where.desk().signoffs.close_over())


def also(ledger: Ledger, person: str | None) -> dict[str, Any]:
    """What this person did that turned out not to count, and decisions of theirs that have not reached the office: said in
    words, and for machines where there is any."""
    from g20desk.desk import own_acts

    who = person or ledger.store.meta("person")
    gone, waits = own_acts.uncounted(ledger, who), own_acts.pending(ledger, who)
    for one in gone:
        tell(one.sentence(), err=True)
    if gone:
        tell("Once you have read that: g20desk alarm list, g20desk alarm leave ID", err=True)
    if waits:
        tell(f"Not in the office's record yet: {len(waits)} decisions of yours. Nobody there knows of them.", err=True)
    made: dict[str, Any] = {"uncounted": [one.as_json() for one in gone]} if gone else {}
    return made | ({"pending": [one.message for one in waits]} if waits else {})


def _rest(ledger: Ledger, clock: Clock, place: int) -> None:
    """Until there is more, or for a while."""
    import time

    from g20desk.desk import ways
    from g20desk.errors import Unreachable

    hub = ways.hub(ledger, clock)
    try:
        hub.wait(place, WAIT_SECONDS)
    except Unreachable:
        time.sleep(WAIT_SECONDS)
    finally:
        hub.close()
