"""Today: part of the window."""
