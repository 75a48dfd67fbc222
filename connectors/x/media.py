"""Uploads to X: announced, handed over in pieces, worked on there, described (POST /2/media/upload/...)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from g20desk.network import NotNow, Picture, Rejected, Unknown

CHUNK, FILM_CHUNK = 1_000_000, 4_000_000
KINDS = {"image/gif": "tweet_gif", "video/mp4": "tweet_video"}
POLLS = 15


def upload(ask: Callable[..., Any], picture: Picture, pause: Callable[[float], None], whole: bool) -> str:
    """The file's id. Whether the network has worked on it, `worked` tells later; with `whole` it has by then. What the
    network keeps a description of has it. `ask(method, path, **fields)` is `data` of an answer. Raises Rejected, NotNow,
    Unknown."""
    kind = KINDS.get(picture.mime, "tweet_image")
    base = "/2/media/upload"
    size = len(picture.data)
    begun = ask("POST", f"{base}/initialize", media_type=picture.mime, total_bytes=size, media_category=kind)
    if not isinstance(begun, dict) or not begun.get("id"):
        raise Unknown("the answer holds no picture")
    name = str(begun["id"])
    chunk_size = FILM_CHUNK if picture.ms else CHUNK
    for index, start in enumerate(range(0, size, chunk_size)):
        chunk = {"media": ("picture", picture.data[start : start + chunk_size], "application/octet-stream")}
        ask("POST", f"{base}/{name}/append", files=chunk, segment_index=index)
    state = ask("POST", f"{base}/{name}/finalize")
    if whole:
        _worked_on(ask, name, state, pause)
    if picture.alt and kind != "tweet_video":
        ask("POST", "/2/media/metadata", id=name, metadata={"alt_text": {"text": picture.alt}})
    return name


def worked(ask: Callable[..., Any], name: str) -> None:
    """Raise NotNow while the network works on a file, Rejected where it can't use it."""
    _worked_on(ask, name, ask("GET", "/2/media/upload", media_id=name, command="STATUS"), None)


def _worked_on(ask: Callable[..., Any], name: str, state: Any, pause: Callable[[float], None] | None) -> None:
    for _ in range(POLLS):
        if not isinstance(state, dict):
            raise Unknown("the answer holds no picture")
        work = state.get("processing_info") or {"state": "succeeded"}
        if work.get("state") == "succeeded":
            return
        if work.get("state") == "failed":
            why = str((work.get("error") or {}).get("message") or "")
            raise Rejected(f"the network cannot use a picture: {why}" if why else "the network cannot use a picture")
        if pause is None:
            break
        pause(min(max(float(work.get("check_after_secs") or 1), 0.5), 10))
        state = ask("GET", "/2/media/upload", media_id=name, command="STATUS")
    raise NotNow("the network is still working on a picture")
