"""Slack's requests to the app: signed, timed, and what becomes of the answers."""
