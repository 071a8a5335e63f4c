"""Slack's Web API, as far as an app of this kind uses it, and the response URLs."""
