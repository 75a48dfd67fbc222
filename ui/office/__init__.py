"""The office's screen: part of the window."""
