"""Calendar: part of the window."""
