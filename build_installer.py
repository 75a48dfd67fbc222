#!/usr/bin/env python3
"""One command makes what a ministry's IT installs, for the system that it is run on. Sets itself up as dev.py does.

    python3 build_installer.py [--out DIR] [--work DIR]    Linux: the program's folder and a .deb
                                                           Windows: the folder and a setup program (Inno Setup)
                                                           macOS: the folder, an .app and a .dmg
    --only freeze                                          the folder alone, tested
    --scripts                                              also the scripts of the systems that this is not
    --skip-self-test                                       do not run what was made

The folder is made by PyInstaller and has to pass its own test. With it come SHA256SUMS, the parts list (CycloneDX) and the notices
of third parties. SOURCE_DATE_EPOCH fixes the date of everything inside: the same sources then make the same bytes.
"""

import os
import sys

from tools.setting_up import PYTHON, ROOT, environment, system


def main():
    environment()
    system()
    if os.path.realpath(sys.prefix) != os.path.realpath(os.path.dirname(os.path.dirname(PYTHON))):
        sys.stdout.flush()
        import subprocess

        sys.exit(
            subprocess.run(
                [PYTHON, "-P", os.path.join(ROOT, "build_installer.py"), *sys.argv[1:]], check=False
            ).returncode
        )
    sys.path.insert(0, ROOT)
    from tools.installer.building import main as build

    sys.exit(build(sys.argv[1:], __doc__))


if __name__ == "__main__":
    main()
