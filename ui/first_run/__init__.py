"""First run: part of the window."""
