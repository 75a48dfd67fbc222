"""A proxy that passes CONNECT on; with a login, only for who gives it."""

from __future__ import annotations

import base64
import socket
import threading

from tests.servers.listener import Listener


class Tunnel(Listener):
    """`asked`: the first lines of all requests. `login`: NAME:PASSWORD that it wants."""

    def __init__(self, login: str = "") -> None:
        self._login = base64.b64encode(login.encode()).decode()
        self.asked: list[str] = []
        super().__init__()

    def _serve(self, client: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += client.recv(4096)
        said = head.decode()
        self.asked.append(said.split("\r\n")[0])
        host, port = self.asked[-1].split(" ")[1].split(":")
        with client:
            if self._login and f"Basic {self._login}\r\n" not in said:
                client.sendall(
                    b'HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="m"\r\n'
                    b"Content-Length: 0\r\n\r\n"
                )
                return
            with socket.create_connection((host, int(port))) as server:
                client.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
                other = threading.Thread(target=_pass_on, args=(server, client), daemon=True)
                other.start()
                _pass_on(client, server)
                other.join()


def _pass_on(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        pass
