"""What the worker of matching is compared with: the model, with nothing around it and nobody to find."""

import threading

from embeddings.encoder import load
from tests.bench.start.bare import say_ready


def main() -> None:
    """Encode one text, and wait for a signal."""
    load().encode(["The model is loaded."])
    say_ready()
    threading.Event().wait()


if __name__ == "__main__":
    main()
