"""The figures of a set as a table."""

from collections.abc import Iterator, Sequence

from tests.bench.quality.metrics import Case, Metric
from tests.bench.quality.reading import QualitySet


def table(of: QualitySet, measured: Sequence[Case], metrics: Sequence[Metric]) -> str:
    """A row for each metric with its interval; a star stands at the set's main one."""
    return "\n".join(_rows(of, measured, metrics)) + "\n"


def _rows(of: QualitySet, measured: Sequence[Case], metrics: Sequence[Metric]) -> Iterator[str]:
    groups = len({case.group for case in measured})
    yield f"{of.name}: {groups} groups drawn; * is the main metric, loss is better low"
    for metric in metrics:
        mark = "*" if metric.name == of.main else " "
        interval = f"[{metric.low:.4f}, {metric.high:.4f}]"
        yield f"{mark} {metric.name:<12} {metric.value:.4f}  {interval}  n={metric.cases}"
