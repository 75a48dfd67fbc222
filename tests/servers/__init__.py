"""Servers that stand in for the networks in tests."""
