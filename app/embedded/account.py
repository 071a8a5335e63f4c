"""PostgreSQL refuses to run as root: it gets a system account of its own, which is let in to its files."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from app.errors import CommandError

NAME = "embedded_postgres"
ENTER = stat.S_IXOTH
READ = stat.S_IROTH


@dataclass(frozen=True)
class Account:
    """A system account without rights of its own."""

    uid: int
    gid: int


def needed(folder: Path) -> Account | None:
    """The account for PostgreSQL if we are root: whose the folder is, or one of its own. Others need none."""
    if os.geteuid() != 0:
        return None
    if folder.exists() and (owner := folder.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid)
    entry = _entry()
    if entry is None:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", NAME]
        if shutil.which(command[0]) is None:
            raise CommandError(
                "PostgreSQL does not run as root, and useradd is missing, so no account can be made for it: "
                f"add a system user named {NAME}, or run Ithaca as an ordinary user."
            )
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - constants
        entry = _entry()
        if entry is None:
            raise CommandError(f"No system user {NAME} could be made for PostgreSQL: {done.stderr.strip()}")
    return Account(entry.pw_uid, entry.pw_gid)


def _entry() -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(NAME)
    except KeyError:
        return None


def let_through(path: Path) -> list[Path]:
    """Let others pass each folder on the way to this path, not list it. Returns those that were closed."""
    closed = [folder for folder in path.resolve().parents if not folder.stat().st_mode & ENTER]
    for folder in closed:
        _open(folder, ENTER)
    return closed


def let_read(tree: Path) -> None:
    """Let others read a tree of programs that was installed for root alone."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            runs = path.is_dir() or path.stat().st_mode & stat.S_IXUSR
            _open(path, READ | ENTER if runs else READ)


def _open(path: Path, bits: int) -> None:
    mode = path.stat().st_mode
    try:
        if mode & bits != bits:
            path.chmod(stat.S_IMODE(mode) | bits)
    except OSError as error:
        raise CommandError(
            f"PostgreSQL runs as {NAME}, which may not enter {path}, and that cannot be changed "
            f"({error.strerror}): choose another folder with ITHACA_DATA, or run Ithaca as an ordinary user."
        ) from None
