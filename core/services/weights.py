"""The weights of the criteria that count now."""

from core.rules.weights import DEFAULT, Weights
from core.services.settings import newest
from core.uow import Reading

WEIGHTS = "weights"


def current_weights(reading: Reading) -> Weights:
    """The newest version stored, or the default. Waves that are out keep those they were computed with."""
    setting = newest(reading, WEIGHTS)
    return Weights.from_json(setting.version, setting.value) if setting else DEFAULT
