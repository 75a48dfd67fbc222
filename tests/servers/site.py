"""A web site on this computer: pages and pictures by path, with trouble on request."""

from __future__ import annotations

import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.servers.certificates import Certificate


class Site:
    """Answers `pages[path]`: (status, headers, body), after `waits[path]` seconds; over TLS with a certificate."""

    def __init__(self, certificate: Certificate | None = None) -> None:
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.waits: dict[str, float] = {}
        self.log: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                """Nothing on the terminal."""

            def do_GET(self) -> None:
                site.log.append(self.path)
                time.sleep(site.waits.get(self.path, 0))
                status, headers, body = site.pages.get(self.path, (404, {}, b""))
                try:
                    self.send_response(status)
                    for name, value in {**headers, "Content-Length": str(len(body))}.items():
                        self.send_header(name, value)
                    self.end_headers()
                    self.wfile.write(body)
                except ConnectionError:
                    self.close_connection = True

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate.file, certificate.key)
            self._http.socket = context.wrap_socket(self._http.socket, server_side=True)
        self.url = f"{'https' if certificate else 'http'}://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def page(self, path: str, head: str, charset: str = "utf-8") -> None:
        """A page with this in its head."""
        body = f"<html><head>{head}</head><body>…</body></html>".encode(charset, "replace")
        self.pages[path] = (200, {"Content-Type": f"text/html; charset={charset}"}, body)

    def picture(self, path: str, data: bytes) -> None:
        """A picture."""
        self.pages[path] = (200, {"Content-Type": "image/png"}, data)

    def stop(self) -> None:
        """Close it."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()
