"""The office of the sign-off's tests, on a clock that the test moves."""

from __future__ import annotations

from tests.signoff.conftest import told

__all__ = ["told"]
