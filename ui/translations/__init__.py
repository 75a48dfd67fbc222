"""Translations: part of the window."""
