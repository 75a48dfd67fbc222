"""The front door: what the window, the command line and the publisher all call. A part per noun."""

from __future__ import annotations

from g20desk.desk.desk import Desk

__all__ = ["Desk"]
