"""What a checkout needs before anything runs: the environment, the system's packages, the Node packages of test servers.

Standard library only, on the same terms as dev.py, which calls it. What it says goes to standard error.
"""

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
STATE = os.path.join(ROOT, ".dev")
LOCK = os.path.join(ROOT, "requirements.lock")
PROJECT = os.path.join(ROOT, "pyproject.toml")
PDS = os.path.join(ROOT, "tests", "servers", "pds")
WINDOWS = os.name == "nt"
BIN = os.path.join(VENV, "Scripts" if WINDOWS else "bin")
PYTHON = os.path.join(BIN, "python.exe" if WINDOWS else "python")
STAMP = os.path.join(VENV, "g20desk.stamp")

SYSTEM_PACKAGES = (
    # Qt without a screen
    "libegl1 libgl1 libfontconfig1 libfreetype6 libxkbcommon0 libglib2.0-0 libdbus-1-3 "
    # Qt under Xvfb
    "xvfb xauth libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 "
    "libxcb-render-util0 libxcb-randr0 libxcb-shape0 libxcb-xkb1 libxcb-xfixes0 libxcb-sync1 "
    # every script, a database, a real keyring
    "fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji postgresql gnome-keyring dbus "
    # making the package, and a clean root to install it in
    "binutils mmdebstrap "
    # spelling
    "hunspell-en-gb hunspell-en-us hunspell-fr-classical hunspell-es hunspell-ru hunspell-ar"
).split()
# Asked for by command, since other sources package them under other names.
SYSTEM_COMMANDS = {"node": "nodejs", "npm": "npm", "make": "make", "g++": "g++"}


def say(text):
    print("dev.py: " + text, file=sys.stderr, flush=True)


def digest(*parts):
    import hashlib

    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def contents(path):
    with open(path, "rb") as file:
        return file.read()


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path + ".new", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".new", path)


def call(command, **options):
    """Run one set-up step; its output goes to standard error."""
    import subprocess

    return subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False, **options).returncode


class OneAtATime:
    """A file lock, so that two set-ups at once do not spoil each other's work."""

    def __enter__(self):
        os.makedirs(STATE, exist_ok=True)
        self.file = open(os.path.join(STATE, "lock"), "a+b")
        if WINDOWS:
            import msvcrt
            import time

            while True:
                try:
                    self.file.seek(0)
                    msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
                    return self
                except OSError:
                    time.sleep(0.2)
        import fcntl

        fcntl.flock(self.file, fcntl.LOCK_EX)
        return self

    def __exit__(self, *_):
        if WINDOWS:
            import msvcrt

            self.file.seek(0)
            msvcrt.locking(self.file.fileno(), msvcrt.LK_UNLCK, 1)
        self.file.close()


# -- the environment


def wanted():
    """What the environment is made from: the locked packages, and how this folder is installed into it."""
    place = ROOT.encode("utf-8", "surrogateescape")
    return [digest(contents(LOCK)), digest(contents(PROJECT), place)]


def environment():
    """Make or renew .venv; nothing to do costs two hashes."""
    if read(STAMP).split() == wanted() and os.path.exists(PYTHON):
        return
    if sys.version_info < (3, 11):
        sys.exit("dev.py: Python 3.11 or newer is needed; this is " + sys.version.split()[0])
    with OneAtATime():
        want, have = wanted(), read(STAMP).split()
        if have == want and os.path.exists(PYTHON):
            return
        import shutil

        if len(have) != 2 or not os.path.exists(PYTHON) or call([PYTHON, "-c", ""]) != 0:
            import venv

            say("making .venv")
            have = ["", ""]
            venv.EnvBuilder(clear=True, with_pip=True, symlinks=not WINDOWS).create(VENV)
        uv = shutil.which("uv")
        pip = (
            [uv, "pip", "install", "--compile-bytecode", "--python", PYTHON] if uv else [PYTHON, "-m", "pip", "install"]
        )
        install = [*pip, "--quiet"]
        if have[0] != want[0]:
            say("installing the locked packages with " + ("uv" if uv else "pip"))
            if call([*install, "--require-hashes", "--only-binary", ":all:", "-r", LOCK]) != 0:
                sys.exit("dev.py: the locked packages could not be installed")
        here = [*install, "--no-deps", "--no-build-isolation", "--config-settings", "editable_mode=compat"]
        if call([*here, "--editable", ROOT]) != 0:
            sys.exit("dev.py: g20desk could not be installed into .venv")
        sources = [os.path.join(ROOT, name) for name in ("g20desk", "connectors", "ui", "resources")]
        call([PYTHON, "-m", "compileall", "-q", *sources])  # where bytecode is not written, each start compiles anew
        write(STAMP, "\n".join(want) + "\n")


# -- the system


def missing_packages():
    import shutil
    import subprocess

    listing = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\\n", *SYSTEM_PACKAGES],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        check=False,
    ).stdout
    there = {line.split()[0] for line in listing.splitlines() if line.endswith(" installed")}
    lacking = [name for name in SYSTEM_PACKAGES if name not in there]
    return lacking + [package for command, package in SYSTEM_COMMANDS.items() if not shutil.which(command)]


def system():
    """Debian's libraries, fonts and servers, where we may install them; elsewhere, say what is needed."""
    import shutil

    if not sys.platform.startswith("linux"):
        return
    if not shutil.which("apt-get") or not shutil.which("dpkg-query"):
        say("not a Debian system; the tests want what these packages hold: " + " ".join(SYSTEM_PACKAGES))
        return
    stamp = os.path.join(STATE, "system.stamp")

    def now():
        names = " ".join([*SYSTEM_PACKAGES, *SYSTEM_COMMANDS])
        return digest(names.encode(), str(os.stat("/var/lib/dpkg/status").st_mtime_ns).encode())

    if read(stamp) == now():
        return
    with OneAtATime():
        lacking = missing_packages()
        if lacking and os.geteuid() != 0:
            say("please install, as root: apt-get install " + " ".join(lacking))
            return
        if lacking:
            say("installing " + " ".join(lacking))
            quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
            for _ in range(2):
                call(["apt-get", "-qq", "update"], env=quiet)
                command = ["apt-get", "-qq", "-y", "--no-install-recommends", "install", *lacking]
                if call(command, env=quiet) == 0:
                    break
            else:
                say("these could not be installed; tests that need them will say so: " + " ".join(missing_packages()))
                return
        write(stamp, now())


def test_servers():
    """The Node packages of the real Bluesky server: the folder they are in, or None where they cannot be had."""
    import shutil
    import subprocess

    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        say("no node and npm: the real Bluesky server is not set up")
        return None
    abi = subprocess.run(
        [node, "-p", "[process.platform, process.arch, process.versions.modules].join('-')"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    ).stdout.strip()
    names = ("package.json", "package-lock.json", ".npmrc")
    key = abi + "-" + digest(*(contents(os.path.join(PDS, name)) for name in names))[:16]
    cache = os.environ.get("G20DESK_DEV_CACHE") or os.path.join(os.path.expanduser("~"), ".cache", "g20desk-dev")
    home = os.path.join(os.path.abspath(cache), "pds-" + key)
    modules = os.path.join(home, "node_modules")
    if os.path.exists(home):
        return modules
    with OneAtATime():
        if os.path.exists(home):
            return modules
        say("installing the real Bluesky server for tests (minutes, once)")
        work = home + ".new"
        shutil.rmtree(work, ignore_errors=True)
        os.makedirs(work)
        for name in names:
            shutil.copy(os.path.join(PDS, name), work)
        variables = dict(os.environ)
        prefix = os.path.dirname(os.path.dirname(os.path.realpath(node)))
        if os.path.exists(os.path.join(prefix, "include", "node", "node.h")):
            variables["npm_config_nodedir"] = prefix  # compile against these headers, fetch none
        steps = (
            [npm, "ci", "--ignore-scripts", "--loglevel", "error"],
            [npm, "rebuild", "better-sqlite3", "--loglevel", "error"],
            [node, "-e", "new (require('better-sqlite3'))(':memory:')"],
        )
        for step in steps:
            if call(step, cwd=work, env=variables) != 0:
                say("the real Bluesky server could not be set up: " + " ".join(step[1:3]) + " failed")
                return None
        os.replace(work, home)
    return modules
