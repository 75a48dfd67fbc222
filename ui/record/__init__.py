"""The record's screen: part of the window."""
