"""The database: the schema and its restricted roles, made with the owner's access; and the pool that works under them.

The roles log in by themselves, so that whoever holds what the running hub holds can't become the owner. What that does
and does not hold against stands in docs/hub.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from importlib.resources import files

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from g20desk.errors import Unreachable, Usage
from g20desk.hub.refusals import Refusal

_TIMEOUTS = "-c statement_timeout=15s -c lock_timeout=10s -c idle_in_transaction_session_timeout=15s"
_INSERT = {
    "keeper": "", "entries": "", "filled": "", "roster": "", "hand_overs": "", "pieces": "", "dropped": "office, digest, by, signature",
    "parts": "office, digest, device, at, data", "nonces": "device, nonce", "allowed": None, "migrations": None,
    "usage": None,
}  # fmt: skip
_FUNCTIONS = ("lock", "look", "place", "admit", "prune", "forget_parts")


@dataclass(frozen=True, slots=True)
class Access:
    """How the hub reaches its database. `pieces` is empty where it has no access that may drop pieces; `separate` says
    whether these are logins of their own, and not the owner's with a role put on."""

    app: str
    pieces: str
    separate: bool


def prepare(url: str) -> Access:
    """Make or renew schema and roles where this is the owner's access; where it is the restricted one, see that all is
    there. Raises Unreachable, Usage."""
    with _reached(url) as owner:
        found = owner.execute(
            "select pg_has_role(current_user, nspowner, 'usage') from pg_namespace where nspname = 'hub'"
        ).fetchone()
        if found is not None and not found[0]:
            _see_version(owner)
            return Access(url, "", True)
        try:
            with owner.transaction():
                owner.execute("select pg_advisory_xact_lock(7320, 0)")
                _migrate(owner)
                names = _roles(owner)
        except psycopg.errors.InsufficientPrivilege as error:
            raise Usage(
                "hub-owner", f"This access to the database may not make the hub's schema and roles: {error.diag.message_primary}.",
                "Give the address of the database's owner, who may create roles; or one that the owner has made ready.",
            ) from error  # fmt: skip
        password = _derived(owner)
    logins = [make_conninfo(url, user=name, **({"password": password} if password else {})) for name in names]
    if all(map(_lets_in, logins)):
        return Access(logins[0], logins[1], True)
    app, pieces = (make_conninfo(url, options=f"-c role={name}") for name in names)
    return Access(app, pieces, False)


def allow(url: str, office: str, device: str) -> None:
    """Let the hub serve an office; `device` its founding device, or empty. Raises Unreachable, Usage."""
    prepare(url)
    with _reached(url) as owner:
        try:
            owner.execute(
                "insert into hub.allowed values (%s, %s) on conflict (office) do update set device = excluded.device",
                (bytes.fromhex(office), bytes.fromhex(device) or None),
            )
        except psycopg.errors.InsufficientPrivilege as error:
            raise Usage(
                "hub-owner", "Only the database's owner says which offices a hub serves.", "Give the owner's address."
            ) from error


def _reached(url: str) -> psycopg.Connection[tuple[object, ...]]:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10, options=_TIMEOUTS)
    except psycopg.ProgrammingError as error:
        raise Usage("hub-database", f"This is no address of a database: {error}".rstrip(), _FORM) from error
    except psycopg.OperationalError as error:
        raise Unreachable(
            "hub-database", f"The database could not be reached: {str(error).splitlines()[0]}",
            "See that PostgreSQL runs, that the address is right and that it lets this machine in.",
        ) from error  # fmt: skip


_FORM = "It has the form postgresql://USER@HOST/DATABASE; the password best in the file that PGPASSFILE names."


def _scripts() -> list[tuple[int, str]]:
    folder = files("g20desk.hub") / "schema"
    return sorted((int(f.name[:4]), f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".sql"))


def _version(db: psycopg.Connection[tuple[object, ...]]) -> int:
    row = db.execute("select coalesce(max(number), 0) from hub.migrations").fetchone()
    return int(str(row[0])) if row else 0


def _migrate(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    owner.execute("create schema if not exists hub")
    owner.execute(
        "create table if not exists hub.migrations (number integer primary key, at timestamptz default now())"
    )
    have, scripts = _version(owner), _scripts()
    _not_newer(have, scripts)
    for number, script in scripts:
        if number > have:
            owner.execute(script.encode())
            owner.execute("insert into hub.migrations (number) values (%s)", (number,))


def _not_newer(have: int, scripts: list[tuple[int, str]]) -> None:
    if have > scripts[-1][0]:
        raise Usage("hub-version", "This database belongs to a newer hub.", "Start the newer program on it.")


def _see_version(db: psycopg.Connection[tuple[object, ...]]) -> None:
    scripts = _scripts()
    try:
        have = _version(db)
    except psycopg.errors.InsufficientPrivilege as error:
        raise Usage(
            "hub-owner", "This access may not read the hub's tables.", "Give the owner's or the hub's."
        ) from error
    _not_newer(have, scripts)
    if have < scripts[-1][0]:
        raise Usage(
            "hub-version", "This database is not ready for this hub.", "Start it once with the owner's address."
        )


def _roles(owner: psycopg.Connection[tuple[object, ...]]) -> tuple[str, str]:
    """The two roles, made where they are not there, with exactly their rights."""
    database = owner.info.dbname
    names = (f"{database}_app", f"{database}_pieces")
    if len(names[1].encode()) > 63:
        raise Usage("hub-database", f"The name of the database “{database}” is too long.", "At most 56 bytes.")
    password = _derived(owner)
    for name in names:
        role = sql.Identifier(name)
        if owner.execute("select from pg_roles where rolname = %s", (name,)).fetchone() is None:
            owner.execute(sql.SQL("create role {} login noinherit").format(role))
            owner.execute(sql.SQL("grant {} to current_user").format(role))
        if password:
            secret = owner.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
            owner.execute(sql.SQL("alter role {} password {}").format(role, sql.Literal(secret)))
        owner.execute(sql.SQL("revoke all on all tables in schema hub from {}").format(role))
        owner.execute(sql.SQL("grant usage on schema hub to {}").format(role))
    app, pieces = map(sql.Identifier, names)
    owner.execute("revoke all on schema hub from public")
    owner.execute("revoke all on all functions in schema hub from public")
    owner.execute(sql.SQL("revoke temporary on database {} from public").format(sql.Identifier(database)))
    for function in _FUNCTIONS:
        owner.execute(sql.SQL("grant execute on function {} to {}").format(sql.Identifier("hub", function), app))
    owner.execute(sql.SQL("grant execute on function hub.lock(bytea) to {}").format(pieces))
    for table, columns in _INSERT.items():
        what = sql.Identifier("hub", table)
        owner.execute(sql.SQL("grant select on {} to {}").format(what, app))
        if columns is not None:
            chosen = sql.SQL(f"({columns})" if columns else "")
            owner.execute(sql.SQL("grant insert {} on {} to {}").format(chosen, what, app))
    owner.execute(sql.SQL("grant select, delete on hub.parts, hub.pieces to {}").format(pieces))
    owner.execute(sql.SQL("grant select, insert (office, digest, by, signature) on hub.dropped to {}").format(pieces))
    return names


def _derived(owner: psycopg.Connection[tuple[object, ...]]) -> str:
    """The password of both roles, the same in every process: from the owner's, from which it can't be had back. Where the
    owner has none (a socket, a certificate) they have none."""
    password = owner.info.password
    if not password:
        return ""
    salt = f"g20desk hub {owner.info.dbname}".encode()
    return hashlib.scrypt(password.encode(), salt=salt, n=1 << 14, r=8, p=1, dklen=32).hex()


def _lets_in(conninfo: str) -> bool:
    try:
        psycopg.connect(conninfo, connect_timeout=10).close()
    except psycopg.OperationalError:
        return False
    return True


class Database:
    """The pool of one process."""

    def __init__(self, access: Access, size: int = 8) -> None:
        self.access = access
        self._pool = AsyncConnectionPool(
            with_timeouts(access.app), min_size=1, max_size=size, timeout=5, reconnect_timeout=5, max_waiting=500, open=False,
            kwargs={"autocommit": True},
        )  # fmt: skip

    async def open(self) -> None:
        """Connect. Raises Unreachable."""
        try:
            await self._pool.open(wait=True, timeout=15)
        except PoolTimeout as error:
            raise Unreachable(
                "hub-database", "The database could not be reached.", "See that PostgreSQL runs."
            ) from error

    async def close(self) -> None:
        """Let all connections go."""
        await self._pool.close()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[psycopg.AsyncConnection[tuple[object, ...]]]:
        """A connection for a moment. Raises Refusal where the database does not answer."""
        try:
            async with self._pool.connection() as one:
                yield one
        except psycopg.errors.DiskFull as error:
            raise Refusal(
                507, "disk-full", "The hub's disk is full.", "Nothing was taken in; tell whoever runs it."
            ) from error
        except (psycopg.OperationalError, PoolTimeout) as error:
            raise Refusal(503, "database", "The hub's database does not answer.", "Try again later.") from error


def with_timeouts(conninfo: str) -> str:
    """The same address, with limits on how long a statement, a lock and an open transaction may last."""
    options = psycopg.conninfo.conninfo_to_dict(conninfo).get("options") or ""
    return make_conninfo(conninfo, options=f"{_TIMEOUTS} {options}".strip())
