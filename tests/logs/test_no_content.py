"""Nothing that anybody wrote gets into the log, by whatever way: told as a field, by a library's record, in a warning, in an
exception, its causes, its locals."""

from __future__ import annotations

import asyncio
import gc
import logging
import threading
import warnings

import pytest

from g20desk import logs, redact
from g20desk.crashes import report
from g20desk.errors import Refused
from g20desk.logs.words import EVENTS
from tests.hub import hunting

SECRETS = (
    "Adelheid Kirschbaum", "the unpublished communiqué of the leaders", "https://hub.ministry.example:8443/office",
    "Bearer s3cr3t-t0ken-000111222333", "/home/adelheid/Desktop/embargo.docx", "adelheid.kirschbaum@ministry.example",
)  # fmt: skip


def fail(secret: str) -> None:
    """Raises with the secret in its words, its local variables, its cause's words, and a note."""
    kept = {"text": secret}
    try:
        raise Refused(secret, secret, secret, text=secret)
    except Refused as cause:
        problem = ValueError(secret, kept)
        problem.add_note(secret)
        raise problem from cause


def every_way(secret: str) -> None:
    """Tells it by every way in."""
    for name, event in EVENTS.items():
        logs.note(name, **dict.fromkeys(event.fields, secret), text=secret)
    for name in ("httpx", "atproto.client", "g20desk.hub", secret, f"httpx.{secret}"):
        log = logging.getLogger(name)
        log.error("%s said %r", secret, secret)
        log.warning(secret, extra={"text": secret})
        try:
            fail(secret)
        except ValueError:
            log.exception("while sending %s", secret)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(secret, UserWarning, stacklevel=1)
        warnings.warn_explicit(secret, UserWarning, f"/home/{secret}.py", 1)
    try:
        fail(secret)
    except ValueError as problem:
        report.keep(problem, "window", ended=True)
    try:
        raise type(secret.replace(" ", ""), (Exception,), {})(secret)
    except Exception as problem:
        logs.failure(problem)
    space: dict[str, object] = {}
    exec(compile(f"def {'leak'}(): raise KeyError({secret!r})", f"/home/{secret}/{secret}.py", "exec"), space)
    try:
        space["leak"]()  # type: ignore[operator]
    except KeyError as problem:
        logs.failure(problem)
    thread = threading.Thread(target=fail, args=(secret,), name=secret)
    thread.start()
    thread.join()

    async def nobody_waits() -> None:
        asyncio.get_running_loop().create_task(_later(secret), name=secret)
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        gc.collect()

    asyncio.run(nobody_waits())


async def _later(secret: str) -> None:
    fail(secret)


@pytest.mark.parametrize("cleaned", [False, True], ids=["records as they are", "records cleaned"])
def test_nothing_gets_in(logging_here, caplog, cleaned):
    before = logging.getLogRecordFactory()
    if cleaned:
        redact.install()
    try:
        for secret in SECRETS:
            every_way(secret)
    finally:
        logging.setLogRecordFactory(before)
    caplog.clear()
    lies = b"".join(path.read_bytes() for path in sorted(logging_here.rglob("*")) if path.is_file())
    assert lies.count(b'"event":"library"') > 5 and lies.count(b'"event":"failed"') > 5 and b"Adelheid" not in lies
    # Words apart too: a name may be torn up.
    words = {word for secret in SECRETS for word in secret.replace("/", " ").replace("@", " ").split() if len(word) > 6}
    assert hunting.found([*SECRETS, *(words - {"leaders", "Desktop"})], lies) == []


def test_what_comes_in_of_a_library_is_who_how_grave_and_what_kind(logging_here, caplog):
    try:
        fail("x")
    except ValueError:
        logging.getLogger("asyncio").exception("never mind")
    caplog.clear()
    lines = (logging_here / next(logging_here.glob("*.jsonl")).name).read_text()
    assert '"library":"asyncio","grade":"error","kind":"ValueError","more":0' in lines


def test_one_that_tells_the_same_over_and_over_is_noted_once_in_a_while(logging_here, caplog):
    for n in range(500):
        logging.getLogger("concurrent.futures").warning("once more %s", n)
    caplog.clear()
    assert next(logging_here.glob("*.jsonl")).read_text().count('"library":"concurrent"') == 1


def test_what_stood_on_the_terminal_stands_there_still(logging_here, capsys, monkeypatch):
    mine = next(one for one in logging.root.handlers if type(one).__name__ == "Foreign")
    monkeypatch.setattr(logging.root, "handlers", [mine])
    logging.getLogger("asyncio").warning("look here")
    assert "look here" in capsys.readouterr().err
