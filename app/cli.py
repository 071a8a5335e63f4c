"""The command line: which commands there are, and what they take.

Each is a module of `app.commands`, loaded when it is used: none waits for what only others need.
"""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast
from uuid import UUID

from app import moments
from app.errors import CommandError
from app.stack.plan import SANDBOX_PORT, WEB_PORT
from core.config import ConfigurationError

MODULES = {"import": "imports"}
"""Of commands whose name is a word of Python, how their module is called."""


class Command(Protocol):
    """A module of `app.commands`."""

    def run(self, arguments: argparse.Namespace, environ: Mapping[str, str]) -> int:
        """Do it. Returns the exit code."""


def main(given: Sequence[str]) -> int:
    """Run one command. What went wrong is told in a sentence."""
    parser = _parser()
    arguments, rest = parser.parse_known_args(given)
    if rest and arguments.command != "test":
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    arguments.rest = rest
    command = cast("Command", import_module(f"app.commands.{MODULES.get(arguments.command, arguments.command)}"))
    try:
        return command.run(arguments, os.environ)
    except (CommandError, ConfigurationError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./ithaca", description="Ithaca, a mentorship service in Slack.")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    up = commands.add_parser("up", help="run everything on this machine until Ctrl-C")
    up.add_argument("--no-seed", action="store_true", help="start without sample people")
    up.add_argument("--socket-mode", action="store_true", help="let the sandbox speak over sockets, not HTTP")
    up.add_argument("--port", type=int, metavar="N", help=f"where the web process listens ({WEB_PORT})")
    up.add_argument(
        "--sandbox-port",
        type=int,
        metavar="N",
        default=SANDBOX_PORT,
        help=f"and the sandbox ({SANDBOX_PORT})",
    )

    test = commands.add_parser("test", help="check everything, as CI does; the rest goes to pytest")
    test.add_argument("--fast", action="store_true", help="without journeys and browsers")
    test.add_argument("--faults", action="store_true", help="the twenty faults alone, with a table of what was seen")

    doctor = commands.add_parser("doctor", help="look whether everything is there that the service needs")
    doctor.add_argument("--data", action="store_true", help="look at what has to hold in the database instead")

    commands.add_parser("env", help="print the connections in use, for a shell to evaluate")

    migrate = commands.add_parser("migrate", help="bring the database to a revision")
    migrate.add_argument("to", nargs="?", default="up", help="up (the newest), down (nothing left), or a revision")
    migrate.add_argument("--yes", action="store_true", help="go back, and lose what stood in tables that go")

    backup = commands.add_parser("backup", help="write everything the service knows to one file")
    backup.add_argument("file", nargs="?", type=Path, metavar="FILE", help="where (in ITHACA_DATA/backups)")
    restore = commands.add_parser("restore", help="put what a backup holds in the place of all there is")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--yes", action="store_true", help="replace what stands in the database")

    web = commands.add_parser("web", help="run the web process")
    web.add_argument("--host", help="address to listen on (as ITHACA_PUBLIC_URL says)")
    web.add_argument("--port", type=int, metavar="N", help="port to listen on (as ITHACA_PUBLIC_URL says)")

    worker = commands.add_parser("worker", help="run a worker")
    worker.add_argument("--queues", default="matching,delivery,default", help="which queues, with commas (all)")

    socket = commands.add_parser("socket", help="take Slack's requests over sockets, where it cannot reach us")
    socket.add_argument("--ready", type=Path, metavar="FILE", help="a file to make once connected")
    manifest = commands.add_parser("manifest", help="print the manifest to install the Slack app from")
    manifest.add_argument("--socket-mode", action="store_true", help="also before there is a SLACK_APP_TOKEN")

    commands.add_parser("beat", help="run the clock of the periodic jobs")
    tick = commands.add_parser("tick", help="do once what falls due, as if it were another time")
    tick.add_argument("--at", type=moments.moment, metavar="TIME", help=f"as in {moments.EXAMPLE} (now)")
    tick.add_argument("--to", type=moments.moment, metavar="TIME", help="go on from there, step by step, to this time")
    tick.add_argument("--step", type=moments.step, metavar="1h", default="1h", help="30m, 1h, 2d (1h)")
    tick.add_argument("--dry-run", action="store_true", help="say what would be sent and changed, and change nothing")

    replay = commands.add_parser("replay", help="compute a wave again from what was stored, and compare")
    replay.add_argument("batch", metavar="BATCH", help="its id")

    commands.add_parser("seed", help="fill an empty sandbox with sample people")

    people = commands.add_parser("import", help="people from a CSV file: new ones, and changes to known ones")
    people.add_argument("file", type=Path, metavar="FILE")
    people.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")
    people.add_argument("--leave-out-faulty", action="store_true", help="import the other rows though some are faulty")

    _taxonomy(commands.add_parser("taxonomy", help="terms and synonyms of your own, for suggestions and matching"))

    _token(commands.add_parser("token", help="keys of other systems to the API"))

    bench = commands.add_parser("bench", help="measure something, and print a table")
    benches = bench.add_subparsers(dest="bench", metavar="WHAT", required=True)
    quality = benches.add_parser("quality", help="how good the matches are on sets whose answers are known")
    quality.add_argument("folder", type=Path, metavar="DIR", help="a set, or a folder of sets")
    quality.add_argument("--out", type=Path, metavar="FILE", help="where scores go: scores.csv beside a set")
    quality.add_argument("--cache", type=Path, metavar="DIR", help="where vectors are kept, in ITHACA_DATA")
    benches.add_parser("sample", help="which mentors the sample students would be shown, and what points tell")
    scale = benches.add_parser("scale", help="how alike unrelated and related people are: what points are anchored to")
    scale.add_argument("folder", type=Path, metavar="DIR", help="a quality set, or a folder of sets")
    scale.add_argument("--cache", type=Path, metavar="DIR", help="where vectors are kept, in ITHACA_DATA")
    spread = benches.add_parser("load", help="how offers spread over mentors, and what the rule on exposure costs")
    spread.add_argument("--requests", type=int, default=150, metavar="N", help="students who ask, one by one (150)")
    matching = benches.add_parser("matching", help="how fast mentors are found, and whether they are the best")
    matching.add_argument("--sizes", metavar="N,N", default="1000,10000,100000", help="numbers of mentors")
    matching.add_argument("--requests", type=int, metavar="N", default=200, help="for each size (200)")
    matching.add_argument(
        "--in-full", type=int, metavar="N", default=200, help="requests for which all mentors are scored (200)"
    )

    cells = benches.add_parser("cells", help="how many of the nearest mentors an approximate index finds")
    cells.add_argument("--mentors", type=int, metavar="N", default=200_000, help="how many there are (200000)")
    cells.add_argument("--requests", type=int, metavar="N", default=200, help="how many are searched for (200)")

    encoding = benches.add_parser("encoding", help="texts a second in several ways, and what each does to matches")
    encoding.add_argument("folder", type=Path, metavar="DIR", help="a quality set, or a folder of sets")
    encoding.add_argument("--texts", type=int, metavar="N", default=200, help="of each length, for the speed (200)")

    index = benches.add_parser("index", help="the index: to build, load, add one, search; memory; beside other ways")
    index.add_argument("--sizes", metavar="N,N", default="1000,10000,100000", help="numbers of mentors")
    index.add_argument("--requests", type=int, metavar="N", default=50, help="how many are searched for (50)")

    benches.add_parser("questions", help="how well questions are told to ask the same, on pairs whose answer is known")

    cohort = benches.add_parser("cohort", help="whole intakes matched at once: times, and the best total")
    cohort.add_argument(
        "--sizes", metavar="NxN,NxN", default="200x80,600x240,2000x800", help="students who have asked, and mentors"
    )

    delivery = benches.add_parser("delivery", help="how fast messages leave the outbox, with an instant Slack")
    delivery.add_argument("--messages", type=int, metavar="N", default=2000, help="in the outbox (2000)")

    acks = benches.add_parser(
        "acks", help="how fast clicks are acknowledged with full queues, beside an empty Bolt app"
    )
    acks.add_argument("--seconds", type=int, metavar="N", default=60, help="for each of the two (60)")
    acks.add_argument("--rate", type=int, metavar="N", default=50, help="clicks a second (50)")
    acks.add_argument("--messages", type=int, metavar="N", default=20000, help="due in the outbox (20000)")
    acks.add_argument("--jobs", type=int, metavar="N", default=5000, help="waiting in Redis (5000)")

    start = benches.add_parser("start", help="how long each process takes to start, and its memory")
    start.add_argument("--mentors", type=int, metavar="N", default=10000, help="that a worker knows (10000)")

    care = benches.add_parser("care", help="a simulated year of mentorships: promises kept, and how well risk is told")
    care.add_argument("--matches", type=int, metavar="N", default=200, help="how many pairs (200)")
    care.add_argument("--days", type=int, metavar="N", default=365, help="how long (365)")
    care.add_argument("--seed", type=int, metavar="N", nargs="+", default=[2], help="a year for each (2)")
    care.add_argument("--quick", action="store_true", help="only how well risk is told, without a database")
    care.add_argument("--choose", action="store_true", help="the same, with thresholds chosen on the first seed")

    market = benches.add_parser("market", help="two simulated weeks of questions, with mentors asked directly or not")
    market.add_argument("--quick", action="store_true", help="few questions, few mentors, few days")
    market.add_argument("--seed", type=int, metavar="N", default=1, help="what everything is drawn from (1)")

    gallery = commands.add_parser("gallery", help="pictures of every message, modal and mail, for docs/gallery")
    gallery.add_argument("names", nargs="*", metavar="NAME", help="as in offers, offers/decline-form, stories (rooms)")
    gallery.add_argument("--out", type=Path, metavar="DIR", help="another folder (docs/gallery)")

    sandbox = commands.add_parser("sandbox")  # `up` runs it: without help it is not listed
    sandbox.add_argument("--app-url", required=True)
    sandbox.add_argument("--mailboxes", action="store_true")
    return parser


def _token(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    creating = actions.add_parser("create", help="a new key, shown this once")
    creating.add_argument("name", metavar="NAME", help="what it is for")
    creating.add_argument("--owner", required=True, metavar="WHO", help="somebody on staff, by e-mail or Slack id")
    creating.add_argument("--scope", action="append", required=True, metavar="SCOPE", help="as in matches:read")
    creating.add_argument("--days", type=moments.days, metavar="N", help="how long it is good (until revoked)")
    actions.add_parser("list", help="all keys, with their last use")
    revoking = actions.add_parser("revoke", help="end a key at once")
    revoking.add_argument("token", type=UUID, metavar="ID")


def _taxonomy(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    kinds = ("skill", "industry", "research", "language")

    listing = actions.add_parser("list", help="the terms added here")
    listing.add_argument("--kind", choices=kinds)
    listing.add_argument("--all", action="store_true", help="also those that come with Ithaca")

    adding = actions.add_parser("add", help="a term, or more synonyms for a known one")
    adding.add_argument("label", metavar="LABEL", help="as people should see it")
    adding.add_argument("--synonym", action="append", default=[], metavar="TEXT", help="another way to write it")
    removing = actions.add_parser("remove", help="a term that was added here, with its synonyms")
    removing.add_argument("label", metavar="LABEL")
    importing = actions.add_parser("import", help="terms from a CSV file: kind,label,synonyms (with ; between them)")
    importing.add_argument("file", type=Path, metavar="FILE")
    for action in (adding, removing):
        action.add_argument("--kind", choices=kinds, required=True)
    for action in (adding, removing, importing):
        action.add_argument("--reason", default="", metavar="TEXT", help="kept with the change")
