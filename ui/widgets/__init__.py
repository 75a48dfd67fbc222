"""Widgets: part of the window."""
