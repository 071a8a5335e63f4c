"""Makes `.venv` as requirements.lock says. Runs before anything is installed: the standard library alone.

`installed.lock` in `.venv` is a copy of the lock file that was installed; `./ithaca` compares the two at each
start. While an installation is under way a mark lies in `.venv`: one that was interrupted begins from
nothing.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISLEADING = ("PYTHONPATH", "PYTHONHOME", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV")


class InstallationError(Exception):
    """The dependencies could not be installed; the message says why."""


def install(root: Path) -> None:
    """Install what is locked, unless another start has done so while this one waited for its turn."""
    venv, lock = root / ".venv", root / "requirements.lock"
    stamp, mark = venv / "installed.lock", venv / "installing"
    with _alone(root):
        if stamp.exists() and stamp.read_bytes() == lock.read_bytes() and (venv / "bin/python").exists():
            return
        began = time.monotonic()
        _say("Installing dependencies (about two minutes, once)…")
        if mark.exists() or not (venv / "bin/python").exists():
            shutil.rmtree(venv, ignore_errors=True)
        venv.mkdir(exist_ok=True)
        mark.touch()
        if not (venv / "bin/python").exists():
            _run("making .venv", [sys.executable, "-m", "venv", str(venv)])
        locked = lock.read_bytes()
        pip = [str(venv / "bin/python"), "-m", "pip", "install", "--quiet", "--no-input"]
        _run("pip", [*pip, "--disable-pip-version-check", "--root-user-action=ignore", "-r", str(lock)])
        stamp.write_bytes(locked)
        mark.unlink()
        _say(f"Dependencies installed in {time.monotonic() - began:.0f} s.")


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """One installation at a time: a lock on the project's folder, which no kill leaves behind."""
    handle = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("Another start is installing the dependencies; waiting for it…")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _run(what: str, command: list[str]) -> None:
    environ = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    done = subprocess.run(  # noqa: S603 - our own commands
        command, env=environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise InstallationError(f"{done.stdout}{done.stderr}\nInstalling failed: {what} ended with {done.returncode}.")


def _say(text: str) -> None:
    """To standard error: what `./ithaca env` prints on standard output is for the shell."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def main() -> int:
    """Install into the folder above this one."""
    try:
        install(Path(__file__).resolve().parent.parent)
    except InstallationError as error:
        _say(str(error))
        if "ensurepip" in str(error):
            _say("This Python lacks its venv module: on Debian and Ubuntu, install the package python3-venv.")
    except OSError as error:
        _say(f"Installing failed: {error}")
    except KeyboardInterrupt:
        _say("Interrupted. The next start installs anew.")
        return 130
    else:
        return 0
    return 1


if __name__ == "__main__":
    sys.exit(main())
