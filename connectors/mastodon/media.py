"""Uploads to Mastodon: handed over whole with their description, then worked on there (POST /api/v2/media)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from connectors.deadline import UPLOADS
from g20desk.network import NotNow, Picture, Unknown

POLLS = 15


def upload(ask: Callable[..., Any], picture: Picture, pause: Callable[[float], None], whole: bool) -> str:
    """The file's id. Whether the server has worked on it, `worked` tells later; with `whole` it has by then. `ask(method, path, **more)` is the JSON of an answer. Raises
    Rejected, NotNow, Unknown."""
    file = ("picture." + picture.mime.rpartition("/")[2], picture.data, picture.mime)
    about = {"description": picture.alt}
    media = ask("POST", "/api/v2/media", files={"file": file}, data=about, times=UPLOADS)
    if not isinstance(media, dict) or not media.get("id"):
        raise Unknown("the answer holds no picture")
    name = str(media["id"])
    for _ in range(POLLS):
        if media.get("url") or not whole:
            return name
        pause(1.0)
        media = ask("GET", f"/api/v1/media/{name}") or {}
    raise NotNow("the server is still working on a picture")


def worked(ask: Callable[..., Any], name: str) -> None:
    """Raise NotNow while the server works on a file, Rejected where it can't use it."""
    if not (ask("GET", f"/api/v1/media/{name}") or {}).get("url"):
        raise NotNow("the server is still working on a picture")
