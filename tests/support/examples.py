"""How many examples Hypothesis tries: few in the suite, many with `--hypothesis-profile=deep`."""

from collections.abc import Iterable

import hypothesis
from hypothesis import HealthCheck

DEEP = "deep"
MANY = 1000

# A busy machine is slow now and then: no test fails for its time.
hypothesis.settings.register_profile("ithaca", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.register_profile(DEEP, hypothesis.settings.get_profile("ithaca"), max_examples=MANY)


def few(number: int, suppress: Iterable[HealthCheck] = (HealthCheck.too_slow,)) -> hypothesis.settings:
    """So many in the suite, for a test whose examples take long. `suppress`: checks that it fails for a good reason."""
    deep = hypothesis.settings.get_current_profile_name() == DEEP
    return hypothesis.settings(max_examples=MANY if deep else number, suppress_health_check=tuple(suppress))
