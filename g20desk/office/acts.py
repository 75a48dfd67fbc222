"""All acts, registered by loading their modules; which stream each noun's acts belong to, and how a stream begins."""

from __future__ import annotations

from typing import Any

from g20desk.office import (
    accounts,
    addresses,
    afterwards,
    agreeing,
    carrying,
    comments,
    deputies,
    devices,
    drafts,
    embargoes,
    emergency,
    epochs,
    founding,
    guardians,
    handles,
    holds,
    members,
    message,
    messages,
    mourning,
    order,
    overheard,
    plan,
    posts,
    presidency,
    recurring,
    redaction,
    relays,
    roster,
    routes,
    rulebooks,
    schedule,
    signoff,
    silence,
    slots,
    state,
    vouching,
    wordlist,
)
from g20desk.office.fold import ACTS, NOUNS, act_of

START: dict[str, Any] = {"office": state.Office(), "draft": drafts.Draft(), "message": message.Message(),
                         "plan": plan.Plan()}  # fmt: skip
MODULES = (
    founding, members, devices, vouching, guardians, roster, epochs, order, accounts, addresses, handles, holds, embargoes, mourning,
    slots, recurring, rulebooks, wordlist, redaction, routes, presidency, deputies, drafts, messages,
    signoff, silence, comments, emergency, schedule, posts, afterwards, relays, overheard, carrying, plan, agreeing,
)  # fmt: skip

__all__ = ["ACTS", "MODULES", "NOUNS", "START", "act_of"]
