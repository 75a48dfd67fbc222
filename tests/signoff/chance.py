"""An office by chance, on paper: its people, governments, routes and deputies, and what changes among them."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from g20desk.office.fold import Verdict
from g20desk.office.stages import seats
from tests.signoff.model_office import HOUR, Fact
from tests.signoff.paper import DEVICES, REF, Paper, proofs

LANDS = ("BR", "IN", "IT", "US", "ZA", "JP")
KINDS = ("news", "statement")
PLACES, FILL = ("Rome", "Mbombela"), "The G20 stands with the people of {place}."
FILLED = tuple(FILL.format(place=one) for one in PLACES)
OTHERS = ("officer", "expert", "expert", "analyst", "observer", "publisher")


class Chance:
    """An office from a seed. `devices`: whose each is, by its number; empty for one that was never let in."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.one = self.random.choice
        self.paper = Paper()
        self.devices: dict[int, str] = {0: self.paper.office.id}
        self.routes: list[str] = []

    def rarely(self, of: int = 8) -> bool:
        return self.random.randrange(of) == 0

    def office(self, kind: str, by: int = 0, /, **values: Any) -> Verdict:
        return self.paper.acts(kind, by, **values)

    def begin(self) -> None:
        lands = self.random.sample(LANDS, self.random.randint(2, 6))
        for role in ("officer", "officer", *self.random.choices(OTHERS, k=self.random.randint(1, 4))):
            sent = (
                self.one(lands) if role == "officer" and self.rarely(2) else ""
            )  # by a government, without being its voice
            self.admit(role, sent, topic=self.one(("debt", "climate")) if role == "expert" else "")
        for land in lands:
            self.admit("liaison", land)
            if self.rarely(3):
                self.admit(self.one(("liaison", "liaison", "presidency")), land, by=len(self.devices) - 1)
        if self.rarely(2):
            self.office("presidency.named", government=lands[0], before=lands[1], after="")
        if self.rarely(3):
            self.office("silence.minimum_set", least_ms=self.one((HOUR, 6 * HOUR)))
        for name in "ABC"[: self.one((0, 1, 2, 2, 3, 3))]:
            self.adopt(name)
        if self.rarely(3):
            self.template()
        self.paper.same()

    # Who there is.

    def anyone(self) -> int:
        return self.one(list(self.devices))

    def someone(self, *roles: str) -> int:
        role, office = self.one(roles), self.paper.office
        return self.one([n for n in self.devices if office.author(DEVICES[n]).role == role] or list(self.devices))

    def head(self) -> int:
        return self.someone("head") if not self.rarely(10) else self.anyone()

    def person(self) -> str:
        """Anybody; often somebody who is asked in a stage that opened, or a deputy."""
        asked = [one for stage in self.paper.message.stages for seat in stage.seats for one in seat.people]
        asked += [one.person for one in self.paper.office.deputies.values() for _ in "123"]
        return self.one(asked if asked and self.rarely(2) else list(self.paper.office.people))

    def of_land(self, land: str) -> int:
        office = self.paper.office
        return self.one([n for n in self.devices if office.author(DEVICES[n]).government == land] or [0])

    # What they do.

    def admit(self, role: str, land: str = "", topic: str = "", by: int = 0) -> None:
        number = len(self.devices)
        if number < len(DEVICES):
            self.office("member.admitted", by, name=f"Person {number}", role=role, government=land, topic=topic, nonce="",
                        until=0, **proofs(number, self.paper.office.id))  # fmt: skip
            self.devices[number] = self.paper.office.devices.get(DEVICES[number], "")

    def further(self, by: int) -> None:
        number = len(self.devices)
        if self.devices[by] and number < len(DEVICES):
            self.office("device.added", by, person=self.devices[by], nonce="", until=0, share="",
                        **proofs(number, self.paper.office.id))  # fmt: skip
            self.devices[number] = self.paper.office.devices.get(DEVICES[number], "")

    def who(self) -> str:
        lands = sorted({p.government for p in self.paper.office.people.values() if p.government})
        some = ",".join(self.random.sample(lands, self.random.randint(1, min(3, len(lands)))))
        return self.one((
            "role:officer", "role:head", "role:liaison", "role:liaison", "role:presidency", "role:expert", "experts:debt",
            f"person:{self.person()}", "governments:all", "governments:all", "governments:troika", f"governments:{some}", f"governments:{some}",
        ))  # fmt: skip

    def stage(self, number: int) -> dict[str, Any]:
        who, mode = self.who(), self.one(("explicit", "explicit", "silence"))
        for _ in range(3):  # mostly somebody is there
            if not seats(self.paper.office, who, frozenset()):
                who = self.who()
        found = len(seats(self.paper.office, who, frozenset()))
        need = self.one((0, 0, 1, 1, 2, max(1, found - 1)))
        need = min(need, found) if not self.rarely(12) else need
        within = self.one((7 * HOUR, 24 * HOUR)) if not self.rarely(12) else self.one((HOUR, 2 * HOUR))
        return {"name": f"Stage {number}", "who": who, "need": need, "within": within, "mode": mode}

    def adopt(self, name: str, by: int = 0) -> None:
        stages = [self.stage(number) for number in range(self.one((1, 1, 2, 2, 3, 4)))]
        kinds = [self.one(KINDS)] if not self.rarely(5) else []
        made = self.office("route.adopted", by, name=name, kinds=kinds, topics=[], accounts=[], stages=stages)
        if made.counts:
            self.routes.append(made.event.id)

    def template(self) -> None:
        """The head clears a text for emergencies, with a liaison."""
        roles = [self.one(("head", "officer", "liaison")), self.one(("head", "liaison", "presidency"))]
        said = {"name": "Quake", "kind": self.one(KINDS), "texts": {"en": [FILL]}, "slots": {"place": 20}, "accounts": [],
                "roles": roles, "within": self.one((60_000, 2 * HOUR))}  # fmt: skip
        made = self.office("template.adopted", self.someone("head"), **said)
        if made.counts and self.office("proposal.seconded", self.someone("liaison"), proposal=made.event.id).counts:
            self.paper.model.tell(Fact(made.event.id, "template.adopted", made.event.header.device, 0, 0, said))

    def change(self) -> None:
        """Something in the office."""
        in_force = [route.id for route in self.paper.office.routes.values()]
        land = self.one(LANDS)
        do: list[Callable[[], object]] = [
            lambda: self.office("member.retired", self.head(), person=self.person(), why=REF),
            lambda: self.office("device.revoked", self.head(), device=self.one(DEVICES[: len(self.devices)]), why=REF),
            lambda: self.further(self.anyone()),
            lambda: self.admit(self.one(("officer", "expert", "head")), topic=self.one(("", "debt")), by=self.head()),
            lambda: self.admit("liaison", land, by=self.of_land(land)),
            self.role, self.role,
            lambda: self.adopt(self.one("ABC"), self.head()),
            lambda: self.office("route.withdrawn", self.head(), route=self.one(in_force or ["7" * 64])),
            lambda: self.office("silence.minimum_set", self.head(), least_ms=self.one((HOUR, 4 * HOUR, 30 * HOUR))),
            self.template if self.paper.office.templates else self.role,
            lambda: self.office("template.withdrawn", self.head(), template=self.one(list(self.paper.office.templates) or ["7" * 64])),
            *[self.deputy] * 6,
        ]  # fmt: skip
        self.one(do)()

    def role(self) -> None:
        role = self.one(("officer", "expert", "liaison", "observer", "analyst", "presidency", "head"))
        land = self.one((*LANDS, "")) if role in ("liaison", "presidency", "officer") else ""
        self.office(
            "role.given",
            self.head(),
            person=self.person(),
            role=role,
            government=land,
            topic=self.one(("", "debt")),
            why=REF,
        )

    def deputy(self) -> None:
        by = self.someone("liaison") if not self.rarely(10) else self.anyone()
        if self.rarely(6):
            liaison = self.devices[by] if not self.rarely(4) else self.person()
            self.office("deputy.ended", self.someone("head") if self.rarely(3) else by, liaison=liaison or "7" * 64)
            return
        since = self.paper.now + self.one((-HOUR, 0, 0, HOUR, 20 * HOUR))
        until = since + self.one((60_000, HOUR, 5 * HOUR, 50 * HOUR, 100 * HOUR)) if not self.rarely(12) else since
        self.office("deputy.named", by, person=self.person(), since=since, until=until)
