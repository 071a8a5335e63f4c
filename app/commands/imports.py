"""`./ithaca import`: people from a CSV file, as the page Import of the admin does it."""

import argparse
import sys
from collections.abc import Mapping

from app import environment
from app.errors import CommandError
from core.queue import CeleryQueue, producer
from core.rules.import_files import UnreadableFile, read_table
from core.services.imports import Change, ImportOutdated, Preview, import_part, parts, preview
from core.uow import SYSTEM, Units, units_of
from core.words import count

OUTDATED = "People have changed meanwhile, so the rest was not imported. Please run it again."
DONE, FAULTY = 0, 1


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Say what the file would do and, unless it is a dry run, do it. Faulty rows block everything unless left out."""
    settings = environment.settings(environ)
    units = units_of(settings, CeleryQueue(producer(settings.redis_url)), pool_size=2)
    try:
        table = read_table(arguments.file.read_bytes())
        with units.read(SYSTEM) as reading:
            seen = preview(reading, table)
        _tell(seen)
        if seen.faults and not (arguments.leave_out_faulty and seen.steps):
            sys.stdout.write("Nothing was written. Mend these, or leave them out with --leave-out-faulty.\n")
            return FAULTY
        if arguments.dry_run:
            sys.stdout.write("Nothing was written.\n")
            return DONE
        _carry_out(units, seen)
    except OSError as error:
        raise CommandError(f"{arguments.file}: {error.strerror}") from None
    except UnreadableFile as error:
        raise CommandError(error.why) from None
    except ImportOutdated:
        raise CommandError(OUTDATED) from None
    finally:
        units.engine.dispose()
    return DONE


def _tell(seen: Preview) -> None:
    for fault in seen.faults:
        where = f"row {fault.number}, {fault.column}" if fault.column else f"row {fault.number}"
        sys.stdout.write(f"{where}: {fault.problem}\n")
    counts = ", ".join(f"{seen.people(change):,} {change}" for change in Change)
    sys.stdout.write(f"{counts}, {seen.faulty:,} faulty\n")


def _carry_out(units: Units, seen: Preview) -> None:
    for steps in parts(seen):
        with units.work(SYSTEM) as work:
            import_part(work, steps)
    sys.stdout.write(f"Imported {count(seen.importing, 'person', 'people')}.\n")
