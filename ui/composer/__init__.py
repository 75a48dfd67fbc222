"""Composer: part of the window."""
