"""What earlier releases left is opened with all that was in it: what the office did, what goes on, what a person typed and chose."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter

from g20desk import __version__
from g20desk.desk.exporting import digest
from g20desk.desk.verifying import verify
from g20desk.ledger.migrations import FORM, LEFT, VERSION
from tests.ledger.releases import KEPT, NAMES, Release, release

__all__ = ["release"]


def views(desk) -> list[tuple[object, ...]]:
    found = [tuple(row) for row in desk.store.db.execute("select kind, id, due, planned, state, line, row from rows")]
    return sorted(found, key=str)


def out(release: Release) -> int:
    """How many posts the practice network has."""
    with sqlite3.connect(release.desk / "rehearsal.sqlite") as network:
        return int(network.execute("select count(*) from posts").fetchone()[0])


def test_all_that_the_office_did_is_there(release):
    desk, expected = release.opened(), release.expected
    found = verify(desk)
    assert (found["events"], found["tentative"], found["verified"], len(found["refused"])) == tuple(
        expected[name] for name in ("events", "tentative", "verified", "refused")
    )
    assert hashlib.sha256(" ".join(one.id for one in desk.store.all()).encode()).hexdigest() == expected["acts"]
    if "digest" in expected:
        assert digest(desk) == expected["digest"]
    rows = desk.messages.rows()
    assert sorted([row.title, row.state] for row in rows) == expected["messages"]
    posts = Counter(post["state"] for row in rows for post in desk.messages.show(row.id)["posts"])
    assert dict(posts) == expected["posts"]
    assert sorted(one.name for one in desk.office.people.values()) == expected["people"]
    assert len(desk.holds.rows()) == expected["holds"]
    assert sorted([one["text"], one["state"]] for one in desk.lines.rows()) == expected["lines"]
    assert sorted([one["account"], one["state"]] for one in desk.relays.rows()) == expected["relays"]


def test_its_store_is_in_this_programs_form_and_its_lists_are_what_they_would_be_made_anew(release):
    desk = release.opened()
    before = views(desk)
    desk.ledger.rows.rebuild()
    assert views(desk) == before
    assert desk.store.db.execute("pragma user_version").fetchone()[0] == VERSION
    if release.expected["store"] < VERSION:
        assert desk.store.meta(FORM) == __version__
    assert not desk.store.meta(LEFT) and not release.before.exists()


def test_it_has_the_tables_and_indexes_of_a_new_store(release, kept):
    from tests.ledger import record

    asked = "select type, name, tbl_name from sqlite_master where name not like 'sqlite_%' order by 1, 2"
    new = record.opened(kept).db.execute(asked).fetchall()
    desk = release.opened()
    assert desk.store.db.execute(asked).fetchall() == new
    for table in {row[2] for row in new if row[0] == "table"}:
        columns = f"select name, type, \"notnull\", pk from pragma_table_info('{table}') order by name"
        assert desk.store.db.execute(columns).fetchall() == record.opened(kept).db.execute(columns).fetchall(), table


def test_what_was_planned_goes_out_once_and_what_is_out_stays_so(release):
    before = out(release)
    officer = release.opened()
    planned = [row.id for row in officer.messages.rows("scheduled")]
    assert officer.publish.once()["sent"] == 3
    assert [officer.messages.show(id)["state"] for id in planned] == ["sent"]
    assert officer.publish.once()["sent"] == 0
    assert release.opened().publish.once()["sent"] == 0
    assert out(release) == before + 3


def test_work_goes_on_where_it_was_left(release):
    officer, brazil = release.opened(), release.opened("Liaison Brazil")
    (draft,) = officer.messages.rows("draft")
    (typed,) = officer.messages.kept(draft.id).texts[0].parts
    assert typed == release.expected["typed"]
    officer.messages.revise(draft.id, officer.messages.kept(draft.id))
    officer.messages.submit(draft.id)
    brazil.messages.decide(draft.id, "approve", officer.messages.show(draft.id)["digest"], "")
    assert officer.messages.show(draft.id)["state"] == "approved"
    assert verify(officer)["verified"]


def test_what_else_the_desk_was_told_is_still_known(release):
    from g20desk.desk import health, ways

    desk = release.opened()
    assert "proxy.example:3128" in ways.described(desk.store)
    assert health.read(release.desk) is not None
    if release.expected["lines"]:
        assert desk.mail.server().host == "127.0.0.1"


def test_this_programs_own_store_is_kept():
    """A release whose store is not kept could not be tested by later ones: tools/keep_release.py."""
    assert __version__ in NAMES
    assert json.loads((KEPT / __version__ / "expected.json").read_text("utf-8"))["store"] == VERSION
