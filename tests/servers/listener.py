"""What listens on a free port of this machine and serves each connection on a thread of its own."""

from __future__ import annotations

import socket
import threading


class Listener:
    """`url` is where; a subclass says what it does with a connection."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Take no more connections."""
        if self.stopped.is_set():
            return
        self.stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)  # a thread that waits in accept keeps the socket until it returns
        self._listener.close()
        self._thread.join(10)

    close = stop

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        raise NotImplementedError
