"""Publishers, people, networks and clocks in any order: what is out is out once, and the record says no more than is so.

Two publishing processes on one record. Anything may come between two steps of a send: a hold, an objection, a kill, the
other process, sleep, a clock that is set. `dev.py test --long` tries more.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from PIL import Image

from connectors.rehearsal import faults
from g20desk.desk.accounts import Accounts
from g20desk.desk.verifying import verify
from g20desk.errors import Refused, Unreachable
from g20desk.office.stages import standing
from g20desk.publishing import points, send
from tests.publishing.judging import DONE, Judge, Order
from tests.publishing.world import MESSAGES, POINTS, PRACTICE, SERVERS, Plan, Publisher, World, an_office
from tests.servers.world import POST, SECRETS
from tests.story import standin

LONG = "G20DESK_TEST_SEEDS" in os.environ
EXAMPLES, STEPS = (int(os.environ["G20DESK_TEST_SEEDS"]), 40) if LONG else (15, 25)
BROKEN = ("close", "rst", "truncated", "empty", "html", "status:500", "status:503")
SAID = ("status:400", "status:403", "status:422", "status:429")
MESSAGE, WHO = st.integers(0, len(MESSAGES) - 1), st.integers(0, 1)
STEP, NTH = st.sampled_from(POINTS), st.sampled_from((1, 1, 1, 2, 3))
ACTS = ("hold", "object", "unschedule", "give up", "careless")
AHEAD = st.sampled_from((0, 0, 60, 3600))
HOUR, DAY = 3600, 86_400
PEOPLE = ("Officer", "Ada Head")


class AnyOrder(RuleBasedStateMachine):
    """The rules are what may happen; the invariants what must hold after each."""

    template: Any = None
    servers: Any = None
    ids: Any = None
    states: Counter[str] = Counter()
    holding = False

    @initialize(times=st.tuples(*[AHEAD] * len(MESSAGES)), together=st.booleans())
    def begin(self, times: tuple[int, ...], together: bool) -> None:
        folder = self.template.parent / "day"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.template, folder)
        self.world = World(folder, self.servers, self.ids)
        self.judge, self.order = Judge(self.world), Order(self.world)
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(points, "reach", self.world.reach)
        made = Accounts.client
        self.patch.setattr(Accounts, "client", lambda desk, account: self.world.client(account, made(desk, account)))
        self.publishers = [Publisher(self.world, person) for person in PEOPLE]
        for message, ahead in enumerate(times):
            self.schedule(message, ahead, together)

    def try_(self, job: Any, *words: Any) -> None:
        try:
            job(*words)
        except (Refused, Unreachable) as no:
            assert no.code and no.message

    # What people do.

    @rule(message=MESSAGE, ahead=AHEAD, together=st.booleans())
    def schedule(self, message: int, ahead: int, together: bool) -> None:
        desk = self.world.desk()
        self.try_(desk.messages.schedule, self.ids[message], desk.clock.now_ms() + ahead * 1000, "UTC", together)

    @rule(message=MESSAGE)
    def unschedule(self, message: int) -> None:
        self.try_(self.world.desk().messages.unschedule, self.ids[message])

    @rule(message=MESSAGE)
    def withdraw(self, message: int) -> None:
        self.try_(self.world.desk().messages.withdraw, self.ids[message], "A figure is wrong.")

    @rule(message=MESSAGE)
    def submit(self, message: int) -> None:
        """Again, and it is signed off again."""
        self.try_(self.world.desk().messages.submit, self.ids[message])
        self.decide(message, "approve")

    @rule(message=MESSAGE, answer=st.sampled_from(("object", "approve")))
    def decide(self, message: int, answer: str) -> None:
        digest = self.world.desk().messages.submitted(self.ids[message]).message.digest
        self.try_(self.world.desk("Liaison India").messages.decide, self.ids[message], answer, digest, "So we think.")

    @rule(topic=st.sampled_from(("", "", "debt")), account=st.sampled_from(("", *PRACTICE, *SERVERS)))
    def hold(self, topic: str, account: str) -> None:
        self.holding = True
        self.try_(self.world.desk().holds.place, "A rumour", topic, "" if topic else account)

    @precondition(lambda self: self.holding)
    @rule(person=st.sampled_from(PEOPLE))
    def lift(self, person: str) -> None:
        held = self.world.desk().holds.rows()
        if held:
            self.try_(self.world.desk(person).holds.lift, held[0]["hold"], "It was wrong")
        self.holding = bool(held)

    @rule()
    def look(self) -> None:
        """Somebody looks at the accounts of what nobody knows, some time after, and says what is so."""
        self.world.go(1)
        for number, account, post in self.judge.posts():
            if post["state"] == "unknown":
                known = len(post["remote_ids"])
                out = [id for id, text in self.world.out(account) if text in MESSAGES[number].parts]
                url = {"x": "https://x.com/g20/status/{}", "mastodon": "https://m.test/@g20/{}"}.get(account, "")
                self.try_(self.world.desk().publish.settle, post["id"], len(out) > known,
                          url.format(out[known]) if len(out) > known else "", "I looked")  # fmt: skip

    @precondition(lambda self: self.judge.sent)
    @rule(message=MESSAGE)
    def remove(self, message: int) -> None:
        for number, _, post in self.judge.posts():
            if number == message and post["state"] == "sent":
                self.try_(self.world.desk().publish.remove, post["id"], "It was wrong")

    @rule(account=st.sampled_from(PRACTICE))
    def give_up(self, account: str) -> None:
        """An account is taken out of the office."""
        self.try_(self.world.desk("Ada Head").accounts.remove, account)

    # What computers and networks do.

    @rule(who=WHO, patient=st.booleans())
    def go_round(self, who: int, patient: bool) -> None:
        self.publishers[who].round(Plan(), patient)

    @rule(who=WHO, patient=st.booleans(), step=STEP, nth=NTH, act=st.sampled_from(ACTS), message=MESSAGE)
    def interrupted(self, who: int, patient: bool, step: str, nth: int, act: str, message: int) -> None:
        """Something comes between two steps of a send."""
        self.publishers[who].round(Plan(step, nth, (self._what(act, message),)), patient)

    def _what(self, act: str, message: int) -> Callable[[], object]:
        does: dict[str, Callable[[], object]] = {
            "hold": lambda: self.hold("", ""),
            "object": lambda: self.decide(message, "object"),
            "unschedule": lambda: self.unschedule(message),
            "give up": lambda: self.give_up(PRACTICE[0]),
            "careless": lambda: self._careless(self._claimed() or (message, 0), False),
        }
        return does[act]

    @rule(who=WHO, patient=st.booleans(), step=STEP, nth=NTH)
    def killed(self, who: int, patient: bool, step: str, nth: int) -> None:
        self.publishers[who].round(Plan(step, nth, (self.world.kill,)), patient)

    @rule(who=WHO, step=STEP, nth=NTH, killed=st.booleans(), then=STEP)
    def both(self, who: int, step: str, nth: int, killed: bool, then: str) -> None:
        """The other process comes between two steps of a send; it may be killed, or the first after it."""
        other, kill = self.publishers[1 - who], (self.world.kill,)
        inner = Plan(then, 1, kill) if killed else Plan()
        after = () if killed else kill
        self.publishers[who].round(Plan(step, nth, (lambda: other.round(inner, True), *after)), False)

    @rule(who=WHO, step=STEP, nth=NTH, how=st.sampled_from((30, 600, HOUR, -HOUR)), other=st.booleans())
    def stands_still(self, who: int, step: str, nth: int, how: int, other: bool) -> None:
        """The computer sleeps between two steps of a send, or its clock is set; then the other process comes."""
        # Minutes between a request's beginning and its bytes can't be told from a slow line.
        seconds = 30 if step == "request" and how == 600 else how
        stands: Callable[[], object] = (
            (lambda: self.sleep(seconds)) if 0 < seconds < HOUR else (lambda: self.set_clock(seconds))
        )
        turn = (lambda: self.publishers[1 - who].round(Plan(), False),) if other else ()
        self.publishers[who].round(Plan(step, nth, (stands, *turn)), False)

    @rule(message=MESSAGE, of=st.integers(0, 2), after=st.sampled_from(("", *ACTS)), claims=st.booleans())
    def careless(self, message: int, of: int, after: str, claims: bool) -> None:
        """Another program's publisher, which looks at nothing, says that it is sending a post; it may claim it first."""
        if after:
            self._what(after, message)()
        self._careless((message, of), claims)

    @rule(message=MESSAGE)
    def careless_where_the_account_is_gone(self, message: int) -> None:
        """It goes on with a post of an account that the office took out meanwhile."""
        self.schedule(message, 0, False)
        self.give_up(PRACTICE[0])
        accounts = [account for number, account, _ in self.judge.posts() if number == message]
        if PRACTICE[0] in accounts:
            self._careless((message, accounts.index(PRACTICE[0])), True)

    def _claimed(self) -> tuple[int, int] | None:
        """A post that a process has claimed and is not sending yet."""
        for number, id in enumerate(self.ids):
            states = [post.state for post in self.world.desk().messages.submitted(id).message.posts.values()]
            if "claimed" in states:
                return number, states.index("claimed")
        return None

    def _careless(self, which: tuple[int, int], claims: bool) -> None:
        desk = self.world.desk("Ada Head")
        submitted = desk.messages.submitted(self.ids[which[0]])
        posts = list(submitted.message.posts.items())
        if posts:
            key, post = posts[which[1] % len(posts)]
            parts = len(submitted.message.content[f"c.post.{key}"]["parts"])
            claim = {"post": key, "process": "careless", "until": desk.clock.now_ms() + send.LEASE_MS}
            plan = {"post": key, "process": "careless", **send.intent(post, parts, False, desk.clock)}
            for kind, said in ((("post.claimed", claim),) if claims else ()) + (("post.sending", plan),):
                self.try_(desk.acts, submitted.stream, (kind, said))

    @rule(account=st.sampled_from(PRACTICE), behaviour=st.sampled_from(faults.BEHAVIOURS), nth=st.integers(1, 3))
    def fault(self, account: str, behaviour: str, nth: int) -> None:
        faults.plan(str(self.world.folder), account, behaviour, nth=nth)

    @rule(server=st.sampled_from(tuple(SERVERS)), behaviour=st.sampled_from((*BROKEN, *SAID)), after=st.booleans(),
          get=st.booleans(), nth=st.integers(1, 2))  # fmt: skip
    def trouble(self, server: str, behaviour: str, after: bool, get: bool, nth: int) -> None:
        at = {"method": "GET"} if get else {"method": "POST", "path": POST[server]}
        self.servers[server].fault(behaviour, nth=nth, after=after and behaviour not in SAID, **at)

    @rule(account=st.sampled_from((*PRACTICE, *SERVERS)))
    def slow(self, account: str) -> None:
        """The next request on an account arrives when nobody waits for its answer any more."""
        self.world.slow.add(account)

    @rule(server=st.sampled_from(tuple(SERVERS)))
    def revoke(self, server: str) -> None:
        face = self.servers[server].face
        setattr(face, "access_token" if server == "x" else "token", "another")

    @rule(server=st.sampled_from(tuple(SERVERS)))
    def sign_in(self, server: str) -> None:
        face = self.servers[server].face
        setattr(face, "access_token" if server == "x" else "token", "user-token" if server == "x" else "token")
        self.try_(self.world.desk("Ada Head").accounts.sign_in, server, SECRETS[server])

    @rule(seconds=st.sampled_from((6, 30, 120, 400, 2 * HOUR, DAY)))
    def sleep(self, seconds: int) -> None:
        self.world.go(seconds)

    @rule(seconds=st.sampled_from((-HOUR, -40, -10, 10, 40, HOUR)))
    def set_clock(self, seconds: int) -> None:
        self.world.time.wrong += seconds * 1000

    # What must hold.

    @invariant()
    def holds(self) -> None:
        if hasattr(self, "judge"):
            self.judge.judge()
            self.order.read()

    def teardown(self) -> None:
        """All trouble ends; every post is out, or a person knows why not."""
        if not hasattr(self, "judge"):
            return
        try:
            self._end()
        finally:
            self.patch.undo()
            for one in (*self.publishers, self.world):
                one.end()

    def _end(self) -> None:
        world, desk = self.world, self.world.desk()
        for server in SERVERS:
            self.servers[server].faults.clear()
            self.sign_in(server)
        for account in PRACTICE:
            faults.clear(str(world.folder), account)
        world.slow.clear()
        world.time.wrong = 0
        world.go(max(400, (desk.store.last_place()[2] - world.time.true) / 1000))
        for hold in desk.holds.rows():
            for person in PEOPLE:
                self.try_(world.desk(person).holds.lift, hold["hold"], "It was wrong")
        for turn in range(3):
            for message in range(len(MESSAGES)):
                if turn:
                    self.schedule(message, 0, False)
            for one in self.publishers:
                one.round(Plan(), False)
            world.go(400)
            self.holds()
            self.look()
        self._told()

    def _told(self) -> None:
        """What can go out is out."""
        for number, account, post in self.judge.posts():
            told = f"message {number} on {account}: {post['state']}; {post['why']}"
            message = self.world.desk().messages.submitted(self.ids[number]).message
            stands = message.planned_at is not None and not message.withdrawn and standing(message) == "approved"
            if stands and self.world.desk().office.account_named(account) is not None:
                assert post["state"] in DONE, told
            assert post["state"] not in ("claimed", "sending", "unknown"), told
            self.states[post["state"]] += 1
        assert verify(self.world.desk("Ada Head"))["verified"]


def test_whatever_comes_in_whatever_order(tmp_path):
    picture = tmp_path / "hall.png"
    Image.new("RGB", (64, 48), (40, 80, 184)).save(picture)
    servers = {name: standin(name) for name in SERVERS}
    AnyOrder.servers, AnyOrder.template = servers, tmp_path / "office"
    AnyOrder.ids = an_office(AnyOrder.template, servers, picture)
    try:
        run_state_machine_as_test(AnyOrder, settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, derandomize=not LONG, print_blob=True,
            database=None, report_multiple_bugs=False, suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),  # to shrink a day takes minutes, and a whole one is read as well
        ))  # fmt: skip
    finally:
        for one in servers.values():
            one.stop()
    states = AnyOrder.states
    print(f"{EXAMPLES} days, {states.total()} posts: {', '.join(f'{n} {s}' for s, n in states.most_common())}")
    assert states["sent"]
