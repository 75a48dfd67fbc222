"""`sync`: what the office did comes in, what this desk did goes out."""

from __future__ import annotations

import click

from g20desk.cli.output import JSON, Where, say


@click.command()
@click.option("--watch", is_flag=True, help="Go on, until it is stopped.")
@JSON
@click.pass_obj
def sync(where: Where, watch: bool, as_json: bool) -> None:
    """Exchange acts with the office's hub."""
    from g20desk.desk.desk import ledger_of
    from g20desk.desk.syncing import ADDRESS, Sync, connect

    ledger, clock = ledger_of(where.folder)
    while True:
        value: dict[str, int | str] = {"pushed": 0, "pulled": 0}
        if ledger.store.meta(ADDRESS):
            hub = connect(ledger, clock)
            done = Sync(ledger, hub).run()
            value = {"pushed": done.pushed, "pulled": done.pulled}
            if done.why:
                click.echo(done.why, err=True)
        place, head, _ = ledger.store.last_place()
        value |= {"place": place, "head": head}
        if not watch:
            say(value, as_json, f"{value['pushed']} acts out, {value['pulled']} in; place {place}")
            return
        click.echo(f"{value['pushed']} acts out, {value['pulled']} in; place {place}", err=True)
        hub.wait(place, 30)
