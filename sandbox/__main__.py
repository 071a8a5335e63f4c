"""Run a sandbox for any app: `python -m sandbox settings.json`."""

import sys
from pathlib import Path

from sandbox.server import serve
from sandbox.settings import SandboxSettings

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Say where the settings are: python -m sandbox settings.json")
    serve(SandboxSettings.read(Path(sys.argv[1])))
