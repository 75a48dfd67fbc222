"""Ui: part of the window."""
