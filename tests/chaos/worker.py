"""`./ithaca worker` for the queue of deliveries, with a lease that may be shorter than usual."""

import argparse
import os
import sys
from dataclasses import replace
from datetime import timedelta

from app.commands import worker
from tasks.runtime import DEFAULT

if __name__ == "__main__":
    lease = timedelta(seconds=float(sys.argv[1]))
    settle, longest = min(DEFAULT.settle, lease / 4), min(DEFAULT.longest, lease)
    rhythm = replace(DEFAULT, lease=lease, settle=settle, longest=longest)
    sys.exit(worker.run(argparse.Namespace(queues="delivery"), os.environ, rhythm))
