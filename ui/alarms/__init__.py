"""Alarms in the window and beside it."""
