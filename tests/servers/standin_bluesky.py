"""A small PDS face: sessions, records under keys, one write for all; the real PDS is tests/servers/pds."""

from __future__ import annotations

import base64
import json
import time
from typing import Any

from connectors.bluesky.records import cid_of_bytes, cid_of_record
from tests.servers.standin import Answer, Json, Request


class BlueskyFace:
    """One account on one PDS."""

    def __init__(self) -> None:
        self.did = "did:plc:abc"
        self.name = "g20.test"
        self.password = "app-pass-word"
        self.lifetime = 7200
        self.records: dict[str, Json] = {}
        self.blobs: set[str] = set()
        self.sessions = 0
        self.likes = 0
        self.good: set[str] = set()

    def error(self, status: int) -> Json:
        """The PDS's body for an error."""
        return {"error": "Planned", "message": f"planned {status}"}

    def _refuse(self, name: str, status: int = 400) -> Answer:
        return Answer(status, {"error": name, "message": name})

    def _session(self) -> Answer:
        self.sessions += 1
        claims = {"exp": int(time.time()) + self.lifetime, "n": self.sessions}
        tokens = []
        for scope in ("access", "refresh"):
            pieces = [json.dumps(one).encode() for one in ({"alg": "HS256"}, {**claims, "scope": scope})]
            tokens.append(".".join(base64.urlsafe_b64encode(one).decode().rstrip("=") for one in [*pieces, b"s"]))
        self.good.update(tokens)
        names = {"did": self.did, "handle": self.name, "active": True}
        return Answer(200, {"accessJwt": tokens[0], "refreshJwt": tokens[1], **names})

    def handle_write(self, writes: list[Any]) -> Answer:
        """All of them or none."""
        if any(one["rkey"] in self.records for one in writes):
            return self._refuse("InternalServerError", 500)
        for one in writes:
            if len(one["value"]["text"]) > 300:
                return self._refuse("InvalidRequest")
            embed = one["value"].get("embed", {})
            shown = embed.get("media", embed)
            videos = [{"image": shown["video"]}] if "video" in shown else []
            for image in [*videos, *shown.get("images", [])]:
                if image["image"]["ref"]["$link"] not in self.blobs:
                    return self._refuse("BlobNotFound")
        results = []
        for one in writes:
            self.records[one["rkey"]] = one["value"]
            uri = f"at://{self.did}/app.bsky.feed.post/{one['rkey']}"
            results.append({"uri": uri, "cid": cid_of_record(one["value"]), "validationStatus": "valid"})
        return Answer(200, {"commit": {"cid": "c", "rev": "r"}, "results": results})

    def _list(self, request: Request) -> Answer:
        """The newest keys first, a page at a time; open to anybody."""
        if request.query["repo"] != self.did:
            return self._refuse("RepoNotFound")
        below = request.query.get("cursor")
        keys = [key for key in sorted(self.records, reverse=True) if below is None or key < below]
        size = min(int(request.query.get("limit", "50")), 100)
        page = [
            {"uri": f"at://{self.did}/{request.query['collection']}/{key}", "cid": "c", "value": self.records[key]}
            for key in keys[:size]
        ]
        return Answer(200, {"records": page, **({"cursor": keys[size - 1]} if len(keys) > size else {})})

    def handle(self, request: Request) -> Answer:
        """Route one request."""
        name = request.path.removeprefix("/xrpc/com.atproto.")
        if name == "server.createSession":
            form = request.fields()
            if form["password"] != self.password:
                return self._refuse("AuthenticationRequired", 401)
            return self._session()
        if name == "repo.getRecord":
            key = request.query["rkey"]
            value = self.records.get(key)
            if value is None:
                return self._refuse("RecordNotFound")
            uri = f"at://{self.did}/app.bsky.feed.post/{key}"
            return Answer(200, {"uri": uri, "cid": cid_of_record(value), "value": value})
        if name == "repo.listRecords":
            return self._list(request)
        if request.headers.get("authorization", "").removeprefix("Bearer ") not in self.good:
            return self._refuse("ExpiredToken")
        if request.path == "/xrpc/app.bsky.feed.getPosts":
            uri = request.query["uris"]
            counts = {"likeCount": self.likes, "repostCount": 2, "replyCount": 0, "quoteCount": 1}
            return Answer(200, {"posts": [{"uri": uri, **counts}] if uri.rpartition("/")[2] in self.records else []})
        if name == "server.refreshSession":
            return self._session()
        if name == "server.getSession":
            return Answer(200, {"did": self.did, "handle": self.name})
        if name == "repo.uploadBlob":
            link = cid_of_bytes(request.body)
            self.blobs.add(link)
            kind = request.headers["content-type"]
            blob = {"$type": "blob", "ref": {"$link": link}, "mimeType": kind, "size": len(request.body)}
            return Answer(200, {"blob": blob})
        if name == "repo.applyWrites":
            return self.handle_write(request.fields()["writes"])
        if name == "repo.deleteRecord":
            gone = self.records.pop(request.fields()["rkey"], None)
            return Answer(200, {"commit": {"cid": "c", "rev": "r"}} if gone else {})
        return self._refuse("MethodNotImplemented", 501)
