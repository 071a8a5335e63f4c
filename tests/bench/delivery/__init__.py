"""How fast the outbox is drained, with a Slack that answers at once."""
