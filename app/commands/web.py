"""`./ithaca web`: the process that Slack and browsers talk to."""

import argparse
import gc
from collections.abc import Mapping

import uvicorn

from app import environment
from app.stack import log
from app.stack.plan import address
from app.web import create_app

GRACE = 5


def run(arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
    """Serve until SIGTERM or Ctrl-C, then finish what was taken in."""
    log.configure()
    settings = environment.settings(environ)
    host, port = address(settings.public_url)
    app = create_app(settings)
    gc.collect()
    gc.freeze()  # what is loaded stays: no collection needs to look through it while somebody waits
    uvicorn.run(
        app,
        host=arguments.host or host,
        port=arguments.port or port,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
        timeout_graceful_shutdown=GRACE,
    )
    return 0
