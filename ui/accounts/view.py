"""Accounts' widgets."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.accounts.presenter import AccountsPresenter
from ui.bus import Ctx
from ui.rows import RowModel
from ui.screen import Screen
from ui.texts import ltr, t
from ui.widgets.base import Label, column, line, panel
from ui.widgets.rowlist import RowList


class AccountsView(Screen):
    """The list, and how to add one."""

    scope = "accounts"

    def __init__(self, ctx: Ctx) -> None:
        self.present = AccountsPresenter(ctx)
        super().__init__(ctx, self.present, t("Accounts"))
        row = line(self.body, gap=0)
        main = QWidget()
        layout = column(main, (0, 8, 0, 0))
        self.model = RowModel(self)
        self.list = RowList(self.model, t("Accounts"))
        self.empty = Label(t("No accounts yet."), 13, tone="text2")
        self.empty.setContentsMargins(24, 12, 24, 0)
        layout.addWidget(self.empty)
        layout.addWidget(self.list, 1)
        row.addWidget(main, 1)
        end = panel("surface", "start")
        end.setFixedWidth(theme.px(320))
        side = column(end, (20, 18, 20, 12), 8)
        side.addWidget(Label(t("Secrets stay on this desk"), 13, theme.BOLD))
        side.addWidget(
            Label(
                t(
                    "A sign-in is kept in this computer's keyring. It never enters the record, and no "
                    "other desk sees it."
                ),
                12,
                tone="text2",
                wrap=True,
            )
        )
        side.addSpacing(10)
        side.addWidget(Label(t("Add an account"), 13, theme.BOLD))
        side.addWidget(Label(t("For now from the command line:"), 12, tone="text2", wrap=True))
        code = Label(ltr("g20desk account add bluesky"), 12, wrap=True)
        code.setFont(theme.mono(12))
        side.addWidget(code)
        side.addStretch(1)
        row.addWidget(end)
        self.end = end
        self.present.listed.connect(self._listed)

    def first(self) -> QWidget:
        """The list."""
        return self.list

    def _listed(self, rows: list[Any]) -> None:
        self.model.put(rows)
        self.empty.setVisible(not rows)
        self.header.sub.setText(t("{n} in all", n=len(rows)))
