"""The rows of the routes' list: those in force, one that is being written, what no route is made for, what is set for all of them,
those withdrawn."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from g20desk.office.route import SILENCE
from ui.office.route_reading import taken_for
from ui.office.routes_presenter import Listed
from ui.rows import Row
from ui.texts import comma, isolated, t

OTHERS, RULES, GONE, NEW = "others", "rules", "gone/", "new"


def rows_of(now: Listed, drafts: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """All of them; `drafts`: what is written and not adopted, by the row that it belongs to."""
    made = [_row(now, id, drafts) for id in sorted(now.files, key=lambda id: now.files[id]["name"].casefold())]
    if NEW in drafts:
        name = isolated(drafts[NEW]["name"]) or t("New route")
        made.insert(0, Row(NEW, name, t("Not adopted yet"), "pencil", "warn", third=t("Being written")))
    made.append(Row(OTHERS, t("Everything else"), t("One approval"), "circle-dashed", "text3", third=t("No route")))
    made.append(Row(RULES, t("Set for all routes"), t("The least silence, Presidency and troika"), "settings-2"))
    return [*made, *(Row(GONE + name, isolated(name), t("Withdrawn"), "undo-2", "text3") for name in gone(now))]


def gone(now: Listed) -> list[str]:
    """The names of routes that were withdrawn and not adopted anew."""
    standing = {one["name"] for one in now.files.values()}
    return list(dict.fromkeys(one.route.name for one in now.versions if one.route.name not in standing))


def _row(now: Listed, id: str, drafts: Collection[str]) -> Row:
    route = now.said[id].route
    silent = any(stage.mode == SILENCE for stage in route.stages)
    many = t("1 stage") if len(route.stages) == 1 else t("{n} stages", n=len(route.stages))
    third = f"{many}{comma()}{t('with a silence')}" if silent else many
    right = t("Changed, not adopted") if id in drafts else ""
    icon = "timer" if silent else "stamp"
    return Row(id, isolated(route.name), taken_for(route, now.names), icon, third=third, third_right=right)
