"""What is left to do once a store has come to a newer form: its views are made anew, the file is looked through, and the copy of
what it was goes. Broken off, the next start goes on with it."""

from __future__ import annotations

import time
from collections.abc import Callable

from g20desk.desk.row_keeping import Rows
from g20desk.errors import Usage
from g20desk.ledger import migrations
from g20desk.ledger.migrations import LEFT, Say
from g20desk.ledger.store import Store

_PAUSE = 0.5


def settle(store: Store, rows: Rows, say: Say) -> None:
    """Do what is left, one process at a time. Raises Usage where the store is not sound in its new form; then the copy stays."""
    with migrations.lock(store.path, say):
        left = store.meta(LEFT)
        if not left:
            return  # another program did it meanwhile
        with store.roomy():
            rows.rebuild(_told(say))
        migrations.reach("rebuilt")
        kept = migrations.copy_of(store.path, int(left))
        if fault := store.damage():
            raise Usage(
                "store-moved",
                f"The record is not sound in its newer form: {fault}",
                f"It is kept as it was before, as {kept.name} in {kept.parent}. Keep the folder and ask for help.",
            )
        kept.unlink(missing_ok=True)
        migrations.reach("sound")
        store.drop_metas(LEFT)


def _told(say: Say) -> Callable[[int, int], None]:
    """How far it is, every half second."""
    last = time.monotonic()

    def told(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last > _PAUSE:
            last = time.monotonic()
            say(f"Making the lists of this desk anew: {100 * done // of} %")

    return told
