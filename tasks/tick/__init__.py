"""The periodic work done at once, at a moment of one's choice, in this process; or only rehearsed."""
