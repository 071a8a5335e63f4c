"""Everything that can happen to a few dozen people at once, from many threads, straight on the services."""
