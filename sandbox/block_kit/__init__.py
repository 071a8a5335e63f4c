"""Block Kit: what Slack accepts in blocks and views, and what a person can do with them."""
