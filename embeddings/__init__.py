"""Texts as vectors: which texts of a profile count, how they are encoded, kept, and searched."""

import os

# Read when numpy is imported, so it stands before all that does. More threads only wait for each other, spinning, on
# matrices as small as those of a request: on two cores they computed three times as long for the same result.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
