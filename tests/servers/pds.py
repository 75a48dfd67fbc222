"""A real PDS for the tests, in a process of its own; see tests/servers/pds/start.cjs."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

START = Path(__file__).parent / "pds" / "start.cjs"
MODULES = "G20DESK_PDS_MODULES"


class Pds:
    """A running PDS."""

    def __init__(self, http: httpx.Client) -> None:
        self.url = str(http.base_url).rstrip("/")
        self._http = http

    def account(self) -> tuple[str, str, str]:
        """A new account: DID, handle, password."""
        name = f"g{secrets.token_hex(5)}.test"
        password = secrets.token_hex(12)
        body = {"email": f"{name}@example.com", "handle": name, "password": password}
        made = self._call("POST", "server.createAccount", json=body)
        return str(made["did"]), name, password

    def app_password(self, handle: str, password: str, name: str) -> str:
        """A new app password of an account."""
        return str(self._own(handle, password, "POST", "server.createAppPassword", json={"name": name})["password"])

    def app_passwords(self, handle: str, password: str) -> list[str]:
        """The names of an account's app passwords."""
        told = self._own(handle, password, "GET", "server.listAppPasswords")
        return sorted(str(one["name"]) for one in told["passwords"])

    def revoke(self, handle: str, password: str, name: str) -> None:
        """Revoke one, as its owner does on the site."""
        self._own(handle, password, "POST", "server.revokeAppPassword", json={"name": name})

    def _own(self, handle: str, password: str, method: str, name: str, **more: Any) -> Any:
        session = self._call("POST", "server.createSession", json={"identifier": handle, "password": password})
        return self._call(method, name, headers={"Authorization": f"Bearer {session['accessJwt']}"}, **more)

    def rewrite(self, did: str, handle: str, password: str, text: str) -> None:
        """Its owner changes the text of the only post, by another program."""
        (found,) = self.records(did)
        record = {**found["value"], "text": text}
        body = {
            "repo": did,
            "collection": "app.bsky.feed.post",
            "rkey": found["uri"].rpartition("/")[2],
            "record": record,
        }
        self._own(handle, password, "POST", "repo.putRecord", json=body)

    def records(self, did: str) -> list[Any]:
        """All posts of a repository, behind the client's back."""
        query = {"repo": did, "collection": "app.bsky.feed.post", "limit": "100"}
        return list(self._call("GET", "repo.listRecords", params=query)["records"])

    def _call(self, method: str, name: str, **more: Any) -> Any:
        answer = self._http.request(method, f"/xrpc/com.atproto.{name}", **more).raise_for_status()
        return answer.json() if answer.content else None


@contextmanager
def running_pds() -> Iterator[Pds]:
    """Start it, wait for its line, stop it."""
    modules = os.environ.get(MODULES)
    if not modules or not START.exists():
        pytest.fail(f"set {MODULES} to the node_modules made from tests/servers/pds/package.json: dev.py makes it")
    command = [os.environ.get("G20DESK_NODE", "node"), str(START)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        timer = threading.Timer(60, process.kill)
        timer.start()
        try:
            line = next((one for one in process.stdout if one.startswith("{")), "")
            timer.cancel()
            if not line:
                pytest.fail("the PDS did not start; run tests/servers/pds/start.cjs by hand to see why")
            with httpx.Client(base_url=json.loads(line)["pds"], trust_env=False, timeout=30) as http:
                yield Pds(http)
        finally:
            timer.cancel()
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
