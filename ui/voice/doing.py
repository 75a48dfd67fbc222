"""What is done with an account or a post on One voice: asked in a bar at the foot, then signed."""

from __future__ import annotations

from g20desk.desk.relay_showing import Carrier
from ui.bus import Ctx
from ui.record.carrying import ask_where
from ui.texts import isolated, land, reason, t
from ui.voice.acts import VoiceActs
from ui.voice.judging import ANSWERS
from ui.voice.kit_bar import KitBar
from ui.voice.presenter import VoicePresenter
from ui.voice.section import Accounts
from ui.widgets.ask_bar import AskBar
from ui.widgets.chrome import Notice


class Doing:
    """Part of the screen."""

    ctx: Ctx
    present: VoicePresenter
    accounts: Accounts
    bar: AskBar
    kit: KitBar
    acts: VoiceActs
    notice: Notice

    def _do_picked(self, verb: str) -> None:
        row = self.accounts.rows.get(self.accounts.id)
        if row is not None:
            self._do(verb, row.one)

    def _do(self, verb: str, one: Carrier) -> None:
        """Write to them, leave it as it is, open what they were asked, or prove it; what can't be done says why."""
        out = one.state in ("carried", "drifted")
        self.kit.hide()
        if verb == "open":
            self.ctx.go("relay", one.id)
        elif verb == "prove":
            ask_where(self.accounts, t("Save a proof"), "proof.html", lambda file: self.present.prove(one.id, file))
        elif verb == "write" and out:
            who = land(one.government)
            ask = t("Write to {land} about this post. All members can read it; it decides nothing.", land=who)
            self._question().ask(
                ask, t("Say it"), lambda said: self.present.write(one.id, said), t("What would help them"), must=True
            )
        elif verb == "leave" and one.asks and out:
            if one.cannot_leave:
                self.notice.say(reason(one.cannot_leave))
                return
            ask = t(
                "Leave what {account} said as it is. Your reason stands in the record.", account=isolated(one.account)
            )
            self._question().ask(
                ask,
                t("Leave it as it is"),
                lambda why: self.present.leave(one.id, why),
                t("Why, in one sentence"),
                must=True,
            )

    def _judge(self, post: str, answer: str) -> None:
        """Say what a post is, with a reason where one is due."""
        verb, must = next((verb, must) for id, verb, _, must in ANSWERS if id == answer)
        why = t("Why, in one sentence") if must else t("Why, if you want to say it")
        self._question().ask(t("Your answer stands in the record; nothing follows from it by itself."), t(verb),
                     lambda said: self.present.judge(post, answer, said), why, must=must)  # fmt: skip

    def _question(self) -> AskBar:
        """The bar that asks; any other question at the foot is left first."""
        for other in (self.kit, self.acts.bar):
            if other.isVisible():
                other.close_bar()
        return self.bar
