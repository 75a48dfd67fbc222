"""g20desk: official messages, signed off by governments and published once."""

__version__ = "1.0.0"
