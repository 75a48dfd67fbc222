"""Accounts: part of the window."""
