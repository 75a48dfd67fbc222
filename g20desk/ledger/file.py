"""The encrypted SQLite file that a store lies in: opening it, transactions, what went wrong in words, a desk's own values."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlite

from g20desk.errors import Usage
from g20desk.ledger import migrations
from g20desk.ledger.migrations import VERSION, Say, quiet

PATIENCE_MS, MOMENT_MS = 15_000, 1_500
Error: type[Exception] = sqlite.Error
_LITTLE, _LEAST = 1 << 20, 512
_ROOMY = 64 << 10  # KB
_DAMAGE = ("malformed", "disk image", "Could not decode", "no such table", "vtable constructor failed")


def trouble(error: Exception, path: Path) -> Usage:
    """A database error as something that a person can act on."""
    text = str(error)
    if "not a database" in text or "hmac" in text.lower():
        return Usage(
            "store-key",
            "This desk's record can't be opened: the key does not fit, or the file is damaged.",
            "Check that the keyring is the one this desk was made with; otherwise restore a backup.",
        )
    if any(words in text for words in _DAMAGE):
        return damaged()
    unopened = "unable to open" in text
    if "readonly" in text or "read-only" in text or (unopened and path.exists()):
        return _read_only(path)
    if "full" in text or ("disk I/O" in text and shutil.disk_usage(path.parent).free < _LITTLE):
        return Usage("disk-full", "The disk is full; nothing was lost.", "Free some space, then do it again.")
    if "locked" in text or "busy" in text:
        return Usage("store-busy", "Another program holds this desk's record.", "Close it, then do it again.")
    if unopened:
        return Usage("store-missing", f"There is no desk at {path.parent}.", "Make one with: g20desk office new")
    return Usage("store", f"The record could not be used: {text}", "Run: g20desk doctor")


def _read_only(path: Path) -> Usage:
    return Usage("store-read-only", f"{path.parent} can't be written.", "Ask for write access to the folder.")


def damaged() -> Usage:
    return Usage(
        "store-damaged",
        "This desk's record is damaged; nothing was changed.",
        "Keep the folder as it is and restore a backup beside it.",
    )


def engines() -> tuple[str, str]:
    """The versions of SQLCipher and of the SQLite in it."""
    made = sqlite.connect(":memory:")
    try:
        found = made.execute("pragma cipher_version").fetchone()
        return (str(found[0]).split()[0] if found else ""), str(sqlite.sqlite_version)
    finally:
        made.close()


def _schema() -> list[str]:
    from importlib import resources  # a store is made once

    text = resources.files("g20desk.ledger").joinpath("schema.sql").read_text()
    return [one for one in text.split(";\n") if one.strip()]


class File:
    """The encrypted file, with one connection a thread; transactions, and the desk's own values."""

    def __init__(self, path: Path, key: bytes, *, create: bool = False, say: Say = quiet) -> None:
        self.path = path
        self._key = key
        self._local = threading.local()
        try:
            size = path.stat().st_size if path.exists() else None
        except PermissionError as error:
            raise _read_only(path) from error
        if not create and size is None:
            raise Usage("store-missing", f"There is no desk at {path.parent}.", "Make one with: g20desk office new")
        if not create and size is not None and size < _LEAST:
            raise damaged()  # SQLite would take it for a new file, and write to it.
        with self.guard():
            if create:
                with self._begun() as db:
                    for statement in _schema():
                        db.execute(statement)
                    migrations.note(db)
                return
            found, program = self._looked()
            if found > VERSION:
                raise migrations.newer(found, program)
            if migrations.version(self.db) < VERSION:
                migrations.forward(self, say)

    def _looked(self) -> tuple[int, str]:
        """The store's form and the program that gave it, read without a write of any kind: a newer store stays as it is."""
        log = self.path.with_name(f"{self.path.name}-wal")
        # What nobody has open, and nobody left in the middle, is all in the file: then not even a lock is needed.
        how = "mode=ro" if log.exists() and log.stat().st_size else "immutable=1"
        try:
            db = self._keyed(f"{self.path.absolute().as_uri()}?{how}", uri=True)
            try:
                found = migrations.version(db)
                return found, self._form(db) if found > VERSION else ""
            finally:
                db.close()
        except sqlite.Error:  # somebody wrote meanwhile, or it can't be read at all, which the usual way says
            return migrations.version(self.db), self._form(self.db)

    @staticmethod
    def _form(db: Any) -> str:
        row = db.execute("select value from meta where name = ?", (migrations.FORM,)).fetchone()
        return str(row[0]) if row else ""

    def _keyed(self, name: str, **how: Any) -> Any:
        made = sqlite.connect(name, timeout=15, isolation_level=None, **how)
        try:
            # Otherwise it writes to standard error what we say ourselves.
            made.execute("pragma cipher_log_level = none")
            made.execute(f"pragma key = \"x'{self._key.hex()}'\"")
            made.execute(f"pragma busy_timeout = {PATIENCE_MS}")
            made.execute("select count(*) from sqlite_master").fetchone()
        except BaseException:
            made.close()
            raise
        return made

    @property
    def db(self) -> Any:
        """This thread's connection."""
        made = getattr(self._local, "db", None)
        if made is None:
            made = self._keyed(str(self.path))
            try:
                made.execute("pragma journal_mode = wal")
                made.execute("pragma synchronous = full")
                made.execute("pragma fullfsync = 1")
                made.execute("pragma foreign_keys = on")
            except BaseException:
                made.close()
                raise
            self._local.db = made
        return made

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Turn the database's errors into ours."""
        try:
            yield
        except sqlite.Error as error:
            self._still_ours()
            raise trouble(error, self.path) from error

    def _still_ours(self) -> None:
        """Raise Usage where a newer program gave the file another form since it was opened."""
        made = getattr(self._local, "db", None)
        with suppress(sqlite.Error):
            if made is not None and (found := migrations.version(made)) > VERSION:
                raise migrations.newer(found, self._form(made))

    @contextmanager
    def write(self) -> Iterator[Any]:
        """A write transaction: all of it or nothing. Raises Usage where a newer program has changed the store's form."""
        with self.guard(), self._begun() as db:
            self._still_ours()
            yield db

    @contextmanager
    def _begun(self) -> Iterator[Any]:
        db = self.db
        db.execute("begin immediate")
        try:
            yield db
            db.execute("commit")
        except BaseException:
            # SQLite has rolled back by itself where the disk was full.
            if db.in_transaction:
                db.execute("rollback")
            raise

    @contextmanager
    def roomy(self) -> Iterator[None]:
        """While much is written: keep more of the file in memory, so that a page is not read and opened again and again."""
        with self.guard():
            (before,) = self.db.execute("pragma cache_size").fetchone()
            self.db.execute(f"pragma cache_size = -{_ROOMY}")
        try:
            yield
        finally:
            with self.guard():
                self.db.execute(f"pragma cache_size = {before}")
                self.db.execute("pragma shrink_memory")

    def close(self) -> None:
        """Close this thread's connection."""
        made = getattr(self._local, "db", None)
        if made is not None:
            made.close()
            self._local.db = None

    def meta(self, name: str) -> str:
        """A value of the desk's own, or an empty string."""
        with self.guard():
            row = self.db.execute("select value from meta where name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def metas(self, beginning: str) -> dict[str, str]:
        """The desk's own values whose names begin so."""
        with self.guard():
            found = self.db.execute(
                "select name, value from meta where name >= ? and name < ?", (beginning, beginning + "\U0010ffff")
            )
            return {str(name): str(value) for name, value in found}

    def set_meta(self, name: str, value: str) -> None:
        """Set a value of the desk's own; inside a write transaction or alone."""
        with self.guard():
            self._still_ours()
            self.db.execute("insert or replace into meta values (?, ?)", (name, value))

    def drop_metas(self, beginning: str) -> None:
        """Drop the desk's own values whose names begin so."""
        with self.guard():
            self.db.execute(
                "delete from meta where name >= ? and name < ?", (beginning, beginning + "\U0010ffff")
            )  # fmt: skip

    def data_version(self) -> int:
        """Changes when another process wrote. Raises Usage where that gave the file another form."""
        with self.guard():
            self._still_ours()
            return int(self.db.execute("pragma data_version").fetchone()[0])

    def copy_to(self, path: Path) -> None:
        """A copy under the same key of all that is in the file at one moment, and nothing of what was taken out of it. Others
        may write meanwhile."""
        with self.guard():
            self.db.execute("vacuum into ?", (str(path),))

    def held(self) -> bool:
        """Whether another program has been writing to it for longer than a moment; nothing is written to find out."""
        with self.guard():
            try:
                self.db.execute(f"pragma busy_timeout = {MOMENT_MS}")
                self.db.execute("begin immediate")
                self.db.execute("rollback")
            except sqlite.OperationalError as error:
                if "locked" not in str(error) and "busy" not in str(error):
                    raise
                return True
            finally:
                self.db.execute(f"pragma busy_timeout = {PATIENCE_MS}")
        return False

    def damage(self) -> str:
        """What the engine's own check of every page finds; empty where all is well."""
        try:
            found = self.db.execute("pragma cipher_integrity_check").fetchall()
            found += [row for row in self.db.execute("pragma quick_check").fetchall() if row[0] != "ok"]
        except sqlite.Error as error:
            return str(error)
        return str(found[0][0]) if found else ""
