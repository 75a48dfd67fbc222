"""Notices by mail, through the office's own server: sent by the one desk that was told the server, content never.

What was sent to whom is remembered on this desk. A server that is away, slow or says no keeps nothing else up; it is told.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from g20desk import policy, redact, servers
from g20desk.desk import asked, calendar_file, letters, smtp
from g20desk.desk.smtp import NEVER, NONE, PORTS, SENT, Outcome, Server
from g20desk.desk.ways import certificate
from g20desk.errors import Refused, Unreachable, Usage
from g20desk.ledger import pieces
from g20desk.office.addresses import is_address
from g20desk.office.reaching import Notice
from g20desk.settings_file import known

if TYPE_CHECKING:
    from email.message import EmailMessage

    from g20desk.desk.desk import Desk

_SERVER, _PASSWORD, _SENT, _TROUBLE, _ENTRY = "mail/server", "mail", "mail/sent/", "mail/trouble", "mail/entry/"
_REFUSED = "mail/refused/"
MINUTE = 60_000
# Another process of this desk that has begun to send is left alone for so long.
LEASE_MS = 5 * MINUTE
# How long a letter that was put off waits, by how often it was.
AGAIN_MS = (5 * MINUTE, 15 * MINUTE, 60 * MINUTE)
KEPT_MS = 60 * 86_400_000
# What calls for a calendar entry.
NOT_FROM_HERE = "Set by your administrator: this computer sends no mail."
DATED = ("asked", "half", "soon")


@dataclass(frozen=True, slots=True)
class Told:
    """What a round of sending came to: how many letters the server took, put off and refused, and what is wrong with it."""

    sent: int = 0
    later: int = 0
    refused: tuple[str, ...] = ()
    trouble: str = ""


class Mail:
    """`desk.mail`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    # -- people's addresses

    def address(self, address: str) -> None:
        """Say where this person wants notices by mail; empty: nowhere. All members can read it. Raises Usage, Refused."""
        text = address.strip()
        if text and not is_address(text):
            raise Usage("bad-address", f"“{text}” is no mail address.", "Write for example: name@ministry.example")
        ref = pieces.refer(text.encode()) if text else None
        self._desk.act("address.set", {"mail": ref}, pieces={ref["piece"]: text.encode()} if ref else {})

    def address_of(self, person: str) -> str:
        """A person's address, by their id; empty where they gave none, it was taken out, or it is none."""
        office = self._desk.office
        ref, one = office.addresses.get(person), office.people.get(person)
        text = pieces.text(self._desk.store, ref) if ref is not None and one is not None and not one.retired else ""
        return text if is_address(text) else ""

    # -- the server

    def server(self) -> Server | None:
        """The office's mail server, where this desk was told it."""
        kept = self._desk.store.meta(_SERVER)
        return known(Server, json.loads(kept)) if kept else None

    def use(self, server: Server, password: str) -> None:
        """From now on this desk sends the office's notices, through this server. Raises Usage."""
        policy.need("mail.allowed")
        server = self._checked(server)
        if server.user and not password:
            raise Usage("no-secret", "The mail server's password is missing.", "It comes on standard input.")
        if server.user:
            self._desk.secrets.set(_PASSWORD, password)
        else:
            self._desk.secrets.remove(_PASSWORD)
        self._desk.store.set_meta(_SERVER, json.dumps(asdict(server)))
        self._trouble("")

    def stop(self) -> None:
        """Send no notices from this desk, and forget the server and its password."""
        self._desk.secrets.remove(_PASSWORD)
        self._desk.store.set_meta(_SERVER, "")
        self._trouble("")

    def _checked(self, server: Server) -> Server:
        if not is_address(server.sender):
            raise Usage("bad-address", f"“{server.sender}” is no mail address.", "Write for example: desk@g20.example")
        if server.security not in PORTS or not 0 < server.port < 65536 or not server.host.strip():
            raise Usage("bad-server", "A mail server has a name, a port and a way to keep letters from being read.",
                        "Write for example: mail server mail.g20.example --sender desk@g20.example")  # fmt: skip
        if server.security == NONE and not servers.this_computer(server.host):
            raise Usage("not-secure", "Letters go over an open line only within this computer.", "Use starttls or tls.")
        if self._desk.rehearsal and not servers.this_computer(server.host):
            raise Usage("rehearsal", "A rehearsal office mails nobody.", "Name a server on this computer: 127.0.0.1")
        return replace(server, pin=certificate(server.pin))

    def _password(self) -> str:
        found = self._desk.secrets.get(_PASSWORD) or ""
        redact.remember(found)
        return found

    # -- sending

    def trial(self, to: str = "") -> None:
        """Send a letter to see that letters arrive: to this address, or one's own. Raises Usage, Refused, Unreachable."""
        policy.need("mail.allowed")
        policy.go_out()
        server, to = self._needed(), to.strip() or self.address_of(self._desk.person.id)
        if not is_address(to):
            raise Usage("bad-address", "Say where to.", "Name an address, or give your own: mail address ADDRESS")
        made = letters.trial(to, server.sender, self._desk.office.id, self._desk.clock.now_ms())
        found: list[Outcome] = []
        ended = smtp.deliver(server, self._password(), [made], lambda _, outcome: found.append(outcome))
        said = found[0] if found else ended
        if said.state == NEVER:
            raise Refused("mail-refused", said.why, "Look at the addresses: mail show")
        if said.state != SENT:
            raise Unreachable("mail-server", said.why, "Look at the server's settings: mail show")

    def _needed(self) -> Server:
        server = self.server()
        if server is None:
            raise Usage(
                "no-mail-server", "This desk was told no mail server.", "Name it: mail server HOST --sender ADDRESS"
            )
        return server

    def trouble(self) -> str:
        """What is wrong with the server, in words; empty while nothing is known to be."""
        return self.trouble_since()[0]

    def trouble_since(self) -> tuple[str, int]:
        """The same, and since when, in milliseconds."""
        why, at = json.loads(self._desk.store.meta(_TROUBLE) or '["", 0]')
        return str(why), int(at)

    def refused(self) -> dict[str, str]:
        """Why the server refuses the address that a person gave, by the person's id."""
        office, kept = self._desk.office, self._desk.store.metas(_REFUSED)
        said = {name[len(_REFUSED):]: json.loads(value) for name, value in kept.items() if value}  # fmt: skip
        return {
            person: str(why)
            for person, (piece, why) in said.items()
            if office.addresses.get(person, {"piece": ""})["piece"] == piece
        }

    def due(self) -> list[Notice]:
        """The notices that this desk has to send now."""
        now, kept = self._desk.clock.now_ms(), self._kept()
        rounds = self._desk.asked.rounds()
        found = [*asked.notices(self._desk, rounds), *self._withdrawn({one.matter for one in rounds}, now)]
        return [one for one in found if self._open(kept.get(one.id, {}), now) and self.address_of(one.person)]

    @staticmethod
    def _open(said: dict[str, Any], now: int) -> bool:
        return not said.get("over") and now >= said.get("again", 0)

    def send(self) -> Told:
        """Send what is due; nothing where this desk was told no server. Raises nothing that a server can cause."""
        server = self.server()
        if server is not None and (policy.now().closed or policy.value("mail.allowed") is False):
            self._trouble(NOT_FROM_HERE)
            return Told(trouble=NOT_FROM_HERE)
        found = self._claimed() if server is not None else []
        if server is None or not found:
            return Told()
        written = [self._letter(one, server) for one in found]
        said: dict[int, Outcome] = {}

        def told(number: int, outcome: Outcome) -> None:
            said[number] = outcome
            self._note(found[number], outcome)

        ended = smtp.deliver(server, self._password(), written, told)
        self._trouble(ended.why)
        for number, one in enumerate(found):
            if number not in said:
                self._note(one, ended)
        people = self._desk.office.people
        refused = tuple(f"{people[found[n].person].name}: {out.why}" for n, out in said.items() if out.state == NEVER)
        taken = sum(out.state == SENT for out in said.values())
        return Told(taken, len(found) - taken - len(refused), refused, ended.why)

    def _claimed(self) -> list[Notice]:
        """What is due, begun by this process: no other sends it within the lease."""
        found = self.due()
        if not found:
            return []
        with self._desk.store.write():
            now, kept = self._desk.clock.now_ms(), self._kept()
            mine = [one for one in found if self._open(kept.get(one.id, {}), now)]
            for one in mine:
                self._put(one.id, {**kept.get(one.id, {}), "again": now + LEASE_MS, "at": now})
            self._forget(kept, now)
        return mine

    def _letter(self, one: Notice, server: Server) -> EmailMessage:
        office = self._desk.office
        who = office.people[one.by].name if one.by in office.people else ""
        entry = b""
        if one.due and one.what in (*DATED, "off"):
            entry = calendar_file.written([asked.entry(one, over=one.what == "off")])
        now = self._desk.clock.now_ms()
        return letters.letter(one, who, self.address_of(one.person), server.sender, office.id, now, entry)

    def _note(self, one: Notice, outcome: Outcome) -> None:
        """Write down what became of a letter. `over`: it is not sent again."""
        now, name = self._desk.clock.now_ms(), f"{_ENTRY}{one.matter}/{one.person}"
        said = self._kept().get(one.id, {})
        with self._desk.store.write():
            if outcome.state in (SENT, NEVER):
                self._put(one.id, {"over": True, "at": now})
                ref = self._desk.office.addresses.get(one.person, {"piece": ""})
                why = json.dumps([ref["piece"], outcome.why]) if outcome.state == NEVER else ""
                if why or self._desk.store.meta(_REFUSED + one.person):
                    self._desk.store.set_meta(_REFUSED + one.person, why)
                entry = asked.plain(one) if one.due and one.what in DATED and outcome.state == SENT else None
                if entry is not None or one.what == "off":
                    self._desk.store.set_meta(name, json.dumps(entry) if entry is not None else "")
                return
            tries = int(said.get("tries", 0))
            self._put(one.id, {"at": now, "again": now + AGAIN_MS[min(tries, len(AGAIN_MS) - 1)], "tries": tries + 1})

    def _withdrawn(self, standing: set[str], now: int) -> list[Notice]:
        """For each deadline that somebody's calendar was given and that is no more before it came: the letter that says so."""
        made = []
        for kept in self._desk.store.metas(_ENTRY).values():
            one = asked.restored(json.loads(kept)) if kept else None
            if one is not None and one.matter not in standing and one.due > now:
                made.append(asked.off(one))
        return made

    def _kept(self) -> dict[str, dict[str, Any]]:
        return {name[len(_SENT):]: json.loads(said) for name, said in self._desk.store.metas(_SENT).items()}  # fmt: skip

    def _put(self, id: str, said: dict[str, Any]) -> None:
        self._desk.store.set_meta(_SENT + id, json.dumps(said))

    def _forget(self, kept: dict[str, dict[str, Any]], now: int) -> None:
        for id, said in kept.items():
            if said["at"] < now - KEPT_MS:
                self._desk.store.db.execute("delete from meta where name = ?", (_SENT + id,))

    def _trouble(self, why: str) -> None:
        if why != self.trouble():
            self._desk.store.set_meta(_TROUBLE, json.dumps([why, self._desk.clock.now_ms()]))
            self._desk.announce(frozenset({("alarm", "mail")}))

    def shown(self) -> dict[str, Any]:
        """The server as it is set up here, without its password, what is wrong with it, and whose address is known."""
        server, office = self.server(), self._desk.office
        return {
            "server": asdict(server) if server else None, "trouble": self.trouble(),
            "address": self.address_of(self._desk.person.id) or None,
            "refused": {office.people[one].name: why for one, why in self.refused().items()},
            "people": sorted(one.name for one in office.people.values() if self.address_of(one.id)),
        }  # fmt: skip
