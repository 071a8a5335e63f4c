"""What falls due: whatever a lost wake-up left behind is found here. Safe to run twice, or late, or by two beats."""

from core.queue import Job
from core.services import deliveries, due
from core.uow import SYSTEM
from tasks.runtime import Runtime


def sweep(runtime: Runtime) -> None:
    """Wake deliveries and searches that should be under way, and end waves whose time is over."""
    with runtime.units.work(SYSTEM) as work:
        for notification_id in deliveries.due(work):
            work.queue(Job.DELIVER, notification_id)
        for profile_id in due.profiles_without_vectors(work):
            work.queue(Job.ENCODE_PROFILE, profile_id)
    with runtime.units.read(SYSTEM) as reading:
        over, unsearched = due.waves_over(reading), due.searches(reading)
    for request_id in over:
        with runtime.units.work(SYSTEM) as work:
            due.end_wave(work, request_id)
    for request_id in unsearched:
        with runtime.units.work(SYSTEM) as work:
            due.search_again(work, request_id)
