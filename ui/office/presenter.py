"""The office: who is in it, what waits for a second person, and what is done to either."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from g20desk.desk import may, newcomer
from g20desk.desk.roll import Roll
from g20desk.desk.smtp import Server
from g20desk.errors import Refused, Unreachable
from g20desk.office.passing import PUBLISHERS
from g20desk.office.presidency import holder
from g20desk.office.words import words
from ui.bus import Ctx, Presenter
from ui.office.rows import Facts, rows_of
from ui.texts import error, isolated, reason, t

# Where the desk's refusal belongs.
PLACES = {
    "name-taken": "name", "bad-name": "name", "unknown-role": "role", "bad-government": "government",
    "bad-file": "request", "bad-invitation": "request", "invitation-over": "request", "invitation-used": "request",
    "wrong-office": "request", "bad-address": "sender", "bad-server": "host", "rehearsal": "host", "not-secure": "security",
    "no-secret": "password", "safety-words": "words", "hub-address": "address", "malformed": "name",
}  # fmt: skip
# What the desk says to do about these is done by command.
BY_COMMAND = ("no-secret", "rehearsal", "not-secure", "bad-address")


@dataclass(frozen=True, slots=True)
class Listed:
    """The rows, the roll that they are made of, the quiet facts, and the time."""

    rows: list[Any]
    roll: Roll
    facts: Facts
    now: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as its sender says it: who, as what, whether for a further device; the words to compare; the text itself."""

    name: str
    role: str
    government: str
    topic: str
    device: bool
    words: str
    text: str


class OfficePresenter(Presenter):
    """One list, and one call of the desk for each act."""

    listed = Signal(object)
    invited = Signal(str, str)
    asked = Signal(object)
    refused = Signal(str, str)
    working = Signal(bool)
    going = Signal(str)
    done = Signal(str)
    watches = frozenset({"office", "alarm"})

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.id = ""
        self.last: Listed | None = None

    def load(self) -> None:
        """Ask for all of it."""
        desk, now = self.ctx.desk, self.ctx.clock.now_ms()

        def job() -> Listed:
            office, roll = desk.office, desk.people.roll()
            from g20desk.desk.acting import ADDRESS

            facts = Facts(
                office.name, " ".join(words(office.id, 6)), desk.keeps_order(), desk.store.meta(ADDRESS), desk.person,
                desk.person.role == "head", desk.store.last_place()[0], office.rehearsal,
                {one: desk.mail.address_of(one) for one in office.people},
                desk.mail.shown() if desk.person.role in PUBLISHERS else {}, reason(may.invite(desk)), holder(office),
            )  # fmt: skip
            return Listed(rows_of(roll, now, facts.presidency), roll, facts, now)

        self.ask_list(job, self._listed)

    def invite(self, name: str, role: str, government: str, topic: str) -> None:
        """An invitation for a new person, as text."""
        people = self.ctx.desk.people
        self._try(lambda: people.invite(name.strip(), role, government.strip().upper(), topic.strip()),
                  lambda text: self._invited(name.strip(), text))  # fmt: skip

    def invite_device(self) -> None:
        """An invitation for a further device of this person."""
        desk = self.ctx.desk
        self._try(desk.people.invite_device, lambda text: self._invited(desk.person.name, text))

    def look_at(self, text: str) -> None:
        """What a request says, and the words to compare."""
        people = self.ctx.desk.people

        def job() -> Asked:
            name, shown = people.words_of(text)
            said = json.loads(text)["invitation"]
            return Asked(name, said["role"], said["government"], said["topic"], bool(said.get("device")), shown, text)

        self._try(job, self.asked.emit)

    def admit(self, asked: Asked, said: str | None) -> None:
        """Take in who sent a request. `said`: the words as the newcomer says them, None where they were compared by ear."""
        people = self.ctx.desk.people
        words = t("{name} is in the office.", name=isolated(asked.name))
        self._act(lambda: people.admit(asked.text, said).waits_for, words)

    def second(self, proposal: str, said: str | None) -> None:
        """Join what somebody proposed."""
        people = self.ctx.desk.people
        self._act(lambda: people.second(proposal, said), t("It counts now."))

    def withdraw(self, proposal: str, why: str) -> None:
        """Take it off the table."""
        self._act(lambda: self.ctx.desk.people.withdraw(proposal, why), t("It waits no more."))

    def give_role(self, name: str, role: str, government: str, topic: str, why: str) -> None:
        """Another role for somebody."""
        people = self.ctx.desk.people
        words = t("{name} has another role.", name=isolated(name))
        self._act(lambda: people.give_role(name, role, government.strip().upper(), topic.strip(), why), words)

    def retire(self, name: str, why: str) -> None:
        """Let a person go."""
        words = t("{name} has left. What they sign from here on does not count, and they read nothing new.",
                  name=isolated(name))  # fmt: skip
        self._act(lambda: self.ctx.desk.people.retire(name, why), words)

    def revoke(self, name: str, device: str, why: str) -> None:
        """Take a device out."""
        self._act(lambda: self.ctx.desk.people.revoke(name, device, why), t("The device is out of the office."))

    def name_guardians(self, names: list[str], need: int) -> None:
        """Who takes over where the only head's desk is lost."""
        self._act(lambda: self.ctx.desk.guardians.name(names, need), t("The guardians are named."))

    def address(self, text: str) -> None:
        """Where this person wants notices by mail; empty: nowhere."""
        words = t("Notices go to {address}.", address=isolated(text)) if text else t("You get no notices by mail.")
        self._act(lambda: self.ctx.desk.mail.address(text), words)

    def use_mail(self, server: Server, password: str) -> None:
        """Have this desk send the office's notices."""
        self._act(
            lambda: self.ctx.desk.mail.use(server, password), t("This desk sends the office's notices from here on.")
        )

    def stop_mail(self) -> None:
        """Have it send none."""
        self._act(self.ctx.desk.mail.stop, t("This desk sends no notices."))

    def try_mail(self) -> None:
        """A letter to one's own address."""
        words = t("The mail server took it. Look whether it comes.")
        self.ctx.worker.ask(self.ctx.desk.mail.trial, lambda _: self._did(words), self._refuse, self, network=True)

    def hand_over(self, address: str) -> None:
        """Have a machine of the office keep the record's order from here on."""
        desk = self.ctx.desk

        def job() -> None:
            from g20desk.desk.handing_over import hand_over

            try:
                hand_over(desk, address.strip().rstrip("/"), lambda said: self.going.emit(reason(said)))
            finally:
                desk.store.close()

        def over(_: object) -> None:
            self.working.emit(False)
            self._did(t("The order is kept there from here on. Others can join from their own desks."))
            if self.ctx.touch is not None:
                self.ctx.touch.look()
                self.ctx.touch.wake()

        def failed(problem: Exception) -> None:
            self.working.emit(False)
            if isinstance(problem, Unreachable):
                self.refused.emit(
                    "address", t("Nothing answers there as it should. Look at the address, then try again.")
                )
            else:
                self._refuse(problem)

        self.working.emit(True)
        self.ctx.worker.ask(job, over, failed, self, network=True)

    def save(self, file: Path, text: str) -> None:
        """Write an invitation into a file."""
        words = t("It is in {file}.", file=file.name)
        self._file(lambda: newcomer.into_file(file, text), lambda _: self.done.emit(words))

    def read(self, file: Path) -> None:
        """Take a request out of a file."""
        self._file(lambda: newcomer.from_file(file), self.look_at)

    def _file(self, job: Any, then: Any) -> None:
        self.ctx.worker.ask(job, then, lambda _: self.refused.emit("request", t("This file can't be used.")), self)

    def _try(self, job: Any, then: Any) -> None:
        self.ctx.worker.ask(job, then, self._refuse, self)

    def _act(self, job: Any, words: str) -> None:
        def told(waits_for: object) -> None:
            if isinstance(waits_for, str) and waits_for:
                self._did(t("It is laid on the table and waits for {whom}.", whom=reason(waits_for)))
            else:
                self._did(words)

        self._try(job, told)

    def _did(self, words: str) -> None:
        self.load()
        self.done.emit(words)

    def _refuse(self, problem: Exception) -> None:
        said, help = error(problem)
        code = getattr(problem, "code", "")
        if code in BY_COMMAND:
            help = ""
        if code == "safety-words":
            help = t("Don't take them in. Invite anew over another way.")
        if isinstance(problem, Refused) and code == "bad-name":
            said = t("A name has 1 to 120 characters.")
        self.refused.emit(PLACES.get(code, ""), f"{said} {help if 'g20desk' not in help else ''}".strip())

    def _invited(self, name: str, text: str) -> None:
        self.load()
        self.invited.emit(name, text)

    def _listed(self, listed: Listed) -> None:
        self.last = listed
        self.listed.emit(listed)
