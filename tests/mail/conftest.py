"""A certificate of the tests' own, made by the openssl command, for servers that encrypt."""

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def certificate_files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    public, private = folder / "certificate.pem", folder / "key.pem"
    wanted = "-x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1"
    subprocess.run(
        [openssl, "req", *wanted.split(), "-out", public, "-keyout", private], check=True, capture_output=True
    )
    return public, private


@pytest.fixture
def certificate(certificate_files: tuple[Path, Path]) -> ssl.SSLContext:
    """For the server."""
    made = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    made.load_cert_chain(*certificate_files)
    return made


@pytest.fixture
def trust(certificate_files: tuple[Path, Path]) -> ssl.SSLContext:
    """For who sends: believes in this certificate."""
    return ssl.create_default_context(cafile=certificate_files[0])
