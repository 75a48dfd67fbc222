"""Uploads to X: announced, handed over in pieces, worked on there, described (POST /2/media/upload/...)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from g20desk.network import NotNow, Picture, Rejected, Unknown

CHUNK = 1_000_000
POLLS = 15


def upload(ask: Callable[..., Any], picture: Picture, pause: Callable[[float], None]) -> str:
    """The file's id, once the network has worked on it and holds its description. `ask(method, path, **fields)` is `data`
    of an answer. Raises Rejected, NotNow, Unknown."""
    kind = "tweet_gif" if picture.mime == "image/gif" else "tweet_image"
    base = "/2/media/upload"
    size = len(picture.data)
    begun = ask("POST", f"{base}/initialize", media_type=picture.mime, total_bytes=size, media_category=kind)
    if not isinstance(begun, dict) or not begun.get("id"):
        raise Unknown("the answer holds no picture")
    name = str(begun["id"])
    for index, start in enumerate(range(0, size, CHUNK)):
        chunk = {"media": ("picture", picture.data[start : start + CHUNK], "application/octet-stream")}
        ask("POST", f"{base}/{name}/append", files=chunk, segment_index=index)
    _worked_on(ask, name, ask("POST", f"{base}/{name}/finalize"), pause)
    if picture.alt:
        ask("POST", "/2/media/metadata", id=name, metadata={"alt_text": {"text": picture.alt}})
    return name


def _worked_on(ask: Callable[..., Any], name: str, state: Any, pause: Callable[[float], None]) -> None:
    for _ in range(POLLS):
        if not isinstance(state, dict):
            raise Unknown("the answer holds no picture")
        work = state.get("processing_info") or {"state": "succeeded"}
        if work.get("state") == "succeeded":
            return
        if work.get("state") == "failed":
            raise Rejected("the network cannot use a picture")
        pause(min(max(float(work.get("check_after_secs") or 1), 0.5), 10))
        state = ask("GET", "/2/media/upload", media_id=name, command="STATUS")
    raise NotNow("the network is still working on a picture")
