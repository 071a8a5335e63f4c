"""`./ithaca backup`: everything the service knows, in one file."""

import argparse
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from app import backups
from app.stack.database import database


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Write it while the service runs or stands still, and say where it is."""
    with database(environ) as settings:
        file = arguments.file or _usual_place(settings.data)
        found = backups.dump(settings, file)
    size = file.stat().st_size / 1024
    sys.stdout.write(f"{file}: {found.total:,} rows of {len(found.rows)} tables, {size:,.0f} kB.\n")
    sys.stdout.write("It holds personal data. Keep ITHACA_SECRET_KEY too, elsewhere: links in letters need it.\n")
    return 0


def _usual_place(data: Path) -> Path:
    return data / "backups" / f"ithaca-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.dump"
