"""The office's widgets: the list, and at the end what is picked, a form, or the papers of a newcomer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from g20desk.desk.roll import DeviceRow, PersonRow, ProposalRow
from ui import actions, theme
from ui.bus import Ctx
from ui.office import side
from ui.office.forms import GuardiansForm, HandOverForm, InviteForm, OfficeForm, RoleForm
from ui.office.frame import MAKERS, PEOPLE, Frame
from ui.office.mail import MailForm, Mailing
from ui.office.papers import InvitationPage, RequestPage
from ui.office.presenter import Asked, Listed, OfficePresenter
from ui.rows import RowModel
from ui.texts import isolated, t
from ui.widgets.ask_bar import AskBar
from ui.widgets.base import column
from ui.widgets.button import KeyButton
from ui.widgets.rowlist import RowList
from ui.widgets.side_pages import Paged, SidePages


class OfficeView(Mailing, Paged, Frame):
    """People, and what is done about them; the other pages are the frame's."""

    def __init__(self, ctx: Ctx) -> None:
        self.present = OfficePresenter(ctx)
        super().__init__(ctx, self.present)
        self.begins: dict[str, KeyButton] = {}
        for id, words, icon, kind, run in (
            ("take-request", t("Take a request"), "user-check", "plain", self._request),
            ("invite", t("Invite"), "user-plus", "main", self._invite),
        ):
            button = self.begins[id] = KeyButton(words, actions.keys(id, "office"), icon, kind)
            button.clicked.connect(run)
            self.heads.append(self.header.add(button))
        self.model = RowModel(self)
        self.list = RowList(self.model, t("People and what waits"))
        self.stack.addWidget(self.list)
        self.pages = SidePages()
        self.ends.addWidget(self.pages.panel)
        inner = QWidget()
        self.side = column(inner, (20, 18, 20, 18), 8)
        self.detail_page = self.pages.page(inner)
        self.invite, self.role, self.guardians, self.over = InviteForm(), RoleForm(), GuardiansForm(), HandOverForm()
        self.mail = MailForm()
        self.invitation, self.request = InvitationPage(), RequestPage()
        self.form_pages = {
            form: self.pages.page(form, True) for form in (self.invite, self.role, self.guardians, self.over, self.mail)
        }
        self.invitation_page, self.request_page = self.pages.page(self.invitation), self.pages.page(self.request)
        self.bar = AskBar()
        self.under.addWidget(self.bar)
        self.listed: Listed | None = None
        self.people = ""
        self.runs_: side.Runs = {
            "add-device": self._device, "role": self._role, "retire": self._retire, "revoke": self._revoke,
            "second": self._second, "withdraw": self._withdraw, "guardians": self._guardians, "hand-over": self._hand_over,
            "mail-address": self._address, "mail-server": self._mail, "mail-stop": self.present.stop_mail,
            "mail-test": self.present.try_mail,
        }  # fmt: skip
        self._hear()
        self.bind({
            "invite": self._invite, "take-request": self._request,
            **{id: run for id, run in self.runs_.items() if id not in ("revoke", "mail-stop", "mail-test")}, **self.page_keys(),
        })  # fmt: skip
        theme.watch.changed.connect(self._again)

    def first(self) -> QWidget:
        """The list, or where another page begins."""
        return self.list if self.here is None else self.here.first()

    def regions(self) -> list[QWidget]:
        """The page's parts, then the end."""
        return [self.list, self.end, self.bar] if self.here is None else self.here.regions()

    def back(self) -> bool:
        """Escape: on the page in front, then back to the people."""
        if self.here is None:
            return super().back()
        if not self.here.back():
            self.turn(PEOPLE)
        return True

    def open(self, id: str) -> None:
        """Pick that row; `routes`, or `routes/ID`, is another page."""
        page, _, rest = id.partition("/")
        if page in MAKERS:
            self.to_page(page)
            if rest and self.here is not None:
                self.here.open(rest)
            return
        if id:
            self.to_page(PEOPLE)
        self.present.id = id
        self.list.pick(id)

    def _hear(self) -> None:
        present = self.present
        self.list.picked.connect(self._picked)
        self.list.opened.connect(lambda _: self._opened())
        present.listed.connect(self._listed)
        present.invited.connect(self._invited)
        present.asked.connect(self._asked)
        present.refused.connect(self._refused)
        present.working.connect(self.over.busy)
        present.going.connect(self.over.going)
        present.done.connect(self._done)
        self.invite.wanted.connect(present.invite)
        self.role.wanted.connect(present.give_role)
        self.guardians.wanted.connect(present.name_guardians)
        self.over.wanted.connect(present.hand_over)
        self.mail.wanted.connect(present.use_mail)
        self.invitation.save.connect(self._save)
        self.request.given.connect(present.look_at)
        self.request.opens.connect(self._open_request)
        self.request.admit.connect(present.admit)
        for part in (*self.form_pages, self.invitation, self.request):
            part.left.connect(self._leave)

    def _turn(self, page: QWidget, focus: QWidget | None) -> None:
        self.pages.setCurrentWidget(page)
        self.show_end()
        if focus is not None:
            focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def _form(self, form: OfficeForm) -> None:
        self._turn(self.form_pages[form], form.first())

    def _leave(self) -> None:
        self.pages.setCurrentWidget(self.detail_page)
        self.hide_end()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def say_sub(self) -> None:
        """How many people, or what the page in front says."""
        if self.here is None:
            self.header.sub.setText(self.people)
        super().say_sub()

    def _may(self) -> bool:
        """Whether this person may; where not, why is said."""
        if self.listed is not None and not self.listed.facts.head:
            self.notice.say(t("This is for the head of the office."))
            return False
        return self.listed is not None

    def _invite(self) -> None:
        if self.listed is not None and (why := self.listed.facts.no_invite):
            self.notice.say(why)
            return
        self.invite.fresh()
        self._form(self.invite)

    def _request(self) -> None:
        self.request.fresh()
        self._turn(self.request_page, self.request.first())

    def _device(self) -> None:
        self.present.invite_device()

    def _person(self) -> PersonRow | None:
        found = side.find(self.listed, self.list.current_id()) if self.listed is not None else None
        return found if isinstance(found, PersonRow) and found.state != "retired" else None

    def _proposal(self) -> ProposalRow | None:
        found = side.find(self.listed, self.list.current_id()) if self.listed is not None else None
        return found if isinstance(found, ProposalRow) else None

    def _role(self) -> None:
        if (one := self._person()) is not None and self._may():
            self.role.put(one.name, one.role, one.government, one.topic)
            self._form(self.role)

    def _retire(self) -> None:
        if (one := self._person()) is not None and self._may():
            words = t("{name} leaves the office. What they sign from here on does not count, and they read nothing new.",
                      name=isolated(one.name))  # fmt: skip
            self.bar.ask(words, t("Let them go"), lambda why: self.present.retire(one.name, why), t("Why"), True)

    def _revoke(self, one: PersonRow, device: DeviceRow) -> None:
        words = t("The device {device} of {name} is lost or given back. What it signs from here on does not count, and it "
                  "reads nothing new.", device=side.device_name(device.id), name=isolated(one.name))  # fmt: skip
        self.bar.ask(words, t("Take it out"), lambda why: self.present.revoke(one.name, device.id, why), t("Why"), True)

    def _second(self) -> None:
        one = self._proposal()
        if one is None or not one.can_second:
            return
        if one.words:
            words = t("Type the safety words as the newcomer says them to you.")
            self.bar.ask(words, t("Join it"), lambda said: self.present.second(one.id, said.lower()),
                         t("The words as you hear them"), True)  # fmt: skip
        else:
            what = t("Your word makes it count: {what}", what=self._row_title())
            self.bar.ask(what, t("Join it"), lambda _: self.present.second(one.id, None))

    def _row_title(self) -> str:
        rows, id = self.model.rows(), self.list.current_id()
        return next((row.title for row in rows if row.id == id), "")

    def _withdraw(self) -> None:
        one = self._proposal()
        if one is not None and one.can_withdraw:
            self.bar.ask(t("It waits no more, and counts for nothing."), t("Take it off the table"),
                         lambda why: self.present.withdraw(one.id, why), t("Why"), True)  # fmt: skip

    def _guardians(self) -> None:
        if not self._may() or self.listed is None:
            return
        roll = self.listed.roll
        now = roll.guardians
        names = [one.name for one in roll.people if one.state != "retired"]
        self.guardians.put(names, now.people if now else (), now.need if now else 2)
        self._form(self.guardians)

    def _hand_over(self) -> None:
        if self._may() and self.listed is not None and self.listed.facts.keeps and not self.listed.facts.address:
            self.over.calm()
            self._form(self.over)

    def _opened(self) -> None:
        one = self._proposal()
        if one is not None and one.can_second:
            self._second()
        else:
            self.show_end()

    def _picked(self, id: str) -> None:
        self.present.id = id
        self._again()

    def _listed(self, listed: Listed) -> None:
        before, self.listed = self.listed, listed
        self.begins["invite"].offer(listed.facts.no_invite)
        here = sum(one.state != "retired" for one in listed.roll.people)
        self.people = t("{n} people", n=here)
        self.say_sub()
        there = any(row.id == self.present.id for row in listed.rows)
        self.list.fill(listed.rows, self.present.id if there else "")
        if before is None or (before.roll, before.facts) != (listed.roll, listed.facts):
            self._again()

    def _again(self) -> None:
        side.fill(self.side, self.listed, self.list.current_id(), self.runs_)

    def _invited(self, name: str, text: str) -> None:
        self.invitation.put(name, text)
        self._turn(self.invitation_page, self.invitation.copy)

    def _asked(self, asked: Asked) -> None:
        self.request.put(asked)
        self._turn(self.request_page, self.request.first())

    def _refused(self, place: str, words: str) -> None:
        page = self.pages.currentWidget()
        form = next((form for form, shown in self.form_pages.items() if shown is page), None)
        if form is not None:
            form.refuse(place, words)
        elif page is self.request_page:
            self.request.refuse(words)
        else:
            self.notice.say(words)

    def _done(self, words: str) -> None:
        if self.pages.currentWidget() is not self.invitation_page:
            self._leave()
        self.notice.say(words, tone="ok")

    def _save(self, text: str) -> None:
        made = QFileDialog(self, t("Save as a file"), "invitation.g20desk", "*.g20desk")
        made.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._ask(made, lambda path: self.present.save(path, text))

    def _open_request(self) -> None:
        made = QFileDialog(self, t("Open a file"))
        made.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask(made, self.present.read)

    def _ask(self, dialog: QFileDialog, then: Callable[[Path], Any]) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: then(Path(path)))
        dialog.open()
