"""`./ithaca replay BATCH`: a wave computed again from what was stored, and whether the same comes out."""

import argparse
import sys
from collections.abc import Iterator, Mapping
from uuid import UUID

from app import environment
from app.errors import CommandError
from core.config import Settings
from core.queue import Unheard
from core.rules.errors import NotFound
from core.rules.scores import CriterionScore
from core.services.batches import StoredBatch, stored_batch
from core.uow import SYSTEM, units_of
from embeddings.encoder import DEFAULT_MODEL, ModelError, load
from embeddings.vectors import Encoder
from matching.replay import Comparison, NotKept, Part, compare


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print mentor by mentor what was stored and what is computed. Returns 0 if it is the same."""
    settings = environment.settings(environ)
    batch = _stored(settings, arguments.batch)
    try:
        comparison = compare(batch, encoder(settings, batch.model))
    except NotKept:
        raise CommandError(f"What batch {batch.id} was computed from has been erased: it cannot be replayed.") from None
    sys.stdout.writelines(f"{line}\n" for line in report(batch, comparison))
    return 0 if comparison.same else 1


def encoder(settings: Settings, name: str) -> Encoder:
    """The encoder of this name: in use, in use before, or the packaged one. Raises `CommandError` if it is none."""
    for model in dict.fromkeys(filter(None, (settings.model, settings.model_before, DEFAULT_MODEL))):
        try:
            found = load(model)
        except ModelError as error:
            raise CommandError(str(error)) from None
        if found.name == name:
            return found
    raise CommandError(f"The batch was computed with the model {name}: set ITHACA_MODEL to its folder.")


def report(batch: StoredBatch, comparison: Comparison) -> Iterator[str]:
    """What there is to say, line by line; the last one is the verdict."""
    yield f"Batch {batch.id}, wave {batch.wave}, {batch.created_at:%Y-%m-%d %H:%M} UTC"
    yield f"model {batch.model}, weights {batch.weights_version}, index {batch.index_version}"
    for place, line in enumerate(comparison.lines, start=1):
        name = batch.names.get(line.mentor_id, str(line.mentor_id))
        verdict = "same" if line.same else "different"
        asked = "asked" if line.offered else ""
        yield f"{place:>3}. {name:<36} {asked:<5}  stored {line.stored:6.2f}  computed {line.computed:6.2f}  {verdict}"
        yield from (f"     {_told(part)}" for part in line.parts)
    if not comparison.in_order:
        yield "The order is another."
    yield "same" if comparison.same else "different"


def _told(part: Part) -> str:
    return f"{part.stored.criterion}: stored {_points(part.stored)}, computed {_points(part.computed)}"


def _points(part: CriterionScore) -> str:
    reason = f" ({part.student_phrase!r} and {part.mentor_phrase!r})" if part.student_phrase else ""
    return f"{part.points:.2f} of {part.weight:.2f}{reason}"


def _stored(settings: Settings, given: str) -> StoredBatch:
    try:
        batch_id = UUID(given)
    except ValueError:
        raise CommandError(
            f"{given} is no id of a batch: those look like 0190f3c2-7d3e-7a44-9c1e-3f6f0d9b8a10."
        ) from None
    units = units_of(settings, Unheard(), pool_size=1)
    try:
        with units.read(SYSTEM) as reading:
            return stored_batch(reading, batch_id)
    except NotFound:
        raise CommandError(
            f"There is no batch {batch_id}. With its student's account, a batch is erased too."
        ) from None
    finally:
        units.engine.dispose()
