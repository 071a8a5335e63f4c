"""The Celery application as the broker sees it: its settings, and what runs by the clock.

It knows no job, so that beat, which only asks for them by name, loads nothing of what they need.
"""

from typing import TypeVar

from celery import Celery

from core.config import Settings

SWEEP = "default.sweep"
SWEEP_SECONDS = 60.0
App = TypeVar("App", bound=Celery)


def configured(app: App, settings: Settings) -> App:
    """The application with our settings."""
    app.conf.update(
        broker_url=settings.redis_url,
        task_ignore_result=True,
        task_acks_late=False,
        task_default_queue="default",
        task_create_missing_queues=True,
        worker_hijack_root_logger=False,
        worker_prefetch_multiplier=1,
        broker_connection_retry_on_startup=True,
        timezone="UTC",
        beat_schedule={"sweep": {"task": SWEEP, "schedule": SWEEP_SECONDS, "options": {"queue": "default"}}},
    )
    return app
