#!/usr/bin/env python3
"""Everything a developer runs: demo, test, run, bench. Standard library only; sets itself up on first use.

    python3 dev.py demo [--shots DIR]   the window on a rehearsal office, or the same story in the terminal
    python3 dev.py test [ARGS]          set-up, gates and all tests; ARGS (pytest's own) narrow it to those tests
                                        --long [SEEDS]: the fault runs with that many seeds (2000)
    python3 dev.py run -- ARGS...       g20desk ARGS in the project's environment
    python3 dev.py bench [NAME]         the benchmarks

What set-up says goes to standard error. G20DESK_DEV_CACHE moves the cache of the test servers.
"""

import os
import sys

from tools.setting_up import BIN, PYTHON, ROOT, WINDOWS, environment, system, test_servers


def tool(name):
    return os.path.join(BIN, name + (".exe" if WINDOWS else ""))


def finish(command, variables=None):
    """Run the last command: on POSIX by becoming it, so that signals, streams and exit code are its own."""
    sys.stdout.flush()
    sys.stderr.flush()
    if not WINDOWS:
        os.execve(command[0], command, variables or os.environ)
    import subprocess

    with subprocess.Popen(command, env=variables) as child:
        while True:
            try:
                sys.exit(child.wait())
            except KeyboardInterrupt:
                continue  # the child got it too, and decides


def run(arguments):
    if arguments[:1] == ["--"]:
        arguments = arguments[1:]
    environment()
    # -P: a file in the caller's folder must not stand in for a module of ours.
    finish([PYTHON, "-P", "-m", "g20desk", *arguments])


def has_screen():
    return not sys.platform.startswith("linux") or any(os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY"))


def demo(arguments):
    environment()
    system()
    variables = dict(os.environ)
    if any(word == "--shots" or word.startswith("--shots=") for word in arguments):
        variables["QT_QPA_PLATFORM"] = "offscreen"
    elif not has_screen() and "--terminal" not in arguments:
        arguments = ["--terminal", *arguments]
    finish([PYTHON, "-P", "-m", "g20desk", "demo", *arguments], variables)


def bench(arguments):
    environment()
    variables = dict(os.environ)
    if "publish" in arguments or not [word for word in arguments if not word.startswith("-")]:
        modules = test_servers()
        if modules:
            variables["G20DESK_PDS_MODULES"] = modules
    finish([PYTHON, "-P", "-m", "tests.bench", *arguments], variables)


def gates(variables):
    """The checks that need no test run; the names of those that failed."""
    import subprocess

    checks = {
        "ruff check": [tool("ruff"), "check", "."],
        "ruff format": [tool("ruff"), "format", "--check", "."],
        "mypy": [tool("mypy"), "-p", "g20desk", "-p", "connectors"],
        "import contracts": [tool("lint-imports")],
    }
    failed = []
    for name, command in checks.items():
        print("== " + name, flush=True)
        if subprocess.run(command, cwd=ROOT, env=variables, check=False).returncode != 0:
            failed.append(name)
    return failed


def with_keyring(command, variables, folder):
    """The same command inside a session of its own, with a real and unlocked keyring, where the system has one."""
    import shutil

    if not shutil.which("dbus-run-session") or not shutil.which("gnome-keyring-daemon"):
        return command
    for name in ("XDG_RUNTIME_DIR", "XDG_DATA_HOME"):
        variables[name] = os.path.join(folder, name.lower())
        os.mkdir(variables[name], 0o700)
    unlock = 'printf "test\\n" | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1'
    # On a busy machine the daemon may be there before its collection is open.
    is_open = "import secretstorage as s; c = s.get_collection_by_alias(s.dbus_init(), 'default'); raise SystemExit(c.is_locked())"
    wait = f'for n in 1 2 3 4 5; do {unlock}; "{PYTHON}" -c "{is_open}" 2>/dev/null && break; sleep 1; done'
    return ["dbus-run-session", "--", "sh", "-c", wait + '; exec "$@"', "sh", *command]


def test(arguments):
    import shutil
    import subprocess
    import tempfile

    variables = dict(os.environ)
    variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    long = "--long" in arguments
    if long:
        at = arguments.index("--long")
        after = arguments[at + 1 : at + 2]
        counted = bool(after) and after[0].isdigit()
        variables["G20DESK_TEST_SEEDS"] = after[0] if counted else "2000"
        arguments = arguments[:at] + arguments[at + 1 + counted :]
    environment()
    system()
    modules = test_servers()
    if modules:
        variables["G20DESK_PDS_MODULES"] = modules
    failed = [] if arguments or long else gates(variables)
    print("== failed: " + ", ".join(failed) if failed else "== tests", flush=True)
    variables["G20DESK_GATES"] = ", ".join(failed)  # so that the last line counts them too
    command = [PYTHON, "-m", "pytest"]
    if long:
        command += ["--timeout", "0"]
        arguments = arguments or ["tests/faults", "tests/installer"]
    if long or not arguments:  # a few tests are sooner done than shared out
        command += ["--numprocesses", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal"]
    folder = tempfile.mkdtemp(prefix="g20desk-test-")
    try:
        child = subprocess.Popen(with_keyring([*command, *arguments], variables, folder), cwd=ROOT, env=variables)
        while True:
            try:
                code = child.wait()
                break
            except KeyboardInterrupt:
                continue  # pytest got it too, and reports
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(code or (1 if failed else 0))


def main():
    commands = {"demo": demo, "test": test, "run": run, "bench": bench}
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name in ("-h", "--help"):
        print(__doc__)
    elif name in commands:
        commands[name](sys.argv[2:])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
