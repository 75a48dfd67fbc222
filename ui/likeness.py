"""A look-alike of agreed wording, said for people: how it differs, what was agreed, and where that stands."""

from __future__ import annotations

from typing import Any

from ui.texts import isolated, t

NEAR, OTHER = "LIKE-01", "LIKE-02"


def alike(found: dict[str, Any]) -> bool:
    """Whether a finding is one."""
    return found["rule"] in (NEAR, OTHER) and "differs" in found


def said(found: dict[str, Any]) -> str:
    """How the text differs from what was agreed, in neutral words, and what that was."""
    why = "; ".join(_difference(one) for one in found["differs"])
    near = found["rule"] == NEAR
    first = (
        t("Close to agreed wording: {why}.", why=why)
        if near
        else t("May say something else than was agreed: {why}.", why=why)
    )
    agreed = t("Agreed: “{words}”", words=isolated(found["agreed"]))
    return f"{first} {agreed}" + (f" ({isolated(found['source'])})" if found["source"] else "")


def line(found: dict[str, Any]) -> str:
    """The id of the line that it is like; empty where that is the language of a declaration, which has no page."""
    return str(found["line"]) if alike(found) and "/" not in str(found["line"]) else ""


def _difference(one: dict[str, str]) -> str:
    here, there = isolated(one["said"]), isolated(one["wants"])
    if one["kind"] == "locked":
        return t("the locked phrase “{wants}” is altered", wants=there)
    if one["said"] and one["wants"]:
        return t("“{said}” stands where “{wants}” was agreed", said=here, wants=there)
    return t("“{said}” is added", said=here) if one["said"] else t("“{wants}” is left out", wants=there)
