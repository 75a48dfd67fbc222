"""The one error of a build."""

from __future__ import annotations


class NotMade(Exception):
    """Something could not be made; the message says what, and what to do."""
