"""`leash.py SIGNAL PARENT UID GID NICE COMMAND…`: becomes the command, which gets SIGNAL when its parent ends.

A script of its own, with the standard library alone. Where the kernel knows no such wish (anything but
Linux), the next start stops what was left over, from the list of processes in the data folder.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main(sign: int, parent: int, uid: int, gid: int, niceness: int, command: list[str]) -> None:
    """Become the command. Rights are dropped first: the kernel forgets the wish when they change."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None
    for deaf in (signal.SIGINT, signal.SIGQUIT):  # a shell has its background jobs ignore both, and so would servers
        signal.signal(deaf, signal.SIG_DFL)
    os.umask(0o077)
    os.nice(niceness)
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if libc:
        libc.prctl(PR_SET_PDEATHSIG, sign, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the parent is already gone")
    os.execvp(command[0], command)  # noqa: S606 - its whole purpose


if __name__ == "__main__":
    sign, parent, uid, gid, niceness = (int(value) for value in sys.argv[1:6])
    main(sign, parent, uid, gid, niceness, sys.argv[6:])
