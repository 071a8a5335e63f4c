"""Letters about a person's own data."""

from collections.abc import Mapping
from uuid import UUID

from core.notifications import Kind
from core.services.deliveries import NothingToSay
from core.uow import Reading
from mail.letters.parts import Draft, Reader
from mail.letters.privacy import own_data_letter
from mail.writers.access import Writer, only_for


def _own_data(reading: Reading, reader: Reader, person_id: UUID) -> Draft:
    del reading
    only_for(reader, person_id)
    return own_data_letter(reader)


def _removed(reading: Reading, reader: Reader, subject_id: UUID) -> Draft:
    """A letter cannot be taken down."""
    del reading, reader, subject_id
    raise NothingToSay


WRITERS: Mapping[Kind, Writer] = {Kind.OWN_DATA: _own_data, Kind.REMOVED: _removed}
