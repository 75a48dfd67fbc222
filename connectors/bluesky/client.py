"""Bluesky: a whole thread in one write under keys of our own, so that a repeat can never double it.

The records are built here and sent raw: the SDK would add to them and so change their content ids.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
from atproto import Client, Session, SessionEvent
from atproto_client.exceptions import RequestErrorBase

from connectors.bluesky.health import SERVER
from connectors.bluesky.keys import parsed
from connectors.bluesky.line import Line, OwnRequest
from connectors.bluesky.listening import recent
from connectors.bluesky.reading import counted, standing
from connectors.bluesky.records import POST, cid_of_bytes, receipt_for, thread
from connectors.deadline import SECONDS, UPLOADS, again, within
from connectors.kept import Kept
from connectors.outcome import asking, before, guarded, hide, judge, of_exception
from connectors.session import LOCAL
from g20desk import trust
from g20desk.clock import Clock, SystemClock
from g20desk.network import Identity, Json, NotNow, Part, Picture, Posted, Receipt, Rejected, Setting, Unknown

T = TypeVar("T")
READ_SECONDS = 20.0
MARGIN_MS = 15 * 60_000

logging.getLogger("httpcore").setLevel(logging.WARNING)


def connect(setting: Setting, clock: Clock | None = None) -> BlueskyClient:
    """A client for the account; nothing is asked yet."""
    return BlueskyClient(setting, clock or SystemClock())


class BlueskyClient:
    """One account on one PDS."""

    whole_threads = True
    key_seconds: int | None = -1
    handed_ms = 3_600_000

    def __init__(
        self, setting: Setting, clock: Clock, *, limit: float = SECONDS, read_seconds: float = READ_SECONDS
    ) -> None:
        server = setting.server.strip().rstrip("/") or SERVER
        self._server = server if "://" in server else f"https://{server}"
        self._setting = setting
        self._clock = clock
        self._limit = limit
        self._read_seconds = read_seconds
        self._password, self._session = parsed(setting.secret)
        self._did = setting.identity
        self._handle = setting.handle.lstrip("@")
        self._kept = Kept(self._line)

    def in_a_row(self) -> AbstractContextManager[None]:
        """Several calls follow each other: they share a connection."""
        return self._kept.in_a_row()

    def who(self) -> Identity:
        """The account behind the secret."""
        told = self._signed(lambda sdk: self._get(sdk, "com.atproto.server.getSession"))
        if not isinstance(told, dict) or not told.get("did"):
            raise Unknown("the server did not say whose session this is")
        self._own(str(told["did"]), str(told.get("handle", "")))
        return Identity(str(told["did"]), str(told.get("handle", "")), {"characters": 300})

    def ready(self) -> None:
        """A session that is good for the next minutes."""
        before(self._ready)

    def hand_in(self, picture: Picture) -> str:
        """Upload a picture; its content id."""
        return before(lambda: self._upload(picture))

    def send(self, parts: Sequence[Part], root: Receipt | None, parent: Receipt | None) -> list[Receipt]:
        """Upload the pictures that are not there yet, then write all parts in one call."""
        if not parts:
            raise Rejected("nothing to send")
        before(self._ready)
        for picture, id in [file for part in parts for file in part.files()]:
            if not id:
                self.hand_in(picture)
        try:
            made = thread(self._did, parts, root, parent, self._handle)
        except (TypeError, ValueError, KeyError) as error:
            raise Rejected(f"the post cannot be written as a record ({type(error).__name__})") from None
        kind = "com.atproto.repo.applyWrites#create"
        writes = [
            {"$type": kind, "collection": POST, "rkey": part.key, "value": record}
            for part, (record, _) in zip(parts, made, strict=True)
        ]
        body = {"repo": self._did, "writes": writes}
        try:
            told = self._signed(lambda sdk: self._post(sdk, "com.atproto.repo.applyWrites", json=body))
        except Rejected as no:
            if "BlobNotFound" in no.why and any(part.handed for part in parts):
                raise NotNow(no.why, gone=True) from None
            raise
        receipts = [receipt for _, receipt in made]
        results = told.get("results") if isinstance(told, dict) else None
        if not isinstance(results, list) or [(one.get("uri"), one.get("cid")) for one in results] != [
            (receipt.id, receipt.cid) for receipt in receipts
        ]:
            raise Unknown("the answer does not tell of these posts")
        return receipts

    def find(self, parts: Sequence[Part], parent: Receipt | None, since_ms: int) -> list[Receipt] | None:
        """Look each key up. None is definite: one record that is there proves the whole thread was written."""
        return asking(lambda: self._find(parts))

    def remove(self, receipt: Receipt) -> bool:
        """Delete the record."""
        before(self._ready)
        body = {"repo": self._did, "collection": POST, "rkey": _key(receipt)}
        told = self._signed(lambda sdk: self._post(sdk, "com.atproto.repo.deleteRecord", json=body))
        if not isinstance(told, dict):
            raise Unknown("an answer that cannot be read")
        return "commit" in told

    def read(self, receipt: Receipt) -> dict[str, Json] | None:
        """The record as it stands."""
        found = self._record(_key(receipt))
        return None if found is None else guarded(lambda: {**standing(found), "numbers": self._numbers(receipt)})

    def recent(self, since_ms: int, limit: int) -> list[Posted]:
        """The newest records of the repository."""

        def ask(query: dict[str, Any]) -> Any:
            return self._run(lambda sdk: self._get(sdk, "com.atproto.repo.listRecords", params=query), session="")

        return recent(ask, self._did, self._handle, since_ms, limit)

    def _numbers(self, receipt: Receipt) -> dict[str, Any]:
        name, query = "app.bsky.feed.getPosts", {"uris": receipt.id}
        return counted(partial(self._signed, lambda sdk: self._get(sdk, name, params=query)), receipt.id)

    def _find(self, parts: Sequence[Part]) -> list[Receipt] | None:
        records = [self._record(part.key) for part in parts]
        if not any(records):
            return None
        receipts: list[Receipt] = []
        for part, found in zip(parts, records, strict=True):
            if found is not None and found["value"].get("text") != str(part.payload.get("text", "")):
                raise Unknown("another post stands under this key")
            cid = str(found.get("cid", "")) if found else ""
            receipts.append(receipt_for(self._did, self._handle, part.key, cid))
        return receipts

    def _record(self, key: str) -> dict[str, Any] | None:
        """The record under a key; needs no session once the account is known. None only for RecordNotFound."""
        if not self._did:
            self._ready()
        query = {"repo": self._did, "collection": POST, "rkey": key}
        try:
            found = self._run(lambda sdk: self._get(sdk, "com.atproto.repo.getRecord", params=query), session="")
        except Rejected as error:
            if "RecordNotFound" in error.why:
                return None
            raise
        if not isinstance(found, dict) or not isinstance(found.get("value"), dict):
            raise Unknown("the answer holds no record")
        if str(found.get("uri", "")).rpartition("/")[2] != key:
            raise Unknown("the answer tells of another record")
        return found

    def _upload(self, picture: Picture) -> str:
        head, patience = {"Content-Type": picture.mime}, httpx.Timeout(self._read_seconds * UPLOADS, connect=5)

        def upload(sdk: Client) -> Any:
            return self._post(
                sdk, "com.atproto.repo.uploadBlob", content=picture.data, headers=head, timeout=patience
            )  # fmt: skip

        told = self._signed(upload, UPLOADS)
        blob = told.get("blob") if isinstance(told, dict) else None
        link = (blob.get("ref") or {}).get("$link") if isinstance(blob, dict) else None
        if link != cid_of_bytes(picture.data):
            raise Unknown("the answer tells of another picture")
        return str(link)

    def _get(self, sdk: Client, name: str, **more: Any) -> Any:
        return sdk.request.get(sdk._build_url(name), **more).content

    def _post(self, sdk: Client, name: str, **more: Any) -> Any:
        return sdk.request.post(sdk._build_url(name), **more).content

    def _signed(self, job: Callable[[Client], T], times: int = 1) -> T:
        """A call with the session under the wall-clock limit, or some `times` that; once more, within the limit, with a
        newer session where this one was refused (a definite no)."""
        before(self._ready)
        used, began, limit = self._session, time.monotonic(), self._limit * times
        try:
            return self._run(job, used, limit)
        except Rejected as error:
            if not error.account:
                raise
        before(lambda: self._renew(used))
        return self._run(job, self._session, again(limit, began))

    def _ready(self) -> None:
        """A session that is good for the next minutes."""
        if not self._session or not self._fresh():
            self._renew(self._session)
        session = Session.decode(self._session)
        self._own(session.did, session.handle)

    def _renew(self, used: str) -> None:
        """Another session than `used`: the one that another process stored meanwhile, else one made from it, else a
        new one from the password. One owner at a time: parallel renewals revoke each other's."""
        with self._setting.lock():
            self._password, self._session = parsed(self._setting.newest())
            if self._session and self._session != used and self._fresh():
                return
            if self._session:
                try:
                    self._run(lambda sdk: sdk._refresh_and_set_session(), self._session)
                    return
                except (Rejected, Unknown):
                    if not self._password:
                        raise
            self._sign_in()

    def _fresh(self) -> bool:
        try:
            ends = Session.decode(self._session).access_jwt_payload.exp or 0
        except Exception:
            return False
        return ends * 1000 - self._clock.now_ms() > MARGIN_MS

    def _sign_in(self) -> None:
        if not self._password:
            raise Rejected("the session has ended: sign in again", account=True)
        name = self._handle or self._did
        self._run(lambda sdk: sdk.login(name, self._password, fetch_bsky_profile=False), session="")
        session = Session.decode(self._session)
        self._own(session.did, session.handle)

    def _own(self, did: str, handle: str) -> None:
        if self._setting.identity and did != self._setting.identity:
            raise Rejected("the secret belongs to another account", account=True)
        self._did = did
        self._handle = handle or self._handle

    def _changed(self, event: SessionEvent, session: Session) -> None:
        if event is SessionEvent.IMPORT:
            return
        text = session.encode()
        self._setting.save(json.dumps({"password": self._password, "session": text}))
        self._session = text

    def _run(self, job: Callable[[Client], T], session: str, limit: float = 0) -> T:
        """One call under the wall-clock limit, its failure told by status alone."""

        def call() -> T:
            with self._kept.line() as line:
                try:
                    sdk = Client(self._server, request=OwnRequest(line))
                    sdk.on_session_change(self._changed)
                    if session:
                        sdk.login(session_string=session, fetch_bsky_profile=False)
                        sdk.update_base_url(self._server)
                    return job(sdk)
                except RequestErrorBase as error:
                    raise self._failure(error) from None

        return within(lambda: guarded(call), limit or self._limit)

    def _line(self) -> Line:
        local = urlsplit(self._server).hostname in LOCAL
        timeout = httpx.Timeout(self._read_seconds, connect=5)
        return Line(
            self._setting.heard, timeout=timeout, trust_env=not local, verify=trust.system(), follow_redirects=False
        )

    def _failure(self, error: RequestErrorBase) -> Rejected | NotNow | Unknown:
        answer = error.response
        if answer is None:
            return of_exception(error)
        content: Any = answer.content
        words = [str(getattr(content, name, "") or "") for name in ("error", "message")]
        secrets = [self._password, *self._session.split(":::")[2:4]]
        reason = hide(": ".join(word for word in words if word), secrets)
        return judge("bluesky", answer.status_code, answer.headers, reason, self._clock.now_ms())


def _key(receipt: Receipt) -> str:
    return receipt.id.rpartition("/")[2]
