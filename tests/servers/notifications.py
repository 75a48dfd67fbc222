"""A session bus of the tests' own, and somebody on it who shows notices: what freedesktop's specification asks for."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_return, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"


@contextmanager
def session_bus() -> Iterator[str]:
    """A bus of its own; its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


class Shown:
    """Shows notices: `notices` by number, as they were asked for."""

    def __init__(
        self, address: str, capabilities: tuple[str, ...] = ("actions", "body", "body-markup", "sound")
    ) -> None:
        self.notices: dict[int, tuple[Any, ...]] = {}
        self.closed: list[int] = []
        self._can = capabilities
        self._link = open_dbus_connection(address)
        self._link.send_and_get_reply(message_bus.RequestName(NAME))
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def act(self, number: int) -> None:
        """Somebody clicks the notice."""
        self._signal("ActionInvoked", "us", (number, "default"))

    def close(self) -> None:
        """Leave the bus."""
        self._link.sock.shutdown(2)
        self._thread.join(10)
        self._link.close()

    def _signal(self, member: str, form: str, body: tuple[Any, ...]) -> None:
        with self._lock:
            self._link.send(new_signal(DBusAddress(PATH, interface=NAME), member, form, body))

    def _serve(self) -> None:
        while True:
            try:
                message = self._link.receive()
            except OSError:
                return
            if message.header.message_type == MessageType.method_call:
                self._answer(message, message.header.fields.get(HeaderFields.member))

    def _answer(self, message: Any, member: str | None) -> None:
        answers: dict[str, tuple[str, tuple[Any, ...]]] = {"GetCapabilities": ("as", ([*self._can],))}
        if member == "Notify":
            number = len(self.notices) + 1
            answers[member] = ("u", (number,))
        with self._lock:
            self._link.send(new_method_return(message, *answers.get(str(member), ("", ()))))
        if member == "Notify":
            self.notices[number] = message.body
        elif member == "CloseNotification":
            self.closed.append(message.body[0])
            self._link.send(
                new_signal(DBusAddress(PATH, interface=NAME), "NotificationClosed", "uu", (message.body[0], 3))
            )
