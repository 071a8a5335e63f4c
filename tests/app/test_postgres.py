"""The embedded PostgreSQL as a stack uses it: durable, killed, and started again."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from app.embedded import account, postgres
from app.embedded.postgres import Cluster
from app.errors import CommandError
from app.stack.child import leashed
from app.stack.ports import free_port


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    """A server yet to be made. Not in `tmp_path`, which a second run of pytest would close to PostgreSQL."""
    with TemporaryDirectory(prefix="ithaca-") as name:
        folder = Path(name).resolve() / "postgres"
        yield Cluster(folder, free_port(), "0123456789", account.needed(folder), durable=False)


@contextmanager
def running(cluster: Cluster) -> Iterator[subprocess.Popen[bytes]]:
    postgres.prepare(cluster)
    command = leashed(cluster.command(), signal.SIGINT, cluster.account)
    with subprocess.Popen(
        command, env=postgres.environment(), cwd="/", stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            while not cluster.is_ready():
                assert process.poll() is None
                time.sleep(0.01)
            yield process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)


def test_what_was_committed_survives_a_kill_though_the_old_number_was_taken(cluster: Cluster) -> None:
    cluster = replace(cluster, durable=True)
    with running(cluster) as process, psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute("CREATE TABLE promises AS SELECT 'kept' AS state")
        process.kill()
    pid_file = cluster.folder / "postmaster.pid"
    pid_file.write_text(pid_file.read_text().replace(str(process.pid), str(os.getppid()), 1))
    with running(cluster), psycopg.connect(cluster.url) as connection:
        assert connection.execute("SELECT state FROM promises").fetchone() == ("kept",)


def test_the_owner_is_no_superuser_and_the_superuser_cannot_connect(cluster: Cluster) -> None:
    with running(cluster):
        with psycopg.connect(cluster.url) as connection:
            rights = "SELECT rolsuper, rolcreaterole FROM pg_roles WHERE rolname = current_user"
            assert connection.execute(rights).fetchone() == (False, True)
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(cluster.url.replace("ithaca:", "postgres:", 1))


def test_a_server_that_outlived_its_stack_is_stopped(cluster: Cluster) -> None:
    assert not postgres.stop_orphan(cluster.folder)
    with running(cluster) as process:
        assert postgres.stop_orphan(cluster.folder)
        assert process.wait() == 0


def test_data_of_another_version_is_left_alone(cluster: Cluster) -> None:
    postgres.prepare(cluster)
    (cluster.folder / "PG_VERSION").write_text("9\n")
    with pytest.raises(CommandError, match="was made by PostgreSQL 9"):
        postgres.prepare(cluster)


def test_an_interrupted_first_start_leaves_nothing_half_made(cluster: Cluster) -> None:
    half = cluster.folder.with_name("postgres.new")
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with running(replace(cluster, port=free_port())):
        assert not half.exists()
