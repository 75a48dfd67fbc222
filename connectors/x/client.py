"""X: no key, so nothing is sent twice by itself; a refusal as duplicate is unknown, and reading back decides."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

import requests
import tweepy

from connectors.deadline import SECONDS, UPLOADS, again, within
from connectors.kept import Kept
from connectors.outcome import asking, before, guarded, hide, judge, of_exception, words
from connectors.session import Session
from connectors.x.keys import SIGNED, Keys
from connectors.x.line import HOST, Adapter
from connectors.x.media import upload, worked
from connectors.x.reading import comparable, pictures, polled, posted, quoted, reason, standing, without_quote, written
from connectors.x.reading import parent as parent_of
from g20desk.clock import Clock, SystemClock, from_iso, iso
from g20desk.network import Identity, Json, NotNow, Part, Picture, Posted, Receipt, Rejected, Setting, Unknown

READ_SECONDS = 20.0
SKEW_MS = 60_000
PAGES = 5
FIELDS = "created_at,entities,referenced_tweets,attachments,note_tweet,lang"

for _name in ("tweepy", "oauthlib", "requests_oauthlib"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # below that they write tokens


def connect(setting: Setting, clock: Clock | None = None) -> XClient:
    """A client for the account; nothing is asked yet."""
    return XClient(setting, clock or SystemClock())


class XClient:
    """One account."""

    whole_threads = False
    key_seconds: int | None = None
    handed_ms = 20 * 3_600_000

    def __init__(
        self,
        setting: Setting,
        clock: Clock,
        *,
        limit: float = SECONDS,
        read_seconds: float = READ_SECONDS,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._keys = Keys(setting, clock)
        self._setting = setting
        self._clock = clock
        self._limit = limit
        self._read_seconds = read_seconds
        self._pause = pause
        self._kept = Kept(self._session)

    def in_a_row(self) -> AbstractContextManager[None]:
        """Several calls follow each other: they share a connection."""
        return self._kept.in_a_row()

    def who(self) -> Identity:
        """The user behind the keys."""
        me = self._data("GET", "/2/users/me")
        if not isinstance(me, dict) or not me.get("id"):
            raise Unknown("the network did not say whose keys these are")
        return Identity(str(me["id"]), str(me.get("username", "")))

    def ready(self) -> None:
        """Keys that are good for the next minutes."""
        before(self._keys.ready)

    def hand_in(self, picture: Picture) -> str:
        """Upload a picture with its description."""
        return before(lambda: upload(self._data, picture, self._pause, not picture.ms))

    def worked(self, id: str) -> None:
        """Whether the network has done its work on an upload."""
        before(lambda: worked(self._data, id))

    def send(self, parts: Sequence[Part], root: Receipt | None, parent: Receipt | None) -> list[Receipt]:
        """Upload the pictures that are not there yet, then post once."""
        if len(parts) != 1:
            raise Rejected("this network takes one post at a time")
        part = parts[0]
        media = [id or self._put(picture) for picture, id in part.files()[: len(part.pictures)]]
        text, asked = str(part.payload.get("text", "")), part.payload.get("poll")

        def post(sdk: tweepy.Client) -> Any:
            return sdk.create_tweet(
                text=text,
                media_ids=media or None,
                in_reply_to_tweet_id=parent.id if parent else None,
                quote_tweet_id=part.quote.id if part.quote else None,
                poll_options=asked["answers"] if asked else None,
                poll_duration_minutes=asked["minutes"] if asked else None,
                user_auth=self._keys.signed,
            )

        try:
            answer = self._run(post)
        except Rejected as no:
            if part.handed and "media ids are invalid" in no.why.lower():
                raise NotNow(no.why, gone=True) from None
            raise
        data = answer.get("data") if isinstance(answer, dict) else None
        if not isinstance(data, dict) or not data.get("id"):
            raise Unknown("the answer holds no post")
        name = str(data["id"])
        said = data.get("text")
        if (parent and name == parent.id) or (said is not None and words(str(said)) != words(text)):
            raise Unknown("the answer tells of another post")
        return [self._receipt(name)]

    def _put(self, picture: Picture) -> str:
        return before(lambda: upload(self._data, picture, self._pause, True))

    def find(self, parts: Sequence[Part], parent: Receipt | None, since_ms: int) -> list[Receipt] | None:
        """Look in the account's timeline, which may lag: None is never definite."""
        return asking(lambda: self._find(parts, parent, since_ms))

    def remove(self, receipt: Receipt) -> bool:
        """Delete the post."""
        try:
            answer = self._run(lambda sdk: sdk.delete_tweet(receipt.id, user_auth=self._keys.signed))
        except Rejected as error:
            if error.why.startswith("404"):
                return False
            raise
        data = answer.get("data") if isinstance(answer, dict) else None
        if not isinstance(data, dict) or "deleted" not in data:
            raise Unknown("the answer does not say whether the post is gone")
        return bool(data["deleted"])

    def read(self, receipt: Receipt) -> dict[str, Json] | None:
        """The post as it stands, with links as they were written."""
        try:
            answer = self._run(
                lambda sdk: sdk.get_tweet(
                    receipt.id,
                    tweet_fields=f"{FIELDS},public_metrics",
                    expansions="attachments.poll_ids",
                    user_auth=self._keys.signed,
                )
            )
        except Rejected as error:
            if error.why.startswith("404"):
                return None
            raise
        data = answer.get("data") if isinstance(answer, dict) else None
        if isinstance(data, dict) and str(data.get("id")) == receipt.id:
            return guarded(lambda: standing(answer))
        errors = answer.get("errors") if isinstance(answer, dict) else None
        if isinstance(errors, list) and any("not-found" in str(one.get("type", "")) for one in errors):
            return None
        raise Unknown("the answer holds no post")

    def _run(self, job: Callable[[tweepy.Client], Any], times: int = 1) -> Any:
        """One call under the wall-clock limit (or some `times` that), its failure told by status alone; once more, within
        the limit, where its token was refused (a definite no) and there is a newer one."""
        self._keys.ready()
        used, began = self._keys.now.get("bearer", ""), time.monotonic()
        try:
            return self._once(job, self._limit * times)
        except Rejected as no:
            if not (no.account and no.why.startswith("401") and self._keys.renew(used)):
                raise
        return self._once(job, again(self._limit * times, began))

    def _once(self, job: Callable[[tweepy.Client], Any], limit: float) -> Any:
        def call() -> Any:
            with self._kept.line() as session:
                try:
                    sdk = tweepy.Client(
                        bearer_token=self._keys.now.get("bearer"),
                        **{key: self._keys.now.get(key) for key in SIGNED},
                        return_type=dict,
                        wait_on_rate_limit=False,
                    )
                    sdk.session = session
                    return job(sdk)
                except (Rejected, NotNow, Unknown):
                    raise
                except Exception as error:
                    raise self._failure(session.answer, error) from None

        return within(lambda: guarded(call), limit)

    def _session(self) -> Session:
        session = Session(self._setting.heard)
        session.mount(HOST, Adapter(self._setting.server.strip().rstrip("/"), self._read_seconds))
        return session

    def _failure(self, answer: requests.Response | None, error: Exception) -> Rejected | NotNow | Unknown:
        if answer is not None and not 200 <= answer.status_code < 300:
            said = hide(reason(answer), self._keys.secrets())
            return judge("x", answer.status_code, answer.headers, said, self._clock.now_ms())
        return of_exception(error)

    def _data(self, method: str, path: str, *, files: Any = None, **body: Any) -> Any:
        """`data` of an answer to a request of our own, which tweepy signs."""

        def ask(sdk: tweepy.Client) -> Any:
            if files is None:
                more = {"params": body} if method == "GET" else {"json": body or None}
                answer = sdk.request(method, path, user_auth=self._keys.signed, **more)
            else:
                answer = self._multipart(sdk, path, files, body)
            return answer.json() if answer.content else {}

        whole = self._run(ask, UPLOADS if files is not None else 1)
        return whole.get("data") if isinstance(whole, dict) else None

    def _multipart(self, sdk: tweepy.Client, path: str, files: Any, fields: Mapping[str, Any]) -> requests.Response:
        auth: Any = None
        headers = {} if self._keys.signed else {"Authorization": f"Bearer {self._keys.now['bearer']}"}
        if self._keys.signed:
            auth = tweepy.OAuth1UserHandler(*(self._keys.now[key] for key in SIGNED)).apply_auth()
        answer: requests.Response = sdk.session.request(
            "POST", HOST + path, files=files, data=fields, headers=headers, auth=auth,
            timeout=self._read_seconds * UPLOADS,
        )  # fmt: skip
        if not 200 <= answer.status_code < 300:
            raise self._failure(answer, ValueError())
        return answer

    def _find(self, parts: Sequence[Part], parent: Receipt | None, since_ms: int) -> list[Receipt] | None:
        recent = self._recent(since_ms - SKEW_MS)
        above = parent.id if parent else None
        found: list[Receipt] = []
        for part in parts:
            wanted = comparable(str(part.payload.get("text", "")), reply=above is not None)
            for post in recent:
                same = parent_of(post) == above and pictures(post) == len(part.pictures)
                quotes = part.quote is None or quoted(post) == part.quote.id
                text = without_quote(written(post), part.quote.id if part.quote else "")
                quotes = quotes and polled(post) == bool(part.payload.get("poll"))
                if same and quotes and comparable(text, reply=above is not None) == wanted:
                    above = str(post["id"])
                    found.append(self._receipt(above))
                    break
            else:
                return None
        return found or None

    def recent(self, since_ms: int, limit: int) -> list[Posted]:
        """The account's newest posts, of which each that is read costs; the network takes no fewer than five at once."""
        found = self._recent(since_ms, limit, exclude="retweets")[::-1]
        return [posted(one, self._receipt(str(one["id"])).url) for one in found[:limit]]

    def _recent(self, since_ms: int, most: int = 100 * PAGES, **more: Any) -> list[dict[str, Any]]:
        """The account's newest posts since then, `most` or the rest of a page, oldest first."""
        user = self._setting.identity or self.who().id
        size = min(max(most, 5), 100)
        query: dict[str, Any] = {"start_time": iso(max(since_ms, 0))[:19] + "Z", "max_results": size, **more}
        posts: list[dict[str, Any]] = []
        for _ in range(PAGES):
            answer = self._run(
                lambda sdk: sdk.get_users_tweets(user, user_auth=self._keys.signed, tweet_fields=FIELDS, **query)
            )
            if not isinstance(answer, dict) or not ("data" in answer or "meta" in answer):
                raise Unknown("the answer is not a list of posts")
            posts += [
                one for one in answer.get("data") or [] if from_iso(str(one["created_at"])) >= since_ms // 1000 * 1000
            ]
            query["pagination_token"] = (answer.get("meta") or {}).get("next_token")
            if not query["pagination_token"] or len(posts) >= most:
                break
        return posts[::-1]

    def _receipt(self, name: str) -> Receipt:
        handle = self._setting.handle.lstrip("@") or "i"
        return Receipt(name, f"https://x.com/{handle}/status/{name}")
