"""What a server says of itself: its limits, and whether it is Mastodon."""

from __future__ import annotations

from typing import Any

from connectors.plain import ask
from g20desk.network import Unknown

SECONDS = 5.0


def limits(server: str) -> tuple[dict[str, int], str] | None:
    """What the server says today; None where it says nothing that can be read. Raises NotNow, Unknown."""
    home = server.strip().rstrip("/")
    home = home if "://" in home else f"https://{home}"
    for page in ("/api/v2/instance", "/api/v1/instance"):
        status, told = ask(f"{home}{page}", seconds=SECONDS)
        if status >= 500 or status == 429:
            raise Unknown(f"the server answered {status}")
        if status == 200 and isinstance(told, dict):
            found, version = about(told)
            return (found, version) if found else None
    return None


def about(told: Any) -> tuple[dict[str, int], str]:
    """Limits and version from `/api/v2/instance` or `/api/v1/instance`; what it does not say is left out."""
    told = told if isinstance(told, dict) else {}
    rules = told.get("configuration") or {}
    statuses, media = rules.get("statuses") or {}, rules.get("media_attachments") or {}
    polls = rules.get("polls") or {}
    said = {
        "characters": statuses.get("max_characters") or told.get("max_toot_chars"),
        "pictures": statuses.get("max_media_attachments"),
        "url_characters": statuses.get("characters_reserved_per_url"),
        "alt": media.get("description_limit"),
        "picture_bytes": media.get("image_size_limit"),
        "picture_pixels": media.get("image_matrix_limit"),
        "poll_answers": polls.get("max_options"),
        "poll_characters": polls.get("max_characters_per_option"),
        "poll_least_minutes": _minutes(polls.get("min_expiration"), up=True),
        "poll_most_minutes": _minutes(polls.get("max_expiration")),
        "film_bytes": media.get("video_size_limit"),
        "film_pixels": media.get("video_matrix_limit"),
        "film_rate": media.get("video_frame_rate_limit"),
    }
    return {name: value for name, value in said.items() if type(value) is int and value > 0}, str(
        told.get("version") or ""
    )


def _minutes(seconds: Any, up: bool = False) -> int | None:
    return (seconds + 59 * up) // 60 if type(seconds) is int else None
