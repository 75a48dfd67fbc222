"""What is set and made for this desk alone: its ways out, and backups of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal

from g20desk import policy
from g20desk.clock import iso
from g20desk.desk import backed_up, going_over, ways
from g20desk.desk.acting import ADDRESS
from ui.bus import Ctx, Presenter
from ui.office.ways_form import Ways
from ui.texts import error, isolated, ltr, reason, t

# Where the desk's refusal belongs.
PLACES = {
    "bad-proxy": "address", "bad-certificate": "certificate", "no-secret": "password", "file-taken": "file", "backup-failed": "file",
    "passphrase-short": "phrase",
}  # fmt: skip


class KeepingPresenter(Presenter):
    """One call of the desk for each; a backup goes on beside the window and tells how far it is."""

    put = Signal(object)
    place = Signal(str)
    rules = Signal(object)
    going = Signal(str)
    working = Signal(bool)
    refused = Signal(str, str)
    done = Signal(str)
    watches = frozenset()

    def __init__(self, ctx: Ctx) -> None:
        super().__init__(ctx)
        self.making = False

    def load(self) -> None:
        """Nothing before it is asked for."""

    def ask_ways(self) -> None:
        """The ways out as they are set."""
        store = self.ctx.desk.store

        def job() -> Ways:
            url, who = ways.proxy_of(store)
            return Ways(
                url, store.meta(ways.PROXY_USER) if store.meta(ways.PROXY) == url else "", ways.pinned(store), bool(store.meta(ADDRESS)),
                who == "desk", policy.locked("proxy.address"), policy.locked("hub.certificate"),
            )  # fmt: skip

        self.ctx.worker.ask(job, self.put.emit, self._refuse, self)

    def use(self, wish: Ways, password: str) -> None:
        """Go out in this way from now on."""
        desk = self.ctx.desk

        def job() -> None:
            store, named = desk.store, ways.certificate(wish.certificate)
            # A password is for the proxy and the name that it was given for.
            same = (store.meta(ways.PROXY), store.meta(ways.PROXY_USER)) == (wish.proxy, wish.user)
            known = (desk.secrets.get(ways.PASSWORD) or "") if same else ""
            ways.set_proxy(store, desk.secrets, wish.proxy, wish.user, password or known)
            if named != ways.pinned(store):
                ways.pin(store, named)
            ways.open_up(store, desk.secrets)

        def used(_: object) -> None:
            if self.ctx.touch is not None:
                self.ctx.touch.wake()
            later = t("As the system has it from the next start of the program.")
            self.done.emit(
                t("This desk goes out in this way from now on.") if wish.proxy not in ("", ways.SYSTEM) else later
            )

        self.ctx.worker.ask(job, used, self._refuse, self)

    def ask_rules(self) -> None:
        """How it stands with the record's rules."""
        self.ctx.worker.ask(lambda: going_over.standing(self.ctx.desk), self.rules.emit, self._refuse, self)

    def go_over(self) -> None:
        """Propose the next rules, or join who did."""

        def gone(now: going_over.Rules) -> None:
            waits = t("Version {n} waits for a second person.", n=now.proposed)
            self.done.emit(waits if now.proposed else t("Version {n} of the rules is in force.", n=now.version))

        self.ctx.worker.ask(lambda: going_over.go_over(self.ctx.desk), gone, self._refuse, self)

    def ask_place(self) -> None:
        """Where a backup would go: where the last one went, else beside the person's documents, with the day in its name."""
        desk = self.ctx.desk

        def job() -> str:
            last = backed_up.last(desk.store)
            name = f"g20desk-{iso(desk.clock.now_ms())[:10]}.backup"
            return str((Path(last.file).parent if last is not None else Path.home()) / name)

        self.ctx.worker.ask(job, self.place.emit, self._refuse, self)

    def back_up(self, file: Path, phrase: str) -> None:
        """Everything of this desk into one file, proved."""
        if self.making:
            return
        desk = self.ctx.desk

        def job() -> dict[str, Any]:
            from g20desk.desk.backing_up import back_up
            from g20desk.ledger import sealed_file

            try:
                sealed = sealed_file.passphrase(phrase)
                made = back_up(desk.folder, file, sealed, desk.clock, lambda said: self.going.emit(reason(said)))
                made["on_record"] = desk.presidency.kept(made["place"], made["hash"], made["digest"])
                return made
            finally:
                desk.store.close()  # this thread's connection

        self._work(True)
        self.ctx.worker.ask(job, self._made, self._not_made, self, network=True, quiet=True)

    def _made(self, made: dict[str, Any]) -> None:
        self._work(False)
        words = t("{file} holds this desk up to place {n}; it was opened again and proved.",
                  file=ltr(isolated(Path(made["file"]).name)), n=made["place"])  # fmt: skip
        if made["on_record"]:
            words += " " + t("It is on record as what was kept at the handover.")
        self.done.emit(words)

    def _not_made(self, problem: Exception) -> None:
        self._work(False)
        self._refuse(problem)

    def _work(self, on: bool) -> None:
        self.making = on
        self.working.emit(on)

    def _refuse(self, problem: Exception) -> None:
        said, help = error(problem)
        place = PLACES.get(getattr(problem, "code", ""), "")
        self.refused.emit(place, f"{said} {help if 'g20desk' not in help and '--' not in help else ''}".strip())
