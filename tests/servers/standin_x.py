"""The stand-in's X face: snowflake ids, short links, the filter for duplicates, media in chunks, credit."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from typing import Any

from tests.servers.standin import Answer, Json, Request
from tests.servers.standin_oauth import Grants, signed

HOST = "https://api.twitter.com"
EPOCH_MS = 1_288_834_974_657
DUPLICATE = "You are not allowed to create a Tweet with duplicate content."
TITLES = {401: "Unauthorized", 402: "CreditsDepleted", 403: "Forbidden", 429: "Too Many Requests"}
LINK = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+(?:org|com|test)(?:/\S*)?")


class XFace:
    """One account."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.user = "4242"
        self.username = "g20org"
        self.grants = Grants(lasts=7200)
        self.void_after: int | None = None
        self.bearer = "bearer-token"
        self.access_token = "user-token"
        self.duplicate_seconds = 3600.0
        self.lag_reads = 0
        self.left = 100
        self.credit = True
        self.pending = 0
        self.media_fails = False
        self.posts: list[Json] = []
        self.media: dict[str, Json] = {}
        self._last = 0

    def error(self, status: int) -> Json:
        """X's body for an error."""
        title = TITLES.get(status, "Error")
        return {"title": title, "detail": title, "type": "about:blank", "status": status}

    def handle(self, request: Request) -> Answer:
        """Route one request."""
        path, method = request.path, request.method
        if path == "/i/oauth2/authorize":
            return self.grants.page(request)
        if path == "/2/oauth2/token":
            return self.grants.token(request, lambda token: setattr(self, "bearer", token))
        if path == "/2/oauth2/revoke":
            return self._revoke(request.fields())
        if self.void_after is not None:
            self.void_after -= 1
            if self.void_after < 0:
                self.bearer, self.void_after = "void", None
        told = request.headers.get("authorization", "")
        keys = {
            "consumer_key": "ck", "consumer_secret": "c-secret", "access_token": self.access_token,
            "access_token_secret": "t-secret",
        }  # fmt: skip
        if told != f"Bearer {self.bearer}" and not signed(request, HOST, keys):
            return Answer(401, self.error(401))
        if path == "/1.1/oauth/invalidate_token" and method == "POST":
            self.access_token, was = "void", self.access_token
            return Answer(200, {"access_token": was})
        if path == "/2/users/me":
            return Answer(200, {"data": {"id": self.user, "username": self.username, "name": "G20"}})
        if path == "/2/tweets" and method == "POST":
            return self._post(request)
        if found := re.fullmatch(r"/2/tweets/(\d+)", path):
            return self._one(method, found[1])
        if path == f"/2/users/{self.user}/tweets":
            return self._list(request)
        if path.startswith("/2/media"):
            return self._media(request)
        return Answer(404, self.error(404))

    def _revoke(self, form: Json) -> Answer:
        if form["token"] == self.bearer:
            self.bearer = "void"
        if form["token"] == self.grants.refresh:
            self.grants.refresh = ""
        return Answer(200, {"revoked": True})

    def snowflake(self) -> str:
        """An id whose upper bits are its time."""
        self._last = max((int(self.now() * 1000) - EPOCH_MS) << 22, self._last + 1)
        return str(self._last)

    def _rates(self) -> dict[str, str]:
        reset = str(int(self.now()) + 900)
        return {"x-rate-limit-limit": "100", "x-rate-limit-remaining": str(self.left), "x-rate-limit-reset": reset}

    def _refuse(self, status: int, detail: str) -> Answer:
        return Answer(status, {**self.error(status), "detail": detail}, self._rates())

    def _post(self, request: Request) -> Answer:
        form = request.fields()
        text, above = str(form.get("text", "")), (form.get("reply") or {}).get("in_reply_to_tweet_id")
        media = list((form.get("media") or {}).get("media_ids") or [])
        if not self.credit:
            return self._refuse(402, "Your enrolled account does not have any credits to fulfill this request.")
        if self.left <= 0:
            return self._refuse(429, "Too Many Requests")
        self.left -= 1
        if len(LINK.sub("x" * 23, text)) > 280:
            return self._refuse(403, "Your Tweet text is too long.")
        if above and not any(one["id"] == above for one in self.posts):
            return self._refuse(403, "You attempted to reply to a Tweet that is deleted or not visible to you.")
        quoted, poll = form.get("quote_tweet_id"), form.get("poll")
        if poll and (media or quoted):
            return self._refuse(400, "poll is mutually exclusive from media and quote_tweet_id.")
        if poll and not (2 <= len(poll["options"]) <= 4 and all(0 < len(one) <= 25 for one in poll["options"])):
            return self._refuse(400, "Poll options are invalid.")
        if poll and not 5 <= poll["duration_minutes"] <= 10_080:
            return self._refuse(400, "Poll duration is invalid.")
        if quoted and media:
            return self._refuse(400, "media and quote_tweet_id are mutually exclusive.")
        if quoted and not any(one["id"] == quoted for one in self.posts):
            return self._refuse(400, "Invalid value for quote_tweet_id.")
        if any(self.media.get(name, {}).get("state") != "succeeded" for name in media):
            return self._refuse(400, "Your media IDs are invalid.")
        moving = [name for name in media if self.media[name]["category"] != "tweet_image"]
        if moving and len(media) > 1:
            return self._refuse(400, "One video or GIF a Tweet.")
        since = self.now() - self.duplicate_seconds
        if any(" ".join(one["raw"].split()) == " ".join(text.split()) and one["at"] > since for one in self.posts):
            return self._refuse(403, DUPLICATE)
        shown, links = self._wrapped(text)
        post = {
            "id": self.snowflake(), "raw": text, "text": shown, "urls": links, "at": self.now(), "above": above,
            "media": media, "reads": self.lag_reads, "quoted": quoted,
            "poll": poll,
        }  # fmt: skip
        self.posts.append(post)
        return Answer(201, {"data": {"id": post["id"], "text": shown}}, self._rates())

    def _wrapped(self, text: str) -> tuple[str, list[Json]]:
        links: list[Json] = []

        def shorten(match: re.Match[str]) -> str:
            short = f"https://t.co/{len(self.posts)}x{len(links)}"
            whole = match[0] if "://" in match[0] else f"http://{match[0]}"
            links.append({"url": short, "expanded_url": whole, "display_url": match[0].removeprefix("https://")})
            return short

        return html.escape(LINK.sub(shorten, text), quote=False), links

    def _shown(self, post: Json) -> Json:
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(post["at"]))
        shown: Json = {"id": post["id"], "text": post["text"], "created_at": stamp, "entities": {"urls": post["urls"]}}
        shown["lang"] = post.get("lang", "und")
        shown["public_metrics"] = {
            "like_count": post.get("likes", 0), "retweet_count": 2, "quote_count": 0, "bookmark_count": 1,
            "reply_count": sum(one["above"] == post["id"] for one in self.posts), "impression_count": 900,
        }  # fmt: skip
        if post["above"]:
            shown["referenced_tweets"] = [{"type": "replied_to", "id": post["above"]}]
        if post["poll"]:
            shown["attachments"] = {"poll_ids": [f"9{post['id']}"]}
        if post["quoted"]:
            shown.setdefault("referenced_tweets", []).append({"type": "quoted", "id": post["quoted"]})
            link = f"https://twitter.com/{self.username}/status/{post['quoted']}"
            short = {"url": "https://t.co/quoted", "expanded_url": link, "display_url": "x.com/…"}
            shown["entities"] = {"urls": [*post["urls"], short]}
            shown["text"] = f"{post['text']} https://t.co/quoted"
        if post["media"]:
            first = self.media.get(post["media"][0], {}).get("category", "")
            number, kind = {"tweet_video": ("7", "video"), "tweet_gif": ("16", "photo")}.get(first, ("3", "photo"))
            shown["attachments"] = {"media_keys": [f"{number}_{name}" for name in post["media"]]}
            link = f"https://x.com/g20org/status/{post['id']}/{kind}/1"
            short = {"url": "https://t.co/pic", "expanded_url": link}
            shown["entities"] = {"urls": [*post["urls"], short]}
            shown["text"] = f"{post['text']} https://t.co/pic"
        return shown

    def _one(self, method: str, name: str) -> Answer:
        post = next((one for one in self.posts if one["id"] == name), None)
        if method == "DELETE":
            if post is None:
                return Answer(404, self.error(404))
            self.posts.remove(post)
            return Answer(200, {"data": {"deleted": True}})
        if post is None:
            kind = "https://api.twitter.com/2/problems/resource-not-found"
            return Answer(200, {"errors": [{"type": kind, "title": "Not Found Error"}]})
        told: Json = {"data": self._shown(post)}
        if post["poll"]:
            options = [{"position": n, "label": one, "votes": 0} for n, one in enumerate(post["poll"]["options"], 1)]
            told["includes"] = {"polls": [{"id": f"9{post['id']}", "options": options[::-1]}]}
        return Answer(200, told)

    def _list(self, request: Request) -> Answer:
        start = request.query.get("start_time", "")
        shown: list[Any] = []
        for post in reversed(self.posts):
            one = self._shown(post)
            if post["reads"] > 0:
                post["reads"] -= 1
            elif one["created_at"] >= start and not (
                post.get("repost") and "retweets" in request.query.get("exclude", "")
            ):
                shown.append(one)
        skip, size = int(request.query.get("pagination_token", "0")), int(request.query.get("max_results", "10"))
        page, meta = shown[skip : skip + size], {"result_count": len(shown[skip : skip + size])}
        more = {"next_token": str(skip + size)} if len(shown) > skip + size else {}
        return Answer(200, {**({"data": page} if page else {}), "meta": {**meta, **more}}, self._rates())

    def _media(self, request: Request) -> Answer:
        path, form = request.path, request.fields() if request.body else {}
        if path == "/2/media/upload/initialize":
            name = self.snowflake()
            self.media[name] = {"size": form["total_bytes"], "chunks": [], "state": "new", "waits": self.pending,
                                "category": form["media_category"], "type": form["media_type"]}  # fmt: skip
            return Answer(200, {"data": {"id": name, "media_key": f"3_{name}", "expires_after_secs": 86400}})
        if path == "/2/media/metadata" and self.media[form["id"]]["category"] == "tweet_video":
            return self._refuse(400, "Alt text is kept with pictures and GIFs.")
        if path == "/2/media/metadata":
            self.media[form["id"]]["alt"] = form["metadata"]["alt_text"]["text"]
            return Answer(200, {"data": {"id": form["id"]}})
        if path == "/2/media/upload":
            one = self.media[request.query["media_id"]]
            one["waits"] -= 1
            return Answer(200, {"data": self._state(request.query["media_id"])})
        found = re.fullmatch(r"/2/media/upload/(\d+)/(append|finalize)", path)
        if found is None or found[1] not in self.media:
            return Answer(404, self.error(404))
        one = self.media[found[1]]
        if found[2] == "append":
            if int(form["segment_index"]) != len(one["chunks"]):
                return self._refuse(400, "Segments out of order.")
            one["chunks"].append(form["media"])
            return Answer(200, {"data": {"expires_at": int(self.now()) + 86400}})
        if sum(map(len, one["chunks"])) != one["size"]:
            return self._refuse(400, "Segments are missing.")
        return Answer(200, {"data": self._state(found[1])})

    def _state(self, name: str) -> Json:
        one = self.media[name]
        one["state"] = "in_progress" if one["waits"] > 0 else "failed" if self.media_fails else "succeeded"
        data: Json = {"id": name, "media_key": f"3_{name}", "size": one["size"]}
        if self.pending or self.media_fails:
            data["processing_info"] = {"state": one["state"], "check_after_secs": 1}
        return data
