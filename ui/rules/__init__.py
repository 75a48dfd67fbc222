"""Rules: part of the window."""
