"""A stand-in for a network: threaded HTTP on 127.0.0.1 with state in memory, a request log and a script of faults."""

from __future__ import annotations

import json
import re
import socket
import struct
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlsplit

BEHAVIOURS = (
    "hang", "close", "rst", "headers", "chunk-cut", "short", "truncated", "empty", "html", "drip", "status",
    "redirect", "delay", "previous", "idle-close",
)  # fmt: skip
Json = dict[str, Any]


@dataclass(slots=True)
class Request:
    """One request as it came in."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes
    at: float
    connection: int

    def fields(self) -> Json:
        """The body as JSON or as a form; lists for names ending in []."""
        kind = self.headers.get("content-type", "")
        if "json" in kind:
            return dict(json.loads(self.body or b"{}"))
        if "multipart" in kind:
            return self._multipart(kind)
        form: Json = {}
        for name, value in parse_qsl(self.body.decode(), keep_blank_values=True):
            if name.endswith("[]"):
                form.setdefault(name[:-2], []).append(value)
            else:
                form[name] = value
        return form

    def _multipart(self, kind: str) -> Json:
        mark = b"--" + kind.partition("boundary=")[2].strip('"').encode()
        form: Json = {}
        for piece in self.body.split(mark)[1:-1]:
            head, _, data = piece.partition(b"\r\n\r\n")
            name = re.search(rb'name="([^"]*)"', head)
            if name:
                value = data.removesuffix(b"\r\n")
                form[name[1].decode()] = value if b"filename" in head else value.decode()
        return form


@dataclass(slots=True)
class Answer:
    """What the face answers when nothing goes wrong."""

    status: int
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    def encoded(self) -> bytes:
        """The bytes of the body."""
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


class Face(Protocol):
    """How one network answers."""

    def handle(self, request: Request) -> Answer:
        """The answer, with the state changed as the network would."""
        ...

    def error(self, status: int) -> Json:
        """The network's own body for an error status."""
        ...


@dataclass(slots=True)
class Fault:
    """`behaviour` for the nth request that matches, before or after the face has stored."""

    behaviour: str
    method: str = ""
    path: str = ""
    contains: str = ""
    nth: int = 1
    times: int = 1
    after: bool = False
    status: int = 0
    page: bool = False
    reason: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    seen: int = 0

    def matches(self, request: Request) -> bool:
        """Whether this request is meant; counts those that fit."""
        fits = (
            (not self.method or self.method == request.method)
            and re.search(self.path, request.path) is not None
            and self.contains.encode() in request.body
        )
        self.seen += fits
        return fits and self.nth <= self.seen < self.nth + self.times


class StandIn:
    """A running server with one face."""

    def __init__(self, face: Face) -> None:
        self.face = face
        self.log: list[Request] = []
        self.faults: list[Fault] = []
        self.stopped = threading.Event()
        self.lock = threading.Lock()
        self.previous = Answer(200, {})
        self.connections = 0
        self.ahead = 0.0
        stand_in = self

        class Handler(_Handler):
            server_of = stand_in

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def fault(self, behaviour: str, **more: Any) -> Fault:
        """Add a fault to the script."""
        name, _, number = behaviour.partition(":")
        if name not in BEHAVIOURS:
            raise ValueError(behaviour)
        one = Fault(name, status=int(number or 0), **more)
        self.faults.append(one)
        return one

    def requests(self, method: str, path: str) -> list[Request]:
        """The logged requests whose path matches."""
        return [one for one in self.log if one.method == method and re.search(path, one.path)]

    def dump(self) -> str:
        """The state of the face, for a look behind the client's back."""
        return json.dumps(vars(self.face), default=str, sort_keys=True)

    def take(self, request: Request) -> Fault | None:
        """Log the request and say which fault strikes."""
        with self.lock:
            self.log.append(request)
            hits = [one for one in self.faults if one.matches(request)]
            return hits[0] if hits else None

    def answer(self, request: Request) -> Answer:
        """The face's answer, one at a time."""
        with self.lock:
            return self.face.handle(request)

    def stop(self) -> None:
        """Let hanging answers go and close."""
        self.stopped.set()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server_of: StandIn

    def setup(self) -> None:
        super().setup()
        with self.server_of.lock:
            self.server_of.connections += 1
            self.number = self.server_of.connections

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal."""

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            self.close_connection = True

    def date_time_string(self, timestamp: float | None = None) -> str:
        """`Date` by the server's own clock, which may be ahead of ours."""
        return super().date_time_string((timestamp or time.time()) + self.server_of.ahead)

    def _serve(self) -> None:
        stand_in = self.server_of
        where = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(
            self.command, where.path, dict(parse_qsl(where.query)), headers, body, time.monotonic(), self.number
        )
        fault = stand_in.take(request)
        if fault is None:
            self._write(stand_in.answer(request))
            return
        answer = Answer(200, {"id": "0", "data": {"id": "0"}})
        if fault.after or fault.behaviour in ("previous", "idle-close"):
            previous = stand_in.previous
            answer = stand_in.answer(request)
            if fault.behaviour == "previous":
                answer = previous
        self._misbehave(fault, answer, request)

    do_GET = do_POST = do_PUT = do_DELETE = _serve

    def _misbehave(self, fault: Fault, answer: Answer, request: Request) -> None:
        kind, raw = fault.behaviour, answer.encoded()
        if kind in ("previous", "idle-close"):
            self._write(answer)
            self.close_connection = True
            return
        if kind == "delay":
            self.server_of.stopped.wait(fault.status / 1000)
            self._write(answer if fault.after else self.server_of.answer(request))
            return
        if kind == "status":
            page = b"<html><body>gateway</body></html>"
            body = {"error": fault.reason, "detail": fault.reason} if fault.reason else None
            error = body or self.server_of.face.error(fault.status)
            self._write(Answer(fault.status, page if fault.page else error, fault.headers))
            return
        if kind == "redirect":
            self._write(Answer(fault.status, b"", {"Location": "/elsewhere"}))
            return
        self.close_connection = True
        if kind == "hang":
            self.server_of.stopped.wait(60)
        elif kind == "rst":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif kind == "headers":
            self._raw(answer.status, f"Content-Length: {len(raw)}", b"")
        elif kind == "chunk-cut":
            half = raw[: len(raw) // 2]
            self._raw(answer.status, "Transfer-Encoding: chunked", b"%x\r\n" % len(raw) + half)
        elif kind == "short":
            self._raw(answer.status, f"Content-Length: {len(raw) + 100}", raw)
        elif kind == "drip":
            self._raw(answer.status, "Content-Length: 1000", b"")
            for _ in range(1000):
                if self.server_of.stopped.wait(0.02):
                    return
                self.wfile.write(b" ")
                self.wfile.flush()
        elif kind in ("truncated", "empty", "html"):
            text = {"truncated": raw[: len(raw) // 2], "empty": b"", "html": b"<html><body>hello</body></html>"}[kind]
            self._write(Answer(answer.status, text))

    def _raw(self, status: int, header: str, body: bytes) -> None:
        head = f"HTTP/1.1 {status} OK\r\nContent-Type: application/json\r\n{header}\r\n\r\n"
        self.wfile.write(head.encode() + body)
        self.wfile.flush()

    def _write(self, answer: Answer) -> None:
        if answer.status < 300:
            self.server_of.previous = answer
        body = answer.encoded()
        self.send_response(answer.status)
        kind = "text/html" if body.startswith(b"<html") else "application/json"
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
