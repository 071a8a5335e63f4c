"""`./ithaca sandbox`, as `up` runs it: a local Slack in which Ithaca is installed."""

import argparse
import sys
from collections.abc import Mapping
from urllib.parse import urlsplit

from app import environment
from app.stack import log
from bot.manifest import manifest
from core.config import Settings
from sandbox.server import serve
from sandbox.settings import ChannelSettings, SandboxSettings


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Serve until SIGTERM."""
    log.configure()
    serve(sandbox_settings(environment.settings(environ), arguments.app_url, mailboxes=arguments.mailboxes))
    return 0


def sandbox_settings(settings: Settings, app_url: str, *, mailboxes: bool = False) -> SandboxSettings:
    """A workspace where Slack's API should be, with the channels that Ithaca uses; with a mail server if asked for.

    A jump ahead in time is a walk of `./ithaca tick`, so that what falls due on the way happens in its order.
    """
    return SandboxSettings(
        port=urlsplit(settings.slack_api_url).port or 80,
        data=settings.data / "sandbox",
        request_url=f"{app_url}/slack/events",
        bot_token=settings.slack_bot_token.get_secret_value(),
        app_token=settings.slack_app_token.get_secret_value(),
        signing_secret=settings.slack_signing_secret.get_secret_value(),
        manifest=manifest(settings),
        channels=(
            ChannelSettings("general"),
            ChannelSettings(settings.question_channel),
            ChannelSettings(settings.admin_channel, private=True),
        ),
        smtp_port=urlsplit(settings.smtp_url.get_secret_value()).port if mailboxes else None,
        clock_file=settings.clock_file,
        jump_command=(sys.executable, "-P", "-m", "app", "tick", "--to"),
    )
