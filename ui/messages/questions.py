"""What Messages asks before it acts: each act in words, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from g20desk.office.words import words
from g20desk.record.withholding import Wish
from ui import threads
from ui.messages.model import Shown
from ui.messages.presenter import MessagesPresenter
from ui.messages.proof import ProofBar
from ui.messages.review_bar import ReviewBar
from ui.messages.unknown import UnknownPanel
from ui.record.carrying import ask_where
from ui.texts import spoken, t


class Questions:
    """Asked in the bar of the screen that has these."""

    present: MessagesPresenter
    shown: Shown | None
    panel: UnknownPanel | None
    notice: Any
    proof: ProofBar
    review: ReviewBar
    bar: Any
    ctx: Any
    acts: Any
    _confirm: Callable[..., None]
    _close_bars: Callable[[], None]

    def _withdraw(self) -> None:
        if self.shown is None:
            return
        if why := self.shown.can.get("withdraw", ""):
            self.notice.say(why)
            return
        id = self.shown.data["id"]
        self._confirm(
            "undo-2",
            t("Withdraw “{title}”?", title=self.shown.data["title"]),
            t("It can be written on and submitted again."),
            t("Withdraw"),
            lambda why: self.present.withdraw(id, why),
            t("Why"),
            True,
        )

    def _settle(self, sent: bool) -> None:
        doubt, panel = self.shown.doubt if self.shown else None, self.panel
        if doubt is None or panel is None:
            return
        words = t("Write down that it went out on {account}?") if sent else t("Write down that it is not on {account}?")
        self._confirm(
            "eye" if sent else "eye-off",
            words.format(account=doubt.account),
            t("It counts as sent, and will not be sent again.")
            if sent
            else t("It goes back to the plan. Nothing leaves until someone sends it again."),
            t("Sign: it went out") if sent else t("Sign: it did not go out"),
            lambda why: self.present.settle(doubt.post, sent, panel.link.text().strip() if sent else "", why),
            t("How do you know?"),
            True,
            t("I looked at the account and saw it.") if sent else t("I looked at the account; it is not there."),
        )

    def _answer(self, thread: dict[str, Any]) -> None:
        if self.shown is None:
            return
        id, last = self.shown.data["id"], thread["comments"][-1]
        self._confirm(
            "message-square-warning",
            t("Answer {person}: {words}", person=last["person"], words=threads.where(thread)),
            t("All members read it. It decides nothing, and is not taken back."),
            t("Comment"),
            lambda text: self.present.answer(id, last["id"], text),
            t("What you say"),
            True,
        )

    def _take_down(self, post: dict[str, Any]) -> None:
        self._confirm(
            "trash-2",
            t("Take the post on {account} down?", account=post["account"]),
            t("The network is asked to delete it. That it was out stays in the record."),
            t("Take it down"),
            lambda why: self.present.remove(post["id"], why),
            t("Why, in one sentence"),
            True,
        )

    def _read_numbers(self, post: dict[str, Any]) -> None:
        """At once where it is free; else only once the price has been seen."""
        costs = post["reading_costs"]
        if costs is None:
            self.present.read_numbers(post["id"])
            return
        self._confirm(
            "eye",
            t("Read the numbers of the post on {account}?", account=post["account"]),
            t("It costs {amount} US$, by the prices of {date}.", amount=costs["amount"], date=costs["as_of"]),
            t("Read the numbers"),
            lambda _: self.present.read_numbers(post["id"]),
        )

    def _emergency(self, verb: str) -> None:
        """Release a filled template as one of two, or say what came of looking at it."""
        if self.shown is None:
            return
        data = self.shown.data
        if verb == "sign-off":
            self.ctx.go("sign-off", data["id"])
            return
        self._close_bars()
        self.acts.hide()
        if verb == "review":
            self.review.ask(data["title"], lambda misuse, why: self.present.reviewed(data["id"], why, misuse))
            return
        second = data.get("release") is not None
        self.bar.confirm(
            "octagon-alert",
            t("Release “{title}” in an emergency, {words}?", title=data["title"], words=spoken(words(data["digest"]))),
            t("You are the second: it may go out then, without sign-off, within the template's time.")
            if second
            else t("You are the first: a second person, in the other role, releases it."),
            t("Release it, as the second") if second else t("Release in an emergency"),
            lambda why: self.present.release(data["id"], data["template"], why),
            t("Why, in one sentence"),
            True,
        )

    def _prove(self) -> None:
        """What it shows, then where to."""
        if self.shown is None or not (self.shown.data.get("signoff") or {}).get("stages"):
            return
        data = self.shown.data

        def where(wish: Wish) -> None:
            ask_where(self, t("Save a proof"), "proof.html", lambda file: self.present.prove(data["id"], file, wish))

        self._close_bars()
        self.acts.hide()
        self.proof.ask(data, where)
