"""`./ithaca manifest`: the Slack app manifest of this installation, to install from."""

import argparse
import json
import sys
from collections.abc import Mapping

from app import environment
from bot.manifest import manifest
from core import config
from core.config import Settings
from web.auth.pages import ADMIN, BACK_FROM_SLACK

NOT_YET = {
    "DATABASE_URL": "postgresql://not-yet",
    "REDIS_URL": "redis://not-yet",
    "SLACK_BOT_TOKEN": "not-yet",
    "SLACK_SIGNING_SECRET": "not-yet",
    "ITHACA_SECRET_KEY": "not-yet-made-for-this-installation",
}
"""The manifest is wanted before there is a token: what it does not depend on need not be set."""


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Print it as JSON, as Slack's "Create an app from a manifest" takes it."""
    known = NOT_YET | {name: value for name, value in environment.variables(environ).items() if value}
    if arguments.socket_mode:
        known.setdefault("SLACK_APP_TOKEN", "not-yet")
    settings = config.read(known)
    sys.stdout.write(json.dumps(manifest(settings, sign_in_url(settings)), indent=2) + "\n")
    return 0


def sign_in_url(settings: Settings) -> str:
    """Where Sign in with Slack leads back to; empty where Slack would not take the address, which must be encrypted."""
    return f"{settings.public_url.rstrip('/')}{ADMIN}{BACK_FROM_SLACK}" if settings.by_https else ""
