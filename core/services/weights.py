"""The weights of the criteria that count now."""

from sqlalchemy import select

from core.models import Setting
from core.rules.weights import DEFAULT, Weights
from core.uow import Reading

WEIGHTS = "weights"


def current_weights(reading: Reading) -> Weights:
    """The newest version stored, or the default. Waves that are out keep those they were computed with."""
    newest = reading.session.scalar(
        select(Setting).where(Setting.name == WEIGHTS).order_by(Setting.version.desc()).limit(1)
    )
    return Weights.from_json(newest.version, newest.value) if newest else DEFAULT
