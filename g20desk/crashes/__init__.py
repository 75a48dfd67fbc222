"""What ended the program, or went wrong in it, and nobody foresaw: reports that stay on this computer. `report.py` writes and
reads them, `running.py` tells an end that was no end."""
