"""How much the hub takes: of a request, of a device, of an office. Sizes in bytes, times in seconds."""

from __future__ import annotations

from dataclasses import dataclass

KB, MB, GB = 1 << 10, 1 << 20, 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one hub; each has a reason beside it."""

    envelope: int = 4 * MB  # an act whose content would be larger has it in pieces
    batch: int = 8 * MB  # one body of `append`, `take-over` and `pieces`
    envelopes: int = 1_000  # in one body
    part: int = MB  # one body of a piece
    least_part: int = 64 * KB  # of a part that is not the last: a piece in crumbs costs a row each
    small: int = 64 * KB  # a piece that may come and go with others; a larger one has requests of its own
    pieces: int = 1_000  # in one body or answer
    piece: int = 512 * MB  # a video as X takes it
    office: int = 64 * GB  # all that an office may hold
    device: int = 16 * GB  # all that one device may put into it
    bodies: int = 128 * MB  # that one process holds at once
    device_bodies: int = 24 * MB  # of one device
    page: int = 4 * MB  # one answer of `entries` and `fetch`
    window: int = 300  # between a request's time and the hub's
    requests: float = 50  # a second and device, in the long run
    burst: float = 500  # at once
    refusals: float = 5  # a second and address, of requests that nobody of the office signed
    refusals_burst: float = 100
    waits: int = 8  # of one device at once
    head: int = 16 * KB  # of a request
    headers: float = 10  # until it is there
    silence: float = 20  # between two pieces of a body
    body: float = 300  # until a body is there
    fetching: float = 60  # an answer that nobody takes
    connections: int = 200  # from one address; a proxy on the same machine has no such limit
    heartbeat: float = 15  # of `wait`
    longest_wait: float = 600
