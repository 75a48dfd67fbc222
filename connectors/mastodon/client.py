"""Mastodon: one post at a time under an idempotency key; a 200 is confirmed by reading the post."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any, TypeVar
from urllib.parse import urlsplit

import requests
from mastodon import Mastodon

from connectors.deadline import SECONDS, within
from connectors.kept import Kept
from connectors.mastodon.instance import about
from connectors.mastodon.keys import token
from connectors.mastodon.media import upload, worked
from connectors.mastodon.reading import answers, own, plain, poll_form, posted, reason, standing, written
from connectors.mastodon.reading import parent as parent_of
from connectors.mastodon.software import has_keys
from connectors.outcome import asking, before, guarded, hide, judge, of_exception, words
from connectors.session import Session
from g20desk.clock import Clock, SystemClock, from_iso
from g20desk.network import Identity, Json, NotNow, Part, Picture, Posted, Receipt, Rejected, Setting, Unknown

T = TypeVar("T")
READ_SECONDS = 20.0
SKEW_MS = 60_000
PAGES = 5


def connect(setting: Setting, clock: Clock | None = None) -> MastodonClient:
    """A client for the account; nothing is asked yet."""
    return MastodonClient(setting, clock or SystemClock())


class MastodonClient:
    """One account on one server."""

    whole_threads = False
    key_seconds: int | None = 3000
    handed_ms = 6 * 3_600_000

    def __init__(
        self,
        setting: Setting,
        clock: Clock,
        *,
        limit: float = SECONDS,
        read_seconds: float = READ_SECONDS,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._server = _address(setting.server)
        self._setting = setting
        self._token = token(setting.secret)
        self._clock = clock
        self._limit = limit
        self._read_seconds = read_seconds
        self._pause = pause
        self._kept = Kept(lambda: Session(setting.heard, READ_SECONDS))
        if setting.software and not has_keys(setting.software):
            self.key_seconds = None

    def in_a_row(self) -> AbstractContextManager[None]:
        """Several calls follow each other: they share a connection."""
        return self._kept.in_a_row()

    def who(self) -> Identity:
        """The account behind the token, and what its server allows."""
        me = self._run(lambda sdk, _: sdk.account_verify_credentials())
        if not isinstance(me, dict) or not me.get("id"):
            raise Unknown("the server did not say whose token this is")
        limits, version = about(self._absent("/api/v2/instance") or self._absent("/api/v1/instance"))
        handle = str(me.get("acct", ""))
        host = urlsplit(self._server).hostname or ""
        return Identity(str(me["id"]), handle if "@" in handle else f"{handle}@{host}", limits, version)

    def ready(self) -> None:
        """A token here does not end."""

    def hand_in(self, picture: Picture) -> str:
        """Upload a picture with its description."""
        return before(lambda: upload(self._ask, picture, self._pause, not picture.ms))

    def worked(self, id: str) -> None:
        """Whether the server has done its work on an upload."""
        before(lambda: worked(self._ask, id))

    def send(self, parts: Sequence[Part], root: Receipt | None, parent: Receipt | None) -> list[Receipt]:
        """Upload the pictures that are not there yet, post, and look whether the post stands."""
        if len(parts) != 1:
            raise Rejected("this network takes one post at a time")
        part = parts[0]
        media = [id or self._put(picture) for picture, id in part.files()[: len(part.pictures)]]

        said = part.payload
        form = {
            "status": str(said.get("text", "")),
            "in_reply_to_id": parent.id if parent else None,
            **poll_form(said.get("poll")),
            "quoted_status_id": part.quote.id if part.quote else None,
            "media_ids[]": media or None,
            "visibility": said.get("visibility") or "public",
            "spoiler_text": said.get("spoiler_text") or None,
            "sensitive": "true" if said.get("sensitive") else None,
            "language": _language(part),
        }
        if "allowed_mentions" in said and self.key_seconds is not None:
            # An empty one is a list too: nobody may be mentioned.
            form["allowed_mentions[]"] = list(said["allowed_mentions"]) or [""]
        fields = {name: value for name, value in form.items() if value is not None}
        status = self._ask("POST", "/api/v1/statuses", data=fields, key=part.key)
        wanted = parent.id if parent else None
        if not isinstance(status, dict) or not status.get("id"):
            raise Unknown("the answer holds no post")
        name, above, content = str(status["id"]), parent_of(status), written(status)
        other = bool(content) and words(content) != words(str(part.payload.get("text", "")))
        if name == wanted or above != wanted or other:
            raise Unknown("the answer tells of another post")
        receipt = Receipt(name, str(status.get("url") or f"{self._server}/statuses/{name}"))
        if asking(lambda: self._status(name)) is None:
            raise Unknown("taken, but not there: the server may have dropped it as spam")
        return [receipt]

    def _put(self, picture: Picture) -> str:
        return before(lambda: upload(self._ask, picture, self._pause, True))

    def find(self, parts: Sequence[Part], parent: Receipt | None, since_ms: int) -> list[Receipt] | None:
        """Look among the account's latest posts for the same source text below the same parent."""
        return asking(lambda: self._find(parts, parent, since_ms))

    def remove(self, receipt: Receipt) -> bool:
        """Delete the post."""
        return self._or_none(lambda: self._run(lambda sdk, _: sdk.status_delete(receipt.id))) is not None

    def read(self, receipt: Receipt) -> dict[str, Json] | None:
        """The post as it stands: source text, descriptions, visibility."""
        status = self._status(receipt.id)
        if status is None:
            return None
        return guarded(lambda: standing(status, self._source(receipt.id)))

    def recent(self, since_ms: int, limit: int) -> list[Posted]:
        """The account's newest public posts; with no token where the server shows them to anybody."""
        return [posted(one) for one in self._recent(since_ms, limit)[::-1] if own(one, self._setting.identity)][:limit]

    def _run(self, job: Callable[[Mastodon, Session], T], times: int = 1) -> T:
        """One call under the wall-clock limit (or some `times` that), its failure told by status alone."""

        def call() -> T:
            with self._kept.line() as session:
                try:
                    sdk = Mastodon(
                        access_token=self._token,
                        api_base_url=self._server,
                        ratelimit_method="throw",
                        request_timeout=self._read_seconds,
                        version_check_mode="none",
                        session=session,
                    )
                    result = job(sdk, session)
                except (Rejected, NotNow, Unknown):
                    raise
                except Exception as error:
                    raise self._failure(session.answer, error) from None
                answer = session.answer
                if answer is not None and not 200 <= answer.status_code < 300:
                    raise self._failure(answer, None)
                return result

        return within(lambda: guarded(call), self._limit * times)

    def _failure(self, answer: requests.Response | None, error: Exception | None) -> Rejected | NotNow | Unknown:
        if answer is not None and not 200 <= answer.status_code < 300:
            said = hide(reason(answer), [self._token])
            return judge("mastodon", answer.status_code, answer.headers, said, self._clock.now_ms())
        return of_exception(error) if error else Unknown("an answer that cannot be read")

    def _ask(self, method: str, path: str, *, key: str = "", times: int = 1, **more: Any) -> Any:
        """A request of our own: the SDK would look for the server's version first, or wait without end."""

        def ask(_: Mastodon, session: Session) -> Any:
            own = {"Authorization": f"Bearer {self._token}"} if self._token else {}
            more["headers"] = own | ({"Idempotency-Key": key} if key else {})
            more["timeout"] = self._read_seconds * times
            answer = session.request(method, f"{self._server}{path}", auth=lambda prepared: prepared, **more)
            return answer.json() if 200 <= answer.status_code < 300 else None

        return self._run(ask, times)

    def _get(self, path: str, **query: Any) -> Any:
        return self._ask("GET", path, params=query)

    def _absent(self, path: str, **query: Any) -> Any:
        return self._or_none(lambda: self._get(path, **query))

    def _or_none(self, job: Callable[[], Any]) -> Any:
        """What `job` answers, None for 404."""
        try:
            return job()
        except Rejected as error:
            if error.why.startswith("404"):
                return None
            raise

    def _status(self, name: str) -> dict[str, Any] | None:
        status = self._absent(f"/api/v1/statuses/{name}")
        if status is not None and (not isinstance(status, dict) or str(status.get("id")) != name):
            raise Unknown("the answer tells of another post")
        return status

    def _source(self, name: str) -> str:
        source = self._absent(f"/api/v1/statuses/{name}/source")
        return str(source.get("text", "")) if isinstance(source, dict) else ""

    def _find(self, parts: Sequence[Part], parent: Receipt | None, since_ms: int) -> list[Receipt] | None:
        recent = self._recent(since_ms - SKEW_MS)
        above = parent.id if parent else None
        found: list[Receipt] = []
        for part in parts:
            match = self._match(recent, part, above)
            if match is None:
                return None
            found.append(match)
            above = match.id
        return found or None

    def _recent(self, since_ms: int, most: int = 40 * PAGES) -> list[dict[str, Any]]:
        """The account's newest posts since then, some more than `most` at the most, oldest first."""
        account = self._setting.identity or self.who().id
        posts: list[dict[str, Any]] = []
        query: dict[str, Any] = {"limit": 40, "exclude_reblogs": "true"}
        for _ in range(PAGES):
            page = self._get(f"/api/v1/accounts/{account}/statuses", **query)
            if not isinstance(page, list):
                raise Unknown("the answer is not a list of posts")
            fresh = [one for one in page if from_iso(str(one["created_at"])) >= since_ms]
            posts += fresh
            if len(fresh) < len(page) or not page or len(posts) >= most:
                break
            query["max_id"] = str(page[-1]["id"])
        return posts[::-1]

    def _match(self, recent: list[dict[str, Any]], part: Part, above: str | None) -> Receipt | None:
        host = urlsplit(self._server).hostname or ""
        wanted = plain(str(part.payload.get("text", "")), host)
        for status in recent:
            same = parent_of(status) == above and len(status.get("media_attachments") or []) == len(part.pictures)
            same = same and bool(answers(status)) == bool(part.payload.get("poll"))
            if same and plain(self._source(str(status["id"])), host) == wanted:
                return Receipt(str(status["id"]), str(status.get("url") or ""))
        return None


def _address(server: str) -> str:
    server = server.strip().rstrip("/")
    return server if "://" in server else f"https://{server}"


def _language(part: Part) -> str | None:
    langs = part.payload.get("langs") or []
    said = part.payload.get("language") or part.payload.get("lang") or (langs[0] if langs else None)
    return str(said) if said else None
