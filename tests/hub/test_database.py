"""What the hub's own access to its database may do, and what it may not."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from g20desk.errors import Refused, Unreachable, Usage
from g20desk.hub import database as databases
from g20desk.ledger import envelope
from tests.hub.office import everything
from tests.servers.hub import running_hub

TABLES = (
    "keeper", "allowed", "entries", "filled", "roster", "hand_overs", "parts", "pieces", "dropped", "nonces", "usage",
    "migrations",
)  # fmt: skip


@pytest.fixture
def filled(database, office):
    """A database with an office in it: the owner's address and the office."""
    with running_hub(database, "--open") as hub:
        desk = office.move_to(hub.url)
        piece = b"sealed" * 100
        desk.put_piece(envelope.sealed_digest(piece), piece)
    return database


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url, autocommit=True)


def test_the_hubs_role_inserts_and_selects_and_nothing_else(filled):
    access = databases.prepare(filled)
    assert access.separate
    name = conninfo_to_dict(access.app)["user"]
    with connect(access.app) as app, connect(filled) as owner:
        assert app.execute("select current_user, session_user").fetchone() == (name, name)
        known = {row[0] for row in owner.execute("select tablename from pg_tables where schemaname = 'hub'")}
        assert known == set(TABLES)
        forbidden = [
            command
            for table in TABLES
            for command in (
                f"delete from hub.{table}", f"truncate hub.{table}", f"drop table hub.{table}",
                f"alter table hub.{table} add column x int", f"alter table hub.{table} disable trigger all",
                f"create trigger x before insert on hub.{table} for each row execute function suppress_redundant_updates_trigger()",
                f"create index on hub.{table} ((1))", f"select * from hub.{table} for update", f"lock hub.{table}",
                f"create policy p on hub.{table}", f"create rule r as on insert to hub.{table} do instead nothing",
            )
        ]  # fmt: skip
        for table in TABLES:
            columns = owner.execute(
                "select column_name from information_schema.columns where table_schema = 'hub' and table_name = %s "
                "and is_generated = 'NEVER'",
                (table,),
            ).fetchall()
            forbidden += [f"update hub.{table} set {column} = {column}" for (column,) in columns]
        forbidden += [
            "create schema mine", "create table hub.mine (x int)", "create temporary table mine (x int)",
            "drop schema hub cascade", "drop function hub.prune()", "create or replace function hub.prune() "
            "returns bigint language sql as 'select 1::bigint'", f"alter role {name} createrole",
            f"set role {name.removesuffix('_app')}_pieces", "set role hub_owner", "set session authorization hub_owner",
            "copy hub.entries to program 'true'", "copy hub.entries from '/etc/passwd'",
            "insert into hub.allowed values ('\\x00')", "insert into hub.migrations (number) values (99)",
            "insert into hub.nonces values ('\\x00', '\\x00', now() - interval '1 day')", "insert into hub.usage values "
            "('\\x00', '\\x00', -1)",
        ]  # fmt: skip
        before = [owner.execute(f"select count(*) from hub.{table}").fetchone() for table in TABLES]
        for command in forbidden:
            with pytest.raises(psycopg.Error) as caught, app.transaction():
                app.execute(command)
            assert caught.value.sqlstate in ("42501", "42P01"), command
        assert [owner.execute(f"select count(*) from hub.{table}").fetchone() for table in TABLES] == before


def test_what_the_hubs_role_may_prune_is_old_or_unfinished(filled):
    access = databases.prepare(filled)
    with connect(access.app) as app, connect(filled) as owner:
        parts = app.execute("select count(*) from hub.parts").fetchone()
        owner.execute("update hub.parts set put = now() - interval '2 days'")
        app.execute(
            "insert into hub.parts (office, digest, device, at, data) values ('\\x01', '\\x01', '\\x01', 0, '\\x01')"
        )
        app.execute("insert into hub.nonces values ('\\x01', '\\x01')")
        app.execute("select hub.forget_parts(office, digest, device) from hub.pieces")
        app.execute("select hub.prune()")
        assert app.execute("select count(*) from hub.parts").fetchone() == (parts[0] + 1,)
        owner.execute("update hub.parts set put = now() - interval '2 days'")
        owner.execute("update hub.nonces set put = now() - interval '16 minutes'")
        app.execute("select hub.prune()")
        assert app.execute("select count(*) from hub.parts").fetchone() == parts
        assert app.execute("select count(*) from hub.nonces").fetchone() == (0,)
        assert app.execute("select sum(bytes) from hub.usage where device = '\\x01'").fetchone() == (0,)


def test_the_second_role_drops_pieces_and_nothing_else(filled):
    access = databases.prepare(filled)
    with connect(access.pieces) as pieces:
        for command in ("delete from hub.entries", "select * from hub.entries", "insert into hub.pieces select from hub.pieces",
                        "update hub.dropped set by = by", "delete from hub.dropped", "select * from hub.keeper",
                        "truncate hub.pieces", "select hub.prune()"):  # fmt: skip
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                pieces.execute(command)
        assert pieces.execute("delete from hub.pieces").rowcount == 1


def test_a_hub_starts_with_the_restricted_access_alone(filled, office):
    access = databases.prepare(filled)
    with running_hub(access.app, "--open") as hub:
        desk = office.at(hub.url)
        assert desk.append([office.head.act("More")])[0].n == 4
        with pytest.raises(Refused) as caught:
            desk.drop_piece("1" * 64)
        assert caught.value.code == "no-dropping"
    with running_hub(access.app, "--open", "--pieces-database", access.pieces) as hub:
        desk = office.at(hub.url)
        piece = envelope.sealed_digest(b"sealed" * 100)
        desk.drop_piece(piece)
        assert desk.missing_pieces([piece]) == []
        with pytest.raises(Refused) as caught:
            desk.get_piece(piece)
        assert caught.value.code == "dropped"
        with pytest.raises(Refused, match="dropped"):
            desk.put_piece(piece, b"sealed" * 100)
        assert len(everything(desk)) == 4


def test_a_restricted_access_to_an_unready_database_is_told_so(postgres, filled):
    fresh = postgres.fresh()
    stranger = make_conninfo(fresh, user=conninfo_to_dict(databases.prepare(filled).app)["user"])
    with pytest.raises(Usage) as caught:
        databases.prepare(stranger)
    assert caught.value.code == "hub-owner"


def test_an_owner_with_a_password_gives_the_roles_one_of_their_own(postgres, database):
    hba = postgres.folder / "data" / "pg_hba.conf"
    name = conninfo_to_dict(database)["dbname"]
    before = hba.read_text()
    with connect(postgres.url("postgres", "postgres")) as admin:
        admin.execute("alter role hub_owner password 'correct horse'")
        hba.write_text(f"local {name} all scram-sha-256\n{before}")
        admin.execute("select pg_reload_conf()")
        try:
            with pytest.raises(Unreachable):
                databases.prepare(make_conninfo(database, password="wrong"))
            first, again = (databases.prepare(make_conninfo(database, password="correct horse")) for _ in range(2))
            assert first == again and first.separate
            password = conninfo_to_dict(first.app)["password"]
            assert len(password) == 64 and "correct" not in password
            with connect(first.app) as app:
                assert app.execute("select session_user").fetchone() == (f"{name}_app",)
            hba.write_text(f"local {name} hub_owner scram-sha-256\nlocal {name} all reject\n{before}")
            admin.execute("select pg_reload_conf()")
            put_on = databases.prepare(make_conninfo(database, password="correct horse"))
            assert not put_on.separate
            with connect(put_on.app) as app:
                assert app.execute("select current_user").fetchone() == (f"{name}_app",)
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    app.execute("delete from hub.entries")
        finally:
            hba.write_text(before)
            admin.execute("select pg_reload_conf()")


def test_a_newer_database_is_left_alone(database):
    databases.prepare(database)
    with connect(database) as owner:
        owner.execute("insert into hub.migrations (number) values (9999)")
    with pytest.raises(Usage) as caught:
        databases.prepare(database)
    assert caught.value.code == "hub-version"


def serve(*words: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-P", "-m", "g20desk", "hub", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def test_exit_codes_say_what_is_wrong(tmp_path):
    nobody = f"postgresql://x@/x?host={tmp_path}"
    found = serve("serve", "--database", nobody, "--listen", "127.0.0.1:0")
    assert found.returncode == 3 and "database could not be reached" in found.stderr and found.stdout == ""
    assert serve("serve", "--database", "nonsense://", "--listen", "127.0.0.1:0").returncode == 2
    for listen in ("0.0.0.0:8443", "hub.example:443", "[::]:443"):
        found = serve("serve", "--database", nobody, "--listen", listen)
        assert found.returncode == 2 and "--cert" in found.stderr, listen
    found = serve("serve", "--database", nobody, "--listen", "8443")
    assert found.returncode == 2 and "HOST:PORT" in found.stderr
    found = serve("allow", "nonsense", "--database", nobody, "--json")
    assert found.returncode == 2 and json.loads(found.stdout)["error"]["code"] == "office-id"


def test_a_hub_serves_whom_it_was_told_to(database, office):
    other = type(office)()
    with running_hub(database) as hub:
        with pytest.raises(Refused) as caught:
            office.move_to(hub.url)
        assert caught.value.code == "not-allowed" and f"hub allow {office.id}" in caught.value.help
        assert serve("allow", office.id, "--database", database).returncode == 0
        office.move_to(hub.url)
        assert serve("allow", other.id, "--device", "7" * 64, "--database", database, "--json").returncode == 0
        with pytest.raises(Refused) as caught:
            other.move_to(hub.url)
        assert caught.value.code == "not-founder"
        assert serve("allow", other.id, "--device", other.head.id, "--database", database).returncode == 0
        other.move_to(hub.url)
        found = serve("allow", office.id, "--database", databases.prepare(database).app)
        assert found.returncode == 2 and "owner" in found.stderr


def test_the_key_is_sealed_under_a_passphrase_and_every_process_needs_it(database, tmp_path, office):
    phrase = tmp_path / "phrase"
    phrase.write_text("a long one")
    phrase.chmod(0o600)
    given = {"G20DESK_PASSPHRASE_FILE": str(phrase)}
    with running_hub(database, "--open", variables=given) as hub:
        first = office.at(hub.url).keeper()
    assert "lies open" not in hub.said
    with connect(database) as owner:
        salt, seed = owner.execute("select salt, seed from hub.keeper").fetchone()
        assert salt and len(seed) > 32
    with running_hub(database, "--open", variables=given) as hub:
        assert office.at(hub.url).keeper() == first
    phrase.write_text("another")
    for variables in (given, {"G20DESK_PASSPHRASE_FILE": ""}):
        command = [
            sys.executable,
            "-P",
            "-m",
            "g20desk",
            "hub",
            "serve",
            "--database",
            database,
            "--listen",
            "127.0.0.1:0",
        ]
        found = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, **variables},
        )
        assert found.returncode == 2 and "passphrase" in found.stderr


def test_a_key_that_lies_open_is_said_once(database):
    with running_hub(database) as hub:
        pass
    assert hub.said.count("lies open") == 1
