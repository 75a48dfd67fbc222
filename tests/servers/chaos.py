"""A proxy in front of a real server that knows only bytes: it cuts, holds and resets what is asked for."""

from __future__ import annotations

import socket
import struct
import threading
from collections import deque
from urllib.parse import urlsplit

from tests.servers.listener import Listener

# before: the server never hears of it · half: it hears half a request · after: it hears all, its answer is lost ·
# cut: half its answer arrives · reset: as after, with a reset · late: the answer comes when nobody waits any more.
BEHAVIOURS = ("before", "half", "after", "cut", "reset", "late")


class Chaos(Listener):
    """Passes bytes on to a server on this machine; the faults that are planned strike in turn."""

    def __init__(self, upstream: str) -> None:
        where = urlsplit(upstream)
        self._upstream = (where.hostname or "127.0.0.1", where.port or 80)
        self._faults: deque[tuple[bytes, str]] = deque()
        self._lock = threading.Lock()
        super().__init__()

    def fault(self, contains: str, behaviour: str) -> None:
        """Let the next request with this in it meet a fault."""
        if behaviour not in BEHAVIOURS:
            raise ValueError(behaviour)
        with self._lock:
            self._faults.append((contains.encode(), behaviour))

    def clear(self) -> None:
        """Forget the faults still to come."""
        with self._lock:
            self._faults.clear()

    def _take(self, request: bytes) -> str:
        with self._lock:
            for fault in self._faults:
                if fault[0] in request:
                    self._faults.remove(fault)
                    return fault[1]
        return ""

    def _serve(self, client: socket.socket) -> None:
        """Requests of one connection, one after the other."""
        try:
            with client, socket.create_connection(self._upstream, timeout=60) as server:
                client.settimeout(60)
                while request := _message(client):
                    if not self._one(client, server, request, self._take(request)):
                        return
        except OSError:
            return  # one side has gone: so does the other

    def _one(self, client: socket.socket, server: socket.socket, request: bytes, fault: str) -> bool:
        if fault == "before":
            return False
        if fault == "half":
            server.sendall(request[: len(request) // 2])
            return False
        server.sendall(request)
        answer = _message(server)
        if fault == "reset":
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        if fault == "cut":
            client.sendall(answer[: len(answer) // 2])
        if fault == "late":
            self.stopped.wait(3)
        if fault:
            return False
        client.sendall(answer)
        return True


def _message(side: socket.socket) -> bytes:
    """One request or answer, whole; empty where the side has closed."""
    data = b""
    while b"\r\n\r\n" not in data:
        more = side.recv(65536)
        if not more:
            return b""
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    fields = dict(line.split(b":", 1) for line in head.lower().split(b"\r\n")[1:] if b":" in line)
    if b"chunked" in fields.get(b"transfer-encoding", b""):
        while not body.endswith(b"0\r\n\r\n"):
            body += side.recv(65536)
    else:
        length = int(fields.get(b"content-length", b"0"))
        while len(body) < length:
            body += side.recv(65536)
    return head + b"\r\n\r\n" + body
