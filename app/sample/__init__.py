"""Sample people: those a sandbox starts with."""
