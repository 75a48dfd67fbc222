"""Notices of the system: freedesktop's over D-Bus where there is a bus, else the tray's, else the window asks for a look
in the task bar. What they say may stand on a locked screen."""

from __future__ import annotations

import html
import sys
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Signal
from PySide6.QtWidgets import QApplication, QWidget

from ui.alarms.tray import Tray
from ui.alarms.words import Notice
from ui.texts import t
from ui.worker import Worker

NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"
WAIT_SECONDS = 2.0
LOOK = "default"


class Bus:
    """A connection to the system's notices, opened on a worker and then used by the window's thread alone."""

    def __init__(self) -> None:
        """Raises OSError, KeyError, ValueError, RuntimeError where there is none."""
        from jeepney import DBusAddress, MatchRule, new_method_call
        from jeepney.bus_messages import message_bus
        from jeepney.io.blocking import open_dbus_connection
        from jeepney.wrappers import DBusErrorResponse, unwrap_msg

        self._at = DBusAddress(PATH, NAME, NAME)
        self.link: Any = open_dbus_connection("SESSION")
        try:
            asked = new_method_call(self._at, "GetCapabilities")
            answer = unwrap_msg(self.link.send_and_get_reply(asked, timeout=WAIT_SECONDS))
            self.can = set(answer[0])
            for member in ("ActionInvoked", "NotificationClosed"):
                rule = MatchRule(type="signal", interface=NAME, member=member, path=PATH)
                self.link.send(message_bus.AddMatch(rule))
        except DBusErrorResponse as error:
            self.link.close()
            raise RuntimeError("nobody shows notices") from error
        except BaseException:
            self.link.close()
            raise
        self._asked: dict[int, str] = {}
        self._shown: dict[int, str] = {}

    def tell(self, notice: Notice) -> None:
        """Show one. Raises OSError where the bus is gone."""
        from jeepney import new_method_call

        body = html.escape(notice.body, quote=False) if "body-markup" in self.can else notice.body
        actions = [LOOK, t("Look")] if "actions" in self.can else []
        hints = {"urgency": ("y", 2 if notice.grave else 1), "desktop-entry": ("s", "g20desk")}
        if notice.sound:
            hints["sound-name"] = ("s", "dialog-warning" if notice.grave else "dialog-information")
        else:
            hints["suppress-sound"] = ("b", True)
        words = ("G20 Desk", 0, "", notice.title, body, actions, hints, -1)
        serial = next(self.link.outgoing_serial)
        self.link.send(new_method_call(self._at, "Notify", "susssasa{sv}i", words), serial=serial)
        self._asked[serial] = notice.key

    def keep(self, keys: set[str]) -> None:
        """Take those away that are not among these. Raises OSError where the bus is gone."""
        from jeepney import new_method_call

        for number, key in [*self._shown.items()]:
            if key and key not in keys:
                self.link.send(new_method_call(self._at, "CloseNotification", "u", (number,)))
                del self._shown[number]

    def heard(self) -> list[str]:
        """The keys of notices that somebody clicked. Raises OSError where the bus is gone."""
        from jeepney import HeaderFields

        clicked = []
        while True:
            try:
                message = self.link.receive(timeout=0)
            except TimeoutError:
                return clicked
            fields = message.header.fields
            reply_to = fields.get(HeaderFields.reply_serial)
            member = fields.get(HeaderFields.member)
            if reply_to in self._asked:
                key = self._asked.pop(reply_to)
                if fields.get(HeaderFields.signature) == "u":
                    self._shown[message.body[0]] = key
            elif member == "ActionInvoked" and message.body[0] in self._shown:
                clicked.append(self._shown[message.body[0]])
            elif member == "NotificationClosed":
                self._shown.pop(message.body[0], None)

    def close(self) -> None:
        """Hang up."""
        self.link.close()


def open_bus() -> Bus | None:
    """The bus, or None where this system has none or nobody shows notices there."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        return Bus()
    except (OSError, KeyError, ValueError, RuntimeError):
        return None


class Notices(QObject):
    """Gives notice by what there is; `clicked` carries the key of the one that somebody clicked."""

    clicked = Signal(str)

    def __init__(self, worker: Worker, tray: Tray, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._tray = worker, tray
        self._bus: Bus | None = None
        self._ear: QSocketNotifier | None = None
        self._waiting: list[Notice] | None = None
        tray.clicked.connect(self.clicked)

    def give(self, notice: Notice, window: QWidget | None) -> None:
        """Show it; where the bus is not open yet, once it is or is known not to be there."""
        if self._bus is not None:
            self._by_bus(notice, window)
        elif self._waiting is not None:
            self._waiting.append(notice)
        else:
            self._waiting = [notice]

            def opened(bus: Bus | None) -> None:
                waiting, self._waiting = self._waiting or [], None
                self._take(bus)
                for one in waiting:
                    self._by_bus(one, window)

            self._worker.ask(open_bus, opened, owner=self, network=True, quiet=True)

    def keep(self, keys: set[str]) -> None:
        """Take the notices away of what is over or was looked at: of all but these."""
        if self._bus is not None:
            try:
                self._bus.keep(keys)
            except OSError:
                self._lost()

    def close(self) -> None:
        """Hang up."""
        self._lost()

    def _by_bus(self, notice: Notice, window: QWidget | None) -> None:
        if self._bus is not None:
            try:
                self._bus.tell(notice)
                return
            except OSError:
                self._lost()
        if not self._tray.tell(notice) and window is not None:
            QApplication.alert(window)
            if notice.sound:
                QApplication.beep()

    def _take(self, bus: Bus | None) -> None:
        self._bus = bus
        if bus is not None:
            self._ear = QSocketNotifier(bus.link.sock.fileno(), QSocketNotifier.Type.Read, self)
            self._ear.activated.connect(lambda *_: self._hear())

    def _hear(self) -> None:
        if self._bus is None:
            return
        try:
            clicked = self._bus.heard()
        except OSError:
            self._lost()
            return
        for key in clicked:
            self.clicked.emit(key)

    def _lost(self) -> None:
        bus, self._bus = self._bus, None
        if self._ear is not None:
            # It may be what called; it goes when its owner does.
            self._ear.setEnabled(False)
            self._ear = None
        if bus is not None:
            bus.close()
