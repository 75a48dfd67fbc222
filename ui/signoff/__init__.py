"""Signoff: part of the window."""
