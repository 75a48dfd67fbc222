"""What the window says of the administrator's policy: a fault in it, and what is decided there."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout

from g20desk import policy
from ui.texts import ltr, reason, t
from ui.widgets.chrome import Notice

SHUT = "block"


def set_by() -> str:
    """Beside whatever the administrator decided."""
    return t("Set by your administrator")


def tell(notice: Notice) -> bool:
    """Say that the policy has a fault, where it has one; whether it has."""
    found = policy.now()
    if not found.faults:
        return False
    words = (
        t(
            "The policy of this computer has a fault. Nothing leaves this computer until your administrator has mended it."
        )
        if found.closed
        else t("The policy of this computer has a fault. The rest of it counts.")
    )
    notice.say(words, f"{reason(policy.whom())}\n{ltr(found.faults[0].sentence())}", SHUT if found.closed else "warn")
    return True


def place(layout: QBoxLayout) -> None:
    """The same at the head of a window, where there is something to say."""
    if policy.now().faults:
        notice = Notice()
        tell(notice)
        layout.addWidget(notice)


def hub() -> str:
    """That only an invitation is left, where the administrator has named the hub; else empty."""
    said = policy.value("hub.address")
    return (
        t("{set}: the office's hub is {address}. All that is left is your invitation.", set=set_by(), address=ltr(said))
        if said
        else ""
    )
