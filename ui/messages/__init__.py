"""Messages: part of the window."""
