"""The stand-in's Mastodon face: idempotency keys with their modes, media that take time, silent drops."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable
from typing import Any

from tests.servers.standin import Answer, Json, Request
from tests.servers.standin_oauth import Grants

ERRORS = {
    401: "The access token is invalid",
    403: "This action is not allowed",
    404: "Record not found",
    422: "Validation failed: Text can't be blank",
    429: "Too many requests",
    503: "There was a temporary problem serving your request, please try again",
}


class MastodonFace:
    """One server with one account. `mode` is how a repeated key is met: healthy, bug, lock, lost, ignored; `open`: whether anybody
    may read its posts; `elsewhere`: what else its lists show, as the server would say it."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.token, self.also = "token", ""
        self.user, self.acct = "7", "g20"
        self.grants = Grants()
        self.apps: list[Json] = []
        self.scopes: list[str] | None = ["profile", "read", "write"]
        self.domain = "127.0.0.1"
        self.mode = "healthy"
        self.key_ttl = 3600.0
        self.characters = 500
        self.poll_answers = 4
        self.alt, self.picture_bytes, self.video_bytes = 1500, 16_777_216, 103_809_024
        self.known = {"un@social.un.org": "55", "g20": "7"}
        self.version = "4.3.0"
        self.has_v2 = True
        self.media_waits = 0
        self.media_fails = False
        self.drop_silently = False
        self.open = True
        self.lag_reads = 0
        self.statuses: list[Json] = []
        self.elsewhere: list[Json] = []
        self.media: dict[str, Json] = {}
        self.keys: dict[str, tuple[str, float]] = {}
        self._number = 109_000

    def error(self, status: int) -> Json:
        """Mastodon's body for an error."""
        return {"error": ERRORS.get(status, "Something went wrong")}

    def handle(self, request: Request) -> Answer:
        """Route one request."""
        path, method = request.path.rstrip("/"), request.method
        if path == "/api/v2/instance" and self.has_v2:
            return Answer(200, self._instance())
        if path == "/api/v1/instance":
            return Answer(200, {"version": self.version, "max_toot_chars": self.characters})
        if path == "/api/v1/apps":
            self.apps.append(request.fields())
            return Answer(200, {"id": "1", "name": "desk", "client_id": "c", "client_secret": "app-secret"})
        if path == "/.well-known/oauth-authorization-server" and self.scopes is not None:
            return Answer(200, {"scopes_supported": self.scopes, "token_endpoint": "https://elsewhere.invalid/token"})
        if path == "/oauth/authorize":
            return self.grants.page(request)
        if path == "/oauth/token":
            return self.grants.token(request, lambda token: setattr(self, "token", token))
        if path == "/oauth/revoke":
            return self._revoke(request.fields())
        if path == "/api/v1/accounts/lookup":
            found = self.known.get(request.query["acct"])
            return Answer(200, {"id": found, "acct": request.query["acct"]}) if found else self._error(404)
        listed = re.fullmatch(r"/api/v1/accounts/(\w+)/statuses", path)
        if listed and self.open and "authorization" not in request.headers:
            return self._list(request)
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in {self.token, self.also} - {""}:
            return self._error(401)
        if path == "/api/v1/accounts/verify_credentials":
            return Answer(
                200, {"id": self.user, "username": self.acct, "acct": self.acct, "url": "https://m.test/@g20"}
            )
        if path == "/api/v1/statuses" and method == "POST":
            return self._post(request)
        if path in ("/api/v1/media", "/api/v2/media") and method == "POST":
            return self._upload(request)
        if found := re.fullmatch(r"/api/v1/media/(\w+)", path):
            return self._media(found[1])
        if listed:
            return self._list(request)
        if found := re.fullmatch(r"/api/v1/statuses/(\w+)(/source)?", path):
            return self._one(method, found[1], bool(found[2]))
        return self._error(404)

    def _revoke(self, form: Json) -> Answer:
        """A token is void for the app that it was made for."""
        if (form.get("client_id"), form.get("client_secret")) != ("c", "app-secret"):
            return Answer(403, {"error": "unauthorized_client"})
        if form.get("token") == self.token:
            self.token = "void"
        return Answer(200, {})

    def _error(self, status: int, words: str = "") -> Answer:
        return Answer(status, {"error": words} if words else self.error(status))

    def _instance(self) -> Json:
        return {
            "domain": self.domain,
            "version": self.version,
            "configuration": {
                "statuses": {
                    "max_characters": self.characters,
                    "max_media_attachments": 4,
                    "characters_reserved_per_url": 23,
                },
                "polls": {
                    "max_options": self.poll_answers,
                    "max_characters_per_option": 50,
                    "min_expiration": 300,
                    "max_expiration": 2_629_746,
                },
                "media_attachments": {
                    "description_limit": self.alt,
                    "image_size_limit": self.picture_bytes,
                    "video_size_limit": self.video_bytes,
                },
            },
        }

    def _post(self, request: Request) -> Answer:
        form = request.fields()
        key = request.headers.get("idempotency-key", "")
        old, at = self.keys.get(key, ("", 0.0))
        if key and old and self.mode not in ("ignored", "lost") and self.now() - at < self.key_ttl:
            if self.mode in ("bug", "lock"):
                return self._error(500 if self.mode == "bug" else 503)
            status = self._by_id(old)
            return Answer(200, self._shown(status)) if status else self._error(404)
        text, media = str(form.get("status", "")), list(form.get("media_ids") or [])
        if "allowed_mentions" in form:
            meant = [
                self.known[n] for n in re.findall(r"(?<![=/\w])@([\w.-]+(?:@[\w.-]+\w)?)", text) if n in self.known
            ]
            others = [{"id": one} for one in meant if one not in form["allowed_mentions"]]
            if others:
                return Answer(422, {"error": "Unexpected mentions", "unexpected_accounts": others})
        if len(text) + len(str(form.get("spoiler_text", ""))) > self.characters:
            return self._error(422, f"Validation failed: Text character limit of {self.characters} exceeded")
        if not text.strip() and not media:
            return self._error(422)
        answers, asked = list(form.get("poll[options]") or []), int(form.get("poll[expires_in]") or 0)
        if answers and media:
            return self._error(422, "Cannot attach more than 4 files")
        if answers and not (
            2 <= len(answers) <= 4 and len(set(answers)) == len(answers) and all(len(one) <= 50 for one in answers)
        ):
            return self._error(422, "Validation failed: Options are invalid")
        if answers and not 300 <= asked <= 2_629_746:
            return self._error(422, "Validation failed: Expires at is invalid")
        above = form.get("in_reply_to_id") or None
        if above and not self._by_id(str(above)):
            return self._error(404, "The post you are trying to reply to does not appear to exist.")
        quoted = form.get("quoted_status_id") if self.quotes() else None
        if quoted and not self._by_id(str(quoted)):
            return self._error(404)
        kinds = [self.media[str(name)]["type"] for name in media if str(name) in self.media]
        if len(kinds) > 1 and "video" in kinds:
            return self._error(422, "Cannot attach a video to a post that already contains images")
        for name in media:
            one = self.media.get(str(name))
            if one is None or one["attached"]:
                return self._error(422, f"Media {name} not found or already attached to another post")
            if one["waits"] > 0:
                return self._error(422, "Cannot attach files that have not finished processing. Try again in a moment!")
        self._number += 1
        name = str(self._number)
        stamp = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(self.now()))
        status = {
            "id": name, "created_at": stamp, "in_reply_to_id": str(above) if above else None,
            "visibility": form.get("visibility", "public"), "spoiler_text": form.get("spoiler_text", ""),
            "language": form.get("language"), "url": f"https://m.test/@g20/{name}", "media": media,
            "text": re.sub(rf"(@\w+)@{re.escape(self.domain)}", r"\1", text), "reads": self.lag_reads,
            "quoted": quoted, "answers": answers, "asked": asked, "several": form.get("poll[multiple]") == "true",
        }  # fmt: skip
        if not self.drop_silently:
            self.statuses.append(status)
            for one in media:
                self.media[str(one)]["attached"] = True
            if self.mode != "lost":
                self.keys[key] = (name, self.now())
        return Answer(200, self._shown(status), {"X-RateLimit-Remaining": "299", "X-RateLimit-Limit": "300"})

    def _shown(self, status: Json) -> Json:
        public = {
            name: value
            for name, value in status.items()
            if name not in ("text", "reads", "media", "quoted", "answers", "asked", "several")
        }
        files = [{"id": name, "type": self.media[name]["type"], "description": self.media[name]["alt"]}
                 for name in status["media"]]  # fmt: skip
        public["favourites_count"], public["reblogs_count"] = status.get("likes", 0), 2
        public["replies_count"] = sum(one["in_reply_to_id"] == status["id"] for one in self.statuses)
        titles = [{"title": one, "votes_count": 0} for one in status["answers"]]
        public["poll"] = {"id": "1", "options": titles, "multiple": status["several"]} if titles else None
        said = f"<p>{html.escape(status['text'])}</p>"
        if self.quotes():
            public["quote"] = None
        if status["quoted"]:
            other = self._by_id(status["quoted"])
            said = f'<p class="quote-inline">RE: <a href="https://m.test/@g20/{status["quoted"]}">m.test</a></p>{said}'
            shown = {"state": "accepted", "quoted_status": {"id": status["quoted"]}}
            public["quote"] = shown if other else {"state": "deleted", "quoted_status": None}
        return {**public, "content": said, "media_attachments": files}

    def quotes(self) -> bool:
        """Whether this version takes quotes; an older one does not look at them."""
        return tuple(map(int, self.version.split(".")[:2])) >= (4, 5)

    def _upload(self, request: Request) -> Answer:
        form = request.fields()
        if len(str(form.get("description") or "")) > 1500:
            return self._error(422, "Validation failed: Description is too long")
        self._number += 1
        name = str(self._number)
        data = form.get("file") or b""
        kind = "video" if data[4:8] == b"ftyp" else "gifv" if data[:4] == b"GIF8" else "image"
        self.media[name] = {
            "alt": form.get("description"), "waits": self.media_waits, "attached": False, "type": kind, "data": data,
        }  # fmt: skip
        return self._media(name, posting=True)

    def _media(self, name: str, *, posting: bool = False) -> Answer:
        one = self.media.get(name)
        if one is None:
            return self._error(404)
        if not posting and one["waits"] > 0:
            one["waits"] -= 1
        if self.media_fails and not posting:
            return self._error(422, "Error processing thumbnail for uploaded media")
        done = one["waits"] == 0
        body = {"id": name, "type": one["type"], "url": f"https://m.test/{name}" if done else None}
        return Answer(200 if done else 202 if posting else 206, {**body, "description": one["alt"]})

    def _list(self, request: Request) -> Answer:
        below = request.query.get("max_id")
        shown: list[Any] = []
        for status in reversed(self.statuses):
            if status["reads"] > 0:
                status["reads"] -= 1
            elif below is None or int(status["id"]) < int(below):
                shown.append(self._shown(status))
        shown += [one for one in self.elsewhere if below is None or int(one["id"]) < int(below)]
        return Answer(200, shown[: int(request.query.get("limit", "20"))])

    def _one(self, method: str, name: str, source: bool) -> Answer:
        status = self._by_id(name)
        if status is None:
            return self._error(404)
        if method == "DELETE":
            self.statuses.remove(status)
            return Answer(200, {**self._shown(status), "text": status["text"]})
        if source:
            return Answer(200, {"id": name, "text": status["text"], "spoiler_text": status["spoiler_text"]})
        return Answer(200, self._shown(status))

    def _by_id(self, name: str) -> Json | None:
        return next((one for one in self.statuses if one["id"] == name), None)
