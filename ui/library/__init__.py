"""The library's screen: part of the window."""
