"""What a window shows of an end that was none, and the file for whoever helps."""
