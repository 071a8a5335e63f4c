"""Chaos: messages go out once each while everything around them breaks. `python -m tests.chaos --help`."""
