"""In touch with the office: part of the window."""
